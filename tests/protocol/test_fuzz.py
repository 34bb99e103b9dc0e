"""Nonsense of all kinds, sent to a running service: an answer each time, and never a fault.

No 5xx but the documented 503. The same nonsense each time; to send other, and more of it:
``pytest tests/protocol/test_fuzz.py --hypothesis-profile noise``.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest
from addresses import ANSWERED, SENT_ON, SOME
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from nonsense import KINDS, VALUES, as_query, drafts, headers, octets, pairs, queries
from raw_http import Answer, ask

if TYPE_CHECKING:
    from tests.protocol.conftest import Wait


def examples(number: int) -> Callable[[Any], Any]:
    """The same examples each time, unless others are asked for."""
    if settings.get_current_profile_name() == "noise":
        return settings.get_profile("noise")
    return settings(
        max_examples=number,
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )


@pytest.fixture(scope="module")
def fuzzed(store_folder: Path, wait: Wait) -> Iterator[str]:
    """A server of its own, which gives up a query after half a second."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "masagraph", "serve", "--port", str(port)]
    limits = {"MASAGRAPH_QUERY_SECONDS": "0.5", "MASAGRAPH_LOG_LEVEL": "error"}
    with subprocess.Popen(
        [*command, "--store", str(store_folder)],
        env={**os.environ, **limits},
        stderr=subprocess.PIPE,
    ) as process:
        try:
            wait(process, f"{address}/health")
            yield address
            assert ask(address, "/ready").status == 200, "it is ready still"
            assert b'status="500"' not in ask(address, "/metrics").body
        finally:
            process.terminate()


def sound(answer: Answer) -> None:
    """An answer, or an error as errors are here; nothing of the inside of the machine."""
    assert answer.status < 500 or answer.status == 503, answer.body[:500]
    assert b"Traceback" not in answer.body
    assert b"site-packages" not in answer.body
    if answer.status == 503:
        assert int(answer.headers["retry-after"]) >= 1
        assert json.loads(answer.body)["reason"] in ("time", "memory", "busy", "stopped")
    if answer.status >= 400 and answer.kind == "application/problem+json" and answer.body:
        problem = json.loads(answer.body)
        assert problem["status"] == answer.status
        assert problem["title"]
        assert problem["detail"]


@examples(150)
@given(
    query=queries, form=st.sampled_from(["get", "form", "direct"]), more=st.lists(pairs, max_size=2)
)
def test_queries(fuzzed: str, query: str, form: str, more: list[tuple[str, str]]) -> None:
    others = [(name, value) for name, value in more if name != "query"]
    sent = [("query", query), *others]
    if form == "get":
        sound(ask(fuzzed, f"/sparql?{as_query(sent)}"))
        return
    kind, target, body = "application/x-www-form-urlencoded", "/sparql", as_query(sent).encode()
    if form == "direct":
        kind, body = "application/sparql-query", query.encode("utf-8", "replace")
        target = f"/sparql?{as_query(others)}"
    sound(ask(fuzzed, target, [("Content-Type", kind)], "POST", body))


@examples(150)
@given(path=st.sampled_from(SOME), sent=st.lists(pairs, max_size=4), headers=headers)
def test_parameters_and_headers(
    fuzzed: str, path: str, sent: list[tuple[str, str]], headers: list[tuple[str, bytes]]
) -> None:
    target = ANSWERED[path]
    joint = "&" if "?" in target else "?"
    sound(ask(fuzzed, f"{target}{joint}{as_query(sent)}", headers))


FOLDERS = sorted({f"{path.rpartition('/')[0]}/" for path in (*ANSWERED, *SENT_ON, "/areas/x")})


@examples(200)
@given(
    folder=st.sampled_from(FOLDERS),
    parts=st.lists(st.one_of(octets, st.sampled_from(VALUES).map(str.encode)), max_size=4),
    safe=st.sampled_from(["", "/", "%/.", "/%?&=#:@\\"]),
    method=st.sampled_from(["GET", "HEAD", "OPTIONS", "POST", "TRACE", "QUERY"]),
    headers=headers,
)
def test_paths(
    fuzzed: str,
    folder: str,
    parts: list[bytes],
    safe: str,
    method: str,
    headers: list[tuple[str, bytes]],
) -> None:
    target = quote(folder, safe="/") + quote(b"/".join(parts), safe=safe)
    answer = ask(fuzzed, target, headers, method)
    sound(answer)
    if "location" in answer.headers:
        assert answer.headers["location"].startswith(("/", fuzzed))
        assert not answer.headers["location"].startswith(("//", "/\\"))


@examples(120)
@given(
    body=st.one_of(drafts.map(str.encode), octets),
    kind=st.sampled_from(["text/turtle", "application/trig", "application/ld+json", *KINDS]),
    sent=st.lists(pairs, max_size=2),
)
def test_drafts(fuzzed: str, body: bytes, kind: str, sent: list[tuple[str, str]]) -> None:
    target = f"/api/check?{as_query(sent)}"
    sound(ask(fuzzed, target, [("Content-Type", kind)], "POST", body))


@examples(100)
@given(
    path=st.sampled_from(["/sparql", "/api/check", "/api/areas", "/id/area/kent"]),
    body=octets,
    headers=headers,
    method=st.sampled_from(["POST", "GET", "PUT", "DELETE", "PATCH", "post", "X"]),
)
def test_bodies(
    fuzzed: str, path: str, body: bytes, headers: list[tuple[str, bytes]], method: str
) -> None:
    sound(ask(fuzzed, path, headers, method, body))


@examples(60)
@given(
    line=st.one_of(octets, st.text(max_size=20).map(lambda text: text.encode("utf-8", "replace")))
)
def test_what_is_no_http(fuzzed: str, line: bytes) -> None:
    """Refused by the server itself, before there is a request."""
    target = b"/" + line.replace(b"\r", b"").replace(b"\n", b"")
    sound(ask(fuzzed, target, [("X-Anything", line.replace(b"\r", b"").replace(b"\n", b""))]))
