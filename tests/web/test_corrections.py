"""How to say that something is wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from fastapi.testclient import TestClient

from masagraph.settings import Settings
from masagraph.web.app import create_app

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
def corrections_of(store: Path, contact: str, read: Callable[[TestClient], Get]) -> Iterator[Page]:
    with TestClient(create_app(Settings(store=store, contact=contact))) as client:
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
    store_folder: Path, read_with: Callable[[TestClient], Get], contact: str, href: str | None
) -> None:
    with corrections_of(store_folder, contact, read_with) as page:
        main = page.root.one("main")
        assert contact in main.text
        assert [a.attributes["href"] for a in main.all("a")] == ([href] if href else [])


def test_that_nobody_was_named_is_said(get: Get) -> None:
    assert "MASAGRAPH_CONTACT" in get("/corrections").root.one("main").text
