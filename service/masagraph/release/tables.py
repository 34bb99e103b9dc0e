"""Tables of a release: CSV, and CSVW that says what each column holds.

Which tables there are is told by files: each query of ``queries/release/`` is a table, and so is
the answer to each stored question that can be asked without choosing anything.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox

from masagraph.errors import DataError, Place
from masagraph.questions.catalogue import Question, list_questions, read_question
from masagraph.questions.columns import Column, columns_of
from masagraph.questions.parameters import bind
from masagraph.release.content import Entry
from masagraph.report.csvfile import to_csv
from masagraph.resources import Resources
from masagraph.store.opened import Opened
from masagraph.store.protocol import Rows, Term, text_of

CSV, METADATA = "text/csv", "application/csvm+json"
TABLES, ANSWERS = "tables/", "answers/"

_DATATYPES = {
    "integer": "integer",
    "decimal": "decimal",
    "double": "double",
    "boolean": "boolean",
    "date": "date",
    "dateTime": "dateTime",
}
"""What CSVW calls the datatypes that a column can be of."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table.

    Attributes:
        question: the query, with what its header says.
        folder: where in the release it stands.
        columns: its columns, with what each holds.
        rows: the cells; an unbound one is None.
    """

    question: Question
    folder: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Term | None, ...], ...]

    @property
    def name(self) -> str:
        """The name of its file, without the ending."""
        return self.question.name

    @property
    def path(self) -> str:
        """The place of its file in the release."""
        return f"{self.folder}{self.name}.csv"

    def csv(self) -> bytes:
        """Return it as CSV: every value as it is."""
        rows = ([text_of(cell) for cell in row] for row in self.rows)
        return to_csv([column.name for column in self.columns], rows).encode()


def read_tables(opened: Opened, resources: Resources) -> Iterator[Table]:
    """Ask for every table, those of ``queries/release/`` first.

    Raises:
        DataError: when the rows of a table are not told apart by its key.
    """
    for path in resources.queries("release"):
        yield _asked(opened, read_question(path), TABLES)
    for question in list_questions(resources):
        if all(each.optional or each.default for each in question.parameters):
            yield _asked(opened, question, ANSWERS)


def _asked(opened: Opened, question: Question, folder: str) -> Table:
    bound = bind(question, {}, opened.store, opened.data_date)
    found = opened.store.query(_bare(question.query), bound)
    place = place_of(question, folder)
    if not isinstance(found, Rows):
        raise DataError("the query of a table must be a SELECT", place=place)
    # What was not asked for is empty in every row.
    free = {each.name for each in question.parameters} - set(bound)
    left = set(range(len(found.variables)))
    left -= {at for at in left if found.variables[at] in free and _is_empty(found.rows, at)}
    kept = sorted(left)
    known = {column.name: column for column in columns_of(question)}
    columns = tuple(known[found.variables[at]] for at in kept)
    # In an order that is whole: that of the query may leave rows open that are alike in it.
    rows = tuple(sorted((tuple(row[at] for at in kept) for row in found.rows), key=_texts))
    _check_key(question, columns, rows, place)
    return Table(question, folder, columns, rows)


def place_of(question: Question, folder: str) -> Place:
    """Return the file of the query of a table that stands in a folder of a release."""
    queries = "release" if folder == TABLES else "questions"
    return Place(f"queries/{queries}/{question.name}.rq")


def _bare(query: str) -> str:
    """Return a query without its header, whose prose would have to be parsed to be let pass."""
    return "\n".join(line for line in query.splitlines() if not line.startswith("#"))


def _texts(row: Sequence[Term | None]) -> list[str]:
    return [text_of(cell) for cell in row]


def _is_empty(rows: Sequence[Sequence[Term | None]], column: int) -> bool:
    return all(row[column] is None for row in rows)


def _check_key(
    question: Question,
    columns: Sequence[Column],
    rows: Sequence[Sequence[Term | None]],
    place: Place,
) -> None:
    """Check that no two rows have the same key, and that no part of one is empty."""
    names = [column.name for column in columns]
    unknown = [name for name in question.key if name not in names]
    if unknown:
        raise DataError(f'the key "{unknown[0]}" is no column', "Name columns of the query.", place)
    at = [names.index(name) for name in question.key]
    seen = set()
    for row in rows if at else ():
        key = tuple(text_of(row[each]) for each in at)
        if key in seen or not all(key):
            raise DataError(
                f"two rows have the key {', '.join(key) or 'nothing'}, or a part of it is empty",
                "Mend the data, or name the columns that tell rows apart as '#+ key: …'.",
                place,
            )
        seen.add(key)


def table_files(
    tables: Sequence[Table], licence: str, data_version: str, publisher: str
) -> Iterator[Entry]:
    """Yield the CSV of each table, its metadata, and the metadata of all of them together.

    Args:
        tables: the tables.
        licence: the licence of all of them, an IRI.
        data_version: the version of the data.
        publisher: who publishes them.
    """
    head = {
        "dc:license": {"@id": licence},
        "dc:publisher": publisher,
        "schema:version": data_version,
    }
    for table in tables:
        title = table.question.title
        yield Entry(table.path, table.csv(), title, CSV, licence, rows=len(table.rows))
        about = {"@context": _CONTEXT, **_described(table, f"{table.name}.csv"), **head}
        path = f"{table.path}-metadata.json"
        yield Entry(path, _json(about), f"What the columns hold: {title}", METADATA, licence)
    group = {
        "@context": _CONTEXT,
        "dc:title": f"masagraph {data_version}: tables",
        **head,
        "tables": [_described(table, table.path) for table in tables],
    }
    title = "What the columns of all tables hold"
    yield Entry("csv-metadata.json", _json(group), title, METADATA, licence)


_CONTEXT = ["http://www.w3.org/ns/csvw", {"@language": "en"}]


def _described(table: Table, url: str) -> dict[str, Any]:
    """Return what CSVW says of one table."""
    question = table.question
    note = f" {question.note}" if question.note else ""
    schema: dict[str, Any] = {
        "columns": [_column(table, at, column) for at, column in enumerate(table.columns)]
    }
    if question.key:
        schema["primaryKey"] = list(question.key)
    return {
        "url": url,
        "dc:title": question.title,
        "dc:description": question.question + note,
        "tableSchema": schema,
    }


def _column(table: Table, at: int, column: Column) -> dict[str, Any]:
    said: dict[str, Any] = {
        "name": column.name,
        # A reader holds the first line against the titles.
        "titles": column.name,
        "datatype": _datatype([row[at] for row in table.rows]),
        "dc:title": column.title,
    }
    if column.about:
        said["dc:description"] = column.about
    if column.name in table.question.key:
        said["required"] = True
    return said


def _datatype(cells: Sequence[Term | None]) -> str:
    """Return the datatype of a column: one that all its values are of, else text."""
    kinds = {_kind(cell) for cell in cells if cell is not None and text_of(cell) != ""}
    return kinds.pop() if len(kinds) == 1 else "string"


def _kind(cell: Term) -> str:
    if isinstance(cell, ox.NamedNode):
        return "anyURI"
    if isinstance(cell, ox.Literal):
        return _DATATYPES.get(cell.datatype.value.rpartition("#")[2], "string")
    return "string"


def _json(value: Any) -> bytes:
    return (json.dumps(value, indent=1, ensure_ascii=False) + "\n").encode()
