"""How much the dataset holds, counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import pyoxigraph as ox

from masagraph.assessment.names import lookup
from masagraph.store.opened import Opened
from masagraph.store.protocol import Store, Term, text_of
from masagraph.vocab import ASSESSMENT_GRAPHS, DATASET, GRAPH

EARLIER = f"{DATASET}/earlier-assessments"
"""What lies beside the dataset: graphs that are not merged into the default graph."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the dataset, or what lies beside it.

    Attributes:
        iri: its name.
        title: what it is called.
        licence: the name of its licence, and ``terms`` what that is called.
        terms: see ``licence``.
        rights: more on what may be done with it; empty when nothing is said.
        triples: how many its graphs hold together.
    """

    iri: str
    title: str
    licence: str
    terms: str
    rights: str
    triples: int


@dataclass(frozen=True, slots=True)
class Source:
    """What the dataset was read out of."""

    iri: str
    title: ox.Literal
    kind: str


@dataclass(frozen=True, slots=True)
class Counts:
    """What the default graph holds, as VoID counts it.

    Attributes:
        totals: ``triples``, ``entities``, ``subjects``, ``objects``, ``classes`` and
            ``properties``.
        classes: how many things there are of each class.
        properties: how many triples of each property.
        parts: the parts of the dataset, and what lies beside it.
        sources: what it was read out of.
    """

    totals: dict[str, int]
    classes: dict[str, int]
    properties: dict[str, int]
    parts: tuple[Part, ...]
    sources: tuple[Source, ...]


def count(opened: Opened) -> Counts:
    """Count what the store holds."""
    store = opened.store
    (totals,) = lookup(store, "void-totals")
    parts = lookup(store, "void-parts")
    sizes = Counter[str]()
    for graph, triples in graph_sizes(store).items():
        sizes[part_of(opened, graph, parts)] += triples
    return Counts(
        {name: int(text_of(term)) for name, term in totals.items()},
        _numbers(store, "void-classes", "class", "entities"),
        _numbers(store, "void-properties", "property", "triples"),
        tuple(
            Part(
                text_of(row["part"]),
                text_of(row["title"]),
                text_of(row.get("licence")),
                text_of(row.get("terms")),
                text_of(row.get("rights")),
                sizes[text_of(row["part"])],
            )
            for row in parts
        ),
        tuple(_source(row) for row in lookup(store, "void-sources")),
    )


def graph_sizes(store: Store) -> dict[str, int]:
    """Return how many triples each named graph holds, by name."""
    return _numbers(store, "graph-sizes", "graph", "triples")


def is_earlier(graph: str, data_date: date) -> bool:
    """Tell whether a graph holds findings of a date before the data's: it is asked by name only."""
    return graph.startswith(ASSESSMENT_GRAPHS) and not graph.endswith(f"/{data_date.isoformat()}")


def parts_of(opened: Opened, graphs: Iterable[str]) -> list[str]:
    """Return the parts of the dataset that some graphs belong to, sorted."""
    parts = lookup(opened.store, "void-parts")
    return sorted({part_of(opened, graph, parts) for graph in graphs})


def part_of(opened: Opened, graph: str, parts: Iterable[Mapping[str, Term]]) -> str:
    """Return the part of the dataset that a graph belongs to by its name.

    Args:
        opened: the store.
        graph: the name of a graph.
        parts: rows of the lookup ``void-parts``. What is none of these is of the dataset
            as a whole, such as a data folder of one's own with other names.
    """
    if is_earlier(graph, opened.data_date):
        return EARLIER
    part = f"{DATASET}/{graph.removeprefix(str(GRAPH)).split('/')[0]}"
    return part if part in {text_of(row["part"]) for row in parts} else str(DATASET)


def _source(row: dict[str, Term]) -> Source:
    title = row["title"]
    assert isinstance(title, ox.Literal)
    return Source(text_of(row["source"]), title, text_of(row["kind"]))


def _numbers(store: Store, query: str, name: str, number: str) -> dict[str, int]:
    return {text_of(row[name]): int(text_of(row[number])) for row in lookup(store, query)}
