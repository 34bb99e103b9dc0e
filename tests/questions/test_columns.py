"""Every column of every question is described, once for all or by the question itself."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from masagraph.errors import DataError
from masagraph.questions.catalogue import Question, list_questions, read_question
from masagraph.questions.columns import columns_of, describe_in_full, shared_columns
from masagraph.resources import Resources, find_resources

if TYPE_CHECKING:
    from tests.questions.conftest import Ask

QUESTIONS = list_questions(find_resources())
EACH = pytest.mark.parametrize("question", QUESTIONS, ids=[q.name for q in QUESTIONS])

HEADER = """#+ title: A title
#+ question: What is asked?
#+ audience: analyst
#+ theme: Gaps
#+ column area_name: What this question means by it.
SELECT ?area_name ?document ?unheard_of { ?s ?p ?o }
"""
SHARED = """@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<urn:one> skos:notation "one" ; skos:prefLabel "One"@en ; skos:definition "The one."@en .
"""


@EACH
def test_every_column_is_described(question: Question) -> None:
    bare = [column.name for column in columns_of(question) if not column.about]
    assert not bare, f"describe {bare} in the header, or in queries/columns.ttl"


@EACH
def test_a_header_describes_no_column_that_there_is_not(question: Question) -> None:
    assert question.columns.keys() <= {column.name for column in columns_of(question)}


def test_no_shared_description_is_out_of_use() -> None:
    used = {column.name for question in QUESTIONS for column in columns_of(question)}
    assert not shared_columns(find_resources()).keys() - used


def test_what_a_question_says_wins(tmp_path: Path) -> None:
    path = tmp_path / "example.rq"
    path.write_text(HEADER, encoding="utf-8")
    own, shared, bare = columns_of(read_question(path))
    assert (own.title, own.about) == ("Area name", "What this question means by it.")
    assert shared.about == shared_columns(find_resources())["document"].about
    assert (bare.title, bare.about) == ("Unheard of", "")


def test_an_answer_describes_the_columns_that_it_has_and_no_others(ask: Ask) -> None:
    answered = ask("contributions", area="sefton").as_json()
    assert list(answered["columns_hold"]) == answered["columns"]
    assert "pounds" in answered["columns_hold"]["amount"]
    assert "area" not in answered["columns_hold"]


def test_the_list_describes_columns() -> None:
    for question in QUESTIONS:
        told = describe_in_full(question)
        assert {p.name for p in question.parameters} <= {c["name"] for c in told["columns"]}


def shared_of(folder: Path, text: str) -> Resources:
    (folder / "queries").mkdir()
    (folder / "queries" / "columns.ttl").write_text(text, encoding="utf-8")
    return Resources(folder, is_checkout=False)


def test_the_shared_file_is_read(tmp_path: Path) -> None:
    found = shared_columns(shared_of(tmp_path, SHARED))
    assert [(c.name, c.title, c.about) for c in found.values()] == [("one", "One", "The one.")]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('skos:definition "The one."@en', "a skos:Concept", "no label or definition"),
        ('"The one."@en', '"The one."@en , "Another."@en', "no label or definition"),
        ("@en .\n", "@en .\n<urn:two> skos:notation 'one' .\n", '"one" is described twice'),
        ('"one" ;', '"one', "cannot be parsed"),
    ],
)
def test_a_bad_shared_file_is_named(tmp_path: Path, old: str, new: str, message: str) -> None:
    assert old in SHARED
    with pytest.raises(DataError, match=message) as caught:
        shared_columns(shared_of(tmp_path, SHARED.replace(old, new)))
    assert "columns.ttl" in caught.value.line()
