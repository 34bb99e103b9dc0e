"""In which formats linked data is given."""

from __future__ import annotations

from typing import Any

from fastapi import Request

from masagraph.report.workbook import MEDIA_TYPE
from masagraph.store.formats import GRAPHS, Format
from masagraph.web.negotiation import accept_of, choose

HTML = Format("html", "text/html")
XLSX = Format("xlsx", MEDIA_TYPE, ("excel",))
FORMS = (*GRAPHS, HTML)
"""RDF first: what a client gets that names no format."""

TABLES = (Format("csv", "text/csv"), XLSX)
"""What the pages with tables have besides."""

RDF_BY_NAME = {form.name: form for form in GRAPHS}


def choose_form(request: Request, named: str | None, tables: bool = False) -> Format:
    """Choose a format for a request.

    Args:
        request: the request.
        named: a format's short name or media type.
        tables: whether there are tables to be had too.

    Raises:
        HTTPException: 406 when nothing asked for can be served.
    """
    return choose((*FORMS, *TABLES) if tables else FORMS, accept_of(request), named)


def content(description: str, truncated: bool = False, tables: bool = False) -> dict[str, Any]:
    """Return the OpenAPI declaration of an answer in any of the formats."""
    forms = (*FORMS, *TABLES) if tables else FORMS
    declared: dict[str, Any] = {
        "description": description,
        "content": {form.media_type: {} for form in forms},
    }
    if truncated:
        declared["headers"] = {
            "Masagraph-Truncated": {
                "description": "true when the answer was cut at a limit",
                "schema": {"type": "string"},
            }
        }
    return declared
