"""A compiled query: one SELECT for all shapes that share a pattern, and for all focus nodes."""

from __future__ import annotations

import textwrap
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

import pyoxigraph as ox
from rdflib import BNode, Literal
from rdflib.term import Node

from masagraph.shacl.compiler.model import Authored, Constraint, Shape
from masagraph.shacl.compiler.patterns import INSTANCES, PARAMETERS, Hit
from masagraph.shacl.compiler.reads import predicates_read
from masagraph.shacl.compiler.terms import Terms


@dataclass(frozen=True)
class Instance:
    """A constraint of a shape.

    Attributes:
        root: the shape with the target, which has the other as a part or is the same.
        shape: the shape that has the constraint.
        constraint: the constraint.
    """

    root: Node
    shape: Shape
    constraint: Constraint

    @property
    def parameters(self) -> tuple[Node, ...]:
        """The terms of its parameters, in the order of their names."""
        if not isinstance(self.constraint, Authored):
            return ()
        return tuple(term for _, term in self.constraint.parameters)


@dataclass(frozen=True)
class Query:
    """A SELECT that finds where some constraints are broken.

    Attributes:
        hit: its pattern, with the variables of what is found.
        instances: the constraints that it tests.
        terms: writes terms with its prefixes.
    """

    hit: Hit
    instances: tuple[Instance, ...]
    terms: Terms

    def only(self, roots: Collection[Node]) -> Query | None:
        """Return the query for some shapes with targets; None when it tests none of them."""
        kept = tuple(instance for instance in self.instances if instance.root in roots)
        return replace(self, instances=kept) if kept else None

    def text(self, focus: Node | None = None) -> str:
        """Return the query as SPARQL, with a heading for people who read it.

        Args:
            focus: the only focus node to test; by default all are tested.
        """
        component = self.terms.text(self.instances[0].constraint.component)
        selected = ["?this", "?shape", f"({component} AS ?component)"]
        selected += [v for v in (self.hit.value, self.hit.path) if v and v != "?this"]
        selected += self.hit.more
        lines = [f"SELECT DISTINCT {' '.join(selected)}", "WHERE {"]
        if focus is not None:
            lines.append(f"  VALUES ?this {{ {self.terms.text(focus)} }}")
        for line in self.hit.lines:
            lines += self._filled(f"  {line}")
        body = "\n".join([*lines, "}"])
        return f"{self._heading(component)}\n{self.terms.declarations(body)}\n{body}\n"

    def _filled(self, line: str) -> Iterator[str]:
        """Yield a line, or the VALUES for which it stands."""
        indent = line[: len(line) - len(line.lstrip())]
        if INSTANCES in line:
            names = ("?shape", *self.hit.parameters)
            rows = [
                (self.key(i.shape), *map(self.terms.text, i.parameters)) for i in self.instances
            ]
        elif PARAMETERS in line:
            names = self.hit.parameters
            rows = [tuple(map(self.terms.text, i.parameters)) for i in self.instances]
        else:
            yield line
            return
        texts = sorted({" ".join(row) for row in rows})
        if len(names) == 1:
            head, told = f"VALUES {names[0]} {{", texts
        else:
            head, told = f"VALUES ({' '.join(names)}) {{", [f"({text})" for text in texts]
        if len(told) == 1:
            yield f"{indent}{head} {told[0]} }}"
            return
        yield indent + head
        yield from (f"{indent}  {row}" for row in told)
        yield f"{indent}}}"

    def key(self, shape: Shape) -> str:
        """Return how the query names a shape: a blank node by a text, as SPARQL cannot."""
        if isinstance(shape.node, BNode):
            return self.terms.text(Literal(f"_:{shape.node}"))
        return self.terms.text(shape.node)

    @cached_property
    def for_all(self) -> str:
        """The query over all focus nodes, written once."""
        return self.text()

    @cached_property
    def reads(self) -> frozenset[str] | None:
        """IRIs among which are the predicates of all triples that it can match; None for any."""
        return predicates_read(self.for_all, self.terms.prefixes)

    @cached_property
    def by_key(self) -> dict[ox.NamedNode | ox.Literal, list[Instance]]:
        """The instances by what stands in the column ``?shape``: one for each root of the shape."""
        found: dict[ox.NamedNode | ox.Literal, list[Instance]] = {}
        for instance in self.instances:
            node = instance.shape.node
            key = ox.Literal(f"_:{node}") if isinstance(node, BNode) else ox.NamedNode(str(node))
            found.setdefault(key, []).append(instance)
        return found

    def _heading(self, component: str) -> str:
        """Return comments that say what the query finds."""
        first, many = self.instances[0], len({i.shape.node for i in self.instances})
        shapes = "one shape" if many == 1 else f"{many} shapes"
        told = [f"Finds {component}, for {shapes} and every node that they look at."]
        label = first.constraint.label if isinstance(first.constraint, Authored) else ""
        told += [label] if label else [str(m) for m in first.shape.messages if many == 1]
        value = "?this itself" if self.hit.value == "?this" else self.hit.value
        told.append(
            "A row is a fault: ?this is the focus node, ?shape the shape"
            + (f", {value} the value." if value else ".")
        )
        return "\n".join(
            line for text in told for line in textwrap.wrap(text, 92, initial_indent="# ",
                                                            subsequent_indent="#   ")
        )  # fmt: skip
