"""``/api/duties`` and ``/api/duties/{slug}``."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response

from masagraph.assessment.description import describe_things
from masagraph.assessment.duties import Duty, list_duties
from masagraph.assessment.duty_in_full import duty_in_full
from masagraph.assessment.duty_outcomes import NOTE, DutyOutcomes, outcomes_of
from masagraph.assessment.names import choose_editions
from masagraph.report.listing import duties_listing, outcomes_listing
from masagraph.report.workbook_lists import list_workbook
from masagraph.report.workbook_words import Place
from masagraph.store.formats import serialize_triples
from masagraph.store.opened import Opened
from masagraph.web.api.answers import (
    ANY,
    TABLE,
    AsAny,
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

Modality = Annotated[str | None, Query(description="must, should or may.")]
Topic = Annotated[str | None, Query(description="The short name of a topic, such as funding.")]


@router.get("/api/duties", responses=declared(TABLE, 404), response_class=Response)
def duties(
    service: ServiceDep,
    wanted: AsTable,
    edition: EditionId = None,
    modality: Modality = None,
    topic: Topic = None,
    as_at: AsAt = None,
) -> Response:
    """List duties of the law and the guidance: all, or those of an edition, strength or topic.

    The date says which editions are meant by ``in-force``.
    """
    asked = (edition or None, modality or None, topic or None, as_at)
    content = service.run(write_duties, *asked, wanted.form.name, wanted.place)
    return reply(service, wanted, content)


def write_duties(
    opened: Opened,
    edition: str | None,
    modality: str | None,
    topic: str | None,
    as_at: str | None,
    form: str,
    place: Place,
) -> Content:
    """Write a list of duties; what a query worker does.

    Raises:
        UnknownName: for an edition or a topic that is not held.
        BadValue: for a modality that there is not, or a date that is none.
    """
    editions, remark, day = None, "", day_of(opened, as_at)
    if edition is not None:
        chosen = choose_editions(opened.store, edition, day)
        editions, remark = {each.id for each in chosen.editions}, chosen.remark
    found = list_duties(opened.store, editions, modality, topic)
    all_known = len(list_duties(opened.store))
    listing = duties_listing(found, opened.data_version)
    if form == "csv":
        return listing.csv()
    if form == "xlsx":
        facts = [("Listed", f"{len(found)} of {all_known} duties"), ("Edition", edition or "all")]
        return list_workbook(opened, place, listing, "Duties", "duties of law and guidance", facts)
    return to_json(
        {
            "data_version": opened.data_version,
            "as_at": day.isoformat(),
            "edition": edition,
            "edition_remark": remark or None,
            "modality": modality,
            "topic": topic,
            "duties_known": all_known,
            "duties_listed": len(found),
            "with_a_test": sum(duty.has_test for duty in found),
            "duties": [duty.as_json() for duty in found],
        }
    )


@router.get("/api/duties/{slug}", responses=declared(ANY, 404), response_class=Response)
def one_duty(service: ServiceDep, wanted: AsAny, slug: str, as_at: AsAt = None) -> Response:
    """Tell a duty's source, its test, what editions did to it, and its outcome in every area."""
    content = service.run(write_duty, slug, as_at, wanted.form.name, wanted.place)
    return reply(service, wanted, content)


def write_duty(opened: Opened, slug: str, as_at: str | None, form: str, place: Place) -> Content:
    """Write a duty in full; what a query worker does.

    Raises:
        UnknownName: for a duty that is not held.
        BadValue: for a date that is none.
    """
    store, day = opened.store, day_of(opened, as_at)
    found = duty_in_full(store, slug)
    if form == "turtle":
        return serialize_triples(describe_things(store, found.things()), form)
    outcomes = outcomes_of(store, found.duty.duty, found.duty.source.edition, day)
    listing = outcomes_listing(found.duty, outcomes, opened.data_version)
    if form == "csv":
        return listing.csv()
    if form == "xlsx":
        what = f"{found.duty.label}: outcome by area, as at {day.isoformat()}"
        return list_workbook(opened, place, listing, "Areas", what, _facts(found.duty, outcomes))
    return to_json(
        {
            "data_version": opened.data_version,
            **found.as_json(),
            "outcomes": outcomes.as_json(),
        }
    )


def _facts(duty: Duty, outcomes: DutyOutcomes) -> list[tuple[str, str]]:
    """Return what a workbook says of a duty before its outcomes."""
    tested = sum(each.outcome != "NotTested" for each in outcomes.found)
    return [
        ("Duty", f"{duty.modality.lower()}: {duty.definition}"),
        ("Edition", duty.source.edition_label),
        ("With a document in view", f"{len(outcomes.found)} of {outcomes.areas} areas"),
        ("Tested", f"{tested} of {len(outcomes.found)} areas"),
        ("To know", NOTE),
    ]
