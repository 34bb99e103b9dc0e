"""The start: what this is and is not, a way to every area, and what is held."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from urllib.parse import quote

from fastapi import Query, Request
from fastapi.responses import RedirectResponse, Response

from masagraph.assessment.names import Area, list_areas, lookup
from masagraph.errors import UnknownName
from masagraph.store.opened import Opened
from masagraph.store.protocol import text_of
from masagraph.web.shown import Shown, answer, page_router
from masagraph.web.state import ServiceDep

router = page_router()


@router.get("/")
def home(
    request: Request, service: ServiceDep, q: Annotated[str | None, Query()] = None
) -> Response:
    """Show the start; with ``q``, the areas that it may mean, or the one that it does."""
    asked = " ".join((q or "").split())
    shown = answer(request, service, "home.html", read_home, asked)
    one = shown.context.get("only") if hasattr(shown, "context") else None
    if one:
        return RedirectResponse(f"{service.settings.base_url}/areas/{quote(one)}", 303)
    return shown


def read_home(opened: Opened, asked: str) -> Shown:
    """Return what the start shows.

    Args:
        opened: the open store.
        asked: a part of a name, or a code; empty for none.
    """
    areas = list_areas(opened.store)
    (held,) = lookup(opened.store, "documents-held")
    found = matching(areas, asked) if asked else []
    context = {
        "asked": asked,
        "found": found,
        "only": found[0].slug if len(found) == 1 else "",
        "areas": areas,
        "held": [area for area in areas if area.has_document],
        "documents": int(text_of(held["documents"])),
        "dates": [
            date.fromisoformat(text_of(held[end])) for end in ("oldest", "newest") if end in held
        ],
    }
    if asked and not found:
        mend = "Look for a part of its name, such as sussex, or its code, such as E10000031."
        return context, UnknownName(f'no area has "{asked[:100]}" in its name or code', mend)
    return context, None


def matching(areas: list[Area], asked: str) -> list[Area]:
    """Return the areas that a reader may mean: by code, by whole name, or by a part of it."""
    wanted = asked.casefold()
    exact = [a for a in areas if wanted in (a.gss.casefold(), a.slug, a.label.casefold())]
    return exact or [a for a in areas if wanted in a.label.casefold()]
