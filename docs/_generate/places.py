"""Where each term is told: its page, its heading, its anchor."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

import pyoxigraph as ox
from rdflib import DCTERMS

from _generate.terms import CannotTellError, Ontology, Source

INDEX, NAMES, SCHEMES = "README.md", "names.md", "schemes.md"

FAULTS_MODULE = "assessment"
"""The module on whose page the evidence faults stand, as it has the outcomes that they mean."""

SECTIONS = (
    "Drawing",
    "Contents",
    "Classes",
    "Classes that share no member",
    "Properties",
    "Individuals",
    "Evidence faults",
)
"""The headings of a module's page, which the heading of no term may equal."""


def slug(heading: str) -> str:
    """Return the anchor of a heading, as forges make it.

    >>> slug("Police.uk identifier (property)")
    'policeuk-identifier-property'
    """
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def page_of(module: Source) -> str:
    """Return the name of a module's page."""
    return f"{module.name}.md"


class Places:
    """The page, heading and anchor of each term."""

    def __init__(self, ontology: Ontology) -> None:
        """Settle them.

        Raises:
            CannotTellError: when two classes or two properties of a module have one label.
        """
        self._ontology = ontology
        self._headings: dict[ox.NamedNode, str] = {}
        for module in ontology.modules:
            self._headings |= _headings(module, ontology)
        self._places = dict(self._settle())

    def __contains__(self, node: object) -> bool:
        return node in self._places

    def __iter__(self) -> Iterator[ox.NamedNode]:
        return iter(self._places)

    def heading(self, node: ox.NamedNode) -> str:
        """Return the heading of a class or property."""
        return self._headings[node]

    def address(self, node: ox.NamedNode, page: str) -> str:
        """Return where a term is told, as seen from a page."""
        target, anchor = self._places[node]
        return f"{'' if target == page else target}#{anchor}"

    def _settle(self) -> Iterator[tuple[ox.NamedNode, tuple[str, str]]]:
        o = self._ontology
        for module in o.modules:
            page = page_of(module)
            yield module.home, (page, "contents")
            for node in (*o.classes(module), *o.properties(module)):
                yield node, (page, slug(self._headings[node]))
            for node in o.individuals(module):
                yield node, (page, "individuals")
        for scheme in o.schemes:
            anchor = slug(o.text(scheme.home, DCTERMS.title))
            for node in (scheme.home, *o.concepts(scheme)):
                yield node, (SCHEMES, anchor)
        for node in o.components():
            yield node, (f"{FAULTS_MODULE}.md", "evidence-faults")


def _headings(module: Source, ontology: Ontology) -> dict[ox.NamedNode, str]:
    """Return the headings of a page: the labels, each with its sort where two are alike."""
    sorts = {
        **dict.fromkeys(ontology.classes(module), "class"),
        **dict.fromkeys(ontology.properties(module), "property"),
    }
    anchors = Counter(slug(text) for text in (*map(ontology.label, sorts), *SECTIONS))
    headings = {
        node: label if anchors[slug(label := ontology.label(node))] == 1 else f"{label} ({sort})"
        for node, sort in sorts.items()
    }
    taken: dict[str, ox.NamedNode] = {}
    for node, heading in headings.items():
        if other := taken.get(slug(heading)):
            raise CannotTellError(
                f"{module.path}: {other.value} and {node.value} need labels that differ"
            )
        taken[slug(heading)] = node
    return headings
