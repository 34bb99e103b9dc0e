"""The editor and the page for drafts, used in a browser: with its script, and without."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page

if TYPE_CHECKING:
    from browsing import Visit

DUTIES = "SELECT ?duty {\n  ?duty a masa:Duty\n}\nLIMIT 3"
SAME = """() => {
    const area = document.querySelector('.editor textarea');
    const shown = document.querySelector('.editor pre code');
    const of = (element, names) => names.map((name) => getComputedStyle(element)[name]);
    const letters = ['fontFamily', 'fontSize', 'fontWeight', 'fontStyle', 'lineHeight',
                     'letterSpacing', 'wordSpacing', 'tabSize', 'whiteSpace', 'textIndent'];
    const edges = ['paddingLeft', 'paddingTop', 'borderLeftWidth', 'borderTopWidth'];
    const parts = [...shown.querySelectorAll('span')];
    return [
        shown.textContent === area.value,
        `${of(area, letters)}` === `${of(shown, letters)}`,
        parts.every((part) => `${of(part, letters)}` === `${of(area, letters)}`),
        `${of(area, edges)}` === `${of(shown.parentNode, edges)}`,
        area.getBoundingClientRect().left === shown.parentNode.getBoundingClientRect().left,
        area.getBoundingClientRect().top === shown.parentNode.getBoundingClientRect().top,
    ];
}"""
"""Whether the colours stand exactly behind the text."""


def editor(page: Page) -> str:
    return page.get_by_label("Query", exact=True).input_value()


def run(page: Page, query: str) -> None:
    page.get_by_label("Query", exact=True).fill(query)
    page.get_by_role("button", name="Run").click()


def check(page: Page) -> None:
    page.get_by_role("button", name="Check", exact=True).click()


@pytest.mark.parametrize("javascript", [True, False])
def test_a_researcher_writes_a_query_and_saves_its_link(visit: Visit, javascript: bool) -> None:
    page = visit("/", java_script_enabled=javascript)
    page.get_by_role("link", name="Query", exact=True).click()
    run(page, DUTIES)
    assert parse_qs(urlsplit(page.url).query) == {"query": [DUTIES]}
    assert page.get_by_role("table", name="Answer to the query").get_by_role("row").count() == 4
    assert page.get_by_text("3 rows", exact=True).is_visible()
    saved = page.get_by_role("link", name="Link to this query and its answer")
    address = urlsplit(str(saved.get_attribute("href")))
    again = visit(f"{address.path}?{address.query}", java_script_enabled=javascript)
    assert editor(again) == DUTIES
    assert again.get_by_role("table", name="Answer to the query").get_by_role("row").count() == 4


@pytest.mark.parametrize("javascript", [True, False])
def test_an_example_is_used_and_run(visit: Visit, javascript: bool) -> None:
    page = visit("/query", java_script_enabled=javascript)
    page.get_by_label("An example").select_option("leads-and-delegates")
    page.get_by_role("button", name="Use").click()
    assert "SELECT" in editor(page)
    page.get_by_role("button", name="Run").click()
    assert page.get_by_role("table", name="Answer to the query").is_visible()


@pytest.mark.parametrize("javascript", [True, False])
def test_a_missing_prefix_is_declared_by_its_button(visit: Visit, javascript: bool) -> None:
    page = visit("/query", java_script_enabled=javascript)
    run(page, "SELECT * { ?s odrl:target ?o }")
    assert "the prefix odrl: is not declared" in page.get_by_role("alert").inner_text()
    page.get_by_role("button", name="Declare odrl:").click()
    assert editor(page).startswith("PREFIX odrl: <http://www.w3.org/ns/odrl/2/>\n")
    page.get_by_role("button", name="Run").click()
    page.get_by_text("No rows.").wait_for()


def test_an_error_leads_to_its_place(visit: Visit) -> None:
    """A column counts letters; the browser counts some of them double."""
    page = visit("/query?query=" + "SELECT ?x {\n ?x a '🏫' xx }".replace("\n", "%0A"))
    alert = page.get_by_role("alert")
    link = alert.get_by_role("link")
    assert link.inner_text() == "Line 2, column 11"
    link.click()
    focused = "document.activeElement"
    assert page.evaluate(f"{focused}.id") == "query"
    selected = f"{focused}.value.slice({focused}.selectionStart, {focused}.value.length)"
    assert page.evaluate(selected) == "xx }"


def test_an_error_leads_to_the_editor_without_javascript(visit: Visit) -> None:
    page = visit("/query?query=SELECT+*+%7B+%3Fs+%3Fp+%7D", java_script_enabled=False)
    alert = page.get_by_role("alert")
    line, caret = alert.locator("pre").inner_text().split("\n")
    assert line[caret.index("^")] == "}"
    alert.get_by_role("link").click()
    assert urlsplit(page.url).fragment == "query"
    assert editor(page) == "SELECT * { ?s ?p }"


@pytest.mark.parametrize("width", [1280, 320])
def test_the_colours_stand_exactly_behind_the_text(visit: Visit, width: int) -> None:
    page = visit("/query", width)
    assert page.evaluate(SAME) == [True] * 6
    area = page.get_by_label("Query", exact=True)
    area.fill(
        "SELECT ?x { # a comment\n\t?x a <urn:x:#y> ; skos:note '''two\nlines''' }" + "\n?z" * 60
    )
    assert page.evaluate(SAME) == [True] * 6
    area.evaluate("each => { each.scrollTop = 200; each.scrollLeft = 30 }")
    page.locator(".editor code[style*='-200px']").wait_for()
    area.fill("x" * 40_000)  # too long for colours: the text itself is shown
    assert not page.locator(".editor pre").is_visible()
    filled = "getComputedStyle(document.querySelector('.editor textarea')).webkitTextFillColor"
    assert page.evaluate(filled) != "rgba(0, 0, 0, 0)"


def test_the_text_itself_is_shown_in_forced_colours_and_without_javascript(visit: Visit) -> None:
    filled = "getComputedStyle(document.querySelector('.editor textarea')).webkitTextFillColor"
    forced = visit("/query", forced_colors="active")
    assert forced.evaluate(filled) != "rgba(0, 0, 0, 0)"
    assert not forced.locator(".editor pre").is_visible()
    plain = visit("/query", java_script_enabled=False)
    assert plain.locator(".editor pre").count() == 0


def test_the_keyboard_leaves_the_editor(visit: Visit) -> None:
    page = visit("/query")
    page.get_by_label("Query", exact=True).focus()
    page.keyboard.press("Tab")
    assert page.locator(":focus").inner_text() == "Run"
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/query?query=*")
    assert page.get_by_role("table", name="Answer to the query").is_visible()


@pytest.mark.parametrize("javascript", [True, False])
def test_an_officer_checks_a_draft(
    visit: Visit, store_folder: Path, tmp_path: Path, javascript: bool
) -> None:
    """The example, a slip in it at its line, the slip mended, a file of one's own."""

    def held() -> list[tuple[str, int, int]]:
        files = [path for path in store_folder.rglob("*") if path.is_file()]
        return sorted((str(p), p.stat().st_size, p.stat().st_mtime_ns) for p in files)

    before = held()
    page = visit("/", java_script_enabled=javascript)
    page.get_by_role("link", name="Check a draft").click()
    assert page.get_by_text("Nothing is kept.").is_visible()
    page.get_by_role("link", name="Fill the box with an example").click()
    box = page.get_by_label("Or write or paste it here")
    good = box.input_value()
    box.fill(good.replace("masa:section", "masa:chapter", 1))
    check(page)
    alert = page.get_by_role("alert")
    assert "does not say where in the document its phrase stands" in alert.inner_text()
    line = good.split("\n").index("statement:across-warwickshire a masa:Statement ;") + 1
    link = alert.get_by_role("link", name=f"Line {line}")
    assert link.is_visible()
    if javascript:
        link.click()
        selected = page.evaluate(
            "(e => e.value.slice(e.selectionStart, e.selectionEnd))(document.activeElement)"
        )
        assert selected == "statement:across-warwickshire a masa:Statement ;"
    box.fill(good)
    check(page)
    assert page.get_by_role("heading", level=1).inner_text() == "What the draft shows"
    shown = page.get_by_role("article").filter(has_text="Words relied on")
    assert shown.filter(has_text="support and challenge from the Independent Scrutineer").count()
    assert urlsplit(page.url) == urlsplit(page.url)._replace(path="/check", query="", fragment="")

    own = tmp_path / "own.ttl"
    own.write_text(good.replace("An example:", "My own:"), encoding="utf-8")
    page.get_by_label(re.compile("^A file")).set_input_files(own)
    check(page)
    assert page.get_by_text("My own: some lines").first.is_visible()
    with page.expect_download() as download:
        page.get_by_role("button", name="JSON", exact=True).click()
    assert download.value.suggested_filename == "draft-findings.json"
    assert held() == before
