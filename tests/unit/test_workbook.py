"""Workbooks: a cell is text or a number, never a formula, and what is left out is said."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import date
from itertools import pairwise

import openpyxl
import pyoxigraph as ox
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from masagraph.report import workbook
from masagraph.report.workbook import (
    CUT,
    MOST_CHARACTERS,
    Cell,
    Column,
    Link,
    Made,
    Part,
    Sheet,
    Workbook,
    held_text,
    write_workbook,
)
from masagraph.report.workbook_lists import term_cell
from masagraph.report.workbook_words import NOWHERE

DAY = date(2026, 11, 22)
HOSTILE = (
    "=1+1",
    "+1+1",
    "-1-x",
    "@sum(A1)",
    "\t=1",
    '=HYPERLINK("http://x","y")',
    "{=SUM(1)}",
    "http://not-a-link.example/",
    "internal:Sheet1!A1",
    "a name, with a comma",
    'a "quoted" name',
    "two\nlines",
    "<script>&amp;</script>",
    "]]>",
    "é – ’ 日本 🙂",
    "\u202eerihs\u202c",
    "'apostrophe",
    " blanks at both ends ",
    "_x0041_ as it is",
    "1",
    "0012",
    "TRUE",
    "x" * MOST_CHARACTERS,
)


def made(rows: Sequence[Sequence[Cell]], columns: int = 1, **more: bool) -> Made:
    heads = tuple(Column(f"Head {number}", 12) for number in range(columns))
    sheet = Sheet("Rows", "Some rows.", heads, rows, **more)
    return write_workbook(Workbook("A title", DAY, [Part("What", [("a", "b")])], [sheet]))


def read(found: Made) -> tuple[Worksheet, Worksheet]:
    book = openpyxl.load_workbook(io.BytesIO(found.content))
    assert book.sheetnames == ["Read me", "Rows"]
    return book["Read me"], book["Rows"]


def column(sheet: Worksheet) -> list[object]:
    return [row[0].value for row in sheet.iter_rows(min_row=2)]


def told(read_me: Worksheet) -> str:
    rows = read_me.iter_rows(values_only=True)
    return "\n".join(" ".join(str(value) for value in row if value) for row in rows)


def test_hostile_text_stays_text() -> None:
    found = made([[text] for text in HOSTILE])
    _, sheet = read(found)
    assert column(sheet) == list(HOSTILE)
    assert {cell.data_type for row in sheet.iter_rows(min_row=2) for cell in row} == {"s"}
    assert not any(cell.hyperlink for row in sheet.iter_rows() for cell in row)
    xml = zipfile.ZipFile(io.BytesIO(found.content)).read("xl/worksheets/sheet2.xml")
    assert b"<f>" not in xml


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t"])
def test_what_looks_like_a_formula_stays_text_when_it_is_edited(start: str) -> None:
    _, sheet = read(made([[f"{start}1+1"], ["plain"]]))
    assert sheet["A2"].quotePrefix
    assert not sheet["A3"].quotePrefix


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("nought \0 here", "nought ␀ here"),
        ("bell \x07", "bell ␇"),
        ("delete \x7f", "delete ␡"),
        ("half \ud800 a mark", "half \ufffd a mark"),
        ("no character \uffff", "no character \ufffd"),
        ("a\r\nb\rc", "a\nb\nc"),
    ],
)
def test_what_xml_cannot_hold_leaves_a_mark(text: str, held: str) -> None:
    _, sheet = read(made([[text]]))
    assert column(sheet) == [held]


@pytest.mark.parametrize("text", ["x" * (MOST_CHARACTERS + 1), "🙂" * MOST_CHARACTERS, "x" * 10**6])
def test_what_is_too_long_is_cut_and_says_so(text: str) -> None:
    cut = held_text(text)
    assert cut.endswith(CUT)
    assert len(cut.encode("utf-16-le")) // 2 <= MOST_CHARACTERS
    assert text.startswith(cut.removesuffix(CUT))
    assert len(cut.removesuffix(CUT)) > MOST_CHARACTERS // 2 - len(CUT)
    _, sheet = read(made([[text]]))
    assert column(sheet) == [cut]


def test_numbers_dates_and_truths_are_such() -> None:
    values: list[Cell] = [7, 2.5, DAY, True, False, None, 10**20, float("nan"), date(1604, 5, 1)]
    _, sheet = read(made([[value, "x"] for value in values], 2))
    found = column(sheet)
    assert found[:2] == [7, 2.5]
    assert found[2].date() == DAY  # type: ignore[attr-defined]
    assert found[3:6] == ["yes", "no", None]
    # Excel would round the one, has no word for the other, and knows no day before 1900.
    assert found[6:] == ["100000000000000000000", "nan", "1604-05-01"]


@pytest.mark.parametrize(
    ("text", "kind", "held"),
    [
        ("-5", "integer", -5),
        ("+-5", "integer", "+-5"),
        ("²", "integer", "²"),
        ("1234567890123456", "integer", "1234567890123456"),
        ("2.50", "decimal", 2.5),
        ("9007199254740993.5", "decimal", "9007199254740993.5"),
        ("1e400", "double", float("inf")),
        ("0.30000000000000004", "double", 0.1 + 0.2),
        ("many", "decimal", "many"),
        ("2026-13-01", "date", "2026-13-01"),
    ],
)
def test_numbers_that_no_sheet_can_hold_stay_text(text: str, kind: str, held: Cell) -> None:
    datatype = ox.NamedNode(f"http://www.w3.org/2001/XMLSchema#{kind}")
    assert term_cell(ox.Literal(text, datatype=datatype), NOWHERE) == held


def test_links_lead_out_by_http_only() -> None:
    cells = [
        Link("a page", "https://gaps.example/areas/kent?as_at=2026-11-22#x"),
        Link("a name, & more", 'http://x.example/"<a>'),
        Link("a script", "javascript:alert(1)"),
        Link("a file", "external:c:\\secrets.xlsx"),
        Link("a place", "internal:'Read me'!A1"),
        Link("no address", None),
        Link("far too long", "https://x.example/" + "a" * 3_000),
    ]
    _, sheet = read(made([[cell] for cell in cells]))
    assert column(sheet) == [cell.text for cell in cells]
    shown = [sheet.cell(row, 1).hyperlink for row in range(2, 9)]
    assert [bool(link) for link in shown] == [True, True, False, False, False, False, False]
    first = shown[0]
    assert first is not None
    assert f"{first.target}#{first.location}" == cells[0].url


def test_more_links_than_a_sheet_can_hold_are_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MOST_LINKS", 2)
    _, sheet = read(made([[Link(f"page {n}", f"https://x.example/{n}")] for n in range(4)]))
    assert column(sheet) == ["page 0", "page 1", "page 2", "page 3"]
    assert [bool(sheet.cell(row, 1).hyperlink) for row in range(2, 6)] == [True, True, False, False]


def test_more_rows_than_it_can_hold_are_left_out_and_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MOST_CELLS", 6)
    whole = made([[n, n] for n in range(3)], 2)
    assert not whole.cut
    assert "CUT" not in told(read(whole)[0])
    found = made([[n, n] for n in range(4)], 2)
    assert found.cut
    read_me, sheet = read(found)
    assert column(sheet) == [0, 1, 2, "Cut here at a limit: there are more rows."]
    assert "CUT: 3 rows of 4" in told(read_me)


def test_rows_that_a_query_left_out_are_said_too() -> None:
    found = made([[1]], left_out=True)
    assert found.cut
    read_me, sheet = read(found)
    assert "Cut here" in str(column(sheet)[-1])
    assert "CUT at a limit of the service: the first 1 row" in told(read_me)


def test_the_same_sheets_give_the_same_bytes_and_no_clock_is_in_them() -> None:
    rows = [[text, 1, DAY, Link("x", "https://x.example")] for text in HOSTILE]
    one, other = made(rows, 4), made(rows, 4)
    assert one.content == other.content
    with zipfile.ZipFile(io.BytesIO(one.content)) as packed:
        assert {entry.date_time[0] for entry in packed.infolist()} == {1980}
        core = packed.read("docProps/core.xml").decode()
    assert core.count("2026-11-22T00:00:00Z") == 2


def test_a_table_is_ready_to_be_read() -> None:
    _, sheet = read(made([["a", "b"], ["c", "d"]], 2))
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref == "A1:B3"
    assert sheet["A1"].font.bold
    assert sheet["A2"].alignment.wrap_text
    assert sheet.print_title_rows == "$1:$1"
    assert all(sheet.column_dimensions[name].width > 10 for name in "AB")


def test_rows_are_as_high_as_their_text() -> None:
    """Not every program works it out by itself."""
    _, sheet = read(made([["short"], ["one\ntwo\nthree"], ["word " * 20], ["x" * 30_000]]))
    heights = [sheet.row_dimensions[row].height for row in range(2, 6)]
    assert heights[0] in (None, 15)  # 15 is what a row has anyway
    assert heights[1] == 45
    assert 100 < heights[2] <= heights[3]
    assert heights[3] < 200, "a row stays one of many"


def test_a_sheet_without_rows_is_a_sheet() -> None:
    found = made([])
    read_me, sheet = read(found)
    assert column(sheet) == []
    assert sheet["A1"].value == "Head 0"
    assert "0 rows" in told(read_me)
    assert not found.cut


def test_the_first_sheet_says_what_the_others_are() -> None:
    text = told(read(made([["a"]]))[0])
    assert text.startswith("A title")
    lines = text.splitlines()
    assert any(line == "Rows Some rows. 1 row." for line in lines)
    assert all(not (a.startswith("Sheets") and b == "") for a, b in pairwise(lines))
