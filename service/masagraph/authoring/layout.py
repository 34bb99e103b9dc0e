"""The layout of the workbook, as ``queries/workbook/layout.ttl`` has it: sheets and columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

from rdflib import RDF, Graph, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.namespace import CSVW, DCTERMS, OWL, SH, SKOS
from rdflib.term import Node

from masagraph.resources import Resources

SHEET = Namespace("https://w3id.org/masagraph/id/workbook#")
ROOT = URIRef("https://w3id.org/masagraph/id/workbook")
FILE = "queries/workbook/layout.ttl"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sheet, and what it means in the graph.

    Attributes:
        name: how the layout calls it.
        title: its heading.
        about: what to write in it.
        width: its width, in characters.
        predicate: the property that it states; empty where it states none.
        datatype: that of its values, where they are literals.
        lang: the language of its values, where they have one.
        separator: what parts several values; empty where there is at most one.
        required: whether a row needs it.
        default: what an empty cell means; empty where it means nothing.
        when_empty: what is told of a cell that is empty; nothing, if it is empty.
        null: what a cell says that has no value, in spite of the default.
        choices: the terms from which it chooses.
        scheme: the scheme from which it chooses.
        texts: the texts from which it chooses, where it states nothing.
        refers: the sheets and kinds of things that it may name.
        by_label: whether things are shown by name rather than by short name.
        within: property and class of the node between the thing and the value.
        most_words: most words of its text; 0 for any number.
        shown_only: whether it is for reading only.
        options: texts with the property that each gives to the column ``of_column``.
        of_column: the column whose property this one decides.
        optional: whether it may be missing, and is hidden where a new workbook does not fill it.
        by_program: whether it is filled where a program has found the row.
        needed_of_program: whether a row that a program has found needs it, once accepted.
        not_in_future: whether its day may not be later than that of the workbook, or today.
        stands_in: the column in whose text its words must stand; empty where there is none.
    """

    name: str
    title: str
    about: str = ""
    width: int = 16
    predicate: str = ""
    datatype: str = ""
    lang: str = ""
    separator: str = ""
    required: bool = False
    default: str = ""
    when_empty: str = ""
    null: str = ""
    choices: tuple[str, ...] = ()
    scheme: str = ""
    texts: tuple[str, ...] = ()
    refers: tuple[str, ...] = ()
    by_label: bool = False
    within: tuple[str, str] | None = None
    most_words: int = 0
    shown_only: bool = False
    options: tuple[tuple[str, str], ...] = ()
    of_column: str = ""
    optional: bool = False
    by_program: bool = False
    needed_of_program: bool = False
    not_in_future: bool = False
    stands_in: str = ""

    @property
    def chooses(self) -> bool:
        """Whether it chooses from terms."""
        return bool(self.choices or self.scheme)


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet.

    Attributes:
        kind: its IRI, by which columns refer to it.
        title: on its tab.
        about: what stands on it.
        of_class: the class of the things of which it has a row each; empty for loose facts.
        pattern: how their IRIs are made, below ``id/``.
        columns: its columns.
        begun_by: the columns of which one must be filled before a row counts: those for
            reading only, and those that a new workbook has filled already, do not count.
        name_from: the columns from which a short name is made.
        taken_by: the column and the text by which a row is taken; None where all are.
        taken_empty: whether a row without that text is taken, if it has none at all.
        proposed_by: the column and the text by which a row is only proposed.
        once_by: the columns of which no two rows without a short name have the same cells.
    """

    kind: str
    title: str
    about: str
    of_class: str
    pattern: str
    columns: tuple[Column, ...]
    begun_by: frozenset[str] = frozenset()
    name_from: tuple[str, ...] = ()
    taken_by: tuple[str, str] | None = None
    taken_empty: bool = False
    proposed_by: tuple[str, str] | None = None
    once_by: tuple[str, ...] = ()

    @property
    def folder(self) -> str:
        """The first part of its things' IRIs, below ``id/``."""
        return self.pattern.partition("/")[0]

    def column(self, name: str) -> Column | None:
        """Return the column of a name, where there is one."""
        return next((column for column in self.columns if column.name == name), None)

    def is_found(self, cells: Mapping[str, object]) -> bool:
        """Return whether a program has found a row: its cells say how."""
        return any(cells.get(column.name) for column in self.columns if column.by_program)


@dataclass(frozen=True, slots=True)
class Layout:
    """The workbook.

    Attributes:
        version: of the layout; a workbook says by which it was made.
        tables: its sheets, in order.
        parts: heading and lines of the first sheet.
        words: label, and further words, of terms that the ontology has no words for.
        forms_of_address: what stands before the name of a person, as none may be written.
    """

    version: str
    tables: tuple[Table, ...]
    parts: tuple[tuple[str, tuple[str, ...]], ...]
    words: dict[str, tuple[str, tuple[str, ...]]] = field(default_factory=dict)
    forms_of_address: tuple[str, ...] = ()

    @property
    def facts(self) -> Table:
        """The sheet of loose facts."""
        return next(table for table in self.tables if not table.of_class)

    @property
    def things(self) -> tuple[Table, ...]:
        """The sheets with a row for each thing."""
        return tuple(table for table in self.tables if table.of_class)

    @property
    def documents(self) -> Table:
        """The sheet to which the column ``document`` of loose facts refers."""
        column = self.facts.column("document")
        assert column is not None
        return next(table for table in self.tables if table.kind == column.refers[0])


