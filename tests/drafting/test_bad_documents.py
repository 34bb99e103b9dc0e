"""Documents made to hang a program, to fill its memory, or to be taken for what they are not.

Each test reads a file that would once have hung, crashed or been told of falsely.
"""

from __future__ import annotations

import os
import textwrap
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import docx
import pypdf
import pytest

from masagraph.authoring.guard import read_file
from masagraph.drafting import limits
from masagraph.drafting.cues import Cues
from masagraph.drafting.draft import Drafted
from masagraph.drafting.lines import Line, blocks_of
from masagraph.drafting.passages import LONGEST, LONGEST_LETTERS, sentences_of
from masagraph.drafting.reading import read_document
from masagraph.drafting.text import Block
from masagraph.errors import DataError

WORDS = "The board of the area meets with the police and it is led by the council. "
PAGE = WORDS * 5
MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
Draft = Callable[..., Drafted]


def word(body: str = "", types: Callable[[bytes], bytes] | None = None, **more: bytes) -> bytes:
    """Return a Word document of which the body is as it is told."""
    book = BytesIO()
    docx.Document().save(book)
    main = f'<w:document xmlns:w="{MAIN}"><w:body>{body}{par(PAGE)}</w:body></w:document>'
    own = {name.replace("__", "/"): data for name, data in more.items()}
    parts = {"word/document.xml": main.encode(), **own}
    out = BytesIO()
    with zipfile.ZipFile(book) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = parts.pop(name, old.read(name))
            new.writestr(name, types(data) if types and name == "[Content_Types].xml" else data)
        for name, data in parts.items():
            new.writestr(name, data)
    return out.getvalue()


def par(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def cell(inner: str, about: str = "") -> str:
    return f"<w:tc><w:tcPr>{about}</w:tcPr>{inner}</w:tc>"


def table(*rows: str) -> str:
    told = "".join(f"<w:tr>{row}</w:tr>" for row in rows)
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{told}</w:tbl>"


def pdf(content: bytes, pages: int = 1) -> bytes:
    """Return a PDF of which each page draws the same."""
    writer = pypdf.PdfWriter()
    for _ in range(pages):
        page = writer.add_blank_page(600, 800)
        stream = pypdf.generic.DecodedStreamObject()
        stream.set_data(content)
        page[pypdf.generic.NameObject("/Contents")] = writer._add_object(stream)
        font = pypdf.generic.DictionaryObject(
            {pypdf.generic.NameObject(f"/{key}"): pypdf.generic.NameObject(f"/{value}")
             for key, value in
             {"Type": "Font", "Subtype": "Type1", "BaseFont": "Helvetica"}.items()}
        )  # fmt: skip
        fonts = pypdf.generic.DictionaryObject({pypdf.generic.NameObject("/F1"): font})
        page[pypdf.generic.NameObject("/Resources")] = pypdf.generic.DictionaryObject(
            {pypdf.generic.NameObject("/Font"): fonts}
        )
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


SHOWN = b"(the board of the area and the police) Tj 0 -1 Td "
WIDE = f'<?xml version="1.0" encoding="utf-16"?><!DOCTYPE a [<!ENTITY x "y">]><a>{par("x")}</a>'
MACROS = b"application/vnd.ms-word.document.macroEnabled.main+xml"
DOCUMENT = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"

REFUSED: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "a PDF without pages": ("a.pdf", lambda: pdf(b"", 0), "has no pages"),
    "a page full of words": (
        "a.pdf", lambda: pdf(b"BT /F1 9 Tf " + SHOWN * 6000 + b"ET"), "page 1 has over 100,000"),
    "a page without words": ("a.pdf", lambda: pdf(b"0 0 m"), "has 1 page and hardly a word"),
    "a page in too many levels": (
        "a.html", lambda: ("<html>" + "<div>" * 5000 + PAGE).encode(), "too many levels"),
    "a page of too many tags": (
        "a.html", lambda: ("<html>" + PAGE + "<br>" * 400_001).encode(), "400,000 tags"),
    "too many characters": ("a.txt", lambda: PAGE.encode() + b"a" * 4_000_000, "4,000,000 char"),
    "too many lines": ("a.txt", lambda: PAGE.encode() + b"\n" * 300_001, "300,001 lines"),
    "too many sentences": ("a.txt", lambda: b"The? " * 40_001, "40,001 sentences"),
    "UTF-16 cut short": ("a.txt", lambda: PAGE.encode("utf-16") + b"x", "damaged or cut short"),
    "entities in UTF-16": (
        "a.docx", lambda: word(**{"word__document.xml": WIDE.encode("utf-16")}), "is not in UTF-8"),
    "entities in another alphabet": (
        "a.docx", lambda: word(**{"word__x.xml": b'<?xml version="1.0" encoding="utf-7"?><a/>'}),
        "word/x.xml is not in UTF-8"),
    "entities in a part of another name": (
        "a.docx",
        lambda: word(
            types=lambda data: data.replace(
                b"</Types>", b'<Override PartName="/word/x.bin" ContentType="a/b+xml"/></Types>'),
            **{"word__x.bin": b"<!DOCTYPE a><a/>"}),
        "word/x.bin declares entities"),
    "macros": ("a.docx", lambda: word(types=lambda d: d.replace(DOCUMENT, MACROS)), "has macros"),
    "a workbook": ("a.docx", lambda: word(**{"xl__workbook.xml": b"<a/>"}), "is a workbook"),
    "cells without words": ("a.docx", lambda: empty_cells(), "has 0 words"),
    "a page without a body": (
        "a.html", lambda: b"<html><head><title>x</title></head></html>", "has 0 words"),
}  # fmt: skip


