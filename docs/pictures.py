"""Write the pictures of docs/pictures/: pages as a browser shows them.

    python docs/pictures.py

Run it with the Python of .venv, after a build, and after a change of how pages look. It needs a
Chromium (on Debian: apt-get install chromium).
"""

from __future__ import annotations

import shutil
import socket
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn
from playwright.sync_api import sync_playwright

from masagraph.web.app import create_app

PICTURES = Path(__file__).resolve().parent / "pictures"
PAGES = {
    "gaps": "/areas/warwickshire/gaps?edition=wt2023&as_at=2026-06-01",
    "comparison": "/compare?edition=wt2023&as_at=2026-06-01&differ=1#matrix",
}
WIDTH, HEIGHT = 1280, 1000
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")


@contextmanager
def served() -> Iterator[str]:
    """Serve the store that was built, in a thread; give the address."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = uvicorn.Server(uvicorn.Config(create_app(), log_level="error"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.05)
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        server.should_exit = True
        thread.join(10)


def main() -> None:
    """Write the pictures."""
    executable = next(filter(None, map(shutil.which, BROWSERS)), None)
    if executable is None:
        sys.exit(f"No Chromium found ({', '.join(BROWSERS)}). On Debian: apt-get install chromium")
    PICTURES.mkdir(exist_ok=True)
    with served() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, color_scheme="light")
        for name, path in PAGES.items():
            page.goto(address + path)
            page.screenshot(path=PICTURES / f"{name}.png")
        browser.close()


if __name__ == "__main__":
    main()
