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
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Route, sync_playwright

from masagraph.settings import Settings
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
def site(store_folder: Path) -> Iterator[str]:
    """The address of the service, in a thread of this process."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        config = uvicorn.Config(create_app(Settings(store=store_folder)), log_level="error")
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


@pytest.fixture
def visit(browser: Browser, site: str) -> Iterator[Visit]:
    """Open a page; fail at the end where it asked another host, or something went wrong in it.

    ``visit("/", width=320, color_scheme="dark", java_script_enabled=False)``
    """
    contexts: list[Any] = []
    strangers: list[str] = []
    errors: list[tuple[str, str]] = []
    pages: set[str] = set()

    def allow(route: Route, request: Request) -> None:
        if urlsplit(request.url).netloc == urlsplit(site).netloc:
            route.continue_()
        else:
            strangers.append(request.url)
            route.abort()

    def note(said: ConsoleMessage) -> None:
        if said.type == "error":
            errors.append((said.text, said.location["url"]))

    def open_(path: str, width: int = 1280, **options: Any) -> Page:
        context = browser.new_context(viewport={"width": width, "height": 800}, **options)
        contexts.append(context)
        context.route("**/*", allow)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append((str(error), "")))
        page.on("console", note)
        page.on("request", lambda r: pages.add(r.url) if r.is_navigation_request() else None)
        page.goto(f"{site}{path}")
        return page

    yield open_
    for context in contexts:
        context.close()
    assert strangers == []
    # The browser itself logs the status of a page that is an error page.
    refused = "Failed to load resource"
    assert [e for e in errors if not (e[0].startswith(refused) and e[1] in pages)] == []
