"""One body in full: what it is, who sits on it, when it meets, and its place in the lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from masagraph.assessment.accountability import (
    Accountability,
    LooseEnd,
    things_of_meetings,
    things_of_seats,
)
from masagraph.assessment.appointments import Appointment, Named
from masagraph.assessment.bodies import Body, Remark
from masagraph.assessment.lines import Line
from masagraph.assessment.quoted import Quoted


@dataclass(frozen=True, slots=True)
class BodyShown:
    """A body within the accountability of its area.

    Attributes:
        within: the accountability of the area.
        body: the body.
        remarks: other names, purpose and remarks.
    """

    within: Accountability
    body: Body
    remarks: tuple[Remark, ...]

    @property
    def seats(self) -> Sequence[Appointment]:
        """Every seat on the body, the expected ones too."""
        return self.within.members.get(self.body.iri, ())

    @property
    def lines(self) -> list[Line]:
        """The lines that begin or end at the body."""
        return self.within.lines_of(self.body.iri)

    @property
    def path_lines(self) -> list[Line]:
        """The lines of the body, and those of its ways up, each once."""
        ways = self.within.ways_up(self.body.iri)
        along = {line for way in ways for line in self.within.along(way)}
        own = {line.line for line in self.lines}
        return [line for line in self.within.lines if line.line in own | along]

    @property
    def words(self) -> list[Quoted]:
        """The words that documents in view have for the body itself."""
        in_view = {document.id for document in self.within.documents}
        words = self.within.words.get(self.body.iri, ())
        return [quoted for quoted in words if quoted.document in in_view]

    def things(self) -> list[str]:
        """Return the IRIs of all that is told of the body, for a description in RDF."""
        within, iri = self.within, self.body.iri
        meetings = (*within.meetings.get(iri, ()), *within.rotations.get(iri, ()))
        return [
            iri,
            *things_of_seats(self.seats),
            *things_of_meetings(meetings),
            *within.things_of_lines(self.lines),
            *(quoted.statement for quoted in self.words),
        ]

    @property
    def tops(self) -> list[Named]:
        """Who stands at the top of the body's ways up."""
        ways = self.within.ways_up(self.body.iri)
        return self.within.named(sorted({way.top for way in ways if way.top is not None}))

    @property
    def cycles(self) -> list[list[Named]]:
        """The cycles that the body stands in or that its ways up meet."""
        ways = self.within.ways_up(self.body.iri)
        met = {self.body.iri, *(step for way in ways for step in way.steps)}
        return [cycle for cycle in self.within.cycles if met & {step.iri for step in cycle}]

    @property
    def loose_end(self) -> LooseEnd | None:
        """The body as a loose end, where it is one."""
        return next((e for e in self.within.loose_ends if e.what.iri == self.body.iri), None)

    @property
    def answered_to_by(self) -> list[Named]:
        """Who answers to the body directly."""
        above = self.within.above.items()
        return self.within.named(start for start, ends in above if self.body.iri in ends)

    @property
    def answered_to_by_in_the_end(self) -> list[Named]:
        """Who answers to the body directly or through others."""
        within, iri = self.within, self.body.iri
        return within.named(
            start
            for start in within.above
            if start != iri and any(iri in way.steps for way in within.ways_up(start))
        )
