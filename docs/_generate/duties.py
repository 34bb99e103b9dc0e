"""The pages on the duties: what each asks, what is looked for, and what each fault means."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from rdflib import DCTERMS, RDF, RDFS, SH, SKOS, Graph, URIRef
from rdflib.term import Node

from masagraph.vocab import MASA, local_name

WRITTEN = (
    "<!-- Written by docs/generate.py from data/guidance/ and shapes/duties/. Change those, not "
    "this page. -->"
)
INDEX = f"""\
# Duties

{WRITTEN}

A page an edition: each duty with what it asks, where that stands and how well we know it, what is
looked for in documents, what would close a gap, the structural faults of its own, and its examples.
The faults that all duties share are [in the ontology reference](../ontology/assessment.md): nothing
found, only restated, only promised, only part, in conflict, said not to be in place, out of date.
[What each outcome means](../method.md#outcomes).

| edition | short name | duties | tested |
|---|---|---:|---:|
"""
_BASIS = {
    "TextSeen": "read in the text itself",
    "Reproduction": "read in texts that repeat it",
    "Recalled": "recalled, not read",
}


@dataclass(frozen=True)
class Law:
    """The duties, the shapes that test them, and where the examples lie."""

    graph: Graph
    examples: Path

    def text(self, node: Node | None, predicate: URIRef) -> str:
        """Return one value as text."""
        return str(self.graph.value(node, predicate) or "")

    def label(self, node: Node | None) -> str:
        """Return what a thing is called."""
        return self.text(node, SKOS.prefLabel)

    def duties(self, edition: Node) -> list[Node]:
        """Return the duties of an edition, by topic, then name."""
        found = self.graph.subjects(MASA.edition, edition)
        return sorted(found, key=lambda d: (self.label(self.graph.value(d, MASA.topic)), str(d)))

    def shape(self, duty: Node) -> Node | None:
        """Return the shape that tests a duty."""
        return self.graph.value(None, MASA.tests, duty)


def files(root: Path) -> dict[str, str]:
    """Return each page by its name.

    Args:
        root: the folder that holds ``ontology``, ``shapes``, ``data`` and ``tests``.
    """
    graph = Graph()
    paths = [
        *sorted((root / "ontology").rglob("*.ttl")),
        *sorted((root / "data" / "guidance").rglob("*.ttl")),
        *sorted((root / "shapes" / "duties").rglob("*.ttl")),
    ]
    for path in paths:
        graph.parse(path)
    law = Law(graph, root / "tests" / "shapes")
    editions = sorted(
        {graph.value(duty, MASA.edition) for duty in graph.subjects(RDF.type, MASA.Duty)},
        key=lambda e: (law.text(e, MASA.inForceFrom), law.text(e, SKOS.notation)),
    )
    pages = {f"{law.text(e, SKOS.notation)}.md": _page(law, e) for e in editions}
    return {"README.md": INDEX + "".join(_row(law, e) for e in editions), **pages}


def _row(law: Law, edition: Node) -> str:
    name = law.text(edition, SKOS.notation)
    duties = law.duties(edition)
    tested = sum(law.shape(duty) is not None for duty in duties)
    return f"| [{law.label(edition)}]({name}.md) | `{name}` | {len(duties)} | {tested} |\n"


def _page(law: Law, edition: Node) -> str:
    parts = [f"# {law.label(edition)}", WRITTEN]
    topic = ""
    for duty in law.duties(edition):
        of = law.label(law.graph.value(duty, MASA.topic))
        if of != topic:
            topic = of
            parts.append(f"## {topic}")
        parts.append(_duty(law, duty))
    return "\n\n".join(parts) + "\n"


def _duty(law: Law, duty: Node) -> str:
    slug = local_name(str(duty))
    place = law.graph.value(duty, DCTERMS.source)
    seen = law.graph.value(duty, MASA.locatorStatus) == MASA.LocatorSeen
    basis = _BASIS[local_name(law.text(duty, MASA.contentBasis))]
    stands = law.text(place, MASA.locator) + ("" if seen else " (paragraph not verified)")
    kinds = sorted(law.label(kind) for kind in law.graph.objects(duty, MASA.evidencedIn))
    rows = [
        ("asks", law.text(duty, SKOS.definition)),
        ("of", ", ".join(sorted(law.label(b) for b in law.graph.objects(duty, MASA.bearer)))),
        ("strength", law.label(law.graph.value(duty, MASA.modality))),
        ("stands in", f"{stands}; {basis}"),
        ("looked for", law.text(duty, MASA.lookedFor)),
        ("a question to ask", law.text(duty, MASA.questionToAsk)),
        ("shown in", ", ".join(kinds)),
        ("only when", law.label(law.graph.value(duty, MASA.appliesWhen))),
    ]
    lines = [f"### {slug}", f"{law.label(duty)}."]
    lines.append("\n".join(f"- **{name}**: {value}" for name, value in rows if value))
    shape = law.shape(duty)
    lines.append(_tested(law, shape, slug) if shape else _untested(law, duty))
    return "\n\n".join(lines)


def _untested(law: Law, duty: Node) -> str:
    remarks = sorted(str(text) for text in law.graph.objects(duty, RDFS.comment))
    return " ".join(["Not tested: it defines or permits, is shown by conduct, or is not in force.",
                     *remarks])  # fmt: skip


def _tested(law: Law, shape: Node, slug: str) -> str:
    parts = [f"Would close a gap: {law.text(shape, MASA.wouldClose)}"]
    faults = sorted(law.graph.objects(shape, SH.property), key=str)
    if faults:
        parts.append(
            "| fault of its own | when | means |\n|---|---|---|\n"
            + "\n".join(_fault(law, fault) for fault in faults)
        )
    examples = sorted((law.examples / slug).glob("*.ttl"))
    parts.append(
        "Examples: "
        + "; ".join(
            f"[{path.stem}](../../tests/shapes/{slug}/{path.name}) ({_why(path)})"
            for path in examples
        )
        + "."
    )
    return "\n\n".join(parts)


def _fault(law: Law, fault: Node) -> str:
    outcome = law.graph.value(fault, MASA.meansOutcome)
    means = law.label(outcome) if outcome else "a note; no outcome changes"
    return f"| `{local_name(str(fault))}` | {law.text(fault, SH.message)} | {means} |"


def _why(path: Path) -> str:
    first = path.read_text(encoding="utf-8").splitlines()[0]
    return first.lstrip("# ").partition(": ")[2].rstrip(".").replace("|", "/")
