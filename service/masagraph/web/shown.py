"""What all pages share: their templates, how one is shown, and how a refusal is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from http import HTTPStatus
from pathlib import Path
from typing import Any, Concatenate, ParamSpec
from urllib.parse import unquote_plus, urlencode

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from fastapi.templating import Jinja2Templates
from jinja2 import pass_context
from jinja2.runtime import Context

from masagraph.errors import BadValue, MasagraphError, Unavailable
from masagraph.report.terminal import mark
from masagraph.report.words import CAVEAT, basis, dated, day, extent, locator, standing, unpublished
from masagraph.store.opened import Opened
from masagraph.vocab import local_name
from masagraph.web.linked.addresses import link, local_path, page_of
from masagraph.web.problems import status_of
from masagraph.web.state import Service, state_of

P = ParamSpec("P")
Shown = tuple[dict[str, Any], MasagraphError | None]
"""What a template is given, and what was wrong with what was asked, if anything."""


def page_router() -> APIRouter:
    """Return a router of pages: they are no part of the description of the API."""
    return APIRouter(tags=["Pages"], default_response_class=HTMLResponse, include_in_schema=False)


@pass_context
def url(context: Context, path: str, **query: object) -> str:
    """Return an address of this service. Empty parameters are left out; a list is repeated.

    Names that Python keeps for itself are written with a line below: ``from_``.
    """
    given = [
        (name.rstrip("_"), str(value))
        for name, values in query.items()
        for value in (values if isinstance(values, (list, tuple)) else [values])
        if value not in (None, "")
    ]
    return f"{context['base']}{path}" + (f"?{urlencode(given)}" if given else "")


@pass_context
def link_of(context: Context, iri: str, **query: object) -> str:
    """Return what a page links to for a name: its page, else all that is said of it.

    Parameters, such as the date, go to a page only.
    """
    made = page_of(iri)
    return url(context, made, **query) if made else link(iri, context["base"])


def pairs(things: Iterable[object], value: str, text: str) -> list[tuple[object, object]]:
    """Return what a list of choices offers: of each thing the value sent, and what people read."""
    return [(getattr(thing, value), getattr(thing, text)) for thing in things]


templates = Jinja2Templates(directory=Path(__file__).parent / "templates")
templates.env.trim_blocks = templates.env.lstrip_blocks = True
templates.env.filters.update(
    day=day, extent=extent, dated=dated, standing=standing, mark=mark, basis=basis, pairs=pairs
)
templates.env.globals.update(
    caveat=CAVEAT,
    local_name=local_name,
    locator=locator,
    url=url,
    link_of=link_of,
    local_path=local_path,
)


def answer(
    request: Request,
    service: Service,
    template: str,
    read: Callable[Concatenate[Opened, P], Shown],
    *arguments: P.args,
    **named: P.kwargs,
) -> HTMLResponse:
    """Answer with a page.

    A refusal is the same page with what happened, what to do, and the form as it was filled
    in. Where a query worker had no answer in time there are no lists for that form: then what
    was asked is shown field by field, to be sent again.

    Args:
        request: the request.
        service: what it reads.
        template: the name of the template.
        read: returns what the template is given; a query worker runs it. A module-level
            function.
        arguments: its arguments after the open store.
        named: none; a worker takes arguments by position.
    """
    try:
        context, error = service.run(read, *arguments, **named)
    except Unavailable as unavailable:
        return refusal(request, service, unavailable)
    status = 200 if error is None else page_status(error)
    return page(request, service, template, {**context, "error": error}, status)


def refusal(request: Request, service: Service, error: MasagraphError) -> HTMLResponse:
    """Say what happened and what to do; what was asked is kept, to be sent again."""
    asked = [(name, value) for name, value in request.query_params.multi_items() if value]
    context = {"error": error, "asked": asked, "path": request.url.path}
    shown = page(request, service, "error.html", context, page_status(error))
    if isinstance(error, Unavailable):
        shown.headers["Retry-After"] = str(error.after)
    return shown


def error_page(
    request: Request, status: int, detail: str, headers: Mapping[str, str] | None = None
) -> HTMLResponse:
    """Say that something cannot be had, as a page; see :func:`masagraph.web.problems.tell`.

    Args:
        request: what was asked.
        status: the HTTP status.
        detail: what is wrong and how to mend it.
        headers: further headers.
    """
    state = state_of(request)
    service = Service(state.settings, state.questions, state.live, state.live.current, "")
    error = MasagraphError(detail.rstrip("."))
    return page(request, service, "error.html", {"error": error}, status, headers)


def page(
    request: Request,
    service: Service,
    template: str,
    context: Mapping[str, object],
    status: int = HTTPStatus.OK,
    headers: Mapping[str, str] | None = None,
) -> HTMLResponse:
    """Show a template.

    Args:
        request: the request.
        service: what it reads.
        template: its name.
        context: what it is given.
        status: the HTTP status.
        headers: further headers.
    """
    fixed = {
        "base": service.settings.base_url,
        "data_version": service.data_version,
        "data_date": service.data_date,
        "contact": service.settings.contact,
        "own_areas": service.generation.pool.own_areas,
        "unpublished": unpublished(service.data_version),
        "path": request.url.path,
        "filled": _filled(request.url.query),
        "error": None,
    }
    return templates.TemplateResponse(
        request, template, {**fixed, **context}, status_code=status, headers=headers
    )


def _filled(query: str) -> str:
    """Return the query of an address without fields that say nothing."""
    return "&".join(
        each for each in query.split("&") if unquote_plus(each.partition("=")[2]).strip()
    )


def page_status(error: MasagraphError) -> int:
    """Return the HTTP status of a page that refuses."""
    return HTTPStatus.BAD_REQUEST if isinstance(error, BadValue) else status_of(error)
