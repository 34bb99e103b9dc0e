"""Queries whose size alone would end the process: refused before any parser sees them."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from masagraph.errors import QueryRefused
from masagraph.store.embedded import EmbeddedStore

MANY = 4_900
OUTSIZED = {
    "brackets": "SELECT * WHERE { FILTER(" + "(" * MANY + "1" + ")" * MANY + ") }",
    "groups": "SELECT * WHERE " + "{" * MANY + "}" * MANY,
    "collections": "SELECT * WHERE { ?s ?p " + "(" * MANY + "1" + ")" * MANY + " }",
    "blank nodes": "SELECT * WHERE { ?s ?p " + "[<a:p> " * 999 + "1" + "]" * 999 + " }",
    "not": "SELECT * WHERE { FILTER(" + "!" * 9_900 + "true) }",
    "sums": "SELECT * WHERE { FILTER(1" + "+1" * 9_900 + ") }",
    "minus": "SELECT * WHERE { " + "MINUS{}" * 2_700 + " }",
    "hidden in a string": 'SELECT * WHERE { BIND("' + "(" * MANY + '" AS ?x) }',
}


@pytest.mark.parametrize("kind", OUTSIZED)
def test_what_is_too_deep_or_too_long_is_refused(kind: str) -> None:
    with pytest.raises(QueryRefused) as caught:
        EmbeddedStore(ox.Store()).query(OUTSIZED[kind])
    assert caught.value.mend


def test_what_a_person_would_write_is_not() -> None:
    nested = "SELECT * WHERE { FILTER(" + "(" * 50 + "1" + ")" * 50 + ") }"
    assert EmbeddedStore(ox.Store()).query(nested)
