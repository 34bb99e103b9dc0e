"""Who answers to whom as a nested list, from the top down."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from masagraph.assessment.accountability import Accountability
from masagraph.assessment.appointments import Named


@dataclass(frozen=True, slots=True)
class Branch:
    """A thing, and all that answer to it.

    Attributes:
        thing: the thing.
        below: those that answer to it directly, by name.
        is_again: whether it stands in the list already; then nothing stands below it here.
    """

    thing: Named
    below: tuple[Branch, ...]
    is_again: bool = False


def downwards(found: Accountability) -> list[Branch]:
    """Return who answers to whom: from each top, then from each cycle that no top is above."""
    below: dict[str, list[Named]] = {}
    for start, ends in found.above.items():
        for end in ends:
            below.setdefault(end, []).append(found.names[start])
    seen: set[str] = set()
    starts = [*found.tops, *(cycle[0] for cycle in found.cycles)]
    branches = (_branch(start, below, seen) for start in starts)
    return [branch for branch in branches if not branch.is_again]


def _branch(thing: Named, below: Mapping[str, Sequence[Named]], seen: set[str]) -> Branch:
    if thing.iri in seen:
        return Branch(thing, (), is_again=True)
    seen.add(thing.iri)
    under = sorted(below.get(thing.iri, ()), key=lambda each: each.name)
    return Branch(thing, tuple(_branch(each, below, seen) for each in under))
