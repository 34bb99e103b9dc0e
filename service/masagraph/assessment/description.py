"""What the dataset says of some things, as triples. Names of people are left out."""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox

from masagraph.resources import find_resources
from masagraph.store.protocol import Store, Triples


def describe_things(store: Store, iris: Iterable[str]) -> list[ox.Triple]:
    """Return what is said of some things, with the blank nodes that belong to them.

    Args:
        store: the dataset.
        iris: IRIs of the things; one that is described nowhere adds nothing.

    Returns:
        each triple once, in the order of the things.
    """
    query = find_resources().read_query("lookup/description.rq")
    found: dict[ox.Triple, None] = {}
    for iri in dict.fromkeys(iris):
        answer = store.query(query, {"thing": ox.NamedNode(iri)})
        assert isinstance(answer, Triples)
        found.update(dict.fromkeys(sorted(answer.triples, key=str)))
    return list(found)
