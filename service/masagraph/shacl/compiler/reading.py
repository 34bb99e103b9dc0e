"""From a graph of shapes to the model. What is not known is refused, never passed over."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final, TypeVar

from rdflib import OWL, RDF, RDFS, SH, BNode, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from masagraph.shacl.compiler.components import Component, read_components, read_prefixes
from masagraph.shacl.compiler.core import CORE, number_of
from masagraph.shacl.compiler.model import (
    Authored,
    Constraint,
    Core,
    Listed,
    Logical,
    Path,
    Pattern,
    Qualified,
    Shape,
    Target,
)
from masagraph.shacl.compiler.paths import read_path
from masagraph.shacl.compiler.refusal import Refusal

T = TypeVar("T")

TARGETS: Final = {
    SH.targetClass: "class",
    SH.targetNode: "node",
    SH.targetSubjectsOf: "subjectsOf",
    SH.targetObjectsOf: "objectsOf",
}
_LOGICAL: Final = ("node", "not", "and", "or", "xone")
_WORDS: Final = frozenset(
    {
        SH.name,
        SH.description,
        SH.order,
        SH.group,
        SH.defaultValue,
        SH.path,
        SH.property,
        SH.severity,
        SH.message,
        SH.deactivated,
        SH.flags,
        SH.ignoredProperties,
        SH.qualifiedMinCount,
        SH.qualifiedMaxCount,
        SH.qualifiedValueShapesDisjoint,
        SH.prefixes,
        SH.declare,
    }
)
"""Predicates that are no constraint by themselves, or are read with another."""


def component_of(name: str) -> URIRef:
    """Return the component of SHACL Core that has a parameter, by the parameter's name."""
    return SH[f"{name[0].upper()}{name[1:]}ConstraintComponent"]


