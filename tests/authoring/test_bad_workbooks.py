"""Files that are no workbook of ours: one clear line, exit 2, and nothing written."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from time import process_time
from typing import Any

import pytest

from masagraph.authoring.guard import MOST_BYTES
from masagraph.authoring.imported import import_workbook
from masagraph.authoring.layout import read_layout
from masagraph.cli.main import run
from masagraph.errors import DataError
from masagraph.resources import Resources, find_resources
from masagraph.store.embedded import EmbeddedStore


def rewritten(data: bytes, change: Callable[[str, bytes], bytes], **more: bytes) -> bytes:
    """A packed file with its parts changed, and further ones."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
        for name, part in more.items():
            new.writestr(name, part)
    return out.getvalue()


def bomb(data: bytes) -> bytes:
    return rewritten(data, lambda _, part: part, **{"xl/media/x.xml": b" " * 70_000_000})


def lying_bomb(data: bytes) -> bytes:
    """A part that unpacks to far more than the file says."""
    whole = bytearray(bomb(data))
    with zipfile.ZipFile(io.BytesIO(bytes(whole))) as packed:
        size = packed.getinfo("xl/media/x.xml").file_size
    said = size.to_bytes(4, "little")
    return bytes(whole).replace(said, (1000).to_bytes(4, "little"))


def long_sheet(data: bytes) -> bytes:
    cell = '<row r="{0}"><c r="A{0}" t="inlineStr"><is><t>x</t></is></c></row>'
    rows = "".join(cell.format(number) for number in range(4, 50_004)).encode()

    def change(name: str, part: bytes) -> bytes:
        return part.replace(b"</sheetData>", rows + b"</sheetData>") if LAST in name else part

    return rewritten(data, change)


LAST = f"sheet{1 + len(read_layout(find_resources()).tables)}.xml"
"""The part that holds the sheet of loose facts."""


def entities(data: bytes) -> bytes:
    def change(name: str, part: bytes) -> bytes:
        if name != "xl/workbook.xml":
            return part
        head, mark, rest = part.partition(b"?>")
        return head + mark + b'<!DOCTYPE x [<!ENTITY a "aaaa">]>' + rest

    return rewritten(data, change)


