"""``/api/areas/{area}/accountability``: who answers to whom."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response

from masagraph.assessment.accountability import accountability_of
from masagraph.assessment.description import describe_things
from masagraph.assessment.names import find_area, list_areas
from masagraph.report.accountable import area_as_json
from masagraph.report.listing import lines_listing
from masagraph.report.workbook_bodies import Table, accountability_workbook, table_csv
from masagraph.report.workbook_words import Place
from masagraph.store.formats import serialize_triples
from masagraph.store.opened import Opened
from masagraph.web.api.answers import ANY, AsAny, AsAt, Content, day_of, declared, reply, to_json
from masagraph.web.state import ServiceDep

router = APIRouter()

Rows = Annotated[
    Table, Query(description="What CSV has a row for; the other formats hold all three.")
]


@router.get(
    "/api/areas/{area}/accountability", responses=declared(ANY, 404), response_class=Response
)
def accountability(
    service: ServiceDep, wanted: AsAny, area: str, as_at: AsAt = None, table: Rows = "lines"
) -> Response:
    """Tell who holds which seat and who answers to whom, with cycles and loose ends."""
    form, place = wanted.form.name, wanted.place
    return reply(
        service, wanted, service.run(write_accountability, area, as_at, table, form, place)
    )


def write_accountability(
    opened: Opened, area: str, as_at: str | None, table: Table, form: str, place: Place
) -> Content:
    """Write the accountability of an area; what a query worker does.

    Raises:
        UnknownName: for an area that is not held.
        BadValue: for a date that is none.
    """
    home = find_area(list_areas(opened.store), area)
    found = accountability_of(opened.store, home, day_of(opened, as_at), opened.data_version)
    if form == "csv":
        if table != "lines":
            return table_csv(found, table)
        return lines_listing(found, found.lines).csv()
    if form == "xlsx":
        return accountability_workbook(opened, place, found)
    if form == "turtle":
        return serialize_triples(describe_things(opened.store, found.things()), form)
    return to_json(area_as_json(found))
