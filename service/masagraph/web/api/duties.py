"""``/api/duties`` and ``/api/duties/{slug}``."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response

from masagraph.assessment.description import describe_things
from masagraph.assessment.duties import list_duties
from masagraph.assessment.duty_in_full import duty_in_full
from masagraph.assessment.duty_outcomes import outcomes_of
from masagraph.assessment.names import choose_editions
from masagraph.report.listing import duties_csv, outcomes_csv
from masagraph.store.formats import serialize_triples
from masagraph.store.opened import Opened
from masagraph.web.api.answers import (
    ANY,
    TABLE,
    AsAny,
    AsAt,
    AsTable,
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
    content = service.run(
        write_duties, edition or None, modality or None, topic or None, as_at, wanted.form.name
    )
    return reply(service, wanted, content)


def write_duties(
    opened: Opened,
    edition: str | None,
    modality: str | None,
    topic: str | None,
    as_at: str | None,
    form: str,
) -> str:
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
    if form == "csv":
        return duties_csv(found, opened.data_version)
    return to_json(
        {
            "data_version": opened.data_version,
            "as_at": day.isoformat(),
            "edition": edition,
            "edition_remark": remark or None,
            "modality": modality,
            "topic": topic,
            "duties_known": len(list_duties(opened.store)),
            "duties_listed": len(found),
            "with_a_test": sum(duty.has_test for duty in found),
            "duties": [duty.as_json() for duty in found],
        }
    )


@router.get("/api/duties/{slug}", responses=declared(ANY, 404), response_class=Response)
def one_duty(service: ServiceDep, wanted: AsAny, slug: str, as_at: AsAt = None) -> Response:
    """Tell a duty's source, its test, what editions did to it, and its outcome in every area."""
    return reply(service, wanted, service.run(write_duty, slug, as_at, wanted.form.name))


def write_duty(opened: Opened, slug: str, as_at: str | None, form: str) -> str | bytes:
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
    if form == "csv":
        return outcomes_csv(found.duty, outcomes, opened.data_version)
    return to_json(
        {
            "data_version": opened.data_version,
            **found.as_json(),
            "outcomes": outcomes.as_json(),
        }
    )
