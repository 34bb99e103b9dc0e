"""Assess a draft beside the law and the register, without keeping it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

import pyoxigraph as ox

from masagraph.assessment.names import Area, list_areas, lookup
from masagraph.dataset.draft import check_draft_files
from masagraph.dataset.files import RdfFile
from masagraph.dataset.integrity import check_links
from masagraph.dataset.rules import apply
from masagraph.errors import DataError, Place
from masagraph.resources import Resources
from masagraph.store.embedded import EmbeddedStore
from masagraph.store.protocol import Store, text_of
from masagraph.vocab import DERIVED_GRAPHS, GRAPH, ID

_LAW = tuple(str(GRAPH + name) for name in ("ontology/", "shapes/", "guidance/", "register/"))


def with_draft(store: Store, files: Sequence[RdfFile], resources: Resources) -> EmbeddedStore:
    """Return law, register and draft as a store in memory.

    Documents that are held of the area already are left out: a draft is judged by what it
    says itself. What describes the arrangement, and is no document, is taken from the data
    held unless the draft describes one.

    Args:
        store: the dataset.
        files: the draft, see :func:`masagraph.dataset.draft.read_draft`.
        resources: where shapes and rules are.

    Raises:
        DataError: when the draft is not what a data file must be.
    """
    check_draft_files(files, resources)
    source = ox.Store()
    _copy(store, source, (name for name in store.graphs() if name.startswith(_LAW)))
    for file in files:
        source.extend(file.quads())
    draft = EmbeddedStore(source)
    if not lookup(draft, "arrangements"):
        frames = {text_of(row["graph"]) for row in lookup(store, "frames")}
        _copy(store, source, sorted(frames))
    apply(source, resources.queries("rules/dataset"), str(DERIVED_GRAPHS + "facts"))
    check_links(source, files)
    return EmbeddedStore(source)


def _copy(store: Store, into: ox.Store, names: Iterable[str]) -> None:
    for name in names:
        graph = ox.NamedNode(name)
        into.extend(ox.Quad(t.subject, t.predicate, t.object, graph) for t in store.graph(name))


def area_of_draft(draft: EmbeddedStore, files: Sequence[RdfFile]) -> tuple[Area, date]:
    """Return the first area that a draft describes, and the day of its newest document.

    Raises:
        DataError: unless its documents describe one arrangement, and that covers an area.
    """
    areas, newest = areas_of_draft(draft, files)
    return areas[0], newest


def areas_of_draft(
    draft: EmbeddedStore, files: Sequence[RdfFile], several: bool = False
) -> tuple[list[Area], date]:
    """Return the areas that a draft describes, and the day of its newest document.

    Args:
        draft: the draft, see :func:`with_draft`.
        files: its files.
        several: whether it may describe more than one arrangement.

    Raises:
        DataError: unless its documents describe an arrangement, and each covers an area.
    """
    place = Place(files[0].path) if files else None
    rows = lookup(draft, "described")
    arrangements = sorted({text_of(row["arrangement"]) for row in rows})
    if not rows:
        raise DataError(
            "the draft has no source document that describes an arrangement",
            "Add a masa:SourceDocument with masa:describes and masa:inViewFrom.",
            place,
        )
    if len(arrangements) > 1 and not several:
        names = " and ".join(name.removeprefix(str(ID)) for name in arrangements)
        raise DataError(
            f"the draft describes {len(arrangements)} arrangements ({names})",
            "Check one at a time; a workbook of several is told area by area by masagraph check.",
            place,
        )
    areas = [area for area in list_areas(draft) if area.arrangement in arrangements]
    without = set(arrangements) - {area.arrangement for area in areas}
    if without:
        raise DataError(
            f"{min(without).removeprefix(str(ID))} covers no area",
            "Give the arrangement a masa:coversArea that is in the register.",
            place,
        )
    return areas, max(date.fromisoformat(text_of(row["from"])) for row in rows)
