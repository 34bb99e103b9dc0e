"""What people come for, clicked through in a browser."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import pytest
from fastapi.testclient import TestClient
from playwright.sync_api import Page

if TYPE_CHECKING:
    from browsing import Visit

FIVE = ("brighton-and-hove", "east-sussex", "sefton", "warwickshire", "west-sussex")


def heading(page: Page) -> str:
    return page.get_by_role("heading", level=1).inner_text()


def asked(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


@pytest.mark.parametrize("javascript", [True, False])
def test_a_scrutineer_asks_why_education_is_not_there(visit: Visit, javascript: bool) -> None:
    """Find the area, its gaps, the finding, the words relied on, the duty, and who else."""
    page = visit("/", java_script_enabled=javascript)
    page.get_by_label("Find an area").fill("warwickshire")
    page.get_by_role("button", name="Find").click()
    assert heading(page) == "Warwickshire"

    page.get_by_role("link", name=re.compile("gaps")).first.click()
    assert heading(page).startswith("Warwickshire")
    page.get_by_label("Topic", exact=True).select_option(label="Education and childcare")
    page.get_by_label("Outcome", exact=True).select_option(label="All gaps")
    page.get_by_role("button", name="Show").click()
    assert asked(page)["topic"] == ["education"]

    findings = page.get_by_role("article")
    assert findings.count() > 0
    for finding in findings.all():
        assert "What would close it:" in finding.inner_text()
    restated = findings.filter(has_text="Words relied on").first
    assert "warwickshire-masa" in restated.inner_text()
    assert restated.locator("q").first.inner_text()
    label = restated.get_by_role("heading").first.inner_text()

    restated.get_by_role("link", name=re.compile("who else")).click()
    assert heading(page) in label
    others = page.get_by_role("table").filter(has_text="Sefton")
    assert others.get_by_role("row").filter(has_text="Warwickshire").count() == 1
    others.get_by_role("link", name=re.compile("Sefton")).first.click()
    assert heading(page).startswith("Sefton")
    assert urlsplit(page.url).fragment.startswith("wt2023-")
    assert page.locator(f"[id='{urlsplit(page.url).fragment}']").is_visible()


def test_an_analyst_compares_five_areas_and_checks_the_numbers(
    visit: Visit, client: TestClient
) -> None:
    """Only differences; and the same counts on the page, in the API and by SPARQL."""
    page = visit("/compare")
    for name in ("Brighton and Hove", "East Sussex", "Sefton", "Warwickshire", "West Sussex"):
        page.get_by_label(name, exact=True).check()
    page.get_by_label("Only rows that differ").check()
    page.get_by_role("button", name="Compare").click()
    assert sorted(asked(page)["area"]) == sorted(FIVE)

    shown: dict[str, dict[str, str]] = {}
    for href, name in page.locator(".scroll.tall td a").evaluate_all(
        "links => links.map(a => [a.getAttribute('href'), a.className.split(' ').pop()])"
    ):
        address = urlsplit(href)
        shown.setdefault(address.fragment, {})[address.path.split("/")[2]] = name

    report: dict[str, Any] = client.get("/api/compare", params={"area": FIVE}).json()
    by_api = {duty["duty"]: duty["areas"] for duty in report["duties"]}
    assert shown == {duty: areas for duty, areas in by_api.items() if differs(areas)}

    asked_as = {"edition": report["edition"], "as_at": report["as_at"]}
    rows = client.get("/api/questions/outcomes-by-area", params=asked_as).json()["rows"]
    by_sparql: dict[str, dict[str, str]] = {}
    for row in rows:
        duty, area = (row[name].rpartition("/")[2] for name in ("duty", "area"))
        by_sparql.setdefault(duty, {})[area] = row["outcome"]
    for duty, areas in shown.items():
        assert by_sparql[duty] == areas


def differs(areas: dict[str, str]) -> bool:
    return len({outcome for outcome in areas.values() if outcome != "NotTested"}) > 1


def test_a_question_is_asked_and_its_date_changed(visit: Visit, client: TestClient) -> None:
    """In 2021 two commissioning groups were partners in Sefton; in 2024 one board was."""
    page = visit("/questions")
    page.get_by_role("link", name="Statutory partners of an area on a date").click()
    page.get_by_label("Area", exact=True).select_option(label="Sefton")
    page.get_by_role("textbox", name=re.compile("As at")).fill("2021-12-01")
    page.get_by_role("button", name="Ask").click()
    table = page.get_by_role("table").first
    assert table.get_by_text(re.compile("CCG|Clinical Commissioning")).count() == 2

    page.get_by_role("textbox", name=re.compile("As at")).fill("2024-06-01")
    page.get_by_role("button", name="Ask").click()
    table = page.get_by_role("table").first
    assert table.get_by_text(re.compile("CCG|Clinical Commissioning")).count() == 0
    assert table.get_by_text("NHS Cheshire and Merseyside").count() == 1
    asked_for = asked(page)
    assert (asked_for["area"], asked_for["as_at"]) == (["sefton"], ["2024-06-01"])
    csv = page.get_by_role("link", name="CSV", exact=True).get_attribute("href")
    assert csv is not None
    lines = client.get(csv).text.strip().splitlines()
    assert len(lines) - 1 == table.get_by_role("row").count() - 1


def test_a_councillor_asks_who_answers_to_whom(visit: Visit) -> None:
    """From the chart's words to a group, and up to the top."""
    page = visit("/areas/sefton")
    chart = page.get_by_role("img").first
    assert chart.is_visible()
    assert (
        "Sefton" in str(chart.get_attribute("aria-labelledby") or "")
        or chart.locator("title").count()
    )
    page.get_by_role("link", name="Practice Review Group").first.click()
    assert heading(page) == "Practice Review Group"
    assert page.get_by_text("Sefton Safeguarding Forum").first.is_visible()
    assert page.get_by_text("Strategic Leadership Team").first.is_visible()


def test_a_date_is_carried_from_page_to_page(visit: Visit) -> None:
    page = visit("/areas/sefton?as_at=2022-01-01")
    page.get_by_role("link", name=re.compile("gaps")).first.click()
    assert asked(page)["as_at"] == ["2022-01-01"]
    page.get_by_role("article").first.get_by_role("link", name=re.compile("who else")).click()
    assert asked(page)["as_at"] == ["2022-01-01"]
    assert page.get_by_role("textbox", name=re.compile("As at")).input_value() == "2022-01-01"
