"""From a document to a workbook, a review, data and findings: only what is accepted counts."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

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
from masagraph.authoring.imported import FaultyWorkbook, import_workbook
from masagraph.authoring.quoted import SourceText, stands_in
from masagraph.authoring.told import tell
from masagraph.authoring.written import HEAD_ROW, write_template
from masagraph.dataset.files import read_folder
from masagraph.dataset.quotes import check_quotes
from masagraph.drafting import ranking
from masagraph.drafting.draft import Drafted, tell_draft
from masagraph.drafting.phrases import LONGEST
from masagraph.errors import DataError
from masagraph.resources import Resources
from masagraph.store.embedded import EmbeddedStore

Rows = list[dict[str, object]]
HEADS = HEAD_ROW + 1
ACCEPTED: dict[str, object] = {
    "Decision": "accept", "Decided by": "business manager or unit",
    "Decided on": date(2026, 11, 20),
}  # fmt: skip
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


def reviewed(
    data: bytes,
    decide: Callable[[dict[str, object]], dict[str, object]],
    sheets: tuple[str, ...] = ("Statements",),
    documents: bool = True,
) -> bytes:
    """Go through the rows of sheets, as somebody does in a spreadsheet program.

    The document itself is accepted, unless told otherwise.
    """
    book = openpyxl.load_workbook(BytesIO(data))
    for title in sheets:
        go_through(book[title], decide)
    if documents:
        go_through(book["Documents"], lambda cells: ACCEPTED if cells["Title"] else {})
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def go_through(sheet: Any, decide: Callable[[dict[str, object]], dict[str, object]]) -> None:
    """Change cells of each row of a sheet."""
    heads = {str(cell.value): cell.column for cell in sheet[HEADS] if cell.value}
    for row in range(HEADS + 1, sheet.max_row + 1):
        cells = {head: sheet.cell(row, column).value for head, column in heads.items()}
        for head, value in decide(cells).items():
            sheet.cell(row, heads[head]).value = value


def accept(duties: tuple[str, ...]) -> Callable[[dict[str, object]], dict[str, object]]:
    """Accept the first row of each of some duties, as what wholly shows it."""
    left = list(duties)

    def decide(cells: dict[str, object]) -> dict[str, object]:
        if cells.get("Duty") not in left or not cells["Phrase"]:
            return {}
        left.remove(str(cells["Duty"]))
        return {
            **ACCEPTED, "Standing": "local arrangement", "Answers it": "wholly",
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
    assert row["decision"] == "proposed"
    assert row["found"]


def test_the_same_document_gives_the_same_bytes(
    draft: Callable[..., Drafted], drafted: Drafted, plain: bytes
) -> None:
    assert write_template(draft(plain).filled) == write_template(drafted.filled)


@pytest.mark.parametrize(
    "decide",
    [
        pytest.param(lambda cells: {}, id="untouched"),
        pytest.param(
            lambda cells: {"Decision": None} if cells["Decision"] else {}, id="decisions emptied"
        ),
        pytest.param(accept(TEN), id="rows accepted, and not their document"),
    ],
)
def test_a_draft_of_which_nobody_accepted_the_document_is_refused(
    drafted: Drafted, store: EmbeddedStore, resources: Resources,
    decide: Callable[[dict[str, object]], dict[str, object]],
) -> None:  # fmt: skip
    sheets = ("Statements", "Seats", "Posts", "Bodies", "Lines", "Documents")
    data = reviewed(write_template(drafted.filled), decide, sheets, documents=False)
    with pytest.raises(DataError, match="nothing of it is accepted yet"):
        found(store, data, resources)


def test_a_document_of_which_nobody_was_asked_is_no_reason_to_count_a_draft(
    drafted: Drafted, store: EmbeddedStore, resources: Resources
) -> None:
    """Drafts of older versions have no decision on the sheet of documents."""

    def older(cells: dict[str, object]) -> dict[str, object]:
        return {"Decision": None, "How it was found": None} if cells["Title"] else {}

    data = reviewed(write_template(drafted.filled), older, ("Documents",), documents=False)
    with pytest.raises(DataError, match="nothing of it is accepted yet"):
        import_workbook(data, "kent.xlsx", store, resources)


def test_a_row_of_a_program_without_a_decision_is_left_and_told(
    drafted: Drafted, store: EmbeddedStore, resources: Resources
) -> None:
    def empty(cells: dict[str, object]) -> dict[str, object]:
        return {"Decision": None} if cells["Decision"] else {}

    sheets = ("Posts", "Seats", "Bodies", "Lines", "Relevant agencies", "Statements")
    data = reviewed(write_template(drafted.filled), empty, sheets)
    imported = import_workbook(data, "kent.xlsx", store, resources)
    assert not imported.taken.proposed
    assert set(imported.taken.counts) == {"Documents", "Arrangements", "Partnerships"}
    left = [str(note) for note in imported.taken.left]
    assert any(each.startswith("Posts!") and "no decision yet" in each for each in left)
    assert any(each.startswith("Seats!") and "no decision yet" in each for each in left)


def test_who_accepted_a_post_and_a_document_is_kept(
    drafted: Drafted, store: EmbeddedStore, resources: Resources
) -> None:
    def decide(cells: dict[str, object]) -> dict[str, object]:
        return ACCEPTED if cells["Short name"] == "chief-constable-police" else {}

    data = reviewed(write_template(drafted.filled), decide, ("Posts",))
    imported = import_workbook(data, "kent.xlsx", store, resources)
    text = "\n".join(each.text for each in imported.files)
    assert text.count("masa:decidedBy masa:BusinessUnitDecider") == 2
    assert text.count('masa:decidedOn "2026-11-20"^^xsd:date') == 2


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"Decided by": None}, r"Decided by is empty"),
        ({"Decided on": None}, r"Decided on is empty"),
        ({"Decided on": date(2199, 1, 1)}, r"2199-01-01 is still to come"),
    ],
)
@pytest.mark.parametrize("sheet", ["Documents", "Posts", "Statements"])
def test_an_acceptance_needs_who_and_when(
    drafted: Drafted, store: EmbeddedStore, resources: Resources,
    sheet: str, cells: dict[str, object], said: str,
) -> None:  # fmt: skip
    left = [1]

    def decide(row: dict[str, object]) -> dict[str, object]:
        if not row["Decision"] or (sheet == "Statements" and not row["Phrase"]) or not left:
            return {}
        left.clear()
        return {**ACCEPTED, **({"Answers it": "partly"} if "Phrase" in row else {}), **cells}

    documents = sheet != "Documents"
    data = reviewed(write_template(drafted.filled), decide, (sheet,), documents)
    with pytest.raises(FaultyWorkbook, match=said) as caught:
        import_workbook(data, "kent.xlsx", store, resources)
    assert re.search(rf"{sheet}![A-Z]+\d+", caught.value.line())


def test_each_phrase_that_is_proposed_stands_in_its_passage(drafted: Drafted) -> None:
    rows = [row for row in proposals(drafted) if row.get("phrase") and row.get("passage")]
    assert rows
    assert [r for r in rows if not stands_in(str(r["passage"]), str(r["phrase"]))] == []


def test_words_that_are_not_those_of_the_document_are_refused(
    drafted: Drafted, store: EmbeddedStore, resources: Resources, plain: bytes
) -> None:
    def decide(phrase: str, passage: bool) -> Callable[[dict[str, object]], dict[str, object]]:
        taking = accept(TEN[:1])

        def change(cells: dict[str, object]) -> dict[str, object]:
            taken = taking(cells)
            more = {} if passage else {"Passage": None}
            return {**taken, "Phrase": phrase, **more} if taken else {}

        return change

    book = write_template(drafted.filled)
    wrong = "words that never stood in any document"
    data = reviewed(book, decide(wrong, passage=True))
    with pytest.raises(FaultyWorkbook, match="do not stand in the cell Passage") as caught:
        import_workbook(data, "kent.xlsx", store, resources)
    assert "Statements!D" in caught.value.line()
    # Without the passage it is for the text itself to tell.
    data = reviewed(book, decide(wrong, passage=False))
    import_workbook(data, "kent.xlsx", store, resources)
    text = SourceText("page.txt", plain)
    with pytest.raises(FaultyWorkbook, match=r"do not stand in page\.txt"):
        import_workbook(data, "kent.xlsx", store, resources, [text])
    data = reviewed(book, decide("The KSCP has appointed an\nindependent scrutineer", True))
    import_workbook(data, "kent.xlsx", store, resources, [text])
    with pytest.raises(DataError, match="has the fingerprint of this text"):
        import_workbook(data, "kent.xlsx", store, resources, [SourceText("no.txt", b"no")])


def test_the_likest_rows_come_first_and_duties_without_words_last(drafted: Drafted) -> None:
    rows = rows_of(drafted, "Statements")
    decided = [bool(row.get("decision")) for row in rows]
    assert decided == sorted(decided, reverse=True)
    scores: dict[str, float] = {}
    for row in proposals(drafted):
        if row.get("duty"):
            score = row["score"]
            assert isinstance(score, int)
            scores[str(row["duty"])] = max(score, scores.get(str(row["duty"]), 0))
    assert list(scores.values()) == sorted(scores.values(), reverse=True)


def test_one_is_told_as_one(drafted: Drafted) -> None:
    told = tell_draft(drafted)
    assert "1 row of Documents." in told
    assert not re.search(r"\b1 (rows|pages|passages|duties)\b", told)


def test_nothing_that_is_not_reviewed_counts(
    drafted: Drafted, store: EmbeddedStore, resources: Resources
) -> None:
    data = reviewed(write_template(drafted.filled), lambda cells: {})
    made = found(store, data, resources)
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
    assert "A gap there may only mean that nobody has decided yet" in tell(imported)
    assert "masagraph quotes" in tell(imported).splitlines()[-1]
    write_files(imported.files, tmp_path / "data", replace=False)
    files = read_folder(tmp_path / "data", "data")
    written = "\n".join(each.text for each in files)
    assert written.count('masa:decidedOn "2026-11-20"^^xsd:date') == len(TEN) + 1  # the document
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


def test_words_that_show_a_seat_say_why_they_have_a_weaker_standing(
    draft: Callable[..., Drafted], plain: bytes
) -> None:
    more = b"\n\nThe delegated safeguarding partners are:\n\n- Police: Assistant Chief Constable\n"
    rows = [row for row in proposals(draft(plain + more)) if row.get("shows")]
    weaker = [row for row in rows if row["standing"] != "local arrangement"]
    assert weaker
    for row in weaker:
        assert "If they say who has the role here, it is local arrangement." in str(row["found"])
