"""The ontology under its own name: which graphs it is in, and its terms for reading."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from masagraph.assessment.names import lookup
from masagraph.store.opened import Opened
from masagraph.store.protocol import Store, text_of
from masagraph.vocab import MASA, local_name
from masagraph.web.linked.addresses import ONTOLOGY, unknown
from masagraph.web.linked.tables import short_name

LINKS = {
    "subClassOf": "a kind of",
    "subPropertyOf": "a kind of",
    "domain": "said of",
    "range": "its values are",
    "inverseOf": "the other way round",
    "inScheme": "in the list",
}
"""How a page says what joins two terms."""


@dataclass(frozen=True, slots=True)
class Term:
    """A term for reading: its name, meaning, kinds, and the terms it hangs together with."""

    name: str
    label: str
    definition: str
    notes: str
    kinds: tuple[str, ...]
    links: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Module:
    """A module of the ontology, or a list of concepts, with the terms that it defines."""

    iri: str
    title: str
    description: str
    version: str
    graph: str
    terms: tuple[Term, ...]


def ontology_graphs(opened: Opened, name: str) -> tuple[str, ...]:
    """Return the graphs of the ontology, or of one module of it.

    Args:
        opened: the store.
        name: empty for the whole; ``evidence`` for a module, ``evidence/0.1.0`` for its
            version, which must be the one held.

    Raises:
        UnknownName: when there is no such module or version.
    """
    graphs = tuple(
        text_of(row["graph"])
        for row in lookup(opened.store, "ontologies")
        if not name
        or f"{ONTOLOGY}/{name}" in (text_of(row["module"]), text_of(row.get("versionName")))
    )
    if not graphs:
        raise unknown()
    return graphs


def modules(opened: Opened, name: str) -> tuple[Module, ...]:
    """Return the modules of the ontology with their terms, or one of them.

    Args:
        opened: the store.
        name: see :func:`ontology_graphs`.

    Raises:
        UnknownName: when there is no such module or version.
    """
    graphs = ontology_graphs(opened, name)
    terms = _terms(opened.store)
    return tuple(
        Module(
            text_of(row["module"]),
            text_of(row["title"]),
            text_of(row.get("description")),
            text_of(row.get("version")),
            text_of(row["graph"]),
            tuple(terms[text_of(row["module"])]),
        )
        for row in lookup(opened.store, "ontologies")
        if text_of(row["graph"]) in graphs
    )


def _terms(store: Store) -> dict[str, list[Term]]:
    """Return the terms by module."""
    links = defaultdict[str, list[tuple[str, str, str]]](list)
    for row in lookup(store, "term-links"):
        joined, other = LINKS[local_name(text_of(row["link"]))], text_of(row["other"])
        links[text_of(row["term"])].append((joined, short_name(other), other))
    found = defaultdict[str, list[Term]](list)
    for row in lookup(store, "terms"):
        iri = text_of(row["term"])
        term = Term(
            iri.removeprefix(str(MASA)),
            text_of(row["label"]),
            text_of(row["definition"]),
            text_of(row.get("notes")),
            tuple(sorted(local_name(kind) for kind in text_of(row["types"]).split())),
            tuple(links[iri]),
        )
        found[text_of(row["module"])].append(term)
    return found
