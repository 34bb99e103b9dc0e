"""PDFs: tagged and the same twice, whatever their texts hold."""

from __future__ import annotations

import io
from datetime import date
from itertools import pairwise
from typing import Any

import pypdf
import pytest
from pypdf.generic import DictionaryObject

from masagraph.report.pack import NOT_THIS, Pack, Read, Told
from masagraph.report.pack_findings import Gap, OutcomeCount, Quote, Shown, Topic
from masagraph.report.pack_lines import Lines, Step
from masagraph.report.pack_pdf import packs_pdf
from masagraph.report.pack_seats import BodyRow, Seat
from masagraph.report.pdf import _FIRST_LAST, LONGEST_TEXT, PdfError, make_pdf, shown
from masagraph.report.printed_matrix import ABREAST, Cell, Line, Part, PrintedMatrix, matrix_pdf
from masagraph.report.terminal import mark

HOSTILE = (
    "#panic() $x$ *bold* _it_ @ref <label> `raw` // c /* c */ = head",
    '#read("/etc/passwd") #import "x.typ" \\ \\u{0}',
    "</text><script>alert(1)</script> &amp; {{ 7*7 }}",
    "line\nbreak\r\n\ttab and \0 nought",
    "\u202eerihselpmaxE\u202c \u200f שלום مرحبا",
    "emoji 😀 👩‍👩‍👧 漢字 ह",
    "a lone half \ud800",
    "x" * 10_000,
    "1. a list? - no: + no / no",
    "“quotes” 'single' \"double\"",
)


def gap(text: str, number: int = 0, words: int = 3) -> Gap:
    quote = Quote(text, text, text, text, text)
    return Gap(
        duty=f"duty-{number}", label=f"{number} {text}", strength="must", asks=text, source=text,
        topic=text, mark="?", outcome="NotFoundInTextHeld", outcome_label=text, description=text,
        looked_for=text, words=(quote,) * words, more=2, details=(text,), would_close=text,
        question=text, long=len(text) > 200,
    )  # fmt: skip


def pack(text: str = "text", many: int = 1, area: str | None = None) -> Pack:
    """A pack in which everything is called the same."""
    gaps = tuple(gap(text, number) for number in range(many))
    deep = Step(text, False, ())
    for _ in range(12):
        deep = Step(text, False, (deep,))
    return Pack(
        slug="exampleshire", area=area or text, gss="E10000099", edition="wt2023", against=text,
        remark=text, as_at="1 June 2024", on="2024-06-01", data_version="2026-11-22-00000000",
        data_date="2026-11-22", duties=many + 2, tested=many + 1, strengths=(("Must", many + 1),),
        counts=(OutcomeCount("?", "NotFoundInTextHeld", text, (many,), many),),
        press=gaps[:5], topics=(Topic("topic", text, gaps),),
        shown=tuple(
            Shown(f"shown-{n}", text, "should", "✓", "Evidenced", text, text, (), 0)
            for n in range(many)
        ),
        untested=((text, (text,) * many),),
        documents=tuple(
            Read(f"doc-{n}", text, text, text, text, text, "https://example.org/" + "a" * 300, text)
            for n in range(many)
        ),
        lines=Lines((deep,), ((text, (text,)),) * many, (text,), ((text, (text,)),)),
        chart=None,
        seats=tuple(Seat(text, text, text, True, text, True, text, text) for _ in range(many)),
        roles=(Seat(text, "", text, False, "", False, "", ""),),
        bodies=tuple(BodyRow(text, text, text) for _ in range(many)),
        tells_names=True, unread=True, told=Told("a@example.org", "https://example.org", "0"),
    )  # fmt: skip


def read(content: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(content))


def text_of(content: bytes) -> str:
    pages = " ".join(page.extract_text() for page in read(content).pages)
    return " ".join(pages.replace("\u200b", "").split())


def followed(content: bytes) -> set[str]:
    """Where the links of a PDF lead."""
    notes = [note.get_object() for page in read(content).pages for note in page.get("/Annots", ())]
    actions = [note["/A"] for note in notes if "/A" in note]  # type: ignore[index,operator]
    return {str(action["/URI"]) for action in actions if "/URI" in action}


def roles_of(reader: pypdf.PdfReader) -> list[str]:
    """The kinds of all elements of the structure, in reading order."""
    found: list[str] = []

    def walk(node: Any) -> None:
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, list):
            for each in node:
                walk(each)
        elif isinstance(node, DictionaryObject):
            if "/S" in node:
                found.append(str(node["/S"]))
            if "/K" in node:
                walk(node["/K"])

    root = reader.trailer["/Root"]
    assert isinstance(root, DictionaryObject)
    walk(root["/StructTreeRoot"]["/K"])  # type: ignore[index]
    return found


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_does_anything(text: str) -> None:
    """Each place of a pack holds it: it is printed, and the document stays well formed."""
    made = packs_pdf([pack(text)])
    assert text_of(made).count(NOT_THIS[0][:40]) == 1
    seen = " ".join(shown(text).replace("\u200b", "").split())
    assert seen[:25].split()[0][:5] in text_of(made)
    assert "/JavaScript" not in str(read(made).trailer)


def test_what_stands_in_markup_is_printed_as_it_is() -> None:
    printed = text_of(packs_pdf([pack(HOSTILE[0], area="Exampleshire")]))
    assert "#panic() $x$ *bold* _it_ @ref <label> `raw` // c /* c */ = head" in printed


def test_unknown_and_unseen_marks() -> None:
    assert shown("a\u202eb\u200f\0c") == "abc"
    assert shown("😀 ok \n next") == "□ ok next"
    assert len(shown("word " * 1000)) <= LONGEST_TEXT
    assert shown("y" * 100).replace("\u200b", "") == "y" * 100
    assert shown("cafe\u0301") == "café"


