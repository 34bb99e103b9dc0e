"""What was said to be wrong, what was decided on it, and what was changed and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from masagraph.assessment.names import lookup
from masagraph.store.protocol import Store, text_of
from masagraph.vocab import local_name


@dataclass(frozen=True, slots=True)
class Correction:
    """A claim that a result was wrong, decided.

    Attributes:
        iri: its IRI.
        name: the last part of it.
        received, decided: the days on which it came in and was decided.
        standing: what was decided, such as ``accepted``.
        area, area_name: the area's IRI and name; empty for a duty in every area.
        areas: IRIs of all areas that it concerns: that area, those whose arrangement it has, and
            those of which the words that were said to be misread speak too.
        duty, duty_name: the duty's IRI and name; empty where no duty is concerned.
        statements: IRIs of the statements that were said to be misread.
        claimed, changed, why: what was said, what was changed, and the reason.
        in_data_from: date of the first data with the change; None where nothing was changed.
        of_version: the version of the data that the claim was about; empty where not told.
    """

    iri: str
    name: str
    received: date
    decided: date
    standing: str
    area: str
    area_name: str
    areas: tuple[str, ...]
    duty: str
    duty_name: str
    statements: tuple[str, ...]
    claimed: str
    changed: str
    why: str
    in_data_from: date | None
    of_version: str

    def as_json(self) -> dict[str, Any]:
        """Return the form that ``explain --format json`` gives."""
        return {
            "correction": self.iri,
            "received": self.received.isoformat(),
            "decided": self.decided.isoformat(),
            "standing": self.standing,
            "area": local_name(self.area) or None,
            "duty": local_name(self.duty) or None,
            "statements": list(self.statements),
            "claimed": self.claimed,
            "changed": self.changed,
            "why": self.why,
            "in_data_from": self.in_data_from.isoformat() if self.in_data_from else None,
            "of_version": self.of_version or None,
        }


def list_corrections(store: Store) -> list[Correction]:
    """Return all corrections, the newest first."""
    return [
        Correction(
            iri=text_of(row["correction"]),
            name=local_name(text_of(row["correction"])),
            received=date.fromisoformat(text_of(row["received"])),
            decided=date.fromisoformat(text_of(row["date"])),
            standing=text_of(row["standing_name"]),
            area=text_of(row.get("area")),
            area_name=text_of(row.get("area_name")),
            areas=tuple(text_of(row.get("areas")).split()),
            duty=text_of(row.get("duty")),
            duty_name=text_of(row.get("duty_name")),
            statements=tuple(text_of(row.get("statements")).split()),
            claimed=text_of(row["claimed"]),
            changed=text_of(row["changed"]),
            why=text_of(row["why"]),
            in_data_from=_day(text_of(row.get("in_data_from"))),
            of_version=text_of(row.get("of_version")),
        )
        for row in lookup(store, "corrections")
    ]


def corrections_of(store: Store, area: str) -> list[Correction]:
    """Return the corrections that bear on an area, the newest first.

    Args:
        store: where to look.
        area: its IRI. What concerns a duty in every area concerns this one too, and so does
            what was said of another area with the same arrangement or the same words.
    """
    return [each for each in list_corrections(store) if not each.area or area in each.areas]


def corrections_of_duty(store: Store, area: str, duty: str) -> list[Correction]:
    """Return the corrections that bear on one finding, the newest first.

    Args:
        store: where to look.
        area: IRI of the area.
        duty: short name of the duty.
    """
    return [each for each in corrections_of(store, area) if local_name(each.duty) == duty]


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
