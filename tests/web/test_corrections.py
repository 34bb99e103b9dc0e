"""How to say that something is wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pyoxigraph as ox
import pytest
from fastapi.testclient import TestClient

from masagraph.settings import Settings
from masagraph.store.embedded import EmbeddedStore
from masagraph.store.opened import Opened
from masagraph.store.workers.live import Live
from masagraph.vocab import ID
from masagraph.web.app import create_app
from masagraph.web.pages.corrections import read_corrections

if TYPE_CHECKING:
    from tests.web.conftest import Get, Page


def test_the_result_that_is_meant_is_named(get: Get) -> None:
    page = get("/corrections", area="sefton", duty="wt2023-partnership-chair", as_at="2026-06-01",
               outcome="NotFoundInTextHeld", edition="wt2023", other="left out")  # fmt: skip
    lines = page.root.one("pre").text
    for part in (
        "area: sefton",
        "duty: wt2023-partnership-chair",
        "as at: 2026-06-01",
        "outcome: NotFoundInTextHeld",
        "edition: wt2023",
        "data: 2026-11-22-",
    ):
        assert part in lines
    assert "left out" not in page.html


def test_what_is_named_is_text_and_not_long(get: Get) -> None:
    page = get("/corrections", area="<script>alert(1)</script>", duty="x" * 5_000)
    assert page.root.all("script") == []
    assert "x" * 201 not in page.html


@contextmanager
def corrections_of(live: Live, contact: str, read: Callable[[TestClient], Get]) -> Iterator[Page]:
    with TestClient(create_app(Settings(contact=contact), live)) as client:
        yield read(client)("/corrections")


@pytest.mark.parametrize(
    ("contact", "href"),
    [
        ("corrections@masagraph.example", "mailto:corrections@masagraph.example"),
        ("https://masagraph.example/issues", "https://masagraph.example/issues"),
        ("the partnership's office", None),
        ("javascript:alert(1)@x", None),
    ],
)
def test_whom_to_send_it_to(
    live: Live, read_with: Callable[[TestClient], Get], contact: str, href: str | None
) -> None:
    with corrections_of(live, contact, read_with) as page:
        where = page.root.one("section", **{"aria-labelledby": "where"})
        assert contact in where.text
        links = [a.attributes["href"].partition("?")[0] for a in where.all("a")]
        assert links == ([href] if href else [])


def test_that_nobody_was_named_is_said(get: Get) -> None:
    assert "MASAGRAPH_CONTACT" in get("/corrections").root.one("main").text


CHAIR = {"area": "sefton", "duty": "wt2023-partnership-chair", "edition": "wt2023",
         "as_at": "2026-06-01"}  # fmt: skip
PAGE = "https://masagraph.example/areas/o'neill?as_at=2026-06-01&edition=wt2023"


def test_the_words_that_a_finding_rests_on_are_part_of_the_message(
    get: Get, client: TestClient
) -> None:
    said = client.get(
        "/api/areas/sefton/assessment", params={"edition": "wt2023", "as_at": "2026-06-01"}
    ).json()
    (finding,) = (each for each in said["findings"] if each["duty"] == CHAIR["duty"])
    page = get("/corrections", **CHAIR)
    main = page.root.one("main").text
    assert "Sefton" in main
    assert finding["label"] in main
    assert finding["outcome_label"] in main
    lines = page.root.one("pre").text
    assert finding["rests_on"]
    for words in finding["rests_on"][:3]:
        told = f"“{words['exact']}” ({words['document']}, {words['section']}), "
        assert told + words["statement"].removeprefix(ID) in lines


def test_a_duty_without_its_edition_is_found_all_the_same(get: Get) -> None:
    page = get("/corrections", area="sefton", duty="wt2018-pub-voice", as_at="2022-01-01")
    assert page.root.all("a", href="/areas/sefton/gaps?edition=wt2018&as_at=2022-01-01"
                         "#wt2018-pub-voice")  # fmt: skip
    lines = page.root.one("pre").text
    assert "edition: wt2018" in lines
    assert "as at: 2022-01-01" in lines
    today = get("/corrections", area="sefton", duty="wt2018-pub-voice").root.one("pre").text
    assert "as at: 2026-11-22" in today


@pytest.mark.parametrize(
    "given",
    [{}, {"area": "sefton"}, {"duty": CHAIR["duty"]}, {**CHAIR, "area": "atlantis"},
     {**CHAIR, "duty": "wt2023-nothing"}, {**CHAIR, "as_at": "yesterday"},
     {**CHAIR, "edition": "wt2015"}],
)  # fmt: skip
def test_what_is_not_known_is_only_repeated(get: Get, given: dict[str, str]) -> None:
    page = get("/corrections", **given)
    assert page.status == 200
    assert "You came from" not in page.root.one("main").text
    for name, value in given.items():
        assert f"{name.replace('_', ' ')}: {value}" in page.root.one("pre").text


def test_a_message_is_ready_to_send(live: Live, read_with: Callable[[TestClient], Get]) -> None:
    settings = Settings(contact="corrections@masagraph.example")
    with TestClient(create_app(settings, live)) as client:
        page = read_with(client)("/corrections", **CHAIR, page=PAGE)
        (link,) = page.root.one("section", **{"aria-labelledby": "where"}).all("a")
    address = urlsplit(link.attributes["href"])
    assert (address.scheme, address.path) == ("mailto", "corrections@masagraph.example")
    message = parse_qs(address.query, strict_parsing=True)
    assert message["subject"] == ["Correction: sefton, wt2023-partnership-chair"]
    (body,) = message["body"]
    assert body.split() == page.root.one("pre").text.split()
    assert "\r\nwhat is wrong:\r\n" in body
    assert f"page: {PAGE}\r\n" in body


def test_none_was_made_so_far(get: Get) -> None:
    part = get("/corrections").root.one("section", **{"aria-labelledby": "made"})
    assert "None recorded yet." in part.text
    assert part.all("table") == []
    assert any(a.text.startswith("Query") for a in part.all("a"))


MADE = """
@prefix masa: <https://w3id.org/masagraph/ns#> .
@prefix correction: <https://w3id.org/masagraph/id/correction/> .
@prefix area: <https://w3id.org/masagraph/id/area/> .
@prefix duty: <https://w3id.org/masagraph/id/duty/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
masa:ClaimAccepted skos:prefLabel "accepted"@en .
masa:ClaimDeclined skos:prefLabel "declined"@en .
area:exampleshire skos:prefLabel "Exampleshire"@en .
duty:example skos:prefLabel "The chair is named"@en .
correction:one a masa:Correction ; masa:correctsArea area:exampleshire ;
    masa:claimed "The page was read in part."@en ; masa:changed "Nothing."@en ;
    masa:receivedOn "2026-11-28"^^xsd:date ; masa:claimStanding masa:ClaimDeclined ;
    masa:reasonForChange "It says so."@en ; masa:correctedOn "2026-12-01"^^xsd:date .
