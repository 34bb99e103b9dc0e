"""One error body everywhere: ``application/problem+json`` (RFC 9457)."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, Literal

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException
from starlette.routing import Match, Mount
from werkzeug.datastructures import MIMEAccept
from werkzeug.http import parse_accept_header

from masagraph.errors import BadValue, MasagraphError, QueryError, Unavailable, UnknownName
from masagraph.web.negotiation import accept_of

logger = logging.getLogger("masagraph")

MEDIA_TYPE = "application/problem+json"

_STATUS: dict[type[MasagraphError], int] = {
    UnknownName: 404,
    BadValue: 422,
    QueryError: 400,
    Unavailable: 503,
}


class Problem(BaseModel):
    """An error, as RFC 9457 has it, with three members of ours."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    line: int | None = Field(default=None, description="Line of the query, from 1.")
    column: int | None = Field(default=None, description="Column of that line, from 1.")
    reason: Literal["time", "memory", "busy", "stopped"] | None = Field(
        default=None, description="Which limit was met."
    )


def responses(*codes: int) -> dict[int | str, dict[str, Any]]:
    """Return the OpenAPI declaration of error responses."""
    # The schema itself, no "model": that would declare the body as application/json too.
    schema = {"schema": Problem.model_json_schema()}
    return {
        code: {
            "description": HTTPStatus(code).phrase,
            "content": {MEDIA_TYPE: schema},
        }
        for code in codes
    }


def problem(
    status: int, detail: str, headers: Mapping[str, str] | None = None, **more: int | str
) -> JSONResponse:
    """Return an error response.

    Args:
        status: the HTTP status.
        detail: what is wrong and how to mend it.
        headers: further headers.
        more: further members of the body, those of :class:`Problem`.
    """
    body = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status}
    return JSONResponse({**body, "detail": detail, **more}, status, headers, media_type=MEDIA_TYPE)


def status_of(error: MasagraphError) -> int:
    """Return the HTTP status that an error of ours means."""
    for kind, status in _STATUS.items():
        if isinstance(error, kind):
            return status
    return 500


def tell(
    request: Request,
    status: int,
    detail: str,
    headers: Mapping[str, str] | None = None,
    **more: int | str,
) -> Response:
    """Return an error response: a page for somebody who reads, else a problem document.

    Args:
        request: what is answered; its ``app.state.error_page`` makes the page.
        status: the HTTP status.
        detail: what is wrong and how to mend it.
        headers: further headers.
        more: further members of a problem document.
    """
    if _reads_pages(request):
        shown: Response = request.app.state.error_page(request, status, detail, headers)
        return shown
    return problem(status, detail, headers, **more)


def _reads_pages(request: Request) -> bool:
    """Whether a page was asked for: never by those who asked a service for programs."""
    path = request.url.path
    if path.startswith(("/api/", "/sparql", "/static/")) or request.method != "GET":
        return False
    accepted = parse_accept_header(accept_of(request) or "*/*", MIMEAccept)
    return accepted.best_match([MEDIA_TYPE, "application/json", "text/html"]) == "text/html"


def add_problem_handlers(app: FastAPI) -> None:
    """Make every error of a service a problem document or a page; no traceback reaches a client."""

    @app.exception_handler(MasagraphError)
    async def ours(request: Request, error: MasagraphError) -> Response:
        """Tell what our own errors say, with where it is or when to come back."""
        if isinstance(error, Unavailable):
            headers = {"Retry-After": str(error.after)}
            return tell(request, 503, error.line(), headers, reason=error.reason)
        if isinstance(error, QueryError) and error.at:
            line, column = error.at
            return tell(request, 400, error.line(), line=line, column=column)
        return tell(request, status_of(error), error.line())

    @app.exception_handler(RequestValidationError)
    async def invalid(request: Request, error: RequestValidationError) -> Response:
        """Tell which parameters are not of their kind."""
        lines = [f"{'.'.join(map(str, e['loc'][1:]))}: {e['msg']}" for e in error.errors()]
        return tell(request, 422, "; ".join(lines))

    @app.exception_handler(HTTPException)
    async def http(request: Request, error: HTTPException) -> Response:
        """Tell what a route, or the want of one, has answered."""
        detail, headers = str(error.detail), dict(error.headers or {})
        if error.status_code == 404 and detail == "Not Found":
            routes = "" if _reads_pages(request) else " The routes are in /openapi.json."
            detail = f"There is nothing at {request.url.path}.{routes}"
        if error.status_code == 405:
            allowed = ", ".join(allowed_methods(request))
            headers["Allow"] = allowed
            detail = f"{request.method} is not a method of {request.url.path}; use {allowed}."
        return tell(request, error.status_code, detail, headers)


def fault(request: Request, route: str, error: Exception) -> Response:
    """Log a fault of masagraph itself, and tell the client no more than that it is one.

    Args:
        request: what was to be answered.
        route: the pattern of the route, as the address may say what somebody asked.
        error: the fault.
    """
    logger.error("a fault of masagraph at %s", route, exc_info=error)
    return tell(request, 500, "A fault of masagraph itself. It was logged; please report it.")


def allowed_methods(request: Request) -> list[str]:
    """Return the methods that the address of a request has, of all routes together."""
    # Whatever has taken a part of the path away, it is looked for from the top again.
    scope = {**request.scope, "root_path": ""}
    methods = {
        method
        for method in ("GET", "POST", "PUT", "PATCH", "DELETE")
        for route in request.app.routes
        if (method == "GET" or not isinstance(route, Mount))  # files are only read
        and route.matches({**scope, "method": method})[0] is Match.FULL
    }
    return sorted({*methods, "OPTIONS", *(["HEAD"] if "GET" in methods else [])} if methods else ())
