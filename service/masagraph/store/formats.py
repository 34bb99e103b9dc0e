"""Answers as bytes, in the standard result and graph formats, cut at a limit that is told.

Oxigraph writes every format itself. What it writes is counted line by line on the way, in
the two formats that have a line a row (TSV) and a line a triple (N-Triples); another format
is made from that.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import pyoxigraph as ox
from typing_extensions import Buffer

from masagraph.vocab import PREFIXES


@dataclass(frozen=True, slots=True)
class Format:
    """A format.

    Attributes:
        name: its short name.
        media_type: its media type.
        also: other short names, by which clients ask for it.
    """

    name: str
    media_type: str
    also: tuple[str, ...] = ()


RESULTS = (
    Format("json", "application/sparql-results+json"),
    Format("xml", "application/sparql-results+xml"),
    Format("csv", "text/csv"),
    Format("tsv", "text/tab-separated-values"),
)
TRUTHS = RESULTS[:2]
"""An ASK has no CSV or TSV form in the standard."""

GRAPHS = (
    Format("turtle", "text/turtle", ("ttl", "n3")),
    Format("ntriples", "application/n-triples", ("nt",)),
    Format("jsonld", "application/ld+json", ("json-ld",)),
    Format("rdfxml", "application/rdf+xml", ("xml", "rdf", "rdf+xml")),
)
_RESULTS = {
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
}
_RDF = {
    "turtle": ox.RdfFormat.TURTLE,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdfxml": ox.RdfFormat.RDF_XML,
}

Choose = Callable[[Sequence[Format]], Format]
"""Chooses one of the formats in which an answer can be given, the default first."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Where an answer is cut.

    Attributes:
        rows: most rows or triples; None for no limit.
        size: most bytes, counted as TSV or N-Triples; None for no limit.
    """

    rows: int | None = None
    size: int | None = None


NO_LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Written:
    """An answer as bytes.

    Attributes:
        content: the bytes. Where the format has a place for it, a cut answer says so.
        form: their format.
        truncated: whether rows or triples were left out because of a limit.
    """

    content: bytes
    form: Format
    truncated: bool = False


def write(
    result: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples, choose: Choose, limits: Limits
) -> Written:
    """Write what Oxigraph found.

    Args:
        result: the answer, not yet read.
        choose: asked for the format, of those that this kind of answer has.
        limits: where to cut it.
    """
    if isinstance(result, ox.QueryBoolean):
        form = choose(TRUTHS)
        return Written(bytes(result.serialize(format=_RESULTS[form.name]) or b""), form)
    if isinstance(result, ox.QueryTriples):
        return write_triples(result, choose, limits)
    form = choose(RESULTS)
    lines = _Lines(limits, head=1)
    cut = lines.take(lambda: result.serialize(lines, format=ox.QueryResultsFormat.TSV))
    content = lines.content()
    if form.name != "tsv":
        rows = ox.parse_query_results(content, format=ox.QueryResultsFormat.TSV)
        assert not isinstance(rows, ox.QueryBoolean)
        content = bytes(rows.serialize(format=_RESULTS[form.name]) or b"")
    return Written(_say_cut(content, form.name) if cut else content, form, cut)


def write_triples(triples: Iterable[ox.Triple], choose: Choose, limits: Limits) -> Written:
    """Write triples, see :func:`write`."""
    form = choose(GRAPHS)
    lines = _Lines(limits, head=0)
    cut = lines.take(lambda: ox.serialize(triples, lines, format=ox.RdfFormat.N_TRIPLES))
    content = lines.content()
    if form.name != "ntriples":
        parsed = (quad.triple for quad in ox.parse(content, format=ox.RdfFormat.N_TRIPLES))
        content = serialize_triples(parsed, form.name)
    return Written(_say_cut(content, form.name) if cut else content, form, cut)


def serialize_triples(triples: Iterable[ox.Triple], name: str) -> bytes:
    """Write triples as Turtle, N-Triples, JSON-LD or RDF/XML."""
    form = _RDF[name]
    prefixes = PREFIXES if name in {"turtle", "rdfxml"} else None
    content = bytes(ox.serialize(triples, format=form, prefixes=prefixes) or b"")
    return _tidy(content) if name == "turtle" else content


def _tidy(turtle: bytes) -> bytes:
    """Keep the prefixes that are used, in order: Oxigraph writes all, and in no order."""
    lines = turtle.splitlines(keepends=True)
    heads = [line for line in lines if line.startswith(b"@prefix ")]
    body = b"".join(lines[len(heads) :])
    used = [line for line in sorted(heads) if line.split()[1] in body]
    return b"".join([*used, body])


class _EnoughError(Exception):
    """Stops Oxigraph's writer; never leaves this module."""


class _Lines(io.BytesIO):
    """What a writer writes to, until so many lines or bytes have come.

    Args:
        limits: how many. Lines are rows or triples.
        head: how many lines come before those; they are always kept.
    """

    def __init__(self, limits: Limits, head: int) -> None:
        super().__init__()
        self._most_lines = None if limits.rows is None else limits.rows + head
        self._most_size, self._head = limits.size, head
        self._lines = self._size = 0
        self._cut = False

    def write(self, data: Buffer) -> int:
        """Take what the writer has; stop it when it is enough."""
        written = super().write(data)
        self._lines += bytes(data).count(b"\n")
        self._size += written
        self._cut = (self._most_lines is not None and self._lines > self._most_lines) or (
            self._most_size is not None and self._size > self._most_size
        )
        if self._cut:
            raise _EnoughError
        return written

    def take(self, writer: Callable[[], object]) -> bool:
        """Run the writer; true when it was stopped."""
        try:
            writer()
        except _EnoughError:
            return True
        return False

    def content(self) -> bytes:
        """Return whole lines only, and no more than were asked for."""
        content = self.getvalue()
        if not self._cut:
            return content
        if self._most_size is not None and len(content) > self._most_size:
            least = content.find(b"\n") + 1 if self._head else 0
            content = content[: max(content.rfind(b"\n", 0, self._most_size) + 1, least)]
        else:
            content = content[: content.rfind(b"\n") + 1]
        if self._most_lines is not None:
            content = b"".join(content.splitlines(keepends=True)[: self._most_lines])
        return content


_CUT_JSON = b'{"truncated":true,'
_CUT = b"This answer was cut at a limit of the service: there is more."


def says_cut(content: bytes) -> bool:
    """Whether an answer in JSON or N-Triples says in itself that it was cut."""
    return content.startswith((_CUT_JSON, b"# " + _CUT))


def _say_cut(content: bytes, name: str) -> bytes:
    """Say in the answer itself that it was cut, where its format has a place for that.

    CSV and TSV have none, nor has JSON-LD; the header of the HTTP answer says it for all.
    """
    if name == "json":
        return _CUT_JSON + content.removeprefix(b"{")
    if name in ("xml", "rdfxml"):
        return content + b"\n<!-- " + _CUT + b" -->\n"
    if name in ("turtle", "ntriples"):
        return b"# " + _CUT + b"\n" + content
    return content
