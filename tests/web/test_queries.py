"""The queries behind the pages: with values written in, they give what the page shows."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest
from fastapi.testclient import TestClient

from masagraph.questions.files import QueryFile, list_query_files
from masagraph.resources import find_resources
from masagraph.web.run_it import LONGEST_ADDRESS, run_it

if TYPE_CHECKING:
    from tests.web.conftest import Get, Page

FILES = list_query_files(find_resources())
SEFTON = "https://w3id.org/masagraph/id/area/sefton"


def shown(page: Page) -> str:
    """The query on the page, character by character."""
    return "".join(page.root.one("pre").texts())


def runs(page: Page) -> dict[str, str]:
    """The links that run it."""
    return {a.text: a.attributes["href"] for a in page.root.all("a") if "/sparql?" in
            a.attributes["href"]}  # fmt: skip


def test_every_query_is_listed(get: Get) -> None:
    hrefs = {a.attributes["href"] for a in get("/queries").root.one("main").all("a")}
    assert {f"/queries/{file.path}" for file in FILES} <= hrefs


@pytest.mark.parametrize("file", FILES, ids=[file.path for file in FILES])
def test_each_is_shown_as_it_is_stored(get: Get, file: QueryFile) -> None:
    page = get(f"/queries/{file.path}")
    assert page.status == 200
    assert shown(page) == file.text
    # One that is too long for an address is sent by a form.
    assert runs(page) or page.root.one("form", action="/sparql")


def test_values_are_written_in_and_run(get: Get, client: TestClient) -> None:
    page = get("/queries/lookup/lines", area=SEFTON, as_at="2022-01-01")
    query = shown(page)
    assert f"<{SEFTON}>" in query
    assert '"2022-01-01"^^<http://www.w3.org/2001/XMLSchema#date>' in query
    assert "$" not in query
    rows = client.get(runs(page)["JSON"]).json()["results"]["bindings"]
    lines = client.get("/api/areas/sefton/accountability?as_at=2022-01-01").json()["lines"]
    assert {row["line"]["value"].rpartition("/")[2] for row in rows} >= {
        line["line"].rpartition("/")[2] for line in lines
    }
    assert client.get(runs(page)["CSV"]).text.count("\r\n") == len(rows) + 1
    assert page.root.one("input", name="area").attributes["value"] == SEFTON


def test_names_in_short_and_with_an_ending(get: Get) -> None:
    page = get("/queries/lookup/lines.rq", area="area:sefton", as_at="2022-01-01")
    assert shown(page) == shown(get("/queries/lookup/lines", area=SEFTON, as_at="2022-01-01"))


def test_a_name_that_pythons_own_would_hide(get: Get) -> None:
    assert "https://w3id.org/masagraph/ns#Duty" in shown(
        get("/queries/lookup/named", **{"class": "masa:Duty"})
    )


def test_what_is_not_given_is_told(get: Get) -> None:
    assert (
        "No value is given for as_at"
        in get("/queries/lookup/lines", area=SEFTON).root.one("main").text
    )


def test_a_construct_runs_as_a_graph(get: Get, client: TestClient) -> None:
    page = get("/queries/lookup/description", thing=SEFTON)
    assert set(runs(page)) >= {"Turtle", "JSON-LD"}
    assert "Sefton" in client.get(runs(page)["Turtle"]).text


@pytest.mark.parametrize(
    "path",
    ["nothing", "lookup", "lookup/line", "%2e%2e/pyproject.toml",
     "%2e%2e/%2e%2e/etc/passwd", "lookup/%2e%2e/lookup/lines", "lookup/lines.rq.rq",
     "lookup%2flines%00", "/etc/passwd",
     "<script>alert(1)</script>", "x" * 5_000],
)  # fmt: skip
def test_only_known_queries_are_shown(get: Get, path: str) -> None:
    page = get(f"/queries/{path}")
    assert page.status == 404
    assert "there is no query" in page.root.one("div", role="alert").text
    assert page.root.all("pre") == []
    assert page.root.all("script") == []


def test_the_nearest_name_is_told(get: Get) -> None:
    page = get("/queries/lookup/linez")
    assert "lookup/lines" in page.root.one("div", role="alert").text


@pytest.mark.parametrize(
    ("asked", "what"),
    [
        ({"nothing": "x"}, "It takes area, as_at"),
        ({"area": "https://w3id.org/a b"}, "is not an IRI"),
        ({"as_at": "2024-02-30"}, "is not a date"),
        ({"area": "x" * 1_001}, "1,001 characters"),
        ({"area": SEFTON, "<b>": "</textarea><script>"}, "no parameter"),
    ],
)
def test_a_bad_value_is_refused_and_kept(get: Get, asked: dict[str, str], what: str) -> None:
    page = get("/queries/lookup/lines", **asked)
    assert page.status == 400
    assert what in page.root.one("div", role="alert").text
    for name, text in asked.items():
        assert page.root.one("input", name=name).attributes["value"] == text
    assert page.root.all("script") == []
    assert runs(page) == {}


def test_words_where_a_name_must_stand(get: Get) -> None:
    page = get("/queries/lookup/faults", assessment="sefton")
    assert page.status == 400
    assert "a name is needed" in page.root.one("div", role="alert").text


def test_a_value_stays_a_value(get: Get, client: TestClient) -> None:
    """What looks like SPARQL is asked for as words, and found nowhere."""
    text = '" } INSERT DATA { <urn:a> <urn:b> <urn:c> } #'
    page = get("/queries/lookup/lines", area=text, as_at="2022-01-01")
    assert page.status == 200
    answer = client.get(runs(page)["JSON"])
    assert answer.status_code == 200
    assert answer.json()["results"]["bindings"] == []


def test_a_query_too_long_for_an_address_is_sent_by_a_form() -> None:
    short = run_it("SELECT * { ?s ?p ?o }", "https://x.example")
    assert [name for name, _ in short.links] == ["CSV", "Excel", "JSON", "TSV"]
    assert [name for name, _ in run_it("ASK {}", "").links] == ["JSON"]
    address = urlsplit(short.links[0][1])
    assert address.netloc == "x.example"
    assert parse_qs(address.query)["query"] == ["SELECT * { ?s ?p ?o }\n"]
    long = run_it('SELECT * { ?s ?p "' + "x" * LONGEST_ADDRESS + '" }', "")
    assert long.links == ()
    assert [name for name, _ in long.forms] == ["csv", "xlsx", "json", "tsv"]
    assert long.editor == ""


def test_the_form_sends_the_query(get: Get, client: TestClient) -> None:
    text = "é" * 900
    page = get("/queries/questions/chairs-of-bodies", area=text, as_at="2022-01-01")
    (form,) = (f for f in page.root.all("form") if f.attributes["method"] == "post")
    assert form.attributes["action"] == "/sparql"
    query = "".join(form.one("textarea").texts()).removeprefix("\n")
    assert query == shown(page)
    (button,) = (b.attributes for b in form.all("button", value="json"))
    sent = client.post("/sparql", data={"query": query, button["name"]: button["value"]})
    assert sent.status_code == 200
    assert sent.json()["results"]["bindings"] == []
    assert runs(page) == {}
