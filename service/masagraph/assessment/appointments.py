"""Posts in roles: the seats of the partners, and the members of bodies."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import pyoxigraph as ox

from masagraph.assessment.names import Area, date_literal, lookup
from masagraph.assessment.quoted import Quoted, WordsOfFacts
from masagraph.store.protocol import Store, Term, text_of
from masagraph.vocab import local_name

HELD_FOR_SLOT = {
    "LeadSafeguardingPartner": "leads",
    "DelegatedSafeguardingPartner": "delegates",
}
"""The roles that are held for a partner slot, and where :class:`Slot` has them."""


@dataclass(frozen=True, slots=True)
class Named:
    """A thing with its name."""

    iri: str
    name: str


@dataclass(frozen=True, slots=True)
class Appointment:
    """A post in a role, as a document shows it. Never a person.

    Attributes:
        appointment: its IRI.
        role: local name of the role.
        role_label: what people read.
        post: the post.
        organisations: those that the post is in, as stated.
        holder_status: local name: whether a holder is named, or only the post is given.
        role_mapping: local name: whether the document states the role, or it was inferred.
        stated_role: the words with which the document names the role.
        tenure: local name of how the post is held, where stated.
        holder: an opaque id by which one officer on several bodies is told; never a name.
        expected: whether the seat stands only among those that a document expects.
        remark: what else there is to know.
        document: id of the document.
        words: the words that show it.
    """

    appointment: str
    role: str
    role_label: str
    post: Named
    organisations: tuple[Named, ...]
    holder_status: str
    role_mapping: str | None
    stated_role: str | None
    tenure: str | None
    holder: str | None
    expected: bool
    remark: str | None
    document: str
    words: tuple[Quoted, ...]


@dataclass(frozen=True, slots=True)
class Retained:
    """That a lead keeps the functions of a slot, as a document says: no delegate is expected.

    Attributes:
        delegation: IRI of what is said.
        document: id of the document.
        words: the words that show it.
    """

    delegation: str
    document: str
    words: tuple[Quoted, ...]


@dataclass(frozen=True, slots=True)
class Slot:
    """A partner slot with the seats that are shown for it.

    Attributes:
        slot: its IRI.
        partner: which partner function it stands for.
        statutory: whether the Act names that function.
        leads: lead partners; none means that none was found in the text held.
        delegates: delegated partners, likewise.
        retained: where a document says that the lead keeps the functions.
        others: seats of other roles.
    """

    slot: str
    partner: str
    statutory: bool
    leads: tuple[Appointment, ...]
    delegates: tuple[Appointment, ...]
    retained: tuple[Retained, ...]
    others: tuple[Appointment, ...]

    @property
    def seats(self) -> tuple[Appointment, ...]:
        """Every seat that is shown for the slot."""
        return (*self.leads, *self.delegates, *self.others)


def seats_of(store: Store, area: Area, as_at: date, words: WordsOfFacts) -> list[Slot]:
    """Return every partner slot of an area, with the seats that documents in view show.

    Args:
        store: the dataset.
        area: the area.
        as_at: the date.
        words: see :func:`masagraph.assessment.quoted.words_of_facts`.
    """
    node = ox.NamedNode(area.iri)
    rows = lookup(store, "seats", area=node, as_at=date_literal(as_at))
    seats = _grouped(rows, "slot", words)
    retained = _retained(lookup(store, "retained", area=node, as_at=date_literal(as_at)), words)
    return [
        Slot(
            slot=text_of(row["slot"]),
            partner=text_of(row["partner"]),
            statutory=text_of(row["statutory"]) == "true",
            retained=retained.get(text_of(row["slot"]), ()),
            **_by_role(seats.get(text_of(row["slot"]), ())),
        )
        for row in lookup(store, "slots", area=node)
    ]


def memberships_of(
    store: Store, area: Area, as_at: date, words: WordsOfFacts
) -> Mapping[str, tuple[Appointment, ...]]:
    """Return the chairs and members that documents in view show, by the IRI of the body.

    Args:
        store: the dataset.
        area: the area.
        as_at: the date.
        words: see :func:`masagraph.assessment.quoted.words_of_facts`.
    """
    rows = lookup(store, "memberships", area=ox.NamedNode(area.iri), as_at=date_literal(as_at))
    return _grouped(rows, "body", words)


def _grouped(
    rows: Iterable[dict[str, Term]], by: str, words: WordsOfFacts
) -> dict[str, tuple[Appointment, ...]]:
    """Make one appointment of the rows that differ only in the employer, and group them."""
    same: dict[tuple[str, str], list[dict[str, Term]]] = {}
    for row in rows:
        same.setdefault((text_of(row[by]), text_of(row["appointment"])), []).append(row)
    found: dict[str, list[Appointment]] = {}
    for (group, _), each in same.items():
        found.setdefault(group, []).append(_appointment(each, words))
    return {group: tuple(appointments) for group, appointments in found.items()}


def _appointment(rows: list[dict[str, Term]], words: WordsOfFacts) -> Appointment:
    row = rows[0]
    employers = {
        text_of(r["employer"]): text_of(r["employerName"]) for r in rows if "employer" in r
    }
    return Appointment(
        appointment=text_of(row["appointment"]),
        role=local_name(text_of(row["role"])),
        role_label=text_of(row["roleName"]),
        post=Named(text_of(row["post"]), text_of(row["postName"])),
        organisations=tuple(Named(iri, name) for iri, name in employers.items()),
        holder_status=local_name(text_of(row["status"])),
        role_mapping=local_name(text_of(row.get("mapping"))) or None,
        stated_role=text_of(row.get("stated")) or None,
        tenure=local_name(text_of(row.get("tenure"))) or None,
        holder=local_name(text_of(row.get("holder"))) or None,
        expected=local_name(text_of(row.get("column"))) == "AgencyColumn",
        remark=text_of(row.get("remark")) or None,
        document=local_name(text_of(row["document"])),
        words=words.get(text_of(row["appointment"]), ()),
    )


def _retained(
    rows: Iterable[dict[str, Term]], words: WordsOfFacts
) -> dict[str, tuple[Retained, ...]]:
    found: dict[str, tuple[Retained, ...]] = {}
    for row in rows:
        slot, said = text_of(row["slot"]), text_of(row["delegation"])
        kept = Retained(said, local_name(text_of(row["document"])), words.get(said, ()))
        found[slot] = (*found.get(slot, ()), kept)
    return found


def _by_role(seats: Iterable[Appointment]) -> dict[str, tuple[Appointment, ...]]:
    found: dict[str, list[Appointment]] = {"leads": [], "delegates": [], "others": []}
    for seat in seats:
        found[HELD_FOR_SLOT.get(seat.role, "others")].append(seat)
    return {name: tuple(appointments) for name, appointments in found.items()}
