"""The duties, and one duty: the same as the API says, and every number with its denominator."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from fastapi.testclient import TestClient

if TYPE_CHECKING:
    from tests.web.conftest import Element, Get

CHAIR = "wt2023-partnership-chair"
REPORT = "wt2018-report-distribution"


def items(root: Element) -> list[Element]:
    """The duties listed on the page."""
    return [item for listed in root.all("ul", **{"class": "plain"}) for item in listed.all("li")]


def linked(item: Element) -> str:
    """The short name of the duty that an item links to."""
    return item.one("a").attributes["href"].split("?")[0].removeprefix("/duties/")


def chosen(root: Element, name: str) -> list[str]:
    """The chosen values of a field of the page's first form."""
    (field,) = root.all("form")[0].all("select", name=name)
    return [o.attributes["value"] for o in field.all("option") if "selected" in o.attributes]


# The list


@pytest.mark.parametrize(
    "asked",
    [{}, {"edition": "wt2023"}, {"modality": "must"}, {"topic": "funding"},
     {"edition": "wt2018", "modality": "should", "topic": "yearly-report"},
     {"edition": "in-force", "as_at": "2020-01-01"}],
)  # fmt: skip
def test_it_lists_what_the_api_lists(get: Get, client: TestClient, asked: dict[str, str]) -> None:
    said = client.get("/api/duties", params=asked).json()
    page = get("/duties", **asked)
    assert page.status == 200
    shown = {linked(item): item for item in items(page.root)}
    assert set(shown) == {duty["duty"] for duty in said["duties"]}
    assert len(items(page.root)) == len(said["duties"])
    for duty in said["duties"]:
        text = shown[duty["duty"]].text
        for words in (duty["label"], duty["definition"], duty["modality"].lower(),
                      duty["source"]["edition_label"], duty["source"]["locator"]):  # fmt: skip
            assert " ".join(words.split()) in text
        seen = duty["source"]["locator_status"] == "LocatorSeen"
        assert ("paragraph not verified" in text) is not seen
        assert ("no test yet" in text) is not duty["has_test"]
    text = page.root.one("main").text
    assert f"{said['duties_listed']} of {said['duties_known']} duties" in text
    assert f"{said['with_a_test']} of the {said['duties_listed']} have a test" in text


def test_duties_stand_under_their_topics_by_edition_and_strength(
    get: Get, client: TestClient
) -> None:
    said = {d["duty"]: d for d in client.get("/api/duties").json()["duties"]}
    editions = list(dict.fromkeys(d["source"]["edition"] for d in said.values()))
    sections = get("/duties").root.all("section")
    headed = [s for s in sections if s.attributes["aria-labelledby"].startswith("topic-")]
    assert [s.one("h2").text for s in headed] == sorted(s.one("h2").text for s in headed)
    for section in headed:
        duties = [said[linked(item)] for item in items(section)]
        assert {f"topic-{d['topic']}" for d in duties} == {section.attributes["aria-labelledby"]}
        order = [
            (editions.index(d["source"]["edition"]), ["Must", "Should", "May"].index(d["modality"]))
            for d in duties
        ]
        assert order == sorted(order)


def test_words_narrow_the_list(get: Get, client: TestClient) -> None:
    page = get("/duties", q="CHAIR partnership", edition="wt2023")
    said = client.get("/api/duties", params={"edition": "wt2023"}).json()["duties"]
    found = {
        d["duty"] for d in said
        if all(w in f"{d['label']} {d['definition']}".lower() for w in ("chair", "partnership"))
    }  # fmt: skip
    assert {linked(item) for item in items(page.root)} == found
    assert CHAIR in found
    assert f"{len(found)} of 148 duties" in page.root.one("main").text
    assert page.root.one("input", name="q").attributes["value"] == "CHAIR partnership"


def test_no_duty_left_is_no_error(get: Get) -> None:
    page = get("/duties", q="zebra")
    assert page.status == 200
    assert "0 of 148 duties" in page.root.one("main").text
    assert items(page.root) == []


def test_the_date_goes_on_to_each_duty(get: Get) -> None:
    page = get("/duties", topic="funding", as_at="2024-06-01")
    hrefs = [item.one("a").attributes["href"] for item in items(page.root)]
    assert hrefs
    assert all(href.endswith("?as_at=2024-06-01") for href in hrefs)


@pytest.mark.parametrize(
    ("asked", "status", "what"),
    [
        ({"topic": "fundings"}, 404, "Did you mean funding"),
        ({"modality": "shall"}, 400, "Use must, should or may"),
        ({"edition": "wt2099"}, 404, "wt2018"),
        ({"as_at": "2024-02-30"}, 400, "year-month-day"),
        ({"edition": "in-force", "as_at": "1900-01-01"}, 400, "later"),
    ],
)
def test_a_slip_is_told_above_the_form_and_nothing_is_lost(
    get: Get, asked: dict[str, str], status: int, what: str
) -> None:
    page = get("/duties", **{"q": "chair", **asked})
    assert page.status == status
    assert what in page.root.one("div", role="alert").text
    assert page.root.one("input", name="q").attributes["value"] == "chair"
    for name in {"topic", "modality", "edition"} & set(asked):
        assert chosen(page.root, name) == [asked[name]]
    assert page.root.one("input", name="as_at").attributes["value"] == asked.get("as_at", "")


