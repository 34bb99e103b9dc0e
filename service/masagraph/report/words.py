"""Plain words for what reports say again and again."""

from __future__ import annotations

from datetime import date

from masagraph.assessment.view import Document
from masagraph.vocab import OWN_DATA

CAVEAT = (
    "A gap in a document is not a gap in protection. "
    '"Not found in the text we hold" does not mean absent: another document may say it.'
)

_EXTENT = {
    "WholeText": "held and read whole",
    "OpeningOnly": "only the opening is held",
    "Excerpt": "read in part",
}
_BASIS = {
    "Issued": "date of issue",
    "Captured": "date of the copy",
    "EarliestPossible": "undated: the earliest it can be",
}
_STANDING = {
    "LocalArrangement": "local arrangement",
    "CommitmentOnly": "commitment only",
    "GuidanceRestated": "repeats the guidance",
    "HeadingOnly": "heading only",
    "StatedAbsent": "says it is not in place",
}
_CONTENT = {
    "TextSeen": "from the text itself",
    "Reproduction": "from texts that reproduce it",
    "Recalled": "recalled, not seen in a source",
}


def unpublished(data_version: str) -> str:
    """Return what a citation must say of data that are no release; empty for those of one."""
    if not data_version.endswith(OWN_DATA):
        return ""
    return (
        "These data are no published release, as others were added to them. "
        "Cite the documents themselves."
    )


def day(value: date) -> str:
    """Return a date in words.

    >>> day(date(2024, 6, 1))
    '1 June 2024'
    """
    return f"{value.day} {value:%B %Y}"


def extent(document: Document) -> str:
    """Say how much of a document stands behind the findings."""
    return held_extent(document.extent_held)


def held_extent(name: str) -> str:
    """Say how much of a document is held, from the local name for that.

    >>> held_extent("WholeText")
    'held and read whole'
    """
    return _EXTENT.get(name, name)


def dated(document: Document) -> str:
    """Say from when a document counts, and what that date is."""
    basis = _BASIS.get(document.date_basis, "")
    return f"counted from {day(document.in_view_from)}" + (f" ({basis})" if basis else "")


def described(document: Document) -> str:
    """Name a document, and say how much of it is held and from when it counts."""
    claims = f"; says it follows {', '.join(document.claims)}" if document.claims else ""
    return f"{document.title} [{document.id}], {extent(document)}; {dated(document)}{claims}"


def standing(name: str) -> str:
    """Say the standing of a statement in plain words."""
    return _STANDING.get(name, name)


def locator(text: str, status: str) -> str:
    """Say where in the law a duty stands, and whether its paragraph number was seen."""
    return text if status == "LocatorSeen" else f"{text} (paragraph not verified)"


def basis(name: str) -> str:
    """Say how the content of a duty is known."""
    return _CONTENT.get(name, name)
