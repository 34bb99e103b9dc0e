"""The same data give the same answers, in whatever order they were loaded.

A release is to be the same byte for byte. What a store finds first depends on what it was given
first, so texts are joined, and rows are sorted, by what they say.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from masagraph.dataset.assemble import merge_graphs
from masagraph.questions.catalogue import Question, list_questions
from masagraph.resources import find_resources
from masagraph.store.embedded import EmbeddedStore

if TYPE_CHECKING:
    from tests.structures.conftest import World

QUESTIONS = [q for q in list_questions(find_resources()) if "GROUP_CONCAT" in q.query]


@pytest.fixture(scope="module")
def both_ways(world: World) -> tuple[EmbeddedStore, EmbeddedStore]:
    """All structures beside the real data: loaded in one order, and in the other."""
    quads = sorted(world.held, key=str)
    return _loaded(quads), _loaded(quads[::-1])


def _loaded(quads: list[ox.Quad]) -> EmbeddedStore:
    store = ox.Store()
    store.extend(quads)
    merge_graphs(store)
    return EmbeddedStore(store, merged=True)


@pytest.mark.parametrize("question", [pytest.param(q, id=q.name) for q in QUESTIONS])
def test_answers_do_not_depend_on_the_order_of_loading(
    question: Question, world: World, both_ways: tuple[EmbeddedStore, EmbeddedStore]
) -> None:
    given: dict[str, str] = {
        p.name: p.example for p in question.parameters if not p.optional and not p.default
    }
    first, second = (world.ask_of(store, question.name, **given) for store in both_ways)
    assert first == second
