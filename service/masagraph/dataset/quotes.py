"""Find each quoted phrase again in the source text it was taken from."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from rdflib import Graph, URIRef

from masagraph.dataset.files import RdfFile
from masagraph.errors import BadValue, Place
from masagraph.vocab import MASA, OA, local_name


@dataclass(frozen=True, slots=True)
class Quote:
    """One phrase and where it was looked for.

    Attributes:
        statement: IRI of the statement that quotes it.
        document: IRI of the document.
        exact: the phrase.
        place: where the statement stands in the data.
        source: the source file, or None when no file has the document's hash.
        line: the line of the source (from 1) on which it begins, or None when not found.
        times: how often it occurs there.
    """

    statement: str
    document: str
    exact: str
    place: Place
    source: Path | None
    line: int | None
    times: int

    @property
    def found(self) -> bool:
        """Whether the phrase is in its source."""
        return self.times > 0

    def problem(self) -> str:
        """Say in one line what is wrong with a quote that was not found."""
        where = f"{self.place}: {local_name(self.statement)}"
        if self.source is None:
            return (
                f"{where}: no file in the sources has the SHA-256 of document "
                f"{local_name(self.document)}. Add that file, or correct masa:sha256."
            )
        return (
            f'{where}: the phrase "{self.exact}" is not in {self.source.name}. '
            "Quote the words that are there."
        )


def check_quotes(files: Iterable[RdfFile], sources: Path) -> Iterator[Quote]:
    """Look for every quoted phrase in the source documents.

    White space and line breaks are folded on both sides; nothing else is.

    Args:
        files: the data files.
        sources: a folder of source texts, matched to documents by their SHA-256.

    Raises:
        BadValue: when the folder does not exist.
    """
    if not sources.is_dir():
        raise BadValue(f"there is no folder {sources}", "Give the folder of the source texts.")
    texts = {hashlib.sha256(p.read_bytes()).hexdigest(): p for p in _source_files(sources)}
    parsed = [(file, Graph().parse(data=file.text, format="turtle")) for file in files]
    hashes = {
        str(document): str(value)
        for _, graph in parsed
        for document, value in graph.subject_objects(MASA.sha256)
    }
    for file, graph in parsed:
        for statement, document in graph.subject_objects(OA.hasSource):
            source = texts.get(hashes.get(str(document), ""))
            for selector in graph.objects(statement, OA.hasSelector):
                for exact in graph.objects(selector, OA.exact):
                    assert isinstance(statement, URIRef)
                    yield _look(file, str(statement), str(document), str(exact), source)


def places_of(exact: str, text: str) -> list[int]:
    """Return where in a text a phrase begins; how its words are wrapped is not compared."""
    pattern = r"\s+".join(re.escape(word) for word in exact.split())
    return [hit.start() for hit in re.finditer(pattern, text)] if pattern else []


def _source_files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _look(file: RdfFile, statement: str, document: str, exact: str, source: Path | None) -> Quote:
    times, line = 0, None
    if source is not None:
        text = source.read_text(encoding="utf-8", errors="replace")
        hits = places_of(exact, text)
        times = len(hits)
        line = text.count("\n", 0, hits[0]) + 1 if hits else None
    return Quote(statement, document, exact, file.place_of(statement), source, line, times)
