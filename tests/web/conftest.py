"""Pages, read as a browser reads them: parsed, entities undone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from masagraph.settings import Settings
from masagraph.store.workers.live import Live
from masagraph.web.app import create_app

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}


@dataclass
class Element:
    """An element of a page."""

    tag: str
    attributes: dict[str, str]
    children: list[Element | str] = field(default_factory=list)

    def walk(self) -> Iterator[Element]:
        """Yield this element and all within it, in the order of the page."""
        waiting: list[Element] = [self]
        while waiting:
            element = waiting.pop()
            yield element
            waiting += [each for each in reversed(element.children) if isinstance(each, Element)]

    def all(self, tag: str, **attributes: str) -> list[Element]:
        """Return the elements of a tag, and of attributes where some are given."""
        return [
            element
            for element in self.walk()
            if element.tag == tag
            and all(element.attributes.get(name) == value for name, value in attributes.items())
        ]

    def one(self, tag: str, **attributes: str) -> Element:
        """Return the only element of a tag and of attributes."""
        (element,) = self.all(tag, **attributes)
        return element

    def texts(self) -> Iterator[str]:
        for child in self.children:
            if isinstance(child, str):
                yield child
            else:
                yield from child.texts()

    @property
    def text(self) -> str:
        """All text within, each run of white space as one space."""
        return " ".join("".join(self.texts()).split())


class _Reader(HTMLParser):
    """Builds the tree, and fails where elements are not closed in their order."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("#root", {})
        self._open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self._open[-1].children.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop().tag == tag, f"</{tag}> closes another element"

    def handle_data(self, data: str) -> None:
        self._open[-1].children.append(data)

    def done(self) -> Element:
        self.close()
        assert self._open == [self.root], "an element is not closed"
        return self.root


@dataclass(frozen=True)
class Page:
    """A page that was answered."""

    status: int
    html: str
    root: Element


Get = Callable[..., Page]


def read(text: str, status: int = 200) -> Page:
    html = _Reader()
    html.feed(text)
    return Page(status, text, html.done())


def reader(client: TestClient) -> Get:
    def get(url: str, **query: str) -> Page:
        answer = client.get(url, params=query or None, headers={"Accept": "text/html"})
        assert answer.headers["content-type"] == "text/html; charset=utf-8", answer.text[:200]
        return read(answer.text, answer.status_code)

    return get


@pytest.fixture(scope="session")
def slow(store_folder: Path) -> Iterator[TestClient]:
    """A service that has no time for anything."""
    settings = Settings(store=store_folder, query_seconds=0.000_1)
    with TestClient(create_app(settings)) as client:
        yield client


@pytest.fixture(scope="session")
def client(store_folder: Path, live: Live) -> TestClient:
    """The service over the real store."""
    return TestClient(create_app(Settings(store=store_folder), live))


@pytest.fixture(scope="session")
def get(client: TestClient) -> Get:
    """Get a page by its address and its query: ``get("/", edition="wt2023")``."""
    return reader(client)


@pytest.fixture(scope="session")
def read_with() -> Callable[[TestClient], Get]:
    """Make a ``get`` for another service."""
    return reader


@pytest.fixture(scope="session")
def read_page() -> Callable[[str], Page]:
    """Read the text of a page that was answered to something else than GET."""
    return read
