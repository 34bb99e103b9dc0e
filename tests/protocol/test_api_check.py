"""``POST /api/check``: a draft is assessed, nothing of it is kept, and no draft does harm."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox
import pytest
from api_answers import problem, rows_of
from drafts import GOOD
from fastapi.testclient import TestClient
from rdflib import Graph, Namespace

from masagraph.resources import find_resources

if TYPE_CHECKING:
    from tests.protocol.conftest import Listener

EARL = Namespace("http://www.w3.org/ns/earl#")
TURTLE, TRIG, JSONLD = "text/turtle", "application/trig", "application/ld+json"
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMS = {
    TURTLE: ox.RdfFormat.TURTLE,
    TRIG: ox.RdfFormat.TRIG,
    JSONLD: ox.RdfFormat.JSON_LD,
}
HELD = (find_resources().folder("data") / "areas/warwickshire/masa.ttl").read_text("utf-8")


def check(
    client: TestClient, draft: str | bytes, kind: str = TURTLE, accept: str = "*/*", **params: str
) -> Any:
    headers = {"content-type": kind, "accept": accept}
    return client.post("/api/check", content=draft, headers=headers, params=params)


def as_form(kind: str) -> bytes:
    quads = list(ox.parse(GOOD, format=ox.RdfFormat.TURTLE))
    return bytes(ox.serialize(quads, format=FORMS[kind]) or b"")


# What it says


@pytest.mark.parametrize("kind", FORMS)
def test_a_draft_of_an_area_without_a_document(client: TestClient, kind: str) -> None:
    body = check(client, as_form(kind), f"{kind}; charset=utf-8", edition="wt2023").json()
    assert body["area"] == "kent"
    assert body["notes"] == []  # they tell how the cells of a workbook were read
    assert body["as_at"] == "2027-01-15"
    assert [document["id"] for document in body["documents_read"]] == ["kent-draft"]
    found = {finding["duty"]: finding["outcome"] for finding in body["findings"]}
    assert found["wt2023-pub-voice"] == "Evidenced"
    assert found["wt2023-partnership-chair"] == "NotFoundInTextHeld"
    assert len(found) == 72


def test_the_published_document_as_a_draft_gives_its_own_findings(client: TestClient) -> None:
    """Its frame is taken from what is held."""
    checked = check(client, HELD, edition="wt2026").json()
    assessed = client.get("/api/areas/warwickshire/assessment?edition=wt2026").json()
    assert [(f["duty"], f["outcome"]) for f in checked["findings"]] == [
        (f["duty"], f["outcome"]) for f in assessed["findings"]
    ]
    assert checked["data_version"] == f"{assessed['data_version']} and a draft"


def test_every_format_of_the_answer(client: TestClient) -> None:
    body = check(client, GOOD, edition="wt2026").json()
    found = {finding["duty"]: finding["outcome"] for finding in body["findings"]}
    table = check(client, GOOD, edition="wt2026", format="csv")
    assert {row["duty"]: row["outcome"] for row in rows_of(table.text)} == found
    excel = check(client, GOOD, edition="wt2026", format="csv", excel="1")
    assert excel.content.startswith(b"\xef\xbb\xbf")
    turtle = check(client, GOOD, accept="text/turtle", edition="wt2026")
    graph = Graph().parse(data=turtle.text, format="turtle")
    assert len(set(graph.objects(None, EARL.test))) == len(found)


def test_the_date_and_the_edition_may_be_given(client: TestClient) -> None:
    before = check(client, GOOD, edition="wt2026", as_at="2027-01-14").json()
    assert before["documents_read"] == []
    assert {finding["outcome"] for finding in before["findings"]} == {"NotTested"}
    assert check(client, GOOD).json()["edition"] == "wt2023"


def test_nothing_is_kept(client: TestClient) -> None:
    assert check(client, GOOD, edition="wt2026").status_code == 200
    asked = "ASK { { ?s ?p doc:kent-draft } UNION { doc:kent-draft ?p ?o } }"
    assert client.get("/sparql", params={"query": asked}).json()["boolean"] is False
    kent = client.get("/api/areas/kent").json()
    assert (kent["documents"], kent["arrangement"]) == ([], None)


# What is refused


@pytest.mark.parametrize(
    "kind", ["", "text/plain", "application/rdf+xml", "application/json", "application/n-triples",
             "application/x-www-form-urlencoded", "multipart/form-data", "text/html",
             "application/vnd.ms-excel"]
)  # fmt: skip
def test_other_kinds_of_bodies(client: TestClient, kind: str) -> None:
    answer = check(client, GOOD, kind)
    detail = problem(answer, 415)
    taken = [*FORMS, WORKBOOK]
    assert all(form in detail for form in taken)
    assert answer.headers["accept-post"] == ", ".join(taken)


def test_no_body(client: TestClient) -> None:
    problem(client.post("/api/check"), 415)
    assert "no source document" in problem(check(client, ""), 422)


@pytest.mark.parametrize(
    ("draft", "kind", "line", "column"),
    [
        ("<x:a> <x:b>\n  1 ; ; xx .", TURTLE, 2, 9),
        ("<x:a> <x:b> 1 .\n\n<x:a <x:b> .", TURTLE, 3, 1),
        ('{"@id":\n  xx}', JSONLD, 2, 3),
        ("<x:g> { <x:a>\n <x:b> }", TRIG, 2, 8),
    ],
)
def test_what_cannot_be_parsed_is_told_with_line_and_column(
    client: TestClient, draft: str, kind: str, line: int, column: int
) -> None:
    answer = check(client, draft, kind)
    assert "cannot be parsed" in problem(answer, 400)
    assert (answer.json()["line"], answer.json()["column"]) == (line, column)


def test_what_is_not_utf8(client: TestClient) -> None:
    assert "UTF-8" in problem(check(client, GOOD.encode("utf-16")), 400)


def test_a_body_that_is_too_large(narrow: TestClient) -> None:
    assert "500 bytes" in problem(check(narrow, GOOD), 413)


@pytest.mark.parametrize("encoding", ["gzip", "br", "zstd"])
def test_a_body_that_is_compressed(client: TestClient, encoding: str) -> None:
    headers = {"content-type": TURTLE, "content-encoding": encoding}
    problem(client.post("/api/check", content=b"\x1f\x8b", headers=headers), 415)


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("masa:describes arrangement:kent ;", "", "describes no arrangement"),
        ("masa:coversArea area:kent", "masa:coversArea area:atlantis", "area/atlantis"),
        ("masa:coversArea area:kent .", "skos:note 1 .", "covers no area"),
        ('"2027-01-15"^^xsd:date', '"soon"', "whole date"),
        ('"2027-01-15"^^xsd:date', '"2027-02-30"^^xsd:date', "whole date"),
        ('"2027-01-15"^^xsd:date', '"2027-01-15Z"^^xsd:date', "date"),
        ("masa:describes arrangement:kent ;", 'masa:describes "kent" ;', ""),
        ("masa:describes arrangement:kent ;", "masa:describes [] ;", ""),
        ("masa:bearsOn duty:wt2023-pub-voice", "masa:bearsOn duty:wt2023-none", "wt2023-none"),
        ("masa:bearsOn", "masa:bearsUpon duty:wt2023-pub-voice ; masa:bearsOn", "masa:bearsUpon"),
        ("arrangement:kent a", "duty:wt2023-pub-voice masa:severity 1 . arrangement:kent a",
         "duty/wt2023-pub-voice"),
        ("arrangement:kent a", "masa:Missing masa:precedence 99 . arrangement:kent a",
         "the term masa:Missing"),
        ('skos:prefLabel "Safeguarding arrangements for Kent"@en',
         "skos:note <<( <x:a> <x:b> <x:c> )>>", "triples as terms"),
    ],
)  # fmt: skip
def test_a_draft_that_is_not_what_it_must_be(
    client: TestClient, old: str, new: str, what: str
) -> None:
    assert old in GOOD
    assert what in problem(check(client, GOOD.replace(old, new), edition="wt2026"), 422)


@pytest.mark.parametrize(
    ("params", "status"),
    [({"edition": "wt2099"}, 404), ({"as_at": "soon"}, 422), ({"format": "xlsx"}, 406),
     ({"area": "kent"}, 422), ({"as_at": "1900-01-01"}, 422)],
)  # fmt: skip
def test_parameters_that_are_wrong(client: TestClient, params: dict[str, str], status: int) -> None:
    problem(check(client, GOOD, **params), status)


# What a stranger may try


@pytest.mark.parametrize(
    "context",
    [
        '"{url}"',
        '["{url}"]',
        '{{"@import": "{url}"}}',
        '{{"a": {{"@id": "x:a", "@context": "{url}"}}}}',
    ],
)
def test_a_context_elsewhere_is_refused_and_not_fetched(
    client: TestClient, listener: Listener, context: str
) -> None:
    text = f'{{"@context": {context.format(url=listener.url)}, "@id": "x:a", "a": {{"x:b": 1}}}}'
    json.loads(text)
    detail = problem(check(client, text, JSONLD), 400)
    assert not listener.heard()
    assert "nothing is fetched from other places" in detail


def test_an_import_and_a_service_in_a_draft_are_words_and_no_more(
    client: TestClient, listener: Listener
) -> None:
    more = f"""
        <x:imports> <http://www.w3.org/2002/07/owl#imports> <{listener.url}> .
        <x:shape> a <http://www.w3.org/ns/shacl#NodeShape> ;
            <http://www.w3.org/ns/shacl#targetClass> masa:ArrangementInView ;
            <http://www.w3.org/ns/shacl#sparql> [ <http://www.w3.org/ns/shacl#select>
                "SELECT $this {{ SERVICE <{listener.url}> {{ ?s ?p ?o }} }}" ] .
    """
    answer = check(client, GOOD + more, edition="wt2026")
    assert not listener.heard()
    assert answer.status_code == 200
    plain = check(client, GOOD, edition="wt2026").json()
    assert answer.json()["counts"] == plain["counts"]


DEEP = 20_000


@pytest.mark.parametrize(
    ("draft", "kind"),
    [
        ('{"x:b": ' * DEEP + "1" + "}" * DEEP, JSONLD),
        ('{"@id": "x:a", "x:b": ' + '{"@list": [' * DEEP + "]}" * DEEP + "}", JSONLD),
        ('{"@graph": ' * DEEP + "1" + "}" * DEEP, JSONLD),
        ('{"@reverse": {"x:b": ' * DEEP + "{}" + "}}" * DEEP, JSONLD),
        ('{"x:b": "]]]]", "x:c": ' + "[" * DEEP + "]" * DEEP + "}", JSONLD),
        ("[" * 1_000_000, JSONLD),
        ("<x:a> <x:b> " + "<<( <x:a> <x:b> " * DEEP + "1" + " )>>" * DEEP + " .", TURTLE),
        ("<x:a> <x:b> " + "<<( <x:a> <x:b> " * DEEP + "1" + " )>>" * DEEP + " .", TRIG),
    ],
)
def test_deep_nesting_is_refused_and_the_worker_lives(
    client: TestClient, draft: str, kind: str
) -> None:
    """Oxigraph's parser would run out of stack and end the process."""
    assert "nested" in problem(check(client, draft, kind), 422)


