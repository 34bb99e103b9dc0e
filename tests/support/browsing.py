"""A browser, the service it looks at, and pages that may ask nobody else for anything."""

from __future__ import annotations

import os
import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import uvicorn
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    Route,
    sync_playwright,
)

from masagraph.settings import Settings
from masagraph.store.workers.live import Live
from masagraph.web.app import create_app

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")

Visit = Callable[..., Page]


def _executable() -> str:
    """Find a Chromium, or skip: or fail, where a browser is required."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found:
        return found
    reason = f"no Chromium found ({', '.join(NAMES)}); on Debian: apt-get install chromium"
    if os.environ.get("REQUIRE_BROWSER") == "1":
        pytest.fail(f"{reason}. REQUIRE_BROWSER=1 asks for one.", pytrace=False)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests of a worker."""
    executable = _executable()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def site(store_folder: Path, live: Live) -> Iterator[str]:
    """The address of the service, in a thread of this process."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        app = create_app(Settings(store=store_folder), live)
        config = uvicorn.Config(app, log_level="error")
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        deadline = time.monotonic() + 20
        while not server.started and time.monotonic() < deadline:
            time.sleep(0.05)
        assert server.started
        yield f"http://127.0.0.1:{port}"
        server.should_exit = True
        thread.join(10)


class Watch:
    """Hears what pages ask of other hosts, and what goes wrong in them."""

    def __init__(self, site: str) -> None:
        self._site = site
        self._strangers: list[str] = []
        self._errors: list[tuple[str, str]] = []
        self._pages: set[str] = set()

    def tab(self, browser: Browser, **options: Any) -> Page:
        """Open an empty page in a context of its own."""
        context = browser.new_context(**options)
        context.route("**/*", self._allow)
        page = context.new_page()
        page.on("pageerror", lambda error: self._errors.append((str(error), "")))
        page.on("console", self._said)
        page.on("request", self._asked)
        return page

    def go(self, page: Page, path: str) -> None:
        """Lead a page to a path of the service."""
        page.goto(f"{self._site}{path}")

    def nothing_wrong(self) -> None:
        """Fail where a page asked another host, or something went wrong in it."""
        # The browser itself logs the status of a page that is an error page.
        refused, pages = "Failed to load resource", set(self._pages)
        strangers = self._strangers[:]
        errors = [e for e in self._errors if not (e[0].startswith(refused) and e[1] in pages)]
        for heard in (self._strangers, self._errors, self._pages):
            heard.clear()
        assert strangers == []
        assert errors == []

    def _allow(self, route: Route, request: Request) -> None:
        if urlsplit(request.url).netloc == urlsplit(self._site).netloc:
            route.continue_()
        else:
            self._strangers.append(request.url)
            route.abort()

    def _said(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self._errors.append((message.text, message.location["url"]))

    def _asked(self, request: Request) -> None:
        if request.is_navigation_request():
            self._pages.add(request.url)


@pytest.fixture
def visit(browser: Browser, site: str) -> Iterator[Visit]:
    """Open a page; fail at the end where it asked another host, or something went wrong in it.

    ``visit("/", width=320, color_scheme="dark", java_script_enabled=False)``
    """
    contexts: list[BrowserContext] = []
    watch = Watch(site)

    def open_(path: str, width: int = 1280, **options: Any) -> Page:
        page = watch.tab(browser, viewport={"width": width, "height": 800}, **options)
        contexts.append(page.context)
        watch.go(page, path)
        return page

    yield open_
    for context in contexts:
        context.close()
    watch.nothing_wrong()


@pytest.fixture(scope="session")
def _tabs(browser: Browser, site: str) -> Iterator[tuple[Watch, Callable[..., Page]]]:
    watch = Watch(site)
    tabs: dict[tuple[tuple[str, Any], ...], Page] = {}

    def tab(**options: Any) -> Page:
        key = tuple(sorted(options.items()))
        if key not in tabs:
            tabs[key] = watch.tab(browser, **options)
        return tabs[key]

    yield watch, tab
    for page in tabs.values():
        page.context.close()


@pytest.fixture
def look(_tabs: tuple[Watch, Callable[..., Page]]) -> Iterator[Visit]:
    """Open a page as ``visit`` does, in a tab that was used before, which is four times as fast.

    For tests that do nothing in a page, or nothing that outlives it. There is one tab for each set
    of options: the next page that is looked at with the same ones takes the place of the last.
    """
    watch, tab = _tabs

    def open_(path: str, width: int = 1280, **options: Any) -> Page:
        page = tab(**options)
        page.set_viewport_size({"width": width, "height": 800})
        watch.go(page, path)
        return page

    yield open_
    watch.nothing_wrong()
