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
    data = document.parent / "data"
    for command in (("check", book), ("area", "import", book, "--data", data)):
        ran = cli(*command)
        assert ran.code == 2
        assert "nothing of it is accepted yet" in ran.err
        assert not ran.out
    assert not data.exists()
    accept(book)
    checked = cli("check", book)
    assert checked.code == 0
    assert "Proposed, not reviewed" in " ".join(checked.out.split())
    checked = cli("check", book, "--text", document, "--format", "csv")
    assert evidenced(checked.out) == [DUTY]
    taken = cli("area", "import", book, "--data", data, "--text", document)
    assert taken.code == 0
    assert "1 row of Statements" in taken.out
    assert "masagraph quotes" in taken.out.splitlines()[-1]
    ran = cli("assess", "kent", "--edition", "wt2023", "--data", data, "--format", "csv")
    assert evidenced(ran.out) == [DUTY]
    quotes = document.parent / "sources"
    quotes.mkdir()
    document.rename(quotes / document.name)
    assert "1 of 1 phrases" in found(cli, quotes, data)


def accept(book: Path) -> None:
    """Accept the document, and the first row of one duty."""
    by = {
        "Decision": "accept", "Decided by": "business manager or unit",
        "Decided on": date(2026, 11, 20),
    }  # fmt: skip
    workbook = openpyxl.load_workbook(book)
    sheet = workbook["Documents"]
    heads = {str(cell.value): cell.column for cell in sheet[3] if cell.value}
    for head, value in by.items():
        sheet.cell(4, heads[head]).value = value
    sheet = workbook["Statements"]
    heads = {str(cell.value): cell.column for cell in sheet[3] if cell.value}
    row = next(
        n for n in range(4, sheet.max_row + 1)
        if sheet.cell(n, heads["Duty"]).value == DUTY and sheet.cell(n, heads["Phrase"]).value
    )  # fmt: skip
    for head, value in {
        **by, "Standing": "local arrangement", "Answers it": "wholly",
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


def test_what_is_there_is_not_written_over(cli, document: Path) -> None:
    book, text = document.parent / "kent.xlsx", document.parent / "text.txt"
    command = ("area", "draft", "--area", "kent", "--document", document, "--output", book)
    assert cli(*command, "--text", text).code == 0
    before = book.read_bytes(), text.read_bytes()
    ran = cli(*command)
    assert ran.code == 2
    assert "kent.xlsx is there already, and the decisions in it would be lost" in ran.err
    book.rename(document.parent / "kept.xlsx")
    ran = cli(*command, "--text", text)
    assert ran.code == 2
    assert "text.txt is there already" in ran.err
    assert not book.exists()
    assert cli(*command, "--text", text, "--replace").code == 0
    assert (book.read_bytes(), text.read_bytes()) == before


def test_document_workbook_and_text_are_three_files(cli, document: Path) -> None:
    same = document.parent / "same.xlsx"
    same.write_bytes(document.read_bytes())
    link = document.parent / "link.xlsx"
    link.symlink_to(same)
    new = document.parent / "new.xlsx"
    for given, output, text in (
        (same, same, None), (same, link, None), (document, new, document), (document, new, new),
    ):  # fmt: skip
        more = ("--text", text) if text else ()
        ran = cli("area", "draft", "--area", "kent", "--document", given, "--output", output,
                  "--replace", *more)  # fmt: skip
        assert ran.code == 2
        assert "are one file" in ran.err
    assert same.read_bytes() == document.read_bytes() == TEXT.encode()
    assert not new.exists()


def test_a_text_goes_with_a_workbook(cli, document: Path) -> None:
    draft = document.parent / "draft.ttl"
    draft.write_text("", encoding="utf-8")
    ran = cli("check", draft, "--text", document)
    assert ran.code == 2
    assert "--text goes with a workbook" in ran.err


def test_a_document_that_is_not_there_is_told(cli, tmp_path: Path) -> None:
    ran = cli("area", "draft", "--area", "kent", "--document", tmp_path / "no.pdf",
              "--output", tmp_path / "kent.xlsx")  # fmt: skip
    assert ran.code == 2
    assert "cannot be read" in ran.err