@pytest.mark.parametrize(
    ("draft", "status"),
    [
        ("<x:a> <x:b> " + "[ <x:b> " * DEEP + "1" + " ]" * DEEP + " .", 422),
        ("<x:a> <x:b> " + "( " * DEEP + ")" * DEEP + " .", 422),
        ('<x:a> <x:b> "' + "x" * 4_000_000 + '" .', 422),
        ("<x:" + "a" * 4_000_000 + "> <x:b> 1 .", 422),
        ("<x:a> <x:b> " + "1" * 1_000_000 + " .", 422),
        ('<x:a> <x:b> "\\uD800" .', 400),
        ("<x:a> <x:b> 1 .\n" * 60_000, 422),
    ],
)
def test_large_and_odd_texts_are_answered(client: TestClient, draft: str, status: int) -> None:
    problem(check(client, draft), status)


@pytest.mark.parametrize(
    "datatype",
    ["rdf:HTML", "rdf:XMLLiteral", "xsd:date", "xsd:duration", "xsd:hexBinary", "<x:own>"],
)
def test_texts_of_every_kind_and_of_none(client: TestClient, datatype: str) -> None:
    """Some are parsed by libraries that are loaded when first needed: a worker can load nothing."""
    more = f"""
        @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
        statement:voice <x:note> "<p>text</p>"^^{datatype} , "not & of its <kind"^^{datatype} .
    """
    assert check(client, GOOD + more, edition="wt2026").status_code == 200


def test_too_many_graphs(client: TestClient) -> None:
    draft = "\n".join(f"<x:g{n}> {{ <x:a> <x:b> {n} }}" for n in range(30))
    assert "30 graphs" in problem(check(client, draft, TRIG), 422)


def test_a_service_that_was_asked_all_that_still_answers(client: TestClient) -> None:
    assert check(client, GOOD, edition="wt2026").status_code == 200