def empty_cells() -> bytes:
    book, out = docx.Document(), BytesIO()
    book.add_table(30, 3)
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("which", REFUSED)
def test_it_is_refused_in_a_line_that_is_true(which: str, cues: Cues) -> None:
    file, made, said = REFUSED[which]
    with pytest.raises(DataError) as caught:
        read_document(made(), file, cues)
    assert said in caught.value.what
    assert caught.value.mend
    assert "\n" not in caught.value.line()


@pytest.mark.parametrize("file", ["a.pdf", "a.docx"])
def test_reading_ends_when_its_time_is_over(
    file: str, cues: Cues, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "LONGEST", -1.0)
    data = pdf(b"BT /F1 9 Tf " + SHOWN * 9 + b"ET") if file == "a.pdf" else word()
    with pytest.raises(DataError, match="takes longer than"):
        read_document(data, file, cues)


def items(data: bytes, cues: Cues) -> list[str]:
    return [each.text for each in read_document(data, "a.docx", cues).blocks if each.is_item]


def test_a_cell_may_span_any_number_of_columns(cues: Cues) -> None:
    row = cell(par("Police"), '<w:gridSpan w:val="200000000"/>') + cell(par("Nurse"))
    assert items(word(table(row)), cues) == ["Police | Nurse"]


def test_a_cell_over_many_rows_tells_of_each_of_them(cues: Cues) -> None:
    first = cell(par("Police"), '<w:vMerge w:val="restart"/>') + cell(par("the post of 0"))
    rows = [cell("<w:p/>", "<w:vMerge/>") + cell(par(f"the post of {n}")) for n in range(1, 3000)]
    found = items(word(table(first, *rows)), cues)
    assert (found[0], found[-1], len(found)) == (
        "Police | the post of 0",
        "Police | the post of 2999",
        3000,
    )


def test_a_long_cell_over_many_rows_is_told_once(cues: Cues) -> None:
    first = cell(par(PAGE), '<w:vMerge w:val="restart"/>') + cell(par("the post of 0"))
    rows = [cell("<w:p/>", "<w:vMerge/>") + cell(par(f"the post of {n}")) for n in range(1, 20)]
    assert items(word(table(first, *rows)), cues)[1:3] == ["the post of 1", "the post of 2"]


