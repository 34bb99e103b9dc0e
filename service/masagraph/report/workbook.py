"""Workbooks for Excel: what may stand in a cell, and how sheets become one file.

The same sheets give the same bytes: nothing of the clock or the machine is in them. Text is
never read as a formula or as a link, whatever it looks like.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from io import BytesIO

import xlsxwriter
from xlsxwriter.format import Format as Style
from xlsxwriter.worksheet import Worksheet

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

MOST_CHARACTERS = 32_767
"""Of one cell, as UTF-16 counts them. What is longer is cut, and says so in its end."""

MOST_LINKS = 65_530
"""Of one sheet. What comes after is the address as text."""

LONGEST_LINK = 2_079
"""Characters of an address that Excel can follow."""

LINE = 15
"""Points of a line of text."""

MOST_LINES, SEEN_LINES = 27, 9
"""Lines of the highest row that Excel takes; and of a row of a table, to stay one of many."""

MANY_COLUMNS = 10
"""Of a table with more than these a page is printed on A3."""

MOST_CELLS = 600_000
"""Of one sheet: more take longer to write than a request may. The CSV takes them all."""

MOST_ROWS = 1_048_575
"""Of one sheet, below its first."""

CUT = " … [cut here: a cell of Excel holds no more]"

_UNHELD = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_FORMULA = ("=", "+", "-", "@", "\t")
_EXACT = 2**53
_FIRST_DAY = date(1900, 3, 1)
"""Before it, Excel counts a day that there never was."""


@dataclass(frozen=True, slots=True)
class Link:
    """A text that leads somewhere; only ``http`` and ``https`` do."""

    text: str
    url: str | None


Cell = str | int | float | bool | date | Link | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, and its width in characters."""

    head: str
    width: int = 16


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table of its own.

    Attributes:
        name: on its tab; at most 31 characters.
        about: what it is, in a sentence or two.
        columns: its columns.
        rows: the cells, as many in a row as there are columns.
        fixed: how many columns stay in sight.
        left_out: whether rows had been left out before, because of a limit.
    """

    name: str
    about: str
    columns: tuple[Column, ...]
    rows: Sequence[Sequence[Cell]]
    fixed: int = 1
    left_out: bool = False

    @property
    def held(self) -> int:
        """How many of its rows are written."""
        return min(len(self.rows), MOST_ROWS, MOST_CELLS // len(self.columns))

    @property
    def is_cut(self) -> bool:
        """Whether rows are left out because of a limit."""
        return self.left_out or self.held < len(self.rows)


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the first sheet: a heading, and lines of a name with one or two texts."""

    head: str
    lines: Sequence[tuple[Cell, ...]]


@dataclass(frozen=True, slots=True)
class Workbook:
    """Sheets, with a first one that says what they are.

    Attributes:
        title: what it is.
        day: the day of the data: the file bears it as its date.
        parts: the parts of the first sheet.
        sheets: the others.
    """

    title: str
    day: date
    parts: Sequence[Part]
    sheets: Sequence[Sheet]


@dataclass(frozen=True, slots=True)
class Made:
    """A workbook as bytes, and whether rows were left out of it because of a limit."""

    content: bytes
    cut: bool


READ_ME = "Read me"


def write_workbook(book: Workbook) -> Made:
    """Write a workbook."""
    out = BytesIO()
    writer = xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    writer.set_properties(
        {
            "title": held_text(book.title)[:255],
            "author": "masagraph contributors",
            "created": datetime.combine(book.day, time()),
        }
    )
    styles = _styles(writer)
    _read_me(_Page(writer.add_worksheet(READ_ME), styles), book)
    for sheet in book.sheets:
        _table(_Page(writer.add_worksheet(sheet.name), styles), sheet)
    writer.close()
    return Made(out.getvalue(), any(sheet.is_cut for sheet in book.sheets))


