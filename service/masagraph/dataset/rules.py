"""Run the CONSTRUCT rules of ``queries/rules/`` over a store."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox

from masagraph.errors import DataError, Place
from masagraph.resources import read_once
from masagraph.vocab import PREFIXES


def construct(store: ox.Store, rule: Path) -> list[ox.Triple]:
    """Return what one rule file constructs over the union of all graphs.

    Args:
        store: where to look.
        rule: a file with one CONSTRUCT query.

    Raises:
        DataError: when the file is not a CONSTRUCT query, with the file.
    """
    try:
        result = store.query(
            read_once(rule),
            prefixes=dict(PREFIXES),
            use_default_graph_as_union=True,
        )
    except SyntaxError as error:
        raise DataError(f"the rule cannot be parsed: {error}", place=Place(rule)) from error
    if not isinstance(result, ox.QueryTriples):
        raise DataError("a rule must be a CONSTRUCT query", place=Place(rule))
    return list(result)


def apply(store: ox.Store, rules: list[Path], graph: str) -> int:
    """Run rules in order, each seeing what the ones before it added; return how many triples.

    What they construct goes into one named graph.
    """
    name = ox.NamedNode(graph)
    before = len(store)
    for rule in rules:
        triples = construct(store, rule)
        store.bulk_extend(ox.Quad(t.subject, t.predicate, t.object, name) for t in triples)
    return len(store) - before
