"""What every store does, whatever stands behind it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import pyoxigraph as ox

from masagraph.store.formats import NO_LIMITS, Choose, Limits, Written

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Bindings = Mapping[str, ox.NamedNode | ox.Literal]
"""Values of a query's ``$name`` variables, as RDF terms: never pasted into the text."""


@dataclass(frozen=True, slots=True)
class Rows:
    """The answer to a SELECT.

    Attributes:
        variables: column names, in the order of the query.
        rows: one tuple a row; an unbound variable is None.
        truncated: whether rows were left out because of the limit.
    """

    variables: tuple[str, ...]
    rows: tuple[tuple[Term | None, ...], ...]
    truncated: bool = False


@dataclass(frozen=True, slots=True)
class Triples:
    """The answer to a CONSTRUCT or DESCRIBE."""

    triples: tuple[ox.Triple, ...]
    truncated: bool = False


@dataclass(frozen=True, slots=True)
class Truth:
    """The answer to an ASK."""

    value: bool


Answer = Rows | Triples | Truth


@dataclass(frozen=True, slots=True)
class Scope:
    """Which graphs a query sees: the SPARQL Protocol's dataset parameters.

    Both empty: the default graph is the union of all graphs. Either given: the query
    sees the graphs named and no others, in the default graph or by ``GRAPH``.
    """

    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()


ALL_GRAPHS = Scope()


class Store(Protocol):
    """A read-only dataset that answers SPARQL queries."""

    def query(
        self,
        text: str,
        bindings: Bindings | None = None,
        scope: Scope = ALL_GRAPHS,
        limit: int | None = None,
    ) -> Answer:
        """Evaluate a query.

        Args:
            text: a SPARQL 1.1 query.
            bindings: values of variables, by name.
            scope: which graphs to see.
            limit: most rows or triples to return.

        Raises:
            QueryError: when it cannot be parsed or evaluated.
            QueryRefused: when it asks for what a read-only store never does.
        """
        ...

    def written(
        self,
        text: str,
        choose: Choose,
        scope: Scope = ALL_GRAPHS,
        limits: Limits = NO_LIMITS,
    ) -> Written:
        """Evaluate a query and write its answer in a standard format.

        Args:
            text: a SPARQL 1.1 query.
            choose: asked for a format, of those that the answer can be given in.
            scope: which graphs to see.
            limits: where the answer is cut.

        Raises:
            QueryError: when it cannot be parsed or evaluated.
            QueryRefused: when it asks for what a read-only store never does.
        """
        ...

    def graphs(self) -> Sequence[str]:
        """Return the names of all graphs."""
        ...

    def graph(self, name: str) -> Sequence[ox.Triple]:
        """Return the triples of one graph; empty when there is no such graph."""
        ...


def select(store: Store, text: str, **bindings: ox.NamedNode | ox.Literal) -> list[dict[str, Term]]:
    """Run a SELECT and return each row as a mapping of the variables that are bound.

    Raises:
        TypeError: when the query is not a SELECT.
    """
    answer = store.query(text, bindings)
    if not isinstance(answer, Rows):
        raise TypeError("a SELECT query is needed here")
    return [
        {name: term for name, term in zip(answer.variables, row, strict=True) if term is not None}
        for row in answer.rows
    ]


def text_of(term: Term | None) -> str:
    """Return the IRI of a node or the text of a literal; empty when there is none."""
    if isinstance(term, ox.NamedNode | ox.Literal | ox.BlankNode):
        return term.value
    return "" if term is None else str(term)
