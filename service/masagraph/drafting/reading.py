"""Read a document of any form that is known."""

from __future__ import annotations

import codecs
import re
from dataclasses import replace
from pathlib import Path

from masagraph.drafting.cues import Cues
from masagraph.drafting.limits import (
    FEWEST_WORDS,
    MOST_SENTENCES,
    MOST_WORDS,
    check_bytes,
    check_letters,
    check_lines,
    check_pages,
    damaged,
)
from masagraph.drafting.lines import Line, blocks_of
from masagraph.drafting.page import read_page
from masagraph.drafting.passages import sentences_of
from masagraph.drafting.pdf import SIGN as PDF
from masagraph.drafting.pdf import read_pdf
from masagraph.drafting.text import Text, plain_signs
from masagraph.drafting.word import SIGN as PACKED
from masagraph.drafting.word import read_word
from masagraph.errors import DataError, Place
from masagraph.questions.words import words_of

_OLD = b"\xd0\xcf\x11\xe0"
_PAGES = (b"<!doctype html", b"<html")
_HEAD = 1024
_WIDE = (
    (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip
"""How a text begins that has more than one byte for each letter; the longer marks first."""
_ODD = re.compile(r"[\x00-\x08\x0e-\x1b\ufffd]")
LEAST_EMPTY = 0.2
"""The share of an English text that its commonest words have at least."""
SAMPLE = 5_000
"""Words by which the language is told."""


def read_document(data: bytes, file: str, cues: Cues) -> Text:
    """Read a document, by what it is rather than by what it is called.

    Args:
        data: the bytes of the file.
        file: its name, for messages.
        cues: where the commonest words of the language stand.

    Raises:
        DataError: when it is no document that is read, with what to do.
    """
    place = Place(file)
    check_bytes(data, place)
    suffix = Path(file).suffix.lower()
    wide = next((code for mark, code in _WIDE if data.startswith(mark)), None)
    if wide:
        try:
            data = data.decode(wide).encode()
        except UnicodeError as error:
            raise damaged(place) from error
    text = _read(data, suffix, place)
    if wide:
        text = replace(text, as_stands=False)
    check_letters(sum(len(block.text) for block in text.blocks), place)
    sentences = sentences_of(text.blocks, cues)
    if len(sentences) > MOST_SENTENCES:
        raise DataError(
            f"the document has {len(sentences):,} sentences, headings and items, and at most "
            f"{MOST_SENTENCES:,} are read",
            "Save the part on the arrangements as a document of its own.",
            place,
        )
    words = [word.plain for each in sentences for word in words_of(each.text)]
    if len(words) < FEWEST_WORDS:
        raise DataError(
            f"the document has {len(words)} words, too few to tell of arrangements",
            "Give the whole document.",
            place,
        )
    if len(words) > MOST_WORDS:
        raise DataError(
            f"the document has {len(words):,} words, and at most {MOST_WORDS:,} are read",
            "Save the part on the arrangements as a document of its own.",
            place,
        )
    sample = words[:SAMPLE]
    if sum(word in cues.common_words for word in sample) < LEAST_EMPTY * len(sample):
        raise DataError(
            "the document does not seem to be in English", "Only English is read.", place
        )
    return text


def _read(data: bytes, suffix: str, place: Place) -> Text:
    head = data[:_HEAD].lstrip()
    if PDF in data[:_HEAD]:
        return read_pdf(data, place)
    if data.startswith(PACKED):
        return read_word(data, place)
    if suffix == ".pdf":
        raise DataError(
            "the file is not a PDF, though it is called so", "Download it again.", place
        )
    if head.startswith(_OLD):
        raise DataError(
            "the file is an old Word file, or is locked with a password",
            "Save it as a Word document (.docx) without a password.",
            place,
        )
    if suffix == ".docx":
        raise DataError(
            "the file is not a Word document, though it is called so", "Save it again.", place
        )
    if suffix in (".html", ".htm", ".xhtml") or head.lower().startswith(_PAGES):
        return read_page(data, place)
    return _read_plain(data, place)


def _read_plain(data: bytes, place: Place) -> Text:
    try:
        raw, is_plain = data.decode("utf-8-sig"), True
    except UnicodeDecodeError:
        raw, is_plain = data.decode("cp1252", errors="replace"), False
    if len(_ODD.findall(raw)) > len(raw) / 200:
        raise DataError(
            "the file is no text, PDF, Word document or web page",
            "Give the document in one of these forms.",
            place,
        )
    check_letters(len(raw), place)
    check_lines(len(raw.splitlines()), place)
    told = plain_signs(raw)
    pages = told.split("\f")
    check_pages(len(pages), place)
    several = len(pages) > 1
    lines = [
        Line(line, number if several else 0)
        for number, page in enumerate(pages, 1)
        for line in page.splitlines()
    ]
    return Text(blocks_of(lines), len(pages) if several else 0, "", told, is_plain and told == raw)
