"""The questions: listed by theme, each a form, its answer the same as the API's."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import pytest
from fastapi.testclient import TestClient

from masagraph.questions.catalogue import THEMES, Question, list_questions
from masagraph.resources import find_resources
from masagraph.vocab import curie
from masagraph.web.pages.questions import MOST_ROWS

if TYPE_CHECKING:
    from tests.web.conftest import Element, Get, Page

QUESTIONS = list_questions(find_resources())
EACH = pytest.mark.parametrize("question", QUESTIONS, ids=[q.name for q in QUESTIONS])


def listed(page: Page) -> list[str]:
    """The names of the questions that the page lists."""
    return [
        item.one("a").attributes["href"].removeprefix("/questions/")
        for part in page.root.all("ul", **{"class": "plain"})
        for item in part.all("li")
    ]


def form(page: Page) -> Element:
    return page.root.one("form", method="get")


def value_of(page: Page, name: str) -> str:
    """What a field of the form holds."""
    for field in form(page).all("input", name=name):
        return field.attributes["value"]
    options = form(page).one("select", name=name).all("option")
    (chosen,) = [o for o in options if "selected" in o.attributes] or options[:1]
    return chosen.attributes["value"]


def table(page: Page) -> tuple[list[str], list[list[str]]]:
    """The headings and the rows of the answer."""
    root = page.root.one("table")
    rows = [[c.text for c in (*r.all("th"), *r.all("td"))] for r in root.one("tbody").all("tr")]
    return [head.text for head in root.one("thead").all("th")], rows


def link(page: Page, name: str) -> str:
    section = page.root.one("section", **{"aria-labelledby": "data"})
    return next(a.attributes["href"] for a in section.all("a") if a.text == name)


# The list


def test_every_question_stands_under_its_theme(get: Get) -> None:
    page = get("/questions")
    by_theme = {
        s.one("h2").text.rstrip(" 0123456789"): {
            a.attributes["href"].removeprefix("/questions/") for a in s.all("a")
        }
        for s in page.root.all("section")
        if s.attributes["aria-labelledby"].startswith("theme-")
    }
    themes = [theme for theme in THEMES if any(q.theme == theme for q in QUESTIONS)]
    assert list(by_theme) == themes
    for question in QUESTIONS:
        assert question.name in by_theme[question.theme]
        assert question.title in page.root.one("main").text
        assert question.question in page.root.one("main").text
    assert len(listed(page)) == len(QUESTIONS)


@pytest.mark.parametrize("words", ["chair", "CHAIR rotate", "who leads", "words-relied-on"])
def test_words_narrow_the_list(get: Get, words: str) -> None:
    page = get("/questions", q=words)
    text = {
        q.name: f"{q.name} {q.theme} {q.title} {q.question} {q.note}".lower() for q in QUESTIONS
    }
    found = {n for n, t in text.items() if all(w in t for w in words.lower().split())}
    assert set(listed(page)) == found
    assert found
    assert f"{len(found)} of {len(QUESTIONS)} questions" in page.root.one("main").text
    assert value_of(page, "q") == words


def test_no_question_left_is_no_error(get: Get) -> None:
    page = get("/questions", q='zebra "><script>')
    assert page.status == 200
    assert listed(page) == []
    assert page.root.all("script") == []
    assert value_of(page, "q") == 'zebra "><script>'


def test_plain_words_are_answered(get: Get, client: TestClient) -> None:
    page = get("/questions", q="who scrutinises sefton")
    told = client.get("/api/questions", params={"q": "who scrutinises sefton"}).json()
    assert told["found"]["question"] == "how-scrutiny-is-arranged"
    assert page.root.one("h2", id="found").text == told["title"]
    assert len(table(page)[1]) == len(told["rows"])
    links = {a.attributes.get("href") for a in page.root.all("a")}
    assert {way["page"] for way in (told["found"], *told["next_best"])} <= links
    for way in told["next_best"]:
        assert get(way["page"]).status == 200
    assert value_of(page, "q") == "who scrutinises sefton"


@pytest.mark.parametrize("words", ["who pays in sussex", "xyzzy plugh", "sefton"])
def test_nothing_is_run_where_none_is_clearly_meant(
    get: Get, client: TestClient, words: str
) -> None:
    page = get("/questions", q=words)
    told = client.get("/api/questions", params={"q": words}).json()
    assert page.status == 200
    assert told["found"] is None
    assert told["why_not"][1:] in page.root.one("main").text
    assert "rows" not in told
    assert page.root.all("table") == []
    assert value_of(page, "q") == words


# One question


@pytest.fixture(scope="module")
def as_it_opens(client: TestClient, read_with: Callable[[TestClient], Get]) -> Get:
    """Get a page, once for all tests of it."""
    return cache(read_with(client))


@EACH
def test_it_has_a_field_for_each_parameter(as_it_opens: Get, question: Question) -> None:
    page = as_it_opens(f"/questions/{question.name}")
    assert page.status == 200
    assert page.root.one("h1").text == question.title
    main = page.root.one("main").text
    for words in (question.question, question.note):
        assert " ".join(words.split()) in main
    if not question.parameters:
        assert page.root.all("form", method="get") == []
    for parameter in question.parameters:
        tag = "select" if parameter.kind == "iri" else "input"
        field = form(page).one(tag, name=parameter.name)
        label = form(page).one("label", **{"for": field.attributes["id"]})
        assert label.text.lower().startswith(parameter.name.replace("_", " "))
    stored = next(d for d in page.root.all("details") if "stored" in d.one("summary").text)
    assert "".join(stored.one("pre").texts()) == question.query


@EACH
def test_its_answer_is_that_of_the_api_and_of_its_query(
    get: Get, client: TestClient, question: Question
) -> None:
    given = {p.name: p.example for p in question.parameters if p.example}
    page = get(f"/questions/{question.name}", **given)
    assert page.status == 200
    said: dict[str, Any] = client.get(link(page, "JSON")).json()
    assert said == client.get(f"/api/questions/{question.name}", params=given).json()
    number = len(said["rows"])
    assert f"{number:,} row{'' if number == 1 else 's'}" in page.root.one("main").text
    if number:
        heads, rows = table(page)
        assert len(rows) == number
        _same_values(page, said, heads, rows)
    assert _run(page, client).count("\r\n") >= number + 1
    assert client.get(link(page, "CSV")).text.count("\r\n") >= number + 1
    assert client.get(link(page, "CSV for Excel")).content.startswith(b"\xef\xbb\xbf")


def _run(page: Page, client: TestClient) -> str:
    """What comes when a reader runs the query below the answer, as CSV: by a link, or by a form."""
    links = {
        a.attributes["href"] for a in page.root.all("a")
        if a.attributes["href"].startswith("/sparql?") and a.text.endswith("CSV")
    }  # fmt: skip
    if links:
        (link_to_it,) = links
        return client.get(link_to_it).text
    (form,) = [f for f in page.root.all("form") if f.attributes.get("action") == "/sparql"]
    query = "".join(form.one("textarea").texts())
    return client.post("/sparql", data={"query": query, "format": "csv"}).text


def _same_values(page: Page, said: dict[str, Any], heads: list[str], rows: list[list[str]]) -> None:
    """Each column of the page holds what the API gives, but for names with labels."""
    for place, head in enumerate(heads):
        column = head.lower().replace(" ", "_")
        column = f"{column}_name" if f"{column}_name" in said["columns"] else column
        if column not in said["columns"]:
            continue
        for cells, row in zip(rows, said["rows"], strict=True):
            value = row[column]
            if isinstance(value, str) and value.startswith("http"):
                continue
            told = {None: "", True: "yes", False: "no"}.get(value, value) if not isinstance(
                value, (int, float)) or isinstance(value, bool) else value  # fmt: skip
            if isinstance(told, str):
                assert cells[place] == " ".join(told.split())
            else:
                assert float(cells[place]) == float(told)


@EACH
def test_each_is_answered_as_it_opens(
    as_it_opens: Get, client: TestClient, question: Question
) -> None:
    """Nothing is needed of any question, so none keeps its reader waiting for a form."""
    page = as_it_opens(f"/questions/{question.name}")
    said = client.get(f"/api/questions/{question.name}").json()
    number = len(said["rows"])
    main = page.root.one("main").text
    if number > MOST_ROWS:
        assert f"The first {MOST_ROWS:,} rows" in main
        assert "hold them all, up to 100,000" in main
    else:
        assert f"{number:,} row" in main


def test_names_link_to_their_pages_with_the_date(get: Get) -> None:
    page = get("/questions/leads-and-delegates", as_at="2024-06-01")
    hrefs = {a.attributes["href"] for a in page.root.one("table").all("a")}
    assert any(h.startswith("/areas/sefton") and "as_at=2024-06-01" in h for h in hrefs)
    assert "/id/document/warwickshire-masa" in hrefs


def test_a_label_is_told_with_its_thing_and_what_is_the_same_only_once(get: Get) -> None:
    page = get("/questions/words-relied-on", duty="wt2023-partnership-chair")
    heads, rows = table(page)
    assert heads[:2] == ["Area", "Outcome"]
    assert "Duty" not in heads
    assert "Duty name" not in heads
    assert "The same in every row: assessed as at: 2026-11-22" in page.root.one("main").text
    assert ["Brighton and Hove", "Not found in the text we hold"] in [row[:2] for row in rows]
    assert curie("https://w3id.org/masagraph/id/area/sefton") not in page.html


def test_no_rows_are_not_a_no(get: Get) -> None:
    page = get("/questions/sources-that-differ", area="warwickshire")
    assert page.status == 200
    said = page.root.one("section", **{"aria-labelledby": "answer"}).text
    assert "Nothing in the data fits the question" in said
    assert "That is not a “no”" in said
    assert page.root.all("table") == []


@pytest.mark.parametrize(
    ("path", "asked", "section"),
    [
        ("/questions/leads-and-delegates", {"area": "kent"}, "answer"),
        ("/questions", {"q": "who leads in kent"}, "found"),
    ],
)
def test_where_no_document_is_held_no_document_is_silent(
    get: Get, path: str, asked: dict[str, str], section: str
) -> None:
    page = get(path, **asked)
    assert page.status == 200
    said = page.root.one("section", **{"aria-labelledby": section}).text
    assert "We hold no document of Kent. That says nothing about the area." in said
    assert "Nothing in the data" not in said
    assert page.root.all("table") == []


def test_no_rows_for_plain_words_are_not_a_no(get: Get, client: TestClient) -> None:
    words = "which sources differ in warwickshire"
    told = client.get("/api/questions", params={"q": words}).json()
    assert (told["found"]["question"], told["rows"]) == ("sources-that-differ", [])
    said = get("/questions", q=words).root.one("section", **{"aria-labelledby": "found"}).text
    assert "Nothing in the data fits the question" in said


def test_the_address_of_an_answer_names_what_was_meant(get: Get) -> None:
    """So that it says the same when the data has another date."""
    page = get("/questions/duties-not-evidenced", area="E10000031")
    here = next(a for a in page.root.all("a") if a.text.startswith("Link to this"))
    assert parse_qs(urlsplit(here.attributes["href"]).query) == {
        "area": ["warwickshire"], "edition": ["wt2023"], "as_at": ["2026-11-22"],
    }  # fmt: skip
    assert table(get(here.attributes["href"])) == table(page)
    assert value_of(page, "area") == "warwickshire"


def test_areas_with_a_document_stand_first(get: Get) -> None:
    field = form(get("/questions/leads-and-delegates")).one("select", name="area")
    first, second = field.all("optgroup")
    assert [o.text for o in first.all("option")] == [
        "Brighton and Hove", "East Sussex", "Sefton", "Warwickshire", "West Sussex",
    ]  # fmt: skip
    assert len(second.all("option")) == 148


# Bad input


@pytest.mark.parametrize(
    ("name", "asked", "status", "what"),
    [
        ("leads-and-delegates", {"area": "kint", "as_at": "2024-06-01"}, 404, "Did you mean kent"),
        ("leads-and-delegates", {"area": "sefton", "as_at": "yesterday"}, 400, "year-month-day"),
        ("leads-and-delegates", {"area": "sefton", "nothing": "x"}, 400, "has no parameter"),
        ("act-and-guidance", {"topic": "relevant-agencies"}, 400, "may mean"),
        ("duties-not-evidenced", {"edition": "wt2099", "area": "sefton"}, 404, "no edition"),
        ("leads-and-delegates", {"area": '"><script>x</script>', "as_at": "</p>"}, 404, "no area"),
        ("leads-and-delegates", {"area": "x" * 3_000}, 404, "no area"),
    ],
)
def test_a_slip_is_told_above_the_form_and_nothing_is_lost(
    get: Get, name: str, asked: dict[str, str], status: int, what: str
) -> None:
    page = get(f"/questions/{name}", **asked)
    assert page.status == status
    assert what in page.root.one("div", role="alert").text
    for key, text in asked.items():
        assert value_of(page, key) == text
    assert page.root.all("table") == []
    assert page.root.all("script") == []


@pytest.mark.parametrize("name", ["leads-and-delegate", "%2e%2e", "<script>", "x" * 3_000])
def test_an_unknown_question(get: Get, name: str) -> None:
    page = get(f"/questions/{name}")
    assert page.status == 404
    assert "there is no question" in page.root.one("div", role="alert").text
    assert page.root.all("script") == []


def test_the_nearest_question_is_told(get: Get) -> None:
    alert = get("/questions/leads-and-delegate").root.one("div", role="alert")
    assert "leads-and-delegates" in alert.text


def test_empty_fields_mean_the_defaults(get: Get) -> None:
    """A form that is sent as it is sends its fields empty."""
    empty = get("/questions/leads-and-delegates", area="", as_at="")
    assert empty.status == 200
    assert table(empty) == table(get("/questions/leads-and-delegates"))
