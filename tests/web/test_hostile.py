"""What documents and data say is shown as text, whatever it holds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from fastapi.testclient import TestClient
from pypdf import PdfReader

from masagraph.assessment.publish import build
from masagraph.resources import Resources
from masagraph.settings import Settings
from masagraph.web.app import create_app

if TYPE_CHECKING:
    from tests.web.conftest import Get, Page

SCRIPT = "<script>alert(1)</script>"
LABEL = f"{SCRIPT} \u202eerihselpmaxE\u202c \u200f&amp; {{{{ 7*7 }}}} ' " + "x" * 10_000
TITLE = "</title><img src=x onerror=alert(2)>"
SECTION = '"><svg onload=alert(3)>'
PHRASE = "</q><iframe src=//x> & 'publish' the <b>arrangements</b>"

QUOTED = LABEL.replace("'", chr(92) + "'")

DATA = f"""
@prefix masa: <https://w3id.org/masagraph/ns#> .
@prefix area: <https://w3id.org/masagraph/id/area/> .
@prefix arrangement: <https://w3id.org/masagraph/id/arrangement/> .
@prefix doc: <https://w3id.org/masagraph/id/document/> .
@prefix duty: <https://w3id.org/masagraph/id/duty/> .
@prefix partnership: <https://w3id.org/masagraph/id/partnership/> .
@prefix statement: <https://w3id.org/masagraph/id/statement/hostile/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix body: <https://w3id.org/masagraph/id/body/hostile/> .
@prefix line: <https://w3id.org/masagraph/id/line/hostile/> .
@prefix post: <https://w3id.org/masagraph/id/post/hostile/> .
@prefix appointment: <https://w3id.org/masagraph/id/appointment/hostile/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

area:hostile a masa:SafeguardingArea ;
    skos:prefLabel '''{QUOTED}'''@en ;
    skos:notation "hostile" ;
    masa:gssCode "E10000099" .

arrangement:hostile a masa:Arrangement ;
    skos:prefLabel "Arrangements"@en ;
    masa:coversArea area:hostile ;
    masa:ofPartnership partnership:hostile .

partnership:hostile a masa:Partnership ;
    skos:prefLabel "Partnership"@en .

doc:hostile a masa:SourceDocument ;
    dcterms:title '''{TITLE}'''@en ;
    dcterms:license "none stated" ;
    dcterms:source <javascript:alert(4)> ;
    masa:documentKind masa:PublishedArrangement ;
    masa:describes arrangement:hostile ;
    masa:inViewFrom "2024-03-15"^^xsd:date ;
    masa:dateBasis masa:Issued ;
    masa:extentHeld masa:Excerpt ;
    masa:sha256 "{"0" * 64}" .

statement:phrase a masa:Statement ;
    oa:hasSource doc:hostile ;
    masa:section '''{SECTION}''' ;
    oa:hasSelector [ a oa:TextQuoteSelector ; oa:exact '''{PHRASE}'''@en ] ;
    masa:about arrangement:hostile ;
    masa:standing masa:LocalArrangement ;
    masa:bearsOn duty:wt2023-publish-arrangements .

body:group a masa:Body ;
    skos:prefLabel '''{QUOTED}'''@en ;
    org:subOrganizationOf partnership:hostile .
body:board a masa:Body ;
    skos:prefLabel '''{TITLE}'''@en ;
    org:subOrganizationOf partnership:hostile .

line:group a masa:ReportingLine ;
    masa:inArrangement arrangement:hostile ;
    masa:reportingBody body:group ;
    masa:reportsToBody body:board ;
    masa:lineKind masa:AccountableTo .

post:chair a org:Post ; skos:prefLabel '''{TITLE}'''@en .

appointment:chair a masa:Appointment ;
    org:organization body:group ;
    org:member post:chair ;
    org:role masa:Chair ;
    masa:inArrangement arrangement:hostile ;
    masa:holderStatus masa:PostOnly ;
    masa:roleMapping masa:StatedRole .

