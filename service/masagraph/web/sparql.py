"""``/sparql``: the SPARQL 1.1 Protocol, for queries."""

from __future__ import annotations

from typing import Annotated, Any
from urllib.parse import parse_qsl

from fastapi import APIRouter, Query, Request, Response
from fastapi.concurrency import run_in_threadpool
from starlette.datastructures import ImmutableMultiDict
from starlette.exceptions import HTTPException

from masagraph.errors import QueryRefused
from masagraph.store.formats import GRAPHS, RESULTS, formats_for, serialize
from masagraph.store.protocol import Rows, Scope, Triples
from masagraph.web.negotiation import choose
from masagraph.web.problems import responses
from masagraph.web.state import State, StateDep

router = APIRouter(tags=["SPARQL"])

QUERY_TYPE = "application/sparql-query"
FORM_TYPE = "application/x-www-form-urlencoded"

_ANSWER: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The answer, complete up to the row limit.",
        "content": {form.media_type: {} for form in (*RESULTS, *GRAPHS)},
        "headers": {
            "Masagraph-Truncated": {
                "description": "true when the answer was cut at the row limit",
                "schema": {"type": "string"},
            }
        },
    }
}
_RESPONSES = {**_ANSWER, **responses(400, 406, 413, 415, 422)}

QueryText = Annotated[str, Query(description="A SPARQL 1.1 query. Needed.")]
Graphs = Annotated[list[str] | None, Query(description="An IRI of a graph of this dataset.")]
FormatName = Annotated[
    str | None,
    Query(alias="format", description="json, xml, csv, tsv; turtle, ntriples, jsonld, rdfxml."),
]


@router.get("/sparql", responses=_RESPONSES, response_class=Response)
def sparql_get(
    request: Request,
    state: StateDep,
    query: QueryText = "",
    default_graph_uri: Annotated[Graphs, Query(alias="default-graph-uri")] = None,
    named_graph_uri: Annotated[Graphs, Query(alias="named-graph-uri")] = None,
    format_: FormatName = None,
) -> Response:
    """Run a query. The default graph is the union of all graphs. Read only."""
    scope = Scope(tuple(default_graph_uri or ()), tuple(named_graph_uri or ()))
    return _answer(state, query, scope, request.headers.get("accept"), format_)


@router.post(
    "/sparql",
    responses=_RESPONSES,
    response_class=Response,
    openapi_extra={
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
                            "default-graph-uri": {"type": "array", "items": {"type": "string"}},
                            "named-graph-uri": {"type": "array", "items": {"type": "string"}},
                            "format": {"type": "string"},
                        },
                    }
                },
            },
        }
    },
)
async def sparql_post(request: Request, state: StateDep) -> Response:
    """Run a query sent as a form or directly."""
    kind = request.headers.get("content-type", "").split(";")[0].strip().lower()
    if kind not in (QUERY_TYPE, FORM_TYPE):
        raise HTTPException(415, f"Send a query as {QUERY_TYPE} or {FORM_TYPE}.")
    body = await _body(request, state.settings.max_body)
    if kind == QUERY_TYPE:
        text = _utf8(body)
        params: ImmutableMultiDict[str, Any] = request.query_params
    else:
        form = ImmutableMultiDict[str, Any](_form(body))
        if "update" in form:
            raise HTTPException(400, "Updates are not allowed: this service is read only.")
        text, params = str(form.get("query", "")), form
    scope = Scope(
        tuple(str(v) for v in params.getlist("default-graph-uri")),
        tuple(str(v) for v in params.getlist("named-graph-uri")),
    )
    accept, named = request.headers.get("accept"), str(params.get("format") or "")
    # Queries run in a thread: one inside the event loop would stop the whole server.
    return await run_in_threadpool(_answer, state, text, scope, accept, named)


async def _body(request: Request, most: int) -> bytes:
    """Read the body, and stop as soon as it is too large."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > most:
            raise HTTPException(413, f"The body is larger than {most:,} bytes.")
    return bytes(body)


def _utf8(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise HTTPException(400, "The query is not UTF-8.") from error


def _form(body: bytes) -> list[tuple[str, str]]:
    try:
        return parse_qsl(_utf8(body), keep_blank_values=True, errors="strict", max_num_fields=100)
    except ValueError as error:
        raise HTTPException(400, "The form cannot be read.") from error


def _answer(
    state: State, text: str, scope: Scope, accept: str | None, named: str | None
) -> Response:
    if not text.strip():
        raise HTTPException(400, "There is no query. Send one as the parameter query.")
    if len(text) > state.settings.max_query:
        raise HTTPException(
            413, f"The query is longer than {state.settings.max_query:,} characters."
        )
    for graph in (*scope.default_graphs, *scope.named_graphs):
        if graph not in state.opened.store.graphs():
            raise QueryRefused(
                f"there is no graph <{graph}>: only graphs of this dataset can be named",
                "List them with: SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }",
            )
    answer = state.opened.store.query(text, scope=scope, limit=state.settings.max_rows)
    form = choose(formats_for(answer), accept, named)
    charset = "; charset=utf-8" if form.media_type.startswith("text/") else ""
    headers = {"Vary": "Accept", "Masagraph-Data-Version": state.opened.data_version}
    if isinstance(answer, Rows | Triples) and answer.truncated:
        headers["Masagraph-Truncated"] = "true"
    return Response(serialize(answer, form.name), 200, headers, form.media_type + charset)
