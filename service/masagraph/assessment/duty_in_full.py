"""One duty in full: on whom it falls, what tests it, and what changes of edition did to it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

import pyoxigraph as ox

from masagraph.assessment.appointments import Named
from masagraph.assessment.duties import Duty, list_duties
from masagraph.assessment.names import lookup, nearest
from masagraph.errors import UnknownName
from masagraph.store.protocol import Store, Term, text_of
from masagraph.vocab import local_name


@dataclass(frozen=True, slots=True)
class OwnFault:
    """A fault that only this duty's shape can find; or a note told beside the finding."""

    name: str
    message: str
    means_outcome: str | None
    would_close: str | None
    note_only: bool


@dataclass(frozen=True, slots=True)
class Shape:
    """What tests a duty.

    Attributes:
        name: its short name.
        iri: its IRI.
        message: what is looked for.
        would_close: what would close a gap.
        faults: the faults and notes of its own; those of words are the same for all duties.
    """

    name: str
    iri: str
    message: str
    would_close: str
    faults: tuple[OwnFault, ...]


@dataclass(frozen=True, slots=True)
class DutyChange:
    """What a change of edition did to a duty.

    Attributes:
        iri: IRI of the change.
        kind: local name of the kind.
        kind_label: what people read.
        evidence_carries: whether what shows the older duty shows the newer, in whole or part.
        why: the reason for the kind.
        duty: the other duty; None where there is none.
        label: its name.
        edition: its edition.
    """

    iri: str
    kind: str
    kind_label: str
    evidence_carries: bool
    why: str
    duty: str | None
    label: str | None
    edition: str | None


@dataclass(frozen=True, slots=True)
class DutyInFull:
    """A duty with all that the law part of the dataset says of it.

    Attributes:
        duty: the duty.
        bearers: on whom it falls.
        conditions: without which it does not arise.
        shown_in: kinds of document in which it can be shown.
        remarks: remarks on its source or reading.
        shape: what tests it; None where there is no test yet.
        before: changes of edition that led to it.
        after: changes of edition that led on from it.
    """

    duty: Duty
    bearers: tuple[Named, ...]
    conditions: tuple[Named, ...]
    shown_in: tuple[Named, ...]
    remarks: tuple[str, ...]
    shape: Shape | None
    before: tuple[DutyChange, ...]
    after: tuple[DutyChange, ...]

    def things(self) -> list[str]:
        """Return the IRIs of the duty and of what belongs to it, for a description in RDF."""
        source = self.duty.source
        shape = [self.shape.iri] if self.shape else []
        changes = [change.iri for change in (*self.before, *self.after)]
        return [self.duty.iri, source.provision_iri, source.edition_iri, *shape, *changes]

    def as_json(self) -> dict[str, Any]:
        """Return the form that the HTTP API gives."""
        return {
            **self.duty.as_json(),
            "bearers": [asdict(bearer) for bearer in self.bearers],
            "conditions": [asdict(condition) for condition in self.conditions],
            "shown_in": [asdict(kind) for kind in self.shown_in],
            "remarks": list(self.remarks),
            "shape": asdict(self.shape) if self.shape else None,
            "edition_changes": {
                "before": [asdict(change) for change in self.before],
                "after": [asdict(change) for change in self.after],
            },
        }


def duty_in_full(store: Store, name: str) -> DutyInFull:
    """Return one duty with all that is said of it.

    Raises:
        UnknownName: when there is no such duty, with the nearest names.
    """
    known = {duty.duty: duty for duty in list_duties(store)}
    duty = known.get(name.lower())
    if duty is None:
        raise UnknownName(f'there is no duty "{name}"', nearest(name, known))
    node = ox.NamedNode(duty.iri)
    values: dict[str, list[dict[str, Term]]] = {}
    for row in lookup(store, "values-of-duty", duty=node):
        values.setdefault(text_of(row["use"]), []).append(row)
    changes: dict[str, list[DutyChange]] = {"older": [], "newer": []}
    for row in lookup(store, "changes-of-duty", duty=node):
        changes[text_of(row["as"])].append(_change(row))
    return DutyInFull(
        duty=duty,
        bearers=_named(values.get("bearer", ())),
        conditions=_named(values.get("condition", ())),
        shown_in=_named(values.get("document", ())),
        remarks=tuple(text_of(row["value"]) for row in values.get("remark", ())),
        shape=_shape(lookup(store, "shape-of-duty", duty=node)),
        before=tuple(changes["newer"]),
        after=tuple(changes["older"]),
    )


def _named(rows: Iterable[dict[str, Term]]) -> tuple[Named, ...]:
    return tuple(Named(text_of(row["value"]), text_of(row.get("label"))) for row in rows)


def _shape(rows: list[dict[str, Term]]) -> Shape | None:
    if not rows:
        return None
    iri = text_of(rows[0]["shape"])
    faults = tuple(
        OwnFault(
            name=local_name(text_of(row["own"])),
            message=text_of(row["ownMessage"]),
            means_outcome=local_name(text_of(row.get("ownOutcome"))) or None,
            would_close=text_of(row.get("ownWouldClose")) or None,
            note_only=text_of(row.get("noteOnly")) == "true",
        )
        for row in rows
        if "own" in row
    )
    message, close = text_of(rows[0]["message"]), text_of(rows[0]["wouldClose"])
    return Shape(local_name(iri), iri, message, close, faults)


def _change(row: dict[str, Term]) -> DutyChange:
    return DutyChange(
        iri=text_of(row["change"]),
        kind=local_name(text_of(row["kind"])),
        kind_label=text_of(row["kindName"]),
        evidence_carries=text_of(row["carries"]) == "true",
        why=text_of(row["why"]),
        duty=local_name(text_of(row.get("other"))) or None,
        label=text_of(row.get("otherLabel")) or None,
        edition=text_of(row.get("otherEdition")) or None,
    )
