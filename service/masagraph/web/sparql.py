"""``/sparql``: the SPARQL 1.1 Protocol, for queries."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import RedirectResponse
from starlette.datastructures import ImmutableMultiDict
from starlette.exceptions import HTTPException

from masagraph.errors import QueryRefused
from masagraph.report.workbook_words import NOWHERE, Place
from masagraph.store.formats import GRAPHS, RESULTS, Limits, Written
from masagraph.store.opened import Opened
from masagraph.store.protocol import Scope
from masagraph.web.bodies import read_body, read_pairs
from masagraph.web.linked.addresses import place_of
from masagraph.web.linked.formats import HTML, XLSX, choose_form
from masagraph.web.linked.routes import describe_endpoint
from masagraph.web.negotiation import accept_of
from masagraph.web.problems import responses
from masagraph.web.state import Service, ServiceDep
from masagraph.web.tabled import Chooser, run_query
from masagraph.web.written import respond

router = APIRouter(tags=["SPARQL"])

QUERY_TYPE = "application/sparql-query"
FORM_TYPE = "application/x-www-form-urlencoded"
UPDATE_TYPE = "application/sparql-update"
RDFLIB_DEFAULT = "urn:x-rdflib:default"
"""What rdflib's Dataset sends as the name of the default graph."""

NO_UPDATES = "Updates are not allowed: this service is read only."

_MANY = {"type": "array", "items": {"type": "string"}}
_ANSWER: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The answer, complete up to the row limit.",
        "content": {form.media_type: {} for form in (*RESULTS, XLSX, *GRAPHS)},
        "headers": {
            "Masagraph-Truncated": {
                "description": "true when the answer was cut at the row limit",
                "schema": {"type": "string"},
            }
        },
    }
}
_IN_ADDRESS = [
    {"name": name, "in": "query", "description": about, "schema": schema}
    for name, about, schema in (
        ("default-graph-uri", "An IRI of a graph of this dataset.", _MANY),
        ("named-graph-uri", "An IRI of a graph of this dataset.", _MANY),
        ("format", "As for GET.", {"type": "string"}),
        ("excel", "As for GET.", {"type": "boolean"}),
    )
]
"""What a POST takes in its address, beside a query that is its body."""

_RESPONSES = {**_ANSWER, **responses(400, 406, 413, 422, 429, 503)}

QueryText = Annotated[
    list[str] | None,
    Query(description="A SPARQL 1.1 query. Without one: the description of this service."),
]
Graphs = Annotated[list[str] | None, Query(description="An IRI of a graph of this dataset.")]
Excel = Annotated[
    bool, Query(description="CSV for Excel: with a byte-order mark, and no formulas.")
]
FormatName = Annotated[
    str | None,
    Query(
        alias="format", description="json, xml, csv, tsv, xlsx, turtle, ntriples, jsonld, rdfxml"
    ),
]


@router.get(
    "/sparql",
    responses={**_RESPONSES, 303: {"description": "Without a query, a browser: see its page."}},
    response_class=Response,
)
def sparql_get(
    request: Request,
    service: ServiceDep,
    query: QueryText = None,
    default_graph_uri: Annotated[Graphs, Query(alias="default-graph-uri")] = None,
    named_graph_uri: Annotated[Graphs, Query(alias="named-graph-uri")] = None,
    format_: FormatName = None,
    excel: Excel = False,
) -> Response:
    """Run a query. Read only.

    The default graph is the union of the named graphs, without findings at dates before the
    date of the data; those are asked for by the name of their graph.
    """
    accept = accept_of(request)
    if query is None:
        form = choose_form(request, format_)
        if form is HTML:
            return RedirectResponse(f"{service.settings.base_url}/query", 303, {"Vary": "Accept"})
        return describe_endpoint(request, service, form)
    scope = _scope(default_graph_uri or (), named_graph_uri or ())
    return _answer(request, service, _one(query), scope, accept, format_, excel)


