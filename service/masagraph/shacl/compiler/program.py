"""Compile a graph of shapes to a list of queries, and run them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import NamedTuple

import pyoxigraph as ox
from rdflib import Graph, URIRef
from rdflib.term import Node

from masagraph.errors import Place
from masagraph.shacl.compiler.components import prefixes_declared
from masagraph.shacl.compiler.core import Setting, apply_to, members
from masagraph.shacl.compiler.faults import compile_constraint
from masagraph.shacl.compiler.hierarchy import Hierarchy
from masagraph.shacl.compiler.model import (
    Authored,
    Constraint,
    Logical,
    Qualified,
    Shape,
    Target,
)
from masagraph.shacl.compiler.patterns import INSTANCES, Hit, Lines, Nodes, either
from masagraph.shacl.compiler.queries import Instance, Query
from masagraph.shacl.compiler.reading import ShapesReader
from masagraph.shacl.compiler.refusal import Refusal
from masagraph.shacl.compiler.terms import Names, Terms
from masagraph.vocab import PREFIXES

Term = ox.NamedNode | ox.BlankNode | ox.Literal
Chain = tuple[Shape, ...]


@dataclass(frozen=True)
class Refused:
    """A shape that is left to pySHACL.

    Attributes:
        shape: the shape, which has a target.
        why: what in it is not compiled, with the place of the shape where it is known.
    """

    shape: Node
    why: Refusal


class Result(NamedTuple):
    """A fault that was found.

    Attributes:
        focus: the focus node.
        instance: the shape and the constraint that is broken.
        value: the value that breaks it, where there is one.
        path: the property, where it is another than that of the shape.
        told: what the row binds, by name, for the message.
    """

    focus: Term
    instance: Instance
    value: Term | None
    path: Term | None
    told: Mapping[str, Term]


@dataclass(frozen=True)
class Program:
    """The queries of some shapes.

    Attributes:
        queries: the queries; shapes that differ only in parameters share one.
        refused: the shapes that have none.
    """

    queries: tuple[Query, ...]
    refused: tuple[Refused, ...]

    def only(self, roots: Collection[Node]) -> Program:
        """Return the program of some of the shapes with targets."""
        narrowed = (query.only(roots) for query in self.queries)
        return Program(
            tuple(query for query in narrowed if query is not None),
            tuple(refused for refused in self.refused if refused.shape in roots),
        )

    @cached_property
    def reads(self) -> frozenset[str] | None:
        """IRIs among which are the predicates of all triples that matter; None when any may."""
        each = [query.reads for query in self.queries]
        known = [reads for reads in each if reads is not None]
        return frozenset().union(*known) if len(known) == len(each) else None

    def run(self, data: ox.Store) -> Iterator[Result]:
        """Run every query over all focus nodes of a store.

        Args:
            data: the facts, in the default graph; shapes that stand there are facts too.
        """
        for query in self.queries:
            instances, hit = query.by_key, query.hit
            rows = data.query(query.for_all)
            assert isinstance(rows, ox.QuerySolutions)
            names = [variable.value for variable in rows.variables]
            for row in rows:
                told = {n: term for n, term in zip(names, row, strict=True) if term is not None}
                value = told.get(hit.value[1:]) if hit.value else None
                path = told.get(hit.path[1:]) if hit.path else None
                for instance in instances[told["shape"]]:
                    yield Result(told["this"], instance, value, path, told)


def compile_shapes(
    shapes: Graph,
    hierarchy: Hierarchy | None = None,
    place_of: Callable[[Node], Place | None] | None = None,
) -> Program:
    """Compile every shape that has a target.

    Args:
        shapes: the shapes, with the constraint components that they use.
        hierarchy: the classes of the data; those of the shapes by default are not looked at.
        place_of: tells where a shape is written, for what is refused.
    """
    return _Compiler(shapes, hierarchy or Hierarchy(), place_of or (lambda node: None)).program()


@dataclass
class _Compiler:
    """Compiles a graph of shapes.

    Attributes:
        shapes: the shapes.
        hierarchy: the classes of the data.
        place_of: tells where a shape is written.
    """

    shapes: Graph
    hierarchy: Hierarchy
    place_of: Callable[[Node], Place | None]
    _hits: dict[object, tuple[Hit, Terms] | None] = field(default_factory=dict)

    def program(self) -> Program:
        """Return the queries of every shape with a target."""
        declared = prefixes_declared(self.shapes)
        self._prefixes = {
            prefix: namespace
            for prefix, namespace in PREFIXES.items()
            if all(name != prefix or also == namespace for name, also in declared)
        }
        reader = ShapesReader(self.shapes, Terms(self._prefixes).text)
        found: dict[object, list[Instance]] = {}
        written: dict[object, tuple[Hit, Terms]] = {}
        refused = []
        for node in reader.roots():
            try:
                root = reader.shape(node)
                compiled = list(self._of_root(root)) if root else []
            except Refusal as why:
                place = self.place_of(node)
                refused.append(Refused(node, Refusal(why.what, why.mend, place)))
                continue
            for instance, hit, terms in compiled:
                key = (
                    instance.constraint.component,
                    hit,
                    tuple(sorted(terms.prefixes.items())),
                    len(instance.parameters),
                )
                found.setdefault(key, []).append(instance)
                written[key] = (hit, terms)
        queries = [
            Query(hit, tuple(instances), terms)
            for (hit, terms), instances in zip(written.values(), found.values(), strict=True)
        ]
        return Program(tuple(queries), tuple(refused))

    def _of_root(self, root: Shape) -> Iterator[tuple[Instance, Hit, Terms]]:
        """Yield what a shape with a target is made of, compiled."""
        for chain in _chains((root,)):
            for constraint in chain[-1].constraints:
                # Texts that differ in the terms of their parameters alone are compiled once.
                key = (root.targets, tuple(s.path for s in chain), _without_terms(constraint))
                if key not in self._hits:
                    self._hits[key] = self._compiled(chain, constraint)
                made = self._hits[key]
                if made is not None:
                    yield Instance(root.node, chain[-1], constraint), *made

    def _compiled(self, chain: Chain, constraint: Constraint) -> tuple[Hit, Terms] | None:
        """Compile a constraint of the last shape of a chain."""
        terms = Terms(self._prefixes | _prefixes_of(constraint))
        setting = Setting(Names("this", "shape", "component"), terms, self.hierarchy)
        steps = [at for at, shape in enumerate(chain[:-1]) if shape.path is not None]
        start = "?this" if not steps else setting.names.fresh("start")
        nodes = _looked_at(chain[0].targets, start, setting)
        for at, shape in enumerate(chain[:-1]):
            if shape.path is None:
                continue
            if at == steps[-1]:
                triple = f"{nodes.variable} {shape.path.step} ?this ."
                nodes = Nodes("?this", (*nodes.pattern, triple), (*nodes.bound, "?this"))
            else:
                nodes = apply_to(shape, nodes, setting, "between").values
        hit = compile_constraint(constraint, apply_to(chain[-1], nodes, setting), setting)
        if hit is None:
            return None
        if INSTANCES not in hit.lines:
            hit = replace(hit, lines=(INSTANCES, *hit.lines))
        instance = Instance(chain[0].node, chain[-1], constraint)
        _parse(Query(hit, (instance,), terms))
        return hit, terms


def _parse(query: Query) -> None:
    """Refuse a query that is no SPARQL, such as one with a prefix that nothing declares."""
    try:
        ox.Store().query(query.text())
    except SyntaxError as error:
        raise Refusal(f"the SPARQL cannot be parsed: {error}") from error


def _chains(chain: Chain) -> Iterator[Chain]:
    """Yield a shape, and each of its property shapes with those above it."""
    yield chain
    for part in chain[-1].properties:
        yield from _chains((*chain, part))


def _without_terms(constraint: Constraint) -> object:
    """Return what of a constraint decides its query."""
    if not isinstance(constraint, Authored):
        return constraint
    return (
        constraint.component,
        constraint.text,
        constraint.prefixes,
        tuple(name for name, _ in constraint.parameters),
        constraint.source is None,
        constraint.messages,
    )


def _prefixes_of(constraint: Constraint) -> dict[str, str]:
    """Return the prefixes of all SPARQL in a constraint and in the shapes that it names."""
    match constraint:
        case Authored():
            return dict(constraint.prefixes)
        case Logical():
            shapes = constraint.shapes
        case Qualified():
            shapes = (constraint.shape, *constraint.siblings)
        case _:
            return {}
    found: dict[str, str] = {}
    for shape in shapes:
        for inner in (c for chain in _chains((shape,)) for c in chain[-1].constraints):
            for prefix, namespace in _prefixes_of(inner).items():
                if found.setdefault(prefix, namespace) != namespace:
                    raise Refusal(f"the prefix {prefix} stands for two namespaces")
    return found


def _looked_at(targets: tuple[Target, ...], variable: str, setting: Setting) -> Nodes:
    """Return the nodes that some targets name."""
    bound = {variable}
    parts: list[Lines] = []
    named = [target.value for target in targets if target.kind == "node"]
    if named:
        parts.append((f"VALUES {variable} {{ {setting.terms.texts(named)} }}",))
    for target in targets:
        if target.kind == "class":
            parts.append(members(variable, target.value, setting))
        elif target.kind != "node":
            if not isinstance(target.value, URIRef):
                raise Refusal("a target is no property")
            predicate, other = setting.terms.text(target.value), setting.names.fresh("any")
            pair = (variable, other) if target.kind == "subjectsOf" else (other, variable)
            parts.append((f"{pair[0]} {predicate} {pair[1]} .",))
    return Nodes(variable, either(parts), tuple(bound))