<https://w3id.org/masagraph/id/correction/hostile> a masa:Correction ;
    masa:correctsArea area:hostile ;
    masa:correctsDuty duty:wt2023-publish-arrangements ;
    masa:claimed '''{TITLE}'''@en ;
    masa:changed '''{SCRIPT}'''@en ;
    masa:reasonForChange '''{PHRASE}'''@en ;
    masa:receivedOn "2026-11-19"^^xsd:date ;
    masa:claimStanding masa:ClaimAccepted ;
    masa:inDataFrom "2026-11-22"^^xsd:date ;
    masa:correctedOn "2026-11-20"^^xsd:date .
"""


@pytest.fixture(scope="module")
def hostile(resources: Resources, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """The service, over a store with an area that means no good."""
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "data" / "areas").mkdir(parents=True)
    (folder / "data" / "areas" / "hostile.ttl").write_text(DATA, encoding="utf-8")
    build(resources, folder / "store", [folder / "data"],
          kept_in=resources.root / ".masagraph" / "kept")  # fmt: skip
    with TestClient(create_app(Settings(store=folder / "store"))) as client:
        yield client


@pytest.fixture(scope="module")
def page(hostile: TestClient, read_with: Callable[[TestClient], Get]) -> Page:
    return read_with(hostile)("/areas/hostile/gaps", edition="wt2023")


def test_what_was_written_is_read_as_text(page: Page) -> None:
    assert page.status == 200
    root = page.root
    squeezed = " ".join(LABEL.split())
    assert root.one("h1").text.startswith(squeezed)
    assert squeezed in root.one("title").text
    assert TITLE in root.one("section", **{"aria-labelledby": "read"}).text
    finding = root.one("article", id="wt2023-publish-arrangements")
    assert PHRASE in [q.text for q in finding.all("q")]
    assert SECTION in finding.text


def test_nothing_of_it_became_part_of_the_page(page: Page) -> None:
    for tag in ("script", "img", "svg", "iframe", "b"):
        assert page.root.all(tag) == []
    assert SCRIPT not in page.html
    assert len(page.root.all("title")) == 1
    assert "49" not in page.root.one("h1").text
    for element in page.root.walk():
        assert not [name for name in element.attributes if name.startswith("on")]


def test_no_link_runs_anything(page: Page) -> None:
    """An address of a document is followed by a reader's click."""
    for link in page.root.all("a"):
        assert link.attributes["href"].startswith(("/", "#", "https://", "http://"))


def test_the_start_lists_it_as_text(
    hostile: TestClient, read_with: Callable[[TestClient], Get]
) -> None:
    start = read_with(hostile)("/")
    link = start.root.all("a", href="/areas/hostile")[0]
    assert link.text == " ".join(LABEL.split())
    assert start.root.all("script") == []


def test_the_area_its_chart_and_its_bodies_show_it_as_text(
    hostile: TestClient, read_with: Callable[[TestClient], Get]
) -> None:
    get = read_with(hostile)
    squeezed = " ".join(LABEL.split())
    area, group = get("/areas/hostile"), get("/bodies/hostile/group")
    compared = get("/compare", area="hostile,sefton")
    for found in (area, group, compared):
        assert found.status == 200
        assert squeezed in found.root.one("main").text
        assert SCRIPT not in found.html
        for tag in ("script", "img", "iframe", "b"):
            assert found.root.all(tag) == []
        for element in found.root.walk():
            assert not [name for name in element.attributes if name.startswith("on")]
    chart = area.root.one("svg")
    assert TITLE in " ".join(text.text for text in chart.all("text"))
    assert {link.attributes["href"][0] for link in chart.all("a")} <= {"/", "#"}
    assert "x" * 200 not in " ".join(text.text for text in chart.all("text")), "shortened"
    assert TITLE in group.root.one("main").text
    alone = hostile.get("/areas/hostile/chart.svg")
    assert alone.headers["content-type"] == "image/svg+xml"
    assert "<script" not in alone.text
    assert "<img" not in alone.text


def test_an_error_about_it_is_text(
    hostile: TestClient, read_with: Callable[[TestClient], Get]
) -> None:
    get = read_with(hostile)
    for found in (get("/areas/hostile/gaps", as_at=SCRIPT), get("/areas/<script>alert(1)/gaps"),
                  get("/areas/hostile/gaps", edition=TITLE)):  # fmt: skip
        assert found.status in (400, 404)
        assert found.root.all("script") == []
        assert found.root.all("img") == []
        assert len(found.root.all("title")) == 1