@router.post(
    "/sparql",
    responses={**_RESPONSES, **responses(408, 415)},
    response_class=Response,
    openapi_extra={
        "parameters": _IN_ADDRESS,
        "requestBody": {
            "required": True,
            "content": {
                QUERY_TYPE: {"schema": {"type": "string"}},
                FORM_TYPE: {
                    "schema": {
                        "type": "object",
                        "required": ["query"],
                        "properties": {
                            "query": {"type": "string"},
                            "default-graph-uri": _MANY,
                            "named-graph-uri": _MANY,
                            "format": {"type": "string"},
                            "excel": {"type": "boolean"},
                        },
                    }
                },
            },
        },
    },
)
async def sparql_post(request: Request, service: ServiceDep) -> Response:
    """Run a query sent as a form or directly."""
    kind = request.headers.get("content-type", "").split(";")[0].strip().lower()
    if kind == UPDATE_TYPE:
        raise HTTPException(415, NO_UPDATES)
    if kind not in (QUERY_TYPE, FORM_TYPE):
        raise HTTPException(415, f"Send a query as {QUERY_TYPE} or {FORM_TYPE}.")
    body = await read_body(request, service.settings)
    params: ImmutableMultiDict[str, Any] = request.query_params
    if kind == QUERY_TYPE:
        if "query" in params:
            raise HTTPException(400, "There are two queries, in the address and in the body.")
        text = _utf8(body)
    else:
        form = ImmutableMultiDict[str, Any](read_pairs(body, "query"))
        if "update" in form or "update" in params:
            raise HTTPException(400, NO_UPDATES)
        params = ImmutableMultiDict([*params.multi_items(), *form.multi_items()])
        text = _one(params.getlist("query"))
    scope = _scope(params.getlist("default-graph-uri"), params.getlist("named-graph-uri"))
    accept, named = accept_of(request), str(params.get("format") or "")
    excel = str(params.get("excel") or "") in ("1", "true")
    # Waiting for a worker is done in a thread: in the event loop it would stop the server.
    return await run_in_threadpool(_answer, request, service, text, scope, accept, named, excel)


def evaluate(
    opened: Opened,
    text: str,
    scope: Scope,
    accept: str | None,
    named: str | None,
    limits: Limits,
    place: Place = NOWHERE,
) -> Written:
    """Run a query and write its answer; what a query worker does.

    Raises:
        QueryError: when it cannot be parsed or evaluated, or is refused.
        HTTPException: 406 when its answer has none of the formats asked for.
    """
    return run_query(opened, text, scope, Chooser(accept, named), limits, place)


def _scope(default_graphs: Iterable[str], named_graphs: Iterable[str]) -> Scope:
    """Return the graphs that a request names. The one of rdflib's own means all of them."""
    return Scope(tuple(g for g in default_graphs if g != RDFLIB_DEFAULT), tuple(named_graphs))


def _one(queries: Sequence[str]) -> str:
    if len(queries) > 1:
        raise HTTPException(400, "There are several queries. Send one.")
    return str(queries[0]) if queries else ""


def _utf8(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise HTTPException(400, "The query is not UTF-8.") from error


def _answer(
    request: Request,
    service: Service,
    text: str,
    scope: Scope,
    accept: str | None,
    named: str | None,
    excel: bool,
) -> Response:
    if not text.strip():
        raise HTTPException(400, "There is no query. Send one as the parameter query.")
    settings = service.settings
    if len(text) > settings.max_query:
        raise HTTPException(413, f"The query is longer than {settings.max_query:,} characters.")
    for graph in (*scope.default_graphs, *scope.named_graphs):
        if graph not in service.generation.pool.graphs:
            raise QueryRefused(
                f"there is no graph <{graph}>: only graphs of this dataset can be named",
                "List them with: SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }",
            )
    limits = Limits(settings.max_rows, settings.max_answer)
    place = place_of(request, settings.base_url)
    written = service.run(evaluate, text, scope, accept, named, limits, place)
    return respond(service, written, excel)
