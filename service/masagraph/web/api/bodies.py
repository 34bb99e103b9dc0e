"""``/api/bodies/{area}/{slug}`` and its accountability."""

from __future__ import annotations

from fastapi import APIRouter, Response

from masagraph.assessment.accountability import accountability_of
from masagraph.assessment.bodies import find_body, remarks_on
from masagraph.assessment.body_shown import BodyShown
from masagraph.assessment.description import describe_things
from masagraph.report.accountable import body_as_json, body_in_lines_as_json
from masagraph.report.listing import lines_csv
from masagraph.store.formats import serialize_triples
from masagraph.store.opened import Opened
from masagraph.web.api.answers import (
    ANY,
    GRAPH,
    AsAny,
    AsAt,
    AsGraph,
    day_of,
    declared,
    reply,
    to_json,
)
from masagraph.web.state import ServiceDep

router = APIRouter()


@router.get("/api/bodies/{area}/{slug}", responses=declared(GRAPH, 404), response_class=Response)
def one_body(
    service: ServiceDep, wanted: AsGraph, area: str, slug: str, as_at: AsAt = None
) -> Response:
    """Tell what a body is, who chairs it and sits on it, when it meets, and its lines."""
    return reply(service, wanted, service.run(write_body, area, slug, as_at, wanted.form.name))


def write_body(opened: Opened, area: str, slug: str, as_at: str | None, form: str) -> str | bytes:
    """Write what is said of a body; what a query worker does. See :func:`show_body`."""
    shown = show_body(opened, area, slug, as_at)
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
    content = service.run(write_body_accountability, area, slug, as_at, wanted.form.name)
    return reply(service, wanted, content)


def write_body_accountability(
    opened: Opened, area: str, slug: str, as_at: str | None, form: str
) -> str | bytes:
    """Write a body's place in the lines; what a query worker does. See :func:`show_body`."""
    shown = show_body(opened, area, slug, as_at)
    if form == "csv":
        return lines_csv(shown.within, shown.path_lines)
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
