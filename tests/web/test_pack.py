"""The pack: the numbers of the API on paper and on the page, gaps first, a question for each."""

from __future__ import annotations

import io
import re
import threading
from collections import Counter
from typing import TYPE_CHECKING, Any

import pypdf
import pytest
from fastapi.testclient import TestClient

from masagraph.web.pages import pack as page_of_packs

if TYPE_CHECKING:
    from tests.web.conftest import Get, Page

SEFTON = "/areas/sefton/pack"
BRIGHTON = "/areas/brighton-and-hove/pack"


def pdf_of(client: TestClient, url: str, **query: str) -> pypdf.PdfReader:
    answer = client.get(url, params={**query, "format": "pdf"})
    assert answer.status_code == 200, answer.text[:300]
    assert answer.headers["content-type"] == "application/pdf"
    return pypdf.PdfReader(io.BytesIO(answer.content))


def text_of(reader: pypdf.PdfReader) -> str:
    """All text but that of the heads and feet of pages, which stand between its lines."""
    lines = [line for page in reader.pages for line in page.extract_text().splitlines()]
    kept = [line for line in lines if not re.search(r"Page \d+ of \d+|masagraph$", line)]
    return " ".join(" ".join(kept).replace("\u200b", "").split())


def api(client: TestClient, url: str, **query: str) -> dict[str, Any]:
    made: dict[str, Any] = client.get(f"/api{url}/assessment", params=query).json()
    return made


@pytest.fixture(scope="module")
def sefton(get: Get) -> Page:
    return get(SEFTON)


@pytest.fixture(scope="module")
def findings(client: TestClient) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = api(client, "/areas/sefton")["findings"]
    return found


