"""``/api`` and ``/health``."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest
from fastapi.testclient import TestClient
from rdflib import Graph, Namespace

from masagraph.assessment.names import list_areas
from masagraph.cli.main import run
from masagraph.questions.catalogue import Question, list_questions
from masagraph.resources import find_resources
from masagraph.store.opened import Opened

EARL = Namespace("http://www.w3.org/ns/earl#")
QUESTIONS = list_questions(find_resources())
every = pytest.mark.parametrize("question", QUESTIONS, ids=[q.name for q in QUESTIONS])
URL = "/api/areas/warwickshire/assessment"


def problem(response: Any, status: int) -> str:
    assert response.status_code == status, response.text[:300]
    assert response.headers["content-type"] == "application/problem+json"
    body = response.json()
    assert set(body) == {"type", "title", "status", "detail"}
    assert body["status"] == status
    return str(body["detail"])


def test_health(client: TestClient, opened: Opened) -> None:
    answer = client.get("/health")
    assert answer.status_code == 200
    assert answer.json()["status"] == "ok"
    assert answer.json()["data_version"] == opened.data_version


def test_areas(client: TestClient, opened: Opened) -> None:
    body = client.get("/api/areas").json()
    known = list_areas(opened.store)
    assert body["data_version"] == opened.data_version
    assert [area["area"] for area in body["areas"]] == [area.slug for area in known]
    held = [area for area in body["areas"] if area["has_document"]]
    assert body["areas_with_documents"] == len(held)
    assert 0 < len(held) < len(known)
    kent = next(area for area in body["areas"] if area["area"] == "kent")
    assert (kent["name"], kent["gss"]) == ("Kent", "E10000016")
    assert kent["iri"].endswith("/area/kent")


# Assessments


@pytest.mark.parametrize(
    ("area", "options"),
    [
        ("warwickshire", {"edition": "wt2023"}),
        ("warwickshire", {}),
        ("kent", {"edition": "in-force"}),
        ("E06000043", {"edition": "wt2023"}),
        (
            "sefton",
            {"edition": "ca2004", "as_at": "2022-01-01", "document": "sefton-arrangements-2021"},
        ),
    ],
)
def test_the_findings_are_those_of_the_command(
    client: TestClient, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch,
    store_folder: Any, area: str, options: dict[str, str],
) -> None:  # fmt: skip
    monkeypatch.setenv("MASAGRAPH_STORE", str(store_folder))
    flags = [text for name, value in options.items() for text in (
        f"--{name.replace('_', '-')}", value)]  # fmt: skip
    with pytest.raises(SystemExit) as stopped:
        run(["assess", area, *flags, "--format", "json"])
    assert stopped.value.code == 0
    answer = client.get(f"/api/areas/{area}/assessment", params=options)
    assert answer.status_code == 200
    assert answer.headers["vary"] == "Accept"
    assert answer.json() == json.loads(capsys.readouterr().out)


def outcomes(client: TestClient) -> dict[str, str]:
    body = client.get(URL, params={"edition": "wt2023"}).json()
    return {finding["duty"]: finding["outcome"] for finding in body["findings"]}


@pytest.mark.parametrize("by", ["accept", "name"])
def test_assessment_as_csv(client: TestClient, by: str) -> None:
    answer = _in(client, by, "csv", "text/csv")
    rows = csv.DictReader(io.StringIO(answer.text, newline=""))
    assert {row["duty"]: row["outcome"] for row in rows} == outcomes(client)


@pytest.mark.parametrize("by", ["accept", "name"])
def test_assessment_as_turtle(client: TestClient, by: str) -> None:
    answer = _in(client, by, "turtle", "text/turtle")
    graph = Graph().parse(data=answer.text, format="turtle")
    assert len(set(graph.objects(None, EARL.test))) == len(outcomes(client))


def _in(client: TestClient, by: str, name: str, media_type: str) -> Any:
    headers = {"accept": media_type} if by == "accept" else {"accept": "application/json"}
    named = {"format": name} if by == "name" else {}
    answer = client.get(URL, params={"edition": "wt2023", **named}, headers=headers)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == f"{media_type}; charset=utf-8"
    return answer


@pytest.mark.parametrize(
    ("url", "status", "what"),
    [
        ("/api/areas/warwikshire/assessment", 404, "warwickshire"),
        ("/api/areas/%3Cscript%3E/assessment", 404, "<script>"),
        (f"{URL}?edition=wt2099", 404, "wt2018, wt2023"),
        (f"{URL}?document=masa", 404, "warwickshire-masa"),
        (f"{URL}?as_at=yesterday", 422, '"yesterday"'),
        (f"{URL}?as_at=2024-02-30", 422, '"2024-02-30"'),
        (f"{URL}?as_at=1900-01-01", 422, "1900-01-01"),
        (f"{URL}?format=pdf", 406, "format=json"),
        ("/api/questions/leads", 404, "/api/questions/leads"),
        ("/api/questions/leads-and-delegates?area=kint", 404, '"kint"'),
        ("/api/questions/leads-and-delegates?as_at=soon", 422, '"soon"'),
        ("/api/questions/leads-and-delegates?county=kent", 422, '"county"'),
        ("/api/questions/leads-and-delegates?format=turtle", 406, "format=csv"),
        ("/api", 404, "/api"),
        ("/no/such/thing", 404, "/no/such/thing"),
        ("/static/none.css", 404, "/static/none.css"),
        ("/static/..%2f..%2fapp.py", 404, "/static/"),
        ("/docs", 404, "/docs"),
    ],
)
def test_errors_are_problem_documents(client: TestClient, url: str, status: int, what: str) -> None:
    assert what in problem(client.get(url), status)


def test_nothing_accepted_can_be_served(client: TestClient) -> None:
    assert "text/csv" in problem(client.get(URL, headers={"accept": "image/png"}), 406)


def test_no_method_but_get(client: TestClient) -> None:
    for method in ("POST", "PUT", "DELETE"):
        problem(client.request(method, "/api/areas"), 405)


# Questions


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
    assert set(declared) == {"format", *(p.name for p in question.parameters)}
    for parameter in question.parameters:
        needed = not parameter.optional and not parameter.default
        assert declared[parameter.name]["in"] == "query"
        assert declared[parameter.name].get("required", False) is needed
        assert parameter.example in declared[parameter.name]["description"]


def test_an_answer_that_was_cut_says_so(narrow: TestClient) -> None:
    answer = narrow.get("/api/questions/only-restated")
    assert answer.headers["masagraph-truncated"] == "true"
    assert answer.json()["truncated"] is True
    assert len(answer.json()["rows"]) == 1
