"""The network of an area: what is measured of its lines and seats, in sentences."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Query, Request
from fastapi.responses import HTMLResponse

from masagraph.assessment.names import find_area, list_areas, parse_date
from masagraph.errors import MasagraphError
from masagraph.network.made import documents_of, read_network
from masagraph.network.measured import measured
from masagraph.questions.catalogue import Question, list_questions
from masagraph.report.area_chart import read_chart
from masagraph.report.words import held_extent
from masagraph.resources import find_resources
from masagraph.store.opened import Opened
from masagraph.web.shown import Shown, answer, page_router, templates
from masagraph.web.state import ServiceDep

router = page_router()
templates.env.filters["held_extent"] = held_extent

SHOWN = 8
"""Rows of a measure that stand open; of more, the rest is folded."""


@router.get("/areas/{area}/network")
def network(
    request: Request,
    service: ServiceDep,
    area: str,
    as_at: Annotated[str | None, Query()] = None,
) -> HTMLResponse:
    """Show what is measured of who answers to whom and who sits where."""
    return answer(request, service, "network.html", read_measures, area, as_at or "")


def read_measures(opened: Opened, name: str, as_at: str) -> Shown:
    """Return what the page is given. A refusal comes with what the form needs."""
    context: dict[str, Any] = {"area": None, "as_at": as_at, "measures": None}
    try:
        area = context["area"] = find_area(list_areas(opened.store), name)
        day = parse_date(as_at) if as_at else opened.data_date
    except MasagraphError as error:
        return context, error
    found = read_network(opened.store, [area.slug], day)
    held = documents_of(found)
    return {
        **context,
        "as_at": day.isoformat(),
        "day": day,
        "measures": measured(found),
        "held": held,
        "nodes": found.number_of_nodes(),
        "edges": found.number_of_edges(),
        "shown": SHOWN,
        "dated": {q.name for q in list_questions(find_resources()) if _takes_date(q)},
        "chart": read_chart(opened, area.slug, day.isoformat()).chart if held else None,
    }, None


def _takes_date(question: Question) -> bool:
    return any(parameter.name == "as_at" for parameter in question.parameters)
