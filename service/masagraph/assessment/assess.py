"""One area, one edition, one date: from the view to findings and to EARL."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date

import pyoxigraph as ox

from masagraph.assessment.engine import Engine
from masagraph.assessment.engines import engine_of
from masagraph.assessment.findings import Assessment, read_findings
from masagraph.assessment.names import Area, ChosenEditions, Edition, lookup
from masagraph.assessment.report_names import named_alike
from masagraph.assessment.view import View, build_view, documents_in_view
from masagraph.dataset.rules import apply
from masagraph.errors import EngineError
from masagraph.resources import find_resources
from masagraph.shacl.compiler.terms import to_triples
from masagraph.store.embedded import EmbeddedStore
from masagraph.store.protocol import Store, text_of
from masagraph.vocab import ASSESSMENT_GRAPHS, EARL, MASA, local_name

_EDITION = ox.NamedNode(MASA.edition)
_TESTS = ox.NamedNode(MASA.tests)
_UNDER = ox.NamedNode(MASA.assessedUnder)
_TEST = ox.NamedNode(EARL.test)
_RESULT = ox.NamedNode(EARL.result)
_OUTCOME = ox.NamedNode(EARL.outcome)
_RESTS_ON = ox.NamedNode(MASA.restsOn)


def assessment_graph(focus: str, edition: str, as_at: date) -> str:
    """Return the name of the graph that holds an assessment."""
    return f"{ASSESSMENT_GRAPHS}{local_name(focus)}/{edition}/{as_at.isoformat()}"


def assess(
    store: Store,
    area: Area,
    chosen: ChosenEditions,
    as_at: date,
    data_version: str,
    only: Collection[str] | None = None,
    engine: Engine | None = None,
) -> Assessment:
    """Assess one area.

    An assessment that the build has stored is read; any other is made now, which takes
    longer.

    Args:
        store: the dataset.
        area: the area.
        chosen: the editions whose duties are tested.
        as_at: the date.
        data_version: the version of the data, told with the result.
        only: ids of documents, when not all are to be read.
        engine: what runs the shapes; the compiled shapes by default.

    Raises:
        UnknownName: when a document named is not in view.
        EngineError: when an outcome could not be proved.
    """
    names = [edition.id for edition in chosen.editions]
    graphs = [assessment_graph(area.arrangement or area.iri, name, as_at) for name in names]
    if only is None and engine is None and set(graphs) <= set(store.graphs()):
        documents = documents_in_view(store, area, as_at)
        source: Store = store
    else:
        view = build_view(store, area, as_at, only)
        documents = view.documents
        add_assertions(view, chosen.editions, engine or engine_of())
        source = EmbeddedStore(view.store)
    findings = [finding for graph in graphs for finding in read_findings(source, graph)]
    triples = tuple(t for graph in graphs for t in sorted(source.graph(graph), key=str))
    outcomes = tuple(local_name(text_of(row["outcome"])) for row in lookup(source, "outcomes"))
    return Assessment(
        area,
        chosen.name,
        chosen.remark,
        as_at,
        data_version,
        documents,
        tuple(findings),
        outcomes,
        triples,
    )


def add_assertions(
    view: View,
    editions: Iterable[Edition],
    engine: Engine,
    duties: Collection[str] | None = None,
) -> list[str]:
    """Test the duties of some editions; add report and assertions to the view's store.

    Each edition's go into the graph named by :func:`assessment_graph`.

    Args:
        view: the view; its store is added to.
        editions: the editions.
        engine: what runs the shapes.
        duties: IRIs of the only duties to test; the rest of an edition are then not tested.

    Returns:
        the names of the graphs.

    Raises:
        EngineError: when a tested duty has neither a fault nor evidence.
    """
    editions = list(editions)
    graphs = [_assertions(view, edition, engine, duties) for edition in editions]
    for quads in graphs:
        view.store.extend(quads)
    return [assessment_graph(view.focus, edition.id, view.as_at) for edition in editions]


def _assertions(
    view: View, edition: Edition, engine: Engine, only: Collection[str] | None
) -> list[ox.Quad]:
    """Return the quads of one edition's assessment graph."""
    name = ox.NamedNode(assessment_graph(view.focus, edition.id, view.as_at))
    duties = [
        quad.subject.value
        for quad in view.store.quads_for_pattern(None, _EDITION, ox.NamedNode(edition.iri))
        if isinstance(quad.subject, ox.NamedNode)
    ]
    tested = [duty for duty in duties if only is None or duty in only]
    report = _report(view, tested, engine) if view.documents else []
    under = ox.Triple(ox.NamedNode(view.focus), _UNDER, ox.NamedNode(edition.iri))
    store = view.store
    aside = [quad for graph in _assessed(store) for quad in _within(store, graph)]
    if only is not None:
        tests = store.quads_for_pattern(None, _TESTS, None)
        aside += [quad for quad in tests if text_of(quad.object) not in only]
    # The rules see one dataset: the view, the report, and this edition's assertions so far.
    # All this is done in the view's store, as a copy takes longer than the rules.
    try:
        for quad in aside:
            store.remove(quad)
        store.extend(ox.Quad(t.subject, t.predicate, t.object, name) for t in (under, *report))
        apply(store, find_resources().queries("rules/outcome"), name.value)
        _prove(store, name, duties)
        return named_alike((quad.triple for quad in _within(store, name)), name.value)
    finally:
        store.remove_graph(name)
        store.extend(aside)


def _report(view: View, duties: Collection[str], engine: Engine) -> list[ox.Triple]:
    """Return the SHACL report of the shapes that test some duties."""
    return list(to_triples(engine.run(view.store, duties)))


def _assessed(store: ox.Store) -> list[ox.NamedNode]:
    """Return the graphs of a view that hold an assessment."""
    return [
        graph
        for graph in store.named_graphs()
        if isinstance(graph, ox.NamedNode) and graph.value.startswith(ASSESSMENT_GRAPHS)
    ]


def _within(store: ox.Store, graph: ox.NamedNode) -> Iterator[ox.Quad]:
    return store.quads_for_pattern(None, None, None, graph)


def _prove(work: ox.Store, graph: ox.NamedNode, duties: Collection[str]) -> None:
    """Check that every duty has exactly one outcome, and every pass words to rest on.

    A duty whose shape found no fault and which no local words show wholly gets no
    assertion from the rules: a pass must be proved, so nothing is said at all.
    """
    outcomes: dict[str, list[str]] = {duty: [] for duty in duties}
    for quad in work.quads_for_pattern(None, _TEST, None, graph):
        duty = text_of(quad.object)
        for result in work.quads_for_pattern(quad.subject, _RESULT, None, graph):
            node = result.object
            assert isinstance(node, ox.NamedNode)
            for said in work.quads_for_pattern(node, _OUTCOME, None, graph):
                outcomes[duty].append(text_of(said.object))
        rests = next(work.quads_for_pattern(quad.subject, _RESTS_ON, None, graph), None)
        if rests is None and outcomes[duty] == [str(MASA.Evidenced)]:
            raise EngineError(f"{local_name(duty)} would pass with no words to rest on")
    unproved = [local_name(duty) for duty, said in outcomes.items() if len(said) != 1]
    if unproved:
        raise EngineError(
            f"no outcome could be proved for {', '.join(unproved)}",
            "Their shapes found neither a fault nor evidence; see docs/method.md.",
        )
