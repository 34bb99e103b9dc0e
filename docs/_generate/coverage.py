"""The pages on what was read of each document: section by section, never the document's text."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from rdflib import DCTERMS, RDF, SKOS, Graph, URIRef
from rdflib.term import Node

from masagraph.vocab import MASA, local_name

WRITTEN = "<!-- Written by docs/generate.py from data/areas/. Change that, not this page. -->"

INDEX = f"""\
# What was read

{WRITTEN}

A page a document: each section, how many statements were taken from it and with what standing, the
duties they bear on, and what was left out and why. The pages hold nothing of a document's text but
its headings. A statement's words, at most twelve, are in the data; `masagraph quotes` finds them
again in the text. None was checked by a second person yet where it says so.

| document | held | sections | statements | not yet checked by a second person | duties touched |
|---|---|---|---|---|---|
"""

_EXTENT = {"WholeText": "whole", "OpeningOnly": "its opening", "Excerpt": "in part"}
_STANDING = {
    "LocalArrangement": "local",
    "CommitmentOnly": "commitment",
    "GuidanceRestated": "repeats the guidance",
    "HeadingOnly": "heading",
    "StatedAbsent": "not in place",
}


@dataclass(frozen=True)
class Document:
    """A document with the graph of its file."""

    iri: Node
    graph: Graph

    @property
    def name(self) -> str:
        """Its id."""
        return local_name(str(self.iri))

    @property
    def statements(self) -> list[Node]:
        """Its statements, by name."""
        return sorted(self.graph.subjects(RDF.type, MASA.Statement), key=str)

    @property
    def sections(self) -> list[Node]:
        """Its sections, in its own order."""
        found = self.graph.subjects(RDF.type, MASA.DocumentSection)
        return sorted(found, key=lambda s: int(str(self.graph.value(s, MASA.listPosition))))

    def of_section(self, section: Node) -> list[Node]:
        """Return the statements taken from a section."""
        labels = {str(label) for label in self.graph.objects(section, MASA.sectionLabel)}
        return [s for s in self.statements if str(self.graph.value(s, MASA.section)) in labels]

    def duties(self, statement: Node) -> list[str]:
        """Return the duties on which a statement bears, in part where marked."""
        wholly = [local_name(str(d)) for d in self.graph.objects(statement, MASA.bearsOn)]
        partly = [local_name(str(d)) for d in self.graph.objects(statement, MASA.bearsPartlyOn)]
        return sorted(wholly) + [f"{duty} (part)" for duty in sorted(partly)]

    def touched(self) -> set[str]:
        """Return every duty on which some statement bears."""
        return {duty.removesuffix(" (part)") for s in self.statements for duty in self.duties(s)}

    def text(self, node: Node, predicate: URIRef) -> str:
        """Return a value as text."""
        return str(self.graph.value(node, predicate) or "")


def files(areas: Path) -> dict[str, str]:
    """Return each page by its name.

    Args:
        areas: the folder ``data/areas``.
    """
    documents = []
    for path in sorted(areas.rglob("*.ttl")):
        graph = Graph().parse(path)
        documents += [Document(iri, graph) for iri in graph.subjects(RDF.type, MASA.SourceDocument)]
    documents.sort(key=lambda document: document.name)
    pages = {f"{document.name}.md": _page(document) for document in documents}
    return {"README.md": INDEX + "".join(_row(d) for d in documents), **pages}


def _row(document: Document) -> str:
    unchecked = _unchecked(document)
    cells = (
        f"[{document.name}]({document.name}.md)",
        _extent(document),
        str(len(document.sections)),
        str(len(document.statements)),
        str(unchecked),
        str(len(document.touched())),
    )
    return f"| {' | '.join(cells)} |\n"


def _extent(document: Document) -> str:
    return _EXTENT[local_name(document.text(document.iri, MASA.extentHeld))]


def _unchecked(document: Document) -> int:
    return sum(
        document.graph.value(s, MASA.reviewStatus) != MASA.Reviewed for s in document.statements
    )


def _page(document: Document) -> str:
    count = len(document.statements)
    parts = [
        f"# {document.text(document.iri, DCTERMS.title)}",
        WRITTEN,
        f"`{document.name}`: held {_extent(document)}, {count} statements from "
        f"{len(document.sections)} sections, bearing on {len(document.touched())} duties; "
        f"{_unchecked(document)} statements not yet checked by a second person.",
        "| section | statements | their standing |\n|---|---|---|\n"
        + "\n".join(_section_row(document, s, n) for n, s in enumerate(document.sections, 1)),
        *(_section(document, s, n) for n, s in enumerate(document.sections, 1)),
    ]
    return "\n\n".join(parts) + "\n"


def _section_row(document: Document, section: Node, number: int) -> str:
    found = document.of_section(section)
    standings = Counter(_standing(document, s) for s in found)
    told = ", ".join(f"{name} {count}" for name, count in standings.items()) or "left out"
    return (
        f"| [{number}](#section-{number}) {_heading(document, section)} | {len(found)} | {told} |"
    )


def _standing(document: Document, statement: Node) -> str:
    return _STANDING[local_name(document.text(statement, MASA.standing))]


def _heading(document: Document, section: Node) -> str:
    return document.text(section, SKOS.prefLabel).replace("|", "/")


def _section(document: Document, section: Node, number: int) -> str:
    parts = [f"## Section {number}", f"{_heading(document, section)}."]
    left = sorted(str(text) for text in document.graph.objects(section, MASA.leftOut))
    if left:
        parts.append("Left out:\n\n" + "\n".join(f"- {text}" for text in left))
    rows = [_statement(document, s) for s in document.of_section(section)]
    if rows:
        parts.append(
            "| statement | standing | bears on | shows |\n|---|---|---|---|\n" + "\n".join(rows)
        )
    return "\n\n".join(parts)


def _statement(document: Document, statement: Node) -> str:
    shows = Counter(
        local_name(str(document.graph.value(fact, RDF.type) or "a slot"))
        for fact in document.graph.objects(statement, MASA.evidences)
    )
    facts = ", ".join(name if n == 1 else f"{n} {name}" for name, n in sorted(shows.items()))
    duties = ", ".join(document.duties(statement))
    name = local_name(str(statement))
    return f"| `{name}` | {_standing(document, statement)} | {duties} | {facts} |"
