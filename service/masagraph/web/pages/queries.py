"""The query files: each with the values that a page gave it written in, ready to run."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby

from fastapi import Request
from fastapi.responses import HTMLResponse

from masagraph.errors import BadValue, MasagraphError, UnknownName
from masagraph.questions.files import QueryFile, find_query_file, list_query_files
from masagraph.questions.parameters import read_term
from masagraph.resources import find_resources
from masagraph.store.written_in import write_in
from masagraph.web.run_it import RunIt, run_it
from masagraph.web.shown import page, page_router, page_status
from masagraph.web.state import Service, ServiceDep

router = page_router()


@router.get("/queries")
def queries(request: Request, service: ServiceDep) -> HTMLResponse:
    """List every query behind the pages and the API."""
    return page(request, service, "query-shown.html", {"query": None, "folders": _folders()})


@router.get("/queries/{name:path}")
def one_query(request: Request, service: ServiceDep, name: str) -> HTMLResponse:
    """Show a query with the values of its parameters written in, and how to run it."""
    try:
        found = find_query_file(find_resources(), name)
    except UnknownName as error:
        refused = {"query": None, "folders": _folders(), "error": error}
        return page(request, service, "query-shown.html", refused, page_status(error))
    # An address of ours writes no line under a name that ends with one: Python's own names do.
    names = {name.rstrip("_"): name for name in found.variables}
    given = {
        names.get(key, key): text.strip()
        for key, text in request.query_params.items()
        if text.strip()
    }
    context: dict[str, object] = {"query": found, "given": given, "written": found.text}
    try:
        ready = _ready(found, given, service)
    except MasagraphError as error:
        return page(
            request, service, "query-shown.html", {**context, "error": error}, page_status(error)
        )
    missing = [each for each in found.variables if each not in given]
    shown = {**context, "written": ready.text, "run": ready, "missing": missing}
    return page(request, service, "query-shown.html", shown)


def _ready(query: QueryFile, given: Mapping[str, str], service: Service) -> RunIt:
    """Return a query with values written in.

    Raises:
        BadValue: for a value that is none, or of a parameter that the query does not have.
    """
    for name in given:
        if name not in query.variables:
            takes = ", ".join(query.variables)
            raise BadValue(
                f'this query has no parameter "{name[:100]}"',
                f"It takes {takes}." if takes else "It takes none.",
            )
    terms = {name: read_term(name, text) for name, text in given.items()}
    return run_it(write_in(query.text, terms), service.settings.base_url)


def _folders() -> list[tuple[str, list[QueryFile]]]:
    files = sorted(list_query_files(find_resources()), key=lambda file: (file.folder, file.path))
    return [(folder, list(group)) for folder, group in groupby(files, lambda file: file.folder)]
