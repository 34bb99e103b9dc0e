"""That names of people stand in their own files and in no other: looked for, not assumed."""

from __future__ import annotations

import gzip
import zipfile
from collections.abc import Iterator
from io import BytesIO

import pyoxigraph as ox

from masagraph.errors import DataError, Place
from masagraph.release.content import PEOPLE, Entry
from masagraph.release.graphs import Kept
from masagraph.vocab import PREFIXES

_NAMES = {
    "http://xmlns.com/foaf/0.1/name",
    PREFIXES["skos"] + "prefLabel",
    PREFIXES["skos"] + "altLabel",
}


def names_of_people(kept: Kept) -> tuple[str, ...]:
    """Return every name that the graph of people gives."""
    found = {
        triple.object.value
        for name in kept.people
        for triple in kept.graphs[name]
        if triple.predicate.value in _NAMES and isinstance(triple.object, ox.Literal)
    }
    return tuple(sorted(found))


def check_nameless(entry: Entry, names: tuple[str, ...]) -> None:
    """Check that a file names nobody, unless it is one of those that may.

    Raises:
        DataError: when it does, with the file.
    """
    if entry.path.startswith(PEOPLE):
        return
    for content in _contents(entry):
        if any(name.encode() in content for name in names):
            raise DataError(
                "a name of data/people/ would stand in this file too; nothing was written",
                "Take the name out of the other data: it belongs into data/people/ alone.",
                Place(entry.path),
            )


def _contents(entry: Entry) -> Iterator[bytes]:
    if entry.compressed:
        yield gzip.decompress(entry.content)
    elif entry.path.endswith(".xlsx"):
        with zipfile.ZipFile(BytesIO(entry.content)) as book:
            yield from (book.read(name) for name in book.namelist())
    else:
        yield entry.content
