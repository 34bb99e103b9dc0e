"""The same questions and the same assessments give the same answers on every store."""

from __future__ import annotations

import csv
import re
from collections import Counter
from pathlib import Path

import pytest
from tests.stores.conftest import Tried

from masagraph.assessment.assess import assess
from masagraph.assessment.findings import Assessment
from masagraph.assessment.names import choose_editions, find_area, list_areas
from masagraph.questions.catalogue import Question, list_questions
from masagraph.questions.parameters import bind
from masagraph.resources import find_resources
from masagraph.store.opened import Opened
from masagraph.store.protocol import Rows, Store, text_of

QUESTIONS = {question.name: question for question in list_questions(find_resources())}
LIST = Path(__file__).parents[2] / "docs" / "_generate" / "left_out.csv"
with LIST.open(encoding="utf-8", newline="") as lines:
    LEFT_OUT = {row["question"]: row["why"] for row in csv.DictReader(lines)}
"""What rdflib is not asked, and why; docs/remote.md is made from the same list."""


def answered(tried: Tried, question: Question, opened: Opened) -> Rows:
    """Ask a question with its examples."""
    given = {p.name: p.example for p in question.parameters if p.example}
    rows = tried.store.query(question.query, bind(question, given, opened.store, opened.data_date))
    assert isinstance(rows, Rows)
    return rows


def answered_here(name: str, opened: Opened) -> Rows:
    """Ask the store on disk, once."""
    if name not in _ANSWERED:
        _ANSWERED[name] = answered(Tried("on disk", opened.store), QUESTIONS[name], opened)
    return _ANSWERED[name]


_ANSWERED: dict[str, Rows] = {}


def cells(rows: Rows, question: Question, engine: str) -> list[tuple[str, ...]]:
    """Return the rows as text, without the columns in which any of several values may stand.

    Of each cell the words are compared, in no order: GROUP_CONCAT may put its parts in any. To
    what it puts together rdflib gives no language, so of it no type or language is compared.
    """
    any_of_several = set(re.findall(r"SAMPLE\([^)]*\) AS \?(\w+)", question.query))
    kept = [i for i, name in enumerate(rows.variables) if name not in any_of_several]
    told = text_of if engine == "rdflib-endpoint" else str
    return [
        tuple(" ".join(sorted(re.findall(r"\w+", told(row[i])))) for i in kept) for row in rows.rows
    ]


def ordered_by(question: Question) -> list[str]:
    """Return the columns by which the answer is ordered, as far as they are plain columns."""
    last = question.query.rpartition("}")[2]
    found = re.search(r"ORDER BY (.*)", last)
    return re.findall(r"(?<![\w(])[?$](\w+)(?!\))", found[1]) if found else []


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_question_has_the_same_answer(tried: Tried, name: str, opened: Opened) -> None:
    if tried.name == "rdflib-endpoint" and name in LEFT_OUT:
        pytest.skip(f"not asked of rdflib: {LEFT_OUT[name]}")
    question = QUESTIONS[name]
    here = answered_here(name, opened)
    there = answered(tried, question, opened)
    assert there.variables == here.variables
    expected = cells(here, question, tried.name)
    assert Counter(cells(there, question, tried.name)) == Counter(expected)
    # Rows that the order leaves open may come in any, so what is compared is the order's own.
    places = [here.variables.index(n) for n in ordered_by(question) if n in here.variables]
    if places and tried.name != "rdflib-endpoint":
        order = [[str(row[i]) for i in places] for row in here.rows]
        assert [[str(row[i]) for i in places] for row in there.rows] == order


def assessed(store: Store, area: str, opened: Opened) -> Assessment:
    """Assess an area anew."""
    known = find_area(list_areas(store), area)
    chosen = choose_editions(store, "wt2023", opened.data_date)
    return assess(store, known, chosen, opened.data_date, opened.data_version)


_ASSESSED: dict[str, Assessment] = {}


@pytest.mark.parametrize("area", ["sefton", "warwickshire"])
def test_an_assessment_finds_the_same(tried: Tried, area: str, opened: Opened) -> None:
    """It is made anew: the view is asked for, and the shapes are run over it."""
    if area not in _ASSESSED:
        _ASSESSED[area] = assessed(opened.store, area, opened)
    here, there = _ASSESSED[area], assessed(tried.store, area, opened)
    assert len(here.findings) > 50
    assert there.findings == here.findings
    assert there.documents == here.documents


def test_what_is_left_out_is_there_and_is_told() -> None:
    assert LEFT_OUT.keys() <= QUESTIONS.keys()
    assert all(LEFT_OUT.values())
    assert len(LEFT_OUT) < len(QUESTIONS) / 2  # else little would have been shown
