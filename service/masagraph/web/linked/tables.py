"""Descriptions as tables for reading: labels first, every name a link, and where each is said."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pyoxigraph as ox

from masagraph.store.protocol import Term
from masagraph.vocab import GRAPH, ID, PREFIXES, curie
from masagraph.web.linked.addresses import link
from masagraph.web.linked.description import Description, Said, is_part
from masagraph.web.linked.labels import Labels

MOST_PLACES = 3
"""Most graphs that a row names."""

_RDF = PREFIXES["rdf"]
_FIRST, _REST = ox.NamedNode(_RDF + "first"), ox.NamedNode(_RDF + "rest")
_LEADING = (
    PREFIXES["skos"] + "prefLabel",
    PREFIXES["dcterms"] + "title",
    _RDF + "type",
    PREFIXES["skos"] + "definition",
    PREFIXES["dcterms"] + "description",
)
"""What a table begins with, where a thing has it."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a cell.

    Attributes:
        text: the words.
        href: what they link to; empty for none.
        note: the name in short, the language or the kind of value; empty for none.
    """

    text: str
    href: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A statement: what it says, of what, and in which graphs; and how many graphs more."""

    property: Cell
    value: Cell
    places: tuple[Cell, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Table:
    """What is said of one subject; the first is the thing, the others its parts."""

    anchor: str
    heading: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Tables:
    """A description for reading."""

    about: tuple[Table, ...]
    links: tuple[Row, ...]


class Reading:
    """Makes the tables of a description.

    Args:
        described: the description.
        base: the setting ``base_url``.
    """

    def __init__(self, described: Description, base: str) -> None:
        self._described, self._base = described, base
        self._said: dict[Term, list[Said]] = {described.thing: []}
        for said in described.facts:
            self._said.setdefault(said.triple.subject, []).append(said)
        # The rest of a list is told with its beginning.
        rests = {s.triple.object for s in described.facts if s.triple.predicate == _REST}
        parts = (term for term in self._said if is_part(term, described.thing.value))
        self._parts = {
            term: number for number, term in enumerate((p for p in parts if p not in rests), 1)
        }

    def tables(self) -> Tables:
        """Return the tables: the thing's own, one of each part, and the links to it."""
        thing = self._described.thing
        return Tables(
            (
                Table("about", "What is said of it", self._rows(thing)),
                *(self._part(part, number) for part, number in self._parts.items()),
            ),
            tuple(self._row(said, said.triple.subject) for said in self._described.links),
        )

    def _part(self, part: Term, number: int) -> Table:
        anchor = f"part-{number}"
        items = self._items(part)
        if not items:
            return Table(anchor, f"Part {number}", self._rows(part))
        return Table(
            anchor,
            f"Part {number}, a list",
            tuple(
                replace(self._row(said, said.triple.object), property=Cell(f"item {place}"))
                for place, said in enumerate(items, 1)
            ),
        )

    def _items(self, part: Term) -> list[Said]:
        """Return the items of a list; empty for what is none."""
        items: list[Said] = []
        seen = set[Term]()
        rest: Term | None = part
        while rest is not None and rest not in seen:
            seen.add(rest)
            said = {each.triple.predicate: each for each in self._said.get(rest, ())}
            items += [said[_FIRST]] if _FIRST in said else []
            rest = said[_REST].triple.object if _REST in said else None
        return items

    def _rows(self, subject: Term) -> tuple[Row, ...]:
        said = sorted(self._said[subject], key=_place_in_table)
        return tuple(self._row(each, each.triple.object) for each in said)

    def _row(self, said: Said, other: Term) -> Row:
        shown = said.graphs[:MOST_PLACES]
        return Row(
            self._cell(said.triple.predicate),
            self._cell(other),
            tuple(self._place(graph) for graph in shown),
            len(said.graphs) - len(shown),
        )

    def _cell(self, term: Term) -> Cell:
        if term in self._parts:
            number = self._parts[term]
            return Cell(f"part {number}", f"#part-{number}")
        if isinstance(term, ox.NamedNode):
            return name_cell(term.value, self._described.labels, self._base)
        if isinstance(term, ox.Literal):
            return literal_cell(term)
        return Cell(str(term))

    def _place(self, graph: str) -> Cell:
        document = self._described.documents.get(graph)
        short = graph.removeprefix(str(GRAPH))
        return Cell(document[1] if document else short, link(graph, self._base))


def _place_in_table(said: Said) -> int:
    iri = said.triple.predicate.value
    return _LEADING.index(iri) if iri in _LEADING else len(_LEADING)


def name_cell(iri: str, labels: Labels, base: str) -> Cell:
    """Return the cell of a name: its label where it has one, and its short form."""
    short = short_name(iri)
    label = labels.get(iri)
    return Cell(str(label) if label else short, link(iri, base), short if label else "")


def short_name(iri: str) -> str:
    """Return a name in short, for reading.

    >>> short_name("https://w3id.org/masagraph/id/statement/a/b")
    'statement/a/b'
    """
    return iri.removeprefix(str(ID)) if iri.startswith(str(ID)) else curie(iri)


def literal_cell(literal: ox.Literal) -> Cell:
    """Return the cell of a literal, with its language or, but for plain text, its datatype."""
    if literal.language:
        return Cell(literal.value, note="" if literal.language == "en" else literal.language)
    kind = literal.datatype.value
    return Cell(literal.value, note="" if kind == PREFIXES["xsd"] + "string" else curie(kind))
