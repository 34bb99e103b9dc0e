"""Who answers to whom in an area: lines, ways up to the top, cycles and loose ends."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from masagraph.assessment.appointments import (
    HELD_FOR_SLOT,
    Appointment,
    Named,
    Slot,
    memberships_of,
    seats_of,
)
from masagraph.assessment.bodies import Body, Meeting, bodies_of, meetings_of
from masagraph.assessment.chains import Above, Way, cycles, ways_up
from masagraph.assessment.lines import ACCOUNTABLE, Line, lines_of
from masagraph.assessment.names import Area
from masagraph.assessment.quoted import WordsOfFacts, words_of_facts
from masagraph.assessment.view import Document, documents_in_view
from masagraph.store.protocol import Store

_WHY = {
    "AnswersToEnded": "It answers to a body that had ended by the date.",
    "NoMasterStated": (
        "It reports or is linked to others; no document in view says to whom it answers."
    ),
    "OnlyReceives": (
        "Others report or are linked to it; no document in view says to whom it answers, "
        "or who answers to it."
    ),
    "NoLine": "No document in view states a line from it or to it.",
}


@dataclass(frozen=True, slots=True)
class LooseEnd:
    """Something whose place in the lines is not told.

    Attributes:
        what: a body, or another start or end of a line.
        reason: a word for programs.
        within_partnership: whether it is stated to be part of the partnership.
    """

    what: Named
    reason: str
    within_partnership: bool

    @property
    def why(self) -> str:
        """The reason in words."""
        return _WHY[self.reason]


@dataclass(frozen=True, slots=True)
class Accountability:
    """Seats, bodies and lines of an area on a date, by the documents in view.

    Attributes:
        area: the area.
        as_at: the date.
        data_version: the version of the data.
        documents: the documents in view.
        seats: the partner slots with their seats.
        bodies: the bodies of the area.
        members: chairs and members, by the IRI of the body; of the partnership too.
        meetings: how often bodies meet, by the IRI of the body.
        rotations: rules by which a chair rotates, by the IRI of the body.
        lines: all lines, of every kind.
        words: the words that show each fact.
    """

    area: Area
    as_at: date
    data_version: str
    documents: tuple[Document, ...]
    seats: tuple[Slot, ...]
    bodies: tuple[Body, ...]
    members: Mapping[str, Sequence[Appointment]]
    meetings: Mapping[str, Sequence[Meeting]]
    rotations: Mapping[str, Sequence[Meeting]]
    lines: tuple[Line, ...]
    words: WordsOfFacts

    @property
    def above(self) -> Above:
        """To whom each answers directly: lines of accountability only."""
        found: dict[str, dict[str, None]] = {}
        for line in self.lines:
            if line.kind == ACCOUNTABLE:
                found.setdefault(line.start.iri, {})[line.end.iri] = None
        return {start: tuple(ends) for start, ends in found.items()}

    @property
    def names(self) -> dict[str, Named]:
        """Everything that is a body of the area or stands on a line, by its IRI."""
        ends = [end for line in self.lines for end in (line.start, line.end)]
        bodies = [Named(body.iri, body.name) for body in self.bodies]
        return {thing.iri: thing for thing in (*ends, *bodies)}

    @property
    def tops(self) -> list[Named]:
        """To whom others answer, and who answers to nobody by the documents in view."""
        above = self.above
        masters = {end for ends in above.values() for end in ends}
        return self.named(sorted(masters - set(above)))

    @property
    def cycles(self) -> list[list[Named]]:
        """Every cycle of accountability; the last of each answers to its first."""
        return [self.named(cycle) for cycle in cycles(self.above)]

    @property
    def loose_ends(self) -> list[LooseEnd]:
        """Whatever has no place in the lines of accountability, by name."""
        bodies = {body.iri: body for body in self.bodies}
        found = []
        for iri, name in self.names.items():
            body = bodies.get(iri)
            reason = None if body and body.has_ended(self.as_at) else self._loose(iri, bodies)
            if reason:
                found.append(LooseEnd(name, reason, bool(body and body.within_partnership)))
        return sorted(found, key=lambda loose: (not loose.within_partnership, loose.what.name))

    def _loose(self, iri: str, bodies: Mapping[str, Body]) -> str | None:
        above = self.above
        if iri in above:
            ended = (end in bodies and bodies[end].has_ended(self.as_at) for end in above[iri])
            return "AnswersToEnded" if any(ended) else None
        if any(iri in ends for ends in above.values()):
            return None
        if any(line.start.iri == iri for line in self.lines):
            return "NoMasterStated"
        return "OnlyReceives" if any(line.end.iri == iri for line in self.lines) else "NoLine"

    def ways_up(self, iri: str) -> list[Way]:
        """Return every way up from a body."""
        return list(ways_up(iri, self.above))

    def lines_of(self, iri: str) -> list[Line]:
        """Return the lines that begin or end at a thing."""
        return [line for line in self.lines if iri in (line.start.iri, line.end.iri)]

    def things(self) -> list[str]:
        """Return the IRIs of all that the answer tells of, for a description in RDF."""
        seats = [seat for slot in self.seats for seat in slot.seats]
        members = [seat for seats in self.members.values() for seat in seats]
        found = [self.area.iri, self.area.arrangement or self.area.iri]
        found += [slot.slot for slot in self.seats]
        found += [body.iri for body in self.bodies]
        found += things_of_seats((*seats, *members))
        for meetings in (*self.meetings.values(), *self.rotations.values()):
            found += things_of_meetings(meetings)
        return found + self.things_of_lines(self.lines)

    def things_of_lines(self, lines: Iterable[Line]) -> list[str]:
        """Return the IRIs of lines, of their ends and of the words that show them."""
        return [
            iri
            for line in lines
            for iri in (
                line.line,
                line.start.iri,
                line.end.iri,
                *(words.statement for words in line.words),
            )
        ]

    @property
    def partnership_roles(self) -> list[Appointment]:
        """Seats on the partnership that are held for no partner, such as its chair."""
        bodies = {body.iri for body in self.bodies}
        return [
            seat
            for iri, seats in self.members.items()
            for seat in seats
            if iri not in bodies and seat.role not in HELD_FOR_SLOT
        ]

    def chairs_of(self, iri: str) -> list[Appointment]:
        """Return the posts that chair a body; not those that are only expected to."""
        seats = self.members.get(iri, ())
        return [s for s in seats if s.role in ("Chair", "PartnershipChair") and not s.expected]

    def named(self, iris: Iterable[str]) -> list[Named]:
        """Return things with their names."""
        names = self.names
        return [names[iri] for iri in iris]

    def along(self, way: Way) -> Iterator[str]:
        """Yield the IRIs of the lines of a way, and of those that close its cycle."""
        steps = [*way.steps, *way.cycle[:1]]
        for start, end in pairwise(steps):
            for line in self.lines:
                if line.kind == ACCOUNTABLE and (line.start.iri, line.end.iri) == (start, end):
                    yield line.line


def things_of_seats(seats: Iterable[Appointment]) -> list[str]:
    """Return the IRIs of seats, of their posts and of the words that show them."""
    return [
        iri
        for seat in seats
        for iri in (seat.appointment, seat.post.iri, *(words.statement for words in seat.words))
    ]


def things_of_meetings(meetings: Iterable[Meeting]) -> list[str]:
    """Return the IRIs of meetings and of the words that show them."""
    return [
        iri
        for meeting in meetings
        for iri in (meeting.iri, *(words.statement for words in meeting.words))
    ]


def accountability_of(store: Store, area: Area, as_at: date, data_version: str) -> Accountability:
    """Return who answers to whom in an area.

    Args:
        store: the dataset.
        area: the area.
        as_at: the date; later documents are left out.
        data_version: the version of the data, told with the answer.
    """
    words = words_of_facts(store, area)
    meetings, rotations = meetings_of(store, area, as_at, words)
    return Accountability(
        area=area,
        as_at=as_at,
        data_version=data_version,
        documents=documents_in_view(store, area, as_at),
        seats=tuple(seats_of(store, area, as_at, words)),
        bodies=tuple(bodies_of(store, area)),
        members=memberships_of(store, area, as_at, words),
        meetings=meetings,
        rotations=rotations,
        lines=tuple(lines_of(store, area, as_at, words)),
        words=words,
    )
