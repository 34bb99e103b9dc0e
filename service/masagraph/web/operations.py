"""For whoever runs the service: is it alive, is it ready, and what it has done."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from fastapi import APIRouter, Request, Response
from prometheus_client import (
    CollectorRegistry,
    Counter,
    Histogram,
    disable_created_metrics,
    generate_latest,
)
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, InfoMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from starlette.exceptions import HTTPException

from masagraph import __version__
from masagraph.store.workers.live import Live
from masagraph.web.problems import responses
from masagraph.web.state import state_of

PATHS = ("/health", "/ready", "/metrics")
"""Asked by machines all day long: not counted against a client, never cached."""

router = APIRouter(tags=["Operations"])

disable_created_metrics()  # type: ignore[no-untyped-call]


class Metrics:
    """What has been counted since the service started.

    Args:
        live: whose turns and stopped jobs are told, as they are when somebody asks.
    """

    def __init__(self, live: Live) -> None:
        self.registry = CollectorRegistry()
        self._live = live
        self._requests = Counter(
            "masagraph_requests_total",
            "Requests answered.",
            ("method", "route", "status"),
            registry=self.registry,
        )
        self._seconds = Histogram(
            "masagraph_request_seconds",
            "Seconds from a request to the end of its answer.",
            ("route",),
            registry=self.registry,
        )
        self.registry.register(self)

    def count(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count one answer. The route is its pattern, so that no address is kept."""
        self._requests.labels(method, route, status).inc()
        self._seconds.labels(route).observe(seconds)

    def collect(self) -> Iterator[Metric]:
        """Yield what is known of the query workers. Called by the registry."""
        live = self._live
        yield GaugeMetricFamily(
            "masagraph_queries_running", "Queries that run now.", live.turns.running
        )
        yield GaugeMetricFamily(
            "masagraph_queries_waiting", "Requests that wait for a turn.", live.turns.waiting
        )
        stopped = CounterMetricFamily(
            "masagraph_queries_stopped",
            "Queries killed at a limit or refused for want of a turn.",
            labels=["reason"],
        )
        for reason, times in sorted(live.stopped.items()):
            stopped.add_metric([reason], times)
        yield stopped
        pool = live.current.pool
        yield InfoMetricFamily(
            "masagraph",
            "Versions.",
            {"version": __version__, "data_version": pool.data_version},
        )


@router.get("/health")
async def health(request: Request) -> dict[str, str]:
    """Say that the service is alive. It says so even when the data cannot be reached."""
    pool = state_of(request).live.current.pool
    return {"status": "ok", "version": __version__, "data_version": pool.data_version}


@router.get("/ready", responses=responses(503))
async def ready(request: Request) -> dict[str, Any]:
    """Say whether queries can be answered, and over which data."""
    live = state_of(request).live
    pool = live.current.pool
    if not pool.alive:
        raise HTTPException(503, "The process that holds the data has ended; it is being replaced.")
    if live.away:
        raise HTTPException(503, "The store that this service asks does not answer as it should.")
    return {
        "status": "ready",
        "data_version": pool.data_version,
        "data_date": pool.data_date.isoformat(),
        "snapshot": pool.snapshot,
        "at_once": live.turns.at_once,
    }


@router.get(
    "/metrics",
    response_class=Response,
    responses={200: {"description": "For Prometheus.", "content": {"text/plain": {}}}},
)
async def metrics(request: Request) -> Response:
    """Give the counts in Prometheus's text format."""
    counted = request.app.state.metrics
    assert isinstance(counted, Metrics)
    return Response(generate_latest(counted.registry), media_type=CONTENT_TYPE_PLAIN_0_0_4)
