"""The page of a board or group: lines up, members by organisation, words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from fastapi.testclient import TestClient

if TYPE_CHECKING:
    from tests.web.conftest import Element, Get, Page

GROUP = "/bodies/sefton/practice-review-group"
FORUM = "/bodies/sefton/safeguarding-forum"


def section(page: Page, name: str) -> Element:
    return page.root.one("section", **{"aria-labelledby": name})


def json(client: TestClient, url: str, **query: str) -> dict[str, Any]:
    body = client.get(url, params=query).json()
    assert isinstance(body, dict)
    return body


def test_every_way_up_is_a_list_of_steps(get: Get, client: TestClient) -> None:
    page = get(GROUP)
    assert page.status == 200
    assert page.root.one("h1").text == "Practice Review Group"
    told = json(client, f"/api{GROUP}/accountability")
    ways = [
        [item.text.removesuffix(" at the top, by the text we hold") for item in way.all("li")]
        for way in section(page, "up").all("ol")
    ]
    assert ways == [[step["name"] for step in way["steps"]] for way in told["ways_up"]]
    assert ways == [["Practice Review Group", "Sefton Safeguarding Forum",
                     "Strategic Leadership Team"]]  # fmt: skip


def test_who_answers_to_it_is_told(get: Get, client: TestClient) -> None:
    told = json(client, f"/api{FORUM}/accountability")
    shown = {item.text for item in section(get(FORUM), "up").one("ul").all("li")}
    assert shown == {each["name"] for each in told["answered_to_by"]}
    assert len(shown) == 5


def test_the_top_is_said_to_be_it(get: Get) -> None:
    up = section(get("/bodies/sefton/strategic-leadership-team"), "up").text
    assert "It is at the top: others answer to it" in up
    assert "And through them: Contextual Safeguarding sub-group" in up


def test_a_loose_end_says_why(get: Get, client: TestClient) -> None:
    told = json(client, "/api/bodies/sefton/slg/accountability")
    assert told["loose_end"]["why"] in section(get("/bodies/sefton/slg"), "up").text


def test_every_line_stands_with_its_words(get: Get, client: TestClient) -> None:
    told = json(client, f"/api{GROUP}")["lines"]
    rows = section(get(GROUP), "lines").one("tbody").all("tr")
    assert len(rows) == len(told) == 3
    for row, line in zip(rows, told, strict=True):
        cells = [cell.text for cell in row.all("td")]
        assert cells[:3] == [line["from"]["name"], line["kind_label"], line["to"]["name"]]
        assert cells[3].startswith(line["how_often"] or "not told")
        for words in line["words"]:
            assert words["exact"] in cells[4]
            assert words["section"] in cells[4]
            assert words["document"] in cells[4]


def test_members_stand_by_organisation_and_the_chair_apart(get: Get, client: TestClient) -> None:
    told = json(client, f"/api{GROUP}")
    page = get(GROUP)
    rows = section(page, "members").one("tbody").all("tr")
    shown = {row.one("th").text: len(row.all("li")) for row in rows}
    expected: dict[str, int] = {}
    for seat in told["members"]:
        if seat["role"] != "Chair":
            name = "; ".join(each["name"] for each in seat["organisations"])
            expected[name or "No employer told"] = expected.get(name or "No employer told", 0) + 1
    assert shown == expected
    assert list(shown)[-1] == "No employer told" or "No employer told" not in shown
    (chair,) = told["chairs"]
    assert chair["post"]["name"] in section(page, "chair").text
    expects = f"{len(told['seats_only_expected'])} seats that a document only expects"
    assert section(page, "members").one("summary").text == expects


def test_meetings_are_not_reports(get: Get) -> None:
    team = section(get("/bodies/sefton/strategic-leadership-team"), "meets").text
    for often in ("bi-monthly", "twice per year", "annual"):
        assert often in team
    group = section(get(GROUP), "meets").text
    assert "Not found in the text we hold" in group
    assert "quarterly" not in group


def test_names_and_purpose_are_told_with_their_document(get: Get) -> None:
    main = get(GROUP).root.one("main")
    assert "PRG" in main.one("dl").text
    assert "sefton-arrangements-2021" in main.one("dl").text


def test_before_any_document_nothing_is_claimed(get: Get) -> None:
    page = get(GROUP, as_at="2020-01-01")
    assert page.status == 200
    assert "No document is held" in page.root.one("main").text
    assert page.root.all("table") == []
    assert "PRG" not in page.root.one("main").text
    assert section(page, "lines").all("td") == []


def test_links_pass_on_the_date(get: Get) -> None:
    page = get(GROUP, as_at="2022-01-01")
    hrefs = [a.attributes["href"] for a in page.root.one("main").all("a")]
    dated = [
        h for h in hrefs if h.startswith(("/bodies/", "/areas/", "/questions/", "/corrections"))
    ]
    assert dated
    assert all("as_at=2022-01-01" in href for href in dated)


@pytest.mark.parametrize(
    ("url", "status", "said", "way_on"),
    [
        ("/bodies/sefton/practice-review-grup", 404, "Did you mean practice-review-group",
         "/areas/sefton#bodies"),
        ("/bodies/kent/board", 404, "No document held names a body of Kent", "/areas/kent#bodies"),
        ("/bodies/atlantis/board", 404, 'there is no area "atlantis"', "/"),
        (f"{GROUP}?as_at=soon", 400, '"soon" is not a date', "/areas/sefton#bodies"),
    ],
)  # fmt: skip
def test_bad_input_is_told_with_what_to_do(
    get: Get, url: str, status: int, said: str, way_on: str
) -> None:
    page = get(url)
    assert page.status == status
    assert said in page.root.one("div", role="alert").text
    assert len(page.root.all("h1")) == 1
    assert way_on in {a.attributes["href"] for a in page.root.one("main").all("a")}


def test_a_bad_date_stays_in_the_form(get: Get) -> None:
    page = get(GROUP, as_at="so<on")
    assert page.root.one("h1").text == "Practice Review Group"
    assert page.root.one("input", id="as_at").attributes["value"] == "so<on"


def test_all_data_of_the_page_is_linked(get: Get, client: TestClient) -> None:
    links = [a.attributes["href"] for a in section(get(GROUP), "data").all("a")]
    assert len(links) == 6  # the last one leads to the licences
    for link in links:
        assert client.get(link, headers={"accept": "*/*"}).status_code == 200, link
