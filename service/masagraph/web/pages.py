"""HTML pages: the start, and the gaps of an area."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse
from fastapi.templating import Jinja2Templates

from masagraph.assessment.findings import Assessment
from masagraph.assessment.names import Area, Edition, find_area, list_areas, list_editions
from masagraph.errors import BadValue, MasagraphError, Unavailable
from masagraph.questions.seats import seats
from masagraph.report.grouped import by_outcome, untested_reasons
from masagraph.report.terminal import mark
from masagraph.report.words import CAVEAT, dated, day, extent, locator, standing
from masagraph.store.opened import Opened
from masagraph.store.protocol import text_of
from masagraph.web.api import make_assessment
from masagraph.web.problems import status_of
from masagraph.web.state import Service, ServiceDep

router = APIRouter(tags=["Pages"], default_response_class=HTMLResponse, include_in_schema=False)

_templates = Jinja2Templates(directory=Path(__file__).parent / "templates")
_templates.env.trim_blocks = _templates.env.lstrip_blocks = True
_templates.env.filters.update(day=day, extent=extent, dated=dated, standing=standing, mark=mark)
_templates.env.globals.update(caveat=CAVEAT, locator=locator)


@router.get("/")
def home(request: Request, service: ServiceDep) -> HTMLResponse:
    """The start: what this is, and the areas of which documents are held."""
    try:
        areas = service.run(all_areas)
    except Unavailable as error:
        return _error(request, service, error, {"area": None})
    held = [area for area in areas if area.has_document]
    return _page(request, service, "home.html", {"areas": areas, "held": held})


@router.get("/areas/{area}/gaps")
def gaps(
    request: Request,
    service: ServiceDep,
    area: str,
    edition: Annotated[str | None, Query()] = None,
    as_at: Annotated[str | None, Query()] = None,
) -> HTMLResponse:
    """The gaps of one area, worst first, each with duty, words, source and what would close it."""
    try:
        read = service.run(read_gaps, area, edition, as_at)
    except Unavailable as error:
        return _error(request, service, error, {"area": None})
    form = {"editions": read.editions, "edition": edition or "", "as_at": as_at or ""}
    if read.error:
        return _error(request, service, read.error, {"area": read.area, **form})
    made = read.assessment
    assert made
    assert read.area
    groups = by_outcome(made.findings)
    query = urlencode({"edition": made.edition, "as_at": made.as_at.isoformat()})
    return _page(
        request,
        service,
        "gaps.html",
        {
            **form,
            "edition": made.edition,
            "as_at": made.as_at.isoformat(),
            "area": read.area,
            "assessment": made,
            "groups": [group for group in groups if group.outcome != "NotTested"],
            "untested": [f for g in groups if g.outcome == "NotTested" for f in g.findings],
            "reasons": untested_reasons(made.findings),
            "seats": read.seats,
            "data_url": f"/api/areas/{quote(read.area.slug)}/assessment?{query}",
        },
    )


@dataclass(frozen=True, slots=True)
class Gaps:
    """What the page of gaps is made from, or what is wrong with what was asked."""

    editions: list[Edition]
    area: Area | None = None
    assessment: Assessment | None = None
    seats: tuple[dict[str, str], ...] = ()
    error: MasagraphError | None = None


def all_areas(opened: Opened) -> list[Area]:
    """Return every area of the register."""
    return list_areas(opened.store)


def read_gaps(opened: Opened, name: str, edition: str | None, as_at: str | None) -> Gaps:
    """Assess an area for its page. Errors are part of it: the page keeps what was typed."""
    editions, area = list_editions(opened.store), None
    try:
        area = find_area(list_areas(opened.store), name)
        made = make_assessment(opened, area.slug, edition, as_at, None)
    except MasagraphError as error:
        return Gaps(editions, area, error=error)
    answered = seats(opened, area.slug, made.as_at)
    return Gaps(
        editions,
        area,
        replace(made, triples=()),
        tuple(
            {name: text_of(term) for name, term in zip(answered.columns, row, strict=True)}
            for row in answered.rows
        ),
    )


def _page(
    request: Request, service: Service, name: str, context: dict[str, object], status: int = 200
) -> HTMLResponse:
    base = {"base": service.settings.base_url, "data_version": service.data_version}
    return _templates.TemplateResponse(request, name, {**base, **context}, status_code=status)


def _error(
    request: Request, service: Service, error: MasagraphError, context: dict[str, object]
) -> HTMLResponse:
    """Say what happened and what to do; the form keeps what was typed."""
    status = 400 if isinstance(error, BadValue) else status_of(error)
    page = _page(request, service, "error.html", {"error": error, **context}, status)
    if isinstance(error, Unavailable):
        page.headers["Retry-After"] = str(error.after)
    return page
