"""A comparison of far more areas than documents are held of: every area by fifty duties."""

from __future__ import annotations

import gzip
import re

import pytest
from playwright.sync_api import Browser

from masagraph.assessment.matrix import Matrix
from masagraph.report.compared import compared
from masagraph.report.narrowed import Narrow
from masagraph.store.opened import Opened
from web_pages import look
from wide import wide_matrix, wide_page

SLOWEST = 10_000
"""Milliseconds within which a page must be laid out, on a machine that is busy with tests."""


@pytest.fixture(scope="module")
def found(opened: Opened) -> Matrix:
    return wide_matrix(opened)


@pytest.fixture(scope="module")
def html(opened: Opened, found: Matrix) -> str:
    return wide_page(opened, found)


def test_every_cell_is_there_with_its_word(found: Matrix, html: str) -> None:
    """A sign for the eye and a word for those who hear the page."""
    assert (len(found.assessments), len(found.rows)) == (153, 50)
    made = compared(found, Narrow(), differ=False)
    cells = re.findall(
        r'<td class="(\w+)"><span aria-hidden="true">(.)</span><span class="hidden">([^<]+)</span>',
        html,
    )
    rows = [row for _, rows in made.topics for row in rows]
    assert [outcome for outcome, _, _ in cells] == [o for row in rows for o in row.outcomes]
    labels = dict(made.labels)
    assert all(labels[outcome] == word for outcome, _, word in cells)
    assert html.count('class="upright"') == 153


def test_it_is_small_as_sent(html: str) -> None:
    assert len(gzip.compress(html.encode(), 6)) < 60_000


@pytest.mark.parametrize("width", [1280, 320])
def test_it_scrolls_in_its_frame_with_its_heads_in_sight(
    browser: Browser, html: str, width: int
) -> None:
    tab = browser.new_page(viewport={"width": width, "height": 800})
    seen = look(tab, html)
    tab.close()
    assert seen["scrolls_in_its_frame"]
    assert seen["header_in_sight"]
    assert seen["first_column_in_sight"]
    assert seen["first_column_share"] < 0.5
    assert seen["layout_ms"] < SLOWEST