class ShapesReader:
    """Reads shapes.

    Args:
        graph: the shapes, with the components that they use.
        write: writes an IRI as SPARQL, for paths.
    """

    def __init__(self, graph: Graph, write: Callable[[Node], str]) -> None:
        self._graph, self._write = graph, write
        self._components = read_components(graph)
        self._within: list[Node] = []

    def roots(self) -> list[Node]:
        """Return the nodes of the shapes that have a target, in the order of their names."""
        found = {shape for target in TARGETS for shape in self._graph.subjects(target)}
        for kind in (SH.NodeShape, SH.PropertyShape):
            found |= set(filter(self._is_class, self._graph.subjects(RDF.type, kind)))
        found |= set(self._graph.subjects(SH.target))
        return sorted(found, key=str)

    def _is_class(self, node: Node) -> bool:
        kinds = set(self._graph.objects(node, RDF.type))
        return bool(kinds & {RDFS.Class, OWL.Class})

    def shape(self, node: Node) -> Shape | None:
        """Read a shape with all that it is made of.

        Returns:
            the shape; None when it is switched off.

        Raises:
            Refusal: when something in it is not compiled.
        """
        graph = self._graph
        if node in self._within:
            raise Refusal("the shape is part of itself")
        if Literal(True) in graph.objects(node, SH.deactivated):
            return None
        self._within.append(node)
        try:
            paths = list(graph.objects(node, SH.path))
            if len(paths) > 1:
                raise Refusal("a property shape has more than one sh:path")
            path = read_path(graph, paths[0], self._write) if paths else None
            return Shape(
                node,
                path,
                tuple(self._targets(node)),
                tuple(self._constraints(node, path)),
                tuple(self._shapes(sorted(graph.objects(node, SH.property), key=str), True)),
                next(graph.objects(node, SH.severity), SH.Violation),
                tuple(m for m in graph.objects(node, SH.message) if isinstance(m, Literal)),
            )
        finally:
            self._within.pop()

    def _shapes(self, nodes: Iterable[Node], with_path: bool = False) -> Iterator[Shape]:
        """Read the shapes of several nodes that are not switched off."""
        for node in nodes:
            if with_path and (node, SH.path, None) not in self._graph:
                raise Refusal("a property shape has no sh:path")
            shape = self.shape(node)
            if shape is not None:
                yield shape

    def _targets(self, node: Node) -> Iterator[Target]:
        if self._is_class(node):
            yield Target("class", node)
        for predicate, kind in TARGETS.items():
            for value in sorted(self._graph.objects(node, predicate), key=str):
                yield Target(kind, value)

    def _constraints(self, node: Node, path: Path | None) -> Iterator[Constraint]:
        """Yield the constraints that a shape declares itself, without its property shapes."""
        for predicate in sorted(set(self._graph.predicates(node)), key=str):
            if predicate in TARGETS or predicate in _WORDS:
                continue
            if predicate == SH.select and (node, SH.sparql, node) in self._graph:
                continue
            if str(predicate).startswith(str(SH)):
                yield from self._of_shacl(node, str(predicate).removeprefix(str(SH)))
        for component in self._components:
            yield from self._of_component(component, node, path)

    def _of_shacl(self, node: Node, name: str) -> Iterator[Constraint]:
        values = sorted(self._graph.objects(node, SH[name]), key=str)
        for value in values:
            if name in CORE:
                yield Core(component_of(name), name, value)
            elif name in _LOGICAL:
                yield self._logical(name, value)
            elif name in ("in", "languageIn"):
                yield Listed(component_of(name), name, tuple(Collection(self._graph, value)))
            elif name == "closed":
                yield from self._closed(node, value)
            elif name == "pattern":
                flags = next(self._graph.objects(node, SH.flags), "")
                yield Pattern(component_of(name), str(value), str(flags))
            elif name == "qualifiedValueShape":
                yield from self._qualified(node, value)
            elif name == "sparql":
                yield from self._sparql(value)
            else:
                raise Refusal(f"sh:{name} is not compiled")

    def _logical(self, name: str, value: Node) -> Logical:
        nodes = [value] if name in ("node", "not") else list(Collection(self._graph, value))
        shapes = [self.shape(node) or _nothing(node) for node in nodes]
        return Logical(component_of(name), name, tuple(shapes))

    def _closed(self, node: Node, value: Node) -> Iterator[Listed]:
        if value != Literal(True):
            return
        allowed: list[Node] = []
        for part in self._graph.objects(node, SH.property):
            allowed += [p for p in self._graph.objects(part, SH.path) if isinstance(p, URIRef)]
        for ignored in self._graph.objects(node, SH.ignoredProperties):
            allowed += Collection(self._graph, ignored)
        yield Listed(component_of("closed"), "closed", tuple(sorted(set(allowed), key=str)))

    def _qualified(self, node: Node, value: Node) -> Iterator[Qualified]:
        shape = self.shape(value) or _nothing(value)
        siblings: list[Shape] = []
        if Literal(True) in self._graph.objects(node, SH.qualifiedValueShapesDisjoint):
            others = {
                other
                for parent in self._graph.subjects(SH.property, node)
                for part in self._graph.objects(parent, SH.property)
                for other in self._graph.objects(part, SH.qualifiedValueShape)
            }
            for other in sorted(others - {value}, key=str):
                siblings.append(self.shape(other) or _nothing(other))
        for name, least in (("qualifiedMinCount", True), ("qualifiedMaxCount", False)):
            for count in self._graph.objects(node, SH[name]):
                yield Qualified(component_of(name), shape, least, number_of(count), tuple(siblings))

    def _sparql(self, source: Node) -> Iterator[Authored]:
        if Literal(True) in self._graph.objects(source, SH.deactivated):
            return
        texts = list(self._graph.objects(source, SH.select))
        if len(texts) != 1:
            raise Refusal("an sh:sparql without one sh:select is not compiled")
        yield Authored(
            SH.SPARQLConstraintComponent,
            str(texts[0]),
            False,
            _in_order(read_prefixes(self._graph, source, str(texts[0]))),
            (),
            source,
            tuple(m for m in self._graph.objects(source, SH.message) if isinstance(m, Literal)),
        )

    def _of_component(
        self, component: Component, node: Node, path: Path | None
    ) -> Iterator[Authored]:
        given = {
            name: list(self._graph.objects(node, of)) for name, of in component.parameters.items()
        }
        if not component.required:
            raise Refusal(f"{component.node} has no parameter that must be given")
        if not all(given[name] for name in component.required):
            return
        if any(len(values) > 1 for values in given.values()):
            raise Refusal(f"a parameter of {component.node} has more than one value")
        validator = component.validator(is_property=path is not None)
        if validator is None:
            raise Refusal(f"{component.node} has no SPARQL validator that fits")
        if any(isinstance(v, BNode) for values in given.values() for v in values):
            raise Refusal(f"a parameter of {component.node} is a blank node")
        yield Authored(
            component.node,
            validator.text,
            validator.is_ask,
            _in_order(validator.prefixes),
            _in_order({name: values[0] for name, values in given.items() if values}),
            None,
            validator.messages,
            component.label,
        )


def _in_order(named: Mapping[str, T]) -> tuple[tuple[str, T], ...]:
    """Return the entries of a mapping in the order of their names."""
    return tuple((name, named[name]) for name in sorted(named))


def _nothing(node: Node) -> Shape:
    """Return a shape to which everything conforms, in the place of one that is switched off."""
    return Shape(node, None, (), (), (), SH.Violation, ())
