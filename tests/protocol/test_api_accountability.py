"""Accountability of areas and bodies, against the data files read apart from the service."""

from __future__ import annotations

from typing import Any

import pytest
from api_answers import ID, MASA, data, last, rows_of
from fastapi.testclient import TestClient
from rdflib import RDF, SKOS, Graph, Namespace
from rdflib.namespace import FOAF

OA = Namespace("http://www.w3.org/ns/oa#")
ORG = Namespace("http://www.w3.org/ns/org#")
FRAME = data("areas/sefton/arrangement.ttl")
TEXT = data("areas/sefton/arrangements-2021.ttl")
BODIES = {str(b): str(FRAME.value(b, SKOS.prefLabel)) for b in FRAME.subjects(RDF.type, MASA.Body)}
LINES = {
    str(line): (
        str(TEXT.value(line, MASA.reportingBody)),
        last(TEXT.value(line, MASA.lineKind)),
        str(TEXT.value(line, MASA.reportsToBody)),
    )
    for line in TEXT.subjects(RDF.type, MASA.ReportingLine)
}
ANSWERS = {start: end for start, kind, end in LINES.values() if kind == "AccountableTo"}
FORUM, TEAM = (str(ID[f"body/sefton/{n}"]) for n in ("safeguarding-forum",
                                                     "strategic-leadership-team"))  # fmt: skip
BODY = "/api/bodies/sefton/practice-review-group"


def get(client: TestClient, url: str, **params: str) -> dict[str, Any]:
    answer = client.get(url, params=params)
    assert answer.status_code == 200, answer.text
    body = answer.json()
    assert isinstance(body, dict)
    return body


def sefton(client: TestClient, **params: str) -> dict[str, Any]:
    return get(client, "/api/areas/sefton/accountability", **params)


def words_of(fact: str) -> set[tuple[str, str]]:
    """The words that a file has for a fact, with the section they stand in."""
    return {
        (str(TEXT.value(TEXT.value(s, OA.hasSelector), OA.exact)), str(TEXT.value(s, MASA.section)))
        for s in TEXT.subjects(MASA.evidences, ID[fact.removeprefix(str(ID))])
    }


# An area


def test_every_line_is_told_with_kind_ends_and_words(client: TestClient) -> None:
    body = sefton(client)
    assert len(LINES) == 24
    found = {each["line"]: each for each in body["lines"]}
    assert {
        iri: (each["from"]["iri"], each["kind"], each["to"]["iri"]) for iri, each in found.items()
    } == LINES
    for iri, each in found.items():
        assert each["document"] == "sefton-arrangements-2021"
        assert {(words["exact"], words["section"]) for words in each["words"]} == words_of(iri)
        assert each["words"], iri


def test_every_body_is_told_with_its_ways_up(client: TestClient) -> None:
    """Six answer to another: five groups to the forum, and the forum to the team."""
    body = sefton(client)
    assert {each["iri"]: each["name"] for each in body["bodies"]} == BODIES
    assert ANSWERS[FORUM] == TEAM
    assert len(ANSWERS) == 6
    for each in body["bodies"]:
        ways = [[step["iri"] for step in way["steps"]] for way in each["ways_up"]]
        if each["iri"] == FORUM:
            assert ways == [[FORUM, TEAM]]
        elif each["iri"] in ANSWERS:
            assert ways == [[each["iri"], FORUM, TEAM]]
        else:
            assert ways == []
    assert body["counts"] == {
        "bodies": len(BODIES), "bodies_that_answer_to_another": 6, "lines": 24,
        "lines_of_accountability": 6,
    }  # fmt: skip
    assert [top["iri"] for top in body["tops"]] == [TEAM]
    assert body["cycles"] == []


def test_loose_ends_are_all_others_that_have_not_ended(client: TestClient) -> None:
    """The board that went before the partnership ended on the day of the document."""
    others = (
        set(BODIES)
        - set(ANSWERS)
        - {TEAM, str(ID["body/sefton/local-safeguarding-children-board"])}
    )
    ends = {end for start, _, to in LINES.values() for end in (start, to)} - set(BODIES)
    found = {each["iri"]: each for each in sefton(client)["loose_ends"]}
    assert set(found) == others | ends
    slg = found[str(ID["body/sefton/slg"])]
    assert (slg["reason"], slg["body"]) == ("OnlyReceives", "sefton/slg")
    assert found[str(ID["body/sefton/business-unit"])]["reason"] == "NoLine"
    assert all("in view" in each["why"] for each in found.values())