def test_cells_that_go_on_with_none_are_read(cues: Cues) -> None:
    rows = [cell(par(f"the post of {n}"), "<w:vMerge/>") for n in range(3000)]
    assert len(items(word(table(*rows)), cues)) == 3000


def test_a_table_in_a_cell_is_read_after_its_row(cues: Cues) -> None:
    inner = table(cell(par("Police")) + cell(par("Chief Constable")))
    outer = table(cell(par("Members") + inner + "<w:p/>"), cell(par("End")))
    assert items(word(outer), cues) == ["Members", "Police | Chief Constable", "End"]


def test_tables_sixty_deep_are_read(cues: Cues) -> None:
    inner = par("Chief Constable")
    for _ in range(60):
        inner = table(cell(inner + "<w:p/>"))
    assert items(word(inner), cues) == ["Chief Constable"]


def test_a_table_of_a_page_is_read_row_by_row_however_wide_a_cell_is(cues: Cues) -> None:
    rows = "<tr><td>Police</td><td colspan=90000000>Nurse</td></tr>" * 3000
    page = f"<html><body><table><tr><td>{PAGE * 300}</td></tr>{rows}</table></body></html>"
    text = read_document(page.encode(), "a.html", cues)
    assert text.blocks[-1] == Block("Police Nurse", 0, False, True)
    assert len(text.raw) < 2 * len(page)


def test_indents_of_a_page_do_not_count_and_what_is_hidden_is_not_read(cues: Cues) -> None:
    page = (
        f'<html><body><p style="padding-left: 999999999em">{PAGE}</p>'
        '<p style="color: red; display:none">Secret words</p></body></html>'
    )
    (block,) = read_document(page.encode(), "a.html", cues).blocks
    assert block.text == PAGE.strip()


@pytest.mark.parametrize("code", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_a_text_is_read_by_the_mark_at_its_beginning(code: str, cues: Cues) -> None:
    mark = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}.get(code, b"")
    text = read_document(mark + PAGE.encode(code), "a.txt", cues)
    assert text.raw == PAGE
    assert text.as_stands is (code == "utf-8-sig")


def test_the_fingerprint_is_of_the_text_in_which_phrases_stand(cues: Cues) -> None:
    text = read_document((PAGE + "The oﬃcer for safe\u00adguarding.").encode(), "a.txt", cues)
    assert text.raw.endswith("The officer for safeguarding.")
    assert not text.as_stands
    assert not read_document((PAGE + "café").encode("cp1252"), "a.txt", cues).as_stands
    assert read_document((PAGE + "café").encode(), "a.txt", cues).as_stands


@pytest.mark.parametrize(
    ("file", "made"), [("a.docx", lambda: pdf(b"BT /F1 9 Tf " + SHOWN * 9 + b"ET")),
                       ("a.pdf", word), ("a.txt", word)],
)  # fmt: skip
def test_a_name_that_is_wrong_does_not_matter(
    file: str, made: Callable[[], bytes], cues: Cues
) -> None:
    assert "board of the area" in read_document(made(), file, cues).raw


@pytest.mark.parametrize("long", ["A" * 40_000, "a-" * 20_000, "0" * 40_000, "x" * 40_000 + " @ "])
def test_a_word_that_is_none_is_left_out_of_sentences(long: str, cues: Cues) -> None:
    text = read_document(f"{PAGE}\nThe board {long} meets in the area.".encode(), "a.txt", cues)
    said = [each.text for each in sentences_of(text.blocks, cues)]
    assert any(each.startswith("The board […]") and "meets in the area." in each for each in said)
    assert max(map(len, said)) <= LONGEST_LETTERS


