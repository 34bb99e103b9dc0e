"""What is said of one thing: its own statements, what it is made of, and what points to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from masagraph.assessment.names import lookup
from masagraph.resources import find_resources
from masagraph.store.opened import Opened
from masagraph.store.protocol import Rows, Store, Term, text_of
from masagraph.vocab import PEOPLE_GRAPH
from masagraph.web.linked.addresses import named_node, unknown
from masagraph.web.linked.labels import Labels, label_in, label_of, labels_of_properties

MOST_LINKS = 500
"""Most links to a thing that its description tells."""


@dataclass(frozen=True, slots=True)
class Said:
    """A triple, and the graphs in which it stands."""

    triple: ox.Triple
    graphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Description:
    """All that is told of one thing.

    Attributes:
        thing: its name.
        label: what it is called; empty when nothing says so.
        facts: what is said of it, then of its parts: blank nodes, and names that are its
            own with ``#`` after them.
        links: what points to it.
        labels: what the other things in it are called.
        documents: IRI and title of the source document that a graph is made of.
        names_left_out: whether the graph of names of people says more.
        facts_cut, links_cut: whether there is more.
    """

    thing: ox.NamedNode
    label: str
    facts: tuple[Said, ...]
    links: tuple[Said, ...]
    labels: Labels
    documents: Mapping[str, tuple[str, str]]
    names_left_out: bool
    facts_cut: bool
    links_cut: bool

    @property
    def remarks(self) -> tuple[str, ...]:
        """What a reader must know: what was left out."""
        told = []
        if self.facts_cut:
            told.append(f"Only {len(self.facts):,} statements are given; there are more.")
        if self.links_cut:
            told.append(f"Only {len(self.links):,} links to it are given; there are more.")
        if self.names_left_out:
            told.append("What the graph of names says is left out: posts are shown, not people.")
        return tuple(told)


_Found = dict[ox.Triple, list[str]]
"""Triples, each with its graphs, in the order in which they were found."""


def is_known(opened: Opened, iri: str) -> bool:
    """Tell whether anything is said of a thing.

    Raises:
        UnknownName: when it can be no name at all.
    """
    return bool(lookup(opened.store, "known", thing=named_node(iri)))


def gather(opened: Opened, iri: str, limit: int) -> Description:
    """Gather what is told of a thing.

    Args:
        opened: the store.
        iri: the name of the thing.
        limit: most triples of its own, and most links to it (at most :data:`MOST_LINKS`).

    Raises:
        UnknownName: when nothing is said of it, or it can be no name at all.
    """
    if not is_known(opened, iri):
        raise unknown()
    store, thing, labels = opened.store, named_node(iri), Labels()
    said, facts_cut = _rows(store, "said-of", thing, limit)
    facts = _triples_of(filter(_may_be_told, said), "value", labels)
    _add_parts(store, facts, iri, limit)
    pointing, links_cut = _rows(store, "links-to", thing, min(limit, MOST_LINKS))
    links = _triples_of(filter(_may_be_told, pointing), "subject", labels)
    used = [triple.predicate.value for triple in (*facts, *links)]
    labels.update(labels_of_properties(store, used))
    _label_parts(store, facts, labels)
    own = label_of(store, thing)
    return Description(
        thing=thing,
        label=str(own) if own else "",
        facts=_told(facts, limit),
        links=_told(links, limit),
        labels=labels,
        documents=documents_of_graphs(store),
        names_left_out=not all(map(_may_be_told, said)),
        facts_cut=facts_cut or len(facts) > limit,
        links_cut=links_cut,
    )


def documents_of_graphs(store: Store) -> dict[str, tuple[str, str]]:
    """Return IRI and title of the source document that each graph of an area is made of."""
    return {
        text_of(row["graph"]): (text_of(row["document"]), text_of(row["title"]))
        for row in lookup(store, "documents-of-graphs")
    }


def _rows(
    store: Store, query: str, thing: ox.NamedNode, limit: int
) -> tuple[list[dict[str, Term | None]], bool]:
    """Run a lookup up to a limit; return its rows and whether there were more."""
    text = find_resources().read_query(f"lookup/{query}.rq")
    answer = store.query(text, {"thing": thing}, limit=limit)
    assert isinstance(answer, Rows)
    rows = [dict(zip(answer.variables, row, strict=True)) for row in answer.rows]
    return rows, answer.truncated


def _triples_of(rows: Iterable[Mapping[str, Term | None]], other: str, labels: Labels) -> _Found:
    """Gather the triples of rows, and what the other things in them are called."""
    found: _Found = {}
    for row in rows:
        subject, predicate = row.get("subject") or row["thing"], row["property"]
        value = row.get("value") or row["thing"]
        assert isinstance(subject, ox.NamedNode)
        assert isinstance(predicate, ox.NamedNode)
        assert value is not None
        graphs = found.setdefault(ox.Triple(subject, predicate, value), [])
        if text_of(row["graph"]) not in graphs:
            graphs.append(text_of(row["graph"]))
        label = label_in(row)
        if label:
            labels.setdefault(text_of(row[other]), label)
    return found


def _may_be_told(row: Mapping[str, Term | None]) -> bool:
    """Tell whether a row is told: names of people are read by SPARQL only (docs/privacy.md)."""
    return text_of(row["graph"]) != str(PEOPLE_GRAPH)


def _told(found: _Found, limit: int) -> tuple[Said, ...]:
    return tuple(Said(triple, tuple(graphs)) for triple, graphs in list(found.items())[:limit])


def _add_parts(store: Store, facts: _Found, iri: str, limit: int) -> None:
    """Add what is said of the parts of a thing, and of their parts; each part once."""
    waiting = [(triple.object, graph) for triple, graphs in facts.items() for graph in graphs]
    indexes: dict[str, dict[object, list[ox.Triple]]] = {}
    seen = set()
    while waiting and len(facts) <= limit:
        part, graph = waiting.pop(0)
        if not is_part(part, iri) or (part, graph) in seen:
            continue
        seen.add((part, graph))
        if graph not in indexes:
            indexes[graph] = _by_subject(store.graph(graph))
        for triple in indexes[graph].get(part, ()):
            facts.setdefault(triple, []).append(graph)
            waiting.append((triple.object, graph))


def is_part(term: object, iri: str) -> bool:
    """Tell whether a term is part of a thing: it has no name, or one within the thing's."""
    return isinstance(term, ox.BlankNode) or (
        isinstance(term, ox.NamedNode) and term.value.startswith(f"{iri}#")
    )


def _by_subject(triples: Iterable[ox.Triple]) -> dict[object, list[ox.Triple]]:
    index: dict[object, list[ox.Triple]] = {}
    for triple in triples:
        index.setdefault(triple.subject, []).append(triple)
    return index


def _label_parts(store: Store, facts: Iterable[ox.Triple], labels: Labels) -> None:
    """Label what parts name; what the thing itself names has its label already."""
    for value in _named_by_parts(facts):
        label = None if value.value in labels else label_of(store, value)
        if label:
            labels[value.value] = label


def _named_by_parts(facts: Iterable[ox.Triple]) -> Iterator[ox.NamedNode]:
    for triple in facts:
        if isinstance(triple.subject, ox.BlankNode) and isinstance(triple.object, ox.NamedNode):
            yield triple.object
