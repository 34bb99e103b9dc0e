"""Under which terms each graph of a release stands, and the texts of these terms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from masagraph.assessment.names import lookup
from masagraph.errors import DataError
from masagraph.release.content import Entry
from masagraph.release.counts import part_of
from masagraph.resources import Resources
from masagraph.store.opened import Opened
from masagraph.store.protocol import text_of
from masagraph.vocab import DATASET

FOLDER = "LICENSES"


@dataclass(frozen=True, slots=True)
class Licence:
    """A licence: its IRI, its title, and its short name by SPDX, by which its text is found."""

    iri: str
    title: str
    identifier: str


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms of a dataset.

    Attributes:
        known: the licences, by IRI.
        whole: the licence of the dataset as a whole, an IRI.
        rights: what else there is to say of it.
        parts: the licence of each part, by its IRI.
    """

    known: Mapping[str, Licence]
    whole: str
    rights: str
    parts: Mapping[str, str]


def read_terms(opened: Opened) -> Terms:
    """Read the terms that the dataset states.

    Raises:
        DataError: when it states no licence, or one without title and short name.
    """
    known = {
        text_of(row["licence"]): Licence(
            text_of(row["licence"]), text_of(row["title"]), text_of(row["identifier"])
        )
        for row in lookup(opened.store, "licences")
    }
    stated = lookup(opened.store, "dataset-terms")
    whole = text_of(stated[0].get("licence")) if stated else ""
    parts = {
        text_of(row["part"]): text_of(row.get("licence")) or whole
        for row in lookup(opened.store, "void-parts")
    }
    for licence in (whole, *parts.values()):
        if licence not in known:
            raise DataError(
                f'the dataset states the licence "{licence}" and not what it is',
                "Give it a title and an identifier in data/dataset.ttl.",
            )
    rights = text_of(stated[0].get("rights"))
    return Terms(known, whole, rights, parts)


def licences_of(opened: Opened, terms: Terms, graphs: Iterable[str]) -> dict[str, str]:
    """Return the licence of each graph: that of the part it belongs to, else of the whole."""
    parts = lookup(opened.store, "void-parts")
    of = {name: part_of(opened, name, parts) for name in graphs}
    return {
        name: terms.whole if part == str(DATASET) else terms.parts[part]
        for name, part in of.items()
    }


def licence_files(terms: Terms, used: Iterable[str], resources: Resources) -> Iterator[Entry]:
    """Yield the text of each licence that is used.

    Raises:
        DataError: when a text is not there.
    """
    for licence in sorted({terms.known[iri].identifier for iri in used}):
        path = resources.folder(FOLDER) / f"{licence}.txt"
        try:
            content = path.read_text(encoding="utf-8").encode()
        except OSError as error:
            raise DataError(
                f"the text of the licence {licence} is not in {path.parent} ({error.strerror})",
                "Put it there.",
            ) from error
        yield Entry(f"{FOLDER}/{licence}.txt", content, f"The text of {licence}", "text/plain", "")
