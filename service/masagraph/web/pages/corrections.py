"""How to say that something is wrong, with the finding named where one was followed here."""

from __future__ import annotations

from fastapi import Request
from fastapi.responses import HTMLResponse

from masagraph.web.shown import page, page_router
from masagraph.web.state import ServiceDep

router = page_router()

ASKED = ("area", "duty", "edition", "as_at", "outcome", "body", "page")
"""What a link to this page may name."""

LONGEST = 200
"""Characters of each that are shown; no name is as long."""


@router.get("/corrections")
def corrections(request: Request, service: ServiceDep) -> HTMLResponse:
    """Show how to have something corrected, and a text about it to send."""
    given = request.query_params
    about = [(name, given[name][:LONGEST]) for name in ASKED if given.get(name)]
    return page(request, service, "corrections.html", {"about": about})
