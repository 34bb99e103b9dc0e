"""``/api/areas/{area}/chart``: who answers to whom, as a picture."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response
from starlette.exceptions import HTTPException

from masagraph.report.area_chart import AreaChart, read_chart
from masagraph.report.chart import draw
from masagraph.report.picture import chart_png
from masagraph.store.formats import Format
from masagraph.web.api.answers import AsAt, Wanted, declared, reply
from masagraph.web.negotiation import accept_of, choose
from masagraph.web.state import ServiceDep

router = APIRouter()

SVG = Format("svg", "image/svg+xml")
PNG = Format("png", "image/png")
PICTURES = (SVG, PNG)

NOT_DRAWN = "The drawing could not be made. The page of the area says the same in a list."


def _picture(
    request: Request,
    format_: Annotated[str | None, Query(alias="format", description="svg or png.")] = None,
) -> Wanted:
    return Wanted(choose(PICTURES, accept_of(request), format_), path=request.url.path)


AsPicture = Annotated[Wanted, Depends(_picture)]

_ANSWERS: dict[int | str, dict[str, Any]] = declared(PICTURES, 404)


@router.get("/api/areas/{area}/chart", responses=_ANSWERS, response_class=Response)
def chart(service: ServiceDep, wanted: AsPicture, area: str, as_at: AsAt = None) -> Response:
    """Draw who answers to whom in an area; its page and its accountability say the same."""
    found = service.run(read_chart, area, as_at or "")
    # It is drawn here, and not by the query worker: that one may open no file.
    content = _drawn(found, wanted.form, service.data_version)
    if content is None:
        raise HTTPException(503, NOT_DRAWN)
    return reply(service, wanted, content)


def _drawn(found: AreaChart, form: Format, data_version: str) -> str | bytes | None:
    if form is PNG:
        return chart_png(found.chart, found.as_at, found.documents, data_version)
    return draw(found.chart, " ".join(found.chart.words()))
