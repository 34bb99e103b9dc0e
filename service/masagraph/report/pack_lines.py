"""Who answers to whom, as the lists of a pack: all that its chart shows, in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from masagraph.assessment.accountability import Accountability
from masagraph.assessment.lines import ACCOUNTABLE, Line
from masagraph.report.downwards import Branch, downwards


@dataclass(frozen=True, slots=True)
class Step:
    """A name in the list from the top down.

    Attributes:
        name: the name.
        again: whether it stands in the list above already.
        below: those that answer to it.
    """

    name: str
    again: bool
    below: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Lines:
    """Who answers to whom.

    Attributes:
        steps: the tops, each with those below it.
        others: who reports or is linked to others, each with what is said of it.
        circles: sentences on those who answer to each other in a circle.
        loose: pairs of a reason and the names whose place is not told for it.
    """

    steps: tuple[Step, ...]
    others: tuple[tuple[str, tuple[str, ...]], ...]
    circles: tuple[str, ...]
    loose: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def is_empty(self) -> bool:
        """Whether no document states anything of it."""
        return not (self.steps or self.others or self.circles or self.loose)


def lines_in_words(found: Accountability) -> Lines:
    """Return who answers to whom in an area, in words."""
    loose: dict[str, list[str]] = {}
    others: dict[str, dict[str, None]] = {}
    for line in found.lines:
        if line.kind != ACCOUNTABLE:
            others.setdefault(line.start.name, {})[_said(line)] = None
    for end in found.loose_ends:
        loose.setdefault(end.why, []).append(end.what.name)
    return Lines(
        _steps(downwards(found)),
        tuple((start, tuple(said)) for start, said in others.items()),
        tuple(", ".join(thing.name for thing in circle) for circle in found.cycles),
        tuple((why, tuple(names)) for why, names in loose.items()),
    )


def _steps(branches: Iterable[Branch]) -> tuple[Step, ...]:
    return tuple(Step(b.thing.name, b.is_again, _steps(b.below)) for b in branches)


def _said(line: Line) -> str:
    often = f", {line.how_often}" if line.how_often else ""
    remark = f". {line.remark}" if line.remark else ""
    return f"{line.kind_label} {line.end.name}{often}{remark}"
