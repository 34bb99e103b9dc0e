"""The pages: the start, and the gaps of an area."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
from fastapi.testclient import TestClient

from masagraph.assessment.names import list_areas, list_editions
from masagraph.store.opened import Opened

if TYPE_CHECKING:
    from tests.web.conftest import Get, Page

PAGES = ["/", "/areas/warwickshire/gaps", "/areas/sefton/gaps", "/areas/kent/gaps",
         "/areas/kint/gaps", "/areas/kent/gaps?as_at=x"]  # fmt: skip


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


# The gaps page says what the API says


def test_each_finding_is_shown_with_its_words_and_what_would_close_it(
    page: Page, report: dict[str, Any]
) -> None:
    shown = {article.attributes["id"]: article for article in page.root.all("article")}
    tested = {f["duty"]: f for f in report["findings"] if f["outcome"] != "NotTested"}
    assert set(shown) == set(tested)
    assert len(page.root.all("article")) == len(tested)
    for duty, finding in tested.items():
        text = shown[duty].text
        for key in ("label", "definition", "description", "looked_for"):
            assert " ".join(finding[key].split()) in text
        assert finding["modality"].lower() in text
        assert finding["source"]["locator"] in text
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
        for note in finding["notes"]:
            assert note["message"] in text


def test_each_finding_stands_under_its_outcome(page: Page, report: dict[str, Any]) -> None:
    outcomes = {finding["duty"]: finding["outcome"] for finding in report["findings"]}
    for section in page.root.all("section"):
        for article in section.all("article"):
            assert section.attributes["aria-labelledby"] == outcomes[article.attributes["id"]]


def test_gaps_come_first(page: Page) -> None:
    kinds = [article.attributes["class"].split()[-1] for article in page.root.all("article")]
    assert kinds == sorted(kinds)
    assert kinds[0] == "gap"


def test_documents_edition_and_date_are_told(page: Page, report: dict[str, Any]) -> None:
    text = page.root.one("main").text
    for document in report["documents_read"]:
        assert document["title"] in text
        assert document["id"] in text
    assert "Working Together 2023" in page.root.one("p", **{"class": "lead"}).text
    assert "22 November 2026" in text
    assert report["data_version"] in text
    assert page.root.one("option", value="wt2023").attributes.get("selected") == ""
    assert page.root.one("input", name="as_at").attributes["value"] == report["as_at"]


def test_counts_are_those_of_the_api(page: Page, report: dict[str, Any]) -> None:
    counted = {
        link.attributes["href"].removeprefix("#"): item.text
        for item in page.root.one("ul", **{"class": "counts"}).all("li")
        for link in item.all("a")
    }
    expected = {o: n for o, n in report["counts"].items() if n and o != "NotTested"}
    assert set(counted) == set(expected)
    for outcome, count in expected.items():
        assert counted[outcome].endswith(f": {count}")
    assert f"Not tested: {report['counts']['NotTested']}" in page.root.one("main").text


def test_untested_duties_are_listed_with_the_reason(page: Page, report: dict[str, Any]) -> None:
    section = page.root.one("section", **{"aria-labelledby": "untested"})
    for finding in report["findings"]:
        if finding["outcome"] == "NotTested":
            assert finding["duty"] in section.text
            assert finding["description"] in section.text


def test_the_page_as_data_is_the_same_assessment(
    page: Page, report: dict[str, Any], client: TestClient
) -> None:
    links = {a.text: a.attributes["href"] for a in page.root.all("a")}
    assert client.get(links["JSON"]).json() == report
    for name in ("CSV", "Turtle"):
        assert client.get(links[name]).status_code == 200


def test_warwickshire_shows_its_seats(get: Get) -> None:
    table = get("/areas/warwickshire/gaps").root.one("table")
    rows = [[cell.text for cell in (*row.all("th"), *row.all("td"))] for row in table.all("tr")]
    assert rows[0] == ["Partner", "Role", "Post", "Holder"]
    assert len(rows) == 9
    assert any(row[0] == "education" and "to be confirmed" in row[3] for row in rows)
    assert table.one("caption").text
    assert {th.attributes["scope"] for th in table.all("th")} == {"col", "row"}


def test_an_area_without_a_document(get: Get) -> None:
    page = get("/areas/kent/gaps")
    assert page.status == 200
    text = page.root.one("main").text
    assert "No document is held" in text
    assert "says nothing about the area" in text
    assert page.root.all("article") == []
    assert page.root.all("table") == []


def test_an_area_by_its_code(get: Get) -> None:
    assert get("/areas/E10000016/gaps").root.one("h1").text.startswith("Kent")


def test_another_edition_and_date(get: Get) -> None:
    page = get("/areas/sefton/gaps", edition="wt2018", as_at="2021-01-01")
    assert page.status == 200
    assert page.root.one("option", value="wt2018").attributes.get("selected") == ""
    assert page.root.one("input", name="as_at").attributes["value"] == "2021-01-01"
    assert "Working Together 2018" in page.root.one("p", **{"class": "lead"}).text


def test_every_edition_can_be_chosen(get: Get, opened: Opened) -> None:
    offered = [o.attributes["value"] for o in get("/areas/kent/gaps").root.all("option")]
    editions = [edition.id for edition in list_editions(opened.store)]
    assert [value for value in offered if value] == [*editions, "in-force"]
    for value in offered:
        assert get("/areas/kent/gaps", edition=value).status == 200


def test_empty_fields_mean_the_defaults(get: Get) -> None:
    """A form that is sent as it is sends its fields empty."""
    assert get("/areas/kent/gaps", edition="", as_at="").html == get("/areas/kent/gaps").html


# The start


def test_the_start_lists_the_areas_with_a_document(get: Get, opened: Opened) -> None:
    page = get("/")
    areas = list_areas(opened.store)
    held = {f"/areas/{area.slug}/gaps": area.label for area in areas if area.has_document}
    (items,) = page.root.all("ul", **{"class": "areas"})
    assert {a.attributes["href"]: a.text for a in items.all("a")} == held
    assert f"{len(held)} of {len(areas)} areas" in page.root.one("main").text


# Bad input


@pytest.mark.parametrize(
    ("url", "status", "what", "mend"),
    [
        ("/areas/warwikshire/gaps", 404, "“warwikshire”", "warwickshire"),
        ("/areas/zz/gaps", 404, "“zz”", "Use a name such as"),
        ("/areas/kent/gaps?edition=wt2099", 404, "“wt2099”", "wt2023"),
        ("/areas/kent/gaps?as_at=yesterday", 400, "“yesterday”", "year-month-day"),
        ("/areas/kent/gaps?as_at=2024-02-30", 400, "“2024-02-30”", "year-month-day"),
        ("/areas/kent/gaps?as_at=1900-01-01", 400, "1900-01-01", "later"),
    ],
)
def test_bad_input_says_what_and_what_to_do(
    get: Get, url: str, status: int, what: str, mend: str
) -> None:
    page = get(url)
    assert page.status == status
    text = page.root.one("main").text
    assert what.strip("“”") in text
    assert mend in text
    assert page.root.one("h1").text
    assert "Traceback" not in page.html


@pytest.mark.parametrize(
    ("edition", "as_at"),
    [("wt2018", "yesterday"), ("wt2099", "2024-06-01"), ("in-force", "31/12/2024"),
     ('"><b>', '"><script>x</script>')],
)  # fmt: skip
def test_the_form_keeps_what_was_typed(get: Get, edition: str, as_at: str) -> None:
    page = get("/areas/kent/gaps", edition=edition, as_at=as_at)
    assert page.status in (400, 404)
    form = page.root.one("form")
    assert form.attributes["action"] == "/areas/kent/gaps"
    assert form.one("input", name="as_at").attributes["value"] == as_at
    chosen = [o.attributes["value"] for o in form.all("option") if "selected" in o.attributes]
    assert chosen == [edition]
    assert page.root.all("script") == []
    assert page.root.all("b") == []


def test_an_unknown_area_has_no_form_and_a_way_back(get: Get) -> None:
    page = get("/areas/warwikshire/gaps")
    assert page.root.all("form") == []
    assert "/" in [a.attributes["href"] for a in page.root.one("main").all("a")]


# What every page keeps


@pytest.mark.parametrize("url", PAGES)
def test_every_page(get: Get, client: TestClient, url: str) -> None:
    """Language, title, one heading of the first level, no id twice, no link that leads nowhere."""
    root = get(url).root
    assert root.one("html").attributes["lang"] == "en-GB"
    assert root.one("title").text
    assert len(root.all("h1")) == 1
    levels = [int(e.tag[1]) for e in root.walk() if re.fullmatch("h[1-6]", e.tag)]
    assert all(after <= before + 1 for before, after in pairwise(levels))
    ids = [e.attributes["id"] for e in root.walk() if "id" in e.attributes]
    assert len(ids) == len(set(ids))
    for element in root.walk():
        assert not [name for name in element.attributes if name.startswith("on")]
        assert "style" not in element.attributes
        for name in ("aria-labelledby", "for"):
            if name in element.attributes:
                assert element.attributes[name] in ids
    for link in root.all("a"):
        address = urlsplit(link.attributes["href"])
        assert link.text
        if address.netloc:
            continue
        if address.path:
            assert client.get(link.attributes["href"]).status_code == 200
        else:
            assert address.fragment in ids


@pytest.mark.parametrize("url", PAGES)
def test_nothing_is_asked_of_another_host(get: Get, url: str) -> None:
    for element in get(url).root.walk():
        for name in ("src", "action", "data", "srcset", "poster"):
            assert not urlsplit(element.attributes.get(name, "")).netloc
        if element.tag == "link":
            assert not urlsplit(element.attributes["href"]).netloc
    assert "A gap in a document is not a gap in protection" in get(url).root.one("footer").text


def test_a_base_address_stands_before_every_local_link(store_folder: object) -> None:
    from pathlib import Path

    from masagraph.settings import Settings
    from masagraph.web.app import create_app

    assert isinstance(store_folder, Path)
    settings = Settings(store=store_folder, base_url="https://gaps.example")
    client = TestClient(create_app(settings))
    for url in ("/", "/areas/warwickshire/gaps"):
        html = client.get(url).text
        assert 'href="https://gaps.example/static/masagraph.css"' in html
        assert 'href="/' not in html
        assert 'action="/' not in html
