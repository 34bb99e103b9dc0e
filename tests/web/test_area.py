"""The page of an area: who leads, who answers to whom, what was read and found."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from fastapi.testclient import TestClient
from rdflib import Graph
from rdflib.namespace import FOAF

from masagraph.report import drawing

if TYPE_CHECKING:
    from tests.web.conftest import Element, Get, Page

PEOPLE = Path(__file__).parents[2] / "data" / "people"
SVG = "{http://www.w3.org/2000/svg}"


def names_of(area: str) -> list[str]:
    """The names that the people file of an area holds."""
    graph = Graph().parse(PEOPLE / f"{area}.ttl")
    return [str(name) for name in graph.objects(None, FOAF.name)]


needs_names = pytest.mark.skipif(
    not PEOPLE.is_dir(), reason="the folder may be removed; then no page has a name"
)


def section(page: Page, name: str) -> Element:
    return page.root.one("section", **{"aria-labelledby": name})


def json(client: TestClient, url: str, **query: str) -> dict[str, Any]:
    body = client.get(url, params=query).json()
    assert isinstance(body, dict)
    return body


def partner(page: Page, name: str) -> tuple[str, str, str]:
    """What the page shows of a partner: the partner itself, its lead, its delegate."""
    for each in section(page, "leads").all("ul", **{"class": "partners"})[0].all("li"):
        columns = [child for child in each.children if not isinstance(child, str)]
        if columns and columns[0].all("h3") and columns[0].one("h3").text == name:
            shown, lead, delegate = (column.text for column in columns)
            return shown, lead, delegate
    raise AssertionError(name)


# Who leads


def test_lead_and_delegate_stand_with_post_organisation_and_date(get: Get) -> None:
    page = get("/areas/warwickshire")
    assert page.status == 200
    assert page.root.one("h1").text == "Warwickshire"
    shown, lead, delegate = partner(page, "Police")
    assert "Warwickshire Police" in shown
    assert lead.startswith("Lead, police Chief Constable Warwickshire Police")
    assert delegate.startswith("Delegate, police Detective Superintendent Warwickshire Police")
    assert "counted from 15 December 2023 (undated: the earliest it can be)" in lead
    assert "warwickshire-masa" in lead
    assert "Chief Constable, Warwickshire Police" in lead, "the words relied on"


def test_every_seat_of_the_api_is_on_the_page(get: Get, client: TestClient) -> None:
    for area in ("warwickshire", "sefton", "east-sussex"):
        page = get(f"/areas/{area}", as_at="2025-01-01")
        told = json(client, f"/api/areas/{area}/accountability", as_at="2025-01-01")
        assert told["seats"]
        for slot in told["seats"]:
            label = slot["partner"][0].upper() + slot["partner"][1:]
            _, lead, delegate = partner(page, label)
            for column, seats in ((lead, slot["leads"]), (delegate, slot["delegates"])):
                for seat in seats:
                    assert seat["post"]["name"] in column
                    assert all(each["name"] in column for each in seat["organisations"])
                if not seats:
                    assert "Not found in the text we hold" in column


@needs_names
def test_names_stand_below_posts_of_leads_and_delegates_only(get: Get) -> None:
    page = get("/areas/warwickshire")
    names = names_of("warwickshire")
    assert names
    leads = section(page, "leads")
    assert all(name in leads.text for name in names)
    for post in ("Chief Constable", "Detective Superintendent"):
        cell = next(e for e in leads.all("div", **{"class": "seat"}) if post in e.text).text
        assert [cell.index(name) > cell.index(post) for name in names if name in cell] == [True]
    manager = next(e for e in leads.all("div", **{"class": "seat"}) if "Service Manager" in e.text)
    assert "the name is not shown here" in manager.text


@needs_names
def test_a_page_with_a_name_asks_not_to_be_listed(get: Get) -> None:
    assert (
        get("/areas/warwickshire").root.one("meta", name="robots").attributes["content"]
        == "noindex"
    )
    for url in ("/areas/kent", "/areas/east-sussex"):
        assert get(url).root.all("meta", name="robots") == []


@needs_names
def test_a_name_stands_once_for_each_chair_and_nowhere_else(get: Get) -> None:
    """Sefton's holders sit on several bodies: only where they chair are they named."""
    page = get("/areas/sefton")
    found = section(page, "bodies").text
    assert all(name in found for name in names_of("sefton"))
    for other in ("answers", "documents", "outcomes", "sharing", "register"):
        assert not any(name in section(page, other).text for name in names_of("sefton"))
    told = get("/bodies/sefton/safeguarding-forum").html
    assert not any(name in told for name in names_of("sefton"))


