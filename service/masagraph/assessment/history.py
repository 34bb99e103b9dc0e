"""How outcomes change over time, and on which days they can."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pyoxigraph as ox

from masagraph.assessment.findings import Finding
from masagraph.assessment.names import lookup
from masagraph.store.protocol import Store, text_of


@dataclass(frozen=True, slots=True)
class Day:
    """A day on which what is in view changes.

    Attributes:
        date: the day.
        events: what happens on it, each in words, such as ``body ends: NHS South Sefton CCG``.
    """

    date: date
    events: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """A day with the finding from then on."""

    day: Day
    finding: Finding
    changed: bool
    """Whether the outcome, its faults or the words behind it differ from the day before."""

    def as_json(self) -> dict[str, Any]:
        """Return the form that ``explain --history --format json`` gives."""
        return {
            "from": self.day.date.isoformat(),
            "events": list(self.day.events),
            "outcome": self.finding.outcome,
            "outcome_label": self.finding.outcome_label,
            "faults": [fault.name for fault in self.finding.faults],
            "rests_on": [words.statement for words in self.finding.rests_on],
            "changed": self.changed,
        }


def days_of_change(store: Store, arrangement: str | None, until: date) -> list[Day]:
    """Return the days on which the view of an arrangement changes, oldest first.

    The first is that of its oldest document: before it nothing is in view.

    Args:
        store: where to look.
        arrangement: IRI of the arrangement; None, or one without a document, gives no day.
        until: the last day that counts.
    """
    if arrangement is None:
        return []
    found: dict[date, list[str]] = {}
    begun: date | None = None
    for row in lookup(store, "dates-of-change", arrangement=ox.NamedNode(arrangement)):
        day = date.fromisoformat(text_of(row["date"]))
        if day > until:
            continue
        event = text_of(row["event"])
        if event == "document" and begun is None:
            begun = day
        found.setdefault(day, []).append(f"{event}: {text_of(row['what'])}")
    if begun is None:
        return []
    return [Day(day, tuple(found[day])) for day in sorted(found) if day >= begun]


def steps(days: Sequence[Day], findings: Sequence[Finding]) -> list[Step]:
    """Pair days with the finding on each, and say where something changed."""
    made: list[Step] = []
    for day, finding in zip(days, findings, strict=True):
        before = made[-1].finding if made else None
        changed = before is None or _gist(before) != _gist(finding)
        made.append(Step(day, finding, changed))
    return made


def _gist(finding: Finding) -> tuple[object, ...]:
    return (
        finding.outcome,
        tuple(sorted(fault.name for fault in finding.faults)),
        tuple(sorted(words.statement for words in finding.rests_on)),
    )
