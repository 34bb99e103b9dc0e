"""The reference to the ontology: a page a module, a table a scheme, a drawing of the classes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from rdflib import DCTERMS, OWL, RDFS, VANN

from _generate.drawing import draw
from _generate.entries import Entries
from _generate.places import FAULTS_MODULE, INDEX, NAMES, SCHEMES, Places, page_of
from _generate.terms import Ontology, Source
from _generate.wording import Wording
from masagraph.vocab import BASE, MASA

TEMPLATES = Environment(  # noqa: S701 (Markdown, not HTML: Wording escapes what it writes)
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)

VOCABULARIES = {
    "cccev": "Core Criterion and Core Evidence Vocabulary",
    "dcterms": "DCMI Metadata Terms",
    "dpv": "Data Privacy Vocabulary",
    "earl": "Evaluation and Report Language",
    "eli": "European Legislation Identifier",
    "oa": "Web Annotation Vocabulary",
    "org": "Organization Ontology",
    "owl": "Web Ontology Language",
    "prov": "PROV Ontology",
    "rdf": "Resource Description Framework",
    "rdfs": "RDF Schema",
    "schema": "Schema.org",
    "sh": "Shapes Constraint Language",
    "skos": "Simple Knowledge Organization System",
    "vann": "Vocabulary for annotating vocabulary descriptions",
    "xsd": "XML Schema datatypes",
}
"""What other vocabularies are called, by prefix."""


def files(root: Path) -> dict[str, str]:
    """Return every file of the reference, by name, for the ontology below a folder.

    Raises:
        CannotTellError: when the ontology says something that the reference has no words for.
    """
    ontology = Ontology(root)
    return {**pages(ontology), **drawings(ontology)}


def pages(ontology: Ontology) -> dict[str, str]:
    """Return the pages of the reference, by name."""
    places = Places(ontology)
    general = [Page(name, ontology, places) for name in (INDEX, NAMES, SCHEMES)]
    modules = [ModulePage(module, ontology, places) for module in ontology.modules]
    return {
        **{page.name: page.fill(Path(page.name).stem.lower()) for page in general},
        **{page.name: page.fill("module") for page in modules},
    }


def drawings(ontology: Ontology) -> dict[str, str]:
    """Return the drawings of the modules, by name."""
    return {f"{module.name}.svg": draw(module, ontology) for module in ontology.modules}


class Page:
    """One page, as its template asks for it."""

    def __init__(self, name: str, ontology: Ontology, places: Places) -> None:
        """Take the name of the file."""
        self.name = name
        self.o = ontology
        self.wording = Wording(name, ontology, places)
        self.entries = Entries(ontology, places, self.wording)

    def fill(self, template: str) -> str:
        """Return the text of the page."""
        text = TEMPLATES.get_template(f"{template}.md.jinja").render(page=self, w=self.wording)
        return re.sub(r"\n{3,}", "\n\n", text).rstrip() + "\n"

    def title(self, source: Source) -> str:
        """Return the title that a file gives itself."""
        return self.wording.prose(self.o.text(source.home, DCTERMS.title))

    def about(self, source: Source) -> str:
        """Return what a file says that it is about."""
        return self.wording.prose(self.o.text(source.home, DCTERMS.description))

    def version(self, source: Source) -> str:
        """Return the version that a file gives itself."""
        return self.o.text(source.home, OWL.versionInfo)

    def header(self, source: Source) -> Iterator[tuple[str, str]]:
        """Give what a file says of itself: labels and values."""
        o, home = self.o, source.home
        yield "IRI", f"`{home.value}`"
        if version := self.version(source):
            yield "Version", f"{version}, `{o.nodes(home, OWL.versionIRI)[0].value}`"
        if prefix := o.text(home, VANN.preferredNamespacePrefix):
            yield "Terms", f"`{prefix}:`, `{o.text(home, VANN.preferredNamespaceUri)}`"
        yield "Created", o.text(home, DCTERMS.created)
        yield "Last changed", o.text(home, DCTERMS.modified)
        yield "By", self.wording.values(home, DCTERMS.creator)
        yield "Licence", f"`{o.nodes(home, DCTERMS.license)[0].value}`"
        yield "File", f"[`{source.path}`](../../{source.path})"

    def schemes(self) -> Iterator[tuple[Source, list[ox.NamedNode]]]:
        """Give each concept scheme with its concepts, in order of title."""
        for scheme in sorted(self.o.schemes, key=self.title):
            yield scheme, self.o.concepts(scheme)

    def prefixes(self) -> Iterator[tuple[str, str, str]]:
        """Give each prefix that stands for names of others, with its namespace and its name."""
        for prefix, namespace in sorted(self.o.prefixes.items()):
            if not namespace.startswith(BASE):
                yield prefix, namespace, VOCABULARIES.get(prefix, "")

    def names(self) -> Iterator[tuple[ox.NamedNode, str]]:
        """Give every term and what sort it is, from A to Z."""
        sorts: dict[ox.NamedNode, str] = {}
        for module in self.o.modules:
            sorts |= dict.fromkeys(self.o.individuals(module), "individual")
            sorts |= dict.fromkeys(self.o.properties(module), "property")
            sorts |= dict.fromkeys(self.o.classes(module), "class")
        for scheme in self.o.schemes:
            sorts |= dict.fromkeys(self.o.concepts(scheme), "concept")
        sorts |= dict.fromkeys(self.o.components(), "evidence fault")
        local = {node: self.o.name(node).partition(":")[2] for node in sorts}
        for node in sorted(sorts, key=lambda node: (local[node].casefold(), node.value)):
            yield node, sorts[node]


class ModulePage(Page):
    """The page of a module."""

    def __init__(self, module: Source, ontology: Ontology, places: Places) -> None:
        """Take the module."""
        super().__init__(page_of(module), ontology, places)
        self.module = module
        self.faults = ontology.components() if module.name == FAULTS_MODULE else []
        self.outcome = str(MASA.meansOutcome)

    def contents(self) -> Iterator[tuple[str, str]]:
        """Give each class with the properties that the module gives it, then the other ones."""
        starts = {p: self.o.nodes(p, RDFS.domain) for p in self.o.properties(self.module)}
        own = self.o.classes(self.module)
        others = {start for nodes in starts.values() for start in nodes} - {*own}
        for node in (*own, *sorted(others, key=self.o.by_label)):
            has = [p for p, nodes in starts.items() if node in nodes]
            yield self.wording.link(node), self.wording.links(has)
        if free := [p for p, nodes in starts.items() if not nodes]:
            yield "of no one class", self.wording.links(free)

    def schemes_used(self) -> list[ox.NamedNode]:
        """Return the schemes with concepts that belong to the module."""
        return [
            scheme.home
            for scheme, concepts in self.schemes()
            if any(self.module.home in self.o.nodes(c, RDFS.isDefinedBy) for c in concepts)
        ]
