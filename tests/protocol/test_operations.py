"""For whoever runs the service: alive, ready, counted, logged, stopped."""

from __future__ import annotations

import json
import logging
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from fastapi.testclient import TestClient
from prometheus_client.parser import text_string_to_metric_families

from masagraph.settings import Settings
from masagraph.store.opened import Opened
from masagraph.web.app import create_app

if TYPE_CHECKING:
    from tests.protocol.conftest import Wait


def test_health_says_it_is_alive(client: TestClient, opened: Opened) -> None:
    body = client.get("/health").json()
    assert body["status"] == "ok"
    assert body["version"]
    assert body["data_version"] == opened.data_version


def test_ready_says_which_data_is_open(client: TestClient, opened: Opened) -> None:
    body = client.get("/ready").json()
    assert body["status"] == "ready"
    assert body["data_version"] == opened.data_version
    assert body["data_date"] == opened.data_date.isoformat()
    assert body["snapshot"] == opened.snapshot


def test_not_ready_when_the_data_is_lost(store_folder: Path) -> None:
    limits = Settings(store=store_folder, workers=1, reload_seconds=3600)
    with TestClient(create_app(limits)) as client:
        nursery = client.app.state.masagraph.live.current.pool._nursery  # type: ignore[attr-defined]
        nursery.kill()
        nursery.wait()
        answer = client.get("/ready")
        assert answer.status_code == 503
        assert answer.headers["content-type"] == "application/problem+json"
        assert client.get("/health").status_code == 200


def families(client: TestClient) -> dict[str, Any]:
    answer = client.get("/metrics")
    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    return {family.name: family for family in text_string_to_metric_families(answer.text)}


def test_metrics_are_read_by_prometheus(client: TestClient, opened: Opened) -> None:
    secret = "kentish-secret"  # noqa: S105
    client.get("/sparql", params={"query": f'ASK {{ ?s ?p "{secret}" }}'})
    client.get(f"/api/areas/{secret}/assessment")
    client.get(f"/{secret}")
    found = families(client)
    assert secret not in client.get("/metrics").text
    routes = {sample.labels["route"] for sample in found["masagraph_requests"].samples}
    assert {"/sparql", "/api/areas/{area}/assessment"} <= routes
    (info,) = found["masagraph_info" if "masagraph_info" in found else "masagraph"].samples
    assert info.labels["data_version"] == opened.data_version
    for name in ("masagraph_queries_running", "masagraph_queries_waiting"):
        assert found[name].samples[0].value == 0


