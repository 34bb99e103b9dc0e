"""Turtle files as named graphs: one file, one graph, named after its path."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pyoxigraph as ox

from masagraph.errors import DataError, Place
from masagraph.resources import Resources
from masagraph.vocab import GRAPH, PEOPLE_GRAPH

RESERVED = ("ontology", "shapes", "derived", "assessment", "view", "questions")
"""First parts of graph names that a data folder may not take."""


@dataclass(frozen=True)
class RdfFile:
    """One Turtle file, parsed.

    Attributes:
        path: where it lies.
        graph: the IRI of the named graph it becomes.
        triples: what it says.
        prefixes: the prefixes it declares, name to namespace.
        text: the file's text, kept to find lines again.
        own: whether it lies in a data folder of one's own, beside the shipped data.
    """

    path: Path
    graph: str
    triples: tuple[ox.Triple, ...]
    prefixes: dict[str, str]
    text: str
    own: bool = False

    @cached_property
    def sha256(self) -> str:
        """The hash of the file's text."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    def quads(self) -> Iterator[ox.Quad]:
        """Return the triples as quads of the file's graph."""
        name = ox.NamedNode(self.graph)
        return (ox.Quad(t.subject, t.predicate, t.object, name) for t in self.triples)

    def line_of(self, iri: str) -> int | None:
        """Return the line (from 1) on which an IRI stands, as a subject where possible.

        Parsers do not keep the lines of triples, so the text is searched for the IRI in
        full or shortened with the file's own prefixes.
        """
        forms = [f"<{re.escape(iri)}>"]
        for prefix, namespace in self.prefixes.items():
            if iri.startswith(namespace):
                local = re.escape(iri.removeprefix(namespace))
                forms.append(rf"(?<![\w:-]){re.escape(prefix)}:{local}(?![\w/-])")
        pattern = "|".join(forms)
        hit = re.search(f"^(?:{pattern})", self.text, re.M) or re.search(pattern, self.text)
        return self.text.count("\n", 0, hit.start()) + 1 if hit else None

    def place_of(self, iri: str) -> Place:
        """Return the file, and the line on which an IRI stands where it can be found."""
        return Place(self.path, self.line_of(iri))


def graph_name(folder: str, relative: Path) -> str:
    """Return the IRI of the graph of a file below one of the RDF folders.

    Files of ``data/`` are named by their path in it, those of the other folders by the
    path with the folder. All files below ``data/people/`` share one graph, so that the
    names of people can be left out as a whole.
    """
    parts = list(relative.with_suffix("").parts)
    if folder == "data":
        if parts[0] == "people":
            return str(PEOPLE_GRAPH)
        if parts[0] in RESERVED:
            raise DataError(
                f"the name {parts[0]} is kept for graphs that the program makes",
                f"Use another name than {', '.join(RESERVED)}.",
                Place(relative),
            )
    else:
        parts.insert(0, folder)
    return str(GRAPH + "/".join(parts))


def read_file(path: Path, graph: str, own: bool = False) -> RdfFile:
    """Parse one Turtle file.

    Args:
        path: where it lies.
        graph: the IRI of the graph it becomes.
        own: whether it lies in a data folder of one's own.

    Raises:
        DataError: when it cannot be read, is not UTF-8, or is not Turtle, with the line.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise DataError(
            f"the file is not UTF-8 (byte {error.start})", "Save it as UTF-8.", Place(path)
        ) from error
    except OSError as error:
        raise DataError(
            f"the file cannot be read ({error.strerror})", "Check that it is there.", Place(path)
        ) from error
    try:
        parser = ox.parse(text, format=ox.RdfFormat.TURTLE, rename_blank_nodes=True)
        triples = tuple(quad.triple for quad in parser)
        prefixes = dict(parser.prefixes)
    except SyntaxError as error:
        raise DataError(
            f"the Turtle cannot be parsed: {parser_message(error)}",
            "Correct that line; often a '.', ';' or quote is missing just before it.",
            Place(path, error.lineno),
        ) from error
    return RdfFile(path, graph, triples, prefixes, text, own)


def parser_message(error: SyntaxError) -> str:
    """Return what a parser says is wrong, without the place, which is told on its own."""
    return re.sub(r"^Parser error at line \d+ [^:]*: ", "", str(error.msg or error)).rstrip(".")


def read_folder(root: Path, folder: str, own: bool = False) -> list[RdfFile]:
    """Parse every ``.ttl`` file below a folder, in the order of their paths."""
    return [
        read_file(path, graph_name(folder, path.relative_to(root)), own)
        for path in sorted(root.rglob("*.ttl"))
    ]


def read_shipped(resources: Resources, extra: Sequence[Path] = ()) -> list[RdfFile]:
    """Parse the ontology, the shapes and the data, and any further data folders.

    Raises:
        DataError: for the first file that cannot be parsed, or a data folder that is none.
    """
    found = [
        file
        for folder in ("ontology", "shapes", "data")
        for file in read_folder(resources.folder(folder), folder)
    ]
    for folder in extra:
        found += _read_own(folder)
    _check_graphs(found)
    return found


def _read_own(folder: Path) -> list[RdfFile]:
    """Parse a data folder of one's own, which may be empty until something is put there.

    Raises:
        DataError: when it is no folder, holds something but no Turtle, or a file cannot be parsed.
    """
    if not folder.is_dir():
        what = "the data folder is a file" if folder.exists() else "the data folder does not exist"
        raise DataError(what, "Give the path of a folder.", Place(folder))
    found = read_folder(folder, "data", own=True)
    if not found and any(folder.iterdir()):
        raise DataError(
            "the data folder holds no Turtle file (.ttl)",
            "Give the folder in which areas/ lies; docs/data.md shows how files are laid out.",
            Place(folder),
        )
    return found


def _check_graphs(files: Sequence[RdfFile]) -> None:
    """Check that no two files become one graph, and that none takes a graph of the program's.

    Raises:
        DataError: for the first that does, with the file.
    """
    seen: dict[str, Path] = {}
    for file in files:
        if file.graph in seen and file.graph != str(PEOPLE_GRAPH):
            raise DataError(
                f"the file has the same place in its folder as {seen[file.graph]}",
                "Give it another name, so that it becomes a graph of its own.",
                Place(file.path),
            )
        seen[file.graph] = file.path
