"""The API for people who read: every route of OpenAPI, and examples that work."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from fastapi.testclient import TestClient

from masagraph.settings import Settings
from masagraph.web.pages.api_page import FORMS, MEANING

if TYPE_CHECKING:
    from tests.web.conftest import Element, Get, Page


@pytest.fixture(scope="module")
def page(get: Get) -> Page:
    return get("/api")


@pytest.fixture(scope="module")
def description(client: TestClient) -> dict[str, Any]:
    said = client.get("/openapi.json").json()
    assert isinstance(said, dict)
    return said


def routes(page: Page) -> dict[str, Element]:
    """Each route on the page, by its method and path."""
    return {
        each.one("h3").one("code").text: each
        for each in page.root.all("section", **{"class": "route"})
    }


def operations(description: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {
        f"{method.upper()} {path}": told
        for path, methods in description["paths"].items()
        for method, told in methods.items()
    }


def groups(page: Page) -> dict[str, Element]:
    """Each part of the page that holds routes, by its tag."""
    return {
        each.all("h2")[0].text: each
        for each in page.root.all("section")
        if each.attributes.get("aria-labelledby", "").startswith("of-")
    }


def test_every_route_stands_on_it_and_no_other(page: Page, description: dict[str, Any]) -> None:
    assert set(routes(page)) == set(operations(description))


def test_each_stands_under_its_tag(page: Page, description: dict[str, Any]) -> None:
    told = operations(description)
    for tag, part in groups(page).items():
        for each in part.all("section", **{"class": "route"}):
            assert told[each.one("h3").one("code").text]["tags"] == [tag]


def test_every_parameter_form_and_error_is_told(page: Page, description: dict[str, Any]) -> None:
    told = operations(description)
    for part in groups(page).values():
        shared = {dt.text: dd.text for dt, dd in zip(
            part.all("dl")[0].all("dt"), part.all("dl")[0].all("dd"), strict=True)}  # fmt: skip
        for each in part.all("section", **{"class": "route"}):
            own = {dt.text: dd.text for dt, dd in zip(each.all("dt"), each.all("dd"), strict=True)}
            said = told[each.one("h3").one("code").text]
            for parameter in said.get("parameters", ()):
                assert parameter["name"] in own or parameter["name"] in shared
            forms = own.get("Forms", shared.get("Forms", "none"))
            for media in said["responses"].get("200", {}).get("content", {}):
                assert FORMS.get(media, media) in forms
            errors = own.get("Errors", shared.get("Errors", "none"))
            for code, answer in said["responses"].items():
                assert (code in errors) is ("application/problem+json" in answer.get("content", {}))


def test_every_question_has_its_title(page: Page, description: dict[str, Any]) -> None:
    shown = routes(page)
    for name, said in operations(description).items():
        if said["tags"] == ["Questions"]:
            assert said["summary"] in shown[name].one("h3").text


def test_every_status_and_form_has_a_name(description: dict[str, Any]) -> None:
    for said in operations(description).values():
        for code, answer in said["responses"].items():
            if "application/problem+json" in answer.get("content", {}):
                assert MEANING[int(code)]
            elif code == "200":
                assert set(answer.get("content", {})) <= set(FORMS)


def examples(page: Page) -> dict[str, str]:
    found = {}
    for name, each in routes(page).items():
        heads = [dt.text for dt in each.all("dt")]
        if "Example" in heads:
            found[name] = each.all("a")[-1].attributes["href"]
    return found


def test_every_route_for_reading_has_an_example(page: Page) -> None:
    assert set(examples(page)) == {name for name in routes(page) if name.startswith("GET ")}


def test_every_example_works(page: Page, client: TestClient) -> None:
    for name, address in examples(page).items():
        assert "{" not in address
        answer = client.get(address)
        assert answer.status_code == 200, (name, address, answer.text[:200])
        assert answer.content


def test_the_limits_are_those_of_this_service(page: Page) -> None:
    said = page.root.one("section", **{"aria-labelledby": "limits"}).text
    settings = Settings()
    for number in (f"{settings.max_rows:,}", f"{settings.max_body:,}", settings.client_rate):
        assert number in said


def test_it_leads_to_the_description_for_programs(page: Page) -> None:
    assert page.root.all("a", href="/openapi.json")
    assert page.root.all("script") == []


def test_a_browser_finds_it_at_the_address_that_data_name(client: TestClient) -> None:
    answer = client.get("/api", headers={"Accept": "text/html"})
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
