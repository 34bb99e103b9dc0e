"""What every page keeps, those that refuse too."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from functools import cache
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
import textstat
from fastapi.testclient import TestClient
from pages import BY_ROUTE, PAGES, REFUSED

from masagraph.settings import Settings
from masagraph.store.workers.live import Live
from masagraph.web.app import create_app
from masagraph.web.pages import page_routes

if TYPE_CHECKING:
    from tests.web.conftest import Get

EACH = [*PAGES, *REFUSED]
PLAIN = 9.0
"""The highest Flesch-Kincaid grade of a page's explanations."""


@pytest.fixture(scope="module")
def get(client: TestClient, read_with: Callable[[TestClient], Get]) -> Get:
    """Get a page by its address. Each is made once and looked at by many tests."""
    return cache(read_with(client))


def test_every_page_is_among_them() -> None:
    routes = {route.path for route in page_routes()}
    assert {path for path in routes if not path.endswith(".svg")} == set(BY_ROUTE)


@pytest.mark.parametrize("url", PAGES)
def test_it_is_answered(get: Get, url: str) -> None:
    assert get(url).status == 200


@pytest.mark.parametrize(("url", "status"), REFUSED.items())
def test_a_refusal_is_a_page_with_the_right_status(get: Get, url: str, status: int) -> None:
    page = get(url)
    assert page.status == status
    assert page.root.one("h1").text
    assert "Traceback" not in page.html
    assert len(page.root.one("main").text) > 60


@pytest.mark.parametrize("url", EACH)
def test_its_frame(get: Get, url: str) -> None:
    """Language, title, one heading of the first level, no id twice, nothing inline."""
    root = get(url).root
    assert root.one("html").attributes["lang"] == "en-GB"
    assert root.one("head").one("title").text
    assert len(root.all("h1")) == 1
    levels = [int(e.tag[1]) for e in root.walk() if re.fullmatch("h[1-6]", e.tag)]
    assert all(after <= before + 1 for before, after in pairwise(levels))
    ids = [e.attributes["id"] for e in root.walk() if "id" in e.attributes]
    assert len(ids) == len(set(ids))
    for element in root.walk():
        assert not [name for name in element.attributes if name.startswith("on")]
        assert "style" not in element.attributes
        for name in ("aria-labelledby", "aria-describedby", "for"):
            for each in element.attributes.get(name, "").split():
                assert each in ids
    assert "A gap in a document is not a gap in protection" in root.one("footer").text
    assert "2026-11-22-" in root.one("footer").text


@pytest.mark.parametrize("url", EACH)
def test_its_tables_have_captions_and_heads(get: Get, url: str) -> None:
    for table in get(url).root.all("table"):
        assert table.one("caption").text
        heads = table.all("th")
        assert heads
        assert {head.attributes.get("scope") for head in heads} <= {
            "col",
            "row",
            "rowgroup",
            "colgroup",
        }


@pytest.fixture(scope="module")
def follow(client: TestClient, shared_folder: Path) -> Callable[[str], int]:
    """Give the status of a local address; each is asked for once, by whichever worker is first."""
    folder = shared_folder / "followed"
    folder.mkdir(exist_ok=True)

    def status(target: str) -> int:
        told = folder / sha256(target.encode()).hexdigest()
        if not told.exists():
            # Moved into place when it is whole: another worker may read it at any time.
            half = folder / f"{told.name}.{os.getpid()}"
            half.write_text(str(client.get(target).status_code), encoding="ascii")
            half.replace(told)
        return int(told.read_text(encoding="ascii"))

    return status


@pytest.mark.parametrize("url", [*BY_ROUTE.values(), *REFUSED])
def test_its_links_lead_somewhere(get: Get, follow: Callable[[str], int], url: str) -> None:
    """Of each pattern of address the first few: a matrix links to hundreds of findings. Pages of
    one route have the same patterns.
    """
    root = get(url).root
    ids = {e.attributes["id"] for e in root.walk() if "id" in e.attributes}
    for href in _some(link.attributes["href"] for link in root.all("a")):
        address = urlsplit(href)
        if address.netloc or address.scheme:
            continue
        if not address.path:
            assert address.fragment in ids, href
            continue
        target = address._replace(fragment="").geturl()
        assert follow(target) == 200, href
    assert all(link.text for link in root.all("a"))


