"""Build the store: every graph, what follows from it, and the assessments, swapped in whole."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from masagraph import __version__
from masagraph.assessment.assess import add_assertions
from masagraph.assessment.engine import PySHACL
from masagraph.assessment.names import Area, Edition, list_areas, list_editions
from masagraph.assessment.view import INFERRED, View, build_view
from masagraph.dataset.assemble import Assembled, assemble, merge_graphs
from masagraph.dataset.snapshot import Current, write_snapshot
from masagraph.resources import Resources
from masagraph.store.embedded import EmbeddedStore
from masagraph.vocab import DERIVED_GRAPHS, MASA, local_name

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
    resources: Resources, folder: Path, extra: Sequence[Path] = (), progress: Progress | None = None
) -> Built:
    """Build the store in a folder.

    Args:
        resources: where the RDF folders are.
        folder: the store's folder.
        extra: further data folders.
        progress: told of each step.

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
    editions = list_editions(store)
    with_documents = [area for area in areas if area.has_document]
    # A joint arrangement covers several areas and is assessed once.
    to_assess = list({area.arrangement: area for area in with_documents}.values())
    made: list[ox.Quad] = []
    assessments = 0
    for number, area in enumerate(to_assess):
        tell(f"assessing {area.label}", number, len(to_assess))
        quads, count = _publish_area(store, area, editions, assembled)
        made += quads
        assessments += count
    tell("writing the store", len(to_assess), len(to_assess))
    assembled.store.extend(made)
    triples = len(assembled.store)
    merge_graphs(assembled.store)
    write_snapshot(folder, assembled.store, _current(assembled, extra))
    return Built(
        assembled.data_version,
        triples,
        len(list(assembled.store.named_graphs())),
        len(areas),
        len(with_documents),
        assessments,
    )


def _publish_area(
    store: EmbeddedStore, area: Area, editions: Sequence[Edition], assembled: Assembled
) -> tuple[list[ox.Quad], int]:
    """Return the quads to publish for one area, and how many assessments they hold."""
    view = build_view(store, area, assembled.data_date)
    if not view.documents:
        return [], 0
    graphs = add_assertions(view, editions, PySHACL())
    quads = list(_derived(view))
    for graph in graphs:
        name = ox.NamedNode(graph)
        quads += view.store.quads_for_pattern(None, None, None, name)
        quads += (
            ox.Quad(name, ox.NamedNode(predicate), ox.Literal(value), name)
            for predicate, value in (
                (MASA.dataVersion, assembled.data_version),
                (MASA.shapesVersion, assembled.shapes_version),
                (MASA.softwareVersion, __version__),
            )
        )
    return quads, len(graphs)


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
