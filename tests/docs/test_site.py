"""The documentation site: made without a warning, whole, and read without a network."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from urllib.parse import unquote, urlsplit

import pytest
from filelock import FileLock

from _site import DOCS, SHOWN, for_site

ROOT = Path(__file__).parents[2]
FETCHED = {"script": "src", "img": "src", "iframe": "src", "source": "src", "link": "href"}
"""Where a page names what a browser fetches by itself."""


def developer_commands() -> ModuleType:
    """The script dev.py, as a module."""
    spec = spec_from_file_location("dev", ROOT / "dev.py")
    assert spec
    assert spec.loader
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def made(shared_folder: Path) -> Path:
    """The site, made once for all workers by the command of ``dev.py docs``."""
    folder = shared_folder / "documentation-site"
    with FileLock(shared_folder / "documentation-site.lock"):
        if not (folder / "index.html").is_file():
            command = developer_commands().make_site(folder)
            assert "--fail-on-warning" in command
            done = subprocess.run(
                [sys.executable, *command[1:]],
                cwd=ROOT,
                capture_output=True,
                text=True,
                check=False,
            )
            assert done.returncode == 0, done.stderr
    return folder


class Page(HTMLParser):
    """What a page links to, what it fetches, and its anchors."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.links: list[str] = []
        self.fetched: list[str] = []
        self.anchors: set[str] = set()
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.anchors.add(given.get("id", ""))
        if FETCHED.get(tag) in given:
            self.fetched.append(given[FETCHED[tag]])
        elif tag == "a" and "href" in given:
            self.links.append(given["href"])


@cache
def page(path: Path) -> Page:
    return Page(path)


def pages(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.html"))


def test_every_page_of_the_docs_is_a_page_of_the_site(made: Path) -> None:
    wanted = {path.relative_to(DOCS).with_suffix("") for path in DOCS.rglob("*.md")}
    there = {path.relative_to(made).with_suffix("") for path in pages(made)}
    assert len(wanted) > 50
    assert wanted <= there


def test_no_table_is_torn(made: Path) -> None:
    """A row after an empty line is shown as text, and Sphinx does not mind."""
    torn = [
        path.name
        for path in pages(made)
        if re.search(r"<p>\s*\|", path.read_text(encoding="utf-8"))
    ]
    assert torn == []


def test_nothing_is_fetched_from_another_host(made: Path) -> None:
    fetched = {address for path in pages(made) for address in page(path).fetched}
    assert fetched
    assert [each for each in fetched if urlsplit(each).netloc or urlsplit(each).scheme] == []
    for style in made.rglob("*.css"):
        text = style.read_text(encoding="utf-8")
        assert not re.search(r"@import|url\(\s*[\"']?(?:https?:)?//", text), style.name


def test_every_link_leads_somewhere(made: Path) -> None:
    broken = [f"{path.relative_to(made)}: {to}" for path in pages(made) for to in dead(path)]
    assert broken == []


def dead(path: Path) -> Iterator[str]:
    """Give the links of a page that lead to no file, or to no place in one."""
    for to in (*page(path).links, *page(path).fetched):
        parts = urlsplit(to)
        if parts.scheme or parts.netloc:
            continue
        file = (path.parent / unquote(parts.path)).resolve() if parts.path else path
        if not file.is_file() or (
            parts.fragment
            and file.suffix == ".html"
            and unquote(parts.fragment) not in page(file).anchors
        ):
            yield to


def test_the_menu_is_that_of_the_first_page(made: Path) -> None:
    first = (made / "index.html").read_text(encoding="utf-8")
    menu = re.search(r'<div class="sidebar-tree">(.*?)</div>', first, re.S)
    assert menu
    captions = re.findall(r'class="caption-text">([^<]+)<', menu[1])
    assert captions == ["Tutorials", "How to", "Reference", "Explanations", "How it is made"]
    assert ">Take a pack into the room<" in menu[1]
    text = (DOCS / "index.md").read_text(encoding="utf-8")
    assert len(re.findall(r"^- \[", text, re.M)) == menu[1].count("toctree-l1")


@pytest.mark.parametrize(("name", "shown"), SHOWN.items())
def test_pages_of_the_top_are_shown_in_place(made: Path, name: str, shown: str) -> None:
    words = (ROOT / shown).read_text(encoding="utf-8")
    heading = re.findall(r"^## (.+)$", words, re.M)[-1]
    assert heading in (made / name).with_suffix(".html").read_text(encoding="utf-8")


# How links are led anew


def read(text: str, page: str = "method.md") -> str:
    return for_site(DOCS / page, text)


def test_a_page_of_the_top_is_the_page_that_shows_it() -> None:
    assert read("[x](../SECURITY.md#reporting)") == "[x](security.md#reporting)"
    assert read("[x](../../SECURITY.md)", "ontology/guidance.md") == "[x](../security.md)"


def test_a_folder_is_its_first_page_or_plain_text() -> None:
    assert read("[the shapes](../shapes/duties) and [all](ontology)") == (
        "the shapes and [all](ontology/README.md)"
    )


def test_a_file_elsewhere_can_be_had_and_a_page_elsewhere_is_plain_text() -> None:
    kept = "[`x`](../queries/words.ttl)"
    assert read(kept) == kept
    assert read("[told](../benchmarks/README.md)") == "told"


def test_code_is_left_as_it_is() -> None:
    block = "```text\n[x](../nothing.md)\n```\n"
    assert read(block) == block


def test_a_link_to_nothing_is_named() -> None:
    with pytest.raises(FileNotFoundError, match=r"method\.md: the link to \.\./nothing\.md"):
        read("[x](../nothing.md)")
