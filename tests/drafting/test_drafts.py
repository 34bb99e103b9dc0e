"""From a document to a workbook, a review, data and findings: only what is accepted counts."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path

import docx
import openpyxl
import pytest
import typst

from drafting import SOURCES
from masagraph.assessment.assess import assess
from masagraph.assessment.check import area_of_draft, with_draft
from masagraph.assessment.findings import Assessment
from masagraph.assessment.names import choose_editions
from masagraph.authoring.checked import draft_of, with_proposals
from masagraph.authoring.folder import write_files
from masagraph.authoring.imported import import_workbook
from masagraph.authoring.told import tell
from masagraph.authoring.written import HEAD_ROW, write_template
from masagraph.dataset.files import read_folder
from masagraph.dataset.quotes import check_quotes
from masagraph.drafting import ranking
from masagraph.drafting.draft import Drafted, tell_draft
from masagraph.drafting.phrases import LONGEST
from masagraph.resources import Resources
from masagraph.store.embedded import EmbeddedStore

Rows = list[dict[str, object]]
HEADS = HEAD_ROW + 1
TEN = (
    "wt2023-independent-scrutiny", "wt2023-report-accessible", "wt2023-education-named",
    "wt2023-dsp-feedback", "wt2023-dsp-delivery-assurance", "wt2023-lsp-agency-clarity",
    "wt2023-purpose-outcomes", "wt2023-report-impact", "wt2023-report-feedback",
    "wt2023-lsp-strategic-direction",
)  # fmt: skip
"""Duties whose finding rests on words alone."""


def rows_of(drafted: Drafted, table: str) -> Rows:
    kind = next(t.kind for t in drafted.filled.layout.tables if t.title == table)
    return [dict(row) for row in drafted.filled.rows[kind]]


def proposals(drafted: Drafted) -> Rows:
    return [row for row in rows_of(drafted, "Statements") if row.get("decision") == "proposed"]


def reviewed(data: bytes, decide: Callable[[dict[str, object]], dict[str, object]]) -> bytes:
    """Go through the statements, as somebody does in a spreadsheet program."""
    book = openpyxl.load_workbook(BytesIO(data))
    sheet = book["Statements"]
    heads = {str(cell.value): cell.column for cell in sheet[HEADS] if cell.value}
    for row in range(HEADS + 1, sheet.max_row + 1):
        cells = {head: sheet.cell(row, column).value for head, column in heads.items()}
        for head, value in decide(cells).items():
            sheet.cell(row, heads[head]).value = value
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def accept(duties: tuple[str, ...]) -> Callable[[dict[str, object]], dict[str, object]]:
    """Accept the first row of each of some duties, as what wholly shows it."""
    left = list(duties)

    def decide(cells: dict[str, object]) -> dict[str, object]:
        if cells["Duty"] not in left or not cells["Phrase"]:
            return {}
        left.remove(str(cells["Duty"]))
        return {
            "Decision": "accept", "Standing": "local arrangement", "Answers it": "wholly",
            "Decided by": "business manager or unit", "Decided on": date(2026, 11, 20),
        }  # fmt: skip

    return decide


def found(store: EmbeddedStore, data: bytes, resources: Resources) -> Assessment:
    imported, files = draft_of(data, "kent.xlsx", store, resources)
    draft = with_draft(store, files, resources)
    area, _ = area_of_draft(draft, files)
    chosen = choose_editions(draft, "wt2023", imported.scope.as_at)
    made = assess(draft, area, chosen, imported.scope.as_at, "draft")
    return with_proposals(made, imported)


@pytest.mark.parametrize(
    ("duty", "words"),
    [
        ("wt2023-independent-scrutiny", "The KSCP has appointed an independent scrutineer"),
        ("wt2023-pub-funding", "agree the funding of the KSCP each year"),
        ("wt2023-report-accessible", "transparent and easily accessible to families"),
        ("wt2023-education-strategic-inclusion", "Schools and colleges in Kent sit on"),
        ("wt2023-equal-joint-duty", "They have equal and joint responsibility"),
    ],
)
def test_the_passage_that_answers_a_duty_is_among_its_rows(
    drafted: Drafted, duty: str, words: str
) -> None:
    rows = [row for row in proposals(drafted) if row.get("duty") == duty]
    assert len(rows) <= 3
    assert any(words in str(row["passage"]) for row in rows)
    assert all(row["question"] for row in rows)


def test_a_phrase_has_at_most_twelve_words_and_stands_in_the_text(
    drafted: Drafted, plain: bytes
) -> None:
    text = " ".join(plain.decode().split())
    phrases = [str(row["phrase"]) for row in proposals(drafted) if row.get("phrase")]
    assert len(phrases) > 30
    for phrase in phrases:
        assert len(phrase.split()) <= LONGEST
        assert phrase in text


def test_what_may_be_a_name_is_nowhere_in_the_workbook(drafted: Drafted) -> None:
    book = openpyxl.load_workbook(BytesIO(write_template(drafted.filled)))
    cells = (str(c) for sheet in book for row in sheet.iter_rows(values_only=True) for c in row)
    assert not [cell for cell in cells if re.search("Quillon|Vantreese", cell)]
    (lead,) = [row for row in rows_of(drafted, "Seats") if row["name"] == "lead-police"]
    assert lead["holder"] == "named"
    assert lead["post"] == "chief-constable-police"


@pytest.mark.parametrize(
    ("words", "standing"),
    [
        ("The KSCP publishes its yearly report on its website each September",
         "local arrangement"),
        ("A new formula for what each pays will be agreed", "commitment only"),
        ("The yearly report should be transparent and easily accessible", "guidance restated"),
        ("There is currently no version of it for young people", "stated absent"),
        ("Independent scrutiny", "heading only"),
        ("Early years settings are asked for their views each term", "guidance restated"),
    ],
)  # fmt: skip
def test_a_standing_is_proposed_by_who_acts_and_how_it_is_said(
    drafted: Drafted, words: str, standing: str
) -> None:
    document = drafted.document
    place = next(n for n, each in enumerate(document.sentences) if each.text.startswith(words))
    label = drafted.filled.words.labels[document.standing(place).standing]
    assert label == standing


def test_seats_bodies_and_lines_are_proposed(drafted: Drafted) -> None:
    seats = {row["name"]: row["post"] for row in rows_of(drafted, "Seats") if row.get("post")}
    assert seats == {
        "lead-police": "chief-constable-police",
        "lead-local-authority": "chief-executive-local-authority",
        "lead-health": "chief-executive-health",
        "independent-scrutineer": "independent-scrutineer",
    }
    bodies = {row["label"]: row["kind"] for row in rows_of(drafted, "Bodies")}
    assert bodies == {
        "Kent Executive Board": "executive",
        "Education Safeguarding Group": "sub-group",
    }
    lines = [(row["from"], row["kind"], row["to"]) for row in rows_of(drafted, "Lines")]
    assert lines == [("education-safeguarding-group", "reports to", "kent-executive-board")]


def test_the_document_is_dated_by_its_text_and_never_said_to_be_read_whole(
    drafted: Drafted,
) -> None:
    (row,) = rows_of(drafted, "Documents")
    assert (row["from"], row["basis"]) == (date(2025, 3, 3), "issued")
    assert row["extent"] == "parts only"
    assert "not reviewed" in str(row["comment"])


def test_the_same_document_gives_the_same_bytes(
    draft: Callable[..., Drafted], drafted: Drafted, plain: bytes
) -> None:
    assert write_template(draft(plain).filled) == write_template(drafted.filled)


def test_nothing_that_is_not_reviewed_counts(
    drafted: Drafted, store: EmbeddedStore, resources: Resources
) -> None:
    made = found(store, write_template(drafted.filled), resources)
    assert {f.outcome for f in made.findings} <= {"NotFoundInTextHeld", "NotTested"}
    notes = {f.duty: [note.message for note in f.notes] for f in made.findings}
    (said,) = (n for n in notes["wt2023-pub-funding"] if "Proposed" in n)
    number = sum(row.get("duty") == "wt2023-pub-funding" for row in proposals(drafted))
    assert said.startswith(f"Proposed, not reviewed: {number} row")
    asked = {str(row["duty"]) for row in proposals(drafted) if row.get("duty")}
    assert {duty for duty, said in notes.items() if any("Proposed" in n for n in said)} == asked


@pytest.mark.parametrize("file", ["page.txt", "page.pdf", "page.docx"])
def test_ten_accepted_rows_are_the_duties_that_are_evidenced(
    file: str,
    forms: dict[str, bytes],
    draft: Callable[..., Drafted],
    store: EmbeddedStore,
    resources: Resources,
    tmp_path: Path,
) -> None:
    drafted = draft(forms[file], file)
    data = reviewed(write_template(drafted.filled), accept(TEN))
    made = found(store, data, resources)
    assert {f.duty for f in made.findings if f.outcome == "Evidenced"} == set(TEN)
    imported = import_workbook(data, "kent.xlsx", store, resources)
    assert "rows of Statements" in tell(imported)
    write_files(imported.files, tmp_path / "data", replace=False)
    files = read_folder(tmp_path / "data", "data")
    written = "\n".join(each.text for each in files)
    assert written.count('masa:decidedOn "2026-11-20"^^xsd:date') == len(TEN)
    assert written.count("a masa:Statement") == len(TEN)
    sources = tmp_path / "sources"
    sources.mkdir()
    kept = forms[file] if drafted.document.text.as_stands else drafted.document.text.raw.encode()
    (sources / "text.txt").write_bytes(kept)
    quotes = list(check_quotes(files, sources))
    assert len(quotes) == len(TEN)
    assert all(quote.found for quote in quotes)


def test_without_word_vectors_words_alone_count_and_it_says_so(
    draft: Callable[..., Drafted], plain: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(texts: object) -> None:
        raise ImportError

    monkeypatch.setattr(ranking, "vectors_of", missing)
    monkeypatch.setattr("masagraph.drafting.standing.vectors_of", missing)
    made = draft(plain)
    assert not made.by_sense
    assert "sense was left out" in tell_draft(made)
    first = next(r for r in proposals(made) if r["duty"] == "wt2023-independent-scrutiny")
    assert "scrutin" in str(first["passage"]).casefold()


SOURCE = SOURCES / "001_220338f84abdfd9f.txt"


def as_form(text: str, suffix: str) -> bytes:
    """A text in another form, a paragraph a line."""
    lines = [line for line in text.splitlines() if line.strip()]
    if suffix == "txt":
        return text.encode()
    if suffix == "pdf":
        parts = (f"#{json.dumps(line, ensure_ascii=False)}" for line in lines)
        return typst.compile("\n\n".join(parts).encode())
    book = docx.Document()
    for line in lines:
        book.add_paragraph(line)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.skipif(not SOURCE.is_file(), reason="the text is not held here")
@pytest.mark.parametrize("suffix", ["txt", "pdf", "docx"])
def test_ten_rows_of_a_real_page_are_the_duties_that_are_evidenced(
    suffix: str, draft: Callable[..., Drafted], store: EmbeddedStore, resources: Resources
) -> None:
    text = SOURCE.read_bytes()
    data = text if suffix == "txt" else as_form(text.decode(), suffix)
    drafted = draft(data, f"page.{suffix}")
    book = write_template(drafted.filled)
    every = tuple(dict.fromkeys(str(r["duty"]) for r in proposals(drafted) if r.get("duty")))
    # Some duties ask for seats as well as words: ten that words alone can show.
    can = found(store, reviewed(book, accept(every)), resources)
    ten = tuple(sorted(f.duty for f in can.findings if f.outcome == "Evidenced"))[:10]
    assert len(ten) == 10
    made = found(store, reviewed(book, accept(ten)), resources)
    assert tuple(sorted(f.duty for f in made.findings if f.outcome == "Evidenced")) == ten
