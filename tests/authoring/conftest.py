"""Workbooks that tests fill and break."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from io import BytesIO

import openpyxl
import pytest

from masagraph.assessment.names import Area, find_area
from masagraph.authoring.imported import FaultyWorkbook, Imported, import_workbook
from masagraph.authoring.template import Filled, make_template
from masagraph.authoring.written import HEAD_ROW, write_template
from masagraph.dataset.assemble import Assembled
from masagraph.dataset.files import RdfFile, read_folder
from masagraph.resources import Resources
from masagraph.store.embedded import EmbeddedStore

HEADS = HEAD_ROW + 1
"""The number of the row of headings, as a spreadsheet counts."""

DOCUMENT = {
    "Short name": "kent-page-2025",
    "Title": "How we work together",
    "Kind": "council page",
    "Counts from": date(2025, 3, 1),
    "The date is": "captured",
    "Says it follows": "wt2023",
    "Read": "whole text",
    "Fingerprint of the text": "0" * 64,
}
POST = {
    "Short name": "chief-constable",
    "Document": "kent-page-2025",
    "Name of the post": "Chief Constable",
    "Organisation": "Kent Police",
    "Place": "head of the organisation",
}
STATEMENT = {
    "Duty": "wt2023-pub-custody-residential",
    "Document": "kent-page-2025",
    "Section": "Homes",
    "Phrase": "Each home in Kent is visited by the board every year",
    "Standing": "local arrangement",
    "Answers it": "wholly",
    "Decision": "accept",
}


class Book:
    """A workbook, as somebody fills it in a spreadsheet program."""

    def __init__(self, data: bytes) -> None:
        self.book = openpyxl.load_workbook(BytesIO(data))

    def heads(self, sheet: str) -> dict[str, int]:
        row = self.book[sheet][HEADS]
        return {str(cell.value): cell.column for cell in row if cell.value}

    def put(self, sheet: str, cells: Mapping[str, object], at: str = "") -> int:
        """Fill the row that has ``at`` in one of its cells, else the first empty one."""
        heads, page = self.heads(sheet), self.book[sheet]
        row = HEADS + 1
        while True:
            there = [page.cell(row, column).value for column in heads.values()]
            if at in there if at else not any(there):
                break
            row += 1
            assert row < 10_000, f"no row of {sheet} has {at}"
        for head, value in cells.items():
            page.cell(row, heads[head]).value = value
        return row

    def data(self) -> bytes:
        out = BytesIO()
        self.book.save(out)
        return out.getvalue()


@pytest.fixture(scope="session")
def data_files(resources: Resources) -> list[RdfFile]:
    """The files of the shipped data."""
    return read_folder(resources.folder("data"), "data")


@pytest.fixture(scope="session")
def make(
    store: EmbeddedStore,
    areas: list[Area],
    assembled: Assembled,
    data_files: list[RdfFile],
    resources: Resources,
) -> Callable[..., Filled]:
    """Make a workbook for some areas of the shipped data."""

    def made(*slugs: str, filled: bool = False, edition: str | None = None) -> Filled:
        wanted = [find_area(areas, slug) for slug in slugs]
        return make_template(
            store, data_files, wanted, edition, assembled.data_date, filled, resources
        )

    return made


@pytest.fixture(scope="session")
def kent(make: Callable[..., Filled]) -> bytes:
    """A new workbook for an area of which nothing is held."""
    return write_template(make("kent"))


@pytest.fixture
def book(kent: bytes) -> Book:
    """A new workbook, opened to be filled."""
    return Book(kent)


@pytest.fixture
def begun(book: Book) -> Book:
    """A workbook with one document, one post and one statement."""
    book.put("Documents", DOCUMENT)
    book.put("Posts", POST)
    book.put("Statements", STATEMENT, at=STATEMENT["Duty"])
    return book


@pytest.fixture
def take_in(store: EmbeddedStore, resources: Resources) -> Callable[[Book], Imported]:
    """Read a workbook as an import does."""

    def taken(book: Book) -> Imported:
        return import_workbook(book.data(), "kent.xlsx", store, resources)

    return taken


@pytest.fixture
def faults(take_in: Callable[[Book], Imported]) -> Callable[[Book], list[str]]:
    """Read a workbook that cannot be taken, and return the lines that tell why."""

    def told(book: Book) -> list[str]:
        with pytest.raises(FaultyWorkbook) as caught:
            take_in(book)
        return [fault.line() for fault in caught.value.faults]

    return told
