"""One error body everywhere: ``application/problem+json`` (RFC 9457)."""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from starlette.exceptions import HTTPException

from masagraph.errors import BadValue, MasagraphError, QueryError, UnknownName

logger = logging.getLogger("masagraph")

MEDIA_TYPE = "application/problem+json"

SECURITY_HEADERS = {
    "Content-Security-Policy": "default-src 'self'; frame-ancestors 'none'; base-uri 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}


class Problem(BaseModel):
    """An error, as RFC 9457 has it."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str


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


def problem(status: int, detail: str, headers: dict[str, str] | None = None) -> JSONResponse:
    """Return an error response."""
    body = Problem(title=HTTPStatus(status).phrase, status=status, detail=detail)
    return JSONResponse(body.model_dump(), status, headers, media_type=MEDIA_TYPE)


def status_of(error: MasagraphError) -> int:
    """Return the HTTP status that an error of ours means."""
    if isinstance(error, UnknownName):
        return 404
    if isinstance(error, BadValue):
        return 422
    return 400 if isinstance(error, QueryError) else 500


def add_problem_handlers(app: FastAPI) -> None:
    """Make every error of a service a problem document; no traceback reaches a client."""

    @app.exception_handler(MasagraphError)
    def ours(request: Request, error: MasagraphError) -> JSONResponse:
        del request
        return problem(status_of(error), error.line())

    @app.exception_handler(RequestValidationError)
    def invalid(request: Request, error: RequestValidationError) -> JSONResponse:
        del request
        lines = [f"{'.'.join(map(str, e['loc'][1:]))}: {e['msg']}" for e in error.errors()]
        return problem(422, "; ".join(lines))

    @app.exception_handler(HTTPException)
    def http(request: Request, error: HTTPException) -> JSONResponse:
        detail = error.detail
        if error.status_code == 404 and detail == "Not Found":
            detail = f"There is nothing at {request.url.path}. The routes are in /openapi.json."
        return problem(error.status_code, str(detail), dict(error.headers or {}))

    @app.exception_handler(Exception)
    def fault(request: Request, error: Exception) -> JSONResponse:
        logger.error("a fault of masagraph at %s", request.url.path, exc_info=error)
        # This answer is made outside of the middleware that adds the headers to all others.
        detail = "A fault of masagraph itself. It was logged; please report it."
        return problem(500, detail, SECURITY_HEADERS)
