"""What a change of edition alters for an area: which outcomes, and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox

from masagraph.assessment.findings import Assessment, Finding
from masagraph.assessment.names import Area, Edition, lookup
from masagraph.errors import BadValue
from masagraph.store.protocol import Store, text_of
from masagraph.vocab import local_name


@dataclass(frozen=True, slots=True)
class EditionChange:
    """What an edition did to a duty.

    Attributes:
        kind: local name of the kind, such as ``Widened``.
        label: what people read.
        carries: whether what shows the older duty shows the newer, wholly or in part.
        why: the reason for the kind.
        older: name of the older duty; where it does not carry, a related one.
        newer: name of the newer duty.
    """

    kind: str
    label: str
    carries: bool
    why: str
    older: str | None
    newer: str | None


@dataclass(frozen=True, slots=True)
class ChangedOutcome:
    """One duty's outcome before and after, for one area.

    Attributes:
        change: what the edition did to the duty.
        before: the finding on the older duty, if there is one.
        after: the finding on the newer duty, if there is one.
        carried: how many statements stand behind both findings.
    """

    change: EditionChange
    before: Finding | None
    after: Finding | None
    carried: int

    @property
    def altered(self) -> bool:
        """Whether the outcome differs, or only one of the editions has the duty."""
        return (self.before and self.before.outcome) != (self.after and self.after.outcome)

    def as_json(self) -> dict[str, Any]:
        """Return the form that ``compare --from --to --format json`` gives."""
        return {
            "change": self.change.kind,
            "evidence_carries": self.change.carries,
            "why": self.change.why,
            "from_duty": self.change.older,
            "from_outcome": self.before.outcome if self.before else None,
            "to_duty": self.change.newer,
            "to_outcome": self.after.outcome if self.after else None,
            "altered": self.altered,
            "statements_carried": self.carried,
        }


@dataclass(frozen=True, slots=True)
class AcrossEditions:
    """What a change of edition alters for one area."""

    area: Area
    before: Assessment
    after: Assessment
    outcomes: tuple[ChangedOutcome, ...]

    def as_json(self) -> dict[str, Any]:
        """Return the form that ``compare --from --to --format json`` gives."""
        return {
            "area": self.area.slug,
            "from_edition": self.before.edition,
            "to_edition": self.after.edition,
            "edition_remark": self.after.remark or None,
            "as_at": self.after.as_at.isoformat(),
            "data_version": self.after.data_version,
            "documents": [document.id for document in self.after.documents],
            "changes": [outcome.as_json() for outcome in self.outcomes],
        }


def edition_changes(store: Store, older: Edition, newer: Edition) -> list[EditionChange]:
    """Return what an edition did to the duties of the one before it, what is new first.

    Args:
        store: where to look.
        older: the edition before.
        newer: the edition after.

    Raises:
        BadValue: when the data hold no change from the one to the other.
    """
    terms = {"from": ox.NamedNode(older.iri), "to": ox.NamedNode(newer.iri)}
    found = [
        EditionChange(
            local_name(text_of(row["kind"])),
            text_of(row["label"]),
            text_of(row["carries"]) == "true",
            text_of(row["why"]),
            text_of(row.get("older")) or None,
            text_of(row.get("newer")) or None,
        )
        for row in lookup(store, "changes", **terms)
    ]
    if not found:
        raise BadValue(
            f"no change of duties from {older.id} to {newer.id} is held",
            "Compare neighbouring editions of the guidance, such as from wt2018 to wt2023.",
        )
    return found


def across_editions(
    before: Assessment, after: Assessment, changes: Iterable[EditionChange]
) -> AcrossEditions:
    """Set the findings of one area under two editions side by side.

    Args:
        before: the assessment under the older edition.
        after: the same area, date and documents under the newer.
        changes: what the newer edition did to the duties of the older.
    """
    older = {finding.duty: finding for finding in before.findings}
    newer = {finding.duty: finding for finding in after.findings}
    outcomes = []
    for change in changes:
        was = older.get(change.older or "")
        now = newer.get(change.newer or "")
        shared = {words.statement for words in was.rests_on} if was else set()
        carried = len(shared & {words.statement for words in now.rests_on}) if now else 0
        outcomes.append(ChangedOutcome(change, was, now, carried))
    return AcrossEditions(before.area, before, after, tuple(outcomes))