def test_a_text_that_begins_like_a_drawing_is_a_text() -> None:
    made = text_of(packs_pdf([pack("<svg a\nb " + "x " * 5_000, area="Exampleshire")]))
    assert "<svg a b x" in made
    assert "x " * LONGEST_TEXT not in made  # it is cut as any other


def test_a_long_address_is_followed_whole() -> None:
    assert "https://example.org/" + "a" * 300 in followed(packs_pdf([pack(area="Exampleshire")]))


def test_the_fonts_have_every_mark_that_is_let_through() -> None:
    """PDF/UA refuses a text in which a character has no sign."""
    every = [chr(c) for first, last in _FIRST_LAST for c in range(first, last + 1)]
    for at in range(0, len(every), 500):
        label = " ".join(every[at : at + 500])
        packs_pdf([pack(area=label)])


def test_signs_of_outcomes_are_among_them() -> None:
    signs = [mark(name) for name in (
        "Evidenced", "PartlyEvidenced", "Promised", "OnlyRestated", "NotFoundInTextHeld", "Missing",
        "OutOfDate", "SourcesDiffer", "StatedNotInPlace", "DoesNotApply", "NotTested")]  # fmt: skip
    assert [shown(sign) for sign in signs] == signs


def test_the_same_data_give_the_same_bytes() -> None:
    assert packs_pdf([pack("one")]) == packs_pdf([pack("one")])
    assert packs_pdf([pack("one")]) != packs_pdf([pack("two")])


def test_it_is_tagged_and_says_what_it_is() -> None:
    reader = read(packs_pdf([pack(area="Exampleshire")]))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] is True or root["/MarkInfo"]["/Marked"].value is True  # type: ignore[index]
    assert root["/Lang"] == "en-GB"  # type: ignore[index]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"].value is True  # type: ignore[index]
    assert reader.metadata is not None
    assert (
        str(reader.metadata.title)
        == "Exampleshire: what the documents show (text, as at 1 June 2024)"
    )
    assert reader.metadata.creation_date is not None
    assert reader.metadata.creation_date.date() == date(2026, 11, 22), "the date of the data"
    assert b"<pdfuaid:part>1</pdfuaid:part>" in reader.xmp_metadata.stream.get_data()  # type: ignore[union-attr]
    roles = roles_of(reader)
    assert {"/Table", "/TH", "/TD", "/L", "/LI", "/Link"} <= set(roles)
    heads = [int(role[2]) for role in roles if role[:2] == "/H" and role[2:].isdigit()]
    assert heads[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(heads))


def test_bookmarks_lead_to_each_part_and_gap() -> None:
    outline = read(packs_pdf([pack(area="Exampleshire", many=3)])).outline
    top, parts = outline[0], outline[1]
    assert isinstance(parts, list)
    assert top.title == "Exampleshire: what the documents show"  # type: ignore[union-attr]
    numbers = [str(each.title)[:2] for each in parts if not isinstance(each, list)]
    assert numbers == ["1.", "2.", "3.", "4.", "5.", "6.", "7."]


def test_long_lists_go_on_over_pages() -> None:
    reader = read(packs_pdf([pack("a body of a longer name", many=150, area="Exampleshire")]))
    assert len(reader.pages) > 40
    last = reader.pages[-1].extract_text()
    assert f"Page {len(reader.pages)} of {len(reader.pages)}" in last
    for page in reader.pages:
        assert "Exampleshire" in page.extract_text()[:200], "the running head"


def test_a_gap_too_long_for_a_page_runs_on() -> None:
    long = "a rather long sentence that says nothing at all. " * 60
    printed = text_of(packs_pdf([pack(long, area="Exampleshire")]))
    assert printed.count("a rather long sentence") > 20 * 5


def test_several_packs_are_one_document() -> None:
    made = packs_pdf([pack(area="Exampleshire"), pack(area="Otherton")])
    outline = read(made).outline
    tops = [each.title for each in outline if not isinstance(each, list)]
    assert tops == ["Exampleshire: what the documents show", "Otherton: what the documents show"]


def test_what_cannot_be_laid_out_says_so() -> None:
    with pytest.raises(PdfError, match="could not be made"):
        make_pdf("pack", {"title": "no packs", "date": [2026, 11, 22], "foot": ""})


def matrix_of(areas: int) -> PrintedMatrix:
    names = [(f"Area {n} of a longish name", "1 document") for n in range(areas)]
    cell = Cell("?", "NotFoundInTextHeld", "Not found in the text we hold")
    parts = tuple(
        Part(
            tuple(names[at : at + ABREAST]),
            (
                (
                    "Topic",
                    (Line("must", "A duty", (cell,) * len(names[at : at + ABREAST]), 0, areas),)
                    * 9,
                ),
            ),
        )
        for at in range(0, areas, ABREAST)
    )
    return PrintedMatrix("Guidance", "", "1 June 2024", "2026-11-22-0", "held", (cell,),
                         areas <= 6, parts, "")  # fmt: skip


@pytest.mark.parametrize("areas", [1, 6, 12, 40])
def test_a_matrix_is_across_and_paged_by_columns(areas: int) -> None:
    made = matrix_pdf(matrix_of(areas), date(2026, 11, 22))
    reader = read(made)
    assert all(page.mediabox.width > page.mediabox.height for page in reader.pages)
    assert len(reader.pages) >= -(-areas // ABREAST)
    printed = text_of(made)
    for number in range(areas):
        assert printed.count(f"Area {number} of") == 1
    assert made == matrix_pdf(matrix_of(areas), date(2026, 11, 22))
