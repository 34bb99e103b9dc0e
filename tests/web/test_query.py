"""The query editor: answers, errors at their line, examples, prefixes, links that keep a query."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest
from fastapi.testclient import TestClient

from masagraph.questions.catalogue import list_questions
from masagraph.resources import find_resources
from masagraph.vocab import PREFIXES
from masagraph.web.pages.query import MOST_ROWS, with_prefix
from masagraph.web.run_it import LONGEST_ADDRESS

if TYPE_CHECKING:
    from tests.web.conftest import Element, Get, Page

QUESTIONS = list_questions(find_resources())
AREAS = "SELECT ?area ?name { ?area a masa:SafeguardingArea ; skos:prefLabel ?name } ORDER BY ?name"
LONG = (
    f'{AREAS[: AREAS.index("}")]} FILTER ( ?name != "{"é" * (LONGEST_ADDRESS // 6)}" ) }} LIMIT 3'
)


def written(page: Page) -> str:
    """What stands in the editor."""
    return "".join(page.root.one("textarea", id="query").texts()).removeprefix("\n")


def rows(page: Page) -> list[list[Element]]:
    (table,) = [t for t in page.root.all("table") if t.one("caption").attributes["id"] == "rows"]
    return [r.all("th") + r.all("td") for r in table.one("tbody").all("tr")]


def alert(page: Page) -> str:
    return page.root.one("div", role="alert").text


def as_data(page: Page) -> dict[str, str]:
    section = page.root.one("section", **{"aria-labelledby": "data"})
    return {a.text: a.attributes["href"] for a in section.all("a")}


# Answers


def test_rows_are_those_of_the_service(get: Get, client: TestClient) -> None:
    page = get("/query", query=AREAS)
    assert page.status == 200
    assert written(page) == AREAS
    answer = client.get("/sparql", params={"query": AREAS}).json()["results"]["bindings"]
    shown = rows(page)
    assert len(shown) == len(answer) == 153
    assert "153 rows" in page.root.one("main").text
    for row, binding in zip(shown, answer, strict=True):
        slug = binding["area"]["value"].rpartition("/")[2]
        assert row[0].one("a").attributes["href"] == f"/areas/{slug}"
        # A name has its label, and beside it how to write it in a query.
        assert row[0].one("a").text == binding["name"]["value"]
        assert row[0].one("span").text == f"area:{slug}"
        assert row[1].one("span", lang="en").text == binding["name"]["value"]


def test_a_thing_without_a_page_of_its_own_leads_to_what_is_said_of_it(get: Get) -> None:
    (row,) = rows(get("/query", query="SELECT ?x { BIND(edition:wt2023 AS ?x) }"))
    assert row[0].one("a").attributes["href"] == "/id/edition/wt2023"


def test_terms_of_every_kind(get: Get) -> None:
    names = "?number ?text ?duration ?day ?other ?nothing"
    query = f"""SELECT {names} {{ VALUES ( {names} ) {{
        ( 1.5 "bonjour"@fr "P1Y"^^xsd:duration "2024-01-01"^^xsd:date <urn:x:y> UNDEF ) }} }}"""
    (row,) = rows(get("/query", query=query))
    texts = {cell.text for cell in row}
    assert texts == {"1.5", "bonjour fr", "P1Y xsd:duration", "2024-01-01", "urn:x:y", ""}
    first = row[0]
    assert (first.tag, first.text) == ("th", "1.5")
    (number,) = rows(get("/query", query='SELECT ?a ?b { VALUES ( ?a ?b ) { ( "x" 7 ) } }'))
    assert number[1].attributes == {"class": "number"}


@pytest.mark.parametrize(("slug", "word"), [("kent", "Yes"), ("atlantis", "No")])
def test_a_truth(get: Get, client: TestClient, slug: str, word: str) -> None:
    page = get("/query", query=f"ASK {{ area:{slug} a masa:SafeguardingArea }}")
    assert page.root.one("p", **{"class": "truth"}).one("strong").text == word
    links = as_data(page)
    assert "CSV" not in links  # the standard has no such form of it
    assert client.get(links["JSON"]).json()["boolean"] is (word == "Yes")


def test_a_graph_is_shown_by_triple_and_as_turtle(get: Get, client: TestClient) -> None:
    page = get("/query", query="DESCRIBE area:kent")
    assert "triples" in page.root.one("section", **{"aria-labelledby": "answer"}).text
    shown = rows(page)
    assert {"Kent area:kent"} <= {row[0].text for row in shown}
    assert "area:kent" in page.root.one("pre", **{"aria-label": "The answer as Turtle"}).text
    links = as_data(page)
    assert client.get(links["Turtle"]).headers["content-type"].startswith("text/turtle")
    assert {"Turtle", "JSON-LD", "N-Triples"} <= set(links)


def test_no_rows_are_no_denial(get: Get) -> None:
    page = get("/query", query="SELECT ?x { ?x a masa:Nothing }")
    assert page.status == 200
    assert "No rows." in page.root.one("main").text
    assert "what we hold, and no more" in page.root.one("main").text


def test_a_row_without_a_column(get: Get) -> None:
    assert "1 row without a column" in get("/query", query="SELECT * {}").root.one("main").text


def test_a_cut_says_so_and_where_the_rest_is(get: Get, client: TestClient) -> None:
    query = "SELECT ?s ?p ?o { ?s ?p ?o }"
    page = get("/query", query=query)
    assert len(rows(page)) == MOST_ROWS
    assert f"The first {MOST_ROWS} rows" in page.root.one("main").text
    assert "files below hold up to 100,000" in page.root.one("main").text
    assert client.get(as_data(page)["CSV"]).text.count("\n") > 10 * MOST_ROWS


def test_a_page_stays_small_whatever_the_rows_hold(get: Get) -> None:
    query = """SELECT ?long { ?s a masa:Duty .
        BIND(REPLACE(STR(?s), ".", "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz") AS ?long)
    } LIMIT 500"""
    page = get("/query", query=query)
    assert "characters)" in rows(page)[0][0].text
    assert len(page.html) < 1_000_000


@pytest.mark.parametrize(
    ("name", "kind"),
    [("CSV", "text/csv"), ("JSON", "application/sparql-results+json"),
     ("TSV", "text/tab-separated-values"),
     ("Excel", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")],
)  # fmt: skip
def test_the_answer_as_a_file(get: Get, client: TestClient, name: str, kind: str) -> None:
    answer = client.get(as_data(get("/query", query=f"{AREAS} LIMIT 3"))[name])
    assert answer.status_code == 200
    assert answer.headers["content-type"].partition(";")[0] == kind


def test_markup_in_an_answer_and_in_a_query_is_text(get: Get) -> None:
    query = 'SELECT ?x { BIND("<script>alert(1)</script>" AS ?x) } # </textarea><b>'
    page = get("/query", query=query)
    assert written(page) == query
    assert rows(page)[0][0].text == "<script>alert(1)</script>"
    assert [s.attributes["src"] for s in page.root.all("script")] == ["/static/editor.js"]


# Errors


@pytest.mark.parametrize(
    ("query", "said", "line", "column", "shown"),
    [
        ("SELECT *\n{ ?s ?p }", "a variable, a name or a value", 2, 9, "{ ?s ?p }"),
        ("SELECT * {\n  ?s ?p ", "ends too early", 2, 9, "?s ?p"),
        ("SELECT * {\n  é:ü ?p xx:yy }", "the prefix é: is not declared", 2, 3, "é:ü ?p"),
        ("SELECT ?y { ?s ?p ?x } GROUP BY ?s", "a variable that is unbound", 1, 35, "GROUP BY"),
        ("SELECT * { ?s ?p ?x } GROUP BY ?s", "SELECT * is not authorized", 1, 34, "GROUP BY"),
        ("SELECT (COUNT(*) AS ?n) ?s { ?s ?p ?o }", "a variable that is unbound", 1, 40, "SELECT"),
    ],
)
def test_an_error_is_shown_at_its_line(
    get: Get, query: str, said: str, line: int, column: int, shown: str
) -> None:
    page = get("/query", query=query)
    assert page.status == 400
    assert written(page) == query
    assert said in alert(page)
    box = page.root.one("div", role="alert")
    link = box.one("a")
    assert link.attributes["href"] == "#query"
    assert link.text == f"Line {line}, column {column}"
    assert link.attributes["data-line"] == str(line)
    assert link.attributes["data-column"] == str(column)
    first, caret = "".join(box.one("pre").texts()).split("\n")
    assert shown in first
    assert caret.index("^") == column - 1


def test_a_far_column_is_shown_with_what_is_around_it(get: Get) -> None:
    page = get("/query", query="SELECT * { " + "?s ?p ?o . " * 50 + "?s ?p }")
    first, caret = "".join(page.root.one("div", role="alert").one("pre").texts()).split("\n")
    assert len(first) < 150
    assert first[caret.index("^")] == "}"


def test_a_missing_prefix_is_offered_and_can_be_declared(get: Get, client: TestClient) -> None:
    query = "SELECT * { ?s foaf:name ?name }"
    page = get("/query", query=query)
    assert "PREFIX foaf: <http://xmlns.com/foaf/0.1/>" in alert(page)
    button = page.root.one("div", role="alert").one("button").attributes
    assert page.root.one("form", id=button["form"]).all("textarea", id="query")
    sent = client.post("/query", data={"query": query, button["name"]: button["value"]})
    assert sent.history[0].status_code == 303
    again = get(str(sent.url))
    assert written(again) == f"PREFIX foaf: <http://xmlns.com/foaf/0.1/>\n{query}"
    assert get("/query", query=written(again)).status == 200


def test_a_prefix_that_is_not_known_has_its_likes_told(get: Get) -> None:
    page = get("/query", query="SELECT * { ?s dct:title ?name }")
    assert "dcterms:" in alert(page)
    assert page.root.one("div", role="alert").all("button") == []


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("", "there is no query"),
        (" \n", "there is no query"),
        ("INSERT DATA { <x:a> <x:b> 1 }", "Updates are not allowed"),
        ("DROP ALL", "Updates are not allowed"),
        ("SELECT * { SERVICE <http://x.example/> { ?s ?p ?o } }", "SERVICE is not allowed"),
        ("SELECT * FROM <http://x.example/> { ?s ?p ?o }", "only graphs of this dataset"),
        ("hello", "does not begin as a query"),
        ("SELECT * { " + "{" * 500 + "}" * 500 + " }", "brackets deep"),
    ],
)
def test_what_is_refused_is_kept(get: Get, query: str, said: str) -> None:
    page = get("/query", query=query)
    assert page.status == 400
    assert said in alert(page)
    assert written(page) == query


def test_a_query_that_is_too_long(client: TestClient, read_page: Callable[[str], Page]) -> None:
    query = f"# {'x' * 20_001}\n{AREAS}"
    answer = client.post("/query", data={"query": query})
    page = read_page(answer.text)
    assert answer.status_code == 400
    assert "at most 20,000 are read" in alert(page)
    assert written(page) == query


def test_a_query_that_takes_too_long_is_kept(
    slow: TestClient, read_with: Callable[[TestClient], Get]
) -> None:
    page = read_with(slow)("/query", query=AREAS)
    assert page.status == 503
    assert written(page) == AREAS
    assert int(slow.get("/query", params={"query": AREAS}).headers["retry-after"]) > 0


def test_a_body_that_cannot_be_read(client: TestClient) -> None:
    answer = client.post("/query", content=b"query=\xff\xfe")
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "text/html; charset=utf-8"


# Addresses


def test_what_is_sent_gets_an_address_that_keeps_it(client: TestClient) -> None:
    query = "SELECT ?x {\r\n  ?x a masa:Duty\r\n}\r\nLIMIT 2"
    answer = client.post("/query", data={"query": query, "do": "run"}, follow_redirects=False)
    assert answer.status_code == 303
    address = urlsplit(answer.headers["location"])
    assert address.path == "/query"
    assert parse_qs(address.query) == {"query": [query.replace("\r\n", "\n")]}


def test_the_saved_link_is_that_address(get: Get) -> None:
    page = get("/query", query=AREAS)
    saved = as_data(page)["Link to this query and its answer"]
    assert [c.text for r in rows(get(saved)) for c in r] == [c.text for r in rows(page) for c in r]


def test_a_query_too_long_for_an_address_is_answered_and_can_be_kept_as_a_file(
    client: TestClient, read_page: Callable[[str], Page]
) -> None:
    answer = client.post("/query", data={"query": LONG}, follow_redirects=False)
    assert answer.status_code == 200
    page = read_page(answer.text)
    assert len(rows(page)) == 3
    assert written(page) == LONG
    section = page.root.one("section", **{"aria-labelledby": "data"})
    assert "too long for an address" in section.text
    form = section.one("form").attributes
    assert (form["method"], form["action"]) == ("post", "/sparql")
    button = section.one("form").all("button")[0].attributes
    assert (
        client.post("/sparql", data={"query": LONG, "format": button["value"]}).status_code == 200
    )
    kept = client.post("/query", data={"query": LONG, "do": "download"})
    assert kept.text == LONG
    assert kept.headers["content-type"] == "application/sparql-query; charset=utf-8"
    assert "query.rq" in kept.headers["content-disposition"]


def test_a_query_can_be_opened_without_being_run(get: Get) -> None:
    page = get("/query", query="nonsense", edit="1")
    assert page.status == 200
    assert written(page) == "nonsense"


def test_the_service_leads_a_browser_to_its_page_and_a_program_to_its_description(
    client: TestClient,
) -> None:
    browser = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
    sent = client.get("/sparql", headers=browser, follow_redirects=False)
    assert (sent.status_code, sent.headers["location"]) == (303, "/query")
    assert "Accept" in sent.headers["vary"]
    program = client.get("/sparql", headers={"Accept": "*/*"})
    assert program.headers["content-type"].startswith("text/turtle")


# Examples and prefixes


def test_the_first_query_can_be_run(get: Get) -> None:
    page = get("/query")
    assert len(rows(get("/query", query=written(page)))) == 10


def test_every_question_is_an_example(get: Get) -> None:
    options = get("/query").root.one("select", id="example").all("option")
    assert {o.attributes["value"] for o in options} == {q.name for q in QUESTIONS}


@pytest.mark.parametrize("name", [q.name for q in QUESTIONS])
def test_an_example_runs_as_it_is(get: Get, client: TestClient, name: str) -> None:
    text = written(get("/query", example=name))
    answer = client.post("/sparql", data={"query": text})
    assert answer.status_code == 200, answer.text


def test_every_prefix_is_told_and_need_not_be_declared(get: Get) -> None:
    page = get("/query")
    listed = next(
        t for t in page.root.all("table") if "prefixes" in t.one("caption").attributes["id"]
    )
    assert {r.one("th").text: r.one("td").text for r in listed.one("tbody").all("tr")} == {
        f"{prefix}:": namespace for prefix, namespace in PREFIXES.items()
    }


def test_a_prefix_is_declared_once() -> None:
    once = with_prefix("ASK {}", "masa")
    assert once == f"PREFIX masa: <{PREFIXES['masa']}>\nASK {{}}"
    assert with_prefix(once, "masa") == once
    assert with_prefix("ASK {}", "nothing") == "ASK {}"


def test_pages_with_a_query_lead_to_the_editor(get: Get) -> None:
    for url in ("/queries/lookup/areas", "/questions/statutory-partners?area=kent"):
        (link,) = [
            a.attributes["href"]
            for a in get(url).root.all("a")
            if a.text == "Open it in the editor"
        ]
        page = get(link)
        assert "SELECT" in written(page)
        assert "Answer" not in [h.text for h in page.root.all("h2")]  # it is not run yet
