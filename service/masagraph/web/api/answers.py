"""What the routes of the API share: their parameters, and answers in the format asked for."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from fastapi import Depends, Query, Request, Response
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute

from masagraph.assessment.names import parse_date
from masagraph.errors import BadValue
from masagraph.report.workbook import Made
from masagraph.report.workbook_words import NOWHERE, Place
from masagraph.store.formats import Format, Written
from masagraph.store.opened import Opened
from masagraph.web.linked.addresses import place_of
from masagraph.web.linked.formats import XLSX
from masagraph.web.negotiation import accept_of, choose
from masagraph.web.problems import responses
from masagraph.web.state import Service, state_of
from masagraph.web.written import respond

JSON = Format("json", "application/json")
CSV = Format("csv", "text/csv")
TURTLE = Format("turtle", "text/turtle")

EditionId = Annotated[str | None, Query(description="An edition such as wt2023, or in-force.")]
AsAt = Annotated[str | None, Query(description="A date such as 2024-06-01.")]
_FormatName = Annotated[str | None, Query(alias="format", description="A format's short name.")]
_Excel = Annotated[
    bool, Query(description="CSV for Excel: with a byte-order mark, and no formulas.")
]

Content = str | bytes | Made
"""An answer as a query worker writes it."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """How an answer is wanted.

    Attributes:
        form: the format.
        excel: whether its CSV is for Excel.
        place: where the service answers, for the links of a workbook.
        path: the path that was asked, which a file to keep is named after.
    """

    form: Format
    excel: bool = False
    place: Place = NOWHERE
    path: str = ""


def _json(request: Request, format_: _FormatName = None) -> Wanted:
    return _wanted(request, (JSON,), format_)


def _json_csv(request: Request, format_: _FormatName = None, excel: _Excel = False) -> Wanted:
    return _wanted(request, TABLE, format_, excel)


def _json_turtle(request: Request, format_: _FormatName = None) -> Wanted:
    return _wanted(request, GRAPH, format_)


def _any(request: Request, format_: _FormatName = None, excel: _Excel = False) -> Wanted:
    return _wanted(request, ANY, format_, excel)


def _draft(request: Request, format_: _FormatName = None, excel: _Excel = False) -> Wanted:
    return _wanted(request, OF_DRAFT, format_, excel)


def _wanted(
    request: Request, formats: tuple[Format, ...], named: str | None, excel: bool = False
) -> Wanted:
    form = choose(formats, accept_of(request), named)
    place = place_of(request, state_of(request).settings.base_url)
    return Wanted(form, excel, place, request.url.path)


AsJson = Annotated[Wanted, Depends(_json)]
AsTable = Annotated[Wanted, Depends(_json_csv)]
AsGraph = Annotated[Wanted, Depends(_json_turtle)]
AsAny = Annotated[Wanted, Depends(_any)]
AsDraft = Annotated[Wanted, Depends(_draft)]

TABLE, GRAPH, ANY = (JSON, CSV, XLSX), (JSON, TURTLE), (JSON, CSV, XLSX, TURTLE)
OF_DRAFT = (JSON, CSV, TURTLE)


def declared(formats: tuple[Format, ...], *codes: int) -> dict[int | str, dict[str, Any]]:
    """Return the OpenAPI declaration of the answers of a route.

    Args:
        formats: the formats of its answer.
        codes: the errors of its own; those that every route has are added.
    """
    content: dict[str, Any] = {form.media_type: {} for form in formats}
    headers = {"Masagraph-Data-Version": "the data that the answer was made from"}
    if CSV in formats:
        headers["Masagraph-Truncated"] = "true when rows were left out because of a limit"
    told = {
        name: {"description": about, "schema": {"type": "string"}}
        for name, about in headers.items()
    }
    return {
        200: {"description": "The answer.", "content": content, "headers": told},
        **responses(*sorted({*codes, 406, 422, 429, 503})),
    }


def refuse_unknown(request: Request) -> None:
    """Refuse a query parameter that the route does not have: a misspelt one would be ignored.

    Raises:
        BadValue: for the first.
    """
    route = request.scope.get("route")
    if not isinstance(route, APIRoute):
        return
    known = sorted(_parameters(route.dependant))
    for name in request.query_params:
        if name not in known:
            use = f"Use {', '.join(known)}." if known else "This address takes none."
            raise BadValue(f'there is no parameter "{name}" here', use)


def _parameters(dependant: Dependant) -> set[str]:
    """Return the names of the query parameters of a route, those of its dependencies too."""
    found = {field.alias for field in dependant.query_params}
    return found.union(*map(_parameters, dependant.dependencies))


def day_of(opened: Opened, as_at: str | None) -> date:
    """Return the date that a request means: that of the data when it gives none.

    Raises:
        BadValue: when it is no date.
    """
    return parse_date(as_at) if as_at else opened.data_date


def to_json(value: object) -> str:
    """Write a value as JSON."""
    return json.dumps(value, ensure_ascii=False)


def reply(service: Service, wanted: Wanted, content: Content, cut: bool = False) -> Response:
    """Return an answer.

    Args:
        service: over whose data it was made.
        wanted: how it was wanted.
        content: the answer in that format; CSV with the values as they are.
        cut: whether rows were left out because of a limit.
    """
    cut = cut or (isinstance(content, Made) and content.cut)
    made = content.content if isinstance(content, Made) else content
    text = made.encode() if isinstance(made, str) else made
    shown = respond(service, Written(text, wanted.form, cut), wanted.excel)
    if wanted.form in (CSV, XLSX):
        name = f"masagraph-{_file_name(wanted.path)}.{wanted.form.name}"
        shown.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return shown


def _file_name(path: str) -> str:
    """Return a name for a file to keep, of nothing but letters, digits and hyphens.

    >>> _file_name("/api/areas/sefton/assessment")
    'areas-sefton-assessment'
    """
    words = re.findall(r"[a-z0-9]+", path.lower().removeprefix("/api/"))
    return "-".join(words)[:80]