@needs_names
def test_json_and_the_drawing_have_no_name(client: TestClient) -> None:
    for url in ("/api/areas/warwickshire", "/api/areas/warwickshire/accountability",
                "/areas/warwickshire/chart.svg"):  # fmt: skip
        assert not any(name in client.get(url).text for name in names_of("warwickshire"))


@pytest.mark.parametrize(
    ("area", "said", "seats"),
    [
        ("warwickshire", "nobody is confirmed in it", ("Head teacher: to be confirmed",
                                                       "Director of Education")),
        ("sefton", "A school or college holds a seat (seat on sub-groups)",
         ("Headteacher, Birkdale High School, on the Sefton Safeguarding Forum",
          "Locality Manager, Sefton Metropolitan Borough Council")),
        ("east-sussex", "No seat for education is found in the text we hold", ()),
    ],
)  # fmt: skip
def test_it_is_told_whether_a_school_speaks_for_education(
    get: Get, area: str, said: str, seats: tuple[str, ...]
) -> None:
    leads = section(get(f"/areas/{area}"), "leads").text
    assert said in leads
    for seat in seats:
        assert seat in leads


def test_scrutiny_and_the_chair_are_told(get: Get) -> None:
    leads = section(get("/areas/sefton"), "leads").text
    assert "reports to Sefton Health & Wellbeing Board" in leads
    assert "How often: at least annually" in leads
    assert "in rotation" in leads
    warwickshire = section(get("/areas/warwickshire"), "leads").text
    assert "Introduce a Partnership Chair to facilitate discussions" in warwickshire
    assert "Service manager" in warwickshire


@pytest.mark.parametrize(
    ("area", "counts"),
    [
        ("warwickshire", "commitment only: 1; guidance restated: 1"),
        ("brighton-and-hove", "guidance restated: 9"),
    ],
)
def test_scrutiny_that_is_only_spoken_of_is_not_called_not_found(
    get: Get, area: str, counts: str
) -> None:
    """The gaps quote words on it: the page of the area may not say that there are none."""
    leads = section(get(f"/areas/{area}"), "leads")
    assert "Spoken of; who scrutinises, and how, is not found in the text we hold" in leads.text
    assert counts in leads.text
    link = next(a for a in leads.all("a") if a.text.startswith("The words on scrutiny"))
    assert get(link.attributes["href"]).root.all("q") != []


def test_a_date_after_the_data_is_said_to_be_one(get: Get) -> None:
    after = "The data end on 22 November 2026."
    for path in (
        "/areas/sefton",
        "/areas/sefton/gaps",
        "/compare",
        "/duties/wt2023-partnership-chair",
    ):
        assert after in get(path, as_at="2027-01-01").root.one("form").text
        assert after not in get(path, as_at="2026-11-22").root.one("form").text


# Who answers to whom


def test_the_list_from_the_top_down_is_that_of_the_api(get: Get, client: TestClient) -> None:
    told = json(client, "/api/areas/sefton/accountability")
    tree = section(get("/areas/sefton"), "answers").one("ul", **{"class": "tree"})
    answers = {
        each["name"]: {end["name"] for end in each["answers_to"]}
        for each in told["bodies"]
        if each["answers_to"]
    }
    shown: dict[str, set[str]] = {}
    for item in tree.all("li"):
        for below in [child for child in item.children if not isinstance(child, str)]:
            if below.tag == "ul":
                for child in below.children:
                    if not isinstance(child, str):
                        shown.setdefault(child.all("a")[0].text, set()).add(item.all("a")[0].text)
    assert shown == answers
    assert len(shown) == told["counts"]["bodies_that_answer_to_another"] == 6


def test_reports_links_and_loose_ends_are_those_of_the_api(get: Get, client: TestClient) -> None:
    told = json(client, "/api/areas/sefton/accountability")
    answers = section(get("/areas/sefton"), "answers").text
    assert "reports to Strategic Leadership Team, at least quarterly" in answers
    for loose in told["loose_ends"]:
        assert loose["name"] in answers
        assert loose["why"] in answers


