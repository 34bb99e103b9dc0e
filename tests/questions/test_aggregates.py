"""No answer loses a value because another of its group is missing.

In Oxigraph a SUM, MIN, MAX or GROUP_CONCAT over a group in which one row has no value has no
value itself: what the other rows say would be lost in silence, and other engines differ.
"""

from __future__ import annotations

import re

import pytest

from masagraph.questions.catalogue import Question, list_questions
from masagraph.questions.parameters import bind
from masagraph.resources import find_resources
from masagraph.store.opened import Opened
from masagraph.store.protocol import Rows, text_of

AGGREGATE = re.compile(
    r"\b(?:GROUP_CONCAT|SUM|MIN|MAX|AVG)\s*\(\s*(?:DISTINCT\s+)?(\?\w+)\s*"
    r"(?:;\s*separator\s*=\s*\"[^\"]*\")?\s*\)",
    re.IGNORECASE,
)
QUESTIONS = [q for q in list_questions(find_resources()) if AGGREGATE.search(q.query)]


def told_apart(query: str) -> str:
    """A query that says of each group whether all, none or some of its rows have a value."""
    return AGGREGATE.sub(
        lambda found: (
            f"IF(COUNT({found[1]}) = 0 || COUNT({found[1]}) = COUNT(*), "
            f'"whole", "some of {found[1][1:]} are missing")'
        ),
        query,
    )


def test_a_mixed_group_is_seen(opened: Opened) -> None:
    query = 'SELECT (GROUP_CONCAT(?x; separator=", ") AS ?all) { VALUES ?x { 1 UNDEF 2 } }'
    rows = opened.store.query(told_apart(query))
    assert isinstance(rows, Rows)
    assert "missing" in text_of(rows.rows[0][0])


@pytest.mark.parametrize("question", [pytest.param(q, id=q.name) for q in QUESTIONS])
def test_no_group_is_mixed(question: Question, opened: Opened) -> None:
    shown = {p.name: p.example for p in question.parameters if p.example}
    for given in ({}, shown):
        bound = bind(question, given, opened.store, opened.data_date)
        rows = opened.store.query(told_apart(question.query), bound)
        assert isinstance(rows, Rows)
        cells = {text_of(term) for row in rows.rows for term in row if term is not None}
        assert not [cell for cell in cells if cell.endswith("are missing")]
