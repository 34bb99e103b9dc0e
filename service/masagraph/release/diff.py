"""What changed between two releases: in what is stated, in outcomes and why, and in terms."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import pyoxigraph as ox

from masagraph.release.reading import Release
from masagraph.release.things import Said, Things, Value, mentions, read_things
from masagraph.vocab import ID, MASA, PREFIXES, curie

Change = Literal["added", "removed", "changed"]

_TYPE = PREFIXES["rdf"] + "type"
_LABELS = (PREFIXES["skos"] + "prefLabel", PREFIXES["dcterms"] + "title")
_ARRANGEMENTS = f"{ID}arrangement/"


@dataclass(frozen=True, slots=True)
class ThingChange:
    """A thing of which something else is stated than before.

    Attributes:
        iri: its name.
        kind: what kind of thing it is, in words.
        label: what it is called; empty where nothing says so.
        change: whether it is new, is gone, or is told otherwise.
        before: what is stated no longer, in order.
        after: what is stated newly, in order.
    """

    iri: str
    kind: str
    label: str
    change: Change
    before: tuple[tuple[str, Value], ...]
    after: tuple[tuple[str, Value], ...]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an outcome changed: in words, and the thing that it is about, if any."""

    text: str
    iri: str = ""


@dataclass(frozen=True, slots=True)
class OutcomeChange:
    """A duty that has another outcome in an area than before.

    Attributes:
        area, area_name, duty, label, edition, arrangement: where.
        before, after: the outcomes, by short name; empty where the duty was not assessed there.
        before_label, after_label: the same in words.
        why: what changed that bears on it.
    """

    area: str
    area_name: str
    duty: str
    label: str
    edition: str
    arrangement: str
    before: str
    after: str
    before_label: str
    after_label: str
    why: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class TermChange:
    """A term that is new, was retired, is told otherwise, or is gone, which none should be."""

    iri: str
    label: str
    change: Literal["added", "retired", "told otherwise", "gone"]
    replaced_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """What differs between two releases, in order."""

    old: Release
    new: Release
    things: tuple[ThingChange, ...]
    outcomes: tuple[OutcomeChange, ...]
    terms: tuple[TermChange, ...]


def compare_releases(old: Release, new: Release) -> Difference:
    """Tell what differs between two releases.

    Raises:
        BadValue: when one of them lacks a table.
    """
    before, after = read_things(old), read_things(new)
    things = tuple(_things(before, after))
    outcomes = tuple(_Outcomes(old, new, before, after, things).found())
    return Difference(old, new, things, outcomes, tuple(_terms(old, new)))


def _things(before: Things, after: Things) -> Iterator[ThingChange]:
    for iri in sorted({*before, *after}):
        older, newer = before.get(iri, frozenset()), after.get(iri, frozenset())
        if older != newer:
            change: Change = "changed" if older and newer else "added" if newer else "removed"
            yield ThingChange(
                iri,
                _kind(newer or older, after, before),
                _label(newer) or _label(older),
                change,
                _in_order(older - newer),
                _in_order(newer - older),
            )


def _in_order(said: Said) -> tuple[tuple[str, Value], ...]:
    return tuple(sorted(said, key=str))


def _kind(said: Said, *of: Things) -> str:
    """Return what a thing is, by the label of a class; one of our own classes before others."""
    classes = sorted(
        (v.value for p, v in said if p == _TYPE and isinstance(v, ox.NamedNode)),
        key=lambda iri: (not iri.startswith(str(MASA)), iri),
    )
    for iri in classes:
        for things in of:
            if label := _label(things.get(iri, frozenset())):
                return label
    return curie(classes[0]) if classes else "something of no stated kind"


def _label(said: Said) -> str:
    for name in _LABELS:
        found = sorted(v.value for p, v in said if p == name and isinstance(v, ox.Literal))
        if found:
            return found[0]
    return ""


