"""CSV: values as they are for programs, safe for spreadsheets."""

from __future__ import annotations

import csv
import io

import pytest

from masagraph.report.csvfile import csv_for_excel, to_csv

DANGEROUS = ["=1+1", "+1+1", "-1-x", "+", "-", "@sum", "\tx", "\rx", '=HYPERLINK("http://x","y")']
HARMLESS = [
    "",
    "a",
    "1",
    "-1",
    "+1.5",
    "-2e-3",
    "a=b",
    " =1",
    "é – ’",
    'say "so"',
    "two\nlines",
    "a,b",
]


def cells(text: str) -> list[str]:
    return [row[0] for row in csv.reader(io.StringIO(text, newline=""))]


def test_values_are_as_they_are() -> None:
    rows = [[cell] for cell in (*DANGEROUS, *HARMLESS)]
    assert cells(to_csv(["x"], rows)) == ["x", *DANGEROUS, *HARMLESS]


def test_for_excel_there_is_a_byte_order_mark_and_no_formula() -> None:
    plain = to_csv(["x"], [[cell] for cell in (*DANGEROUS, *HARMLESS)])
    made = csv_for_excel(plain)
    assert made.startswith(b"\xef\xbb\xbf")
    assert made.count(b"\xef\xbb\xbf") == 1
    assert cells(made.decode("utf-8-sig")) == [
        "x", *(f"'{cell}" for cell in DANGEROUS), *HARMLESS,
    ]  # fmt: skip
    assert b"\r\n" in made


def test_a_semicolon_ends_no_cell() -> None:
    """Some spreadsheets take it for the end, and would read what follows as a formula."""
    made = csv_for_excel(to_csv(["x"], [["a;=1+1"]])).decode("utf-8-sig")
    read = csv.reader(io.StringIO(made, newline=""), delimiter=";")
    assert list(read) == [["x"], ["a;=1+1"]]


@pytest.mark.parametrize("rows", [[], [["a", "b"]]])
def test_the_shape_stays(rows: list[list[str]]) -> None:
    made = csv_for_excel(to_csv(["x", "y"], rows)).decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(made, newline=""))) == [["x", "y"], *rows]


def test_a_very_long_cell() -> None:
    long = "x" * 1_000_000
    assert cells(csv_for_excel(to_csv(["x"], [[long]])).decode("utf-8-sig")) == ["x", long]


def test_nothing_at_all() -> None:
    assert csv_for_excel("").decode("utf-8-sig").strip() == ""
