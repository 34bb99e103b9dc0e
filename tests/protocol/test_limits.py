"""Each limit, what is answered where it is met, and that the next query is unharmed."""

from __future__ import annotations

import gzip
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from masagraph.settings import Settings
from masagraph.web.app import create_app

FAST = "SELECT (COUNT(*) AS ?n) { ?d a masa:Duty }"
RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
GREEDY = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?a ?d ?g"
WIDE = "SELECT ?s ?p ?o { ?s ?p ?o }"


@contextmanager
def service(store_folder: Path, **limits: Any) -> Iterator[TestClient]:
    with TestClient(
        create_app(Settings(store=store_folder, **limits)), raise_server_exceptions=False
    ) as client:
        yield client


@pytest.fixture(scope="module")
def hasty(store_folder: Path) -> Iterator[TestClient]:
    """A service that has no patience."""
    with service(
        store_folder, query_seconds=1, workers=2, client_share=1,
        queue_length=2, queue_seconds=0.5, max_answer=10_000,
    ) as client:  # fmt: skip
        yield client


def ask(client: TestClient, query: str, **more: Any) -> Any:
    return client.post("/sparql", data={"query": query, **more})


def refused(answer: Any, reason: str) -> str:
    """A 503 says why, for people and for programs, and when to come back."""
    assert answer.status_code == 503, answer.text[:300]
    assert answer.headers["content-type"] == "application/problem+json"
    assert int(answer.headers["retry-after"]) >= 1
    assert answer.json()["reason"] == reason
    detail = answer.json()["detail"]
    assert isinstance(detail, str)
    return detail


def fine(client: TestClient) -> None:
    rows = ask(client, FAST).json()["results"]["bindings"]
    assert int(rows[0]["n"]["value"]) > 100


def test_query_seconds(hasty: TestClient) -> None:
    """Killed, and said so: never an empty table."""
    begun = time.monotonic()
    assert "longer than 1 second" in refused(ask(hasty, RUNAWAY), "time")
    assert time.monotonic() - begun < 10
    fine(hasty)


@pytest.mark.parametrize("form", ["json", "xml", "csv", "tsv"])
def test_a_query_that_is_killed_has_no_rows_in_any_format(hasty: TestClient, form: str) -> None:
    refused(ask(hasty, RUNAWAY, format=form), "time")


def test_query_memory(store_folder: Path) -> None:
    """With time enough, so that it is the memory that is met first, however slow the machine."""
    with service(store_folder, query_memory=150_000_000, workers=1) as client:
        assert "150 MB" in refused(ask(client, GREEDY), "memory")
        fine(client)


@pytest.mark.parametrize("form", ["json", "xml", "csv", "tsv"])
def test_max_answer(hasty: TestClient, form: str) -> None:
    """Cut at a whole row, and said so."""
    answer = ask(hasty, WIDE, format=form)
    assert answer.status_code == 200
    assert answer.headers["masagraph-truncated"] == "true"
    assert 1_000 < len(answer.content) < 50_000
    if form == "json":
        assert answer.json()["truncated"] is True
        assert all(set(row) == {"s", "p", "o"} for row in answer.json()["results"]["bindings"])


def test_client_share_and_queue(hasty: TestClient) -> None:
    """One client has one turn, one request waits for it, and a third is refused at once."""
    answers: list[Any] = []
    threads = [
        threading.Thread(target=lambda: answers.append(ask(hasty, RUNAWAY))) for _ in range(3)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    reasons = sorted(answer.json()["reason"] for answer in answers)
    assert reasons == ["busy", "busy", "time"]
    details = " ".join(answer.json()["detail"] for answer in answers)
    assert "queue is full" in details
    assert "no turn came within 0.5 seconds" in details
    fine(hasty)


def test_another_client_is_served_while_one_hogs(store_folder: Path) -> None:
    """Who is who is told by the proxy that is trusted; here by the address of the caller."""
    limits = Settings(store=store_folder, query_seconds=5, workers=2, client_share=1)
    app = create_app(limits)
    with (
        TestClient(app, client=("192.0.2.1", 1)) as hog,
        TestClient(app, client=("192.0.2.2", 1)) as other,
    ):
        answers: list[Any] = []
        threads = [
            threading.Thread(target=lambda: answers.append(ask(hog, RUNAWAY))) for _ in range(2)
        ]
        for thread in threads:
            thread.start()
        live = app.state.masagraph.live
        while (live.turns.running, live.turns.waiting) != (1, 1):
            time.sleep(0.01)
        fine(other)
        assert answers == []  # the other was served while both of the hog's still went on
        for thread in threads:
            thread.join()
        assert [answer.status_code for answer in answers] == [503, 503]


def test_client_rate(store_folder: Path) -> None:
    with service(store_folder, client_rate="3/hour", workers=1) as client:
        for _ in range(3):
            assert client.get("/api/areas").status_code == 200
        answer = client.get("/api/areas")
        assert answer.status_code == 429
        assert answer.headers["content-type"] == "application/problem+json"
        assert "3/hour" in answer.json()["detail"]
        assert 1 <= int(answer.headers["retry-after"]) <= 3600
        # Whoever watches over the service is never refused.
        for path in ("/health", "/ready", "/metrics"):
            assert client.get(path).status_code == 200


def test_no_client_rate(store_folder: Path) -> None:
    with service(store_folder, client_rate="", workers=1) as client:
        assert {client.get("/api/areas").status_code for _ in range(20)} == {200}


def test_workers_says_how_many_queries_run_at_once(hasty: TestClient) -> None:
    assert hasty.get("/ready").json()["at_once"] == 2


def test_a_packed_body_is_not_unpacked(hasty: TestClient) -> None:
    bomb = gzip.compress(b" " * 50_000_000)
    answer = hasty.post(
        "/sparql",
        content=bomb,
        headers={"content-type": "application/sparql-query", "content-encoding": "gzip"},
    )
    assert answer.status_code == 415
    assert "Content-Encoding" in answer.json()["detail"]


@pytest.mark.parametrize("url", ["/", "/areas/kent/gaps"])
def test_a_page_that_cannot_be_made_now_is_a_page(store_folder: Path, url: str) -> None:
    with service(store_folder, query_seconds=0.0001, workers=1) as client:
        answer = client.get(url)
    assert answer.status_code == 503
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert int(answer.headers["retry-after"]) >= 1
    assert "longer than" in answer.text


def test_what_was_stopped_is_counted(store_folder: Path) -> None:
    with service(store_folder, query_seconds=0.3, workers=1) as client:
        refused(ask(client, RUNAWAY), "time")
        fine(client)
        text = client.get("/metrics").text
    assert 'masagraph_queries_stopped_total{reason="time"} 1.0' in text
    assert 'masagraph_requests_total{method="POST",route="/sparql",status="503"} 1.0' in text
    assert 'masagraph_requests_total{method="POST",route="/sparql",status="200"} 1.0' in text
    assert "masagraph_queries_running 0.0" in text