def test_the_drawing_shows_the_same_and_is_named(get: Get, client: TestClient) -> None:
    page = get("/areas/sefton")
    svg = page.root.one("svg")
    assert svg.attributes["role"] == "img"
    assert svg.one("title", id="chart-title").text == "Who answers to whom in Sefton"
    assert svg.one("desc", id="chart-desc").text == (
        "3 partners, 21 bodies and others, and 24 lines between them."
    )
    texts = " ".join(" ".join(text.text for text in svg.all("text")).split())
    for body in json(client, "/api/areas/sefton/accountability")["bodies"]:
        if not body["had_ended"]:
            assert all(word in texts for word in body["name"].split())
    ids = [e.attributes["id"] for e in page.root.walk() if "id" in e.attributes]
    assert len(ids) == len(set(ids))


def test_the_drawing_can_be_had_alone(client: TestClient) -> None:
    answer = client.get("/areas/sefton/chart.svg", params={"as_at": "2022-01-01"})
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "image/svg+xml"
    root = ET.fromstring(answer.text)  # noqa: S314 (our own)
    assert "Strategic Leadership Team. Chair: in rotation." in (root.findtext(f"{SVG}desc") or "")
    assert "Sefton Safeguarding Forum answers to Strategic Leadership Team." in (
        root.findtext(f"{SVG}desc") or ""
    )


@pytest.mark.parametrize(
    ("url", "status"),
    [("/areas/atlantis/chart.svg", 404), ("/areas/sefton/chart.svg?as_at=yesterday", 422)],
)
def test_a_drawing_of_nothing_is_refused(client: TestClient, url: str, status: int) -> None:
    answer = client.get(url)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"


