"""Headers that every answer bears, whatever it answers; and faults of our own."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from masagraph.store.workers.live import Live

URLS = [
    "/", "/areas/kent/gaps", "/areas/kint/gaps", "/areas/kent/gaps?as_at=x", "/health",
    "/api/areas", "/api/areas/kint/assessment", "/openapi.json", "/static/masagraph.css",
    "/static/none", "/none", "/sparql", "/sparql?query=ASK{}", "/sparql?query=x",
    "/sparql?query=ASK{}&format=csv",
]  # fmt: skip


def secure(headers: object) -> None:
    assert "default-src 'self'" in headers["content-security-policy"]  # type: ignore[index]
    assert "unsafe" not in headers["content-security-policy"]  # type: ignore[index]
    assert "frame-ancestors 'none'" in headers["content-security-policy"]  # type: ignore[index]
    assert headers["x-content-type-options"] == "nosniff"  # type: ignore[index]
    assert headers["referrer-policy"] == "no-referrer"  # type: ignore[index]


@pytest.mark.parametrize("url", URLS)
def test_security_headers(client: TestClient, url: str) -> None:
    secure(client.get(url).headers)


@pytest.mark.parametrize("method", ["HEAD", "OPTIONS", "POST", "DELETE"])
def test_security_headers_of_other_methods(client: TestClient, method: str) -> None:
    for url in ("/", "/sparql", "/api/areas", "/static/masagraph.css"):
        secure(client.request(method, url).headers)


@pytest.mark.parametrize("url", ["/api/areas", "/areas/kent/gaps"])
def test_a_fault_of_our_own_is_a_problem_and_tells_nothing(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, url: str
) -> None:
    """It goes to the log, with where it was."""

    def fail(*_: object) -> None:
        raise RuntimeError("the inside of the machine")

    monkeypatch.setattr(Live, "run", fail)
    answer = client.get(url)
    assert answer.status_code == 500
    assert answer.headers["content-type"] == "application/problem+json"
    assert "inside" not in answer.text
    assert "Traceback" not in answer.text
    assert "the inside of the machine" in caplog.text
    secure(answer.headers)


def test_no_server_is_named(client: TestClient) -> None:
    assert "server" not in client.get("/health").headers
