"""How rows and files are named: nothing is lost, nothing is mistaken, nobody is named."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from time import process_time
from typing import Any

import pytest

from masagraph.authoring.cells import Words
from masagraph.authoring.folder import write_files
from masagraph.authoring.imported import Imported
from masagraph.authoring.layout import read_layout
from masagraph.authoring.names import Names
from masagraph.authoring.taken import RawRow, take
from masagraph.resources import find_resources
from masagraph.vocab import ID

DOCUMENT = {"Title": "T", "Kind": "council page", "Counts from": "2025-01-01",
            "The date is": "issued", "Read": "whole text"}  # fmt: skip
PAGE = "kent-page-2025"


def put_documents(book: Any, *names: str) -> None:
    for name in names:
        book.put("Documents", {**DOCUMENT, "Short name": name})


# Files


@pytest.mark.parametrize(
    "names",
    [
        ["page-2025"],
        ["kent-kent-page-2025", "page-2025"],
        ["PAGE-2025", "Page-2025"],
        ["kent-arrangement", "arrangement-document", "arrangement"],
        ["kent-"],
    ],
)
def test_each_document_has_a_file_of_its_own(
    begun: Any, take_in: Callable[[Any], Imported], tmp_path: Path, names: list[str]
) -> None:
    put_documents(begun, *names)
    imported = take_in(begun)
    assert len(write_files(imported.files, tmp_path, False).written) == len(names) + 2
    there = {path.name.casefold() for path in (tmp_path / "areas/kent").iterdir()}
    assert len(there) == len(names) + 2
    text = "".join(path.read_text("utf-8") for path in (tmp_path / "areas/kent").iterdir())
    assert text.count("a masa:SourceDocument") == len(names) + 1


def test_the_names_of_files_do_not_follow_the_order_of_rows(
    book: Any, take_in: Callable[[Any], Imported]
) -> None:
    put_documents(book, "kent-page", "page")
    by_document = {str(file.triples[0].subject): file.path.name for file in take_in(book).files}
    assert by_document[f"<{ID}document/page>"] == "page.ttl"
    assert by_document[f"<{ID}document/kent-page>"] == "kent-page.ttl"


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (["<https://example.org/>"], "has no end after which a file can be named"),
        (["<https://example.org/..>"], "has no end after which a file can be named"),
        ([f"other/{PAGE}"], f'"{PAGE}" is the short name of another document'),
        (["ab", "AB", "Ab"], 'no name is left for the file of "ab"'),
    ],
)
def test_a_document_whose_file_cannot_be_named(
    begun: Any, faults: Callable[[Any], list[str]], names: list[str], said: str
) -> None:
    put_documents(begun, *names)
    told = faults(begun)
    assert any(line.startswith("Documents!A") and said in line for line in told), told


def test_a_document_that_stands_twice_is_told_once(
    begun: Any, faults: Callable[[Any], list[str]]
) -> None:
    put_documents(begun, PAGE)
    (told,) = faults(begun)
    assert told.startswith(f'Documents!A5: "{PAGE}" is the short name of another row')


def test_two_files_of_one_name_are_not_written(
    begun: Any, take_in: Callable[[Any], Imported], tmp_path: Path
) -> None:
    imported = take_in(begun)
    with pytest.raises(ValueError, match="have one name"):
        write_files([*imported.files, imported.files[1]], tmp_path, False)
    assert not list(tmp_path.iterdir())


def test_many_rows_with_the_same_words_are_named_at_once() -> None:
    layout = read_layout(find_resources())
    bodies = next(table for table in layout.things if table.title == "Bodies")
    cells = {"label": "A group that has the name of another"}
    rows = [RawRow(number, cells, {"label": "C"}) for number in range(4, 3_004)]
    start = process_time()
    taken = take({bodies.kind: rows}, layout, Words(Names()), "kent")
    assert process_time() - start < 5  # with each name tried anew, it takes three times that
    names = {row.iri.rpartition("/")[2] for row in taken.rows}
    first = "a-group-that-has-the-name"
    assert names == {first, *(f"{first}-{number}" for number in range(2, 3_001))}


# Addresses


@pytest.mark.parametrize(
    ("sheet", "cells", "address"),
    [
        ("Posts", {"Short name": "<foo>", "Name of the post": "X"}, "Posts!A"),
        ("Posts", {"Short name": "<http://a/[>", "Name of the post": "X"}, "Posts!A"),
        ("Bodies", {"Name": "B", "Part of": "<http://a/[>"}, "Bodies!E"),
        ("Pointed to", {"Document": PAGE, "Name": "B", "Address": "http://[x"}, "Pointed to!D"),
        ("Other facts", {"Document": PAGE, "Thing": "<http://a/[>", "Property": "masa:holder",
                         "Value": "x", "The value is": "English text"}, "Other facts!D"),
        ("Other facts", {"Document": PAGE, "Thing": "http://[a", "Property": "masa:holder",
                         "Value": "x", "The value is": "English text"}, "Other facts!D"),
    ],
)  # fmt: skip
def test_an_address_that_is_none_is_told(
    begun: Any,
    faults: Callable[[Any], list[str]],
    sheet: str,
    cells: dict[str, object],
    address: str,
) -> None:
    begun.put(sheet, cells)
    (told,) = faults(begun)
    assert told.startswith(address)
    assert "is no web address" in told


# What is known already


@pytest.mark.parametrize(
    ("cells", "address"),
    [
        ({"Name": "Warwickshire police"}, "Organisations!C"),
        ({"Name": "Kent County Council.", "Comment": "c"}, "Organisations!C"),
        ({"Name": "Barnsley Metropolitan Borough Council", "Row tells of": "agency"},
         "Organisations!C"),
        ({"Short name": "kent-fire", "Name": "Kent Fire"}, ""),
        ({"Short name": "warwickshire-police", "Name": "Our police"}, "Organisations!A"),
        ({"Name": "Warwickshire police", "Row tells of": "one known already"}, ""),
    ],
)  # fmt: skip
def test_an_organisation_of_the_register_is_not_begun_anew(
    begun: Any,
    take_in: Callable[[Any], Imported],
    faults: Callable[[Any], list[str]],
    cells: dict[str, object],
    address: str,
) -> None:
    begun.put("Organisations", cells)
    if not address:
        assert take_in(begun).taken.counts["Organisations"] == 1
        return
    (told,) = faults(begun)
    assert told.startswith(address)
    assert "is known already" in told
    assert "Choose one known already in Row tells of" in told


# People


FORMS = read_layout(find_resources()).forms_of_address


@pytest.mark.parametrize(
    ("sheet", "cells", "address"),
    [
        *(("Posts", {"Name of the post": f"{form} Example"}, "Posts!C") for form in FORMS),
        ("Posts", {"Name of the post": "Chair", "Comment": "Chaired by Dr. Example"}, "Posts!H"),
        ("Bodies", {"Name": "B", "Comment": "write to someone@example.org"}, "Bodies!M"),
        ("Contacts", {"Document": PAGE, "Name": "N", "Telephone": "a.b@example.org"}, "Contacts!D"),
        ("Documents", {**DOCUMENT, "Address": "mailto:someone@example.org"}, "Documents!D"),
        ("Other facts", {"Thing": "body/kent/b", "Property": "rdfs:comment",
                         "Value": "Cllr Example", "The value is": "English text"}, "Other facts!D"),
    ],
)  # fmt: skip
def test_nobody_can_be_named(
    begun: Any,
    faults: Callable[[Any], list[str]],
    sheet: str,
    cells: dict[str, object],
    address: str,
) -> None:
    begun.put(sheet, cells)
    (told,) = faults(begun)
    assert told.startswith(address)
    assert "posts, not people" in told
    assert "Example" not in told
    assert "example" not in told


def test_the_words_of_a_document_are_no_exception(
    begun: Any, faults: Callable[[Any], list[str]]
) -> None:
    begun.put("Statements", {"Phrase": "It is chaired by Sir Example"}, at=PAGE)
    assert any(line.startswith("Statements!D") for line in faults(begun))


@pytest.mark.parametrize(
    "text", ["Misspelt words", "MS society", "a dr in hospital", "Drs Unit", "Addressing Dramas"]
)
def test_words_that_only_look_like_it_are_taken(
    begun: Any, take_in: Callable[[Any], Imported], text: str
) -> None:
    begun.put("Bodies", {"Name": text, "Comment": "https://media.example/@kent.board"})
    assert take_in(begun).taken.counts["Bodies"] == 1
