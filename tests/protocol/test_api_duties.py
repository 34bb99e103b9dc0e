"""``/api/duties``, against the files of the guidance read apart from the service."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from api_answers import ID, MASA, data, last, rows_of
from fastapi.testclient import TestClient
from rdflib import DCTERMS, RDF, RDFS, SH, SKOS, Graph

EDITIONS = ("ca2004", "cwsa2026", "ea2002", "regs2018", "wt2018", "wt2023", "wt2026")
LAW = data(*(f"guidance/duties/{name}.ttl" for name in EDITIONS))
CHANGES = data("guidance/changes.ttl")
PLACES = data("guidance/provisions.ttl")
DUTIES = {last(duty): duty for duty in LAW.subjects(RDF.type, MASA.Duty)}
URL = "/api/duties/wt2023-partnership-chair"


def where(**wanted: str) -> set[str]:
    return {
        name
        for name, duty in DUTIES.items()
        if all(last(LAW.value(duty, MASA[p])) == value for p, value in wanted.items())
    }


def listed(client: TestClient, **params: str) -> dict[str, Any]:
    answer = client.get("/api/duties", params=params)
    assert answer.status_code == 200, answer.text
    body = answer.json()
    assert isinstance(body, dict)
    return body


# The list


def test_every_duty_is_listed(client: TestClient) -> None:
    body = listed(client)
    assert {each["duty"] for each in body["duties"]} == set(DUTIES)
    assert len(DUTIES) == body["duties_known"] == body["duties_listed"] == 148
    for each in body["duties"]:
        duty = DUTIES[each["duty"]]
        assert each["label"] == str(LAW.value(duty, SKOS.prefLabel))
        assert each["modality"] == last(LAW.value(duty, MASA.modality))
        assert each["source"]["edition"] == last(LAW.value(duty, MASA.edition))
        place = LAW.value(duty, DCTERMS.source)
        assert each["source"]["locator"] == str(PLACES.value(place, MASA.locator))
        assert each["source"]["locator_status"] == last(LAW.value(duty, MASA.locatorStatus))


@pytest.mark.parametrize(
    ("params", "wanted"),
    [
        ({"edition": "wt2018"}, {"edition": "wt2018"}),
        ({"modality": "must"}, {"modality": "Must"}),
        ({"modality": "SHOULD", "edition": "wt2023"}, {"modality": "Should", "edition": "wt2023"}),
        ({"topic": "funding"}, {"topic": "funding"}),
        ({"topic": "voice", "edition": "wt2023"}, {"topic": "voice", "edition": "wt2023"}),
        ({"edition": "", "modality": "", "topic": ""}, {}),
    ],
)
def test_some_duties(client: TestClient, params: dict[str, str], wanted: dict[str, str]) -> None:
    body = listed(client, **params)
    assert {each["duty"] for each in body["duties"]} == where(**wanted)
    assert body["duties_listed"] == len(where(**wanted)) > 0
    assert body["duties_known"] == 148
    rows = rows_of(client.get("/api/duties", params={**params, "format": "csv"}).text)
    assert {row["duty"] for row in rows} == where(**wanted)


def test_the_editions_in_force(client: TestClient) -> None:
    body = listed(client, edition="in-force")
    editions = {each["source"]["edition"] for each in body["duties"]}
    assert editions == {"wt2023", "ca2004", "ea2002", "regs2018", "cwsa2026"}
    assert "Working Together 2026" in body["edition_remark"]


def test_the_date_says_what_is_in_force(client: TestClient) -> None:
    body = listed(client, edition="in-force", as_at="2020-01-01")
    assert body["as_at"] == "2020-01-01"
    editions = {each["source"]["edition"] for each in body["duties"]}
    assert "wt2018" in editions
    assert "wt2023" not in editions
    assert client.get("/api/duties", params={"as_at": "yesterday"}).status_code == 422


# One duty


def test_a_duty_with_its_source(client: TestClient) -> None:
    body = client.get(URL).json()
    duty = DUTIES["wt2023-partnership-chair"]
    assert body["definition"] == str(LAW.value(duty, SKOS.definition))
    assert body["question_to_ask"] == str(LAW.value(duty, MASA.questionToAsk))
    assert {each["iri"] for each in body["bearers"]} == {
        str(b) for b in LAW.objects(duty, MASA.bearer)
    }
    assert body["remarks"] == [str(r) for r in LAW.objects(duty, RDFS.comment)]
    assert body["source"]["legal_basis"] == str(LAW.value(duty, MASA.legalBasis))
    assert {each["iri"] for each in body["shown_in"]} == {
        str(kind) for kind in LAW.objects(duty, MASA.evidencedIn)
    }


def test_a_duty_with_its_shape(client: TestClient) -> None:
    shapes = data("../shapes/duties/wt2023/partnership-chair.ttl")
    node = ID["shape/wt2023-partnership-chair"]
    shape = client.get(URL).json()["shape"]
    assert shape["iri"] == str(node)
    assert shape["message"] == str(shapes.value(node, SH.message))
    assert shape["would_close"] == str(shapes.value(node, MASA.wouldClose))
    own = {
        last(each): str(shapes.value(each, SH.message))
        for each in shapes.objects(node, SH.property)
    }
    assert {each["name"]: each["message"] for each in shape["faults"]} == own
    assert {each["name"] for each in shape["faults"] if each["note_only"]} == {
        "wt2023-chair-rotates"
    }


def test_a_duty_without_a_test_has_no_shape(client: TestClient) -> None:
    untested = [each for each in listed(client)["duties"] if not each["has_test"]]
    assert untested
    assert client.get(f"/api/duties/{untested[0]['duty']}").json()["shape"] is None


def changes(duty: str, mine: str, theirs: str) -> set[tuple[str, str, str | None]]:
    return {
        (str(change), last(CHANGES.value(change, MASA.changeKind)),
         last(other) if (other := CHANGES.value(change, MASA[theirs])) else None)
        for change in CHANGES.subjects(MASA[mine], DUTIES[duty])
    }  # fmt: skip


@pytest.mark.parametrize(
    "name", ["wt2018-link-boards", "wt2023-link-boards", "wt2023-partnership-chair",
             "wt2018-pub-voice", "wt2023-pub-voice", "ca2004-s11-regard"]
)  # fmt: skip
def test_the_edition_changes_of_a_duty(client: TestClient, name: str) -> None:
    told = client.get(f"/api/duties/{name}").json()["edition_changes"]
    found = {
        side: {(each["iri"], each["kind"], each["duty"]) for each in told[side]}
        for side in ("before", "after")
    }
    assert found == {
        "before": changes(name, "toDuty", "fromDuty"),
        "after": changes(name, "fromDuty", "toDuty"),
    }


def test_some_changes_were_looked_at() -> None:
    assert changes("wt2018-link-boards", "fromDuty", "toDuty")
    assert changes("wt2023-partnership-chair", "toDuty", "fromDuty")


@pytest.mark.parametrize(
    ("day", "areas"),
    [
        (
            "2026-11-22",
            {"sefton", "warwickshire", "brighton-and-hove", "east-sussex", "west-sussex"},
        ),
        ("2024-06-01", {"sefton", "warwickshire"}),
        ("2022-01-01", {"sefton"}),
        ("2020-01-01", set()),
    ],
)
def test_the_outcomes_of_a_duty_in_every_area(
    client: TestClient, day: str, areas: set[str]
) -> None:
    """Those that the areas' own assessments say; areas without a document are counted."""
    told = client.get(URL, params={"as_at": day}).json()["outcomes"]
    found = {each["area"]: each["outcome"] for each in told["by_area"]}
    assert set(found) == areas
    for area, outcome in found.items():
        given = {"edition": "wt2023", "as_at": day}
        assessed = client.get(f"/api/areas/{area}/assessment", params=given).json()["findings"]
        assert outcome == next(
            f["outcome"] for f in assessed if f["duty"] == "wt2023-partnership-chair"
        )
    assert told["areas"] == 153
    assert told["areas_with_document"] + told["areas_without_document"] == 153
    assert told["areas_with_document"] == len(areas)
    assert {k: v for k, v in told["counts"].items() if v} == Counter(found.values())
    rows = rows_of(client.get(URL, params={"as_at": day, "format": "csv"}).text)
    assert {row["area"]: row["outcome"] for row in rows} == found


def test_a_duty_as_turtle(client: TestClient) -> None:
    graph = Graph().parse(data=client.get(f"{URL}?format=turtle").text, format="turtle")
    duty = DUTIES["wt2023-partnership-chair"]
    assert set(LAW.predicate_objects(duty)) <= set(graph.predicate_objects(duty))
    assert (ID["shape/wt2023-partnership-chair"], MASA.tests, duty) in graph
    assert list(graph.subjects(MASA.toDuty, duty))


def test_a_duty_in_any_case(client: TestClient) -> None:
    assert client.get("/api/duties/WT2023-Partnership-Chair").json() == client.get(URL).json()
