"""The API, for people who read: made from the service's own description, with addresses to try."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from urllib.parse import urlencode

from fastapi import Request
from fastapi.responses import HTMLResponse

from masagraph.assessment.names import lookup
from masagraph.questions.catalogue import Question
from masagraph.resources import find_resources
from masagraph.settings import Settings
from masagraph.store.opened import Opened
from masagraph.store.protocol import text_of
from masagraph.vocab import BASE, GRAPH, ID
from masagraph.web.described import Group, Operation, groups_of, statuses_of
from masagraph.web.run_it import run_it
from masagraph.web.shown import Shown, answer, page_router
from masagraph.web.state import ServiceDep

router = page_router()

QUESTIONS = "/api/questions/"
FIRST_QUERY = "lookup/documents-held.rq"
"""The query that the example of ``/sparql`` runs: short, and of use."""

MEANING = {
    400: "The query or the draft cannot be read, or it asks for what is refused.",
    403: "Names of people are not given here.",
    404: "There is no such area, duty, body, document, question or edition.",
    406: "No form that you asked for can be had.",
    408: "What you sent did not come in time.",
    413: "What you sent is too long.",
    415: "What you sent is of another kind than can be read.",
    422: "A value is not of its kind, or a parameter is lacking or not known.",
    429: "You sent too many requests. Wait as long as Retry-After says.",
    503: "The service was busy, or stopped the query at a limit. The body says which.",
}
"""What each status of a refusal means."""

FORMS = {
    "application/json": "JSON",
    "text/csv": "CSV",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "Excel (xlsx)",
    "text/turtle": "Turtle",
    "application/n-triples": "N-Triples",
    "application/ld+json": "JSON-LD",
    "application/rdf+xml": "RDF/XML",
    "application/trig": "TriG",
    "text/html": "a page",
    "text/plain": "text",
    "text/tab-separated-values": "TSV",
    "application/graphml+xml": "GraphML",
    "application/gexf+xml": "GEXF",
    "image/svg+xml": "SVG",
    "image/png": "PNG",
    "application/pdf": "PDF",
    "application/sparql-results+json": "SPARQL results in JSON",
    "application/sparql-results+xml": "SPARQL results in XML",
}
"""What people call a media type; one that is not here is told by its own name."""


@router.get("/api")
def api(request: Request, service: ServiceDep) -> HTMLResponse:
    """Show every route of the API with what it takes, what it gives and an example to try."""
    groups = groups_of(request.app.openapi(), titled=("Questions",))
    return answer(
        request, service, "api.html", read_api, groups, service.questions,
        service.settings.base_url, _limits(service.settings),
    )  # fmt: skip


def _limits(settings: Settings) -> dict[str, str]:
    return {
        "Time of a query": f"{settings.query_seconds:g} seconds",
        "Rows of an answer": f"{settings.max_rows:,}",
        "Size of an answer": f"{settings.max_answer:,} bytes",
        "Length of a query": f"{settings.max_query:,} characters",
        "Size of what you send": f"{settings.max_body:,} bytes",
        "Requests of one client": settings.client_rate or "no limit",
    }


def read_api(
    opened: Opened,
    groups: Sequence[Group],
    questions: Sequence[Question],
    base: str,
    limits: Mapping[str, str],
) -> Shown:
    """Return the routes, each with an example made of names that the data holds."""
    known = _names(opened)
    asked = {QUESTIONS + each.name: _given(each) for each in questions}
    text = find_resources().read_query(FIRST_QUERY)
    of_query = dict(run_it(text, base).links).get("JSON", "")
    return {
        "groups": [
            replace(
                group,
                operations=tuple(
                    replace(each, example=_example(each, known, asked, base, of_query))
                    for each in group.operations
                ),
            )
            for group in groups
        ],
        "statuses": [(code, MEANING.get(code, "")) for code in statuses_of(groups)],
        "limits": limits,
        "forms": FORMS,
        "first": f"{base}/api/areas",
    }, None


def _names(opened: Opened) -> dict[str, dict[str, str]]:
    """Return values for the parts of a path that stand for a name, by how the path begins."""
    (row,) = lookup(opened.store, "example-names")
    area, body, duty, graph, module = (
        text_of(row.get(name)) for name in ("area", "body", "duty", "graph", "module")
    )
    of_body, _, slug = body.removeprefix(f"{ID}body/").partition("/")
    a_duty = {"slug": duty.rpartition("/")[2]}
    thing = {"path": duty.removeprefix(str(ID))}
    a_graph = {"path": graph.removeprefix(str(GRAPH))}
    terms = {"path": module.removeprefix(f"{BASE}ns/")}
    return {
        "/api/areas/": {"area": area.rpartition("/")[2]},
        "/api/bodies/": {"area": of_body, "slug": slug},
        "/api/duties/": a_duty,
        "/data/graph/": a_graph,
        "/graph/": a_graph,
        "/data/ns/": terms,
        "/ns/": terms,
        "/data/": thing,
        "/id/": thing,
    }


def _given(question: Question) -> str:
    given = {each.name: each.example for each in question.parameters if each.example}
    return f"?{urlencode(given)}" if given else ""


def _example(
    operation: Operation,
    known: Mapping[str, Mapping[str, str]],
    asked: Mapping[str, str],
    base: str,
    of_query: str,
) -> str:
    """Return an address that can be followed; empty for what is sent, or where no name is held."""
    path = operation.path
    if operation.method != "GET":
        return ""
    if path == "/sparql":
        return of_query
    values = next((known[begin] for begin in known if path.startswith(begin)), {})
    for name in re.findall(r"\{(\w+)(?::\w+)?\}", path):
        if not values.get(name):
            return ""
        path = path.replace(f"{{{name}}}", values[name])
    return f"{base}{path}{asked.get(operation.path, '')}"
