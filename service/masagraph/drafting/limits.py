"""What a document may be, and how it is refused."""

from __future__ import annotations

import zipfile
from time import monotonic

from masagraph.authoring.guard import check_entities, check_sizes
from masagraph.errors import DataError, Place

MOST_BYTES = 30_000_000
"""Of the file."""
MOST_PAGES = 500
MOST_WORDS = 200_000
FEWEST_WORDS = 20
WORDS_A_PAGE = 5
"""Fewer on the average page mean that the pages are pictures."""
MOST_LETTERS = 4_000_000
"""Characters of the whole text."""
MOST_LETTERS_A_PAGE = 100_000
MOST_LINES = 300_000
MOST_SENTENCES = 40_000
MOST_MARKS = 400_000
"""Tags of a web page."""
MOST_XML = 20_000_000
"""Bytes of one part of a Word document, unpacked; pictures aside."""
LONGEST = 60.0
"""Seconds for which a document is read."""


class Clock:
    """Ends the reading of a document that takes too long."""

    def __init__(self, place: Place) -> None:
        """Start it."""
        self._place, self._begun = place, monotonic()

    def check(self) -> None:
        """Go on, or end it.

        Raises:
            DataError: when the time is over.
        """
        if monotonic() - self._begun > LONGEST:
            raise DataError(
                f"the document takes longer than {LONGEST:.0f} seconds to read",
                "Save it without drawings, or in parts.",
                self._place,
            )


def check_bytes(data: bytes, place: Place) -> None:
    """Refuse a file that is empty, or larger than any is read.

    Raises:
        DataError: with what to do.
    """
    if not data.strip():
        raise DataError("the document is empty", "Save it again, with its text.", place)
    if len(data) > MOST_BYTES:
        raise DataError(
            f"the document is too large: of its bytes at most {MOST_BYTES:,} are read",
            "Save it without pictures, or in parts.",
            place,
        )


def check_letters(letters: int, place: Place, most: int = MOST_LETTERS, of: str = "") -> None:
    """Refuse a text of too many characters.

    Args:
        letters: how many it has.
        place: where it stands, for messages.
        most: how many it may have.
        of: of what they are, where it is not the whole document.

    Raises:
        DataError: with what to do.
    """
    if letters > most:
        raise DataError(
            f"{of or 'the document'} has over {most:,} characters, and no more are read",
            "Save the part on the arrangements as a document of its own.",
            place,
        )


def check_lines(lines: int, place: Place) -> None:
    """Refuse a text of too many lines.

    Raises:
        DataError: with what to do.
    """
    if lines > MOST_LINES:
        raise DataError(
            f"the document has {lines:,} lines, and at most {MOST_LINES:,} are read",
            "Save the part on the arrangements as a document of its own.",
            place,
        )


def check_pages(pages: int, place: Place) -> None:
    """Refuse a document of too many pages.

    Raises:
        DataError: with what to do.
    """
    if not pages:
        raise DataError("the document has no pages", "Download it again.", place)
    if pages > MOST_PAGES:
        raise DataError(
            f"the document has {pages:,} pages, and at most {MOST_PAGES} are read",
            "Save the pages on the arrangements as a document of their own.",
            place,
        )


def check_packed(packed: zipfile.ZipFile, place: Place) -> None:
    """Refuse a packed document that would unpack to too much, or declares entities.

    Raises:
        DataError: with what to do.
    """
    mend = "Save the document again, with Word or LibreOffice, without pictures."
    check_sizes(packed, place, "document", mend)
    large = [p for p in packed.infolist() if p.filename.endswith(".xml") and p.file_size > MOST_XML]
    if large:
        raise DataError(
            f"the part {large[0].filename} would unpack to {large[0].file_size:,} bytes, and at "
            f"most {MOST_XML:,} are read",
            "Save the part on the arrangements as a document of its own.",
            place,
        )
    check_entities(packed, place, mend)


def damaged(place: Place) -> DataError:
    """Return the refusal of a file that cannot be read as what it seems to be."""
    return DataError(
        "the document is damaged or cut short",
        "Download it again, or open it and save it anew.",
        place,
    )
