"""How education takes part in an arrangement: which seats, and whose voice they carry."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

import pyoxigraph as ox

from masagraph.assessment.accountability import Accountability
from masagraph.assessment.appointments import Appointment
from masagraph.assessment.names import Area, date_literal, lookup
from masagraph.store.protocol import Store, text_of
from masagraph.vocab import local_name

SCHOOL = "SchoolOrCollegeVoice"
"""The voice of those who work in a school, a college or another setting."""

OPEN = ("ToBeConfirmed", "Vacant")
"""A seat with nobody in it yet, or any more."""

SchoolVoice = Literal["held", "open", "council", "none"]


@dataclass(frozen=True, slots=True)
class EducationSeat:
    """A seat or route by which education takes part.

    Attributes:
        iri: its IRI.
        name: what it is called, where it has a name.
        grade: at which level.
        voice: local name of whose voice it carries.
        voice_label: what people read.
        seats: the appointments that carry it, each with the body on which it sits, if any.
        remark: what else there is to know.
        document: id of the document.
    """

    iri: str
    name: str | None
    grade: str
    voice: str
    voice_label: str
    seats: tuple[tuple[Appointment, str | None], ...]
    remark: str | None
    document: str

    @property
    def is_open(self) -> bool:
        """Whether all its seats are still to be confirmed, or vacant."""
        return bool(self.seats) and all(seat.holder_status in OPEN for seat, _ in self.seats)


def education_of(
    store: Store, area: Area, as_at: date, found: Accountability
) -> list[EducationSeat]:
    """Return how education takes part, by the documents in view on a date.

    Args:
        store: the dataset.
        area: the area.
        as_at: the date.
        found: the seats of the area on that date.
    """
    seats = _seats(found)
    rows: dict[str, list[dict[str, str]]] = {}
    for row in lookup(store, "education", area=ox.NamedNode(area.iri), as_at=date_literal(as_at)):
        told = {name: text_of(term) for name, term in row.items()}
        rows.setdefault(told["representation"], []).append(told)
    return [
        EducationSeat(
            iri=iri,
            name=same[0].get("name"),
            grade=same[0]["grade"],
            voice=local_name(same[0]["voice"]),
            voice_label=same[0]["voiceName"],
            seats=tuple(
                seats[appointment]
                for appointment in dict.fromkeys(row.get("appointment", "") for row in same)
                if appointment in seats
            ),
            remark=same[0].get("remark"),
            document=local_name(same[0]["document"]),
        )
        for iri, same in rows.items()
    ]


def _seats(found: Accountability) -> Mapping[str, tuple[Appointment, str | None]]:
    """Return every appointment with the name of the body on which it sits, by its IRI."""
    names = {body.iri: body.name for body in found.bodies}
    of_slots = {s.appointment: (s, None) for slot in found.seats for s in slot.seats}
    on_bodies = {
        seat.appointment: (seat, names.get(body))
        for body, seats in found.members.items()
        for seat in seats
    }
    return {**of_slots, **on_bodies}


def school_voice(education: Sequence[EducationSeat]) -> SchoolVoice:
    """Say whether a school or college holds a seat.

    Returns:
        ``held``; ``open`` where such a seat is only to be confirmed; ``council`` where only
        others speak for education; ``none`` where nothing is told of education.
    """
    school = [seat for seat in education if seat.voice == SCHOOL]
    if any(not seat.is_open for seat in school):
        return "held"
    if school:
        return "open"
    return "council" if education else "none"
