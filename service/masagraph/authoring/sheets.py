"""A workbook's sheets as rows of cells, each with its address."""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import openpyxl
from openpyxl.utils import get_column_letter

from masagraph.authoring.cells import Cell, plain
from masagraph.authoring.guard import merged_cells, open_packed, read_part
from masagraph.authoring.layout import Layout, Table
from masagraph.authoring.taken import Note, RawRow
from masagraph.errors import DataError, Place
from masagraph.report.workbook import READ_ME

MOST_ROWS = 5_000
"""Of one sheet. The longest that is held has some 400."""
MOST_COLUMNS = 60
HEADS_WITHIN = 10
"""Rows in which the headings are looked for."""


@dataclass(frozen=True, slots=True)
class Sheets:
    """What a workbook holds.

    Attributes:
        facts: name and text of the lines of its first sheet.
        rows: the rows of each sheet, by the kind of the sheet.
        unread: what was not read, such as sheets of one's own.
    """

    facts: Mapping[str, str]
    rows: Mapping[str, Sequence[RawRow]]
    unread: tuple[Note, ...]


def read_sheets(data: bytes, file: str, layout: Layout) -> Sheets:
    """Read a workbook. Nothing of it is run, and nothing that it points to is fetched.

    Args:
        data: the bytes of the file.
        file: its name, for messages.
        layout: the layout that it must have.

    Raises:
        DataError: when it is no such workbook, with what to do.
    """
    packed = open_packed(data, file)
    place = Place(file)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles and extensions that are not read
            book = openpyxl.load_workbook(BytesIO(data), read_only=True, keep_links=False)
            return _read(book, packed, place, layout)
    except DataError:
        raise
    except Exception as error:  # whatever a library makes of a damaged file
        raise DataError(
            "the file cannot be read as a workbook",
            "Open it in a spreadsheet program, and save it again as .xlsx.",
            place,
        ) from error


def _read(book: Any, packed: zipfile.ZipFile, place: Place, layout: Layout) -> Sheets:
    there = {sheet.title: sheet for sheet in book.worksheets}
    wanted = [READ_ME, *(table.title for table in layout.tables)]
    missing = [title for title in wanted if title not in there]
    if missing:
        raise DataError(
            f"the workbook has no sheet {' and no sheet '.join(missing)}",
            "Give each sheet its name again, or copy the rows into a new template.",
            place,
        )
    for title in wanted:
        part = read_part(packed, there[title]._worksheet_path.lstrip("/"), place)
        merged = merged_cells(part)
        if merged:
            raise DataError(
                f"cells are merged at {title}!{merged}", "Undo the merge: each cell counts.", place
            )
    unread: list[Note] = []
    rows = {table.kind: _rows(there[table.title], table, place, unread) for table in layout.tables}
    unread += [
        Note(title, "a sheet of your own, which is not read")
        for title, sheet in there.items()
        if title not in wanted and sheet.sheet_state == "visible"
    ]
    facts = {
        plain(cells[0].value): plain(cells[1].value)
        for _, cells in _cells(there[READ_ME], READ_ME, place)
        if len(cells) > 1 and plain(cells[0].value)
    }
    return Sheets(facts, rows, tuple(unread))


def _cells(sheet: Any, title: str, place: Place) -> list[tuple[int, list[Any]]]:
    """Return the rows of a sheet that hold anything, with their numbers."""
    sheet.reset_dimensions()  # what a file says of its own size need not be so
    found: list[tuple[int, list[Any]]] = []
    rows = sheet.iter_rows(max_row=1_048_576, max_col=MOST_COLUMNS)
    before = None
    for number, row in enumerate(rows, 1):
        if row is before:
            continue  # the library gives one and the same for all rows that a file leaves out
        before = row
        cells = [cell for cell in row if cell.value not in (None, "")]
        for cell in cells:
            if cell.data_type in ("f", "e"):
                what = "a formula" if cell.data_type == "f" else "an error of a formula"
                raise DataError(
                    f"there is {what} at {title}!{get_column_letter(cell.column)}{number}",
                    "Write what it comes to: copy the cell, and paste it as a value.",
                    place,
                )
        if cells:
            found.append((number, list(row)))
        if len(found) > MOST_ROWS:
            raise DataError(
                f"the sheet {title} has more than {MOST_ROWS:,} rows",
                "Make a workbook for each document.",
                place,
            )
    return found


def _rows(sheet: Any, table: Table, place: Place, unread: list[Note]) -> list[RawRow]:
    cells = _cells(sheet, table.title, place)
    by_title = {column.title: column for column in table.columns}
    head, number = _heads(cells, by_title)
    missing = [t for t, column in by_title.items() if t not in head and not column.optional]
    if missing:
        there = [title for title in head if title not in by_title]
        renamed = f"; it has {' and '.join(there)} instead" if there else ""
        raise DataError(
            f"the sheet {table.title} has no column {' and no column '.join(missing)}{renamed}",
            "Give each column its heading again.",
            place,
        )
    letters = {by_title[title].name: at for title, at in head.items() if title in by_title}
    unread += [
        Note(f"{table.title}!{get_column_letter(at)}", f"the column {title} is not read")
        for title, at in head.items()
        if title not in by_title
    ]
    named = {name: get_column_letter(at) for name, at in letters.items()}
    found = []
    for at, row in cells:
        if at > number:
            values = {name: _value(row[place_ - 1]) for name, place_ in letters.items()}
            if any(value is not None for value in values.values()):
                found.append(RawRow(at, values, named))
    return found


def _heads(
    rows: Sequence[tuple[int, list[Any]]], titles: Mapping[str, Any]
) -> tuple[dict[str, int], int]:
    """Return the columns by their headings, and the number of the row of headings."""
    best: tuple[dict[str, int], int] = ({}, 0)
    most = -1
    for number, row in rows:
        if number > HEADS_WITHIN:
            break
        head: dict[str, int] = {}
        for at, cell in enumerate(row, 1):
            if plain(cell.value):
                head.setdefault(plain(cell.value), at)
        known = sum(title in titles for title in head)
        if known > most:
            best, most = (head, number), known
    return best


def _value(cell: Any) -> Cell:
    value = cell.value
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    return value if isinstance(value, str | int | float) else _other(value)


def _other(value: Any) -> Cell:
    """Return a value of a cell that is no text and no number: a date, or what it looks like."""
    return value if hasattr(value, "isoformat") and hasattr(value, "year") else str(value)
