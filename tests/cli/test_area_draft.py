"""``masagraph area draft``: from a document to a gap report, as a new user goes."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest

TEXT = """How we work together for children in Kent

The Kent Safeguarding Children Partnership (KSCP) is led by Kent County Council, Kent Police and NHS
Kent and Medway Integrated Care Board. They meet four times a year.

Independent scrutiny

The KSCP has an independent scrutineer, who reads audits and reports to the Kent Executive Board.

Feedback from families

The KSCP asks children and families in Kent for feedback each term, and tells them what came of it.
"""
DUTY = "wt2023-dsp-feedback"


@pytest.fixture
def document(tmp_path: Path) -> Path:
    path = tmp_path / "how-we-work.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_a_document_is_drafted_reviewed_checked_and_taken(cli, document: Path) -> None:
    book = document.parent / "kent.xlsx"
    ran = cli("area", "draft", "--area", "kent", "--document", document, "--output", book)
    assert ran.code == 0
    assert "Proposed, not reviewed" in ran.err
    checked = cli("check", book)
    assert checked.code == 0
    assert "Proposed, not reviewed" in " ".join(checked.out.split())
    accept(book)
    checked = cli("check", book, "--format", "csv")
    assert evidenced(checked.out) == [DUTY]
    data = document.parent / "data"
    taken = cli("area", "import", book, "--data", data)
    assert taken.code == 0
    assert "1 row of Statements" in taken.out
    ran = cli("assess", "kent", "--edition", "wt2023", "--data", data, "--format", "csv")
    assert evidenced(ran.out) == [DUTY]
    quotes = document.parent / "sources"
    quotes.mkdir()
    document.rename(quotes / document.name)
    assert "1 of 1 phrases" in found(cli, quotes, data)


def accept(book: Path) -> None:
    """Accept the first row of one duty."""
    workbook = openpyxl.load_workbook(book)
    sheet = workbook["Statements"]
    heads = {str(cell.value): cell.column for cell in sheet[3] if cell.value}
    row = next(
        n for n in range(4, sheet.max_row + 1)
        if sheet.cell(n, heads["Duty"]).value == DUTY and sheet.cell(n, heads["Phrase"]).value
    )  # fmt: skip
    for head, value in {
        "Decision": "accept", "Standing": "local arrangement", "Answers it": "wholly",
        "Decided by": "business manager or unit", "Decided on": date(2026, 11, 20),
    }.items():  # fmt: skip
        sheet.cell(row, heads[head]).value = value
    workbook.save(book)


def evidenced(csv: str) -> list[str]:
    import csv as tables
    from io import StringIO

    rows = tables.DictReader(StringIO(csv.lstrip("\ufeff")))
    return [row["duty"] for row in rows if row["outcome"] == "Evidenced"]


def found(cli, sources: Path, data: Path) -> str:
    """The line on the phrases of one folder alone: those shipped have their texts elsewhere."""
    from masagraph.dataset.files import read_folder
    from masagraph.dataset.quotes import check_quotes

    quotes = list(check_quotes(read_folder(data, "data"), sources))
    return f"{sum(quote.found for quote in quotes)} of {len(quotes)} phrases"


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"", "a.txt", "the document is empty"),
        (b"%PDF-1.7 and no end", "a.pdf", "damaged or cut short"),
        (b"Ceci est un texte. " * 20, "a.txt", "not seem to be in English"),
    ],
)
def test_what_is_not_read_is_refused_and_nothing_is_written(
    cli, tmp_path: Path, content: bytes, name: str, said: str
) -> None:
    document = tmp_path / name
    document.write_bytes(content)
    book, text = tmp_path / "kent.xlsx", tmp_path / "text.txt"
    ran = cli("area", "draft", "--area", "kent", "--document", document,
              "--output", book, "--text", text)  # fmt: skip
    assert ran.code == 2
    assert said in ran.err
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_a_document_that_is_not_there_is_told(cli, tmp_path: Path) -> None:
    ran = cli("area", "draft", "--area", "kent", "--document", tmp_path / "no.pdf",
              "--output", tmp_path / "kent.xlsx")  # fmt: skip
    assert ran.code == 2
    assert "cannot be read" in ran.err
