"""From the rows of a workbook to what they say: which are taken, which are left, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import pyoxigraph as ox

from masagraph.authoring.cells import Cell, CellFault, Words, named, plain, read_cell
from masagraph.authoring.facts import read_fact
from masagraph.authoring.keys import NAME, key_iri, row_places
from masagraph.authoring.layout import Column, Layout, Table
from masagraph.authoring.names import slug
from masagraph.authoring.quoted import stands_in
from masagraph.authoring.rows import LABEL, TYPE, arrangements_of
from masagraph.store.protocol import Term

MANY_WORDS = 6
"""Words of a phrase from which a short name is made."""


@dataclass(frozen=True, slots=True)
class RawRow:
    """A row as it stands on its sheet: its number, its cells, and where each stands."""

    number: int
    cells: Mapping[str, Cell]
    letters: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Note:
    """Something to tell of a cell or a row.

    Attributes:
        address: such as ``Seats!C7``.
        what: what is told.
        mend: what to do about it, if anything.
    """

    address: str
    what: str
    mend: str = ""

    def __str__(self) -> str:
        return f"{self.address}: {self.what}" + (f". {self.mend}" if self.mend else "")


@dataclass
class TakenRow:
    """A row that is taken.

    Attributes:
        table: its sheet.
        raw: its cells.
        iri: the thing of which it tells; empty for a loose fact.
        document: the short name of its document; empty for what stays the same.
        triples: what it says.
    """

    table: Table
    raw: RawRow
    iri: str = ""
    document: str = ""
    triples: list[ox.Triple] = field(default_factory=list)

    def address(self, column: str = "") -> str:
        """Return the address of the row, or of one of its cells."""
        if column in self.raw.letters:
            return f"{self.table.title}!{self.raw.letters[column]}{self.raw.number}"
        return f"{self.table.title}!{self.raw.number}"


@dataclass
class Taken:
    """What was taken of a workbook.

    Attributes:
        rows: the rows that are taken, in the order of sheets.
        counts: how many rows were taken, by sheet.
        read_as: cells that were read otherwise than they stand.
        left: rows that were left, and why.
        proposed: how many rows are only proposed, by sheet.
        proposed_for: how many of them answer each duty, by IRI.
        not_begun: how many rows were not begun.
        unaccepted: where rows stand that a program has found, and that nobody has accepted.
        faults: cells that cannot be read.
    """

    rows: list[TakenRow] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    read_as: list[Note] = field(default_factory=list)
    left: list[Note] = field(default_factory=list)
    proposed: Counter[str] = field(default_factory=Counter)
    proposed_for: Counter[str] = field(default_factory=Counter)
    not_begun: int = 0
    unaccepted: list[str] = field(default_factory=list)
    faults: list[Note] = field(default_factory=list)


def take(
    sheets: Mapping[str, Sequence[RawRow]],
    layout: Layout,
    words: Words,
    area: str,
    latest: date = date.max,
) -> Taken:
    """Read the rows of a workbook.

    Args:
        sheets: the rows of each sheet, by the kind of the sheet.
        layout: the layout of the workbook.
        words: what cells are read with; the things of the rows become known to it.
        area: the short name of the workbook's first area.
        latest: the last day on which something can have been decided.
    """
    return _Taking(layout, words, area, latest).take(sheets)


def _folded(cell: Cell) -> str:
    return " ".join(plain(cell).split()).casefold()


class _Taking:
    def __init__(self, layout: Layout, words: Words, area: str, latest: date) -> None:
        self.layout, self.words, self.area, self.latest = layout, words, area, latest
        self.taken = Taken()
        self._seen: set[tuple[str, str]] = set()
        self._documents: dict[str, str] = {}
        self._next: dict[str, int] = {}

    def take(self, sheets: Mapping[str, Sequence[RawRow]]) -> Taken:
        begun = [
            TakenRow(table, raw)
            for table in self.layout.tables
            for raw in sheets.get(table.kind, ())
            if self._counts(table, raw)
        ]
        begun = self._once(self._of_documents(begun, sheets))
        things = [row for row in begun if row.table.of_class]
        self._know(sheets)
        # A name may be made of that of a document or an organisation, so these come first.
        documents = [row for row in things if row.table is self.layout.documents]
        rest = [row for row in things if row.table is not self.layout.documents]
        self._name(documents)
        self._name(row for row in rest if row.table.column("organisation") is None)
        self._name(row for row in rest if row.table.column("organisation") is not None)
        self.words.arrangements[:] = arrangements_of(
            self.layout, ((row.table.kind, row.iri) for row in things)
        )
        for row in begun:
            if row.table.of_class:
                self._read(row)
            else:
                self._read_fact(row)
            self.taken.rows.append(row)
            self.taken.counts[row.table.title] += 1
        return self.taken

    def _know(self, sheets: Mapping[str, Sequence[RawRow]]) -> None:
        """Make known the things of rows that tell of nothing new, begun or not."""
        for table in self.layout.things:
            column = table.column("known")
            for raw in sheets.get(table.kind, ()) if column else ():
                name = plain(raw.cells.get("name"))
                if column and NAME.fullmatch(name) and self._is_known(column, raw):
                    iri = key_iri(table, name, row_places("", self.area, ""))
                    self.words.names.add(table.kind, iri, self.words.names.label(iri))

    def _is_known(self, column: Column, raw: RawRow) -> bool:
        try:
            return not read_cell(column, raw.cells.get(column.name), self.words).terms
        except CellFault:
            return False  # it is told when the row is read

    def _counts(self, table: Table, raw: RawRow) -> bool:
        """Return whether a row is taken, and note it when it is left though it was begun."""
        told = {name for name, cell in raw.cells.items() if plain(cell)}
        if not told & table.begun_by:
            self.taken.not_begun += any(not c.shown_only for c in table.columns if c.name in told)
            return False
        if table.taken_by is None:
            return True
        name, wanted = table.taken_by
        row = TakenRow(table, raw)
        decision = plain(raw.cells.get(name))
        found = table.is_found(raw.cells)
        if decision.casefold() == wanted or (table.taken_empty and not decision and not found):
            return True
        if found:
            self.taken.unaccepted.append(row.address(name))
        if table.proposed_by == (name, decision.casefold()):
            self._propose(row)
            return False
        column = table.column(name)
        texts = column.texts if column else ()
        if decision and decision.casefold() not in texts:
            self._fault(row, name, f'"{decision}" is no decision', f"Write {' or '.join(texts)}.")
        else:
            why = f"its decision is {decision.casefold()}" if decision else "it has no decision yet"
            self.taken.left.append(Note(row.address(name), f"the row is left, as {why}"))
        return False

    def _of_documents(
        self, begun: Sequence[TakenRow], sheets: Mapping[str, Sequence[RawRow]]
    ) -> list[TakenRow]:
        """Return the rows but those of a document that is not taken, which are told."""
        table = self.layout.documents
        taken = {row.raw.number for row in begun if row.table is table}
        left = {
            plain(raw.cells.get(name)).casefold(): raw
            for raw in sheets.get(table.kind, ())
            if raw.number not in taken
            for name in ("title", "name")
        }
        names = {plain(row.raw.cells.get("name")) for row in begun if row.table is table}
        for each in ("", *names):
            left.pop(each.casefold(), None)
        kept = []
        for row in begun:
            gone = left.get(plain(row.raw.cells.get("document")).casefold())
            if gone is None or row.table is table:
                kept.append(row)
                continue
            where = TakenRow(table, gone).address("decision")
            what = f"the row is left, as its document is not accepted ({where})"
            mend = f"Set the decision there to accept, once the row of {table.title} is right"
            self.taken.left.append(Note(row.address("document"), what, f"{mend}."))
        return kept

    def _once(self, begun: Sequence[TakenRow]) -> list[TakenRow]:
        """Return the rows but those that repeat another without a short name of their own."""
        first: dict[tuple[str, ...], TakenRow] = {}
        kept = []
        for row in begun:
            cells = row.raw.cells
            key = tuple(_folded(cells.get(each)) for each in ("document", *row.table.once_by))
            same = first.setdefault((row.table.kind, *key), row)
            if same is row or not row.table.once_by or plain(cells.get("name")):
                kept.append(row)
                continue
            other = next((c for c in row.table.columns if self._differ(c, row, same)), None)
            if other:
                what = f"the row repeats {same.address()}, but its {other.title} is another"
                mend = "Keep one of the two, or give this one a short name."
                self._fault(row, other.name, what, mend)
            else:
                what = f"the row is left, as it repeats {same.address()}"
                self.taken.left.append(Note(row.address(), what))
        return kept

    def _differ(self, column: Column, one: TakenRow, other: TakenRow) -> bool:
        """Return whether two rows say another thing in a column; who decided is not compared."""
        if column.shown_only or column.needed_of_program or column.name in ("name", "comment"):
            return False
        cells = (row.raw.cells.get(column.name) for row in (one, other))
        return len({_folded(cell) for cell in cells}) > 1

    def _propose(self, row: TakenRow) -> None:
        """Count a row that is only proposed, and the duties that it would answer."""
        self.taken.proposed[row.table.title] += 1
        decided = {each.of_column for each in row.table.columns}
        for column in row.table.columns:
            if column.name in decided:
                try:
                    terms = read_cell(column, row.raw.cells.get(column.name), self.words).terms
                except CellFault:
                    continue  # it is told once the row is accepted
                self.taken.proposed_for.update(
                    t.value for t in terms if isinstance(t, ox.NamedNode)
                )

    def _fault(self, row: TakenRow, column: str, what: str, mend: str) -> None:
        self.taken.faults.append(Note(row.address(column), what, mend))

    def _name(self, rows: Iterable[TakenRow]) -> None:
        """Give each row the thing of which it tells, and make that known."""
        given = list(rows)
        for row in given:
            row.document = self._document(row)
        for row in given:
            text = plain(row.raw.cells.get("name"))
            if text:
                self._call(row, text)
        for row in given:
            if not plain(row.raw.cells.get("name")):
                self._call(row, self._made_name(row))
        for row in given:
            label = next((c for c in row.table.columns if c.predicate == LABEL), None)
            text = plain(row.raw.cells.get(label.name)) if label else ""
            self.words.names.add(row.table.kind, row.iri, text)

    def _document(self, row: TakenRow) -> str:
        """Return the short name of the document by which a row stands; found by its row."""
        if row.table is self.layout.documents:
            return ""
        column = row.table.column("document")
        text = plain(row.raw.cells.get("document"))
        if column is None or not text:
            return ""
        found = self.words.names.find(text, column.refers)
        return next(iter(found)).rpartition("/")[2] if len(found) == 1 else ""

    def _call(self, row: TakenRow, name: str) -> None:
        if not NAME.fullmatch(name) and not name.startswith("<"):
            mend = "small letters, digits and hyphens."
            if name:
                self._fault(row, "name", f'"{name}" is no short name', f"Use {mend}")
            elif not self._lacks(row):
                what = "no short name can be made of the row"
                self._fault(row, "name", what, f"Write one: {mend}")
            name = "unnamed"
        row.iri = key_iri(row.table, name, self._places(row))
        try:
            named(row.iri)
        except CellFault as fault:
            self._fault(row, "name", fault.what, fault.mend)
            row.iri = key_iri(row.table, "unnamed", self._places(row))
        if row.table is self.layout.documents:
            self._call_document(row)
        self._refuse_known(row)
        if (row.document, row.iri) in self._seen:
            self._fault(row, "name", f'"{name}" is the short name of another row', "Change it.")
        self._seen.add((row.document, row.iri))

    def _lacks(self, row: TakenRow) -> bool:
        """Return whether a cell of a row is empty that must be filled: that is told by itself."""
        return any(c.required and not plain(row.raw.cells.get(c.name)) for c in row.table.columns)

    def _call_document(self, row: TakenRow) -> None:
        """Give a row of the documents the short name by which others stand: the end of its IRI."""
        row.document = row.iri.rpartition("/")[2]
        if not NAME.fullmatch(row.document):
            what = f'"{row.iri}" has no end after which a file can be named'
            self._fault(row, "name", what, "Use small letters, digits and hyphens.")
        elif self._documents.setdefault(row.document, row.iri) != row.iri:
            what = f'"{row.document}" is the short name of another document'
            self._fault(row, "name", what, "Change it.")

    def _refuse_known(self, row: TakenRow) -> None:
        """Note it as a fault where a row would begin anew what the register or the law holds."""
        column = row.table.column("known")
        if column is None or not self.words.names.is_held(row.iri):
            return
        made = not plain(row.raw.cells.get("name"))
        said = plain(row.raw.cells.get(column.name))
        if not self._is_known(column, row.raw) and (made or not said):
            where = column.name if made else "name"
            what = f'"{self.words.names.label(row.iri)}" is known already'
            mend = f"Choose {column.null} in {column.title}, or give it another short name."
            self._fault(row, where, what, mend)

    def _places(self, row: TakenRow) -> dict[str, str]:
        organisation = ""
        column = row.table.column("organisation")
        if column is not None:
            try:
                terms = read_cell(column, row.raw.cells.get(column.name), self.words).terms
            except CellFault:
                terms = ()  # it is told when the row is read
            organisation = next((t.value for t in terms if isinstance(t, ox.NamedNode)), "")
        return row_places(row.document, self.area, organisation)

    def _made_name(self, row: TakenRow) -> str:
        """Return a short name made from the cells of a row, which no other row has."""
        said = (plain(row.raw.cells.get(name)) for name in row.table.name_from)
        text = " ".join(" ".join(each.split()[:MANY_WORDS]) for each in said if each)
        base = slug(f"{self.area} {text}" if row.table is self.layout.documents else text)
        if not base:
            return ""
        places = self._places(row)
        start = f"{row.document} {key_iri(row.table, base, places)}"
        number = self._next.get(start, 1)
        name = base if number == 1 else f"{base}-{number}"
        while self._taken_name(row, name, places):
            number += 1
            name = f"{base}-{number}"
        self._next[start] = number + 1
        return name

    def _taken_name(self, row: TakenRow, name: str, places: Mapping[str, str]) -> bool:
        iri = key_iri(row.table, name, places)
        document = name if row.table is self.layout.documents else row.document
        return (document, iri) in self._seen

    def _read(self, row: TakenRow) -> None:
        """Read the cells of a row into triples."""
        me = ox.NamedNode(row.iri)
        if row.table.column("known") is None:
            row.triples.append(ox.Triple(me, ox.NamedNode(TYPE), ox.NamedNode(row.table.of_class)))
        decided = {column.of_column for column in row.table.columns}
        kept: dict[str, tuple[Term, ...]] = {}
        known = [c for c in row.table.columns if c.predicate == TYPE]
        for column in (*known, *(c for c in row.table.columns if c not in known)):
            if column.shown_only or column.name == "name" or column.texts:
                continue
            if column.options:
                self._decide(row, column, kept.get(column.of_column, ()))
                continue
            terms = self._terms(row, column)
            if column.name in decided:
                kept[column.name] = terms  # said where it is decided with which property
            elif column.within:
                self._nest(row, me, column, terms)
            elif column.predicate:
                self._say(row, me, column.predicate, terms)

    def _terms(self, row: TakenRow, column: Column) -> tuple[Term, ...]:
        cell = row.raw.cells.get(column.name)
        needed = column.needed_of_program and row.table.is_found(row.raw.cells)
        if (column.required or needed) and not plain(cell):
            there = column.name in row.raw.letters
            mend = column.about if there else f'Give the sheet a column "{column.title}".'
            self._fault(row, column.name, f"the cell {column.title} is empty", mend)
            return ()
        try:
            reading = read_cell(column, cell, self.words)
        except CellFault as fault:
            self._fault(row, column.name, fault.what, fault.mend)
            return ()
        self._check(row, column, reading.terms)
        self.taken.read_as += [Note(row.address(column.name), note) for note in reading.notes]
        if column.when_empty and not plain(cell):
            self.taken.read_as.append(Note(row.address(column.name), column.when_empty))
        return reading.terms

    def _check(self, row: TakenRow, column: Column, terms: Iterable[Term]) -> None:
        """Note a day that is still to come, and words that are not those of the document."""
        values = [term.value for term in terms if isinstance(term, ox.Literal)]
        if column.not_in_future and any(day > self.latest.isoformat() for day in values):
            what = f"{values[0]} is still to come"
            self._fault(row, column.name, what, "Write the day on which it was decided.")
        text = row.raw.cells.get(column.stands_in)
        if plain(text) and not all(stands_in(plain(text), value) for value in values):
            title = next(c.title for c in row.table.columns if c.name == column.stands_in)
            what = f'the words "{values[0]}" do not stand in the cell {title}'
            mend = "Copy words that stand there; of words from elsewhere, empty that cell."
            self._fault(row, column.name, what, mend)

    def _say(self, row: TakenRow, me: ox.NamedNode, name: str, terms: Iterable[Term]) -> None:
        for term in terms:
            triple = ox.Triple(me, ox.NamedNode(name), term)
            if triple not in row.triples:
                row.triples.append(triple)

    def _decide(self, row: TakenRow, column: Column, terms: Sequence[Term]) -> None:
        """Say the values of a column with the property that another column decides."""
        text = plain(row.raw.cells.get(column.name)).casefold()
        name = dict(column.options).get(text)
        choices = " or ".join(each for each, _ in column.options)
        if name and terms:
            self._say(row, ox.NamedNode(row.iri), name, terms)
        elif text and not name:
            self._fault(row, column.name, f'"{text}" is not in the list', f"Write {choices}.")
        elif text:
            other = row.table.column(column.of_column)
            title = other.title if other else column.of_column
            what = f"the cell says {text}, and the cell {title} is empty"
            self._fault(row, column.name, what, f"Fill {title}, or empty this cell.")
        elif terms:
            self._fault(row, column.name, f"the cell {column.title} is empty", f"Write {choices}.")

    def _nest(self, row: TakenRow, me: ox.NamedNode, column: Column, terms: Sequence[Term]) -> None:
        if terms and column.within:
            link, of_class = column.within
            node = ox.BlankNode()
            row.triples += [
                ox.Triple(me, ox.NamedNode(link), node),
                ox.Triple(node, ox.NamedNode(TYPE), ox.NamedNode(of_class)),
                *(ox.Triple(node, ox.NamedNode(column.predicate), term) for term in terms),
            ]

    def _read_fact(self, row: TakenRow) -> None:
        row.document = self._document(row)
        self._terms(row, row.table.columns[0])
        for column in row.table.columns:
            if column.required and not plain(row.raw.cells.get(column.name)):
                self._fault(row, column.name, f"the cell {column.title} is empty", column.about)
                return
        try:
            self.words.refuse_people(plain(row.raw.cells.get("value")))
            row.triples.append(read_fact(row.raw.cells, row.document))
        except CellFault as fault:
            self._fault(row, "value", fault.what, fault.mend)
