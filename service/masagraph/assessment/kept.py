"""What is kept from one build to the next, so that only what has changed is assessed again."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import rdflib

from masagraph import __version__
from masagraph.assessment.engine import SHAPES
from masagraph.dataset.assemble import Assembled
from masagraph.dataset.files import RdfFile
from masagraph.resources import find_resources
from masagraph.vocab import GRAPH

_AREAS = str(GRAPH + "areas/")
PACKAGE = Path(__file__).resolve().parents[1]


@dataclass(frozen=True, slots=True)
class Part:
    """What one graph says of one duty.

    Attributes:
        graph: the graph's IRI.
        duty: the duty's short name; empty for what is of none.
        shape: the hash of the shapes by which the duty was tested.
        triples: what it says.
    """

    graph: str
    duty: str
    shape: str
    triples: Sequence[ox.Triple]


@dataclass
class Kept:
    """Parts of earlier builds: a file for each view, named by the hash of what it follows from.

    Within a file each part has a graph, whose name ends in its duty and shape.

    Attributes:
        folder: where the files lie.
        used: the names of this build, by which what nobody uses any more is dropped.
    """

    folder: Path
    used: set[str] = field(default_factory=set)

    def read(self, key: str) -> list[Part] | None:
        """Return what is kept under a key; None when nothing is, or it is not what was written."""
        self.used.add(key)
        found: dict[str, list[ox.Triple]] = {}
        try:
            head, _, text = (self.folder / f"{key}.nq").read_bytes().partition(b"\n")
            if head != _head(text):
                return None
            for quad in ox.parse(text, format=ox.RdfFormat.N_QUADS):
                name = str(quad.graph_name).strip("<>")
                found.setdefault(name, []).append(quad.triple)
            return [_part(name, triples) for name, triples in found.items()]
        except (OSError, SyntaxError, ValueError):
            return None

    def write(self, key: str, parts: Iterable[Part]) -> None:
        """Keep parts under a key. A folder that cannot be written costs time, and no more."""
        text = ox.serialize(_quads(parts), format=ox.RdfFormat.N_QUADS)
        assert text is not None
        file = self.folder / f"{key}.nq"
        # A name of this process's own: two builds may keep the same at once, and half a file
        # would still be read as whole.
        aside = file.with_suffix(f".{os.getpid()}.part")
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            aside.write_bytes(_head(text) + b"\n" + text)
            aside.replace(file)
        except OSError:
            with suppress(OSError):
                aside.unlink(missing_ok=True)

    def drop_unused(self) -> None:
        """Delete what this build did not ask for."""
        for path in self.folder.iterdir() if self.folder.is_dir() else ():
            if path.suffix == ".part" or path.stem not in self.used:
                path.unlink(missing_ok=True)


def _head(text: bytes) -> bytes:
    """Return the first line of a file: a comment with the checksum of the rest."""
    return f"# sha256 {hashlib.sha256(text).hexdigest()}".encode()


def _quads(parts: Iterable[Part]) -> Iterator[ox.Quad]:
    for part in parts:
        name = ox.NamedNode(f"{part.graph}#{part.duty}/{part.shape}")
        for t in part.triples:
            yield ox.Quad(t.subject, t.predicate, t.object, name)


def _part(name: str, triples: Sequence[ox.Triple]) -> Part:
    """Return the part that a graph of a file holds.

    Raises:
        ValueError: when the name is none that was written.
    """
    graph, of = name.split("#")
    duty, shape = of.split("/")
    return Part(graph, duty, shape, triples)


def key_of(
    assembled: Assembled, arrangement: str, graphs: Sequence[str], as_at: date, shared: str
) -> str:
    """Return the hash of all that a view of an arrangement, and what is found in it, follow from.

    The shapes of single duties are left out: each part tells its own.

    Args:
        assembled: the dataset.
        arrangement: its IRI: several may share their graphs.
        graphs: the graphs of the arrangement: its frame and its documents.
        as_at: the date.
        shared: the hash of what the shapes share.
    """
    own = set(graphs)
    head = f"{__version__} {arrangement} {as_at} {shared} {code_and_queries()}"
    digest = hashlib.sha256(head.encode())
    files: list[RdfFile] = [
        file
        for file in assembled.files
        if file.graph in own or not file.graph.startswith((_AREAS, SHAPES))
    ]
    for file in sorted(files, key=lambda f: (f.graph, f.sha256)):
        digest.update(f"{file.graph} {file.sha256}".encode())
    return digest.hexdigest()[:32]


@cache
def code_and_queries() -> str:
    """Return the hash of the code, the libraries and the queries that make a finding."""
    queries = find_resources().folder("queries")
    digest = hashlib.sha256(f"{ox.__version__} {rdflib.__version__}".encode())
    for root, paths in ((PACKAGE, code()), (queries, _bearing(queries))):
        for path in paths:
            digest.update(f" {path.relative_to(root).as_posix()} ".encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()


def _bearing(queries: Path) -> list[Path]:
    """Return the queries that may bear on a finding: a stored question only asks for one."""
    return sorted(
        path
        for path in queries.rglob("*.rq")
        if path.relative_to(queries).parts[0] not in ("questions", "editor")
    )


def code() -> list[Path]:
    """Return the files of the package that may bear on a finding: all but those that only show."""
    return sorted(
        path
        for path in PACKAGE.rglob("*.py")
        if path.relative_to(PACKAGE).parts[0] not in ("cli", "questions", "report", "web")
    )
