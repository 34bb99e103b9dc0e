"""All files and all derived facts as one dataset in memory, with its version."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pyoxigraph as ox

from masagraph.dataset.files import RdfFile, read_shipped
from masagraph.dataset.integrity import TYPE, check_links, check_shapes
from masagraph.dataset.rules import apply
from masagraph.dataset.whole import check_whole
from masagraph.errors import DataError, Place
from masagraph.resources import Resources
from masagraph.vocab import DATASET, DERIVED_GRAPHS, GRAPH, MASA, OWN_DATA, PEOPLE_GRAPH

ONTOLOGY_GRAPHS = str(GRAPH + "ontology/")
SHAPES_GRAPHS = str(GRAPH + "shapes/")
MODIFIED = ox.NamedNode("http://purl.org/dc/terms/modified")
FACTS = ox.NamedNode(DERIVED_GRAPHS + "facts")


@dataclass(frozen=True)
class Assembled:
    """The dataset in memory.

    Attributes:
        store: every named graph, and the derived facts.
        files: the files it was made of.
        data_date: the date of the data, the default as-at date.
        data_version: that date and 8 hexadecimal digits of the RDFC-1.0 hash; with data of
            one's own, it ends in :data:`masagraph.vocab.OWN_DATA`.
        shapes_version: 8 hexadecimal digits of the hash of shapes and rules.
        inputs: hash of all the inputs, by which a store is known to be stale.
    """

    store: ox.Store
    files: tuple[RdfFile, ...]
    data_date: date
    data_version: str
    shapes_version: str
    inputs: str


def assemble(resources: Resources, extra: Sequence[Path] = ()) -> Assembled:
    """Read, check and derive the whole dataset.

    Args:
        resources: where the RDF folders are.
        extra: further data folders.

    Raises:
        DataError: for the first file or statement that is not what it must be.
    """
    # Before they are read: of a file that is edited meanwhile, the hash is the older one, and
    # the store counts as stale.
    inputs = inputs_hash(resources, extra)
    files = tuple(read_shipped(resources, extra))
    check_shapes(files, resources)
    store = ox.Store()
    for file in files:
        store.extend(file.quads())
    data_date = _data_date(store)
    digest = _canonical_hash(files)
    rules = resources.queries("rules/dataset")
    apply(store, rules, FACTS.value)
    store.extend(_own_marks(files))
    check_links(store, files)
    check_whole(store, files, resources)
    own = OWN_DATA if any(file.own for file in files) else ""
    version = f"{data_date.isoformat()}-{digest[:8]}{own}"
    store.add(
        ox.Quad(ox.NamedNode(DATASET), ox.NamedNode(MASA.dataVersion), ox.Literal(version), FACTS)
    )
    return Assembled(
        store,
        files,
        data_date,
        version,
        shapes_version(resources, files),
        inputs,
    )


def _own_marks(files: Sequence[RdfFile]) -> list[ox.Quad]:
    """Return what tells the graphs of one's own data from the shipped ones.

    The graph of names is shared by all files of names, and bears no mark.
    """
    return [
        ox.Quad(ox.NamedNode(file.graph), TYPE, ox.NamedNode(MASA.OwnData), FACTS)
        for file in files
        if file.own and file.graph != str(PEOPLE_GRAPH)
    ]


def merge_graphs(store: ox.Store, leave_out: Collection[str] = ()) -> None:
    """Put the merge of the named graphs into the default graph, each triple once.

    Args:
        store: the store; its default graph is added to.
        leave_out: names of graphs that are to be asked for by name only.

    Oxigraph can take the union of all graphs as the default graph, but then gives a triple
    that stands in three graphs three times, and every count is wrong.
    """
    store.extend(
        [
            ox.Quad(q.subject, q.predicate, q.object)
            for q in store
            if not isinstance(q.graph_name, ox.NamedNode) or q.graph_name.value not in leave_out
        ]
    )


def _data_date(store: ox.Store) -> date:
    dates = [
        quad.object.value
        for quad in store.quads_for_pattern(ox.NamedNode(DATASET), MODIFIED, None)
        if isinstance(quad.object, ox.Literal)
    ]
    if len(dates) != 1:
        raise DataError(
            f"the dataset has {len(dates)} dates (dcterms:modified) and must have one",
            "See data/dataset.ttl.",
        )
    return date.fromisoformat(dates[0])


def _canonical_hash(files: Sequence[RdfFile]) -> str:
    """Return the SHA-256 of the dataset in canonical N-Quads (RDFC-1.0), shapes left out."""
    dataset = ox.Dataset(
        quad for file in files if not file.graph.startswith(SHAPES_GRAPHS) for quad in file.quads()
    )
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    lines = sorted(f"{quad} .\n" for quad in dataset)
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def shapes_version(resources: Resources, files: Sequence[RdfFile]) -> str:
    """Return 8 hexadecimal digits of the hash of the shapes, the rules and the ontology."""
    parts = [f.sha256 for f in files if f.graph.startswith((SHAPES_GRAPHS, ONTOLOGY_GRAPHS))]
    parts += [
        path.read_text(encoding="utf-8")
        for path in sorted(resources.folder("queries").rglob("rules/**/*.rq"))
    ]
    return hashlib.sha256("".join(parts).encode()).hexdigest()[:8]


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise DataError(
            f"the file cannot be read ({error.strerror})", "Check that it is there.", Place(path)
        ) from error


def inputs_hash(resources: Resources, extra: Sequence[Path] = ()) -> str:
    """Return a hash of every input file's name and bytes, quickly and without parsing.

    Raises:
        DataError: for a file that cannot be read.
    """
    digest = hashlib.sha256()
    roots = [resources.folder(name) for name in ("ontology", "shapes", "data", "queries")]
    for root in [*roots, *extra]:
        for path in sorted(p for p in root.rglob("*") if p.suffix in {".ttl", ".rq"}):
            digest.update(path.relative_to(root).as_posix().encode())
            digest.update(_bytes_of(path))
    return digest.hexdigest()
