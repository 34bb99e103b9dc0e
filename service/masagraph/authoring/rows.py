"""From the graphs of an area to the rows of a workbook.

Each thing becomes a row of the sheet of its class. What no cell holds so that it is read back
as it is becomes a row of the sheet of loose facts: nothing that is held is lost.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import pyoxigraph as ox

from masagraph.authoring.cells import Cell, Words, write_cell
from masagraph.authoring.keys import key_name, row_places
from masagraph.authoring.layout import Column, Layout, Table
from masagraph.store.protocol import Term
from masagraph.vocab import ID, PREFIXES, curie, local_name

TYPE = PREFIXES["rdf"] + "type"
LABEL = PREFIXES["skos"] + "prefLabel"
ENGLISH = "en"

Row = dict[str, Cell]
"""The cells of a row, by the names of their columns."""


@dataclass(frozen=True, slots=True)
class Held:
    """One file of an area.

    Attributes:
        document: the IRI of the document whose file it is; empty where it is of none.
        triples: what it says, in its order.
    """

    document: str
    triples: Sequence[ox.Triple]


@dataclass
class _Thing:
    """A thing in a file: the sheet on which it gets a row, and what is said of it."""

    held: Held
    subject: ox.NamedNode | ox.BlankNode
    table: Table | None
    said: dict[str, list[Term]] = field(default_factory=dict)


class _Writing:
    """Writes rows, and keeps count of which triples they hold."""

    def __init__(self, layout: Layout, words: Words, area: str) -> None:
        self.layout, self.words, self.area = layout, words, area
        self.nodes: dict[tuple[str, str], _Thing] = {}
        self.rows: dict[str, list[Row]] = {table.kind: [] for table in layout.tables}
        self.blank: dict[str, str] = {}
        self.emptied: list[tuple[_Thing, dict[str, list[Term]]]] = []

    def write(self, things: Sequence[_Thing]) -> None:
        for thing in things:
            if isinstance(thing.subject, ox.BlankNode):
                self.nodes[thing.held.document, thing.subject.value] = thing
        for thing in things:
            if thing.table is not None:
                self._row(thing, thing.table)
        for thing in things:  # what is still said of anything
            for name, terms in thing.said.items():
                self.rows[self.layout.facts.kind] += [
                    self._fact(thing, name, term) for term in terms
                ]

    def _row(self, thing: _Thing, table: Table) -> None:
        assert isinstance(thing.subject, ox.NamedNode)
        row: Row = {}
        filled = False
        before = {name: list(terms) for name, terms in thing.said.items()}
        self.emptied = []
        for column in table.columns:
            if column.name == "name":
                row["name"] = key_name(table, thing.subject.value, self._places(thing))
            elif column.name == "document" and not column.predicate:
                row["document"] = self._document(thing.held.document)
            elif column.options:
                filled |= self._deciding(row, column, thing, table)
            elif column.predicate:
                filled |= self._cell(row, column, thing)
        if table.taken_by and not table.taken_empty:
            row[table.taken_by[0]] = table.taken_by[1]
        if table.column("known") is None:
            self._drop(thing, TYPE, [ox.NamedNode(table.of_class)])
        if filled and can_be_read(table, row):
            self.rows[table.kind].append(row)
            return
        thing.said = before
        for inner, said in self.emptied:
            inner.said = said

    def _places(self, thing: _Thing) -> dict[str, str]:
        return row_places(
            local_name(thing.held.document),
            self.area,
            _organisation(thing),
        )

    def _document(self, iri: str) -> str:
        return local_name(iri)

    def _cell(self, row: Row, column: Column, thing: _Thing) -> bool:
        """Write one cell; return whether it holds anything that is said."""
        if column.within:
            return self._nested(row, column, thing)
        terms = [term for term in thing.said.get(column.predicate, ()) if self._fits(column, term)]
        row[column.name] = write_empty = write_cell(column, [], self.words)
        while terms:
            try:
                row[column.name] = write_cell(column, terms, self.words)
            except ValueError:
                terms = self._writable(column, terms)
                continue
            self._drop(thing, column.predicate, terms)
            return True
        row[column.name] = write_empty
        return False

    def _fits(self, column: Column, term: Term) -> bool:
        try:
            write_cell(column, [term], self.words)
        except ValueError:
            return False
        return True

    def _writable(self, column: Column, terms: Sequence[Term]) -> list[Term]:
        """Return fewer terms: one where a cell holds one, else all but the last."""
        return list(terms[:1] if not column.separator else terms[:-1])

    def _deciding(self, row: Row, column: Column, thing: _Thing, table: Table) -> bool:
        """Write the column that decides the property of another, and that other."""
        other = table.column(column.of_column)
        assert other is not None
        for text, name in column.options:
            for term in thing.said.get(name, ()):
                if self._fits(other, term):
                    row[other.name] = write_cell(other, [term], self.words)
                    row[column.name] = text
                    self._drop(thing, name, [term])
                    return True
        return False

    def _nested(self, row: Row, column: Column, thing: _Thing) -> bool:
        assert column.within is not None
        link, of_class = column.within
        nodes = thing.said.get(link, [])
        if len(nodes) != 1 or not isinstance(nodes[0], ox.BlankNode):
            return False
        inner = self.nodes.get((thing.held.document, nodes[0].value))
        wanted = {TYPE: [ox.NamedNode(of_class)]}
        if inner is None or set(inner.said) != {TYPE, column.predicate}:
            return False
        values = inner.said[column.predicate]
        if inner.said[TYPE] != wanted[TYPE] or not all(self._fits(column, v) for v in values):
            return False
        try:
            row[column.name] = write_cell(column, values, self.words)
        except ValueError:
            return False
        self.emptied.append((inner, inner.said))
        inner.said = {}
        self._drop(thing, link, nodes)
        return True

    def _drop(self, thing: _Thing, name: str, terms: Iterable[Term]) -> None:
        """Note that a row says some triples."""
        gone = list(terms)
        left = [term for term in thing.said.get(name, ()) if term not in gone]
        if left:
            thing.said[name] = left
        else:
            thing.said.pop(name, None)

    def _fact(self, thing: _Thing, name: str, term: Term) -> Row:
        value, form = self._value(term)
        return {
            "document": self._document(thing.held.document),
            "thing": self._name(thing.subject),
            "property": curie(name),
            "value": value,
            "form": form,
        }

    def _value(self, term: Term) -> tuple[str, str]:
        thing, text, written = FORMS
        if isinstance(term, ox.NamedNode | ox.BlankNode):
            return self._name(term), thing
        assert isinstance(term, ox.Literal)
        clean = term.value == term.value.strip() and "\r" not in term.value and term.value
        if term.language == ENGLISH and clean:
            return term.value, text
        return str(term), written

    def _name(self, node: ox.NamedNode | ox.BlankNode) -> str:
        if isinstance(node, ox.BlankNode):
            return f"_:{self.blank.setdefault(node.value, f'n{len(self.blank) + 1}')}"
        if node.value.startswith(str(ID)):
            return node.value.removeprefix(str(ID))
        short = curie(node.value)
        return short if short != node.value else f"<{node.value}>"


FORMS = ("a thing", "English text", "as written")
"""What the value of a loose fact may be, in the words of its sheet."""


def can_be_read(table: Table, row: Row) -> bool:
    """Return whether a row counts as begun, and has all that it must have."""
    begun = any(row.get(name) not in (None, "") for name in table.begun_by)
    return begun and all(
        row.get(column.name) not in (None, "") for column in table.columns if column.required
    )


def rows_of(files: Sequence[Held], layout: Layout, words: Words, area: str) -> dict[str, list[Row]]:
    """Return the rows that hold all that some files say, by sheet.

    Args:
        files: the files of an area.
        layout: the layout of the workbook.
        words: what cells are written with; the things of the files become known to it.
        area: the short name of the workbook's first area.
    """
    things = [thing for held in files for thing in _things(held, layout)]
    for thing in things:
        if thing.table is not None and isinstance(thing.subject, ox.NamedNode):
            labels = [t.value for t in thing.said.get(LABEL, ()) if isinstance(t, ox.Literal)]
            words.names.add(thing.table.kind, thing.subject.value, next(iter(labels), ""))
    words.arrangements[:] = arrangements_of(layout, things_named(things))
    writing = _Writing(layout, words, area)
    writing.write(things)
    return writing.rows


def things_named(things: Iterable[_Thing]) -> Iterator[tuple[str, str]]:
    """Yield kind and IRI of each thing that has a row."""
    for thing in things:
        if thing.table is not None and isinstance(thing.subject, ox.NamedNode):
            yield thing.table.kind, thing.subject.value


def arrangements_of(layout: Layout, named: Iterable[tuple[str, str]]) -> list[str]:
    """Return the arrangements among named things, each once."""
    wanted = arrangements_table(layout).kind
    return list(dict.fromkeys(iri for kind, iri in named if kind == wanted))


def arrangements_table(layout: Layout) -> Table:
    """Return the sheet to which the first column with a default arrangement refers."""
    column = next(
        column
        for table in layout.tables
        for column in table.columns
        if column.default == "{arrangement}"
    )
    return next(table for table in layout.tables if table.kind == column.refers[0])


def _things(held: Held, layout: Layout) -> list[_Thing]:
    things: dict[str, _Thing] = {}
    for triple in held.triples:
        assert isinstance(triple.subject, ox.NamedNode | ox.BlankNode)
        thing = things.get(str(triple.subject))
        if thing is None:
            thing = things[str(triple.subject)] = _Thing(held, triple.subject, None)
        thing.said.setdefault(triple.predicate.value, []).append(triple.object)
    for thing in things.values():
        if isinstance(thing.subject, ox.NamedNode):
            thing.table = _table(thing, layout)
    return list(things.values())


def _table(thing: _Thing, layout: Layout) -> Table | None:
    """Return the sheet on which a thing gets a row, if on any."""
    assert isinstance(thing.subject, ox.NamedNode)
    classes = {term.value for term in thing.said.get(TYPE, ()) if isinstance(term, ox.NamedNode)}
    for table in layout.things:
        known = table.column("known")
        if classes & ({table.of_class} | set(known.choices if known else ())):
            return table if _may_hold(table, thing) else None
    for table in layout.things:
        if table.column("known") and thing.subject.value.startswith(f"{ID}{table.folder}/"):
            return table if _may_hold(table, thing) else None
    return None


def _may_hold(table: Table, thing: _Thing) -> bool:
    """Return whether a sheet can have rows of a thing's file, and tells of its document."""
    column = table.column("document")
    if column is None:
        return thing.held.document == thing.subject.value  # a row of the documents themselves
    if not thing.held.document:
        return not column.required
    if not column.predicate:
        return True
    return thing.said.get(column.predicate) == [ox.NamedNode(thing.held.document)]


def _organisation(thing: _Thing) -> str:
    column = thing.table.column("organisation") if thing.table else None
    if column is None:
        return ""
    terms = thing.said.get(column.predicate, ())
    return next((term.value for term in terms if isinstance(term, ox.NamedNode)), "")
