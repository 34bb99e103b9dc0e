"""Shapes as the compiler reads them: small frozen values, no graph behind them."""

from __future__ import annotations

from dataclasses import dataclass

from rdflib import Literal, URIRef
from rdflib.term import Node


@dataclass(frozen=True)
class Path:
    """A property path.

    Attributes:
        node: the node of the shapes graph that describes it, which reports name.
        text: the same as SPARQL, safe to stand in any place of a triple pattern.
        may_stay: whether it can lead from a node to itself without a triple (``*``, ``?``).
        iri: the one property that it is, if it is no more.
    """

    node: Node
    text: str
    may_stay: bool = False
    iri: URIRef | None = None

    @property
    def step(self) -> str:
        """The text where nothing stands beside it: without the brackets around all of it."""
        return self.text[1:-1] if self.text.startswith("(") else self.text


@dataclass(frozen=True)
class Target:
    """What a shape looks at.

    Attributes:
        kind: ``class``, ``node``, ``subjectsOf`` or ``objectsOf``.
        value: the class, the node or the property.
    """

    kind: str
    value: Node


@dataclass(frozen=True)
class Constraint:
    """A constraint of a shape.

    Attributes:
        component: the IRI that reports name as the source of the fault.
    """

    component: URIRef


@dataclass(frozen=True)
class Core(Constraint):
    """A constraint with one term, such as ``sh:class``.

    Attributes:
        name: local name of its parameter.
        value: the term.
    """

    name: str
    value: Node


@dataclass(frozen=True)
class Listed(Constraint):
    """A constraint with a list of terms: ``sh:in``, ``sh:languageIn``, ``sh:closed``."""

    name: str
    values: tuple[Node, ...]


@dataclass(frozen=True)
class Pattern(Constraint):
    """``sh:pattern`` with its flags."""

    pattern: str
    flags: str


@dataclass(frozen=True)
class Logical(Constraint):
    """``sh:node``, ``sh:not``, ``sh:and``, ``sh:or`` or ``sh:xone``."""

    name: str
    shapes: tuple[Shape, ...]


@dataclass(frozen=True)
class Qualified(Constraint):
    """``sh:qualifiedValueShape`` with one of its two counts.

    Attributes:
        shape: what a value must conform to, to be counted.
        least: whether ``count`` is a minimum; otherwise it is a maximum.
        count: how many.
        siblings: shapes to which a value that is counted must not conform.
    """

    shape: Shape
    least: bool
    count: int
    siblings: tuple[Shape, ...] = ()


@dataclass(frozen=True)
class Authored(Constraint):
    """SPARQL that somebody wrote: ``sh:sparql``, or the validator of a constraint component.

    Attributes:
        text: the SELECT or ASK.
        is_ask: whether it is an ASK, asked of each value node.
        prefixes: what ``sh:prefixes`` declares, each with its namespace.
        parameters: names of the variables of the component's parameters, in their order, each
            with its term.
        source: the node of ``sh:sparql``, which reports name.
        messages: its own messages.
        label: what a reader calls it, with its definition.
    """

    text: str
    is_ask: bool
    prefixes: tuple[tuple[str, str], ...]
    parameters: tuple[tuple[str, Node], ...]
    source: Node | None
    messages: tuple[Literal, ...]
    label: str = ""


@dataclass(frozen=True)
class Shape:
    """A node shape or, with a path, a property shape.

    Attributes:
        node: its name, or its blank node.
        path: the path to its value nodes.
        targets: what it looks at.
        constraints: its constraints, without ``sh:property``.
        properties: its property shapes.
        severity: the severity of its results.
        messages: its messages.
    """

    node: Node
    path: Path | None
    targets: tuple[Target, ...]
    constraints: tuple[Constraint, ...]
    properties: tuple[Shape, ...]
    severity: Node
    messages: tuple[Literal, ...]
