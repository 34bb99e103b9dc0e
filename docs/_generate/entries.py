"""What is said of one term, written out: a section for a class or property, a row for the rest."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pyoxigraph as ox
from rdflib import OWL, RDF, RDFS, SH, SKOS

from _generate.places import Places, page_of
from _generate.terms import PROPERTY_TYPES, CannotTellError, Ontology
from _generate.wording import Wording, escape

CHARACTERS = {
    str(OWL.TransitiveProperty): "transitive: where A leads to B and B to C, A leads to C as well",
    str(OWL.SymmetricProperty): "symmetric: it holds in both directions",
    str(OWL.AsymmetricProperty): "asymmetric: it never holds in both directions",
    str(OWL.ReflexiveProperty): "reflexive: it leads from each thing to that thing itself",
    str(OWL.IrreflexiveProperty): "irreflexive: it never leads from a thing to that thing itself",
    str(OWL.FunctionalProperty): "functional: it leads to one thing at most",
    str(OWL.InverseFunctionalProperty): "inverse functional: it leads there from one thing at most",
}

LABELS = {
    str(SKOS.altLabel): "Also called",
    str(SKOS.related): "Related",
    str(SKOS.closeMatch): "Close match",
    str(SKOS.exactMatch): "Exact match",
    str(SKOS.notation): "Notation",
    str(RDFS.comment): "Comment",
    str(RDFS.seeAlso): "See also",
    str(OWL.equivalentClass): "Same as",
    str(OWL.equivalentProperty): "Same as",
}
"""What some predicates are called. Others are told by their own names."""

TOLD = {
    str(predicate)
    for predicate in (
        *(RDF.type, RDFS.isDefinedBy, RDFS.domain, RDFS.range),
        *(RDFS.subClassOf, RDFS.subPropertyOf),
        *(SKOS.prefLabel, SKOS.definition, SKOS.scopeNote, SKOS.example),
        *(SKOS.inScheme, SKOS.topConceptOf, SKOS.broader, SKOS.narrower),
        *(OWL.disjointWith, OWL.inverseOf, OWL.propertyChainAxiom),
        *(SH.parameter, SH.nodeValidator),
    )
}
"""Predicates with a place of their own, and the queries of faults, for which their file is linked.

Whatever else is said of a term is told after them.
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """A term, written out; all but the IRI is Markdown.

    Attributes:
        label: what it is called; of a class or property, its heading.
        name: with its prefix, as code.
        iri: in full.
        kind: what sort of term it is; of an individual or concept, its classes.
        definition: what it means.
        notes: scope notes.
        examples: examples.
        facts: what else is said of it: labels and values.
    """

    label: str
    name: str
    iri: str
    kind: str
    definition: str
    notes: list[str]
    examples: list[str]
    facts: list[tuple[str, str]]

    @property
    def remarks(self) -> str:
        """Notes, examples and facts in one line, for a table."""
        examples = (f"For example: {text}" for text in self.examples)
        facts = (f"{label}: {text}." for label, text in self.facts)
        return " ".join([*self.notes, *examples, *facts])