FILES: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "empty": (lambda _: b"", "the file is empty"),
    "text": (lambda _: b"Documents,Posts\n", "not an Excel workbook"),
    "locked": (lambda _: b"\xd0\xcf\x11\xe0" + bytes(600), "locked with a password"),
    "cut short": (lambda data: data[: len(data) // 2], "not an Excel workbook, or is damaged"),
    "another zip": (lambda _: rewritten_zip(), "not an Excel workbook"),
    "bomb": (bomb, "would unpack to"),
    "lying bomb": (lying_bomb, "damaged"),
    "50,000 rows": (long_sheet, "the sheet Other facts has more than 5,000 rows"),
    "entities": (entities, "declares entities"),
    "macros": (
        lambda data: rewritten(data, lambda _, part: part, **{"xl/vbaProject.bin": b"x"}),
        "has macros",
    ),
    "too large": (lambda data: data + bytes(MOST_BYTES), "at most 5,000,000 are read"),
    "many parts": (
        lambda data: rewritten(
            data, lambda _, part: part, **{f"xl/{n}.xml": b"<x/>" for n in range(500)}
        ),
        "parts, and at most",
    ),
    "broken xml": (
        lambda data: rewritten(
            data, lambda name, part: part[:-90] if "sheet5.xml" in name else part
        ),
        "cannot be read as a workbook",
    ),
}  # fmt: skip


def rewritten_zip() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("readme.txt", "hello")
    return out.getvalue()


@pytest.fixture
def refusal(store: EmbeddedStore, resources: Resources) -> Callable[[bytes], str]:
    def refused(data: bytes) -> str:
        with pytest.raises(DataError) as caught:
            import_workbook(data, "kent.xlsx", store, resources)
        assert caught.value.mend
        return caught.value.line()

    return refused


@pytest.mark.parametrize("name", FILES)
def test_files_that_are_no_workbook(
    kent: bytes, refusal: Callable[[bytes], str], name: str
) -> None:
    change, said = FILES[name]
    line = refusal(change(kent))
    assert said in line
    assert line.startswith("kent.xlsx: ")


def test_a_sheet_whose_last_row_stands_far_below_is_read_at_once(
    begun: Any, store: EmbeddedStore, resources: Resources
) -> None:
    """A spreadsheet program leaves such rows behind where a whole column was formatted."""
    last = b'<row r="1048576"><c r="A1048576"/></row></sheetData>'

    def change(name: str, part: bytes) -> bytes:
        return part.replace(b"</sheetData>", last) if "/sheet" in name else part

    before = import_workbook(begun.data(), "kent.xlsx", store, resources)
    start = process_time()
    after = import_workbook(rewritten(begun.data(), change), "kent.xlsx", store, resources)
    assert process_time() - start < 15  # with each of these rows looked at, it takes a minute
    assert [file.text for file in after.files] == [file.text for file in before.files]


def missing(book: Any) -> None:
    del book.book["Seats"]


def renamed_sheet(book: Any) -> None:
    book.book["Seats"].title = "Chairs"


def renamed_column(book: Any) -> None:
    book.book["Seats"].cell(3, book.heads("Seats")["Role"]).value = "Rolle"


def merged(book: Any) -> None:
    book.book["Posts"].merge_cells("B4:B7")


def formula(book: Any) -> None:
    book.book["Posts"]["C4"] = "=1+1"


def wrong_code(book: Any) -> None:
    change_line(book, "Areas", "kent E06000035")


def no_such_area(book: Any) -> None:
    change_line(book, "Areas", "kentshire E10000016")


def outside_folder(book: Any) -> None:
    change_line(book, "Folder", "../kent")


def other_layout(book: Any) -> None:
    change_line(book, "Layout", "99")


def no_such_edition(book: Any) -> None:
    change_line(book, "Edition", "nonsense")


def no_such_day(book: Any) -> None:
    change_line(book, "As at", "yesterday")


def no_lines(book: Any) -> None:
    change_line(book, "Areas", None)


def change_line(book: Any, name: str, text: str | None) -> None:
    for row in book.book["Read me"].iter_rows():
        if row[0].value == name:
            row[1].value = text


def two_areas(book: Any) -> None:
    book.put("Arrangements", {"Covers areas": "kent; medway"}, at="kent")


def nothing_filled(book: Any) -> None:
    for sheet in ("Arrangements", "Partnerships"):
        book.book[sheet].delete_rows(4)


BOOKS: dict[Callable[[Any], None], str] = {
    missing: "the workbook has no sheet Seats",
    renamed_sheet: "the workbook has no sheet Seats",
    renamed_column: "the sheet Seats has no column Role; it has Rolle instead",
    merged: "cells are merged at Posts!B4:B7",
    formula: "there is a formula at Posts!C4",
    wrong_code: "the code E06000035 is not that of Kent, which is E10000016",
    no_such_area: 'there is no area "kentshire"',
    outside_folder: '"../kent" is no name of a folder',
    other_layout: "the workbook has layout 99",
    no_such_edition: 'Read me: there is no edition "nonsense"',
    no_such_day: 'Read me: "yesterday" is not a date',
    no_lines: "the sheet does not say Areas",
    two_areas: "the workbook is for kent, and not for medway",
    nothing_filled: "no row of the workbook is filled",
}


@pytest.mark.parametrize("change", BOOKS, ids=lambda change: change.__name__)
def test_workbooks_that_were_changed(
    book: Any, refusal: Callable[[bytes], str], change: Callable[[Any], None]
) -> None:
    change(book)
    assert BOOKS[change] in refusal(book.data())


@pytest.mark.parametrize(
    ("name", "change"),
    [("kent.xlsx", two_areas), ("kent.xlsx", formula), ("kent.xlsm", None), ("none.xlsx", None)],
)
def test_the_command_ends_with_2_and_writes_nothing(
    book: Any,
    tmp_path: Path,
    store_folder: Path,
    capsys: pytest.CaptureFixture[str],
    name: str,
    change: Callable[[Any], None] | None,
) -> None:
    if change:
        change(book)
    file, data = tmp_path / name, tmp_path / "mydata"
    if name != "none.xlsx":
        file.write_bytes(book.data())
    with pytest.raises(SystemExit) as ended:
        run(["area", "import", str(file), "--data", str(data), "--store", str(store_folder)])
    assert ended.value.code == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert len([line for line in told.err.splitlines() if line.startswith("masagraph: ")]) == 1
    assert str(file) in told.err
    assert "Traceback" not in told.err
    assert not data.exists()