@cache
def read_layout(resources: Resources) -> Layout:
    """Read the layout. It is read once: a query worker can open no file."""
    graph = Graph().parse(data=resources.read_query("workbook/layout.ttl"), format="turtle")
    tables = sorted(graph.objects(ROOT, CSVW.table), key=lambda t: _whole(graph, t, SHEET.place))
    words = {
        str(term): (
            str(graph.value(term, SKOS.prefLabel) or ""),
            tuple(sorted(map(str, graph.objects(term, SKOS.hiddenLabel)))),
        )
        for term in {*graph.subjects(SKOS.prefLabel), *graph.subjects(SKOS.hiddenLabel)}
    }
    return Layout(
        _text(graph, ROOT, OWL.versionInfo),
        tuple(_table(graph, table) for table in tables),
        tuple(
            (_text(graph, part, DCTERMS.title), tuple(map(str, _list(graph, part, SHEET.line))))
            for part in _list(graph, ROOT, SHEET.part)
        ),
        words,
        _texts(graph, ROOT, SHEET.formOfAddress),
    )


def _table(graph: Graph, table: Node) -> Table:
    schema = graph.value(table, CSVW.tableSchema)
    assert schema is not None
    columns = tuple(_column(graph, each) for each in _list(graph, schema, CSVW.column))
    return Table(
        kind=str(table),
        title=_text(graph, table, DCTERMS.title),
        about=_text(graph, table, DCTERMS.description),
        of_class=_text(graph, table, SHEET.ofClass),
        pattern=_text(graph, schema, CSVW.aboutUrl),
        columns=columns,
        begun_by=frozenset(each.name for each in columns if not each.shown_only)
        - set(_texts(graph, table, SHEET.prefilled)),
        name_from=tuple(map(str, _list(graph, table, SHEET.nameFrom))),
        taken_by=_decided(graph, graph.value(table, SHEET.takenBy)),
        taken_empty=_is(graph, table, SHEET.takenWhenEmpty),
        proposed_by=_decided(graph, graph.value(table, SHEET.proposedBy)),
        once_by=tuple(map(str, _list(graph, table, SHEET.onceBy))),
    )


def _decided(graph: Graph, me: Node | None) -> tuple[str, str] | None:
    """Return a column, and the text in it that decides something of a row."""
    return (_text(graph, me, SHEET.ofColumn), _text(graph, me, SHEET.choice)) if me else None


def _column(graph: Graph, me: Node) -> Column:
    within = graph.value(me, SHEET.within)
    options = [
        (_text(graph, option, CSVW.title), _text(graph, option, CSVW.propertyUrl))
        for option in graph.objects(me, SHEET.option)
    ]
    return Column(
        name=_text(graph, me, CSVW.name),
        title=_text(graph, me, CSVW.title),
        about=_text(graph, me, DCTERMS.description),
        width=_whole(graph, me, SHEET.width),
        predicate=_text(graph, me, CSVW.propertyUrl),
        datatype=_text(graph, me, CSVW.datatype),
        lang=_text(graph, me, CSVW.lang),
        separator=_text(graph, me, CSVW.separator),
        required=_is(graph, me, CSVW.required),
        default=_text(graph, me, CSVW.default),
        when_empty=_text(graph, me, SHEET.whenEmpty),
        null=_text(graph, me, CSVW.null),
        choices=tuple(map(str, _list(graph, me, SH["in"]))),
        scheme=_text(graph, me, SKOS.inScheme),
        texts=_texts(graph, me, SHEET.choice),
        refers=_texts(graph, me, SHEET.refersTo),
        by_label=_is(graph, me, SHEET.byLabel),
        within=(_text(graph, within, CSVW.propertyUrl), _text(graph, within, SHEET.ofClass))
        if within
        else None,
        most_words=_whole(graph, me, SHEET.mostWords),
        shown_only=_is(graph, me, CSVW.suppressOutput),
        options=tuple(sorted(options, reverse=True)),
        of_column=_text(graph, me, SHEET.ofColumn),
        optional=_is(graph, me, SHEET.optional),
        by_program=_is(graph, me, SHEET.byProgram),
        needed_of_program=_is(graph, me, SHEET.neededOfProgram),
        not_in_future=_is(graph, me, SHEET.notInFuture),
        stands_in=_text(graph, me, SHEET.standsIn),
    )


def _text(graph: Graph, me: Node, which: URIRef) -> str:
    value = graph.value(me, which)
    return "" if value is None else str(value)


def _texts(graph: Graph, me: Node, which: URIRef) -> tuple[str, ...]:
    return tuple(sorted(map(str, graph.objects(me, which))))


def _whole(graph: Graph, me: Node, which: URIRef) -> int:
    return int(_text(graph, me, which) or 0)


def _is(graph: Graph, me: Node, which: URIRef) -> bool:
    return _text(graph, me, which) == "true"


def _list(graph: Graph, me: Node, which: URIRef) -> Iterator[Node]:
    head = graph.value(me, which)
    return iter(()) if head is None or head == RDF.nil else iter(Collection(graph, head))
