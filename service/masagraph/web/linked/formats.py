"""In which formats linked data is given."""

from __future__ import annotations

from typing import Any

from fastapi import Request

from masagraph.store.formats import GRAPHS, Format
from masagraph.web.negotiation import accept_of, choose

HTML = Format("html", "text/html")
FORMS = (*GRAPHS, HTML)
"""RDF first: what a client gets that names no format."""

RDF_BY_NAME = {form.name: form for form in GRAPHS}


def choose_form(request: Request, named: str | None) -> Format:
    """Choose a format for a request.

    Raises:
        HTTPException: 406 when nothing asked for can be served.
    """
    return choose(FORMS, accept_of(request), named)


def content(description: str, truncated: bool = False) -> dict[str, Any]:
    """Return the OpenAPI declaration of an answer in any of the formats."""
    declared: dict[str, Any] = {
        "description": description,
        "content": {form.media_type: {} for form in FORMS},
    }
    if truncated:
        declared["headers"] = {
            "Masagraph-Truncated": {
                "description": "true when the answer was cut at a limit",
                "schema": {"type": "string"},
            }
        }
    return declared
