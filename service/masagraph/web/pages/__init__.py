"""HTML pages for people: server-rendered, the same with JavaScript off."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.routing import APIRoute

from masagraph.web.pages import (
    about,
    api_page,
    area,
    body,
    check,
    compare,
    corrections,
    duties,
    gaps,
    glossary,
    home,
    method,
    network,
    pack,
    queries,
    query,
    questions,
)

_PAGES = (
    home,
    area,
    gaps,
    network,
    pack,
    body,
    compare,
    corrections,
    duties,
    questions,
    queries,
    query,
    check,
    method,
    glossary,
    about,
    api_page,
)

router = APIRouter()
for _page in _PAGES:
    router.include_router(_page.router)


def page_routes() -> list[APIRoute]:
    """Return the route of each page, and of each picture of one."""
    return [route for page in _PAGES for route in page.router.routes if isinstance(route, APIRoute)]
