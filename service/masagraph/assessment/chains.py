"""Who is above whom: ways up to the top, and cycles. Knows names only, no data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

Above = Mapping[str, Sequence[str]]
"""To whom each answers directly; who answers to nobody may be left out."""


@dataclass(frozen=True, slots=True)
class Way:
    """One way up from a start.

    Attributes:
        steps: the start, then each to whom the one before it answers.
        cycle: where the way runs in a cycle, the part of it that does; else empty. The last
            of its steps answers to the first.
    """

    steps: tuple[str, ...]
    cycle: tuple[str, ...] = ()

    @property
    def top(self) -> str | None:
        """Who stands at the top; None where the way ends in a cycle."""
        return None if self.cycle else self.steps[-1]


def ways_up(start: str, above: Above) -> Iterator[Way]:
    """Yield every way up from a start, to its top or to where it meets itself.

    Who answers to nobody has none.
    """
    waiting: list[tuple[str, ...]] = [(start,)]
    while waiting:
        steps = waiting.pop()
        further = above.get(steps[-1], ())
        if not further and len(steps) > 1:
            yield Way(steps)
        for name in further:
            if name in steps:
                yield Way(steps, steps[steps.index(name) :])
        waiting += [(*steps, name) for name in reversed(further) if name not in steps]


def cycles(above: Above) -> list[tuple[str, ...]]:
    """Return every cycle once, each from the first of its names by the alphabet.

    The last of a cycle answers to its first; who answers to itself is a cycle of one.
    """
    found = set()
    for start in above:
        for way in ways_up(start, above):
            if way.cycle:
                first = way.cycle.index(min(way.cycle))
                found.add((*way.cycle[first:], *way.cycle[:first]))
    return sorted(found)
