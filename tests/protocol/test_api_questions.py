"""``/api/questions``: each stored question is a route, with its parameters typed."""

from __future__ import annotations

import csv
import io

import pytest
from api_answers import problem
from fastapi.testclient import TestClient

from masagraph.questions.catalogue import Question, list_questions
from masagraph.resources import find_resources
from masagraph.store.opened import Opened

QUESTIONS = list_questions(find_resources())
every = pytest.mark.parametrize("question", QUESTIONS, ids=[q.name for q in QUESTIONS])


def test_questions(client: TestClient) -> None:
    listed = client.get("/api/questions").json()
    assert [entry["name"] for entry in listed] == [question.name for question in QUESTIONS]
    assert all({"title", "question", "audience", "parameters"} <= set(entry) for entry in listed)


@every
def test_each_question_as_json_and_csv(
    client: TestClient, opened: Opened, question: Question
) -> None:
    """Asked with the examples of its parameters: what an example finds is never nothing."""
    given = {p.name: p.example for p in question.parameters if p.example}
    answer = client.get(f"/api/questions/{question.name}", params=given)
    assert answer.status_code == 200, answer.text
    body = answer.json()
    assert body["question"] == question.name
    assert body["data_version"] == opened.data_version
    assert body["rows"]
    as_csv = client.get(f"/api/questions/{question.name}", params={**given, "format": "csv"})
    head, *rows = csv.reader(io.StringIO(as_csv.text, newline=""))
    assert head == body["columns"]
    assert len(rows) == len(body["rows"])


@every
def test_each_question_declares_its_parameters(client: TestClient, question: Question) -> None:
    operation = client.get("/openapi.json").json()["paths"][f"/api/questions/{question.name}"][
        "get"
    ]
    assert operation["summary"] == question.title
    declared = {p["name"]: p for p in operation["parameters"]}
    assert set(declared) == {"format", "excel", *(p.name for p in question.parameters)}
    for parameter in question.parameters:
        needed = not parameter.optional and not parameter.default
        assert declared[parameter.name]["in"] == "query"
        assert declared[parameter.name].get("required", False) is needed
        assert parameter.example in declared[parameter.name]["description"]


def test_a_parameter_that_the_question_does_not_have(client: TestClient) -> None:
    detail = problem(client.get("/api/questions/leads-and-delegates?county=kent"), 422)
    assert '"county"' in detail
    assert "area" in detail


def test_an_answer_that_was_cut_says_so(narrow: TestClient) -> None:
    answer = narrow.get("/api/questions/only-restated")
    assert answer.headers["masagraph-truncated"] == "true"
    assert answer.json()["truncated"] is True
    assert len(answer.json()["rows"]) == 1
    as_csv = narrow.get("/api/questions/only-restated?format=csv")
    assert as_csv.headers["masagraph-truncated"] == "true"
    assert len(list(csv.reader(io.StringIO(as_csv.text, newline="")))) == 2
