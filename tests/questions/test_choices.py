"""What a parameter offers to choose from: each value means its own thing, and no other."""

from __future__ import annotations

import pytest

from masagraph.questions.catalogue import Question, list_questions
from masagraph.questions.choices import choices_of, short_of
from masagraph.questions.parameters import bind
from masagraph.resources import find_resources
from masagraph.store.opened import Opened

NAMED = {
    (parameter.of, parameter.name): question
    for question in list_questions(find_resources())
    for parameter in question.parameters
    if parameter.kind == "iri"
}
"""A question for each class and name of a parameter."""


@pytest.mark.parametrize(("kind", "question"), NAMED.items(), ids=[n for _, n in NAMED])
def test_each_choice_means_its_own_thing(
    kind: tuple[str, str], question: Question, opened: Opened
) -> None:
    name = kind[1]
    needed = {p.name: p.example for p in question.parameters if not (p.optional or p.default)}
    offered = choices_of(opened.store, question)[name]
    assert offered
    assert len({choice.value for choice in offered}) == len(offered)
    for choice in offered:
        assert choice.label
        given = {**needed, name: choice.value}
        assert bind(question, given, opened.store, opened.data_date)[name].value == choice.iri
        assert short_of(offered, choice.iri) == choice.value


def test_areas_with_a_document_come_first(opened: Opened) -> None:
    (question,) = (q for q in list_questions(find_resources()) if q.name == "leads-and-delegates")
    offered = choices_of(opened.store, question)["area"]
    assert len(offered) == 153
    assert [choice.value for choice in offered if choice.held] == [
        "brighton-and-hove", "east-sussex", "sefton", "warwickshire", "west-sussex",
    ]  # fmt: skip
    assert all(choice.held for choice in offered[:5])
    assert [c.label for c in offered[5:]] == sorted(c.label for c in offered[5:])


def test_only_concepts_of_the_kind_meant_are_offered(opened: Opened) -> None:
    """The class of concepts holds bearers, outcomes and more beside topics."""
    (question,) = (q for q in list_questions(find_resources()) if q.name == "act-and-guidance")
    offered = choices_of(opened.store, question)["topic"]
    assert {choice.iri.rsplit("/", 2)[1] for choice in offered} == {"topic"}
    assert "topic/relevant-agencies" in [choice.value for choice in offered]