class _Outcomes:
    """The outcomes that changed, each with what bears on it."""

    def __init__(
        self,
        old: Release,
        new: Release,
        before: Things,
        after: Things,
        things: Sequence[ThingChange],
    ) -> None:
        self._old, self._new = old, new
        self._before, self._after = before, after
        self._things = things
        self._arrangements = frozenset(
            iri for iri in {*before, *after} if iri.startswith(_ARRANGEMENTS)
        )

    def found(self) -> Iterator[OutcomeChange]:
        """Yield what changed, by area and duty."""
        older, newer = _by_key(self._old, "findings"), _by_key(self._new, "findings")
        where = {row["area"]: row["arrangement"] for row in self._old.table("areas")}
        where |= {row["area"]: row["arrangement"] for row in self._new.table("areas")}
        for key in sorted({*older, *newer}):
            was, now = older.get(key, {}), newer.get(key, {})
            if was.get("outcome") == now.get("outcome"):
                continue
            either = now or was
            yield OutcomeChange(
                key[0],
                either["area_name"],
                key[1],
                either["label"],
                either["edition"],
                where.get(key[0], ""),
                was.get("outcome", ""),
                now.get("outcome", ""),
                was.get("outcome_label", ""),
                now.get("outcome_label", ""),
                tuple(dict.fromkeys(self._why(key[1], where.get(key[0], ""), was, now))),
            )

    def _why(
        self, duty: str, arrangement: str, was: Mapping[str, str], now: Mapping[str, str]
    ) -> Iterator[Reason]:
        """Yield what bears on an outcome: what it rests on, then what is told of the duty here."""
        reasons = [*self._rests(was, now), *self._bearing(duty, arrangement)]
        if not reasons:
            reasons = [*self._around(arrangement)]
        yield from reasons or self._made()

    def _rests(self, was: Mapping[str, str], now: Mapping[str, str]) -> Iterator[Reason]:
        kinds = (("documents_read", "document"), ("rests_on", "statement"))
        for column, kind in kinds:
            older, newer = _parts(was, column), _parts(now, column)
            for name in sorted(newer - older):
                yield Reason(f"{kind} {name}: it counts now", f"{ID}{kind}/{name}")
            for name in sorted(older - newer):
                yield Reason(f"{kind} {name}: it counts no longer", f"{ID}{kind}/{name}")

    def _bearing(self, duty: str, arrangement: str) -> Iterator[Reason]:
        """Yield changed things that are the duty or name it, but those of other arrangements."""
        the_duty = f"{ID}duty/{duty}"
        others = self._arrangements - {_ARRANGEMENTS + arrangement}
        for thing in self._things:
            said = self._said(thing)
            if thing.iri == the_duty or (
                mentions(said, frozenset({the_duty})) and not mentions(said, others)
            ):
                yield _told(thing)

    def _around(self, arrangement: str) -> Iterator[Reason]:
        """Yield changed things of the arrangement, such as its seats: a fault may rest on them."""
        name = _ARRANGEMENTS + arrangement
        for thing in self._things:
            if thing.iri == name or mentions(self._said(thing), frozenset({name})):
                yield _told(thing)

    def _made(self) -> Iterator[Reason]:
        """Yield what else may be the reason, where nothing that is stated changed."""
        pairs = (
            ("the shapes and rules", self._old.shapes_version, self._new.shapes_version),
            ("the program", self._old.software_version, self._new.software_version),
            ("the date of the data", self._old.data_date, self._new.data_date),
        )
        told = [f"{what}: {was} before, {now} now" for what, was, now in pairs if was != now]
        yield from map(Reason, told or ["nothing that is stated of it changed"])

    def _said(self, thing: ThingChange) -> Said:
        empty: Said = frozenset()
        return self._before.get(thing.iri, empty) | self._after.get(thing.iri, empty)


def _told(thing: ThingChange) -> Reason:
    return Reason(f"{thing.kind} {short(thing.iri)}: {thing.change}", thing.iri)


def short(iri: str) -> str:
    """Return the name of a thing in short, for reading."""
    return iri.removeprefix(str(ID)) if iri.startswith(str(ID)) else curie(iri)


def _parts(row: Mapping[str, str], column: str) -> set[str]:
    return {part for part in row.get(column, "").split("; ") if part}


def _by_key(release: Release, table: str) -> dict[tuple[str, str], dict[str, str]]:
    return {(row["area"], row["duty"]): row for row in release.table(table)}


def _terms(old: Release, new: Release) -> Iterator[TermChange]:
    older = {row["term"]: row for row in old.table("terms")}
    newer = {row["term"]: row for row in new.table("terms")}
    for iri in sorted({*older, *newer}):
        was, now = older.get(iri), newer.get(iri)
        by = tuple((now or {}).get("replaced_by", "").split())
        label = (now or was or {}).get("label", "")
        if was is None:
            yield TermChange(iri, label, "added", by)
        elif now is None:
            yield TermChange(iri, label, "gone", by)
        elif now["retired"] != was["retired"]:
            yield TermChange(iri, label, "retired", by)
        elif (now["label"], now["definition"]) != (was["label"], was["definition"]):
            yield TermChange(iri, label, "told otherwise", by)
