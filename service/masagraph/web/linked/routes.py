"""``/void``, ``/id``, ``/graph``, ``/ns``, and ``/data``, where the names lead."""

from __future__ import annotations

from typing import Annotated, Any
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import RedirectResponse
from starlette.exceptions import HTTPException

from masagraph.release.counts import count
from masagraph.store.formats import Format, Limits, Written, serialize_triples
from masagraph.store.opened import Opened
from masagraph.vocab import GRAPH, ID, PEOPLE_GRAPH
from masagraph.web.linked.addresses import LONGEST, page_of, place_of, root_of, unknown
from masagraph.web.linked.description import gather, is_known
from masagraph.web.linked.formats import HTML, TABLES, choose_form, content
from masagraph.web.linked.graphs import read_contents
from masagraph.web.linked.html import dataset_page, graph_page, ontology_page, thing_page
from masagraph.web.linked.listed import dataset_as_table, graph_as_table, thing_as_table
from masagraph.web.linked.ontology import modules, ontology_graphs
from masagraph.web.linked.rdf import describe, write_graphs
from masagraph.web.linked.service_description import limits_told, service_description
from masagraph.web.linked.void import describe_dataset
from masagraph.web.problems import responses
from masagraph.web.state import Service, ServiceDep
from masagraph.web.written import respond

router = APIRouter(tags=["Linked data"])


async def _whole(request: Request, path: str) -> str:
    """Return the rest of the path, if it can be a name.

    A line break at its end is lost on the way to here.
    """
    if "\n" in request.scope["path"] or len(path) > LONGEST:
        raise unknown()
    return path


PathName = Annotated[str, Depends(_whole)]
FormatName = Annotated[
    str | None,
    Query(alias="format", description="turtle, ntriples, jsonld, rdfxml or html."),
]

_ERRORS = responses(400, 404, 406, 422, 429, 503)
_ANSWER: dict[int | str, dict[str, Any]] = {
    200: content("The description, complete up to the row limit.", truncated=True),
    **_ERRORS,
}
_TABLED: dict[int | str, dict[str, Any]] = {
    **_ANSWER,
    200: content("The description, complete up to the row limit.", truncated=True, tables=True),
}
_LEADS_ON: dict[int | str, dict[str, Any]] = {
    200: content("What is found by following the 303."),
    303: {"description": "See the page or the data, as the format asks."},
    **_ERRORS,
}


@router.get("/void", responses=_TABLED, response_class=Response)
def void(request: Request, service: ServiceDep, format_: FormatName = None) -> Response:
    """Describe the dataset: terms, versions, sources, sizes (VoID, DCAT, PROV)."""
    form = choose_form(request, format_, tables=True)
    if form is HTML:
        return dataset_page(request, service, service.run(count))
    if form in TABLES:
        place = place_of(request, service.settings.base_url)
        return respond(service, service.run(dataset_as_table, form, place))
    root = root_of(request, service.settings.base_url)
    return respond(service, service.run(write_dataset, root, form))


@router.get("/.well-known/void", status_code=303, responses=_LEADS_ON, response_class=Response)
def well_known_void(request: Request, service: ServiceDep, format_: FormatName = None) -> Response:
    """Lead to the description of the dataset."""
    choose_form(request, format_)
    return _see(service, "/void", format_)


@router.get("/id/{path:path}", status_code=303, responses=_LEADS_ON, response_class=Response)
def thing(
    request: Request, service: ServiceDep, path: PathName, format_: FormatName = None
) -> Response:
    """Lead from the name of a thing to its page, or to what the data says of it."""
    form = choose_form(request, format_)
    if path in ("dataset", f"dataset/{service.data_version}"):
        return _see(service, "/void", format_)
    if not service.run(is_known, ID + path):
        raise unknown()
    page = page_of(ID + path) if form is HTML else None
    return _see(service, page, None) if page else _see(service, f"/data/{quote(path)}", format_)


@router.get(
    "/graph/{path:path}",
    status_code=303,
    responses={**_LEADS_ON, **responses(403)},
    response_class=Response,
)
def graph(
    request: Request, service: ServiceDep, path: PathName, format_: FormatName = None
) -> Response:
    """Lead from the name of a graph to what it says."""
    choose_form(request, format_)
    _held(service, path)
    return _see(service, f"/data/graph/{quote(path)}", format_)


@router.get("/ns", status_code=303, responses=_LEADS_ON, response_class=Response)
def ontology(request: Request, service: ServiceDep, format_: FormatName = None) -> Response:
    """Lead from the name of the ontology to its terms."""
    choose_form(request, format_)
    return _see(service, "/data/ns", format_)