def test_a_request_is_logged_by_its_id_and_without_its_words(
    client: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    secret = "somebody's draft"  # noqa: S105
    with caplog.at_level(logging.INFO, "masagraph.request"):
        answer = client.post("/sparql", data={"query": f'ASK {{ ?s ?p "{secret}" }}'})
        client.get("/sparql", params={"query": secret})
        client.get(f"/api/areas/{secret}/assessment")
    told = [record.msg for record in caplog.records if record.name == "masagraph.request"]
    assert len(told) == 3
    first: Any = told[0]
    assert first["request_id"] == answer.headers["x-request-id"]
    assert re.fullmatch("[0-9a-f]{32}", first["request_id"])
    assert (first["method"], first["route"], first["status"]) == ("POST", "/sparql", 200)
    assert first["bytes"] == len(answer.content)
    assert first["seconds"] >= 0
    assert secret not in str(told)
    assert "draft" not in caplog.text


# A server of its own


@contextmanager
def serving(
    store_folder: Path, wait: Wait, port: int, *flags: str, **settings: str
) -> Iterator[subprocess.Popen[bytes]]:
    clean = {name: v for name, v in os.environ.items() if not name.startswith("MASAGRAPH_")}
    command = [sys.executable, "-m", "masagraph", "serve", "--port", str(port), "--store"]
    with subprocess.Popen(
        [*command, str(store_folder), *flags], env={**clean, **settings}, stderr=subprocess.PIPE
    ) as process:
        try:
            wait(process, f"http://127.0.0.1:{port}/ready")
            yield process
        finally:
            process.kill()


def test_it_stops_gracefully_and_logs_json(store_folder: Path, wait: Wait, port: int) -> None:
    """A request that runs when it is told to stop is answered; nobody is left behind."""
    slow = "SELECT (COUNT(*) AS ?n) { ?a a ?t . ?b a ?t . ?c a ?t }"
    answers: list[int] = []

    def ask() -> None:
        body = f"query={slow}".encode()
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/sparql", body) as answer:
                answers.append(answer.status)
        except urllib.error.HTTPError as error:
            answers.append(error.code)

    with serving(store_folder, wait, port, MASAGRAPH_QUERY_SECONDS="2") as process:
        children = subprocess.run(
            ["ps", "--ppid", str(process.pid), "-o", "pid="], capture_output=True, check=True
        ).stdout.split()
        assert children
        thread = threading.Thread(target=ask)
        thread.start()
        time.sleep(0.5)
        process.send_signal(signal.SIGTERM)
        thread.join(20)
        assert process.wait(20) in (0, -signal.SIGTERM)  # the signal is raised again at the end
        assert process.stderr
        lines = process.stderr.read().decode().splitlines()
    assert answers == [503]  # killed at its time, and told so; the connection was not dropped
    told = [json.loads(line) for line in lines if line.startswith("{")]
    assert [line["status"] for line in told if line.get("route") == "/sparql"] == [503]
    for number in children:
        with pytest.raises(ProcessLookupError):
            os.kill(int(number), 0)


def test_options_win_over_settings(store_folder: Path, wait: Wait, port: int) -> None:
    url = f"http://127.0.0.1:{port}/ready"
    settings = {"MASAGRAPH_WORKERS": "7", "MASAGRAPH_LOG_LEVEL": "warning"}
    with serving(store_folder, wait, port, "--workers", "3", **settings) as process:
        assert json.loads(urllib.request.urlopen(url).read())["at_once"] == 3
        process.terminate()
        assert process.stderr
        said = process.stderr.read().decode()
    assert '"event": "request"' not in said  # it was told to leave requests out


@pytest.mark.parametrize(("trusted", "blamed"), [("", "proxy"), ("127.0.0.1", "client")])
def test_trusted_proxies(
    store_folder: Path, wait: Wait, port: int, trusted: str, blamed: str
) -> None:
    """Whom a limit is counted against: the caller, or whom a trusted proxy names."""
    settings = {"MASAGRAPH_CLIENT_RATE": "2/hour", "MASAGRAPH_TRUSTED_PROXIES": trusted}

    def ask(client: str) -> int:
        request = urllib.request.Request(
            f"http://127.0.0.1:{port}/openapi.json", headers={"X-Forwarded-For": client}
        )
        try:
            with urllib.request.urlopen(request) as answer:
                assert isinstance(answer.status, int)
                return answer.status
        except urllib.error.HTTPError as error:
            return error.code

    with serving(store_folder, wait, port, **settings):
        statuses = [ask("192.0.2.1"), ask("192.0.2.1"), ask("192.0.2.1"), ask("192.0.2.2")]
    assert statuses == [200, 200, 429, 429 if blamed == "proxy" else 200]


def test_a_body_that_does_not_come(store_folder: Path, wait: Wait, port: int) -> None:
    """A client that stops in the middle is told, and holds nothing up."""
    head = (
        b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n"
        b"Content-Length: 60\r\n\r\nASK { "
    )
    with serving(store_folder, wait, port, MASAGRAPH_BODY_SECONDS="0.3"):
        with socket.create_connection(("127.0.0.1", port), timeout=20) as line:
            line.sendall(head)
            answer = line.recv(65536)
        assert answer.startswith(b"HTTP/1.1 408 ")
        assert b"application/problem+json" in answer
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/ready") as ready:
            assert ready.status == 200


def test_a_store_of_another_version_is_refused_with_the_mend(tmp_path: Path) -> None:
    (tmp_path / "current.json").write_text('{"format": 1, "snapshot": "x"}', encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "masagraph", "serve", "--store", str(tmp_path)],
        capture_output=True, check=False, timeout=60,
    )  # fmt: skip
    assert done.returncode == 2
    said = done.stderr.decode()
    assert "format 1" in said
    assert "masagraph build" in said
    assert "Traceback" not in said
