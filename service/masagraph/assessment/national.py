"""What can be said of every arrangement on one date, at once.

The queries and rules are those of the view of one arrangement, run over all of them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import pyoxigraph as ox

from masagraph.assessment.compiled import facts_of
from masagraph.assessment.layers import Sharing, in_layers
from masagraph.assessment.names import date_literal
from masagraph.assessment.view import (
    VIEW,
    Document,
    add,
    derive,
    in_view,
    law_of,
    leave_out_history,
    read_document,
    register_facts,
)
from masagraph.resources import find_resources
from masagraph.store.protocol import Store, Term, select, text_of
from masagraph.vocab import MASA

MOST = 250
"""How many arrangements one store holds at most.

No finding needs more than its own arrangement, and over one store the queries grow faster than
the data; see docs/performance.md.
"""

_COVERS = ox.NamedNode(MASA.coversSlot)


@dataclass(frozen=True)
class Layer:
    """Arrangements that can stand in one store: none is told there what is another's alone.

    Attributes:
        arrangements: their IRIs, sorted.
        store: their documents' facts, the register's, law and shapes, with what follows from them.
    """

    arrangements: tuple[str, ...]
    store: ox.Store
    _facts: dict[frozenset[str] | None, ox.Store] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def facts(self, predicates: frozenset[str] | None) -> ox.Store:
        """Return what is told with some properties, each triple once and without the shapes.

        Shapes are run over that: it is put together once, and then held.

        Args:
            predicates: IRIs of the properties; None means all.
        """
        if predicates not in self._facts:
            self._facts[predicates] = facts_of(self.store, predicates)
        return self._facts[predicates]


@dataclass(frozen=True, slots=True)
class NationalView:
    """What is in view of every arrangement on one date.

    Attributes:
        as_at: the date.
        documents: the documents in view of each arrangement that has one, oldest first.
        layers: the arrangements by store. There is one layer unless there are more arrangements
            than :data:`MOST`, or some share things of which they are told differently; see
            :mod:`masagraph.assessment.layers`.
    """

    as_at: date
    documents: Mapping[str, tuple[Document, ...]]
    layers: tuple[Layer, ...]


def national_view(
    store: Store, as_at: date, arrangements: Collection[str] | None = None
) -> NationalView:
    """Build the view of all arrangements that have a document in view.

    Args:
        store: the dataset.
        as_at: documents later than this are left out; register facts are as on this day.
        arrangements: the only ones to look at, by IRI; None means all.
    """
    documents = _documents(store, as_at, arrangements)
    graphs = _graphs(store, documents)
    register: dict[str, list[ox.Triple]] = {name: [] for name in documents}
    for row in _rows(store, "view/register.rq"):
        of = text_of(row["arrangement"])
        if of in register:
            register[of] += register_facts([row])
    law, layers = law_of(store), []
    for some in _in_parts(sorted(documents)):
        parts = ({name: graphs[name] for name in some}, {name: register[name] for name in some})
        for names, within in _stores(law, store, *parts):
            leave_out_history(within)
            for name in names:
                add(within, register[name], VIEW)
                add(within, in_view(name, as_at), VIEW)
            derive(within)
            layers.append(Layer(tuple(names), within))
    return NationalView(as_at, documents, tuple(layers))


def _documents(
    store: Store, as_at: date, arrangements: Collection[str] | None
) -> dict[str, tuple[Document, ...]]:
    """Return the documents in view of each arrangement that has one."""
    rows: dict[str, dict[str, list[Mapping[str, Term]]]] = {}
    for row in _rows(store, "view/documents.rq", as_at=date_literal(as_at)):
        name = text_of(row["arrangement"])
        if arrangements is None or name in arrangements:
            rows.setdefault(name, {}).setdefault(text_of(row["document"]), []).append(row)
    return {
        name: tuple(read_document(iri, same) for iri, same in of.items())
        for name, of in sorted(rows.items())
    }


def _graphs(store: Store, documents: Mapping[str, Iterable[Document]]) -> dict[str, frozenset[str]]:
    """Return the graphs that are in view of each arrangement: its frame and its documents."""
    found = {name: {document.graph for document in held} for name, held in documents.items()}
    for row in _rows(store, "view/frame.rq"):
        name = text_of(row["arrangement"])
        if name in found:
            found[name].add(text_of(row["graph"]))
    return {name: frozenset(graphs) for name, graphs in found.items()}


def _in_parts(names: Sequence[str]) -> Iterator[Sequence[str]]:
    """Yield names in as few parts of at most :data:`MOST` as there can be, alike in size."""
    count = -(-len(names) // MOST)
    for at in range(count):
        yield names[at * len(names) // count : (at + 1) * len(names) // count]


def _stores(
    law: Sequence[ox.Quad],
    store: Store,
    graphs: Mapping[str, Collection[str]],
    register: Mapping[str, Collection[ox.Triple]],
) -> Iterator[tuple[list[str], ox.Store]]:
    """Yield arrangements in layers, each with a store of the law and of what they are told.

    Args:
        law: the law.
        store: the dataset.
        graphs: the graphs in view of each arrangement.
        register: what the register says to each.
    """
    source = ox.Store()
    source.bulk_extend(law)
    sharing = _sharing(law, graphs, register)
    for name in sorted(sharing.readers):
        triples = store.graph(name)
        sharing.read(name, triples)
        add(source, triples, name)
    layers = in_layers(sharing.apart(source))
    if len(layers) == 1:
        yield layers[0], source
        return
    for names in layers:
        within = ox.Store()
        within.bulk_extend(law)
        for graph in sorted({graph for name in names for graph in graphs[name]}):
            within.bulk_extend(source.quads_for_pattern(None, None, None, ox.NamedNode(graph)))
        yield names, within


def _sharing(
    law: Iterable[ox.Quad],
    graphs: Mapping[str, Collection[str]],
    register: Mapping[str, Iterable[ox.Triple]],
) -> Sharing:
    """Return what is known of sharing before the documents are read."""
    readers: dict[str, set[str]] = {}
    for arrangement, names in graphs.items():
        for name in names:
            readers.setdefault(name, set()).add(arrangement)
    slots = {
        arrangement: {
            t.object for t in facts if t.predicate == _COVERS and isinstance(t.object, ox.NamedNode)
        }
        for arrangement, facts in register.items()
    }
    stated = {triple for facts in register.values() for triple in facts}
    public = {quad.subject for quad in law} | {triple.subject for triple in stated}
    public -= {slot for some in slots.values() for slot in some}
    public -= {ox.NamedNode(arrangement) for arrangement in graphs}
    return Sharing({name: frozenset(some) for name, some in readers.items()}, slots, public, stated)


def _rows(store: Store, name: str, **terms: ox.NamedNode | ox.Literal) -> Iterator[dict[str, Term]]:
    yield from select(store, find_resources().read_query(name), **terms)
