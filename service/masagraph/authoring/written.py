"""The workbook as a file: headings that are protected, drop-downs, limits and widths."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from io import BytesIO

import xlsxwriter
from xlsxwriter.format import Format as Style
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from masagraph.authoring.areas import Scope
from masagraph.authoring.cells import Cell, plain
from masagraph.authoring.layout import Column, Table
from masagraph.authoring.rows import Row
from masagraph.authoring.template import Filled
from masagraph.report.workbook import LINE, READ_ME

LISTS = "Lists"
"""The hidden sheet of what drop-downs offer."""
SPARE_ROWS = 500
"""Rows below the last filled one that have drop-downs and limits."""
HEAD_ROW = 2
"""The row of the headings, from 0; above it stand what the sheet is for, and hints."""
LONGEST_HINT = 250
LINE_LENGTH = 118
"""Characters of a line of the first sheet."""
HINT_LINES = 6
SEEN_LINES = 10

_ALLOWED = {
    "format_cells": True, "format_columns": True, "format_rows": True, "insert_rows": True,
    "delete_rows": True, "sort": True, "autofilter": True, "insert_hyperlinks": True,
}  # fmt: skip


def write_template(filled: Filled) -> bytes:
    """Write a workbook; the same workbook gives the same bytes."""
    out = BytesIO()
    book = xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    names = ", ".join(area.label for area in filled.scope.areas)
    book.set_properties(
        {
            "title": f"Safeguarding arrangements: {names}",
            "author": "masagraph contributors",
            "created": datetime.combine(filled.scope.as_at, time()),
        }
    )
    styles = _styles(book)
    _read_me(book.add_worksheet(READ_ME), styles, filled, names)
    sheets = {table.kind: book.add_worksheet(table.title) for table in filled.layout.tables}
    lists = _Lists(book.add_worksheet(LISTS), filled)
    for table in filled.layout.tables:
        _sheet(sheets[table.kind], table, filled, styles, lists)
    lists.sheet.hide()
    lists.sheet.protect()
    book.close()
    return out.getvalue()


def _styles(book: xlsxwriter.Workbook) -> dict[str, Style]:
    cell = {"text_wrap": True, "valign": "top"}
    free = {**cell, "locked": False}
    return {
        "title": book.add_format({"bold": True, "font_size": 16}),
        "part": book.add_format({"bold": True, "font_size": 13, "bottom": 1}),
        "line": book.add_format(cell),
        "name": book.add_format({**cell, "bold": True}),
        "about": book.add_format({"italic": True, "valign": "top"}),
        "hint": book.add_format({**cell, "font_size": 9, "font_color": "#44505C"}),
        "head": book.add_format({**cell, "bold": True, "bottom": 1, "bg_color": "#DCE6F1"}),
        "must": book.add_format({**cell, "bold": True, "bottom": 1, "bg_color": "#FCE4C8"}),
        "free": book.add_format(free),
        "quoted": book.add_format({**free, "quote_prefix": True}),
        "read": book.add_format({**free, "font_color": "#44505C", "bg_color": "#F2F2F2"}),
        "date": book.add_format({**free, "num_format": "yyyy-mm-dd", "align": "left"}),
    }


class _Lists:
    """What drop-downs offer, each on a column of a hidden sheet."""

    def __init__(self, sheet: Worksheet, filled: Filled) -> None:
        self.sheet, self.filled = sheet, filled
        self._at: dict[tuple[str, ...], str] = {}
        self._tables = {table.kind: table for table in filled.layout.tables}

    def source(self, column: Column) -> str:
        """Return where the drop-down of a column has its texts; empty when it has none."""
        if column.shown_only or column.name == "name":
            return ""
        texts = self._texts(column)
        if texts:
            return self._range(tuple(texts))
        table = next((self._tables[k] for k in column.refers if k in self._tables), None)
        if table is None:
            return ""
        at = [each.name for each in table.columns].index("name")
        letter = xl_col_to_name(at)
        last = HEAD_ROW + 1 + len(self.filled.rows[table.kind]) + SPARE_ROWS
        return f"='{table.title}'!${letter}${HEAD_ROW + 2}:${letter}${last}"

    def _texts(self, column: Column) -> list[str]:
        if column.texts:
            return list(column.texts)
        if column.options:
            return [text for text, _ in column.options]
        words = self.filled.words
        if column.chooses:
            labels = [words.labels[term] for term in words.terms(column) if term in words.labels]
            return [*labels, *([column.null] if column.null and column.null not in labels else [])]
        if column.datatype.endswith("#boolean"):
            return ["yes", "no"]
        own = [kind for kind in column.refers if kind in self._tables]
        if own and not column.by_label:
            return []
        known = [kind for kind in column.refers if kind not in self._tables]
        things = words.names.of_kinds(known)
        shown = [words.names.shown(iri, column.refers, column.by_label, ";") for iri in things]
        first = [name for name in self.filled.organisations if name in shown]
        return list(dict.fromkeys([*first, *sorted(shown)]))

    def _range(self, texts: tuple[str, ...]) -> str:
        if texts not in self._at:
            letter = xl_col_to_name(len(self._at))
            self.sheet.write_column(0, len(self._at), texts)
            self._at[texts] = f"={LISTS}!${letter}$1:${letter}${len(texts)}"
        return self._at[texts]


def _read_me(sheet: Worksheet, styles: Mapping[str, Style], filled: Filled, names: str) -> None:
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 110)
    sheet.write_string(0, 0, f"Safeguarding arrangements: {names}", styles["title"])
    row = 2
    for head, lines in filled.layout.parts:
        _part(sheet, styles, row, head)
        for number, line in enumerate(lines, row + 1):
            sheet.write_string(number, 1, line, styles["line"])
            sheet.set_row(number, LINE * (1 + len(line) // LINE_LENGTH))
        row += len(lines) + 2
    _part(sheet, styles, row, "The sheets")
    for number, table in enumerate(filled.layout.tables, row + 1):
        sheet.write_string(number, 0, table.title, styles["name"])
        sheet.write_string(number, 1, table.about, styles["line"])
        sheet.set_row(number, LINE * (1 + len(table.about) // LINE_LENGTH))
    row += len(filled.layout.tables) + 2
    _part(sheet, styles, row, "This workbook (the program reads these lines)")
    for number, (name, text) in enumerate(Scope.lines(filled.scope), row + 1):
        sheet.write_string(number, 0, name, styles["name"])
        sheet.write_string(number, 1, text, styles["line"])
    sheet.protect("", _ALLOWED)
    _on_paper(sheet)


def _part(sheet: Worksheet, styles: Mapping[str, Style], row: int, head: str) -> None:
    sheet.write_string(row, 0, head, styles["part"])
    sheet.write_blank(row, 1, None, styles["part"])
    sheet.set_row(row, 20)


def _sheet(
    sheet: Worksheet, table: Table, filled: Filled, styles: Mapping[str, Style], lists: _Lists
) -> None:
    rows = filled.rows[table.kind]
    sheet.write_string(0, 0, table.about, styles["about"])
    found = any(table.is_found(row) for row in rows)
    for number, column in enumerate(table.columns):
        style = "read" if column.shown_only else "date" if _is_date(column) else "free"
        wanted = found and column.needed_of_program
        hidden = column.optional and not wanted and not any(row.get(column.name) for row in rows)
        sheet.set_column(number, number, column.width, styles[style], {"hidden": hidden})
        sheet.write_string(1, number, column.about, styles["hint"])
        head = "must" if column.required else "head"
        sheet.write_string(HEAD_ROW, number, column.title, styles[head])
        _limit(sheet, number, column, len(rows), lists)
    widths = [column.width for column in table.columns]
    hints = [column.about for column in table.columns]
    sheet.set_row(0, 20)
    sheet.set_row(1, _height(hints, [int(w * 1.15) for w in widths], HINT_LINES) - 8)
    sheet.set_row(HEAD_ROW, _height([c.title for c in table.columns], [w - 2 for w in widths], 3))
    for at, row in enumerate(rows, HEAD_ROW + 1):
        _row(sheet, at, row, table.columns, styles)
        sheet.set_row(at, _height([row.get(c.name) for c in table.columns], widths, SEEN_LINES))
    sheet.freeze_panes(HEAD_ROW + 1, 1)
    sheet.autofilter(HEAD_ROW, 0, HEAD_ROW + max(len(rows), 1), len(table.columns) - 1)
    sheet.repeat_rows(HEAD_ROW)
    sheet.protect("", _ALLOWED)
    _on_paper(sheet)


def _on_paper(sheet: Worksheet) -> None:
    sheet.set_paper(8)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&L&A&RPage &P of &N")


def _is_date(column: Column) -> bool:
    return column.datatype.endswith("#date")


def _row(
    sheet: Worksheet,
    at: int,
    row: Row,
    columns: Sequence[Column],
    styles: Mapping[str, Style],
) -> None:
    for number, column in enumerate(columns):
        cell = row.get(column.name)
        style = styles["read" if column.shown_only else "free"]
        if isinstance(cell, date):
            sheet.write_datetime(at, number, datetime.combine(cell, time()), styles["date"])
        elif isinstance(cell, int | float):
            sheet.write_number(at, number, cell, style)
        elif cell:
            quoted = cell.startswith(("=", "+", "-", "@"))
            sheet.write_string(at, number, cell, styles["quoted"] if quoted else style)


def _limit(sheet: Worksheet, number: int, column: Column, rows: int, lists: _Lists) -> None:
    """Give a column its drop-down, or the limit of what may be typed there."""
    first, last = HEAD_ROW + 1, HEAD_ROW + rows + SPARE_ROWS
    rule = _rule(column, number, lists)
    if column.about:
        rule |= {"input_title": column.title[:32], "input_message": column.about[:LONGEST_HINT]}
    if rule:
        sheet.data_validation(first, number, last, number, {"validate": "any", **rule})


def _rule(column: Column, number: int, lists: _Lists) -> dict[str, object]:
    source = lists.source(column)
    if source:
        # Several values, and short names of rows, are typed as well as chosen.
        free = bool(column.separator or column.refers)
        return {
            "validate": "list",
            "source": source,
            "show_error": not free,
            "error_type": "warning",
            "error_title": "Not in the list",
            "error_message": "Choose from the list. Other words may not be read.",
        }
    if _is_date(column):
        return {
            "validate": "date",
            "criteria": "between",
            "minimum": date(1900, 3, 1),
            "maximum": date(2199, 12, 31),
            "error_title": "Not a date",
            "error_message": "Write a date, such as 2025-03-31.",
        }
    if column.datatype.endswith(("#integer", "#decimal")):
        return {
            "validate": "integer" if column.datatype.endswith("#integer") else "decimal",
            "criteria": ">=",
            "value": 0,
            "error_title": "Not a number",
            "error_message": "Write digits only.",
        }
    if column.most_words:
        cell = f"{xl_col_to_name(number)}{HEAD_ROW + 2}"
        words = f'LEN(TRIM({cell}))-LEN(SUBSTITUTE(TRIM({cell})," ",""))'
        return {
            "validate": "custom",
            "value": f"={words}<{column.most_words}",
            "error_title": "Too long",
            "error_message": f"Copy at most {column.most_words} words.",
        }
    return {}


def _height(cells: Sequence[Cell], widths: Sequence[int], most: int) -> int:
    lines = 1
    for cell, width in zip(cells, widths, strict=True):
        text = plain(cell)
        lines = max(lines, sum(1 + len(line) // max(width, 1) for line in text.split("\n")))
    return min(lines, most) * LINE