def held_text(text: str) -> str:
    r"""Return a text as a cell can hold it.

    Control characters, which XML cannot hold, become their pictures; halves of a character,
    which nothing can, a mark that something was there. What is too long is cut, and says so.

    >>> held_text("a\x00b\r\nc")
    'a␀b\nc'
    """
    text = _UNHELD.sub(_picture, text.replace("\r\n", "\n").replace("\r", "\n"))
    if _units(text) <= MOST_CHARACTERS:
        return text
    kept = text[: MOST_CHARACTERS - len(CUT)]
    while (over := _units(kept) + len(CUT) - MOST_CHARACTERS) > 0:
        kept = kept[: -(over + 1) // 2]
    return kept + CUT


def _units(text: str) -> int:
    """Return how long a text is for Excel: a character beyond the first plane counts twice.

    No codec is asked, as a query worker could not load one.
    """
    return len(text) + (0 if text.isascii() else sum(mark > "\uffff" for mark in text))


def _picture(found: re.Match[str]) -> str:
    code = ord(found[0])
    if code < 0x20:
        return chr(0x2400 + code)
    return "\u2421" if code == 0x7F else "\ufffd"


def _styles(writer: xlsxwriter.Workbook) -> dict[str, Style]:
    cell = {"text_wrap": True, "valign": "top"}
    return {
        "title": writer.add_format({"bold": True, "font_size": 16}),
        "part": writer.add_format({"bold": True, "font_size": 13, "bottom": 1}),
        "head": writer.add_format({**cell, "bold": True, "bottom": 1, "bg_color": "#E8ECF1"}),
        "name": writer.add_format({**cell, "bold": True}),
        "text": writer.add_format(cell),
        # Typing Enter in a cell would make a formula of it but for this mark.
        "quoted": writer.add_format({**cell, "quote_prefix": True}),
        "number": writer.add_format({"valign": "top"}),
        "date": writer.add_format({"valign": "top", "align": "left", "num_format": "yyyy-mm-dd"}),
        "link": writer.add_format({**cell, "font_color": "#0B4F9E", "underline": 1}),
    }


class _Page:
    """Writes cells to one sheet.

    Args:
        sheet: the sheet.
        styles: how cells look, by name.
    """

    def __init__(self, sheet: Worksheet, styles: dict[str, Style]) -> None:
        self.sheet, self.styles = sheet, styles
        self._links = 0
        sheet.set_paper(9)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_footer("&L&A&RPage &P of &N")

    def put(self, row: int, column: int, cell: Cell, style: str = "") -> None:
        """Write one cell; of no style, that which its kind has."""
        if isinstance(cell, Link):
            self._put_link(row, column, cell)
        elif isinstance(cell, bool):
            self._put_text(row, column, "yes" if cell else "no", style)
        elif isinstance(cell, int | float) and math.isfinite(cell) and abs(cell) <= _EXACT:
            self.sheet.write_number(row, column, cell, self.styles[style or "number"])
        elif isinstance(cell, date) and cell >= _FIRST_DAY:
            day = datetime.combine(cell, time())
            self.sheet.write_datetime(row, column, day, self.styles[style or "date"])
        elif cell is not None:
            self._put_text(row, column, str(cell), style)

    def _put_text(self, row: int, column: int, text: str, style: str) -> None:
        style = style or ("quoted" if text.startswith(_FORMULA) else "text")
        if text:
            self.sheet.write_string(row, column, held_text(text), self.styles[style])

    def _put_link(self, row: int, column: int, link: Link) -> None:
        url = held_text(link.url or "")
        follows = url.startswith(("https://", "http://")) and len(url) <= LONGEST_LINK
        if not follows or self._links >= MOST_LINKS:
            self._put_text(row, column, link.text, "")
            return
        text = held_text(link.text) or url
        # XlsxWriter takes no more than the limit of Excel for an address as it is escaped.
        if self.sheet.write_url(row, column, url, self.styles["link"], text) < 0:
            self._put_text(row, column, link.text, "")
        else:
            self._links += 1


def _text_of(cell: Cell) -> str:
    return cell.text if isinstance(cell, Link) else "" if cell is None else str(cell)


def _height(cells: Sequence[Cell], widths: Sequence[int], most: int = MOST_LINES) -> int:
    """Return how high a row must be for its text to be seen, which not every program finds."""
    lines = 1
    for cell, width in zip(cells, widths, strict=True):
        if isinstance(cell, str | Link):
            text = _text_of(cell)[:MOST_CHARACTERS]
            lines = max(lines, sum(1 + len(line) // width for line in text.split("\n")))
    return min(lines, most) * LINE


_READ_ME_WIDTHS = (34, 72, 72)


def _read_me(page: _Page, book: Workbook) -> None:
    page.sheet.hide_gridlines(2)
    for column, width in enumerate(_READ_ME_WIDTHS):
        page.sheet.set_column(column, column, width)
    page.put(0, 0, book.title, "title")
    page.sheet.set_row(0, 2 * LINE)
    row = 1
    sheets = Part("Sheets", [_told(sheet) for sheet in book.sheets])
    for part in (*book.parts[:1], sheets, *book.parts[1:]):
        row += 1
        page.put(row, 0, part.head, "part")
        for column in (1, 2):
            page.sheet.write_blank(row, column, None, page.styles["part"])
        page.sheet.set_row(row, 20)
        row += 1
        for name, *texts in part.lines:
            page.put(row, 0, name, "" if isinstance(name, Link) else "name")
            for column, text in enumerate(texts, 1):
                page.put(row, column, text)
            page.sheet.set_row(row, _height((name, *texts), _READ_ME_WIDTHS[: 1 + len(texts)]))
            row += 1


def _told(sheet: Sheet) -> tuple[str, str]:
    """Return the name of a sheet with what it is, how many rows it has, and whether it is cut."""
    rows = f"{sheet.held:,} row{'' if sheet.held == 1 else 's'}"
    if sheet.left_out:
        rows = f"CUT at a limit of the service: the first {rows}"
    elif sheet.is_cut:
        rows = f"CUT: {rows} of {len(sheet.rows):,}; the CSV holds them all"
    return sheet.name, f"{sheet.about} {rows}."


def _table(page: _Page, sheet: Sheet) -> None:
    for number, column in enumerate(sheet.columns):
        page.sheet.set_column(number, number, column.width)
        page.put(0, number, column.head, "head")
    widths = [column.width for column in sheet.columns]
    page.sheet.set_row(0, _height([column.head for column in sheet.columns], widths))
    if len(sheet.columns) > MANY_COLUMNS:
        page.sheet.set_paper(8)
    page.sheet.hide_gridlines(0)
    for row, cells in enumerate(sheet.rows[: sheet.held], 1):
        for number, cell in enumerate(cells):
            page.put(row, number, cell)
        page.sheet.set_row(row, _height(cells, widths, SEEN_LINES))
    if sheet.is_cut:
        said = "Cut here at a limit: there are more rows."
        page.put(sheet.held + 1, 0, said, "name")
    page.sheet.freeze_panes(1, sheet.fixed)
    page.sheet.autofilter(0, 0, sheet.held, len(sheet.columns) - 1)
    page.sheet.repeat_rows(0)
