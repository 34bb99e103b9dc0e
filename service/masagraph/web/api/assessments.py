"""``/api/areas/{area}/assessment``."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response

from masagraph.assessment.assess import assess
from masagraph.assessment.findings import Assessment
from masagraph.assessment.held import assess_by_held
from masagraph.assessment.matrix import matrix
from masagraph.assessment.names import choose_editions, find_area, list_areas
from masagraph.report.csvfile import assessments_csv
from masagraph.report.workbook_areas import areas_workbook
from masagraph.report.workbook_words import Place
from masagraph.store.formats import serialize_triples
from masagraph.store.opened import Opened
from masagraph.web.api.answers import (
    ANY,
    AsAny,
    AsAt,
    Content,
    EditionId,
    day_of,
    declared,
    reply,
    to_json,
)
from masagraph.web.state import ServiceDep

router = APIRouter()

DocumentIds = Annotated[list[str] | None, Query(description="Read only this document.")]


@router.get("/api/areas/{area}/assessment", responses=declared(ANY, 404), response_class=Response)
def assessment(
    service: ServiceDep,
    wanted: AsAny,
    area: str,
    edition: EditionId = None,
    as_at: AsAt = None,
    document: DocumentIds = None,
) -> Response:
    """Give every finding of an area against an edition of the guidance."""
    form, place = wanted.form.name, wanted.place
    content = service.run(write_assessment, area, edition, as_at, document, form, place)
    return reply(service, wanted, content)


def make_assessment(
    opened: Opened,
    area: str,
    edition: str | None,
    as_at: str | None,
    documents: list[str] | None,
    with_triples: bool = False,
) -> Assessment:
    """Assess an area as a request asks.

    Args:
        opened: the open store.
        area: its short name or GSS code.
        edition: an edition id or ``in-force``; None or empty for the default edition.
        as_at: the date; None or empty for the data's date.
        documents: ids of the only documents to read; None or empty for all.
        with_triples: whether report and assertions are wanted too, which takes some seconds
            for a day that the build has not stored.

    Raises:
        UnknownName: for an area, edition or document that is not held.
        BadValue: for a date that is none.
    """
    day = day_of(opened, as_at)
    found = find_area(list_areas(opened.store), area)
    chosen = choose_editions(opened.store, edition or None, day)
    make = assess if with_triples else assess_by_held
    return make(opened.store, found, chosen, day, opened.data_version, documents or None)


def write_assessment(
    opened: Opened,
    area: str,
    edition: str | None,
    as_at: str | None,
    documents: list[str] | None,
    form: str,
    place: Place,
) -> Content:
    """Write an assessment; what a query worker does. See :func:`make_assessment`."""
    made = make_assessment(opened, area, edition, as_at, documents, form == "turtle")
    if form == "xlsx":
        return areas_workbook(opened, matrix([made]), place, bool(documents))
    return write_findings(made, form)


def write_findings(made: Assessment, form: str) -> str | bytes:
    """Write an assessment as ``json``, ``csv`` or ``turtle``."""
    if form == "csv":
        return assessments_csv([made])
    if form == "turtle":
        return serialize_triples(made.triples, form)
    return to_json(made.as_json())
