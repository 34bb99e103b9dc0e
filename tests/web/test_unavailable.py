"""A page whose query worker had no answer in time: nothing that was asked is lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlsplit

import pytest
from fastapi.testclient import TestClient
from pages import BY_ROUTE

if TYPE_CHECKING:
    from tests.web.conftest import Get

ASKED = "/areas/sefton/gaps?edition=wt2018&as_at=2022-01-01&topic=voice&outcome="
NO_DATA = ("/query", "/questions", "/queries", "/queries/{name:path}", "/corrections")
"""Pages that need no worker."""
KEEPS_ITS_FORM = ("/check",)
"""Pages that show their own form all the same; their tests show that."""


def test_it_says_so_with_the_right_status(slow: TestClient) -> None:
    answer = slow.get(ASKED)
    assert answer.status_code == 503
    assert int(answer.headers["retry-after"]) > 0
    assert answer.headers["content-type"] == "text/html; charset=utf-8"


def test_what_was_asked_can_be_asked_again(
    slow: TestClient, read_with: Callable[[TestClient], Get]
) -> None:
    form = read_with(slow)(ASKED).root.one("form")
    address = urlsplit(ASKED)
    assert form.attributes["action"] == address.path
    assert form.attributes["method"] == "get"
    kept = [(i.attributes["name"], i.attributes["value"]) for i in form.all("input")]
    assert kept == parse_qsl(address.query)
    labels = {label.attributes["for"] for label in form.all("label")}
    assert labels == {i.attributes["id"] for i in form.all("input")}


@pytest.mark.parametrize(
    "route", [route for route in BY_ROUTE if route not in (*NO_DATA, *KEEPS_ITS_FORM)]
)
def test_every_page_bears_it(
    slow: TestClient, read_with: Callable[[TestClient], Get], route: str
) -> None:
    page = read_with(slow)(BY_ROUTE[route])
    assert page.status == 503
    assert page.root.one("h1").text == "That did not work"
    assert BY_ROUTE[route].split("?")[0] in [
        e.attributes.get("action") or e.attributes.get("href") for e in page.root.walk()
    ]
