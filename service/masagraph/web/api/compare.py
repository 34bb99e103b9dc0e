"""``/api/compare``: areas side by side, or what a change of edition alters."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Response

from masagraph.assessment.comparing import compare, compare_as_json, compare_editions
from masagraph.errors import BadValue
from masagraph.report.csvfile import (
    areas_of_changes_csv,
    areas_of_matrix_csv,
    changes_csv,
    matrix_csv,
)
from masagraph.report.workbook_areas import areas_workbook
from masagraph.report.workbook_lists import changes_workbook
from masagraph.report.workbook_words import Place
from masagraph.store.opened import Opened
from masagraph.web.api.answers import (
    TABLE,
    AsAt,
    AsTable,
    Content,
    EditionId,
    day_of,
    declared,
    reply,
    to_json,
)
from masagraph.web.state import ServiceDep

router = APIRouter()

Areas = Annotated[
    list[str] | None,
    Query(description="Short name or GSS code; without one, all areas with a document."),
]
Rows = Annotated[
    Literal["duties", "areas"],
    Query(description="What CSV has a row for: each duty or change; or each area, with counts."),
]
Before = Annotated[str | None, Query(alias="from", description="The edition before, with to.")]
After = Annotated[str | None, Query(alias="to", description="The edition after, with from.")]


@router.get("/api/compare", responses=declared(TABLE, 404), response_class=Response)
def compared(
    service: ServiceDep,
    wanted: AsTable,
    area: Areas = None,
    edition: EditionId = None,
    from_: Before = None,
    to: After = None,
    as_at: AsAt = None,
    table: Rows = "duties",
) -> Response:
    """Set areas side by side; with from and to, tell what a change of edition alters."""
    if bool(from_) != bool(to):
        raise BadValue("from and to go together", "Give both, or neither.")
    if from_ and edition:
        raise BadValue("edition does not go with from and to", "Leave one of them out.")
    areas = [name for name in area or () if name]
    form, place = wanted.form.name, wanted.place
    if from_ and to:
        content = service.run(write_changes, areas, (from_, to), as_at, table, form, place)
    else:
        content = service.run(write_matrix, areas, edition, as_at, table, form, place)
    return reply(service, wanted, content)


def write_matrix(
    opened: Opened,
    areas: list[str],
    edition: str | None,
    as_at: str | None,
    table: str,
    form: str,
    place: Place,
) -> Content:
    """Write areas side by side; what a query worker does.

    Raises:
        UnknownName: for an area or an edition that is not held.
        BadValue: for a date that is none.
    """
    found = compare(opened, areas, edition or None, day_of(opened, as_at))
    if form == "csv" and table == "areas":
        return areas_of_matrix_csv(found)
    if form == "csv":
        return matrix_csv(found)
    if form == "xlsx":
        return areas_workbook(opened, found, place)
    return to_json(compare_as_json(opened, found, areas))


def write_changes(
    opened: Opened,
    areas: list[str],
    editions: tuple[str, str],
    as_at: str | None,
    table: str,
    form: str,
    place: Place,
) -> Content:
    """Write what a change of edition alters; what a query worker does.

    Raises:
        UnknownName: for an area or an edition that is not held.
        BadValue: for a date that is none, or editions that are no neighbours.
    """
    found = compare_editions(opened, areas, editions, day_of(opened, as_at))
    if form == "csv" and table == "areas":
        return areas_of_changes_csv(found)
    if form == "csv":
        return changes_csv(found)
    if form == "xlsx":
        return changes_workbook(opened, place, found)
    return to_json([each.as_json() for each in found])
