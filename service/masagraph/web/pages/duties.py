"""The duties of law and guidance in our words; and one duty, with its outcome in every area."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Query, Request
from fastapi.responses import HTMLResponse

from masagraph.assessment.duties import list_duties
from masagraph.assessment.duty_in_full import duty_in_full
from masagraph.assessment.duty_outcomes import outcomes_of
from masagraph.assessment.names import choose_editions, list_editions, parse_date
from masagraph.assessment.shape_source import shape_source
from masagraph.errors import MasagraphError
from masagraph.report.duty_list import by_topic, with_words
from masagraph.store.opened import Opened
from masagraph.store.protocol import Store
from masagraph.vocab import MASA
from masagraph.web.linked.addresses import named_node
from masagraph.web.linked.labels import label_of
from masagraph.web.shown import Shown, answer, page_router
from masagraph.web.state import ServiceDep

router = page_router()

Asked = Annotated[str | None, Query()]


@router.get("/duties")
def duties(
    request: Request,
    service: ServiceDep,
    edition: Asked = None,
    modality: Asked = None,
    topic: Asked = None,
    q: Asked = None,
    as_at: Asked = None,
) -> HTMLResponse:
    """List duties by topic; ``as_at`` only goes on to the page of each."""
    asked = (edition or "", (modality or "").lower(), (topic or "").lower(), q or "", as_at or "")
    return answer(request, service, "duties.html", read_duties, *asked)


def read_duties(
    opened: Opened, edition: str, modality: str, topic: str, words: str, as_at: str
) -> Shown:
    """Return the duties that are wanted, with how many there are of all."""
    store = opened.store
    known = list_duties(store)
    context: dict[str, Any] = {
        "editions": list_editions(store),
        "modalities": [(name, name) for name in dict.fromkeys(d.modality.lower() for d in known)],
        "topics": sorted({(d.topic, d.topic_label) for d in known}, key=lambda pair: pair[1]),
        "edition": edition,
        "modality": modality,
        "topic": topic,
        "words": words,
        "as_at": as_at,
        "known": len(known),
    }
    try:
        day = parse_date(as_at) if as_at else opened.data_date
        editions, remark = None, ""
        if edition:
            chosen = choose_editions(store, edition, day)
            editions, remark = {each.id for each in chosen.editions}, chosen.remark
        found = list_duties(store, editions, modality or None, topic or None)
    except MasagraphError as error:
        return context, error
    listed = with_words(found, words)
    return {
        **context,
        "listed": len(listed),
        "tested": sum(duty.has_test for duty in listed),
        "remark": remark,
        "by_topic": by_topic(listed),
    }, None


@router.get("/duties/{slug}")
def one_duty(request: Request, service: ServiceDep, slug: str, as_at: Asked = None) -> HTMLResponse:
    """Show a duty: its words, source and test, what editions did to it, and who shows it."""
    return answer(request, service, "duty.html", read_duty, slug, as_at or "")


def read_duty(opened: Opened, slug: str, as_at: str) -> Shown:
    """Return a duty with its outcomes; where the date is none, the duty without them."""
    store = opened.store
    context: dict[str, Any] = {"found": None, "as_at": as_at, "outcomes": None}
    try:
        found = duty_in_full(store, slug)
        context |= {
            "found": found,
            "terms": _terms(
                store, (found.duty.deontic, found.duty.commencement, found.duty.severity)
            ),
            "source_of_shape": shape_source(store, found.shape) if found.shape else "",
        }
        day = parse_date(as_at) if as_at else opened.data_date
        told = outcomes_of(store, found.duty.duty, found.duty.source.edition, day)
    except MasagraphError as error:
        return context, error
    labels = {each.outcome: each.outcome_label for each in told.found}
    counts = [
        (outcome, labels[outcome], sum(each.outcome == outcome for each in told.found))
        for outcome in told.outcomes
        if outcome in labels
    ]
    return {
        **context,
        "as_at": day.isoformat(),
        "day": day,
        "outcomes": told,
        "tested": sum(each.outcome != "NotTested" for each in told.found),
        "counts": counts,
    }, None


def _terms(store: Store, names: tuple[str, ...]) -> dict[str, str]:
    """Return what some terms of the ontology are called."""
    return {
        name: str(label_of(store, named_node(MASA + name)) or name) for name in dict.fromkeys(names)
    }