def test_the_seats_of_the_partners(client: TestClient) -> None:
    """Warwickshire's page has a lead and a delegate in four slots; education is not statutory."""
    graph = data("areas/warwickshire/masa.ttl")
    held = {
        (last(graph.value(seat, MASA.forSlot)), last(graph.value(seat, ORG.role)), str(seat))
        for seat in graph.subjects(RDF.type, MASA.Appointment)
        if graph.value(seat, MASA.forSlot)
    }
    assert len(held) == 8
    body = get(client, "/api/areas/warwickshire/accountability")
    found = {
        (last(slot["slot"]), seat["role"], seat["appointment"])
        for slot in body["seats"]
        for seat in (*slot["leads"], *slot["delegates"], *slot["others"])
    }
    assert found == held
    assert {slot["partner"]: slot["statutory"] for slot in body["seats"]} == {
        "local authority": True, "health": True, "police": True, "education": False,
    }  # fmt: skip
    assert body["lines"] == body["tops"] == body["bodies"] == []


def test_roles_on_the_partnership_that_are_held_for_no_partner(client: TestClient) -> None:
    """Warwickshire has a service manager, by its page; Sefton of 2021 an independent scrutineer."""
    told = {
        area: {
            (seat["role"], seat["post"]["name"])
            for seat in get(client, f"/api/areas/{area}/accountability")["partnership_roles"]
        }
        for area in ("warwickshire", "kent")
    }
    assert told == {"warwickshire": {("ServiceManager", "Service Manager")}, "kent": set()}
    then = sefton(client, as_at="2022-01-01")["partnership_roles"]
    assert [(seat["role"], seat["post"]["name"]) for seat in then] == [
        ("IndependentScrutineer", "Independent Scrutineer")
    ]


def test_seats_on_a_date(client: TestClient) -> None:
    """Of Sefton, 2021 has three leads and one delegate, and the page of 2024 three of each."""

    def count(day: str) -> list[int]:
        seats = sefton(client, as_at=day)["seats"]
        return [sum(len(slot[kind]) for slot in seats) for kind in ("leads", "delegates")]

    assert count("2021-10-30") == [0, 0]
    assert count("2022-01-01") == [3, 1]
    assert count("2026-11-22") == [3, 3]


def test_an_area_without_a_document_has_empty_seats(client: TestClient) -> None:
    body = get(client, "/api/areas/kent/accountability")
    assert [slot["partner"] for slot in body["seats"]] == ["local authority", "health", "police"]
    assert not any(slot["leads"] or slot["delegates"] for slot in body["seats"])
    assert body["documents_read"] == body["lines"] == body["loose_ends"] == []


def test_before_the_document_there_are_no_lines(client: TestClient) -> None:
    assert sefton(client, as_at="2021-10-30")["lines"] == []
    assert len(sefton(client, as_at="2021-10-31")["lines"]) == 24


def test_the_lines_as_csv(client: TestClient) -> None:
    rows = rows_of(client.get("/api/areas/sefton/accountability?format=csv").text)
    assert {row["line"]: (row["from_iri"], row["kind"], row["to_iri"]) for row in rows} == LINES
    for row in rows:
        assert set(row["words"].split(" | ")) == {words for words, _ in words_of(row["line"])}


def test_the_lines_as_turtle(client: TestClient) -> None:
    answer = client.get("/api/areas/sefton/accountability?format=turtle")
    graph = Graph().parse(data=answer.text, format="turtle")
    for line in LINES:
        node = ID[line.removeprefix(str(ID))]
        assert set(TEXT.predicate_objects(node)) <= set(graph.predicate_objects(node))
        assert list(graph.subjects(MASA.evidences, node))
    assert {str(b) for b in graph.subjects(RDF.type, MASA.Body)} == set(BODIES)
    assert not list(graph.subject_objects(FOAF.name))


# A body


