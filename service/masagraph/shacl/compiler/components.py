"""Constraint components that a shapes graph declares, with their SPARQL validators."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from rdflib import OWL, RDF, RDFS, SH, SKOS, Graph, Literal, URIRef
from rdflib.term import Node

from masagraph.shacl.compiler.hierarchy import Hierarchy
from masagraph.vocab import local_name

_ALWAYS = {"rdf": str(RDF), "rdfs": str(RDFS), "owl": str(OWL)}
"""Prefixes that pySHACL gives to every query."""

_IN_TEXT = re.compile(r"\bPREFIX\s+([\w.-]*):\s*<([^<>\s]*)>", re.I)


@dataclass(frozen=True)
class Validator:
    """A SPARQL validator.

    Attributes:
        text: its SELECT or ASK.
        is_ask: whether it is an ASK.
        prefixes: namespaces by prefix.
        messages: its messages.
    """

    text: str
    is_ask: bool
    prefixes: Mapping[str, str]
    messages: tuple[Literal, ...]


@dataclass(frozen=True)
class Component:
    """A constraint component.

    Attributes:
        node: its name.
        parameters: predicates by the names of their variables.
        required: the names of those that a shape must have, for the component to apply.
        label: its label and definition, for readers of a query.
        for_any, for_nodes, for_properties: its validators.
    """

    node: URIRef
    parameters: Mapping[str, Node]
    required: frozenset[str]
    label: str
    for_any: Validator | None
    for_nodes: Validator | None
    for_properties: Validator | None

    def validator(self, is_property: bool) -> Validator | None:
        """Return the validator for node or property shapes; None when it has none."""
        own = self.for_properties if is_property else self.for_nodes
        return own or self.for_any


def read_components(graph: Graph) -> list[Component]:
    """Return the components that are declared, in the order of their names."""
    kinds = Hierarchy(graph.subject_objects(RDFS.subClassOf)).below(SH.ConstraintComponent)
    nodes = {node for kind in kinds for node in graph.subjects(RDF.type, kind)}
    return [_component(graph, n) for n in sorted(nodes, key=str) if isinstance(n, URIRef)]


def _component(graph: Graph, node: URIRef) -> Component:
    parameters, required = {}, set()
    for parameter in graph.objects(node, SH.parameter):
        path = graph.value(parameter, SH.path)
        if isinstance(path, URIRef):
            name = local_name(str(path))
            parameters[name] = path
            if Literal(True) not in graph.objects(parameter, SH.optional):
                required.add(name)
    words = (graph.value(node, SKOS.prefLabel), graph.value(node, SKOS.definition))
    return Component(
        node,
        parameters,
        frozenset(required),
        ": ".join(str(word) for word in words if word is not None),
        *(
            _validator(graph, node, which)
            for which in (SH.validator, SH.nodeValidator, SH.propertyValidator)
        ),
    )


def _validator(graph: Graph, component: Node, which: URIRef) -> Validator | None:
    for node in sorted(graph.objects(component, which), key=str):
        for predicate in (SH.select, SH.ask):
            for text in graph.objects(node, predicate):
                messages = graph.objects(node, SH.message)
                return Validator(
                    str(text),
                    predicate == SH.ask,
                    read_prefixes(graph, node, str(text)),
                    tuple(m for m in messages if isinstance(m, Literal)),
                )
    return None


def read_prefixes(graph: Graph, node: Node, text: str) -> dict[str, str]:
    """Return the prefixes of a SPARQL text, as pySHACL finds them.

    Those of the ontologies of the graph are added where ``sh:prefixes`` names no ontology.

    Args:
        graph: the shapes.
        node: the node that has the text.
        text: the text, which may declare some itself.
    """
    found = dict(_ALWAYS)
    for named in graph.objects(node, SH.prefixes):
        is_ontology = (named, RDF.type, OWL.Ontology) in graph
        if not (is_ontology and (named, SH.declare, None) in graph):
            for ontology in graph.subjects(RDF.type, OWL.Ontology):
                found |= _declared(graph, ontology)
        found |= _declared(graph, named)
    return found | dict(_IN_TEXT.findall(text))


def prefixes_declared(graph: Graph) -> set[tuple[str, str]]:
    """Return every prefix that a SPARQL text of some shapes may use, with its namespace."""
    found = set(_ALWAYS.items())
    for node in graph.subjects(SH.declare):
        found |= set(_declared(graph, node).items())
    for predicate in (SH.select, SH.ask):
        for text in graph.objects(None, predicate):
            found |= set(_IN_TEXT.findall(str(text)))
    return found


def _declared(graph: Graph, node: Node) -> dict[str, str]:
    """Return the prefixes that a node declares, and those of what it imports."""
    return {
        str(graph.value(entry, SH.prefix)): str(graph.value(entry, SH.namespace))
        for source in graph.transitive_objects(node, OWL.imports)
        for entry in graph.objects(source, SH.declare)
    }
