"""The page on what the data must keep, by ``shapes/integrity/`` and ``queries/integrity/``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from rdflib import SH, Graph, URIRef

from masagraph.dataset.whole import message_of
from masagraph.vocab import local_name

HEAD = """\
# What the data must keep

<!-- Written by docs/generate.py from shapes/integrity/, shapes/shape-for-shapes.ttl and
queries/integrity/. Change those, not this page. -->

These rules are held against the data itself, and not against an area: a build stops at the first
that is broken, with file, line and mend. `masagraph check FILE` holds them against a draft. The
tests of [duties](duties/README.md) are other shapes.
"""
WHOLE = """\
## Over all files

A query that must find nothing, for what no single file can show.

| rule | what a build says |
|---|---|
"""


def integrity_page(root: Path) -> str:
    """Return the page.

    Args:
        root: the folder that holds ``shapes`` and ``queries``.
    """
    parts = [HEAD]
    shapes = root / "shapes"
    for path in [*sorted((shapes / "integrity").glob("*.ttl")), shapes / "shape-for-shapes.ttl"]:
        file = f"[`{path.name}`](../{path.relative_to(root).as_posix()})"
        rows = ["| shape | what a build says |", "|---|---|", *_rows(Graph().parse(path))]
        parts += [f"## In each file: {path.stem}\n\nFile: {file}.\n", "\n".join(rows) + "\n"]
    whole = (
        f"| [`{path.stem}`](../queries/integrity/{path.name}) | "
        f"{_cell(message_of(path, path.read_text(encoding='utf-8')))} |\n"
        for path in sorted((root / "queries" / "integrity").glob("*.rq"))
    )
    return "\n".join([*parts, WHOLE + "".join(whole)])


def _rows(graph: Graph) -> Iterator[str]:
    """Give a row for each named shape: what a build says where it is broken."""
    said = {node for node in graph.subjects(SH.message) if isinstance(node, URIRef)}
    for shape in sorted(said):
        messages = " ".join(sorted(str(text) for text in graph.objects(shape, SH.message)))
        yield f"| `{local_name(str(shape))}` | {_cell(messages)} |"


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
