"""Every table of every page can be taken away, as CSV and as a workbook, and holds its rows."""

from __future__ import annotations

import csv
import io
from collections import Counter
from typing import TYPE_CHECKING

import openpyxl
import pytest
from addresses import ANSWERED
from fastapi.testclient import TestClient
from pages import PAGES

from masagraph.report.workbook import MEDIA_TYPE

if TYPE_CHECKING:
    from tests.web.conftest import Element, Get, Page

WITHOUT = {"prefixes"}
"""Tables of no data: what one may type."""
NOTHING = {"No employer told"}
"""What a page says where a file has an empty cell."""

OTHERS = (
    "/areas/sefton?as_at=2022-01-01",
    "/compare?area=sefton&topic=funding",
    "/compare?what=education&area=sefton&area=warwickshire",
    "/compare?from=wt2018&to=wt2023",
    "/questions/outcomes-by-area?edition=wt2018",
    "/questions/documents-and-editions",
    "/bodies/sefton/safeguarding-forum",
    *(path for route, path in ANSWERED.items() if route.startswith(("/void", "/data/{"))),
)
TABLED = tuple(dict.fromkeys((*PAGES, *OTHERS)))


def tables(page: Page) -> list[Element]:
    return [t for t in page.root.all("table") if t.one("caption").attributes["id"] not in WITHOUT]


def links_of(page: Page, table: Element) -> dict[str, str]:
    """The addresses under a table, by what stands first in their text."""
    name = table.one("caption").attributes["id"]
    if page.root.all("section", **{"aria-labelledby": "data"}) and name == "rows":
        # The answer to a query of one's own has its files at the end of the page.
        section = page.root.one("section", **{"aria-labelledby": "data"})
        found = {link.text.split()[0]: link.attributes["href"] for link in section.all("a")}
        if {"CSV", "Excel"} <= set(found) and not page.root.all("span", **{"data-of": name}):
            return found
    line = page.root.one("span", **{"data-of": name})
    return {link.text.split()[0]: link.attributes["href"] for link in line.all("a")}


def heads_of(table: Element) -> list[str]:
    """What the rows are called: the first piece of text of each head of a row."""
    foot = {id(head) for head in _foot(table)}
    heads = [head for head in table.all("th", scope="row") if id(head) not in foot]
    return [next((text.strip() for text in _texts(head)), "") for head in heads]


def _foot(table: Element) -> list[Element]:
    return [head for foot in table.all("tfoot") for head in foot.all("th")]


def _texts(head: Element) -> list[str]:
    """Texts of a head, without signs, strengths and remarks."""
    found: list[str] = []
    for child in head.children:
        if isinstance(child, str):
            found.append(child)
        elif not {"mark", "modality", "where", "hidden"} & set(
            child.attributes.get("class", "").split()
        ):
            found += _texts(child)
    return [" ".join(text.split()) for text in found if text.strip()]


def rows_of_csv(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode(), newline="")))


def cells_of_workbook(content: bytes) -> Counter[str]:
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True)
    return Counter(
        " ".join(str(value).split())
        for sheet in book.worksheets[1:]
        for row in sheet.iter_rows(values_only=True)
        for value in row
        if value is not None
    )


@pytest.mark.parametrize("url", TABLED)
def test_every_table_downloads_and_holds_its_rows(get: Get, client: TestClient, url: str) -> None:
    page = get(url)
    assert page.status == 200
    for table in tables(page):
        links = links_of(page, table)
        plain = client.get(links["CSV"], headers={"Accept": "text/html"})
        book = client.get(links["Excel"], headers={"Accept": "text/html"})
        assert plain.status_code == book.status_code == 200, (links, plain.text[:200])
        assert plain.headers["content-type"] == "text/csv; charset=utf-8"
        assert book.headers["content-type"] == MEDIA_TYPE
        rows = rows_of_csv(plain.content)
        assert len(rows) > 1, links
        in_csv = Counter(" ".join(cell.split()) for row in rows for cell in row)
        in_book = cells_of_workbook(book.content)
        for head in set(heads_of(table)) - NOTHING:
            assert _holds(in_csv, head), (links["CSV"], head)
            assert _holds(in_book, head), (links["Excel"], head)


def _holds(cells: Counter[str], head: str) -> bool:
    """Whether cells have what a row is called, which may be of several columns."""
    folded = [cell.casefold() for cell in cells]
    return all(any(piece in cell for cell in folded) for piece in head.casefold().split(", "))
