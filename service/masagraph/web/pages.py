"""HTML pages: the start, and the gaps of an area."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse
from fastapi.templating import Jinja2Templates

from masagraph.assessment.findings import Assessment
from masagraph.assessment.names import (
    find_area,
    list_areas,
    list_editions,
)
from masagraph.errors import BadValue, MasagraphError
from masagraph.questions.seats import seats
from masagraph.report.grouped import by_outcome, untested_reasons
from masagraph.report.terminal import mark
from masagraph.report.words import CAVEAT, dated, day, extent, locator, standing
from masagraph.store.protocol import text_of
from masagraph.web.api import make_assessment
from masagraph.web.problems import status_of
from masagraph.web.state import State, StateDep

router = APIRouter(tags=["Pages"], default_response_class=HTMLResponse, include_in_schema=False)

_templates = Jinja2Templates(directory=Path(__file__).parent / "templates")
_templates.env.trim_blocks = _templates.env.lstrip_blocks = True
_templates.env.filters.update(day=day, extent=extent, dated=dated, standing=standing, mark=mark)
_templates.env.globals.update(caveat=CAVEAT, locator=locator)


@router.get("/")
def home(request: Request, state: StateDep) -> HTMLResponse:
    """The start: what this is, and the areas of which documents are held."""
    areas = list_areas(state.opened.store)
    held = [area for area in areas if area.has_document]
    return _page(request, state, "home.html", {"areas": areas, "held": held})


@router.get("/areas/{area}/gaps")
def gaps(
    request: Request,
    state: StateDep,
    area: str,
    edition: Annotated[str | None, Query()] = None,
    as_at: Annotated[str | None, Query()] = None,
) -> HTMLResponse:
    """The gaps of one area, worst first, each with duty, words, source and what would close it."""
    editions = list_editions(state.opened.store)
    form = {"editions": editions, "edition": edition or "", "as_at": as_at or ""}
    try:
        found = find_area(list_areas(state.opened.store), area)
    except MasagraphError as error:
        return _error(request, state, error, {"area": None, **form})
    try:
        made = make_assessment(state, found.slug, edition, as_at, None)
    except MasagraphError as error:
        return _error(request, state, error, {"area": found, **form})
    groups = by_outcome(made.findings)
    query = urlencode({"edition": made.edition, "as_at": made.as_at.isoformat()})
    return _page(
        request,
        state,
        "gaps.html",
        {
            **form,
            "edition": made.edition,
            "as_at": made.as_at.isoformat(),
            "area": found,
            "assessment": made,
            "groups": [group for group in groups if group.outcome != "NotTested"],
            "untested": [f for g in groups if g.outcome == "NotTested" for f in g.findings],
            "reasons": untested_reasons(made.findings),
            "seats": _seats(state, made),
            "data_url": f"/api/areas/{quote(found.slug)}/assessment?{query}",
        },
    )


def _seats(state: State, made: Assessment) -> list[dict[str, str]]:
    answered = seats(state.opened, made.area.slug, made.as_at)
    return [
        {name: text_of(term) for name, term in zip(answered.columns, row, strict=True)}
        for row in answered.rows
    ]


def _page(
    request: Request, state: State, name: str, context: dict[str, object], status: int = 200
) -> HTMLResponse:
    base = {"base": state.settings.base_url, "data_version": state.opened.data_version}
    return _templates.TemplateResponse(request, name, {**base, **context}, status_code=status)


def _error(
    request: Request, state: State, error: MasagraphError, context: dict[str, object]
) -> HTMLResponse:
    """Say what happened and what to do; the form keeps what was typed."""
    status = 400 if isinstance(error, BadValue) else status_of(error)
    return _page(request, state, "error.html", {"error": error, **context}, status)
