"""What differs between two releases, in words and as JSON: changed, and never better or worse."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import Any

import pyoxigraph as ox

from masagraph.release.diff import Difference, ThingChange, short
from masagraph.release.things import Value
from masagraph.report.words import CAVEAT

_NOT_ASSESSED = "not assessed"


def as_text(found: Difference) -> str:
    """Return what differs, in words."""
    return "\n".join([*_head(found), *_outcomes(found), *_terms(found), *_things(found)]) + "\n"


def _head(found: Difference) -> Iterator[str]:
    yield f"From {found.old.data_version} to {found.new.data_version}"
    for what in ("software_version", "shapes_version"):
        was, now = getattr(found.old, what), getattr(found.new, what)
        if was != now:
            yield f"{what.replace('_', ' ').capitalize()}: {was} before, {now} now"
    yield CAVEAT
    yield "A changed outcome tells of documents and of how they were read, not of what is done."


def _outcomes(found: Difference) -> Iterator[str]:
    yield from ("", f"Outcomes: {_count(len(found.outcomes), 'changed', 'none changed')}")
    for each in found.outcomes:
        before = each.before_label or _NOT_ASSESSED
        yield f"  {each.area_name}, {each.duty}: {before} -> {each.after_label or _NOT_ASSESSED}"
        yield f"    {each.label}"
        yield from (f"    why: {reason.text}" for reason in each.why)


def _terms(found: Difference) -> Iterator[str]:
    yield from ("", f"Terms: {_count(len(found.terms), 'changed', 'none changed')}")
    for term in found.terms:
        by = f", replaced by {', '.join(map(short, term.replaced_by))}" if term.replaced_by else ""
        yield f"  {term.change}: {short(term.iri)} ({term.label}){by}"


def _things(found: Difference) -> Iterator[str]:
    yield from (
        "",
        f"What is stated: {_count(len(found.things), 'things changed', 'nothing changed')}",
    )
    kinds: dict[str, list[ThingChange]] = defaultdict(list)
    for thing in found.things:
        kinds[thing.kind].append(thing)
    for kind in sorted(kinds):
        yield f"  {kind}: {len(kinds[kind])}"
        for thing in kinds[kind]:
            label = f" ({thing.label})" if thing.label else ""
            yield f"    {thing.change}: {short(thing.iri)}{label}"
            if thing.change == "changed":
                yield from (f"      before  {short(p)}  {value_text(v)}" for p, v in thing.before)
                yield from (f"      now     {short(p)}  {value_text(v)}" for p, v in thing.after)


def _count(number: int, some: str, none: str) -> str:
    return f"{number} {some}" if number else none


def value_text(value: Value) -> str:
    """Return a value for reading."""
    if isinstance(value, tuple):
        return "[ " + " ; ".join(f"{short(p)} {value_text(v)}" for p, v in value) + " ]"
    if isinstance(value, ox.NamedNode):
        return short(value.value)
    return json.dumps(value.value, ensure_ascii=False)


def as_json(found: Difference) -> str:
    """Return what differs as JSON."""
    said = {
        "from": _release(found, "old"),
        "to": _release(found, "new"),
        "outcomes": [asdict(each) for each in found.outcomes],
        "terms": [asdict(term) for term in found.terms],
        "things": [
            {
                "iri": thing.iri,
                "kind": thing.kind,
                "label": thing.label,
                "change": thing.change,
                "before": _pairs(thing.before),
                "after": _pairs(thing.after),
            }
            for thing in found.things
        ],
    }
    return json.dumps(said, indent=2, ensure_ascii=False) + "\n"


def _release(found: Difference, which: str) -> dict[str, str]:
    release = getattr(found, which)
    names = ("data_date", "data_version", "software_version", "shapes_version")
    return {name: getattr(release, name) for name in names}


def _pairs(pairs: Iterable[tuple[str, Value]]) -> list[dict[str, Any]]:
    return [{"property": p, "value": _json(value)} for p, value in pairs]


def _json(value: Value) -> Any:
    return _pairs(value) if isinstance(value, tuple) else value.value
