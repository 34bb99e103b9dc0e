"""Assessments kept from one build to the next: what has not changed is not assessed again."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path

import pyoxigraph as ox

from masagraph import __version__
from masagraph.dataset.assemble import Assembled
from masagraph.dataset.files import RdfFile
from masagraph.resources import Resources, find_resources
from masagraph.vocab import GRAPH

_AREAS = str(GRAPH + "areas/")
_ROOM = Path(__file__).resolve().parents[1]


@dataclass
class Kept:
    """Quads of earlier builds, one file each, named by the hash of all that they follow from.

    Attributes:
        folder: where the files lie.
        used: the names of this build, by which what nobody uses any more is dropped.
    """

    folder: Path
    used: set[str] = field(default_factory=set)

    def read(self, key: str) -> list[ox.Quad] | None:
        """Return what is kept under a key; None when nothing is, or nothing that can be read."""
        self.used.add(key)
        try:
            with (self.folder / f"{key}.nq").open("rb") as file:
                return list(ox.parse(file, format=ox.RdfFormat.N_QUADS))
        except (OSError, SyntaxError, ValueError):
            return None

    def write(self, key: str, quads: Iterable[ox.Quad]) -> None:
        """Keep quads under a key. A folder that cannot be written costs time, and no more."""
        text = ox.serialize(quads, format=ox.RdfFormat.N_QUADS)
        assert text is not None
        whole = self.folder / f"{key}.nq"
        # A name of this process's own: two builds may keep the same at once, and half a file
        # would still be read as whole.
        part = whole.with_suffix(f".{os.getpid()}.part")
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            part.write_bytes(text)
            part.replace(whole)
        except OSError:
            return

    def drop_unused(self) -> None:
        """Delete what this build did not ask for."""
        for path in self.folder.iterdir() if self.folder.is_dir() else ():
            if path.suffix == ".part" or path.stem not in self.used:
                path.unlink(missing_ok=True)


def key_of(assembled: Assembled, arrangement: str, graphs: Sequence[str], as_at: date) -> str:
    """Return the hash of all that the assessments of an arrangement follow from.

    Args:
        assembled: the dataset.
        arrangement: its IRI: several may share their graphs.
        graphs: the graphs of the arrangement: its frame and its documents.
        as_at: the date.
    """
    own = set(graphs)
    digest = hashlib.sha256(f"{__version__} {arrangement} {as_at} {_code_and_queries()}".encode())
    files: list[RdfFile] = [
        file for file in assembled.files if file.graph in own or not file.graph.startswith(_AREAS)
    ]
    for file in sorted(files, key=lambda f: (f.graph, f.sha256)):
        digest.update(f"{file.graph} {file.sha256}".encode())
    return digest.hexdigest()[:32]


@cache
def _code_and_queries() -> str:
    """Return the hash of the code and the queries that make a view and a finding."""
    resources: Resources = find_resources()
    paths = [
        *sorted((_ROOM / "assessment").rglob("*.py")),
        *sorted((_ROOM / "dataset").rglob("*.py")),
        *sorted(resources.folder("queries").rglob("*.rq")),
    ]
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()