def test_where_drawing_fails_the_page_says_so_and_has_the_list(
    get: Get, client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("masagraph.report.chart.drawn_once", lambda dot: None)
    page = get("/areas/sefton")
    assert page.status == 200
    assert page.root.all("svg") == []
    assert "The drawing is left out" in section(page, "answers").text
    assert section(page, "answers").all("ul", **{"class": "tree"})
    alone = client.get("/areas/sefton/chart.svg")
    assert (alone.status_code, drawing.FONTS in alone.text) == (503, False)


def test_without_lines_that_is_said_and_partners_are_drawn(get: Get) -> None:
    answers = section(get("/areas/warwickshire"), "answers")
    assert "No line between boards or groups is found in the text we hold" in answers.text
    texts = [text.text for text in answers.one("svg").all("text")]
    assert {"Local authority", "Health", "Police", "Education"} <= set(texts)


def test_bodies_are_those_of_the_api_with_chair_and_meetings(get: Get, client: TestClient) -> None:
    told = json(client, "/api/areas/sefton/accountability")
    rows = section(get("/areas/sefton"), "bodies").one("tbody").all("tr")
    assert len(rows) == told["counts"]["bodies"] == 20
    cells = {row.one("th").all("a")[0].text: row for row in rows}
    for body in told["bodies"]:
        row = cells[body["name"]]
        href = row.one("th").one("a").attributes["href"]
        assert href == f"/bodies/{body['body']}?as_at={told['as_at']}"
        for chair in body["chairs"]:
            assert chair["post"]["name"] in row.text
        for end in body["answers_to"]:
            assert end["name"] in row.text
    assert "bi-monthly" in cells["Strategic Leadership Team"].text
    assert "in rotation" in cells["Strategic Leadership Team"].text


# What was read and found


def test_documents_stand_with_dates_and_how_much_is_held(get: Get) -> None:
    rows = section(get("/areas/sefton", as_at="2022-01-01"), "documents").one("tbody").all("tr")
    assert [row.attributes["id"] for row in rows] == [
        "doc-sefton-arrangements-2021", "doc-sefton-council-2024", "doc-sefton-procedures-2024",
    ]  # fmt: skip
    assert "31 October 2021 (undated: the earliest it can be)" in rows[0].text
    assert "held and read whole" in rows[0].text
    assert "Working Together 2018" in rows[0].text
    assert rows[0].text.endswith("in view")
    assert not rows[0].text.endswith("not in view")
    assert rows[1].text.endswith("not in view")


def test_counts_are_those_of_the_api_and_lead_to_the_gaps(get: Get, client: TestClient) -> None:
    told = json(client, "/api/areas/sefton", as_at="2025-01-01")
    table = section(get("/areas/sefton", as_at="2025-01-01"), "outcomes").one("table")
    heads = [head.text for head in table.one("thead").all("th")][1:]
    editions = told["editions_in_force"]
    assert heads == [f"{e['label']} {e['tested']} of {e['duties']} tested" for e in editions]
    shown = 0
    for row in table.one("tbody").all("tr"):
        for edition, cell in zip(editions, row.all("td"), strict=True):
            for link in cell.all("a"):
                outcome = link.attributes["href"].rpartition("outcome=")[2]
                count = edition["counts"][outcome]
                assert link.text.startswith(f"{count} of ")
                shown += count
    assert shown == sum(sum(e["counts"].values()) for e in editions)
    href = table.one("tbody").all("a")[0].attributes["href"]
    gaps = get(href)
    assert gaps.status == 200
    assert gaps.root.one("input", id="as_at").attributes["value"] == "2025-01-01"


def test_neighbours_and_register_are_those_of_the_api(get: Get, client: TestClient) -> None:
    told = json(client, "/api/areas/sefton")
    page = get("/areas/sefton")
    links = {a.attributes["href"] for a in section(page, "sharing").all("a")}
    assert {f"/areas/{each['area']}?as_at={told['as_at']}" for each in told["sharing"]} <= links
    register = section(page, "register").text
    for text in (told["region"], told["gss"], told["partnership"]["name"],
                 *told["partnership"]["other_names"]):  # fmt: skip
        assert text in register


# The date


def test_links_pass_on_the_date(get: Get) -> None:
    page = get("/areas/sefton", as_at="2022-01-01")
    hrefs = [a.attributes["href"] for a in page.root.one("main").all("a")]
    paths = ("/bodies/", "/areas/sefton/", "/questions/", "/corrections", "/api/", "/compare")
    undated = "/questions/corrections-made"  # a record of all that was ever corrected
    dated = [href for href in hrefs if href.startswith(paths) and not href.startswith(undated)]
    assert dated
    assert all("as_at=2022-01-01" in href for href in dated)


def test_before_any_document_that_is_said_first(get: Get) -> None:
    page = get("/areas/sefton", as_at="2020-01-01")
    assert page.status == 200
    lead = page.root.all("p", **{"class": "lead"})[0]
    assert lead.text.startswith("No document is held that describes these arrangements on 1 Jan")
    assert lead.one("a").attributes["href"] == "/areas/sefton?as_at=2021-10-31"
    _, lead_text, _ = partner(page, "Police")
    assert "No document held" in lead_text
    assert "Not found" not in lead_text, "that would be another thing"
    assert page.root.all("section", **{"aria-labelledby": "bodies"}) == []


def test_an_area_without_a_document_shows_what_the_register_knows(
    get: Get, client: TestClient
) -> None:
    page = get("/areas/kent")
    assert page.status == 200
    assert page.root.all("p", **{"class": "lead"})[0].text.startswith("No document is held")
    for each in json(client, "/api/areas/kent")["partners"]:
        assert each["organisation"] in section(page, "leads").text
    assert page.root.all("svg") == []
    assert "/areas/medway" in {
        a.attributes["href"].partition("?")[0] for a in section(page, "sharing").all("a")
    }


def test_a_gss_code_is_taken(get: Get) -> None:
    assert get("/areas/E08000014").root.one("h1").text == "Sefton"


@pytest.mark.parametrize(
    ("url", "status", "said"),
    [
        ("/areas/warwikshire", 404, "Did you mean warwickshire"),
        ("/areas/kent?as_at=yesterday", 400, '"yesterday" is not a date'),
        ("/areas/kent?as_at=2024-02-30", 400, "Write it as year-month-day"),
        ("/areas/<script>", 404, "there is no area"),
    ],
)
def test_bad_input_is_told_with_what_to_do(get: Get, url: str, status: int, said: str) -> None:
    page = get(url)
    assert page.status == status
    assert said in page.root.one("div", role="alert").text
    assert len(page.root.all("h1")) == 1
    assert page.root.all("script") == []


def test_a_bad_date_stays_in_the_form(get: Get) -> None:
    page = get("/areas/kent", as_at="yester<day")
    assert page.root.one("h1").text == "Kent"
    assert page.root.one("input", id="as_at").attributes["value"] == "yester<day"


def test_all_data_of_the_page_is_linked(get: Get, client: TestClient) -> None:
    page = get("/areas/warwickshire", as_at="2024-06-01")
    links = [a.attributes["href"] for a in section(page, "data").all("a")]
    assert len(links) >= 5
    for link in links:
        assert client.get(link, headers={"accept": "*/*"}).status_code == 200, link
