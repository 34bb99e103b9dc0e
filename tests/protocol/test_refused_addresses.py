"""Requests as a stranger writes them, byte for byte: paths to files, heads without end, cut lines.

No client library is used: those mend addresses.
"""

from __future__ import annotations

import re
import socket
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

import pytest
from raw_http import ask
from refusals import CHECK, DIRECT, TURTLE

if TYPE_CHECKING:
    from tests.protocol.conftest import Traps

# Reaching into the machine by the address

UP = ("..", "%2e%2e", "%2E.", "..;", "%252e%252e", "%c0%ae%c0%ae", "..%00", "....", ".%0d.")
SLASHES = ("/", "%2f", "\\", "%5c", "//", "%252f")
PLACES = ("/id/", "/id/area/", "/data/", "/ns/", "/static/", "/areas/", "/api/areas/",
          "/api/duties/", "/api/bodies/sefton/", "/api/questions/", "/")  # fmt: skip


def stays_here(server: str, headers: dict[str, str]) -> None:
    """A redirection, if any, leads to this service."""
    if "location" in headers:
        to = headers["location"]
        assert not to.startswith(("//", "/\\", "\\")), to
        assert urlsplit(to).netloc in ("", urlsplit(server).netloc), to
        assert not re.search(r"[\r\n\s<>]", to), to


@pytest.mark.parametrize("place", PLACES)
def test_no_path_leads_to_a_file(server: str, traps: Traps, place: str) -> None:
    file = str(traps.canary.path).lstrip("/")
    targets = [place + slash.join([*[up] * 12, *file.split("/")]) for up in UP for slash in SLASHES]
    targets += [place + quote(f"/{file}", safe=""), place + traps.canary.url, f"{place}/{file}"]
    for target in targets:
        for accept in ("text/html", "text/turtle"):
            answer = ask(server, target, [("Accept", accept)])
            traps.unsprung()
            assert answer.status in (303, 307, 308, 400, 404, 406), (target, answer.status)
            assert traps.canary.words.encode() not in answer.body
            stays_here(server, answer.headers)


@pytest.mark.parametrize(
    "target",
    [
        "/id//example.org", "/id///example.org/", "//example.org/id/area/kent",
        "/id/\\\\example.org", "/id/http://example.org/",
        "/id/https:%2f%2fexample.org", "/id/%2f%2fexample.org",
        "/id/area/kent%0d%0aX-Injected:%20yes", "/id/area/kent%0aX-Injected:%20yes",
        "/id/area/kent%00", "/id/area/kent%20", "/id/area/%3Cscript%3E", "/id/area/%22%3E",
        "/id/area/kent%3E%20%3Fp%20%3Fo%20%7D%20%23", "/id/%ff%fe", "/id/%ed%a0%80", "/id/%",
        "/id/%zz", "/id/" + "a" * 5_000, "/id/" + "a/" * 2_500, "/id/", "/id", "/id/?x", "/id/.",
        "/id/area/kent/../../../", "/id/area/kent?format=../../etc/passwd", "/ns?format=%00",
        "/data/" + "%20" * 1_000, "/data/area/kent?format[]=x", "/ns/..", "/ns#x", "/void/..",
        "/data/graph/../../x", "/data/graph/%2e%2e", "/data/graph/file:///etc/passwd",
        "http://example.org/id/area/kent", "*", "?", "/%00", "/\x7f", "/é", "/id/area/\xff",
    ],
)  # fmt: skip
def test_an_address_of_nothing(server: str, traps: Traps, target: str) -> None:
    """Answered with what it is: never with a fault, and never sent elsewhere."""
    for accept in ("text/html", "application/rdf+xml", "*/*"):
        answer = ask(server, target, [("Accept", accept)])
        assert answer.status < 500, (target, answer.body[:300])
        assert "x-injected" not in answer.headers
        assert b"Traceback" not in answer.body
        stays_here(server, answer.headers)


# What is larger than it may be


@pytest.mark.parametrize("size", [70_000, 2_000_000])
def test_a_very_long_address(server: str, traps: Traps, size: int) -> None:
    target = f"/sparql?query={'x' * size}"
    try:
        status = ask(server, target).status
    except ConnectionError:
        return  # the line was cut before all was sent
    assert status in (400, 413, 414, 431)


@pytest.mark.parametrize("name", ["Accept", "X-Anything", "Cookie", "If-None-Match", "Origin"])
def test_a_very_long_header(server: str, traps: Traps, name: str) -> None:
    """No header is read without end: here three megabytes; most servers take eight kilobytes."""
    try:
        status = ask(server, "/sparql?query=ASK%7B%7D", [(name, "a/b, " * 600_000)]).status
    except ConnectionError:
        return
    assert status in (400, 413, 431)


def test_very_many_headers(server: str, traps: Traps) -> None:
    try:
        status = ask(server, "/health", [(f"X-{n}", "y") for n in range(100_000)]).status
    except ConnectionError:
        return
    assert status in (400, 413, 431)


# A line that is cut

CUT = {
    "half a body": b"Content-Length: 60\r\n\r\nASK {",
    "half a chunk": b"Transfer-Encoding: chunked\r\n\r\n60\r\nASK {",
    "no chunk": b"Transfer-Encoding: chunked\r\n\r\nZZ\r\nASK {}\r\n0\r\n\r\n",
    "a body without an end": b"Transfer-Encoding: chunked\r\n\r\n6\r\nASK {}\r\n",
}


@pytest.mark.parametrize("name", CUT)
@pytest.mark.parametrize(("path", "kind"), [("/sparql", DIRECT), (CHECK, TURTLE)])
def test_a_client_that_breaks_off_is_no_fault(server: str, path: str, kind: str, name: str) -> None:
    """Else a stranger could fill the log with faults that are none."""
    before = faults(server)
    where = urlsplit(server)
    head = f"POST {path} HTTP/1.1\r\nHost: {where.netloc}\r\nContent-Type: {kind}\r\n"
    with socket.create_connection((str(where.hostname), int(where.port or 80)), 30) as line:
        line.sendall(head.encode() + CUT[name])
        line.shutdown(socket.SHUT_WR)
        line.recv(1_000)
    assert faults(server) == before
    assert ask(server, "/sparql?query=ASK%7B%7D").status == 200


def faults(server: str) -> list[str]:
    """What the service has counted as faults of its own."""
    counted = ask(server, "/metrics").body.decode()
    return re.findall(r'^masagraph_requests_total.*status="5(?!03).*', counted, re.M)