@router.get("/ns/{path:path}", status_code=303, responses=_LEADS_ON, response_class=Response)
def module(
    request: Request, service: ServiceDep, path: PathName, format_: FormatName = None
) -> Response:
    """Lead from the name of a module of the ontology, or of its version, to its terms."""
    choose_form(request, format_)
    service.run(ontology_graphs, _some(path))
    return _see(service, f"/data/ns/{quote(path)}", format_)


@router.get(
    "/data/graph/{path:path}", responses={**_TABLED, **responses(403)}, response_class=Response
)
def graph_data(
    request: Request, service: ServiceDep, path: PathName, format_: FormatName = None
) -> Response:
    """Give a whole graph; as HTML, a list of what it speaks of."""
    form = choose_form(request, format_, tables=True)
    name = _held(service, path)
    if form in TABLES:
        place = place_of(request, service.settings.base_url)
        limit = service.settings.max_rows
        return respond(service, service.run(graph_as_table, name, form, limit, place))
    if form is HTML:
        contents = service.run(read_contents, name, service.settings.max_rows)
        return graph_page(request, service, contents)
    return respond(service, service.run(write_graphs, (name,), form, _limits(service)))


@router.get("/data/ns", responses=_ANSWER, response_class=Response)
def ontology_data(request: Request, service: ServiceDep, format_: FormatName = None) -> Response:
    """Give the ontology, all its modules and lists of concepts together."""
    return _ontology(request, service, "", format_)


@router.get("/data/ns/{path:path}", responses=_ANSWER, response_class=Response)
def module_data(
    request: Request, service: ServiceDep, path: PathName, format_: FormatName = None
) -> Response:
    """Give one module of the ontology."""
    return _ontology(request, service, _some(path), format_)


@router.get("/data/{path:path}", responses=_TABLED, response_class=Response)
def data(
    request: Request, service: ServiceDep, path: PathName, format_: FormatName = None
) -> Response:
    """Give what the data says of a thing, and what points to it."""
    form = choose_form(request, format_, tables=True)
    limit = service.settings.max_rows
    if form in TABLES:
        place = place_of(request, service.settings.base_url)
        return respond(service, service.run(thing_as_table, ID + path, form, limit, place))
    if form is HTML:
        return thing_page(request, service, service.run(gather, ID + path, limit))
    document = f"{root_of(request, service.settings.base_url)}/data/{quote(path)}"
    return respond(service, service.run(describe, ID + path, document, form, limit))


def describe_endpoint(request: Request, service: Service, form: Format) -> Response:
    """Answer a request to ``/sparql`` that has no query.

    Args:
        request: the request.
        service: the service.
        form: one of the formats of graphs.
    """
    endpoint = f"{root_of(request, service.settings.base_url)}/sparql"
    written = service.run(write_endpoint, endpoint, limits_told(service.settings), form)
    return respond(service, written)


def write_endpoint(opened: Opened, endpoint: str, limits: tuple[str, ...], form: Format) -> Written:
    """Write the description of the endpoint; what a query worker does."""
    triples = service_description(opened, endpoint, limits)
    return Written(serialize_triples(triples, form.name), form)


def write_dataset(opened: Opened, root: str, form: Format) -> Written:
    """Write the description of the dataset; what a query worker does."""
    return Written(serialize_triples(describe_dataset(opened, root), form.name), form)


def _ontology(request: Request, service: Service, name: str, named: str | None) -> Response:
    form = choose_form(request, named)
    if form is HTML:
        return ontology_page(request, service, service.run(modules, name))
    graphs = service.run(ontology_graphs, name)
    return respond(service, service.run(write_graphs, graphs, form, _limits(service)))


def _held(service: Service, path: str) -> str:
    """Return the name of a graph that is held, and is not that of names of people."""
    name = GRAPH + path
    if name not in service.generation.pool.graphs:
        raise unknown()
    if name == PEOPLE_GRAPH:
        raise HTTPException(403, "Names of people are read with SPARQL only, at /sparql.")
    return name


def _some(path: str) -> str:
    """Return the rest of a path; with nothing in it, it is no name."""
    if not path:
        raise unknown()
    return path


def _limits(service: Service) -> Limits:
    return Limits(service.settings.max_rows, service.settings.max_answer)


def _see(service: Service, path: str, named: str | None) -> Response:
    """Lead on to a path of this service; never elsewhere, whatever was asked."""
    query = f"?{urlencode({'format': named})}" if named else ""
    headers = {"Vary": "Accept"}
    return RedirectResponse(service.settings.base_url + path + query, 303, headers)
