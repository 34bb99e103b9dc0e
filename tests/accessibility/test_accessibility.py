"""Every page, looked at by axe; README.md says why, and what that does not show."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from pages import BY_ROUTE, PAGES, REFUSED
from playwright.sync_api import Browser, Page

if TYPE_CHECKING:
    from browsing import Visit

START = "/"
WARWICKSHIRE = "/areas/warwickshire/gaps"
SEFTON = "/areas/sefton/gaps"
BAD_DATE = "/areas/kent/gaps?as_at=yesterday&edition=wt2018"
EACH = [*PAGES, *REFUSED]
WIDE, NARROW = 1280, 320

RULES = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    },
    "resultTypes": ["violations"],
}


COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]},
           "resultTypes": ["violations"]}  # fmt: skip
"""What can differ where nothing but the colours do."""


def violations(page: Page, rules: dict[str, Any] = RULES) -> list[str]:
    """What axe finds, a line each: the rule, and the first elements that break it."""
    found: list[dict[str, Any]] = Axe().run(page, options=rules).response["violations"]
    return [
        f"{rule['id']}: {rule['help']}: {[node['html'][:120] for node in rule['nodes'][:3]]}"
        for rule in found
    ]


@pytest.mark.parametrize("path", EACH)
def test_no_violation(look: Visit, path: str) -> None:
    """With everything folded out, as axe sees nothing of what is folded in."""
    page = look(path, WIDE)
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
    assert violations(page) == []


@pytest.mark.parametrize("path", BY_ROUTE.values())
def test_no_violation_on_a_narrow_screen(look: Visit, path: str) -> None:
    """As they come, folded in. Pages of one route are laid out by the same rules, so one of each
    is asked.
    """
    assert violations(look(path, NARROW)) == []


@pytest.mark.parametrize("path", [*BY_ROUTE.values(), BAD_DATE])
def test_no_violation_in_the_dark(look: Visit, path: str) -> None:
    page = look(path, color_scheme="dark")
    light = look(path, color_scheme="light")
    colour = "getComputedStyle(document.body).backgroundColor"
    assert page.evaluate(colour) != light.evaluate(colour)
    assert violations(page, COLOURS) == []


@pytest.mark.parametrize("path", BY_ROUTE.values())
def test_what_is_chosen_or_pointed_at_can_be_seen_in_forced_colours(look: Visit, path: str) -> None:
    """Colours are the reader's own there: nothing may rest on ours, and nothing may vanish."""
    page = look(path, forced_colors="active")
    assert page.evaluate("matchMedia('(forced-colors: active)').matches")
    hidden = page.evaluate(
        """() => [...document.querySelectorAll('main a, main button, main th, main .outcome')]
            .filter(each => each.checkVisibility() && !each.closest('.hidden'))
            .filter(each => getComputedStyle(each).color === getComputedStyle(each).backgroundColor)
            .map(each => each.outerHTML.slice(0, 80))"""
    )
    assert hidden == []


def test_axe_sees_a_violation_where_there_is_one(visit: Visit) -> None:
    """So that silence above is not that of a tool that did not run."""
    page = visit(START)
    page.evaluate("document.documentElement.removeAttribute('lang')")
    page.evaluate("document.querySelector('h1').style.color = '#eee'")
    found = " ".join(violations(page))
    assert "html-has-lang" in found
    assert "color-contrast" in found


@pytest.mark.parametrize("path", EACH)
def test_no_sideways_scroll_on_a_narrow_screen(look: Visit, path: str) -> None:
    """WCAG 1.4.10. A wide table may scroll within its own frame."""
    page = look(path, NARROW)
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
    wide = page.evaluate(
        "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
    )
    assert wide[0] <= wide[1]


@pytest.mark.parametrize("path", BY_ROUTE.values())
def test_text_can_be_enlarged_to_twice_its_size(look: Visit, path: str) -> None:
    """WCAG 1.4.4, at 640 pixels: nothing runs out of the page."""
    page = look(path, 640)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate("document.documentElement.scrollWidth") <= 640


def test_without_javascript(browser: Browser, visit: Visit) -> None:
    """The form asks, details open, links lead to their place: all with JavaScript off."""
    del browser
    page = visit(WARWICKSHIRE, java_script_enabled=False)
    page.get_by_label("Edition").select_option("wt2018")
    page.get_by_label("As at").fill("2024-06-01")
    page.get_by_role("button", name="Show").click()
    assert "edition=wt2018" in page.url
    assert "as_at=2024-06-01" in page.url
    assert page.get_by_text("Against Working Together 2018, as at 1 June 2024").is_visible()
    summary = page.locator("summary").first
    inner = page.locator("details").first.locator(":scope > :not(summary)").first
    assert not inner.is_visible()
    summary.click()
    assert inner.is_visible()


def test_a_slip_can_be_mended_without_javascript(visit: Visit) -> None:
    page = visit(BAD_DATE, java_script_enabled=False)
    field = page.get_by_label("As at")
    assert field.input_value() == "yesterday"
    assert page.get_by_label("Edition").input_value() == "wt2018"
    field.fill("2024-06-01")
    field.press("Enter")
    assert page.get_by_role("heading", level=1).inner_text().startswith("Kent")


def test_with_the_keyboard_alone(visit: Visit) -> None:
    """The first key leads past the head; every stop can be seen, and none holds the keyboard."""
    page = visit(WARWICKSHIRE)
    page.keyboard.press("Tab")
    skip = page.locator(":focus")
    assert skip.inner_text() == "Skip to the content"
    assert skip.bounding_box()["x"] >= 0  # type: ignore[index]
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    seen = []
    for _ in range(8):
        page.keyboard.press("Tab")
        seen.append(page.evaluate("document.activeElement.outerHTML.slice(0, 80)"))
        style = page.evaluate(
            "(s => [s.outlineStyle, s.outlineWidth])(getComputedStyle(document.activeElement))"
        )
        assert style[0] != "none"
        assert style[1] != "0px"
    assert len(set(seen)) == len(seen)


def test_printed_pages_show_what_is_folded(visit: Visit) -> None:
    """A report that goes to a committee holds duty and source, and no form."""
    page = visit(WARWICKSHIRE)
    page.emulate_media(media="print")
    assert not page.locator("form").is_visible()
    assert page.locator("details dl").first.is_visible()


def test_a_screen_reader_is_told_what_a_mark_means(visit: Visit) -> None:
    """The marks of outcomes are hidden from it; the words beside them are not."""
    page = visit(SEFTON)
    tree = page.locator("main").aria_snapshot()
    for mark in "✓◐≈≠✗†":
        assert mark not in tree
    assert "Partly evidenced" in tree