def gaps_of(findings: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [f for f in findings if f["earl_class"] in ("CannotTell", "Fail")]


def test_the_page_counts_what_the_api_counts(sefton: Page, findings: list[dict[str, Any]]) -> None:
    table = sefton.root.all("table")[0]
    heads = [head.text for head in table.all("th", scope="col")]
    counted = {}
    for row in table.one("tbody").all("tr"):
        cells = [int(cell.text) for cell in row.all("td")]
        counted[row.one("th").text[2:]] = dict(zip(heads[1:], cells, strict=True))
    tested = [f for f in findings if f["outcome"] != "NotTested"]
    for label, number in Counter(f["outcome_label"] for f in tested).items():
        assert counted[label]["all"] == number
        for strength in ("Must", "Should"):
            these = [f for f in tested if (f["outcome_label"], f["modality"]) == (label, strength)]
            assert counted[label][strength.lower()] == len(these), "must and should stay apart"
    assert f"{len(tested)} of {len(findings)} duties were tested" in sefton.root.one("main").text


def test_every_gap_has_all_that_is_needed_in_the_room(
    sefton: Page, findings: list[dict[str, Any]]
) -> None:
    shown = {each.attributes["id"]: each for each in sefton.root.all("article")}
    gaps = gaps_of(findings)
    assert set(shown) == {f["duty"] for f in gaps}
    for finding in gaps:
        text = shown[finding["duty"]].text
        for part in ("label", "definition", "looked_for", "would_close", "question_to_ask"):
            assert " ".join(finding[part].split()) in text, (finding["duty"], part)
        assert finding["modality"].lower() in text
        assert finding["outcome_label"] in text
        quoted = [q.text for q in shown[finding["duty"]].all("q")]
        assert quoted == [" ".join(w["exact"].split()) for w in finding["rests_on"][:3]]
        for words in finding["rests_on"][:3]:
            assert words["document"] in text
        more = len(finding["rests_on"]) - 3
        assert (f"and {more} more" in text) == (more > 0)


def test_what_to_press_first_is_of_gaps_musts_first_worst_first(
    sefton: Page, findings: list[dict[str, Any]]
) -> None:
    (pressed,) = (each for each in sefton.root.all("ol") if each.attributes.get("class") == "press")
    names = [item.one("a").attributes["href"][1:] for item in pressed.children if item != "\n"
             and not isinstance(item, str)]  # fmt: skip
    by_name = {f["duty"]: f for f in gaps_of(findings)}
    assert len(names) == 5
    order = [(by_name[name]["modality"] != "Must", -by_name[name]["precedence"]) for name in names]
    assert order == sorted(order)
    left = [f for name, f in by_name.items() if name not in names]
    assert all((f["modality"] != "Must", -f["precedence"]) >= order[-1] for f in left)


def test_what_is_evidenced_stands_in_a_table(sefton: Page, findings: list[dict[str, Any]]) -> None:
    (table,) = (
        t for t in sefton.root.all("table") if t.one("caption").attributes["id"] == "evidenced"
    )
    names = {row.attributes["id"] for row in table.one("tbody").all("tr")}
    gaps = {f["duty"] for f in gaps_of(findings)}
    assert names == {f["duty"] for f in findings if f["outcome"] != "NotTested"} - gaps


@pytest.mark.parametrize("url", [SEFTON, BRIGHTON])
@pytest.mark.parametrize("query", [{}, {"edition": "wt2018"}])
def test_the_pdf_says_what_the_api_says(
    client: TestClient, url: str, query: dict[str, str]
) -> None:
    made = api(client, url.removesuffix("/pack"), **query)
    text = text_of(pdf_of(client, url, **query))
    assert f"{made['tested']} of {len(made['findings'])} duties were tested" in text
    for outcome, number in made["counts"].items():
        labels = {f["outcome_label"] for f in made["findings"] if f["outcome"] == outcome}
        if number and outcome != "NotTested":
            numbers = [
                sum(f["outcome"] == outcome and f["modality"] == m for f in made["findings"])
                for m in ("Must", "Should")
            ]
            assert f"{labels.pop()} {numbers[0]} {numbers[1]}" in text
    gaps = gaps_of(made["findings"])
    squeezed = text.replace(" ", "")  # a line may end after a hyphen
    for finding in gaps:
        for part in ("label", "definition", "looked_for", "would_close", "question_to_ask"):
            assert "".join(finding[part].split()) in squeezed
    assert f"{len(gaps)} of {made['tested']} duties tested" in text
    for document in made["documents_read"]:
        assert document["title"] in text
        assert document["id"] in text
    assert made["data_version"] in text


def test_the_pdf_is_read_in_order_and_names_itself(client: TestClient) -> None:
    reader = pdf_of(client, SEFTON)
    text = text_of(reader)
    parts = ["1. Summary", "Five gaps to press first", "What this is not", "2. Gaps, by topic",
             "3. What is evidenced", "4. Who answers to whom", "5. Seats", "6. Sources",
             "7. Limits, and how to answer"]  # fmt: skip
    at = [text.rindex(part) for part in parts]
    assert at == sorted(at)
    root = reader.trailer["/Root"]
    assert root["/Lang"] == "en-GB"  # type: ignore[index]
    assert "/StructTreeRoot" in root  # type: ignore[operator]
    assert reader.metadata is not None
    assert str(reader.metadata.title).startswith("Sefton: what the documents show")
    head = reader.pages[3].extract_text()
    assert "Sefton: Working Together 2023, as at 22 November 2026" in head


def test_the_chart_has_words_beside_it(client: TestClient) -> None:
    """As a text for who cannot see it, and as lists for all."""
    reader = pdf_of(client, SEFTON)
    alternatives = [
        str(found["/Alt"])  # type: ignore[index]
        for found in (reader.get_object(n) for n in range(1, len(reader.xref[0]) + 1))
        if isinstance(found, dict) and "/Alt" in found
    ]
    assert any(alt.startswith("Who answers to whom in Sefton") for alt in alternatives)
    lines = client.get("/api/areas/sefton/accountability").json()["lines"]
    text = text_of(reader)
    assert lines
    for line in lines:
        assert line["from"]["name"] in text
        assert line["to"]["name"] in text


def test_it_is_the_same_twice_and_made_once(client: TestClient) -> None:
    first, second = (client.get(SEFTON, params={"format": "pdf"}) for _ in range(2))
    assert first.content == second.content
    page_of_packs._kept._sent.clear()
    assert client.get(SEFTON, params={"format": "pdf"}).content == first.content


def test_a_pdf_comes_by_accept_too(client: TestClient) -> None:
    answer = client.get(SEFTON, headers={"Accept": "application/pdf"})
    assert answer.content.startswith(b"%PDF-")
    assert answer.headers["content-disposition"] == (
        'inline; filename="masagraph-sefton-wt2023-2026-11-22.pdf"'
    )
    assert "Accept" in answer.headers["vary"]
    assert answer.headers["masagraph-data-version"].startswith("2026-11-22-")
    refused = client.get(SEFTON, params={"format": "docx"}, headers={"Accept": "text/html"})
    assert refused.status_code == 406


def test_an_area_without_a_document_says_so(get: Get, client: TestClient) -> None:
    page = get("/areas/kent/pack")
    for text in (page.root.one("main").text, text_of(pdf_of(client, "/areas/kent/pack"))):
        assert "No document is held that describes these arrangements" in text
        assert "That says nothing about the area" in text
        assert "Kent County Council" in text, "what the register knows"
        assert "to press first" not in text
    assert page.root.all("article") == []


@pytest.mark.parametrize("form", ["", "pdf"])
def test_what_is_not_there_is_a_page_that_says_so(get: Get, form: str) -> None:
    page = get("/areas/seftn/pack", format=form)
    assert page.status == 404
    assert "sefton" in page.root.one("main").text
    early = get(SEFTON, format=form, as_at="1999-01-01")
    assert early.status == 400
    assert early.root.one("input", id="as_at").attributes["value"] == "1999-01-01"


def test_names_stand_after_posts_and_are_kept_from_search_engines(
    get: Get, client: TestClient
) -> None:
    page = get("/areas/warwickshire/pack")
    assert page.root.one("meta", name="robots").attributes["content"] == "noindex"
    answer = client.get("/areas/warwickshire/pack", params={"format": "pdf"})
    assert answer.headers["x-robots-tag"] == "noindex"
    (table,) = (t for t in page.root.all("table") if t.one("caption").attributes["id"] == "seats")
    heads = [head.text for head in table.all("th", scope="col")]
    assert heads.index("Post and organisation") < heads.index("Who holds it")
    assert page.root.all("meta", name="robots")
    assert not get(BRIGHTON).root.all("meta", name="robots")


def test_few_wait_for_a_pdf_and_the_next_is_told(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page_of_packs, "_places", threading.BoundedSemaphore(1))
    assert page_of_packs._places.acquire(blocking=False)
    page_of_packs._kept._sent.clear()
    answer = client.get(BRIGHTON, params={"format": "pdf"}, headers={"Accept": "application/pdf"})
    assert answer.status_code == 503
    assert int(answer.headers["retry-after"]) > 0
    page_of_packs._places.release()
    assert pdf_of(client, BRIGHTON).pages


def test_the_places_of_an_area_lead_to_it(get: Get) -> None:
    for url in ("/", "/areas/sefton", "/areas/sefton/gaps"):
        links = [link.attributes["href"] for link in get(url).root.all("a")]
        assert any(href.startswith("/areas/sefton/pack") for href in links), url
