"""The start: what is held, and a way to every area."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from fastapi.testclient import TestClient

from masagraph.assessment.names import list_areas
from masagraph.store.opened import Opened

if TYPE_CHECKING:
    from tests.web.conftest import Get


def test_every_area_can_be_opened_from_it(get: Get, opened: Opened) -> None:
    page = get("/")
    areas = list_areas(opened.store)
    linked = {a.attributes["href"]: a.text for a in page.root.one("main").all("a")}
    for area in areas:
        assert linked[f"/areas/{area.slug}"] == area.label


def test_what_is_held_is_counted_with_denominators(get: Get, opened: Opened) -> None:
    areas = list_areas(opened.store)
    held = sum(area.has_document for area in areas)
    facts = get("/").root.one("dl", **{"class": "facts"}).text
    assert f"{held} of {len(areas)}" in facts
    assert f"{len(areas) - held}. They cannot be tested yet." in facts
    assert "5; the oldest counts from" in facts
    assert "from 31 October 2021, the newest from 2 December 2024" in facts


@pytest.mark.parametrize(
    ("asked", "slug"),
    [
        ("Sefton", "sefton"),
        ("  sefton ", "sefton"),
        ("E08000014", "sefton"),
        ("e10000031", "warwickshire"),
        ("brighton", "brighton-and-hove"),
        ("East Sussex", "east-sussex"),
    ],
)
def test_one_area_is_opened_at_once(client: TestClient, asked: str, slug: str) -> None:
    answer = client.get("/", params={"q": asked}, follow_redirects=False)
    assert answer.status_code == 303
    assert answer.headers["location"] == f"/areas/{slug}"


def test_several_areas_are_listed(get: Get) -> None:
    page = get("/", q="sussex")
    section = page.root.one("section", **{"aria-labelledby": "found"})
    assert [a.attributes["href"] for a in section.all("a")] == [
        "/areas/east-sussex", "/areas/west-sussex",
    ]  # fmt: skip
    assert page.root.one("input", name="q").attributes["value"] == "sussex"


@pytest.mark.parametrize("asked", ["atlantis", "'\"><script>", "x" * 5_000, "%00"])
def test_an_area_that_is_not_there(get: Get, asked: str) -> None:
    page = get("/", q=asked)
    assert page.status == 404
    alert = page.root.one("div", role="alert").text
    assert "no area has" in alert
    assert "such as sussex" in alert
    assert page.root.one("input", name="q").attributes["value"] == asked
    assert page.root.all("script") == []


@pytest.mark.parametrize("asked", ["", "   "])
def test_nothing_asked_is_the_start(get: Get, asked: str) -> None:
    assert get("/", q=asked).html == get("/").html
