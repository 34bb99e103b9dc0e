"""Build the store: every graph, what follows from it, and the assessments, swapped in whole."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pyoxigraph as ox

from masagraph import __version__
from masagraph.assessment.assess import add_assertions
from masagraph.assessment.engines import engine_of
from masagraph.assessment.history import days_of_change
from masagraph.assessment.kept import Kept, key_of
from masagraph.assessment.names import Area, list_areas, list_editions, lookup
from masagraph.assessment.view import INFERRED, View, build_view
from masagraph.dataset.assemble import Assembled, assemble, merge_graphs
from masagraph.dataset.snapshot import Current, write_snapshot
from masagraph.resources import Resources
from masagraph.store.embedded import EmbeddedStore
from masagraph.store.protocol import text_of
from masagraph.vocab import ASSESSMENT_GRAPHS, DERIVED_GRAPHS, MASA, local_name

Progress = Callable[[str, int, int], None]
"""Told what is being done, how many steps are done, and how many there are."""


@dataclass(frozen=True, slots=True)
class Built:
    """What a build made."""

    data_version: str
    triples: int
    graphs: int
    areas: int
    areas_with_documents: int
    assessments: int


def build(
    resources: Resources,
    folder: Path,
    extra: Sequence[Path] = (),
    progress: Progress | None = None,
    kept_in: Path | None = None,
) -> Built:
    """Build the store in a folder.

    Args:
        resources: where the RDF folders are.
        folder: the store's folder.
        extra: further data folders.
        progress: told of each step.
        kept_in: folder of the assessments of earlier builds, which is then only added to;
            by default one in the store's folder, from which what is out of use is dropped.

    Raises:
        DataError: when a file or a statement is not what it must be.
        StoreError: when the store cannot be written; what was there is unchanged.
        EngineError: when an outcome could not be proved.
    """
    tell = progress or (lambda what, done, of: None)
    tell("reading and checking the files", 0, 1)
    assembled = assemble(resources, extra)
    store = EmbeddedStore(assembled.store)
    areas = list_areas(store)
    with_documents = [area for area in areas if area.has_document]
    kept = Kept(kept_in or folder / "kept")
    plan = _plan(store, with_documents, assembled.data_date)
    made: list[ox.Quad] = []
    for number, (area, day) in enumerate(plan):
        tell(f"assessing {area.label} as at {day}", number, len(plan))
        made += _publish(store, area, day, assembled, kept)
    tell("writing the store", len(plan), len(plan))
    assessments = {
        quad.graph_name.value
        for quad in made
        if isinstance(quad.graph_name, ox.NamedNode)
        and quad.graph_name.value.startswith(ASSESSMENT_GRAPHS)
    }
    assembled.store.extend(made)
    triples = len(assembled.store)
    today = f"/{assembled.data_date.isoformat()}"
    # One date stands in the default graph, or every finding would count once a date.
    merge_graphs(assembled.store, {name for name in assessments if not name.endswith(today)})
    write_snapshot(folder, assembled.store, _current(assembled, extra))
    if kept_in is None:
        kept.drop_unused()
    return Built(
        assembled.data_version,
        triples,
        len(list(assembled.store.named_graphs())),
        len(areas),
        len(with_documents),
        len(assessments),
    )


def _plan(store: EmbeddedStore, areas: Sequence[Area], data_date: date) -> list[tuple[Area, date]]:
    """Return what to assess: each arrangement, on each day of change and on the data's date.

    A joint arrangement covers several areas and is assessed once.
    """
    plan = []
    for area in {area.arrangement: area for area in areas}.values():
        days = {day.date for day in days_of_change(store, area.arrangement, data_date)}
        plan += [(area, day) for day in sorted(days | {data_date})]
    return plan


def _publish(
    store: EmbeddedStore, area: Area, day: date, assembled: Assembled, kept: Kept
) -> list[ox.Quad]:
    """Return the quads to publish for one arrangement and date."""
    assert area.arrangement is not None
    arrangement = ox.NamedNode(area.arrangement)
    graphs = [text_of(row["graph"]) for row in lookup(store, "graphs-of", arrangement=arrangement)]
    key = key_of(assembled, area.arrangement, graphs, day)
    quads = kept.read(key)
    if quads is None:
        view = build_view(store, area, day)
        quads = _assess(store, view) if view.documents else []
        if day == assembled.data_date:
            quads += _derived(view)
        kept.write(key, quads)
    versions = [
        ox.Quad(name, ox.NamedNode(predicate), ox.Literal(value), name)
        for name in {quad.graph_name for quad in quads}
        if isinstance(name, ox.NamedNode) and name.value.startswith(ASSESSMENT_GRAPHS)
        for predicate, value in (
            (MASA.dataVersion, assembled.data_version),
            (MASA.shapesVersion, assembled.shapes_version),
            (MASA.softwareVersion, __version__),
        )
    ]
    return quads + versions


def _assess(store: EmbeddedStore, view: View) -> list[ox.Quad]:
    graphs = add_assertions(view, list_editions(store), engine_of())
    return [
        quad
        for graph in graphs
        for quad in view.store.quads_for_pattern(None, None, None, ox.NamedNode(graph))
    ]


def _derived(view: View) -> Sequence[ox.Quad]:
    """What follows from the current facts of an arrangement, in a graph of its own."""
    name = ox.NamedNode(f"{DERIVED_GRAPHS}{local_name(view.focus)}")
    inferred = view.store.quads_for_pattern(None, None, None, ox.NamedNode(INFERRED))
    return [ox.Quad(q.subject, q.predicate, q.object, name) for q in inferred]


def _current(assembled: Assembled, extra: Sequence[Path]) -> Current:
    return Current(
        format=0,
        snapshot="",
        data_date=assembled.data_date.isoformat(),
        data_version=assembled.data_version,
        shapes_version=assembled.shapes_version,
        software_version=__version__,
        inputs=assembled.inputs,
        extra_data=tuple(str(path.resolve()) for path in extra),
    )
