"""What a file of a release is, before it is written and after."""

from __future__ import annotations

from dataclasses import dataclass

FORMAT = 1
"""Raised whenever an older masagraph could not read a release."""

MANIFEST = "release.json"
SUMS = "SHA256SUMS"
PEOPLE = "people/"
"""The folder of what names people: it can be left out, and has checksums of its own."""

QUADS = "rdf/masagraph.nq.gz"
EARLIER = "rdf/earlier-assessments.nq.gz"
CONTEXT = "rdf/context.jsonld"
DESCRIPTION = "dataset.ttl"
NOTE = "names-of-people.md"
"""Tells of the folder of names, under its terms; it stays where that folder was deleted."""
WORKBOOK = "masagraph.xlsx"


@dataclass(frozen=True, slots=True)
class Entry:
    """A file of a release.

    Attributes:
        path: its place in the release, with slashes.
        content: its bytes.
        title: what it is.
        media_type: the media type of what it holds.
        licence: the name of its licence, an IRI.
        compressed: whether the bytes are compressed with gzip.
        rows: rows of a table or triples of a graph; None for what is neither.
    """

    path: str
    content: bytes
    title: str
    media_type: str
    licence: str
    compressed: bool = False
    rows: int | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """A file that has been written: all but its bytes, with their number and their hash."""

    path: str
    title: str
    media_type: str
    licence: str
    compressed: bool
    rows: int | None
    size: int
    sha256: str
