"""The same data for every server: copies of the store's snapshot in the forms they take.

They are made once for a snapshot and kept in the folder ``benchmark`` of the store.
"""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from masagraph.dataset.snapshot import open_snapshot, read_current
from masagraph.errors import StoreError


@dataclass(frozen=True, slots=True)
class Copies:
    """Where the copies are.

    Attributes:
        database: an Oxigraph database, file for file the snapshot that the service reads.
        quads: all of it as N-Quads, for a server that is filled over HTTP.
        triples: its default graph as N-Triples, for a server that holds one graph.
        size: how many triples the default graph has.
    """

    database: Path
    quads: Path
    triples: Path
    size: int


def make_copies(store: Path) -> Copies:
    """Return the copies of a store's current snapshot, made now when they are not there.

    The default graph of a snapshot already holds what the service's default graph holds, so
    no server needs to merge graphs while it answers.

    Raises:
        StoreError: when there is no store.
    """
    current = read_current(store)
    if current is None:
        raise StoreError(f"there is no store in {store}", "Run: masagraph build")
    folder = store / "benchmark" / f"{current.data_version}-{current.snapshot}"
    if not folder.exists():
        folder.parent.mkdir(exist_ok=True)
        aside = Path(tempfile.mkdtemp(prefix="making-", dir=folder.parent))
        source = open_snapshot(store, current)
        source.dump(aside / "all.nq", format=ox.RdfFormat.N_QUADS)
        source.dump(
            aside / "default.nt", format=ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph()
        )
        shutil.copytree(store / "snapshots" / current.snapshot, aside / "database")
        aside.replace(folder)
        _remove_others(folder)
    triples = folder / "default.nt"
    with triples.open("rb") as lines:
        size = sum(1 for _ in lines)
    return Copies(folder / "database", folder / "all.nq", triples, size)


def _remove_others(folder: Path) -> None:
    """Remove the copies of older snapshots: nobody will measure them again."""
    for path in folder.parent.iterdir():
        if path != folder:
            shutil.rmtree(path, ignore_errors=True)
