"""Which arrangements can stand in one store, and which must be kept apart.

An arrangement's findings may rest on what its own documents say, on the register and on the law.
Arrangements may share documents, posts and organisations, so in one store a fact that only one of
them is told could reach the findings of another. They can stand together where, of each thing that
both are told of, both are told the same; else they stand in different layers.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import pyoxigraph as ox
from rdflib import DCTERMS, ORG, RDF, RDFS, SKOS

from masagraph.vocab import MASA

Fact = tuple[object, ...]

_TYPE = ox.NamedNode(str(RDF.type))
_PLAIN = frozenset(
    ox.NamedNode(str(name))
    for name in (SKOS.prefLabel, SKOS.altLabel, RDFS.label, RDFS.comment, DCTERMS.source)
)
"""What a thing is called and where that was read: no finding rests on it."""

_OPEN = frozenset(
    ox.NamedNode(str(name)) for name in (RDF.type, ORG.member, ORG.postIn, MASA.filledBy)
)
"""Relations that several arrangements may have to one thing: a chief constable serves many areas.

Shapes and rules look back along them only with the arrangement in hand.
"""


@dataclass
class Sharing:
    """What arrangements are told of the things that several of them are told of.

    Attributes:
        readers: the arrangements that see each graph.
        slots: the slots that each arrangement covers: the register describes these to it alone.
        public: what the law or the register speaks of, which all may name.
        stated: what the register states, and a document may repeat.
    """

    readers: Mapping[str, frozenset[str]]
    slots: Mapping[str, Collection[ox.NamedNode]]
    public: Collection[object]
    stated: Collection[ox.Triple]
    _described: set[object] = field(default_factory=set)
    _told: dict[object, str | set[str]] = field(default_factory=dict)

    def read(self, graph: str, triples: Iterable[ox.Triple]) -> None:
        """Note which things a graph speaks of."""
        subjects: set[object] = set()
        objects: set[object] = set()
        for triple in triples:
            subjects.add(triple.subject)
            if triple.predicate != _TYPE:
                objects.add(triple.object)
        self._described |= subjects
        for node in subjects | objects:
            if not isinstance(node, ox.NamedNode):
                continue
            known = self._told.setdefault(node, graph)
            if isinstance(known, set):
                known.add(graph)
            elif known != graph:
                self._told[node] = {known, graph}

    def apart(self, source: ox.Store) -> dict[str, set[str]]:
        """Return, for each arrangement, those with which it cannot stand in one store.

        Args:
            source: the graphs that were read.
        """
        owners: dict[object, set[str]] = {}
        for arrangement, slots in self.slots.items():
            for slot in slots:
                owners.setdefault(slot, set()).add(arrangement)
        found: dict[str, set[str]] = {name: set() for name in self.slots}
        shared = [n for n, told in self._told.items() if isinstance(told, set)]
        for node in dict.fromkeys([*(n for n in shared if n in self._described), *owners]):
            assert isinstance(node, ox.NamedNode)
            for one, other in self._differing(source, node, owners.get(node, set())):
                found[one].add(other)
                found[other].add(one)
        return found

    def _differing(
        self, source: ox.Store, node: ox.NamedNode, owners: set[str]
    ) -> Iterator[tuple[str, str]]:
        """Yield the pairs of arrangements that are told different things of one thing."""
        known = self._told.get(node, set())
        graphs = {known} if isinstance(known, str) else known
        if not owners and len({self.readers[graph] for graph in graphs}) < 2:
            return
        told: dict[str, set[Fact]] = {name: {("covered",)} for name in owners}
        for graph in graphs:
            facts = set(self._facts(source, node, graph))
            for reader in self.readers[graph]:
                told.setdefault(reader, set()).update(facts)
        alike: dict[frozenset[Fact], list[str]] = {}
        for reader, facts in told.items():
            alike.setdefault(frozenset(facts), []).append(reader)
        parties = list(alike.values())
        for at, party in enumerate(parties):
            for others in parties[at + 1 :]:
                yield from ((one, other) for one in party for other in others)

    def _facts(self, source: ox.Store, node: ox.NamedNode, graph: str) -> Iterator[Fact]:
        """Yield what a graph says of a thing, and what in it points at the thing."""
        name = ox.NamedNode(graph)
        for quad in source.quads_for_pattern(node, None, None, name):
            if quad.predicate not in _PLAIN and quad.triple not in self.stated:
                yield quad.predicate, quad.object
        if node not in self.public:
            for quad in source.quads_for_pattern(None, None, node, name):
                if quad.predicate not in _OPEN:
                    yield quad.subject, quad.predicate, node


def in_layers(apart: Mapping[str, Collection[str]]) -> list[list[str]]:
    """Return arrangements in as few layers as one pass finds, sorted within each.

    Args:
        apart: for each arrangement, those with which it cannot stand in one layer.
    """
    layers: list[set[str]] = []
    for name in sorted(apart):
        free = next((layer for layer in layers if layer.isdisjoint(apart[name])), None)
        if free is None:
            layers.append({name})
        else:
            free.add(name)
    return [sorted(layer) for layer in layers]
