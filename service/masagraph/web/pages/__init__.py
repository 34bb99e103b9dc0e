"""HTML pages for people: server-rendered, the same with JavaScript off."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.routing import APIRoute

from masagraph.web.pages import (
    area,
    body,
    compare,
    corrections,
    duties,
    gaps,
    home,
    queries,
    questions,
)

_PAGES = (home, area, gaps, body, compare, corrections, duties, questions, queries)

router = APIRouter()
for _page in _PAGES:
    router.include_router(_page.router)


def page_routes() -> list[APIRoute]:
    """Return the route of each page, and of each picture of one."""
    return [route for page in _PAGES for route in page.router.routes if isinstance(route, APIRoute)]