class Entries:
    """Writes the entries of one page."""

    def __init__(self, ontology: Ontology, places: Places, wording: Wording) -> None:
        """Take the ontology, and the wording of the page."""
        self._o = ontology
        self._places = places
        self._w = wording

    def of_class(self, node: ox.NamedNode) -> Entry:
        """Return the entry of a class."""
        label = escape(self._places.heading(node))
        return self._entry(node, label, "class", self._class_facts(node))

    def of_property(self, node: ox.NamedNode) -> Entry:
        """Return the entry of a property."""
        label = escape(self._places.heading(node))
        kind = next(PROPERTY_TYPES[t] for t in self._types(node) if t in PROPERTY_TYPES)
        return self._entry(node, label, kind, self._property_facts(node))

    def of_thing(self, node: ox.NamedNode) -> Entry:
        """Return the entry of a concept, an individual or an evidence fault."""
        types = [t for t in self._o.nodes(node, RDF.type) if t.value != str(SKOS.Concept)]
        return self._entry(node, self._w.label(node), self._w.links(types), iter(()))

    def broader(self, node: ox.NamedNode) -> str:
        """Return the concepts that a concept narrows."""
        return ", ".join(map(self._w.label, self._o.nodes(node, SKOS.broader)))

    def _entry(
        self, node: ox.NamedNode, label: str, kind: str, facts: Iterator[tuple[str, str]]
    ) -> Entry:
        return Entry(
            label=label,
            name=self._w.code(node),
            iri=node.value,
            kind=kind,
            definition=" ".join(self._w.texts(node, SKOS.definition)),
            notes=self._w.texts(node, SKOS.scopeNote),
            examples=self._w.texts(node, SKOS.example),
            facts=[(what, text) for what, text in facts if text] + list(self._rest(node)),
        )

    def _types(self, node: ox.NamedNode) -> list[str]:
        return [kind.value for kind in self._o.nodes(node, RDF.type)]

    def _rest(self, node: ox.NamedNode) -> Iterator[tuple[str, str]]:
        """Give what has no place of its own, but for a notation that only repeats the name."""
        for predicate in self._o.facts(node):
            repeats = self._o.texts(node, predicate) == [node.value.rpartition("/")[2]]
            if predicate not in TOLD and not (repeats and predicate == str(SKOS.notation)):
                label = LABELS.get(predicate) or self._w.link(ox.NamedNode(predicate))
                yield label, self._w.values(node, predicate)

    # Classes

    def _class_facts(self, node: ox.NamedNode) -> Iterator[tuple[str, str]]:
        yield "Kind of", self._w.links(self._o.nodes(node, RDFS.subClassOf))
        yield "Kinds of it", self._w.links(self._o.pointing(RDFS.subClassOf, node))
        yield "Shares no member with", ", ".join(self._disjoint(node))
        yield "Properties from it", self._w.links(self._o.pointing(RDFS.domain, node))
        yield "Properties to it", self._w.links(self._o.pointing(RDFS.range, node))

    def _disjoint(self, node: ox.NamedNode) -> Iterator[str]:
        direct = self._both_ways(OWL.disjointWith, node)
        yield from map(self._w.link, direct)
        for module in self._o.modules:
            for number, group in enumerate(self._o.disjoint_groups(module), start=1):
                if node in group.classes:
                    target = "" if page_of(module) == self._w.page else page_of(module)
                    yield f"the other classes of [group {number}]({target}#group-{number})"

    # Properties

    def _property_facts(self, node: ox.NamedNode) -> Iterator[tuple[str, str]]:
        o, links = self._o, self._w.links
        anything = "anything" if str(OWL.ObjectProperty) in self._types(node) else "any text"
        yield "Domain", self._ends(node, RDFS.domain) or "anything"
        yield "Range", self._ends(node, RDFS.range) or anything
        yield "Kind of", links(o.nodes(node, RDFS.subPropertyOf))
        yield "Kinds of it", links(o.pointing(RDFS.subPropertyOf, node))
        yield "Inverse", links(self._both_ways(OWL.inverseOf, node))
        for kind in self._types(node):
            if kind not in PROPERTY_TYPES:
                yield "Character", self._character(node, kind)
        for steps in o.chains(node):
            yield "Follows from", ", then ".join(map(self._w.link, steps))
        yield "Helps to derive", links(o.derived_with(node))

    def _ends(self, node: ox.NamedNode, predicate: str) -> str:
        """Return the domain or range: of several each must hold, of a union any."""
        each = [self._o.alternatives(value) for value in self._o.values(node, predicate)]
        return ", and ".join(" or ".join(map(self._w.link, union)) for union in each)

    def _both_ways(self, predicate: str, node: ox.NamedNode) -> list[ox.NamedNode]:
        """Return the terms that a symmetric predicate joins to one, whichever of them says so."""
        found = {*self._o.nodes(node, predicate), *self._o.pointing(predicate, node)}
        return sorted(found, key=self._o.by_label)

    def _character(self, node: ox.NamedNode, kind: str) -> str:
        if kind not in CHARACTERS:
            raise CannotTellError(f"{node.value}: no words for the type {kind}")
        return CHARACTERS[kind]
