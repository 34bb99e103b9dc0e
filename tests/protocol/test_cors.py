"""Pages of other sites may ask, and may read the answer, an error too."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

ORIGIN = {"origin": "https://portal.example"}


@pytest.mark.parametrize(
    ("method", "url", "status"),
    [
        ("GET", "/sparql?query=ASK%7B%7D", 200),
        ("GET", "/sparql?query=nonsense", 400),
        ("GET", "/sparql?query=ASK%7B%7D&format=pdf", 406),
        ("POST", "/sparql", 415),
        ("DELETE", "/sparql", 405),
        ("GET", "/api/areas", 200),
        ("GET", "/api/areas/kint/assessment", 404),
        ("GET", "/none", 404),
    ],
)
def test_every_answer_may_be_read(client: TestClient, method: str, url: str, status: int) -> None:
    answer = client.request(method, url, headers=ORIGIN)
    assert answer.status_code == status
    assert answer.headers["access-control-allow-origin"] == "*"
    shown = answer.headers["access-control-expose-headers"]
    assert {"ETag", "Masagraph-Truncated", "Retry-After"} <= set(shown.split(", "))
    assert "access-control-allow-credentials" not in answer.headers


def test_an_answer_that_has_not_changed_may_be_read(client: TestClient) -> None:
    tag = client.get("/api/areas").headers["etag"]
    answer = client.get("/api/areas", headers={**ORIGIN, "if-none-match": tag})
    assert answer.status_code == 304
    assert answer.headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize("method", ["GET", "POST", "HEAD"])
@pytest.mark.parametrize("url", ["/sparql", "/api/areas", "/api/check", "/none"])
def test_a_browser_that_asks_first_is_told_yes(client: TestClient, url: str, method: str) -> None:
    answer = client.options(
        url,
        headers={
            **ORIGIN,
            "access-control-request-method": method,
            "access-control-request-headers": "content-type, x-anything",
        },
    )
    assert answer.status_code == 200
    assert answer.headers["access-control-allow-origin"] == "*"
    assert method in answer.headers["access-control-allow-methods"]
    assert "content-type" in answer.headers["access-control-allow-headers"]
