"""What this is: counts by SPARQL, documents and terms as the data has them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from fastapi.testclient import TestClient

from masagraph import __version__
from masagraph.settings import Settings
from masagraph.store.protocol import Rows, Store, text_of
from masagraph.store.workers.live import Live
from masagraph.web.app import create_app

if TYPE_CHECKING:
    from tests.web.conftest import Element, Get, Page

    from masagraph.store.opened import Opened

PREFIXES = """PREFIX masa: <https://w3id.org/masagraph/ns#>
    PREFIX foaf: <http://xmlns.com/foaf/0.1/> PREFIX dcterms: <http://purl.org/dc/terms/>"""


def column(store: Store, query: str) -> list[str]:
    """The first column of an answer."""
    answer = store.query(f"{PREFIXES} {query}")
    assert isinstance(answer, Rows)
    return [text_of(row[0]) for row in answer.rows]


@pytest.fixture(scope="module")
def page(get: Get) -> Page:
    return get("/about")


def section(page: Page, name: str) -> Element:
    return page.root.one("section", **{"aria-labelledby": name})


def told(page: Page, part: str) -> dict[str, str]:
    """Terms and what is said of each."""
    of_it = section(page, part)
    return {
        term.text: what.text for term, what in zip(of_it.all("dt"), of_it.all("dd"), strict=True)
    }


@pytest.mark.parametrize(
    ("term", "kind"),
    [
        ("Areas of England", "SafeguardingArea"),
        ("Duties", "Duty"),
        ("Documents of areas", "SourceDocument"),
        ("Statements read in them", "Statement"),
        ("Seats and roles", "Appointment"),
    ],
)
def test_what_is_held_is_counted(page: Page, opened: Opened, term: str, kind: str) -> None:
    (number,) = column(opened.store, f"SELECT (COUNT(DISTINCT ?it) AS ?n) {{ ?it a masa:{kind} }}")
    assert told(page, "data-held")[term].startswith(f"{number},")


def test_the_names_held_are_counted(page: Page, opened: Opened) -> None:
    names = column(opened.store, "SELECT DISTINCT ?it { ?it a masa:Holder ; foaf:name ?name }")
    assert told(page, "data-held")["Names of people"].startswith(f"{len(names)};")
    assert f"The data hold {len(names)} names." in section(page, "privacy").text


def test_no_name_stands_on_it(page: Page, opened: Opened) -> None:
    for name in column(opened.store, "SELECT DISTINCT ?name { ?it foaf:name ?name }"):
        assert name not in page.html


def test_each_document_with_its_date_extent_and_address(page: Page, client: TestClient) -> None:
    rows = client.get("/api/questions/documents-and-editions").json()["rows"]
    shown = section(page, "documents").one("tbody").all("tr")
    assert len(shown) == len(rows) > 5
    for element, row in zip(shown, rows, strict=True):
        for said in ("area_name", "title", "dated", "date_is", "held", "licence"):
            assert row[said] in element.text
        links = [link.attributes["href"] for link in element.all("a")]
        assert (row["address"] in links) is (row["address"] is not None)


def test_each_register_and_each_part_has_its_source_and_terms(page: Page, opened: Opened) -> None:
    said, store = section(page, "sources").text, opened.store
    sources = column(store, "SELECT ?source { ?it a masa:Register ; dcterms:source ?source }")
    parts = column(
        store,
        """PREFIX void: <http://rdfs.org/ns/void#> SELECT ?title {
            <https://w3id.org/masagraph/id/dataset> void:subset ?it . ?it dcterms:title ?title }""",
    )
    assert len(sources) == 5
    assert len(parts) >= 8
    for text in (*sources, *parts):
        assert " ".join(text.split()) in said
    for word in ("Office for National Statistics", "Crown copyright", "NHS England", "police"):
        assert word in said
    assert "Open Government Licence v3.0" in said
    assert "no terms stated" not in said


def test_privacy_says_what_is_done_and_what_is_not_settled(page: Page) -> None:
    said = section(page, "privacy").text
    for words in ("no cookies", "post first", "You may object", "no reason", "keeps old versions",
                  "No time is set yet", "Information Commissioner"):  # fmt: skip
        assert words in said


def test_no_cookie_is_set(client: TestClient) -> None:
    for path in ("/about", "/", "/areas/sefton", "/api/areas"):
        assert "set-cookie" not in client.get(path).headers


def test_accessibility_claims_no_level_and_says_what_was_not_tested(page: Page) -> None:
    said = section(page, "accessibility").text
    assert "screen reader" in said
    assert "we claim no level" in said
    assert "conform" not in said


def test_versions(page: Page, opened: Opened) -> None:
    versions = told(page, "version")
    assert opened.data_version in versions["Data"]
    assert __version__ in versions["Software"]
    (shapes,) = column(opened.store, "SELECT DISTINCT ?v { ?it masa:shapesVersion ?v }")
    assert shapes in versions["Tests and rules"]
    assert opened.data_version in section(page, "version").one("cite").text or (
        opened.data_version in section(page, "version").text
    )


@pytest.mark.parametrize(
    ("contact", "href"),
    [
        ("help@masagraph.example", "mailto:help@masagraph.example"),
        ("https://masagraph.example/help", "https://masagraph.example/help"),
        ("javascript:alert(1)@x", None),
    ],
)
def test_whom_to_write_to(
    store_folder: Path,
    live: Live,
    read_with: Callable[[TestClient], Get],
    contact: str,
    href: str | None,
) -> None:
    with TestClient(create_app(Settings(store=store_folder, contact=contact), live)) as client:
        part = section(read_with(client)("/about"), "contact")
        assert contact in part.text
        links = [a.attributes["href"] for a in part.all("a")]
        assert links == [*([href] if href else []), "/corrections"]


def test_requests_are_said_to_be_counted_only_where_they_are(
    store_folder: Path, live: Live, read_with: Callable[[TestClient], Get], page: Page
) -> None:
    assert "counted by address" in section(page, "privacy").text
    with TestClient(create_app(Settings(store=store_folder, client_rate=""), live)) as client:
        assert "counted by address" not in read_with(client)("/about").root.one("main").text