def test_answers_and_outcomes_show_it_as_text(
    hostile: TestClient, read_with: Callable[[TestClient], Get]
) -> None:
    get = read_with(hostile)
    held = get("/questions/documents-and-editions", area="hostile")
    assert TITLE in held.root.one("table").text
    words = get("/questions/words-relied-on", duty="wt2023-publish-arrangements")
    assert PHRASE in words.root.one("table").text
    duty = get("/duties/wt2023-publish-arrangements")
    assert " ".join(LABEL.split()) in duty.root.one("table").text
    for found in (held, words, duty):
        assert found.status == 200
        assert SCRIPT not in found.html
        for tag in ("script", "img", "svg", "iframe", "b"):
            assert found.root.all(tag) == []
        for link in found.root.all("a"):
            assert link.attributes["href"].startswith(("/", "#", "https://", "http://"))


def test_corrections_documents_and_messages_show_it_as_text(
    hostile: TestClient, read_with: Callable[[TestClient], Get]
) -> None:
    get = read_with(hostile)
    made = get("/corrections", area="hostile", duty="wt2023-publish-arrangements")
    (row,) = made.root.one("table").one("tbody").all("tr")
    _, said, decided, changed, why = (cell.text for cell in row.all("td"))
    assert (said, decided, why) == (TITLE, "accepted", PHRASE)
    assert changed.startswith(SCRIPT)
    assert row.one("th").text.startswith("20 November 2026")
    files = made.root.one("span", **{"data-of": "corrections"}).all("a")
    assert SCRIPT in hostile.get(files[0].attributes["href"]).text
    assert f"“{PHRASE}”" in made.root.one("pre").text
    about, method = get("/about"), get("/method")
    assert TITLE in about.root.one("table").text
    for found in (made, about, method):
        assert found.status == 200
        assert SCRIPT not in found.html
        for tag in ("script", "img", "svg", "iframe", "b"):
            assert found.root.all(tag) == []
        for link in found.root.all("a"):
            assert link.attributes["href"].startswith(("/", "#", "https://", "http://"))


def test_a_correction_stands_at_its_finding_and_its_area(
    hostile: TestClient, read_with: Callable[[TestClient], Get]
) -> None:
    get = read_with(hostile)
    gaps = get("/areas/hostile/gaps", edition="wt2023")
    said = " ".join(TITLE.split())
    for finding in gaps.root.all("article"):
        is_it = finding.attributes["id"] == "wt2023-publish-arrangements"
        assert (said in finding.text) is is_it
    area = get("/areas/hostile")
    part = area.root.one("section", **{"aria-labelledby": "corrected"})
    assert said in part.text
    assert "accepted on 20 November 2026" in part.text
    (_, link, _) = part.all("a")
    assert get(link.attributes["href"].partition("#")[0]).root.one("tr", id="hostile")
    for found in (gaps, area):
        assert SCRIPT not in found.html
        assert found.root.all("script") == []


def test_json_bears_it_unharmed(hostile: TestClient) -> None:
    names = {area["area"]: area["name"] for area in hostile.get("/api/areas").json()["areas"]}
    assert names["hostile"] == LABEL


def test_a_pack_prints_it_as_text(
    hostile: TestClient, read_with: Callable[[TestClient], Get]
) -> None:
    found = read_with(hostile)("/areas/hostile/pack", edition="wt2023")
    assert found.status == 200
    assert " ".join(LABEL.split()) in found.root.one("h1").text
    assert PHRASE in [q.text for q in found.root.all("q")]
    assert TITLE in found.root.one("main").text
    assert SCRIPT not in found.html
    for tag in ("script", "img", "iframe", "b"):
        assert found.root.all(tag) == []
    for link in found.root.all("a"):
        assert link.attributes["href"].startswith(("/", "#", "https://", "http://"))
    answer = hostile.get("/areas/hostile/pack", params={"edition": "wt2023", "format": "pdf"})
    assert answer.status_code == 200
    printed = " ".join(page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages)
    squeezed = "".join(printed.replace("\u200b", "").split())
    for text in (SCRIPT, TITLE, SECTION, PHRASE):
        assert "".join(text.split()) in squeezed
    assert b"javascript:" not in answer.content.lower()
    assert "\u202e" not in printed
