"""Measure the pages: how large they are, how long they take, and whether a wide one stays usable.

    python benchmarks/web_pages.py --json   the last line is a JSON object

Run it with the Python of .venv, on a machine that has nothing else to do. Where there is no
Chromium the figures of the browser are null.
"""

from __future__ import annotations

import argparse
import gzip
import json
import shutil
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from fastapi.testclient import TestClient
from playwright.sync_api import Page, Route, sync_playwright

from masagraph.errors import MasagraphError
from masagraph.report.compared import compared
from masagraph.report.narrowed import Narrow
from masagraph.resources import store_folder
from masagraph.settings import Settings, read_settings
from masagraph.store.opened import open_store
from masagraph.web import shown
from masagraph.web.app import create_app
from wide import wide_matrix, wide_page

ROUNDS = 7
SERVED = ("/compare", "/compare?differ=1", "/compare?from=wt2018&to=wt2023")
HERE = "http://wide.test/"
STYLE = Path(shown.__file__).parent / "static" / "masagraph.css"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")

LOOK = """() => {
  const frame = document.querySelector(".scroll.tall"), box = frame.getBoundingClientRect();
  const head = frame.querySelector("thead th:last-child"), first = frame.querySelector("tbody tr:last-child th");
  const started = performance.now();
  frame.style.display = "none"; document.body.offsetHeight;
  frame.style.display = ""; document.body.offsetHeight;
  const layout = performance.now() - started;
  const steps = performance.now();
  for (let i = 1; i <= 20; i++) { frame.scrollTop = i * 40; frame.scrollLeft = i * 100; first.getBoundingClientRect(); }
  const scrolling = (performance.now() - steps) / 20;
  frame.scrollTop = frame.scrollHeight; frame.scrollLeft = frame.scrollWidth;
  const h = head.getBoundingClientRect(), f = first.getBoundingClientRect();
  return {
    elements: document.querySelectorAll("*").length,
    loaded_ms: performance.getEntriesByType("navigation")[0].domComplete,
    layout_ms: layout,
    scroll_step_ms: scrolling,
    scrolls_in_its_frame: frame.scrollLeft > 0 && document.documentElement.scrollWidth <= innerWidth,
    header_in_sight: Math.abs(h.top - box.top) < 3,
    first_column_in_sight: Math.abs(f.left - box.left) < 3,
    first_column_share: f.width / box.width,
  };
}"""  # noqa: E501


def main() -> int:
    """Measure, and print what came of it. Returns the exit code."""
    parser = argparse.ArgumentParser(description="Measure the pages.")
    parser.add_argument("--store", type=Path, help="the store, by default that of the settings")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    arguments = parser.parse_args()
    try:
        found = measure(arguments.store or store_folder(read_settings()))
    except MasagraphError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    sys.stdout.write(json.dumps(found, indent=None if arguments.json else 2) + "\n")
    return 0


def measure(store: Path) -> dict[str, Any]:
    """Return the figures of the served pages, and of the wide one.

    Args:
        store: the folder of the store.
    """
    opened = open_store(store)
    found = wide_matrix(opened)
    html = wide_page(opened, found)
    wide: dict[str, Any] = {
        "areas": len(found.assessments),
        "duties": len(found.rows),
        **sizes(html.encode()),
        "arrange_ms": milliseconds(lambda: compared(found, Narrow(), differ=False)),
        "render_ms": milliseconds(lambda: wide_page(opened, found)),
        "at_1280": None,
        "at_320": None,
    }
    if executable := next(filter(None, map(shutil.which, BROWSERS)), None):
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=executable, args=["--no-sandbox", "--disable-gpu"]
            )
            for width in (1280, 320):
                tab = browser.new_page(viewport={"width": width, "height": 800})
                wide[f"at_{width}"] = look(tab, html)
            browser.close()
    return {"served": served(store), "wide": wide}


def look(tab: Page, html: str) -> dict[str, Any]:
    """Open a page in a browser, scroll its table to its end, and return what was seen.

    Args:
        tab: the browser's tab; it asks nobody for anything.
        html: the page.
    """

    def answer(route: Route) -> None:
        if route.request.url.endswith(".css"):
            route.fulfill(path=STYLE, content_type="text/css")
        else:
            route.fulfill(body=html, content_type="text/html; charset=utf-8")

    tab.route("**/*", answer)
    tab.goto(f"{HERE}compare")
    seen: dict[str, Any] = tab.evaluate(LOOK)
    return {k: round(v, 2) if isinstance(v, float) else v for k, v in seen.items()}


def served(store: Path) -> dict[str, dict[str, float]]:
    """Return sizes and times of pages as the service answers them."""
    found: dict[str, dict[str, float]] = {}
    with TestClient(create_app(Settings(store=store, client_rate="100000/second"))) as client:
        for path in SERVED:
            body = client.get(path).content
            found[path] = {
                **sizes(body),
                "ms": milliseconds(lambda path=path: client.get(path)),  # type: ignore[misc]
            }
    return found


def sizes(body: bytes) -> dict[str, int]:
    """Return the bytes of a page, and of the same page compressed."""
    return {"bytes": len(body), "bytes_gzip": len(gzip.compress(body, 6))}


def milliseconds(work: Callable[[], object]) -> float:
    """Return the median time of some rounds."""
    times = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        work()
        times.append(1000 * (time.perf_counter() - started))
    return round(statistics.median(times), 1)


if __name__ == "__main__":
    sys.exit(main())
