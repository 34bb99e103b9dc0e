"""What a document may be, and how it is refused."""

from __future__ import annotations

import zipfile

from masagraph.authoring.guard import check_entities, check_sizes
from masagraph.errors import DataError, Place

MOST_BYTES = 30_000_000
"""Of the file."""
MOST_PAGES = 500
MOST_WORDS = 200_000
FEWEST_WORDS = 20
WORDS_A_PAGE = 5
"""Fewer on the average page mean that the pages are pictures."""
LONGEST = 120.0
"""Seconds for which a document is read."""


def check_bytes(data: bytes, place: Place) -> None:
    """Refuse a file that is empty, or larger than any is read.

    Raises:
        DataError: with what to do.
    """
    if not data.strip():
        raise DataError("the document is empty", "Save it again, with its text.", place)
    if len(data) > MOST_BYTES:
        raise DataError(
            f"the document has {len(data):,} bytes, and at most {MOST_BYTES:,} are read",
            "Save it without pictures, or in parts.",
            place,
        )


def check_pages(pages: int, place: Place) -> None:
    """Refuse a document of too many pages.

    Raises:
        DataError: with what to do.
    """
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
    check_entities(packed, place, mend)


def damaged(place: Place) -> DataError:
    """Return the refusal of a file that cannot be read as what it seems to be."""
    return DataError(
        "the document is damaged or cut short",
        "Download it again, or open it and save it anew.",
        place,
    )
