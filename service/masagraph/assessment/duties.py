"""Duties as the law has them: all, or those of an edition, a strength or a topic."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from masagraph.assessment.names import lookup, nearest
from masagraph.errors import BadValue, UnknownName
from masagraph.store.protocol import Store, Term, text_of
from masagraph.vocab import local_name


@dataclass(frozen=True, slots=True)
class Provision:
    """Where a duty stands, and how well that is known. Local names of terms."""

    edition: str
    edition_label: str
    edition_iri: str
    provision_iri: str
    provision: str | None
    locator: str
    locator_status: str
    content_basis: str
    legal_basis: str


@dataclass(frozen=True, slots=True)
class Duty:
    """A duty. ``modality`` and the like are local names of terms."""

    duty: str
    iri: str
    label: str
    definition: str
    looked_for: str
    question_to_ask: str | None
    modality: str
    deontic: str
    severity: str
    topic: str
    topic_label: str
    commencement: str
    tier: int
    recurs: str | None
    deadline: str | None
    due_by: date | None
    has_test: bool
    source: Provision

    def as_json(self) -> dict[str, Any]:
        """Return the form that the HTTP API gives."""
        return {**asdict(self), "due_by": self.due_by.isoformat() if self.due_by else None}


def list_duties(
    store: Store,
    editions: Collection[str] | None = None,
    modality: str | None = None,
    topic: str | None = None,
) -> list[Duty]:
    """Return duties, by edition and topic.

    Args:
        store: the dataset.
        editions: ids of the only editions wanted; None for all.
        modality: ``must``, ``should`` or ``may``, in any case; None for all.
        topic: the short name of a topic; None for all.

    Raises:
        BadValue: for a modality that there is not.
        UnknownName: for a topic that no duty has.
    """
    rows = {text_of(row["duty"]): row for row in lookup(store, "catalogue")}
    duties = [_duty(iri, row) for iri, row in rows.items()]
    _check(modality, topic, duties)
    return [
        duty
        for duty in duties
        if (editions is None or duty.source.edition in editions)
        and (modality is None or duty.modality.lower() == modality.lower())
        and (topic is None or duty.topic == topic.lower())
    ]


def _check(modality: str | None, topic: str | None, duties: Iterable[Duty]) -> None:
    strengths = {duty.modality.lower() for duty in duties}
    if modality is not None and modality.lower() not in strengths:
        raise BadValue(f'there is no modality "{modality}"', "Use must, should or may.")
    topics = {duty.topic for duty in duties}
    if topic is not None and topic.lower() not in topics:
        raise UnknownName(f'there is no topic "{topic}"', nearest(topic, sorted(topics)))


def _duty(iri: str, row: dict[str, Term]) -> Duty:
    due = text_of(row.get("dueBy"))
    return Duty(
        duty=local_name(iri),
        iri=iri,
        label=text_of(row["label"]),
        definition=text_of(row["definition"]),
        looked_for=text_of(row["lookedFor"]),
        question_to_ask=text_of(row.get("questionToAsk")) or None,
        modality=local_name(text_of(row["modality"])),
        deontic=local_name(text_of(row["deontic"])),
        severity=local_name(text_of(row["severity"])),
        topic=text_of(row["topic"]),
        topic_label=text_of(row["topicName"]),
        commencement=local_name(text_of(row["commencement"])),
        tier=int(text_of(row["tier"])),
        recurs=text_of(row.get("recurs")) or None,
        deadline=text_of(row.get("deadline")) or None,
        due_by=date.fromisoformat(due) if due else None,
        has_test="shape" in row,
        source=Provision(
            edition=text_of(row["editionId"]),
            edition_label=text_of(row["editionName"]),
            edition_iri=text_of(row["edition"]),
            provision_iri=text_of(row["provision"]),
            provision=text_of(row.get("provisionName")) or None,
            locator=text_of(row["locator"]),
            locator_status=local_name(text_of(row["locatorStatus"])),
            content_basis=local_name(text_of(row["contentBasis"])),
            legal_basis=text_of(row["legalBasis"]),
        ),
    )
