"""Each form of a document gives the same passages, and what is no document is refused."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from io import BytesIO

import docx
import pypdf
import pytest
import typst

from masagraph.drafting import limits
from masagraph.drafting.cues import Cues
from masagraph.drafting.lines import Line, blocks_of
from masagraph.drafting.passages import passages_of, sentences_of
from masagraph.drafting.reading import read_document
from masagraph.errors import DataError

PAGE = "Safeguarding partners in this area work together for the children who live here. " * 3


def passages(data: bytes, file: str, cues: Cues) -> list[tuple[str, str]]:
    text = read_document(data, file, cues)
    return [(each.section, each.text) for each in passages_of(sentences_of(text.blocks, cues))]


@pytest.mark.parametrize("file", ["page.pdf", "page.docx", "page.html"])
def test_each_form_gives_the_passages_of_the_plain_text(
    file: str, forms: dict[str, bytes], cues: Cues
) -> None:
    assert passages(forms[file], file, cues) == passages(forms["page.txt"], "page.txt", cues)


def test_lines_that_are_wrapped_give_the_passages_of_those_that_are_not(
    plain: bytes, cues: Cues
) -> None:
    import textwrap

    wrapped = "\n\n".join(textwrap.fill(part, 70) for part in plain.decode().split("\n\n"))
    assert passages(wrapped.encode(), "page.txt", cues) == passages(plain, "page.txt", cues)


def test_what_it_is_counts_and_not_what_it_is_called(forms: dict[str, bytes], cues: Cues) -> None:
    assert passages(forms["page.docx"], "page", cues) == passages(forms["page.txt"], "a", cues)


def test_a_pdf_keeps_the_page_of_each_sentence(forms: dict[str, bytes], cues: Cues) -> None:
    text = read_document(forms["page.pdf"], "page.pdf", cues)
    pages = [block.page for block in text.blocks]
    assert text.pages > 1
    assert pages == sorted(pages)
    assert set(pages) == set(range(1, text.pages + 1))


def test_a_word_parted_at_the_end_of_a_line_is_joined_and_a_hyphen_of_its_own_kept() -> None:
    lines = [
        "The partners in this place have agreed on a multi-agency plan for safe-",
        "guarding, and all of those who take part in the safeguarding of these multi-",
        "agency partners have signed it, each of them for the whole of its own staff.",
    ]
    (block,) = blocks_of(Line(line, 1) for line in lines)
    assert "plan for safeguarding, and" in block.text
    assert "these multi-agency partners" in block.text


def test_a_table_of_a_word_document_gives_a_line_a_row(cues: Cues) -> None:
    book = docx.Document()
    book.add_heading("Members", 1)
    table = book.add_table(rows=2, cols=2)
    for row, cells in zip(table.rows, [("Police", "Chief Constable"), ("Health", "Nurse")],
                          strict=True):  # fmt: skip
        for cell, words in zip(row.cells, cells, strict=True):
            cell.text = words
    book.add_paragraph(PAGE)
    out = BytesIO()
    book.save(out)
    text = read_document(out.getvalue(), "page.docx", cues)
    assert [b.text for b in text.blocks if b.is_item] == [
        "Police | Chief Constable",
        "Health | Nurse",
    ]


def locked(data: bytes) -> bytes:
    writer = pypdf.PdfWriter(clone_from=BytesIO(data))
    writer.encrypt("secret", algorithm="RC4-128")
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def blank_pages(number: int) -> bytes:
    writer = pypdf.PdfWriter()
    for _ in range(number):
        writer.add_blank_page(200, 200)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def packed(**parts: bytes) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in parts.items():
            file.writestr(name.replace("__", "/") + ".xml", data)
    return out.getvalue()


BOMB = packed(word__document=b"<a>" + b" " * 70_000_000 + b"</a>")
ENTITY = packed(word__document=b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')
FRENCH = (
    b"Les partenaires de la protection de l'enfance travaillent ensemble dans ce territoire. "
    b"Chaque organisme nomme une personne responsable et rend compte une fois par an."
)

BAD: dict[str, tuple[str, Callable[[bytes], bytes], str]] = {
    "empty": ("page.txt", lambda pdf: b"", "the document is empty"),
    "only spaces": ("page.txt", lambda pdf: b" \n\n ", "the document is empty"),
    "a few words": ("page.txt", lambda pdf: b"Safeguarding in Kent", "too few"),
    "another language": ("page.txt", lambda pdf: FRENCH, "not seem to be in English"),
    "no text": ("page.txt", lambda pdf: bytes(range(256)) * 40, "no text, PDF, Word document"),
    "not a PDF": ("page.pdf", lambda pdf: PAGE.encode(), "not a PDF"),
    "cut short": ("page.pdf", lambda pdf: pdf[: len(pdf) // 2], "damaged or cut short"),
    "broken inside": (
        "page.pdf", lambda pdf: b"%PDF-1.7\n" + bytes(2000) + b"%%EOF", "damaged or cut short"),
    "locked": ("page.pdf", locked, "locked with a password"),
    "pictures of pages": ("page.pdf", lambda pdf: blank_pages(3), "pictures of its pages"),
    "2,000 pages": ("page.pdf", lambda pdf: blank_pages(2000), "2,000 pages, and at most 500"),
    "a bomb": ("page.docx", lambda pdf: BOMB, "which no document needs"),
    "entities": ("page.docx", lambda pdf: ENTITY, "declares entities"),
    "packed": ("page.docx", lambda pdf: packed(other=b"<a/>"), "no Word document"),
    "not packed": ("page.docx", lambda pdf: PAGE.encode(), "not a Word document"),
    "half a pack": ("page.docx", lambda pdf: ENTITY[: len(ENTITY) // 2], "damaged or cut short"),
    "an old Word file": ("page.doc", lambda pdf: b"\xd0\xcf\x11\xe0" + bytes(500), "old Word file"),
    "an empty page": ("page.html", lambda pdf: b"<html><body></body></html>", "too few"),
    "a page of many levels": (
        "page.html", lambda pdf: b"<html>" + b"<div>" * 5000 + b"x", "too many levels"),
}  # fmt: skip


@pytest.mark.parametrize("which", BAD)
def test_what_cannot_be_read_is_refused_with_what_to_do(
    which: str, as_pdf: bytes, cues: Cues
) -> None:
    file, made, said = BAD[which]
    with pytest.raises(DataError) as caught:
        read_document(made(as_pdf), file, cues)
    assert said in caught.value.what
    assert caught.value.mend
    assert caught.value.line().startswith(f"{file}: ")


def test_a_document_larger_than_any_that_is_read_is_refused(
    cues: Cues, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MOST_BYTES", 100)
    with pytest.raises(DataError, match="at most 100 are read"):
        read_document(PAGE.encode(), "page.txt", cues)


def test_forty_pages_are_read_within_ten_seconds(cues: Cues) -> None:
    from time import process_time

    data = typst.compile(f"#set page(height: 20cm)\n{(PAGE * 40 + '#pagebreak()') * 40}".encode())
    begun = process_time()
    text = read_document(data, "long.pdf", cues)
    passages_of(sentences_of(text.blocks, cues))
    assert text.pages >= 40
    assert process_time() - begun < 10
