"""Build the store: every graph, what follows from it, and the assessments, swapped in whole."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pyoxigraph as ox

from masagraph import __version__
from masagraph.assessment.history import days_of_change
from masagraph.assessment.kept import PACKAGE, Kept, code_and_queries
from masagraph.assessment.names import Area, list_areas
from masagraph.assessment.renewed import Renewed
from masagraph.dataset.assemble import FACTS, Assembled, assemble, inputs_hash, merge_graphs
from masagraph.dataset.snapshot import Current, is_whole, read_current, write_snapshot
from masagraph.errors import StoreError
from masagraph.resources import Resources
from masagraph.settings import read_settings
from masagraph.store.embedded import EmbeddedStore
from masagraph.vocab import ASSESSMENT_GRAPHS, DATASET, MASA

Beside = Callable[[EmbeddedStore, date], Iterable[ox.Quad]]
"""Graphs that stand beside the findings, made from the dataset and its date. No finding rests on
them."""

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
    beside: Beside | None = None,
) -> Built:
    """Build the store in a folder.

    Args:
        resources: where the RDF folders are.
        folder: the store's folder.
        extra: further data folders.
        progress: told of each step.
        kept_in: folder of the assessments of earlier builds, which is then only added to;
            by default one in the store's folder, from which what is out of use is dropped.
        beside: graphs of rooms further down, such as the catalogue of questions.

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
    renewed = Renewed(assembled, kept)
    plan = _plan(store, with_documents, assembled.data_date)
    made: list[ox.Quad] = []
    for number, (day, some) in enumerate(plan.items()):
        tell(f"assessing {len(some)} areas as at {day}", number, len(plan))
        made += renewed.quads(some, day)
    tell("writing the store", len(plan), len(plan))
    assessments = {
        quad.graph_name.value
        for quad in made
        if isinstance(quad.graph_name, ox.NamedNode)
        and quad.graph_name.value.startswith(ASSESSMENT_GRAPHS)
    }
    assembled.store.bulk_extend(made)
    assembled.store.bulk_extend(_versions(assessments, assembled))
    if beside is not None:
        assembled.store.bulk_extend(list(beside(store, assembled.data_date)))
    triples = len(assembled.store) + 1  # with the one that tells how many there are
    today = f"/{assembled.data_date.isoformat()}"
    # One date stands in the default graph, or every finding would count once a date.
    merge_graphs(assembled.store, {name for name in assessments if not name.endswith(today)})
    _tell_quads(assembled.store)
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


def unchanged(resources: Resources, folder: Path, extra: Sequence[Path] = ()) -> Current | None:
    """Return what a store is when a build would make the same again; else None.

    Its inputs and the code must be those it was built with, and every byte as it was written.
    Times of files are not looked at: a clock may be wrong.

    Args:
        resources: where the RDF folders are.
        folder: the store's folder.
        extra: further data folders.
    """
    try:
        current = read_current(folder)
    except StoreError:
        return None
    same = (
        current is not None
        and current.software_version == __version__
        and current.code == _made_with()
        and current.extra_data == _paths(extra)
        and all(path.is_dir() for path in extra)
        and current.inputs == inputs_hash(resources, extra)
        and is_whole(folder, current)
    )
    return current if same else None


def _made_with() -> str:
    """Return the hash of all that a store follows from beside its inputs.

    More bears on it than on a finding: all code, and the address under which its queries run.
    """
    digest = hashlib.sha256(f"{code_and_queries()} {read_settings().base_url}".encode())
    for path in sorted(PACKAGE.rglob("*.py")):
        digest.update(f" {path.relative_to(PACKAGE).as_posix()} ".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _plan(store: EmbeddedStore, areas: Sequence[Area], data_date: date) -> dict[date, list[Area]]:
    """Return what to assess: each arrangement, on each day of change and on the data's date.

    A joint arrangement covers several areas and is assessed once.
    """
    plan: dict[date, list[Area]] = {}
    for area in {area.arrangement: area for area in areas}.values():
        days = {day.date for day in days_of_change(store, area.arrangement, data_date)}
        for day in days | {data_date}:
            plan.setdefault(day, []).append(area)
    return dict(sorted(plan.items()))


def _versions(assessments: Iterable[str], assembled: Assembled) -> Iterator[ox.Quad]:
    """Yield, for each assessment graph, what it was made with."""
    for name in map(ox.NamedNode, assessments):
        for predicate, value in (
            (MASA.dataVersion, assembled.data_version),
            (MASA.shapesVersion, assembled.shapes_version),
            (MASA.softwareVersion, __version__),
        ):
            yield ox.Quad(name, ox.NamedNode(predicate), ox.Literal(value), name)


def _tell_quads(store: ox.Store) -> None:
    """Say in a store how many quads it holds, these two counted too."""
    told = ox.Literal(len(store) + 2)
    for graph in (FACTS, ox.DefaultGraph()):
        store.add(ox.Quad(ox.NamedNode(DATASET), ox.NamedNode(MASA.quads), told, graph))


def _current(assembled: Assembled, extra: Sequence[Path]) -> Current:
    return Current(
        format=0,
        snapshot="",
        data_date=assembled.data_date.isoformat(),
        data_version=assembled.data_version,
        shapes_version=assembled.shapes_version,
        software_version=__version__,
        inputs=assembled.inputs,
        extra_data=_paths(extra),
        code=_made_with(),
    )


def _paths(extra: Sequence[Path]) -> tuple[str, ...]:
    return tuple(str(path.resolve()) for path in extra)