# One duty


@pytest.fixture(params=[(CHAIR, "2026-11-22"), (REPORT, "2024-06-01"), ("ca2004-s16g-publish", "")])
def duty(request: pytest.FixtureRequest) -> tuple[str, str]:
    slug, as_at = request.param
    return str(slug), str(as_at)


def test_a_duty_says_what_the_api_says(get: Get, client: TestClient, duty: tuple[str, str]) -> None:
    slug, as_at = duty
    asked = {"as_at": as_at} if as_at else {}
    said: dict[str, Any] = client.get(f"/api/duties/{slug}", params=asked).json()
    page = get(f"/duties/{slug}", **asked)
    assert page.status == 200
    main = page.root.one("main")
    assert page.root.one("h1").text == said["label"]
    changes = [change for side in said["edition_changes"].values() for change in side]
    for words in (
        said["definition"],
        said["looked_for"],
        said["question_to_ask"],
        said["shape"]["message"],
        said["shape"]["would_close"],
        said["source"]["legal_basis"],
        said["source"]["edition_label"],
        said["source"]["locator"],
        *said["remarks"],
        *(bearer["name"] for bearer in said["bearers"]),
        *(fault["message"] for fault in said["shape"]["faults"]),
        *(change["why"] for change in changes),
    ):
        assert " ".join(words.split()) in main.text
    outcomes = said["outcomes"]
    rows = [
        (row.one("th").text, *(cell.text for cell in row.all("td")))
        for row in main.one("table").one("tbody").all("tr")
    ]
    assert [row[0] for row in rows] == [each["name"] for each in outcomes["by_area"]]
    for row, each in zip(rows, outcomes["by_area"], strict=True):
        assert row[1].endswith(f"{each['outcome_label']} This is wrong: {each['name']}")
        assert row[2] == ", ".join(each["documents"])
    held, areas = outcomes["areas_with_document"], outcomes["areas"]
    assert f"{held} of {areas} areas had a document" in main.text
    assert f"{outcomes['tested']} of the {held} were tested" in main.text
    counted = [item.text for item in main.one("ul", **{"class": "counts"}).all("li")]
    for outcome, count in outcomes["counts"].items():
        told = [text for text in counted if text.endswith(f": {count} of {held}")]
        assert bool(told) or not count, outcome
    assert len(counted) == sum(count > 0 for count in outcomes["counts"].values())


def test_links_of_a_duty_carry_edition_and_date(get: Get) -> None:
    page = get(f"/duties/{REPORT}", as_at="2024-06-01")
    hrefs = [a.attributes["href"] for a in page.root.one("main").all("a")]
    assert f"/areas/sefton/gaps?edition=wt2018&as_at=2024-06-01#{REPORT}" in hrefs
    assert "/compare?topic=yearly-report&edition=wt2018&as_at=2024-06-01" in hrefs
    assert f"/questions/words-relied-on?duty={REPORT}&as_at=2024-06-01" in hrefs
    assert "/duties/wt2023-report-distribution?as_at=2024-06-01" in hrefs
    assert f"/api/duties/{REPORT}?as_at=2024-06-01&format=json" in hrefs


def test_the_test_is_shown_as_it_is_written(get: Get) -> None:
    page = get(f"/duties/{CHAIR}")
    source = "".join(page.root.one("details").one("pre").texts())
    assert "shape:wt2023-partnership-chair a sh:NodeShape" in source
    assert "shape:wt2023-chair-not-delegate a sh:PropertyShape" in source
    assert 'sh:select """SELECT $this ?value WHERE {\n' in source
    links = {a.text: a.attributes["href"] for a in page.root.all("a")}
    assert links["All that is said of this test"] == "/id/shape/wt2023-partnership-chair"


def test_a_duty_without_a_test_says_so(get: Get, client: TestClient) -> None:
    without = [d for d in client.get("/api/duties").json()["duties"] if not d["has_test"]]
    page = get(f"/duties/{without[0]['duty']}")
    assert "It has no test yet" in page.root.one("main").text
    assert page.root.all("pre") == []


def test_before_any_document(get: Get) -> None:
    page = get(f"/duties/{CHAIR}", as_at="2015-01-01")
    assert page.status == 200
    assert "0 of 153 areas had a document in view on 1 January 2015" in page.root.one("main").text
    assert page.root.all("table") == []


def test_an_unknown_duty_names_the_nearest(get: Get) -> None:
    page = get("/duties/wt2023-partnership-chairs")
    assert page.status == 404
    assert CHAIR in page.root.one("div", role="alert").text


@pytest.mark.parametrize("as_at", ["yesterday", "2024-02-30", '"><script>x</script>'])
def test_a_bad_date_keeps_the_duty_and_what_was_typed(get: Get, as_at: str) -> None:
    page = get(f"/duties/{CHAIR}", as_at=as_at)
    assert page.status == 400
    assert page.root.one("h1").text == "A delegated partner chairs the partnership"
    assert page.root.one("input", name="as_at").attributes["value"] == as_at
    assert page.root.all("table") == []
    assert page.root.all("script") == []
    assert not [a for a in page.root.all("a") if "as_at=" in a.attributes["href"]]
