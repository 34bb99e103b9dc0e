"""``/api/areas`` and ``/api/areas/{area}``."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Response

from masagraph.assessment.description import describe_things
from masagraph.assessment.names import find_area, list_areas, lookup
from masagraph.questions.area_overview import overview_of
from masagraph.report.listing import areas_listing
from masagraph.report.overview_tables import Table, overview_listing, overview_workbook
from masagraph.report.workbook_lists import list_workbook
from masagraph.report.workbook_words import Place
from masagraph.store.formats import serialize_triples
from masagraph.store.opened import Opened
from masagraph.store.protocol import text_of
from masagraph.vocab import local_name
from masagraph.web.api.answers import (
    ANY,
    TABLE,
    AsAny,
    AsAt,
    AsTable,
    Content,
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

Rows = Annotated[
    Table, Query(description="What CSV has a row for; the other formats hold all four.")
]


@router.get("/api/areas", responses=declared(TABLE), response_class=Response)
def areas(service: ServiceDep, wanted: AsTable, documents: Documents = None) -> Response:
    """List the areas of England, and whether a document of each one's arrangement is held."""
    content = service.run(write_areas, documents, wanted.form.name, wanted.place)
    return reply(service, wanted, content)


def write_areas(opened: Opened, documents: str | None, form: str, place: Place) -> Content:
    """Write the list of areas; what a query worker does."""
    known = list_areas(opened.store)
    listed = [a for a in known if documents is None or a.has_document == (documents == "yes")]
    held = sum(area.has_document for area in known)
    listing = areas_listing(listed, opened.data_version)
    if form == "csv":
        return listing.csv()
    if form == "xlsx":
        facts = [("With a document", f"{held} of {len(known)} areas")]
        return list_workbook(opened, place, listing, "Areas", "areas of England", facts)
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


@router.get("/api/areas/{area}", responses=declared(ANY, 404), response_class=Response)
def one_area(
    service: ServiceDep, wanted: AsAny, area: str, as_at: AsAt = None, table: Rows = "documents"
) -> Response:
    """Tell all that is known of an area: codes, partners, documents, neighbours, outcomes."""
    form, place = wanted.form.name, wanted.place
    return reply(service, wanted, service.run(write_area, area, as_at, table, form, place))


def write_area(
    opened: Opened, area: str, as_at: str | None, table: Table, form: str, place: Place
) -> Content:
    """Write what is known of an area; what a query worker does.

    Raises:
        UnknownName: for an area that is not held.
        BadValue: for a date that is none.
    """
    found = find_area(list_areas(opened.store), area)
    overview = overview_of(opened, found, day_of(opened, as_at))
    if form == "turtle":
        return serialize_triples(describe_things(opened.store, overview.things()), form)
    if form == "csv":
        return overview_listing(overview, table, _labels(opened)).csv()
    if form == "xlsx":
        return overview_workbook(opened, place, overview, _labels(opened))
    return to_json(overview.as_json())


def _labels(opened: Opened) -> dict[str, str]:
    """Return what outcomes are called, by local name."""
    rows = lookup(opened.store, "outcomes")
    return {local_name(text_of(row["outcome"])): text_of(row["label"]) for row in rows}
