"""The view: what can be said of one arrangement on one date, as a small dataset."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from weakref import WeakKeyDictionary

import pyoxigraph as ox

from masagraph.assessment.inference import conclude
from masagraph.assessment.names import Area, date_literal
from masagraph.dataset.rules import apply
from masagraph.errors import UnknownName
from masagraph.resources import find_resources
from masagraph.store.embedded import EmbeddedStore
from masagraph.store.protocol import Store, Term, select, text_of
from masagraph.vocab import GRAPH, MASA, local_name

VIEW = str(GRAPH + "view/facts")
INFERRED = str(GRAPH + "view/inferred")
SHOWN = str(GRAPH + "view/shown")
LAW = tuple(str(GRAPH + name) for name in ("ontology/", "guidance/", "shapes/"))

_TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_EVIDENCES = ox.NamedNode(MASA.evidences)
_SHOWS = (_EVIDENCES, ox.NamedNode(MASA.bearsOn), ox.NamedNode(MASA.bearsPartlyOn))
_CONFLICTS_WITH = ox.NamedNode(MASA.conflictsWith)
_OR_SUCCESSOR = ox.NamedNode(MASA.orSuccessor)
_FILLED_BY = ox.NamedNode(MASA.filledBy)
_SLOT = ox.NamedNode(MASA.PartnerSlot)


_LAWS: WeakKeyDictionary[EmbeddedStore, Sequence[ox.Quad]] = WeakKeyDictionary()


@dataclass(frozen=True, slots=True)
class Document:
    """A document in view.

    Attributes:
        iri: its IRI.
        id: its short name, such as ``sefton-arrangements-2021``.
        graph: the graph in which it was read.
        title: its title.
        kind: local name of its kind.
        extent_held: local name of how much of it is held.
        in_view_from: the day from which it counts.
        date_basis: local name of the basis of that day.
        url: its address, where known.
        claims: ids of the editions that it claims to follow.
    """

    iri: str
    id: str
    graph: str
    title: str
    kind: str
    extent_held: str
    in_view_from: date
    date_basis: str
    url: str | None
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class View:
    """What is in view of one arrangement on one date.

    Attributes:
        focus: IRI of the arrangement or, where none is described, of the area.
        as_at: the date.
        documents: the documents in view, oldest first; none means that nothing is tested.
        store: documents' facts, register, law and shapes, with what follows from them.
    """

    focus: str
    as_at: date
    documents: tuple[Document, ...]
    store: ox.Store


def build_view(store: Store, area: Area, as_at: date, only: Collection[str] | None = None) -> View:
    """Build the view of an area's arrangement.

    Args:
        store: the dataset.
        area: the area.
        as_at: documents later than this are left out; register facts are as on this day.
        only: ids of the documents to read; None reads all.

    Raises:
        UnknownName: when one of ``only`` is not a document of the arrangement by then.
    """
    documents = documents_in_view(store, area, as_at, only)
    source = ox.Store()
    source.bulk_extend(law_of(store))
    focus = area.arrangement or area.iri
    if area.arrangement is None or not documents:
        add(source, [_date_triple(focus, as_at)], VIEW)
        return View(focus, as_at, (), source)

    node = ox.NamedNode(area.arrangement)
    frames = _select(store, "view/frame.rq", arrangement=node)
    add_graphs(source, store, (text_of(row["graph"]) for row in frames))
    add_graphs(source, store, (document.graph for document in documents))
    leave_out_history(source)
    add(source, register_facts(_select(store, "view/register.rq", arrangement=node)), VIEW)
    add(source, in_view(focus, as_at), VIEW)
    derive(source)
    return View(focus, as_at, documents, source)


def law_of(store: Store) -> Sequence[ox.Quad]:
    """Return the law and the shapes of a dataset, in their graphs."""
    if isinstance(store, EmbeddedStore):
        # What it holds never changes, and many views are made of it.
        if store not in _LAWS:
            _LAWS[store] = tuple(_read_law(store))
        return _LAWS[store]
    return tuple(_read_law(store))


def _read_law(store: Store) -> Iterator[ox.Quad]:
    for name in store.graphs():
        if name.startswith(LAW):
            graph = ox.NamedNode(name)
            for t in store.graph(name):
                yield ox.Quad(t.subject, t.predicate, t.object, graph)


def derive(source: ox.Store) -> None:
    """Add to a view what follows from it: lines and roles, inference, and what is shown."""
    resources = find_resources()
    apply(source, resources.queries("rules/view"), INFERRED)
    conclude(source, INFERRED)
    apply(source, resources.queries("rules/shown"), SHOWN)


def _select(store: Store, name: str, **terms: ox.NamedNode | ox.Literal) -> list[dict[str, Term]]:
    return select(store, find_resources().read_query(name), **terms)


def add(source: ox.Store, triples: Iterable[ox.Triple], graph: str) -> None:
    """Add triples to one graph of a view."""
    name = ox.NamedNode(graph)
    source.bulk_extend(ox.Quad(t.subject, t.predicate, t.object, name) for t in triples)


def add_graphs(source: ox.Store, store: Store, names: Iterable[str]) -> None:
    """Copy graphs of the dataset to a view."""
    for name in names:
        add(source, store.graph(name), name)


def register_facts(rows: Iterable[Mapping[str, Term]]) -> Iterator[ox.Triple]:
    """Yield what ``queries/view/register.rq`` found; what names no thing is of the arrangement."""
    for row in rows:
        thing, link = row.get("thing", row["arrangement"]), row["property"]
        assert isinstance(thing, ox.NamedNode)
        assert isinstance(link, ox.NamedNode)
        yield ox.Triple(thing, link, row["value"])


def in_view(arrangement: str, as_at: date) -> tuple[ox.Triple, ox.Triple]:
    """Return what says that an arrangement is in view, and on which date."""
    node = ox.NamedNode(arrangement)
    kind = ox.Triple(node, _TYPE, ox.NamedNode(MASA.ArrangementInView))
    return _date_triple(arrangement, as_at), kind


def _date_triple(focus: str, as_at: date) -> ox.Triple:
    return ox.Triple(ox.NamedNode(focus), ox.NamedNode(MASA.asAt), date_literal(as_at))


def documents_in_view(
    store: Store, area: Area, as_at: date, only: Collection[str] | None = None
) -> tuple[Document, ...]:
    """Return the documents of an area's arrangement that are in view on a date, oldest first.

    Raises:
        UnknownName: when one of ``only`` is not among them.
    """
    rows: dict[str, list[dict[str, Term]]] = {}
    for row in _select(
        store,
        "view/documents.rq",
        # Nothing describes an area, so where there is no arrangement nothing is found.
        arrangement=ox.NamedNode(area.arrangement or area.iri),
        as_at=date_literal(as_at),
    ):
        rows.setdefault(text_of(row["document"]), []).append(row)
    found = tuple(read_document(iri, same) for iri, same in rows.items())
    if only is None:
        return found
    known = {document.id for document in found}
    for name in only:
        if name not in known:
            raise UnknownName(
                f'there is no document "{name}" of {area.label} in view on {as_at}',
                f"In view: {', '.join(sorted(known)) or 'none'}.",
            )
    return tuple(document for document in found if document.id in only)


def read_document(iri: str, rows: Sequence[Mapping[str, Term]]) -> Document:
    """Return the document that some rows of ``queries/view/documents.rq`` describe."""
    row = rows[0]
    return Document(
        iri=iri,
        id=local_name(iri),
        graph=text_of(row["graph"]),
        title=text_of(row["title"]),
        kind=local_name(text_of(row["kind"])),
        extent_held=local_name(text_of(row["extent"])),
        in_view_from=date.fromisoformat(text_of(row["from"])),
        date_basis=local_name(text_of(row.get("basis"))),
        url=text_of(row.get("url")) or None,
        claims=tuple(sorted({local_name(text_of(r["claims"])) for r in rows if "claims" in r})),
    )


def leave_out_history(source: ox.Store) -> None:
    """Remove facts that newer documents have overtaken, and the words that show only these.

    Which facts those are is decided in ``queries/view/history.rq``.
    """
    rows = source.query(find_resources().read_query("view/history.rq"))
    assert isinstance(rows, ox.QuerySolutions)
    history: dict[ox.NamedNode, set[ox.NamedNode]] = {}
    for row in rows:
        graph, fact = row["graph"], row["fact"]
        assert isinstance(graph, ox.NamedNode)
        assert isinstance(fact, ox.NamedNode)
        history.setdefault(graph, set()).add(fact)
    for graph, facts in history.items():
        for fact in facts:
            # Of a slot only its filler is history; an appointment goes as a whole.
            fillers = list(source.quads_for_pattern(fact, _FILLED_BY, None, graph))
            for quad in fillers or list(source.quads_for_pattern(fact, None, None, graph)):
                source.remove(quad)
        _forget(source, graph, facts)


def _forget(source: ox.Store, graph: ox.NamedNode, facts: set[ox.NamedNode]) -> None:
    """Remove the links of words to facts that are history.

    Words that showed nothing else go as a whole; words that bear on a duty by themselves
    stay: the duty they speak of has not become history with the seat. A conflict over what is
    history is settled by the newer document, and goes. The words "or successor body" stay
    linked: they speak for whatever else their document says of the body.
    """
    links = [
        link
        for link in source.quads_for_pattern(None, _EVIDENCES, None, graph)
        if next(source.quads_for_pattern(link.subject, _OR_SUCCESSOR, None, graph), None) is None
    ]
    touched = {link.subject for link in links if link.object in facts}
    for link in links:
        if link.object in facts:
            source.remove(link)
    for statement in touched:
        quads = list(source.quads_for_pattern(statement, None, None, graph))
        if not any(quad.predicate == _EVIDENCES for quad in quads):
            conflicts = [
                *source.quads_for_pattern(statement, _CONFLICTS_WITH, None),
                *source.quads_for_pattern(None, _CONFLICTS_WITH, statement),
            ]
            for quad in conflicts:
                source.remove(quad)
        if not any(quad.predicate in _SHOWS for quad in quads):
            for quad in quads:
                source.remove(quad)
