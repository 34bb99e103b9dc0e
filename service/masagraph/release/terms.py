"""Terms that were ever released: none may be taken away.

``ontology/released-terms.txt`` lists their IRIs, with the date of the data in which each first
stood. A term that is retired keeps its IRI: it says ``owl:deprecated true`` and
``dcterms:isReplacedBy``, and an update in ``queries/migrations/`` brings other people's data over.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pyoxigraph as ox

from masagraph.errors import DataError, Place
from masagraph.resources import Resources
from masagraph.store.opened import Opened
from masagraph.store.protocol import select, text_of

LIST = "released-terms.txt"
MIGRATIONS = "migrations"
RETIRES = "#+ retires: "

_HEAD = """\
# Every term that was ever released, with the date of the data in which it first stood.
# Written by: masagraph release terms. A line is never taken out.
"""


@dataclass(frozen=True, slots=True)
class Term:
    """A term as it is now.

    Attributes:
        iri: its name.
        retired: whether it is.
        replaced_by: what took its place.
    """

    iri: str
    retired: bool
    replaced_by: tuple[str, ...]


def list_terms(opened: Opened, resources: Resources) -> dict[str, Term]:
    """Return the terms of the ontology as they are now, by IRI."""
    rows = select(opened.store, resources.read_query("release/terms.rq"))
    found = {}
    for row in rows:
        iri, by = text_of(row["term"]), text_of(row.get("replaced_by")).split()
        found[iri] = Term(iri, text_of(row["retired"]) == "true", tuple(by))
    return found


def read_released(resources: Resources) -> dict[str, str]:
    """Return the terms that were ever released, each with its date.

    Raises:
        DataError: for a line that is none, or when the list cannot be read.
    """
    path = resources.folder("ontology") / LIST
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise DataError(
            f"the list of released terms cannot be read ({error.strerror})",
            "Run: masagraph release terms",
            Place(path),
        ) from error
    found = {}
    for number, line in enumerate(lines, 1):
        if line and not line.startswith("#"):
            iri, _, day = line.partition(" ")
            if not day or iri in found:
                raise DataError(
                    "the line is not an IRI and a date, or the IRI stands twice",
                    "Mend it by hand.",
                    Place(path, number),
                )
            found[iri] = day
    return found


def check_terms(opened: Opened, resources: Resources) -> None:
    """Check that each term that was ever released is there, or was retired as it should be.

    Raises:
        DataError: for the first that is not, with the mend.
    """
    now, retiring = list_terms(opened, resources), _migrations(resources)
    for iri in read_released(resources):
        if iri not in now:
            raise DataError(
                f"the term {iri} was released and is gone",
                "Put it back, with owl:deprecated true and dcterms:isReplacedBy.",
            )
    for term in now.values():
        if term.retired:
            _check_retired(term, now, retiring)


def _check_retired(term: Term, now: Mapping[str, Term], retiring: Mapping[str, Path]) -> None:
    successors = [now.get(iri) for iri in term.replaced_by]
    if not successors or any(other is None or other.retired for other in successors):
        raise DataError(
            f"the term {term.iri} is retired and no term in use is said to replace it",
            "Say which with dcterms:isReplacedBy.",
        )
    if term.iri not in retiring:
        raise DataError(
            f"the term {term.iri} is retired and no query brings data over",
            f"Add an update to queries/{MIGRATIONS}/ that begins with '{RETIRES}{term.iri}'.",
        )


def _migrations(resources: Resources) -> dict[str, Path]:
    """Return the update that brings data over, by the IRI of the term that it retires.

    Raises:
        DataError: for a file that is no update in SPARQL.
    """
    found = {}
    for path in sorted((resources.folder("queries") / MIGRATIONS).glob("*.ru")):
        text = path.read_text(encoding="utf-8")
        try:
            ox.Store().update(text)
        except SyntaxError as error:
            raise DataError(
                f"the query that brings data over cannot be read ({error.msg})",
                "Mend it: it must be an update in SPARQL 1.1.",
                Place(path),
            ) from error
        for line in text.splitlines():
            if line.startswith(RETIRES):
                found[line.removeprefix(RETIRES).strip()] = path
    return found


def record_terms(opened: Opened, resources: Resources, day: date) -> int:
    """Add the terms that are new to the list of those that were ever released.

    Returns:
        how many were added.

    Raises:
        DataError: when a term of the list is gone, or the list cannot be written.
    """
    path = resources.folder("ontology") / LIST
    released = read_released(resources) if path.is_file() else {}
    new = [iri for iri in list_terms(opened, resources) if iri not in released]
    lines = sorted({**released, **dict.fromkeys(new, day.isoformat())}.items())
    text = _HEAD + "".join(f"{iri} {when}\n" for iri, when in lines)
    try:
        path.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise DataError(
            f"the list of released terms cannot be written ({error.strerror})",
            "Run it in a checkout.",
            Place(path),
        ) from error
    return len(new)
