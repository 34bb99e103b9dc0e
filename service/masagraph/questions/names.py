"""Which things of the dataset some words name: areas, editions, duties, bodies, agencies."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from masagraph.assessment.names import list_editions, lookup
from masagraph.questions.catalogue import Question
from masagraph.questions.words import Word, words_of
from masagraph.store.protocol import Store, text_of
from masagraph.vocab import ID, MASA, local_name

AREA, AGENCY, EDITION = "area", "agency", "edition"

_AREAS = str(MASA.SafeguardingArea)


@dataclass(frozen=True, slots=True)
class Name:
    """One of the names of a thing.

    Attributes:
        kind: what kind of thing it is, as parameters and addresses have it: ``area``, ``topic``.
        iri: the thing.
        label: the name.
        words: the name as it is compared with words.
        sort: for an agency, what sort it is, such as "police force".
    """

    kind: str
    iri: str
    label: str
    words: tuple[str, ...]
    sort: str = ""


@dataclass(frozen=True, slots=True)
class Named:
    """A thing that words name.

    Attributes:
        name: the name by which they do.
        start, end: the first of the words, and the one after the last.
    """

    name: Name
    start: int
    end: int


def list_names(store: Store, questions: Iterable[Question]) -> list[Name]:
    """Return the names of all things that a parameter may name, and of the agencies."""
    parameters = {p for question in questions for p in question.parameters if p.kind == "iri"}
    kinds = {AREA, *(p.name.rpartition("_")[2] for p in parameters)}
    classes = {p.of for p in parameters}
    found: dict[Name, None] = {}
    for of in sorted(classes | {_AREAS}):
        rows = lookup(store, "names-of-kind", class_=ox.NamedNode(of))
        labels = [(text_of(row["thing"]), text_of(row["name"])) for row in rows]
        # Labels first: what is offered is called by the first name that fits.
        for iri, label in (*labels, *((iri, local_name(iri)) for iri, _ in labels)):
            if _kind_of(iri) in kinds:
                found[_name(_kind_of(iri), iri, label)] = None
    for row in lookup(store, "names-of-agencies"):
        found[_name(AGENCY, *(text_of(row[key]) for key in ("thing", "name", "kind")))] = None
    found.update(dict.fromkeys(_editions_by_year(store)))
    return [name for name in found if name.words]


def find_names(words: Sequence[Word], names: Iterable[Name]) -> list[Named]:
    """Return the things that words name, those of one kind never overlapping, the longest first.

    Args:
        words: what was typed.
        names: all names.
    """
    by_first: dict[str, list[Name]] = {}
    for name in names:
        by_first.setdefault(name.words[0], []).append(name)
    hits = [hit for place, _ in enumerate(words) for hit in _at(words, place, by_first)]
    taken: dict[str, list[Named]] = {}
    for hit in sorted(hits, key=lambda hit: (hit.start - hit.end, hit.start, hit.name.iri)):
        same = taken.setdefault(hit.name.kind, [])
        clash = [o for o in same if hit.start < o.end and o.start < hit.end]
        # One name of two things stays twice: it says too little.
        alike = all((o.start, o.end) == (hit.start, hit.end) for o in clash)
        if alike and hit.name.iri not in {o.name.iri for o in clash}:
            same.append(hit)
    kept = [hit for hits in taken.values() for hit in hits]
    return sorted(
        (hit for hit in kept if not _within_agency(hit, taken) and not _within(hit, kept)),
        key=lambda hit: hit.start,
    )


def _at(words: Sequence[Word], place: int, by_first: dict[str, list[Name]]) -> Iterator[Named]:
    for exact in (True, False):
        said = [word.plain if exact else word.stem for word in words[place : place + 14]]
        for name in by_first.get(said[0], ()):
            # Names of places are taken as they are: Reading is not what is read.
            of_this_sort = exact == (name.kind in (AREA, AGENCY))
            if of_this_sort and tuple(said[: len(name.words)]) == name.words:
                yield Named(name, place, place + len(name.words))


def _within(hit: Named, hits: Iterable[Named]) -> bool:
    """Tell whether a name is only part of a longer one; an area is named there all the same."""
    if hit.name.kind == AREA:
        return False
    return any(
        o.start <= hit.start and hit.end <= o.end and o.end - o.start > hit.end - hit.start
        for o in hits
    )


def _within_agency(hit: Named, taken: dict[str, list[Named]]) -> bool:
    """Tell whether an area is only one of several in the name of an agency."""
    if hit.name.kind != AREA:
        return False
    for agency in taken.get(AGENCY, ()):
        inside = [a for a in taken[AREA] if agency.start <= a.start and a.end <= agency.end]
        if hit in inside and len({a.name.iri for a in inside}) > 1:
            return True
    return False


def edition_of_year(names: Iterable[Name], year: int) -> Name | None:
    """Return the edition of the guidance of a year, if there is one."""
    words = (str(year), *_name(EDITION, "", EDITION).words)
    return next((name for name in names if name.kind == EDITION and name.words == words), None)


def _kind_of(iri: str) -> str:
    """Return the kind that the name of a thing tells; empty where it tells none.

    >>> _kind_of("https://w3id.org/masagraph/id/concept/topic/funding")
    'topic'
    """
    parts = iri.removeprefix(str(ID)).split("/") if iri.startswith(str(ID)) else []
    parts = parts[1:] if parts[:1] == ["concept"] else parts
    return parts[0] if len(parts) > 1 else ""


def _name(kind: str, iri: str, label: str, sort: str = "") -> Name:
    exact = kind in (AREA, AGENCY)
    words = words_of(label)
    return Name(kind, iri, label, tuple(w.plain if exact else w.stem for w in words), sort)


def _editions_by_year(store: Store) -> Iterator[Name]:
    """Yield, for each edition of the guidance, what it is called after its year."""
    for edition in list_editions(store):
        year = re.search(r"\d{4}", edition.label)
        if not (edition.succession and year):
            continue
        sort = re.findall("[A-Z][a-z]+", edition.kind)[-1].lower()
        for word in (EDITION, sort):
            yield _name(EDITION, edition.iri, f"{year[0]} {word}")
            yield _name(EDITION, edition.iri, f"{word} {year[0]}")
            yield _name(EDITION, edition.iri, f"{word} of {year[0]}")
