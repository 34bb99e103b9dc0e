"""``/api/bodies/{area}/{slug}`` and its accountability."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Response

from masagraph.assessment.accountability import accountability_of
from masagraph.assessment.bodies import find_body, remarks_on
from masagraph.assessment.body_shown import BodyShown
from masagraph.assessment.description import describe_things
from masagraph.report.accountable import body_as_json, body_in_lines_as_json
from masagraph.report.listing import lines_listing
from masagraph.report.workbook_bodies import body_workbook, of_body, table_csv
from masagraph.report.workbook_words import Place
from masagraph.store.formats import serialize_triples
from masagraph.store.opened import Opened
from masagraph.web.api.answers import (
    ANY,
    AsAny,
    AsAt,
    Content,
    day_of,
    declared,
    reply,
    to_json,
)
from masagraph.web.state import ServiceDep

router = APIRouter()

Rows = Annotated[
    Literal["lines", "seats"],
    Query(description="What CSV has a row for; the other formats hold both."),
]


@router.get("/api/bodies/{area}/{slug}", responses=declared(ANY, 404), response_class=Response)
def one_body(
    service: ServiceDep,
    wanted: AsAny,
    area: str,
    slug: str,
    as_at: AsAt = None,
    table: Rows = "lines",
) -> Response:
    """Tell what a body is, who chairs it and sits on it, when it meets, and its lines."""
    form, place = wanted.form.name, wanted.place
    return reply(service, wanted, service.run(write_body, area, slug, as_at, table, form, place))


def write_body(
    opened: Opened, area: str, slug: str, as_at: str | None, table: str, form: str, place: Place
) -> Content:
    """Write what is said of a body; what a query worker does. See :func:`show_body`."""
    shown = show_body(opened, area, slug, as_at)
    if form == "csv":
        if table == "seats":
            return table_csv(of_body(shown), "seats")
        return lines_listing(shown.within, shown.lines).csv()
    if form == "xlsx":
        return body_workbook(opened, place, shown, shown.lines)
    if form == "turtle":
        return serialize_triples(describe_things(opened.store, shown.things()), form)
    return to_json(body_as_json(shown))


@router.get(
    "/api/bodies/{area}/{slug}/accountability",
    responses=declared(ANY, 404),
    response_class=Response,
)
def body_accountability(
    service: ServiceDep, wanted: AsAny, area: str, slug: str, as_at: AsAt = None
) -> Response:
    """Tell to whom a body answers, up to the top, and who answers to it."""
    form, place = wanted.form.name, wanted.place
    content = service.run(write_body_accountability, area, slug, as_at, form, place)
    return reply(service, wanted, content)


def write_body_accountability(
    opened: Opened, area: str, slug: str, as_at: str | None, form: str, place: Place
) -> Content:
    """Write a body's place in the lines; what a query worker does. See :func:`show_body`."""
    shown = show_body(opened, area, slug, as_at)
    if form == "csv":
        return lines_listing(shown.within, shown.path_lines).csv()
    if form == "xlsx":
        return body_workbook(opened, place, shown, shown.path_lines)
    if form == "turtle":
        things = shown.within.things_of_lines(shown.path_lines)
        return serialize_triples(describe_things(opened.store, things), form)
    return to_json(body_in_lines_as_json(shown))


def show_body(opened: Opened, area: str, slug: str, as_at: str | None) -> BodyShown:
    """Return a body within the accountability of its area, as a request asks.

    Raises:
        UnknownName: for an area or a body that is not held.
        BadValue: for a date that is none.
    """
    day = day_of(opened, as_at)
    home, body = find_body(opened.store, area, slug)
    within = accountability_of(opened.store, home, day, opened.data_version)
    return BodyShown(within, body, tuple(remarks_on(opened.store, body)))
