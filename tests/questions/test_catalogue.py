"""The catalogue: every question is well described, documented and tested; bad headers are named."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from masagraph.errors import DataError
from masagraph.questions.catalogue import Question, list_questions, read_question
from masagraph.resources import find_resources
from masagraph.vocab import MASA

if TYPE_CHECKING:
    from tests.questions.conftest import Ask

HERE = Path(__file__).parent
QUESTIONS = list_questions(find_resources())
EACH = [pytest.param(question, id=question.name) for question in QUESTIONS]
AUDIENCES = {"scrutineer", "analyst", "researcher"}

HEADER = """#+ title: A title
#+ question: What is asked?
#+ audience: scrutineer, analyst
#+ theme: Gaps
#+ param area: iri masa:SafeguardingArea, optional, example sefton
#+ param as_at: date, default the data's date
#+ param words: text
#+ note: A note: with a colon.
SELECT $area $as_at $words { ?s ?p ?o }
"""


def test_there_are_at_least_five_questions() -> None:
    assert len(QUESTIONS) >= 5
    assert [question.name for question in QUESTIONS] == sorted(q.name for q in QUESTIONS)


@pytest.mark.parametrize("question", EACH)
def test_a_question_is_named_in_a_test_of_this_folder(question: Question) -> None:
    tests = [path for path in HERE.glob("test_*.py") if path != Path(__file__)]
    assert any(f'"{question.name}"' in path.read_text(encoding="utf-8") for path in tests)


@pytest.mark.parametrize("question", EACH)
def test_a_question_is_documented(question: Question) -> None:
    docs = HERE.parents[1] / "docs" / "questions.md"
    assert docs.is_file(), "docs/questions.md is missing"
    assert question.name in docs.read_text(encoding="utf-8")


@pytest.mark.parametrize("question", EACH)
def test_a_question_is_well_described(question: Question) -> None:
    assert question.question.endswith("?")
    assert not question.title.endswith((".", "?"))
    assert question.audience
    assert set(question.audience) <= AUDIENCES


@pytest.mark.parametrize("question", EACH)
def test_a_question_can_be_asked_without_and_with_its_examples(
    question: Question, ask: Ask
) -> None:
    """A variable that is bound must be in the SELECT, or the store refuses the question."""
    needed = {p.name: p.example for p in question.parameters if not (p.optional or p.default)}
    assert ask(question.name, **needed).rows
    shown = {p.name: p.example for p in question.parameters if p.example}
    assert ask(question.name, **shown).rows


@pytest.mark.parametrize("question", EACH)
def test_an_answer_names_its_columns_and_what_was_asked(question: Question, ask: Ask) -> None:
    given = {p.name: p.example for p in question.parameters if p.example}
    said = ask(question.name, **given).as_json()
    assert said["question"] == question.name
    assert said["title"] == question.title
    assert given.keys() <= said["parameters"].keys()
    assert not set(said["columns"]) & said["parameters"].keys()
    assert said["data_version"]
    for row in said["rows"]:
        assert list(row) == said["columns"]


def write(folder: Path, text: str) -> Path:
    path = folder / "example.rq"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_header_is_read(tmp_path: Path) -> None:
    question = read_question(write(tmp_path, HEADER))
    assert (question.name, question.title) == ("example", "A title")
    assert question.audience == ("scrutineer", "analyst")
    assert question.theme == "Gaps"
    assert question.note == "A note: with a colon."
    area, as_at, words = question.parameters
    assert (area.kind, area.of, area.optional) == ("iri", str(MASA.SafeguardingArea), True)
    assert area.example == "sefton"
    assert (as_at.kind, as_at.default, as_at.optional) == ("date", "the data's date", False)
    assert (words.kind, words.default) == ("text", "")
    assert question.query == HEADER


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ("#+ title: A title\n", "", None, "the header has no title"),
        ("#+ question: What is asked?", "#+ question:", None, "the header has no question"),
        (
            "#+ title: A title\n#+ question: What is asked?\n", "", None,
            "the header has no title and no question",
        ),
        ("audience", "audiences", 3, '"audiences" is not a field'),
        ("text", "number", 7, '"number" is not a kind of parameter'),
        ("optional", "maybe", 5, '"maybe" is not understood'),
        ("Gaps", "Gasp", 4, '"Gasp" is not a theme'),
        ("#+ theme: Gaps\n", "", None, "the header has no theme"),
        ("#+ note", "#+ parameter x", 8, '"parameter x" is not a field'),
    ],
)  # fmt: skip
def test_a_bad_header_is_named(
    tmp_path: Path, old: str, new: str, line: int | None, message: str
) -> None:
    assert old in HEADER
    path = write(tmp_path, HEADER.replace(old, new, 1))
    with pytest.raises(DataError, match=message) as caught:
        read_question(path)
    assert caught.value.line().startswith(f"{path}:{line}: " if line else f"{path}: ")
    assert caught.value.mend


def test_a_query_without_a_header_is_named(tmp_path: Path) -> None:
    path = write(tmp_path, "SELECT * { ?s ?p ?o }\n")
    with pytest.raises(DataError, match="no title and no question and no audience and no theme"):
        read_question(path)