def test_what_a_body_is_and_who_sits_on_it(client: TestClient) -> None:
    body = get(client, BODY)
    node = ID["body/sefton/practice-review-group"]
    seats = list(TEXT.subjects(ORG.organization, node))
    expected = {str(s) for s in seats if TEXT.value(s, MASA.seatColumn) == MASA.AgencyColumn}
    assert {each["appointment"] for each in body["seats_only_expected"]} == expected
    assert {each["appointment"] for each in body["members"]} == {str(s) for s in seats} - expected
    (chair,) = body["chairs"]
    assert (chair["post"]["name"], chair["holder"]) == ("Designated Doctor", "s05")
    assert (body["body"], body["kind"]) == ("sefton/practice-review-group", "SubGroup")
    assert {(each["exact"], each["section"]) for each in body["words"]} == words_of(str(node))
    assert body["words"]
    names = {str(name) for name in TEXT.objects(node, SKOS.altLabel)}
    assert {each["text"] for each in body["other_names"]} == names
    assert {each["document"] for each in body["other_names"]} == {"sefton-arrangements-2021"}
    assert {each["line"] for each in body["lines"]} == {
        line for line, (start, _, end) in LINES.items() if str(node) in (start, end)
    }


def test_the_meetings_and_the_rotating_chair_of_a_body(client: TestClient) -> None:
    body = get(client, "/api/bodies/sefton/strategic-leadership-team")
    schedules = set(TEXT.subjects(MASA.scheduleOf, ID["body/sefton/strategic-leadership-team"]))
    assert {each["iri"] for each in body["meetings"]} == {str(s) for s in schedules}
    assert sorted(each["frequency"] for each in body["meetings"]) == [
        "annual", "bi-monthly", "twice per year",
    ]  # fmt: skip
    assert all(each["words"] for each in body["meetings"])
    assert len(body["chair_rotates"]) == 1
    assert body["chairs"] == []


@pytest.mark.parametrize(
    ("slug", "above", "below"),
    [
        ("practice-review-group", [FORUM], 0),
        ("safeguarding-forum", [TEAM], 5),
        ("strategic-leadership-team", [], 6),
        ("slg", [], 0),
    ],
)
def test_the_place_of_a_body_in_the_lines(
    client: TestClient, slug: str, above: list[str], below: int
) -> None:
    body = get(client, f"/api/bodies/sefton/{slug}/accountability")
    assert [each["iri"] for each in body["answers_to"]] == above
    assert [each["iri"] for each in body["tops"]] == ([TEAM] if above else [])
    assert len(body["answered_to_by_in_the_end"]) == below
    direct = {start for start, end in ANSWERS.items() if end.endswith(f"/{slug}")}
    assert {each["iri"] for each in body["answered_to_by"]} == direct
    assert bool(body["loose_end"]) is (slug == "slg")
    assert body["cycles"] == []


def test_the_lines_along_the_way_of_a_body(client: TestClient) -> None:
    """Its own lines, and that of the forum to the team."""
    node = str(ID["body/sefton/practice-review-group"])
    own = {line for line, (start, _, end) in LINES.items() if node in (start, end)}
    along = {line for line, (start, kind, _) in LINES.items()
             if start == FORUM and kind == "AccountableTo"}  # fmt: skip
    url = f"{BODY}/accountability"
    assert {each["line"] for each in get(client, url)["lines"]} == own | along
    rows = rows_of(client.get(f"{url}?format=csv").text)
    assert {row["line"] for row in rows} == own | along
    graph = Graph().parse(data=client.get(f"{url}?format=turtle").text, format="turtle")
    assert {str(line) for line in graph.subjects(RDF.type, MASA.ReportingLine)} == own | along


def test_a_body_as_turtle(client: TestClient) -> None:
    graph = Graph().parse(data=client.get(f"{BODY}?format=turtle").text, format="turtle")
    node = ID["body/sefton/practice-review-group"]
    said = {*FRAME.predicate_objects(node), *TEXT.predicate_objects(node)}
    assert said <= set(graph.predicate_objects(node))
    assert set(TEXT.subjects(MASA.evidences, node)) <= set(graph.subjects(RDF.type, MASA.Statement))


def test_a_body_by_the_code_of_its_area(client: TestClient) -> None:
    assert get(client, "/api/bodies/E08000014/practice-review-group") == get(client, BODY)


def test_before_its_document_a_body_has_no_seats(client: TestClient) -> None:
    body = get(client, BODY, as_at="2021-10-30")
    assert body["members"] == body["chairs"] == body["lines"] == []
    assert body["name"] == "Practice Review Group"