correction:two a masa:Correction ; masa:correctsArea area:exampleshire ;
    masa:correctsDuty duty:example ;
    masa:claimed "The chair is named on page 4."@en ; masa:changed "Added."@en ;
    masa:receivedOn "2026-12-30"^^xsd:date ; masa:claimStanding masa:ClaimAccepted ;
    masa:inDataFrom "2027-01-31"^^xsd:date ;
    masa:reasonForChange "Page 4 had been left out."@en ; masa:correctedOn "2027-01-05"^^xsd:date .
"""


def test_what_was_made_is_read_newest_first() -> None:
    source = ox.Store()
    source.load(MADE.encode(), format=ox.RdfFormat.TURTLE)
    opened = Opened(EmbeddedStore(source, merged=True), date(2027, 2, 1), "invented", "", ())
    newest, oldest = read_corrections(opened, {})["made"]
    assert (newest.decided, newest.duty_name) == (date(2027, 1, 5), "The chair is named")
    assert newest.why == "Page 4 had been left out."
    assert (newest.standing, newest.in_data_from) == ("accepted", date(2027, 1, 31))
    assert (oldest.area_name, oldest.changed) == ("Exampleshire", "Nothing.")
    assert (oldest.standing, oldest.in_data_from, oldest.duty) == ("declined", None, "")


def test_the_page_of_an_area_says_that_none_was_made(get: Get) -> None:
    part = get("/areas/sefton").root.one("section", **{"aria-labelledby": "corrected"})
    assert "None recorded yet." in part.text


def test_every_finding_can_be_said_to_be_wrong(get: Get) -> None:
    """On the page of an area's gaps, and on that of a duty for each area."""
    duty = get("/duties/wt2023-partnership-chair", as_at="2026-06-01")
    rows = duty.root.one("tbody").all("tr")
    for row in rows:
        wrong = next(a for a in row.all("a") if a.text.startswith("This is wrong"))
        asked = parse_qs(urlsplit(wrong.attributes["href"]).query)
        assert asked["duty"] == ["wt2023-partnership-chair"]
        assert row.one("th").text == wrong.text.removeprefix("This is wrong: ")
        assert get(wrong.attributes["href"]).status == 200
    gaps = get("/areas/warwickshire/gaps", edition="wt2023")
    for finding in gaps.root.all("article"):
        assert [a for a in finding.all("a") if a.attributes["href"].startswith("/corrections?")]
