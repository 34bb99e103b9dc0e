"""Graphs as files: N-Quads of all, and Turtle and JSON-LD of each by its own name."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from masagraph.release.content import CONTEXT, EARLIER, PEOPLE, QUADS, Entry
from masagraph.release.jsonld import Context, document
from masagraph.release.quads import Graphs, compress, nquads
from masagraph.store.formats import serialize_triples
from masagraph.vocab import GRAPH, PEOPLE_GRAPH

NQUADS, TURTLE, JSONLD = "application/n-quads", "text/turtle", "application/ld+json"


@dataclass(frozen=True, slots=True)
class Kept:
    """The graphs of a release, apart by what may be done with them and what they are for.

    Attributes:
        graphs: all of them.
        licences: the licence of each, an IRI, by its name.
        current: names of those that are the dataset, but for the people's.
        earlier: names of those with findings of earlier days.
        people: names of those that name people.
    """

    graphs: Graphs
    licences: Mapping[str, str]
    current: tuple[str, ...]
    earlier: tuple[str, ...]
    people: tuple[str, ...]


def divide(graphs: Graphs, licences: Mapping[str, str], earlier: frozenset[str]) -> Kept:
    """Divide graphs into those of the dataset, of earlier days, and of people.

    Args:
        graphs: all graphs.
        licences: the licence of each, by its name.
        earlier: names of those with findings of earlier days.
    """
    people = tuple(name for name in graphs if name == str(PEOPLE_GRAPH))
    rest = tuple(name for name in graphs if name not in people)
    return Kept(
        graphs,
        licences,
        tuple(name for name in rest if name not in earlier),
        tuple(name for name in rest if name in earlier),
        people,
    )


def graph_files(kept: Kept, licence: str) -> Iterator[Entry]:
    """Yield every file of RDF.

    Args:
        kept: the graphs.
        licence: the licence of the dataset as a whole.
    """
    dumps = (
        (QUADS, kept.current, "All graphs but the names of people"),
        (EARLIER, kept.earlier, "What was found on earlier days, which stands in no other file"),
    )
    for path, names, title in dumps:
        yield _dump(kept, path, names, title, licence)
    context = Context.of(t for name in kept.graphs for t in kept.graphs[name])
    text = json.dumps({"@context": context.as_json()}, indent=1, ensure_ascii=False) + "\n"
    title = "The context of every JSON-LD file here"
    yield Entry(CONTEXT, text.encode(), title, JSONLD, licence)
    for name in kept.current:
        yield from _own_files(kept, name, context, "rdf/turtle/", "rdf/jsonld/")
    if kept.people:
        title = "The names of people"
        terms = kept.licences[kept.people[0]]
        yield _dump(kept, f"{PEOPLE}people.nq.gz", kept.people, title, terms)
        for name in kept.people:
            yield from _own_files(kept, name, context, PEOPLE, PEOPLE)


def _dump(kept: Kept, path: str, names: tuple[str, ...], title: str, licence: str) -> Entry:
    count = sum(len(kept.graphs[name]) for name in names)
    content = compress(nquads(kept.graphs, names))
    return Entry(path, content, title, NQUADS, licence, compressed=True, rows=count)


def _own_files(
    kept: Kept, name: str, context: Context, turtle: str, jsonld: str
) -> Iterator[Entry]:
    triples, licence = kept.graphs[name], kept.licences[name]
    short = name.removeprefix(str(GRAPH))
    count = len(triples)
    yield Entry(
        f"{turtle}{short}.ttl",
        serialize_triples(triples, "turtle"),
        f"The graph {short}, as Turtle",
        TURTLE,
        licence,
        rows=count,
    )
    path = f"{jsonld}{short}.jsonld"
    yield Entry(
        path,
        document(name, triples, context, "../" * path.count("/") + CONTEXT),
        f"The graph {short}, as JSON-LD",
        JSONLD,
        licence,
        rows=count,
    )