def test_a_sentence_is_no_longer_than_any_is(cues: Cues) -> None:
    blocks = [Block("safeguarding-arrangements " * 5000), Block("A. B. " * 5000),
              Block("the " * 5000, 0, True)]  # fmt: skip
    said = sentences_of(blocks, cues)
    assert max(len(each.text) for each in said) <= LONGEST_LETTERS
    assert max(len(each.text.split()) for each in said) <= LONGEST
    assert not any(each.is_heading for each in said)


MARKS = ["1.1", "1.1.", "1.2.3", "1.1)", "(a)", "a.", "i.", "iv.", "A.", "1.", "(2)", "•", "✓",
         "➢", "\uf0b7", "–"]  # fmt: skip


@pytest.mark.parametrize("mark", MARKS)
@pytest.mark.parametrize("width", [60, 400])
def test_items_are_known_by_any_usual_mark(mark: str, width: int) -> None:
    said = [
        "The partners of this place have agreed on who they are and what each of them does here:",
        f"{mark} Police: Chief Constable of the force that covers this place and two more of them",
        f"{mark} health: the chief executive of the board that buys the care of this whole area",
    ]
    lines = [line for part in said for line in textwrap.wrap(part, width)]
    lead, *found = blocks_of(Line(line, 1) for line in lines)
    assert lead.text == said[0]
    assert not lead.is_item
    assert [each.text for each in found] == [each.removeprefix(f"{mark} ") for each in said[1:]]
    assert all(each.is_item for each in found)


def test_a_number_before_words_that_no_list_leads_in_to_is_theirs() -> None:
    lines = ["1.1 Independent scrutiny", "", "The scrutineer reads audits. It has cost",
             "", "1.5 million pounds a year, of which the council pays a half."]  # fmt: skip
    heading, _, cost = blocks_of(Line(line) for line in lines)
    assert heading == Block("1.1 Independent scrutiny", 0, True)
    assert (cost.text[:11], cost.is_item) == ("1.5 million", False)


def test_words_after_a_mark_that_stands_alone_are_its_item() -> None:
    lines = ["The members here are:", "•", "the police", "•", "the council"]
    found = blocks_of(Line(line) for line in lines)
    assert [each.text for each in found if each.is_item] == ["the police", "the council"]


def test_a_number_alone_is_dropped_only_where_pages_are_numbered() -> None:
    body = "The partners of this place have met since the spring of the year"
    pages = [[body, "2031", "and of the next, with all of their staff.", str(n)] for n in (1, 2)]
    found = blocks_of(Line(line, n) for n, page in enumerate(pages, 1) for line in page)
    said = " ".join(each.text for each in found)
    assert said.count(f"{body} 2031 and of the next") == 2
    assert said.endswith("with all of their staff.")


def test_a_list_numbered_as_in_print_gives_the_seats_of_one_with_dashes(
    draft: Draft, plain: bytes
) -> None:
    def seats(text: str) -> list[object]:
        rows = draft(text.encode()).filled.rows
        return next(
            [row.get("name") for row in value] for key, value in rows.items()
            if key.endswith("/seats")
        )  # fmt: skip

    text = plain.decode()
    odd = text.replace("\n- ", "\n1.1 ").replace("fi", "ﬁ").replace(" and ", "\u00a0and\u00a0")
    wrapped = "\n\n".join(textwrap.fill(part, 60) for part in odd.split("\n\n"))
    assert seats(text)
    assert seats(wrapped) == seats(text)


def test_what_is_no_file_is_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    told = {".": "a folder", "/dev/zero": "a device", "pipe": "a pipe", "none": "cannot be read"}
    for path, said in ((tmp_path / name, said) for name, said in told.items()):
        with pytest.raises(DataError, match=said):
            read_file(path, 100)


def test_no_more_is_read_of_a_file_than_one_byte_too_many(tmp_path: Path) -> None:
    path = tmp_path / "growing.txt"
    path.write_bytes(bytes(1000))
    assert len(read_file(path, 100)) == 101
