"""The gaps of an area: the page says what the API says, gaps first, and keeps what was typed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import pytest
from fastapi.testclient import TestClient

from masagraph.assessment.names import list_editions
from masagraph.store.opened import Opened

if TYPE_CHECKING:
    from tests.web.conftest import Element, Get, Page

WORST_FIRST = ("StatedNotInPlace", "Missing", "OutOfDate", "SourcesDiffer", "NotFoundInTextHeld")


@pytest.fixture(scope="module", params=["warwickshire", "sefton", "brighton-and-hove"])
def area(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def page(get: Get, area: str) -> Page:
    return get(f"/areas/{area}/gaps", edition="wt2023")


@pytest.fixture(scope="module")
def report(client: TestClient, area: str) -> dict[str, Any]:
    answer = client.get(f"/api/areas/{area}/assessment", params={"edition": "wt2023"}).json()
    assert isinstance(answer, dict)
    return answer


def articles(page: Page) -> dict[str, Element]:
    return {article.attributes["id"]: article for article in page.root.all("article")}


# What the API says


def test_each_finding_is_shown_with_its_words_and_what_would_close_it(
    page: Page, report: dict[str, Any]
) -> None:
    shown = articles(page)
    tested = {f["duty"]: f for f in report["findings"] if f["outcome"] != "NotTested"}
    assert set(shown) == set(tested)
    assert len(page.root.all("article")) == len(tested)
    for duty, finding in tested.items():
        text = shown[duty].text
        for key in ("label", "definition", "description", "looked_for", "outcome_label"):
            assert " ".join(finding[key].split()) in text
        assert finding["modality"].lower() in text
        assert finding["source"]["locator"] in text
        assert finding["source"]["edition_label"] in text
        quoted = [q.text for q in shown[duty].all("q")]
        for words in (*finding["rests_on"], *finding["also_found"]):
            assert " ".join(words["exact"].split()) in quoted
            assert words["document"] in text
            assert " ".join(words["section"].split()) in text
        assert len(quoted) == len(finding["rests_on"]) + len(finding["also_found"])
        if finding["would_close"]:
            assert f"What would close it: {finding['would_close']}" in text
        else:
            assert "What would close it" not in text
        asked = f"A question to ask: {finding['question_to_ask']}"
        assert (asked in text) is bool(finding["would_close"])
        for note in finding["notes"]:
            assert note["message"] in text


def test_a_locator_that_was_not_seen_says_so(page: Page, report: dict[str, Any]) -> None:
    shown = articles(page)
    for finding in report["findings"]:
        if finding["duty"] in shown:
            unseen = finding["source"]["locator_status"] != "LocatorSeen"
            assert ("paragraph not verified" in shown[finding["duty"]].text) == unseen


def test_edition_place_and_date_are_on_the_face_of_each_finding(page: Page) -> None:
    for article in articles(page).values():
        face = article.all("p")[0].text
        assert "Working Together 2023, " in face
        assert "as at 22 November 2026" in face


def test_gaps_come_first_and_the_worst_of_a_topic_before_the_others(
    page: Page, report: dict[str, Any]
) -> None:
    kinds = [article.attributes["class"].split()[-1] for article in page.root.all("article")]
    assert kinds == sorted(kinds)
    assert kinds[0] == "gap"
    outcomes = {finding["duty"]: finding["outcome"] for finding in report["findings"]}
    ranks = {outcome: rank for rank, outcome in enumerate(WORST_FIRST)}
    section = page.root.one("section", **{"aria-labelledby": "gaps"})
    by_topic: dict[str, list[int]] = {}
    for element in section.walk():
        if element.tag == "h3":
            topic = element.attributes["id"]
            by_topic[topic] = []
        elif element.tag == "article":
            outcome = outcomes[element.attributes["id"]]
            by_topic[topic].append(ranks.get(outcome, len(ranks)))
    assert len(by_topic) > 5
    for found in by_topic.values():
        assert found == sorted(found)


def test_each_finding_stands_under_its_topic(page: Page, report: dict[str, Any]) -> None:
    topics = {finding["duty"]: finding["topic_label"] for finding in report["findings"]}
    heading = ""
    for element in page.root.walk():
        if element.tag == "h3":
            heading = element.text
        elif element.tag == "article":
            assert heading.startswith(topics[element.attributes["id"]])


def test_documents_edition_and_date_are_told(page: Page, report: dict[str, Any]) -> None:
    text = page.root.one("main").text
    for document in report["documents_read"]:
        assert document["title"] in text
        assert document["id"] in text
    assert "says it follows Working Together" in text
    assert "Working Together 2023" in page.root.one("p", **{"class": "lead"}).text
    assert "22 November 2026" in text
    assert report["data_version"] in text
    assert page.root.one("option", value="wt2023").attributes.get("selected") == ""
    assert page.root.one("input", name="as_at").attributes["value"] == report["as_at"]


def counted(page: Page) -> tuple[list[str], dict[str, list[int]]]:
    """The strengths, and a row of counts an outcome; the last is "Tested" or "Narrowed to"."""
    table = page.root.one("table")
    rows = [[cell.text for cell in (*row.all("th"), *row.all("td"))] for row in table.all("tr")]
    links = [link.attributes["href"] for link in table.one("tbody").all("a")]
    outcomes = [parse_qs(urlsplit(link).query)["outcome"][0] for link in links]
    return rows[0][1:], {
        outcome: [int(cell) for cell in row[1:]]
        for outcome, row in zip([*outcomes, "total"], rows[1:], strict=True)
    }


def test_counts_are_those_of_the_api_with_must_and_should_apart(
    page: Page, report: dict[str, Any]
) -> None:
    strengths, rows = counted(page)
    total = rows.pop("total")
    assert strengths[-1] == "all"
    assert {outcome: row[-1] for outcome, row in rows.items()} == {
        o: n for o, n in report["counts"].items() if n and o != "NotTested"
    }
    for place, strength in enumerate(strengths[:-1]):
        for outcome, row in rows.items():
            same = (outcome, strength.capitalize())
            found = [f for f in report["findings"] if (f["outcome"], f["modality"]) == same]
            assert row[place] == len(found)
        assert total[place] == sum(row[place] for row in rows.values())
    assert total[-1] == report["tested"]
    assert f"Not tested: {report['counts']['NotTested']}" in page.root.one("main").text


def test_untested_duties_are_listed_with_the_reason(page: Page, report: dict[str, Any]) -> None:
    section = page.root.one("section", **{"aria-labelledby": "untested"})
    links = [link.attributes["href"] for link in section.all("a")]
    for finding in report["findings"]:
        if finding["outcome"] == "NotTested":
            assert f"/duties/{finding['duty']}?as_at=2026-11-22" in links
            assert finding["description"] in section.text
            assert f"A question to ask: {finding['question_to_ask']}" in section.text


def test_the_page_as_data_is_the_same_assessment(
    page: Page, report: dict[str, Any], client: TestClient
) -> None:
    section = page.root.one("section", **{"aria-labelledby": "data"})
    links = {a.text: a.attributes["href"] for a in section.all("a")}
    assert client.get(links["JSON"]).json() == report
    for name in ("CSV", "CSV for Excel", "Turtle (SHACL report and EARL)", "The query"):
        assert client.get(links[name]).status_code == 200


def test_a_finding_leads_to_its_duty_its_query_a_correction_and_itself(
    get: Get, client: TestClient
) -> None:
    article = articles(get("/areas/warwickshire/gaps", as_at="2026-06-01"))[
        "wt2023-partnership-chair"
    ]
    links = {
        a.text: urlsplit(a.attributes["href"])
        for a in article.one("p", **{"class": "links"}).all("a")
    }
    duty, query, itself, wrong = links.values()
    assert duty.path == "/duties/wt2023-partnership-chair"
    assert query.path == "/questions/words-relied-on"
    assert itself.path == "/areas/warwickshire/gaps"
    assert itself.fragment == "wt2023-partnership-chair"
    assert wrong.path == "/corrections"
    for address in links.values():
        asked = parse_qs(address.query)
        assert asked["as_at"] == ["2026-06-01"]
        assert client.get(address.geturl()).status_code == 200
    asked = parse_qs(wrong.query)
    assert (asked["area"], asked["duty"]) == (["warwickshire"], ["wt2023-partnership-chair"])


def test_a_finding_says_how_to_cite_it(page: Page, report: dict[str, Any]) -> None:
    for duty, article in articles(page).items():
        cited = article.all("dd")[-1].text
        for part in (duty, "Working Together 2023", "22 November 2026", report["data_version"]):
            assert part in cited
        assert re.search(
            rf"http://testserver/areas/[a-z-]+/gaps\?edition=wt2023&as_at=2026-11-22#{duty}", cited
        )


def test_that_nothing_was_read_twice_is_said_once(page: Page) -> None:
    text = page.root.one("main").text
    assert text.count("second reader") == 1


# Narrowed


@pytest.mark.parametrize(
    ("query", "keeps"),
    [
        ({"outcome": "NotFoundInTextHeld"}, lambda f: f["outcome"] == "NotFoundInTextHeld"),
        ({"outcome": "gaps"}, lambda f: f["outcome"] not in ("Evidenced", "DoesNotApply")),
        ({"modality": "Must"}, lambda f: f["modality"] == "Must"),
        ({"topic": "yearly-report"}, lambda f: f["topic"] == "yearly-report"),
        ({"topic": "yearly-report", "modality": "Should", "outcome": "gaps"},
         lambda f: f["topic"] == "yearly-report" and f["modality"] == "Should"
         and f["outcome"] not in ("Evidenced", "DoesNotApply")),
    ],
)  # fmt: skip
def test_narrowed_to_what_is_asked_for(
    get: Get, client: TestClient, query: dict[str, str], keeps: Any
) -> None:
    page = get("/areas/sefton/gaps", edition="wt2023", **query)
    report = client.get("/api/areas/sefton/assessment", params={"edition": "wt2023"}).json()
    tested = [f for f in report["findings"] if f["outcome"] != "NotTested"]
    kept = {f["duty"] for f in tested if keeps(f)}
    assert set(articles(page)) == kept
    assert kept
    assert f"Narrowed to {len(kept)} of the {len(tested)}" in page.root.one("main").text
    assert counted(page)[1]["total"][-1] == len(kept)
    for name, value in query.items():
        select = page.root.one("select", name=name)
        assert select.one("option", value=value).attributes.get("selected") == ""


def test_nothing_left_is_said(get: Get) -> None:
    """Each of the three occurs; together they do not."""
    page = get("/areas/sefton/gaps", edition="wt2023", outcome="Evidenced", modality="Must")
    assert page.status == 200
    assert page.root.all("article") == []
    assert "No tested duty is left" in page.root.one("main").text
    assert "Against Working Together 2023," in page.root.one("p", **{"class": "lead"}).text


# Other areas, dates and editions


def test_an_area_without_a_document(get: Get) -> None:
    page = get("/areas/kent/gaps")
    assert page.status == 200
    text = page.root.one("main").text
    assert "No document is held" in text
    assert "says nothing about the area" in text
    assert page.root.all("article") == []
    assert page.root.all("table") == []


def test_a_date_before_any_document(get: Get) -> None:
    page = get("/areas/sefton/gaps", edition="wt2018", as_at="2019-01-01")
    assert page.status == 200
    assert "No document is held that describes these arrangements on 1 January 2019" in (
        page.root.one("main").text
    )


def test_an_area_by_its_code(get: Get) -> None:
    assert get("/areas/E10000016/gaps").root.one("h1").text.startswith("Kent")


def test_another_edition_and_date(get: Get) -> None:
    page = get("/areas/sefton/gaps", edition="wt2018", as_at="2022-01-01")
    assert page.status == 200
    assert page.root.one("option", value="wt2018").attributes.get("selected") == ""
    assert page.root.one("input", name="as_at").attributes["value"] == "2022-01-01"
    assert "Working Together 2018" in page.root.one("p", **{"class": "lead"}).text
    for link in page.root.one("main").all("a"):
        address = urlsplit(link.attributes["href"])
        asked = parse_qs(address.query)
        if address.path.startswith(("/areas/sefton", "/duties/", "/corrections")):
            assert asked["as_at"] == ["2022-01-01"], link.attributes["href"]


def test_every_edition_can_be_chosen(get: Get, opened: Opened) -> None:
    select = get("/areas/kent/gaps").root.one("select", name="edition")
    offered = [option.attributes["value"] for option in select.all("option")]
    editions = [edition.id for edition in list_editions(opened.store)]
    assert [value for value in offered if value] == [*editions, "in-force"]
    for value in offered:
        assert get("/areas/kent/gaps", edition=value).status == 200


def test_empty_fields_mean_the_defaults(get: Get) -> None:
    """A form that is sent as it is sends its fields empty."""
    empty = dict.fromkeys(("edition", "as_at", "outcome", "modality", "topic"), "")
    assert get("/areas/kent/gaps", **empty).html == get("/areas/kent/gaps").html


# Bad input


@pytest.mark.parametrize(
    ("url", "status", "what", "mend"),
    [
        ("/areas/warwikshire/gaps", 404, "warwikshire", "warwickshire"),
        ("/areas/zz/gaps", 404, "zz", "Use a name such as"),
        ("/areas/kent/gaps?edition=wt2099", 404, "wt2099", "wt2023"),
        ("/areas/kent/gaps?as_at=yesterday", 400, "yesterday", "year-month-day"),
        ("/areas/kent/gaps?as_at=2024-02-30", 400, "2024-02-30", "year-month-day"),
        ("/areas/kent/gaps?as_at=1900-01-01", 400, "1900-01-01", "later"),
        ("/areas/sefton/gaps?outcome=Compliant", 404, "Compliant", "name such as"),
        ("/areas/sefton/gaps?modality=must", 404, "must", "Must"),
        ("/areas/sefton/gaps?topic=voices", 404, "voices", "voice"),
    ],
)
def test_bad_input_says_what_and_what_to_do(
    get: Get, url: str, status: int, what: str, mend: str
) -> None:
    page = get(url)
    assert page.status == status
    text = page.root.one("main").text
    assert what in text
    assert mend in text
    assert page.root.one("h1").text
    assert "Traceback" not in page.html


@pytest.mark.parametrize(
    "typed",
    [
        {"edition": "wt2018", "as_at": "yesterday", "outcome": "gaps", "topic": "voice"},
        {"edition": "wt2099", "as_at": "2024-06-01", "modality": "Must"},
        {"edition": "in-force", "as_at": "31/12/2024"},
        {"edition": '"><b>', "as_at": '"><script>x</script>', "topic": "<i>"},
        {"edition": "wt2018", "topic": "nonsense", "modality": "Should"},
    ],
)
def test_the_form_keeps_what_was_typed(get: Get, typed: dict[str, str]) -> None:
    page = get("/areas/sefton/gaps", **typed)
    assert page.status in (400, 404)
    form = page.root.one("form")
    assert form.attributes["action"] == "/areas/sefton/gaps"
    for name, value in typed.items():
        if name == "as_at":
            assert form.one("input", name=name).attributes["value"] == value
        else:
            options = form.one("select", name=name).all("option")
            chosen = [o.attributes["value"] for o in options if "selected" in o.attributes]
            assert chosen == [value]
    for tag in ("script", "b", "i"):
        assert page.root.all(tag) == []


def test_an_unknown_area_has_a_way_back(get: Get) -> None:
    page = get("/areas/warwikshire/gaps")
    assert page.root.all("form") == []
    assert "/" in [a.attributes["href"] for a in page.root.one("main").all("a")]
