"""The gaps of an area: by topic, gaps first, each with duty, words, source and what closes it."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Any

from fastapi import Query, Request
from fastapi.responses import HTMLResponse

from masagraph.assessment.corrections import corrections_of
from masagraph.assessment.held import assess_by_held
from masagraph.assessment.names import (
    choose_editions,
    find_area,
    list_areas,
    list_editions,
    parse_date,
)
from masagraph.errors import MasagraphError
from masagraph.report.narrowed import Narrow, choices, narrow
from masagraph.report.parts import in_parts
from masagraph.store.opened import Opened
from masagraph.web.shown import Shown, answer, page_router
from masagraph.web.state import ServiceDep

router = page_router()

Asked = Annotated[str | None, Query()]


@router.get("/areas/{area}/gaps")
def gaps(
    request: Request,
    service: ServiceDep,
    area: str,
    edition: Asked = None,
    as_at: Asked = None,
    outcome: Asked = None,
    modality: Asked = None,
    topic: Asked = None,
) -> HTMLResponse:
    """Show what the documents of an area show of each duty, gaps first."""
    wanted = Narrow(outcome or "", modality or "", topic or "")
    return answer(
        request, service, "gaps.html", read_gaps, area, edition or "", as_at or "", wanted
    )


def read_gaps(opened: Opened, name: str, edition: str, as_at: str, wanted: Narrow) -> Shown:
    """Assess an area for its page. A refusal comes with what the form needs."""
    context: dict[str, Any] = {
        "editions": list_editions(opened.store),
        "edition": edition,
        "as_at": as_at,
        "wanted": wanted,
        "choices": None,
        "area": None,
    }
    try:
        area = context["area"] = find_area(list_areas(opened.store), name)
        day = parse_date(as_at) if as_at else opened.data_date
        chosen = choose_editions(opened.store, edition or None, day)
        made = assess_by_held(opened.store, area, chosen, day, opened.data_version)
        context["choices"] = choices(made.findings)
        kept = narrow(made.findings, wanted)
    except MasagraphError as error:
        return context, error
    return {
        **context,
        "edition": made.edition,
        "as_at": day.isoformat(),
        "day": day,
        "corrections": corrections_of(opened.store, area.iri),
        "assessment": replace(made, triples=(), findings=kept),
        **in_parts(made.findings, kept),
    }, None