def _some(links: Iterator[str]) -> Iterator[str]:
    """Give at most two links to each page and its kind of query, and every one within it."""
    seen: dict[tuple[str, ...], int] = {}
    for link in links:
        address = urlsplit(link)
        names = re.sub(r"=[^&]*", "", address.query)
        key = (*address.path.split("/")[:2], address.path.rpartition("/")[2][:12], names)
        seen[key] = seen.get(key, 0) + 1
        if not address.path or seen[key] <= 2:
            yield link


@pytest.mark.parametrize("url", EACH)
def test_it_asks_nothing_of_another_host(get: Get, url: str) -> None:
    for element in get(url).root.walk():
        for name in ("src", "action", "data", "srcset", "poster"):
            assert not urlsplit(element.attributes.get(name, "")).netloc
        if element.tag == "link":
            assert not urlsplit(element.attributes["href"]).netloc


@pytest.mark.parametrize("url", EACH)
def test_its_explanations_are_plain(get: Get, url: str) -> None:
    """What the law says is told in its own words beside; this measures ours."""
    said = [
        e.text for e in get(url).root.walk() if "explain" in e.attributes.get("class", "").split()
    ]
    if said:
        assert textstat.flesch_kincaid_grade(" ".join(said)) <= PLAIN, said


@pytest.mark.parametrize("url", PAGES)
def test_it_is_small_as_sent(client: TestClient, url: str) -> None:
    with client.stream(
        "GET", url, headers={"Accept": "text/html", "Accept-Encoding": "gzip"}
    ) as answer:
        assert sum(map(len, answer.iter_raw())) < 200_000


@pytest.mark.parametrize("url", PAGES)
def test_it_gives_its_data(get: Get, url: str) -> None:
    """Every page of the data says where it can be had as data."""
    if url.startswith("/corrections"):  # by the links below its table
        return
    if url.startswith(("/data/", "/void")):
        assert "This as data: text/turtle" in get(url).root.one("main").text
        return
    assert get(url).root.one("section", **{"aria-labelledby": "data"}).all("a")


@pytest.mark.parametrize("url", PAGES)
def test_it_tells_how_to_cite_it(get: Get, url: str) -> None:
    """Every page; what a reader gave, a draft or a query, is cited by its text and the data."""
    main = get(url).root.one("main")
    if url.startswith(("/check", "/query?")):
        assert "To cite it: masagraph" in main.text or url == "/check"
        assert "data 2026-11-22-" in main.text
        return
    cited = main.one("p", id="cite")
    for part in ("masagraph, ", "22 November 2026, data 2026-11-22-", f"http://testserver{url}"):
        assert part in cited.text
    assert cited.one("a").attributes["href"] == "/about#sources"


def test_a_base_address_stands_before_every_local_link(store_folder: Path, live: Live) -> None:
    settings = Settings(store=store_folder, base_url="https://gaps.example")
    with TestClient(create_app(settings, live)) as client:
        for url in BY_ROUTE.values():
            html = client.get(url).text
            assert 'href="https://gaps.example/static/masagraph.css"' in html
            assert 'href="/' not in html, url
            assert 'action="/' not in html, url


def test_a_stranger_to_compression_is_sent_the_page_as_it_is(client: TestClient) -> None:
    plain = client.get("/areas/kent/gaps", headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    small = client.get("/areas/kent/gaps", headers={"Accept-Encoding": "gzip"})
    assert small.headers["content-encoding"] == "gzip"
    assert "Accept-Encoding" in small.headers["vary"]
    assert small.text == plain.text
    assert (
        "content-encoding"
        not in client.get("/api/areas", headers={"Accept-Encoding": "gzip"}).headers
    )


@pytest.mark.parametrize("path", ["/nothing", "/areas", "/data/area/nothing", "/id/area/nothing"])
def test_a_browser_is_told_in_a_page_and_a_program_in_json(client: TestClient, path: str) -> None:
    browser = client.get(path, headers={"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"})
    program = client.get(path, headers={"Accept": "*/*"})
    assert browser.status_code == program.status_code == 404
    assert browser.headers["content-type"] == "text/html; charset=utf-8"
    assert program.headers["content-type"] == "application/problem+json"
    assert "That did not work" in browser.text


@pytest.mark.parametrize("path", ["/api/nothing", "/sparql?query=nonsense"])
def test_services_for_programs_never_answer_with_a_page_of_error(
    client: TestClient, path: str
) -> None:
    answer = client.get(path, headers={"Accept": "text/html"})
    assert answer.headers["content-type"] == "application/problem+json"
