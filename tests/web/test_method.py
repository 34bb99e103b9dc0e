"""How a verdict is made: each number by SPARQL, each example a finding of the data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from fastapi.testclient import TestClient

from masagraph.store.protocol import Rows, Store, text_of

if TYPE_CHECKING:
    from tests.web.conftest import Element, Get, Page

    from masagraph.store.opened import Opened

MASA = "PREFIX masa: <https://w3id.org/masagraph/ns#> "


def count(store: Store, pattern: str) -> int:
    """How many things a pattern fits: a query of its own, not the one that the page runs."""
    answer = store.query(f"{MASA} SELECT (COUNT(DISTINCT ?it) AS ?n) {{ {pattern} }}")
    assert isinstance(answer, Rows)
    return int(text_of(answer.rows[0][0]))


@pytest.fixture(scope="module")
def page(get: Get) -> Page:
    return get("/method")


def section(page: Page, name: str) -> Element:
    return page.root.one("section", **{"aria-labelledby": name})


def test_the_limits_come_first(page: Page) -> None:
    assert page.root.all("h2")[0].text == "Limits first"


def test_the_limits_are_counted(page: Page, opened: Opened) -> None:
    said, store = section(page, "limits").text, opened.store
    documents = count(store, "?it a masa:SourceDocument")
    areas = count(store, "?it a masa:SafeguardingArea")
    held = count(store, "?d a masa:SourceDocument ; masa:describes/masa:coversArea ?it")
    assert f"That is {documents} documents, for {held} of {areas} areas." in said
    assert f"Of the other {areas - held} areas" in said
    duties = count(store, "?it a masa:Duty")
    read = count(store, "?it masa:contentBasis masa:TextSeen")
    repeated = count(store, "?it masa:contentBasis masa:Reproduction")
    recalled = count(store, "?it masa:contentBasis masa:Recalled")
    unseen = count(store, "?it masa:locatorStatus masa:LocatorUnverified")
    assert f"Of {duties} duties, we read the text of {read}. Of {repeated} we read" in said
    assert f"{recalled} come from memory. We did not see the paragraph number of {unseen}." in said
    tested = count(store, "?shape masa:tests ?it . ?it a masa:Duty")
    assert f"{tested} of the {duties} duties have a test" in said


def test_who_checked_it_is_counted(page: Page, opened: Opened) -> None:
    statements = count(opened.store, "?it a masa:Statement")
    reviewed = count(opened.store, "?it a masa:Statement ; masa:reviewStatus masa:Reviewed")
    assert f"{reviewed} of {statements} statements" in section(page, "who").text
    assert ("No second reader has checked" in section(page, "limits").text) is (reviewed == 0)


def test_the_table_on_the_law_is_the_answer_of_its_question(page: Page, client: TestClient) -> None:
    rows = client.get("/api/questions/how-the-law-is-known").json()["rows"]
    table = section(page, "law").one("table")
    body = table.one("tbody").all("tr")
    assert len(body) == len(rows)
    columns = [
        "duties", "with_a_test", "text_read", "reproduced", "recalled", "number_seen",
        "number_not_seen",
    ]  # fmt: skip
    for shown, row in zip(body, rows, strict=True):
        assert shown.one("th").text.startswith(row["edition_name"])
        assert [int(cell.text) for cell in shown.all("td")] == [row[name] for name in columns]
        assert ("not held in full" in shown.text) is not row["in_full"]
    totals = [int(cell.text) for cell in table.one("tfoot").all("td")]
    assert totals == [sum(row[name] for row in rows) for name in columns]


def test_each_outcome_word_says_what_it_does_not_mean(page: Page, client: TestClient) -> None:
    rows = client.get("/api/questions/outcome-words").json()["rows"]
    shown = section(page, "words").one("tbody").all("tr")
    assert len(shown) == len(rows) == 11
    for element, row in zip(shown, rows, strict=True):
        assert element.one("th").text.endswith(row["word"])
        assert [cell.text for cell in element.all("td")] == [row["means"], row["does_not_mean"]]


def test_every_standing_strength_and_reason_is_explained(page: Page, opened: Opened) -> None:
    terms = [term.text for term in page.root.all("dt")]
    assert terms.index("Must") < terms.index("Should") < terms.index("May")
    told = [what.text for what in page.root.all("dd")]
    answer = opened.store.query(
        f"""{MASA} PREFIX skos: <http://www.w3.org/2004/02/skos/core#> SELECT ?meaning {{
            {{ ?it skos:inScheme <https://w3id.org/masagraph/id/concept/standing> }} UNION
            {{ ?it skos:inScheme <https://w3id.org/masagraph/id/concept/modality> }} UNION
            {{ ?it a masa:ReasonNotTested }}
            ?it skos:definition ?meaning }}"""
    )
    assert isinstance(answer, Rows)
    assert sorted(text_of(row[0]) for row in answer.rows) == sorted(told)


def examples(page: Page) -> dict[str, Element]:
    """The findings that are carried through every step."""
    return {
        each.attributes["aria-labelledby"].removeprefix("example-"): each
        for each in page.root.all("section")
        if each.attributes.get("aria-labelledby", "").startswith("example-")
    }


def found(client: TestClient, example: Element) -> dict[str, Any]:
    """What the API says of the finding that an example links to."""
    link = example.all("a")[-3].attributes["href"]
    address, _, duty = link.partition("#")
    answer = client.get(address.replace("/areas/", "/api/areas/").replace("/gaps", "/assessment"))
    (finding,) = (each for each in answer.json()["findings"] if each["duty"] == duty)
    assert isinstance(finding, dict)
    return finding


@pytest.mark.parametrize("kind", ["shown", "gap"])
def test_an_example_is_a_finding_of_the_data_at_every_step(
    page: Page, client: TestClient, kind: str
) -> None:
    example = examples(page)[kind]
    finding = found(client, example)
    assert (finding["outcome"] == "Evidenced") is (kind == "shown")
    assert [step.text for step in example.all("h4")] == [
        "The document", "The words, and where they stand", "What sort of words they are",
        "What counts on the date", "The test", "The outcome", "What would close it",
    ]  # fmt: skip
    assert finding["rests_on"]
    assert [q.text for q in example.all("q")] == [w["exact"] for w in finding["rests_on"]]
    for words in finding["rests_on"]:
        assert words["document"] in example.text
        assert words["section"] in example.text
    for said in (finding["label"], finding["outcome_label"], finding["description"],
                 finding["source"]["edition_label"]):  # fmt: skip
        assert said in example.text
    assert (finding["would_close"] or "Nothing is left to close.") in example.text
    assert "22 November 2026" in example.text
    assert "No second reader has checked this yet." in example.text


def test_the_gap_shows_that_words_alone_do_not_show_a_duty(page: Page, client: TestClient) -> None:
    finding = found(client, examples(page)["gap"])
    assert finding["modality"] == "Must"
    assert finding["would_close"]


def test_an_example_can_be_said_to_be_wrong(page: Page, client: TestClient) -> None:
    for example in examples(page).values():
        wrong = example.all("a")[-1]
        assert wrong.text.startswith("This is wrong")
        assert client.get(wrong.attributes["href"]).status_code == 200
