"""``/api/areas/{area}/accountability``: who answers to whom."""

from __future__ import annotations

from fastapi import APIRouter, Response

from masagraph.assessment.accountability import accountability_of
from masagraph.assessment.description import describe_things
from masagraph.assessment.names import find_area, list_areas
from masagraph.report.accountable import area_as_json
from masagraph.report.listing import lines_csv
from masagraph.store.formats import serialize_triples
from masagraph.store.opened import Opened
from masagraph.web.api.answers import ANY, AsAny, AsAt, day_of, declared, reply, to_json
from masagraph.web.state import ServiceDep

router = APIRouter()


@router.get(
    "/api/areas/{area}/accountability", responses=declared(ANY, 404), response_class=Response
)
def accountability(service: ServiceDep, wanted: AsAny, area: str, as_at: AsAt = None) -> Response:
    """Tell who holds which seat and who answers to whom, with cycles and loose ends."""
    return reply(service, wanted, service.run(write_accountability, area, as_at, wanted.form.name))


def write_accountability(opened: Opened, area: str, as_at: str | None, form: str) -> str | bytes:
    """Write the accountability of an area; what a query worker does.

    Raises:
        UnknownName: for an area that is not held.
        BadValue: for a date that is none.
    """
    home = find_area(list_areas(opened.store), area)
    found = accountability_of(opened.store, home, day_of(opened, as_at), opened.data_version)
    if form == "csv":
        return lines_csv(found, found.lines)
    if form == "turtle":
        return serialize_triples(describe_things(opened.store, found.things()), form)
    return to_json(area_as_json(found))
