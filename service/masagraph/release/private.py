"""That names of people stand in their own files and in no other: looked for, not assumed."""

from __future__ import annotations

import gzip
import html
import re
import unicodedata
import zipfile
from collections.abc import Iterator
from io import BytesIO

import pyoxigraph as ox

from masagraph.errors import DataError, Place
from masagraph.release.content import PEOPLE, Entry
from masagraph.release.graphs import Kept
from masagraph.vocab import PREFIXES

_NAME = "http://xmlns.com/foaf/0.1/name"
_LABELS = {PREFIXES["skos"] + "prefLabel", PREFIXES["skos"] + "altLabel"}
"""What names a person among people, and a thing elsewhere."""

_BETWEEN = re.compile(r"[\W\d_]+")
_ESCAPED = re.compile(r"\\[\\nrtbf]")
"""What stands for a blank, in the forms of files that hold texts in quotation marks."""


def names_of_people(kept: Kept) -> tuple[str, ...]:
    """Return every name of a person in any graph, as words."""
    found = {
        as_words(triple.object.value)
        for graph, triples in kept.graphs.items()
        for triple in triples
        if isinstance(triple.object, ox.Literal)
        and (
            triple.predicate.value == _NAME
            or (graph in kept.people and triple.predicate.value in _LABELS)
        )
    }
    return tuple(sorted(name for name in found if name.strip()))


def as_words(text: str) -> str:
    """Return the words of a text with a blank around each, whatever stood between them.

    So no capitals, marks, escapes or blanks keep a name from being found.

    >>> as_words("Ada  O\u2019EXAMPLE")
    ' ada o example '
    """
    plain = unicodedata.normalize("NFKC", _ESCAPED.sub(" ", text)).casefold()
    return f" {_BETWEEN.sub(' ', plain).strip()} "


def check_nameless(entry: Entry, names: tuple[str, ...]) -> None:
    """Check that a file names nobody, unless it is one of those that may.

    Raises:
        DataError: when it does, with the file.
    """
    if entry.path.startswith(PEOPLE):
        return
    for content in _contents(entry):
        words = as_words(content)
        if any(name in words for name in names):
            raise DataError(
                "a name of data/people/ would stand in this file too; nothing was written",
                "Take the name out of the data: it belongs into data/people/ alone.",
                Place(entry.path),
            )


def _contents(entry: Entry) -> Iterator[str]:
    if entry.path.endswith(".xlsx"):
        with zipfile.ZipFile(BytesIO(entry.content)) as book:
            for name in book.namelist():
                yield html.unescape(_text(book.read(name)))
    else:
        yield _text(gzip.decompress(entry.content) if entry.compressed else entry.content)


def _text(content: bytes) -> str:
    return content.decode("utf-8", errors="replace")
