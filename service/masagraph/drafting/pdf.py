"""The text of a PDF."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from io import BytesIO
from time import monotonic

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from masagraph.drafting.limits import LONGEST, WORDS_A_PAGE, check_pages, damaged
from masagraph.drafting.lines import Line, blocks_of
from masagraph.drafting.text import Text, text_of_blocks
from masagraph.errors import DataError, Place

SIGN = b"%PDF-"
_END = b"%%EOF"
_TAIL = 2048
"""Bytes at its end within which a whole PDF says that it ends."""
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
        lines = list(_lines(reader, place))
        title = str((reader.metadata and reader.metadata.title) or "").strip()
    except DataError:
        raise
    except _FAULTS as error:
        raise damaged(place) from error
    if sum(len(line.text.split()) for line in lines) < WORDS_A_PAGE * number:
        raise DataError(
            f"the document has {number} pages and hardly a word: it holds pictures of its pages",
            "Ask for the document as text, or have the words in its pictures recognised first.",
            place,
        )
    blocks = blocks_of(lines)
    return Text(blocks, number, title, text_of_blocks(blocks))


def _lines(reader: PdfReader, place: Place) -> Iterator[Line]:
    begun = monotonic()
    for number, page in enumerate(reader.pages, 1):
        if monotonic() - begun > LONGEST:
            raise DataError(
                f"the document takes longer than {LONGEST:.0f} seconds to read",
                "Save it without drawings, or in parts.",
                place,
            )
        for text in page.extract_text().splitlines():
            yield Line(text, number)


def _locked(place: Place) -> DataError:
    return DataError("the document is locked with a password", "Save it without a password.", place)
