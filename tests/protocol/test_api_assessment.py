"""``/api/areas/{area}/assessment``: the findings are those of the command."""

from __future__ import annotations

import json
from typing import Any

import pytest
from api_answers import rows_of
from fastapi.testclient import TestClient
from rdflib import Graph, Namespace

from masagraph.cli.main import run

EARL = Namespace("http://www.w3.org/ns/earl#")
MASA = Namespace("https://w3id.org/masagraph/ns#")
URL = "/api/areas/warwickshire/assessment"


@pytest.mark.parametrize(
    ("area", "options"),
    [
        ("warwickshire", {"edition": "wt2023"}),
        ("warwickshire", {}),
        ("kent", {"edition": "in-force"}),
        ("E06000043", {"edition": "wt2023"}),
        # A day that is not stored: the command assesses, the service reads the day before it.
        ("sefton", {"edition": "wt2026", "as_at": "2024-05-20"}),
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
    assert answer.json() == json.loads(capsys.readouterr().out)


def outcomes(client: TestClient) -> dict[str, str]:
    body = client.get(URL, params={"edition": "wt2023"}).json()
    return {finding["duty"]: finding["outcome"] for finding in body["findings"]}


def test_assessment_as_csv(client: TestClient) -> None:
    answer = client.get(URL, params={"edition": "wt2023", "format": "csv"})
    assert {row["duty"]: row["outcome"] for row in rows_of(answer.text)} == outcomes(client)


@pytest.mark.parametrize("area", ["warwickshire", "kent"])
@pytest.mark.parametrize("edition", ["wt2018", "wt2023", "in-force"])
def test_each_finding_carries_the_question_of_its_duty(
    client: TestClient, area: str, edition: str
) -> None:
    duties = client.get("/api/duties").json()["duties"]
    questions = {duty["duty"]: duty["question_to_ask"] for duty in duties}
    assert all(questions.values())
    url, params = f"/api/areas/{area}/assessment", {"edition": edition}
    findings = client.get(url, params=params).json()["findings"]
    rows = rows_of(client.get(url, params={**params, "format": "csv"}).text)
    assert findings
    for finding, row in zip(findings, rows, strict=True):
        assert finding["question_to_ask"] == questions[finding["duty"]]
        assert (row["duty"], row["question_to_ask"]) == (finding["duty"], questions[row["duty"]])


@pytest.mark.parametrize("day", ["2026-11-22", "2026-11-21"])
def test_assessment_as_turtle_is_of_the_day_that_was_asked_for(
    client: TestClient, day: str
) -> None:
    """Also where that day is not stored: the assertions name their day, so they are made anew."""
    given = {"edition": "wt2026", "format": "turtle", "as_at": day}
    graph = Graph().parse(data=client.get(URL, params=given).text, format="turtle")
    body = client.get(URL, params={**given, "format": "json"}).json()
    assert len(set(graph.objects(None, EARL.test))) == len(body["findings"])
    assert {str(value) for value in graph.objects(None, MASA.asAt)} == {day}


def test_empty_parameters_are_as_none(client: TestClient) -> None:
    empty = client.get(URL, params={"edition": "", "as_at": ""})
    assert empty.json() == client.get(URL).json()
