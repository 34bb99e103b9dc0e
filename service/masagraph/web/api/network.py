"""``/api/areas/{area}/network``: who answers to whom and who sits where, as a graph, measured."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query, Request, Response
from starlette.exceptions import HTTPException

from masagraph.network.gathered import Network
from masagraph.network.made import read_network
from masagraph.network.written import FORMS, TABLES
from masagraph.report.area_chart import read_chart
from masagraph.report.chart import draw
from masagraph.report.csvfile import to_csv
from masagraph.store.formats import Format
from masagraph.store.opened import Opened
from masagraph.web.api.answers import CSV, JSON, AsAt, Wanted, day_of, declared, reply
from masagraph.web.api.chart import NOT_DRAWN, SVG
from masagraph.web.negotiation import accept_of, choose
from masagraph.web.state import ServiceDep

router = APIRouter()

GRAPHML = Format("graphml", "application/graphml+xml")
GEXF = Format("gexf", "application/gexf+xml")
NETWORKS = (JSON, CSV, GRAPHML, GEXF, SVG)


def _network(
    request: Request,
    format_: Annotated[
        str | None, Query(alias="format", description="json, csv, graphml, gexf or svg.")
    ] = None,
    excel: Annotated[
        bool, Query(description="CSV for Excel: with a byte-order mark, and no formulas.")
    ] = False,
) -> Wanted:
    form = choose(NETWORKS, accept_of(request), format_)
    return Wanted(form, excel, path=request.url.path)


AsNetwork = Annotated[Wanted, Depends(_network)]
Rows = Annotated[
    Literal["edges", "nodes", "measures"], Query(description="What CSV has a row for.")
]


@router.get("/api/areas/{area}/network", responses=declared(NETWORKS, 404), response_class=Response)
def network(
    service: ServiceDep, wanted: AsNetwork, area: str, as_at: AsAt = None, table: Rows = "edges"
) -> Response:
    """Give the bodies, posts and organisations of an area and what joins them, with measures."""
    # Written here, and not by the query worker: that one may import nothing more.
    if wanted.form is SVG:
        chart = service.run(read_chart, area, as_at or "").chart
        drawn = draw(chart, " ".join(chart.words()))
        if drawn is None:
            raise HTTPException(503, NOT_DRAWN)
        return reply(service, wanted, drawn)
    found = service.run(network_of, area, as_at)
    if wanted.form is CSV:
        heads, rows = TABLES[table](found)
        return reply(service, wanted, to_csv(heads, rows))
    return reply(service, wanted, FORMS[wanted.form.name](found))


def network_of(opened: Opened, area: str, as_at: str | None) -> Network:
    """Return the network of an area; what a query worker does.

    Raises:
        UnknownName: for an area that is not held.
        BadValue: for a date that is none.
    """
    return read_network(opened.store, [area], day_of(opened, as_at))
