"""``/api/areas`` and ``/api/areas/{area}``."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Response

from masagraph.assessment.description import describe_things
from masagraph.assessment.names import find_area, list_areas
from masagraph.questions.area_overview import overview_of
from masagraph.report.listing import areas_csv
from masagraph.store.formats import serialize_triples
from masagraph.store.opened import Opened
from masagraph.web.api.answers import (
    GRAPH,
    TABLE,
    AsAt,
    AsGraph,
    AsTable,
    day_of,
    declared,
    reply,
    to_json,
)
from masagraph.web.state import ServiceDep

router = APIRouter()

Documents = Annotated[
    Literal["yes", "no"] | None,
    Query(description="yes: only areas of which a document is held; no: only the others."),
]


@router.get("/api/areas", responses=declared(TABLE), response_class=Response)
def areas(service: ServiceDep, wanted: AsTable, documents: Documents = None) -> Response:
    """List the areas of England, and whether a document of each one's arrangement is held."""
    return reply(service, wanted, service.run(write_areas, documents, wanted.form.name))


def write_areas(opened: Opened, documents: str | None, form: str) -> str:
    """Write the list of areas; what a query worker does."""
    known = list_areas(opened.store)
    listed = [a for a in known if documents is None or a.has_document == (documents == "yes")]
    if form == "csv":
        return areas_csv(listed, opened.data_version)
    held = sum(area.has_document for area in known)
    return to_json(
        {
            "data_version": opened.data_version,
            "areas_known": len(known),
            "areas_with_documents": held,
            "areas_without_documents": len(known) - held,
            "areas": [
                {
                    "area": area.slug,
                    "name": area.label,
                    "gss": area.gss,
                    "iri": area.iri,
                    "arrangement": area.arrangement,
                    "has_document": area.has_document,
                }
                for area in listed
            ],
        }
    )


@router.get("/api/areas/{area}", responses=declared(GRAPH, 404), response_class=Response)
def one_area(service: ServiceDep, wanted: AsGraph, area: str, as_at: AsAt = None) -> Response:
    """Tell all that is known of an area: codes, partners, documents, neighbours, outcomes."""
    return reply(service, wanted, service.run(write_area, area, as_at, wanted.form.name))


def write_area(opened: Opened, area: str, as_at: str | None, form: str) -> str | bytes:
    """Write what is known of an area; what a query worker does.

    Raises:
        UnknownName: for an area that is not held.
        BadValue: for a date that is none.
    """
    found = find_area(list_areas(opened.store), area)
    overview = overview_of(opened, found, day_of(opened, as_at))
    if form == "turtle":
        return serialize_triples(describe_things(opened.store, overview.things()), form)
    return to_json(overview.as_json())
