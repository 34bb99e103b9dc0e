"""The text of a PDF."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from io import BytesIO
from typing import Any

from pypdf import PdfReader
from pypdf.errors import LimitReachedError, PyPdfError

from masagraph.drafting.limits import (
    MOST_LETTERS_A_PAGE,
    WORDS_A_PAGE,
    Clock,
    check_letters,
    check_pages,
    damaged,
)
from masagraph.drafting.lines import HEADING_WORDS, Line, blocks_of
from masagraph.drafting.text import Text, text_of_blocks
from masagraph.errors import DataError, Place

SIGN = b"%PDF-"
_END = b"%%EOF"
LARGER = 1.12
"""How much larger the letters of a heading are than those of most of the text."""
_TAIL = 2048
"""Bytes at its end within which a whole PDF says that it ends."""
_SHOWING = (b"Tj", b"TJ", b"'", b'"')
"""What shows text on a page."""
_FAULTS = (
    PyPdfError, ValueError, KeyError, IndexError, TypeError, AttributeError, OSError,
    RecursionError, AssertionError, NotImplementedError, MemoryError,
)  # fmt: skip
"""What reading raises over what is not as it says it is."""


def read_pdf(data: bytes, place: Place) -> Text:
    """Read a PDF.

    Raises:
        DataError: for one that is locked, damaged, too long, or holds pictures of pages.
    """
    if _END not in data[-_TAIL:]:
        raise damaged(place)
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it tells of each small flaw
    try:
        reader = PdfReader(BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise _locked(place)
        number = len(reader.pages)
    except DataError:
        raise
    except _FAULTS as error:
        if b"/Encrypt" in data:
            raise _locked(place) from error
        raise damaged(place) from error
    check_pages(number, place)
    try:
        lines = _with_sizes(list(_lines(reader, place)))
        title = str((reader.metadata and reader.metadata.title) or "").strip()
    except DataError:
        raise
    except LimitReachedError as error:
        raise DataError(
            "a page holds more than can be read", "Save it without drawings, or in parts.", place
        ) from error
    except _FAULTS as error:
        raise damaged(place) from error
    told = "1 page" if number == 1 else f"{number} pages"
    if sum(len(line.text.split()) for line in lines) < WORDS_A_PAGE * number:
        raise DataError(
            f"the document has {told} and hardly a word: it holds pictures of its pages",
            "Ask for the document as text, or have the words in its pictures recognised first.",
            place,
        )
    blocks = blocks_of(lines)
    return Text(blocks, number, title, text_of_blocks(blocks))


def _lines(reader: PdfReader, place: Place) -> Iterator[tuple[Line, float]]:
    clock = Clock(place)
    letters = 0
    for number, page in enumerate(reader.pages, 1):
        parts: list[tuple[str, float]] = []
        check = _limits(number, clock, place)
        page.extract_text(visitor_operand_before=check, visitor_text=_into(parts))
        # What is raised within a form on a page is swallowed by the library: ask again.
        clock.check()
        shown = sum(len(text) for text, _ in parts)
        check_letters(shown, place, MOST_LETTERS_A_PAGE, f"page {number}")
        letters += shown
        check_letters(letters, place)
        yield from _of_page(parts, number)


def _limits(page: int, clock: Clock, place: Place) -> Callable[..., None]:
    """Return what ends the reading of a page on which too much is drawn or shown."""
    letters = 0

    def check(operator: bytes, operands: Any, *_where: Any) -> None:
        nonlocal letters
        clock.check()
        if operator in _SHOWING:
            letters += sum(_length(each) for each in operands)
            check_letters(letters, place, MOST_LETTERS_A_PAGE, f"page {page}")

    return check


def _length(shown: Any) -> int:
    """Return how many characters an operand shows: a text, or a list with texts in it."""
    if isinstance(shown, list):
        return sum(len(each) for each in shown if isinstance(each, (str, bytes)))
    return len(shown) if isinstance(shown, (str, bytes)) else 0


def _into(parts: list[tuple[str, float]]) -> Callable[..., None]:
    """Return what takes in each run of text of a page, with the size of its letters."""

    def visit(text: str, shift: Any, matrix: Any, _font: Any, size: float) -> None:
        scale = abs(matrix[3] * shift[3]) or abs(matrix[1] * shift[3]) or 1.0
        parts.append((text, round(size * scale, 1)))

    return visit


def _of_page(parts: Sequence[tuple[str, float]], page: int) -> Iterator[tuple[Line, float]]:
    """Yield the lines of a page, each with the size of most of its letters."""
    text, sizes = "", Counter[float]()
    for run, size in parts:
        first, *rest = run.split("\n")
        text += first
        sizes[size] += len(first.strip())
        for more in rest:
            yield Line(text, page), _commonest(sizes)
            text, sizes = more, Counter({size: len(more.strip())})
    if text.strip():
        yield Line(text, page), _commonest(sizes)


def _commonest(sizes: Counter[float]) -> float:
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _with_sizes(lines: Sequence[tuple[Line, float]]) -> list[Line]:
    """Mark the lines whose letters are larger than those of most of the document."""
    usual = Counter[float]()
    for line, size in lines:
        usual[size] += len(line.text)
    least = LARGER * _commonest(usual)
    return [
        replace(line, is_large=size >= least and len(line.text.split()) <= HEADING_WORDS)
        for line, size in lines
    ]


def _locked(place: Place) -> DataError:
    return DataError("the document is locked with a password", "Save it without a password.", place)
