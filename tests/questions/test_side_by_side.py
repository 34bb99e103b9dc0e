"""Stored questions put side by side: what their headers say, and what comes of it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from masagraph.assessment.names import find_area, list_areas
from masagraph.errors import DataError
from masagraph.questions.catalogue import Question, list_questions, read_question
from masagraph.questions.side_by_side import SideBySide, in_one_order, side_by_side
from masagraph.resources import find_resources
from masagraph.store.opened import Opened

LAID_OUT = [question for question in list_questions(find_resources()) if question.layout]

HEADER = """#+ title: A title
#+ question: What is asked?
#+ audience: analyst
#+ theme: Scrutiny
#+ side by side: Things; rows kind, size; cells name; facts total
#+ param area: iri masa:SafeguardingArea, optional, example sefton
#+ param as_at: date, default the data's date
SELECT $area $as_at ?area_name ?kind ?size ?name ?total { ?s ?p ?kind }
"""


def read(folder: Path, text: str) -> Question:
    path = folder / "example.rq"
    path.write_text(text, encoding="utf-8")
    return read_question(path)


def test_a_layout_is_read(tmp_path: Path) -> None:
    layout = read(tmp_path, HEADER).layout
    assert layout is not None
    assert (layout.title, layout.slug) == ("Things", "things")
    assert (layout.rows, layout.cells, layout.facts) == (("kind", "size"), ("name",), ("total",))


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("rows kind, size", "rows kind, colour", 'the query has no column "colour"'),
        ("facts total", "facts sum", 'the query has no column "sum"'),
        ("cells name", "columns name", '"columns name" is not understood'),
        ("cells name", "cells", '"cells" is not understood'),
        ("facts total", "cells total", '"cells total" is not understood'),
        ("; rows kind, size; cells name; facts total", "", "its cells, are not given"),
        ("Things; ", "; ", "what is compared"),
        ("cells name; ", "", "rows are given without cells"),
        ("?area_name ", "", 'no column "area_name"'),
        ("SELECT $area ", "SELECT ", 'no column "area"'),
        (", optional,", ",", 'needs the parameter "area"'),
        ("param as_at: date, default the data's date", "param as_at: date",
         'needs the parameter "as_at"'),
        ("{ ?s", "{{ ?s", "the query cannot be parsed"),
        ("SELECT $area $as_at ?area_name ?kind ?size ?name ?total", "ASK", "is not a SELECT"),
    ],
)  # fmt: skip
def test_a_layout_that_cannot_be_is_named(tmp_path: Path, old: str, new: str, message: str) -> None:
    """With the file and the line, so that who adds a comparison sees where it is wrong."""
    assert old in HEADER
    with pytest.raises(DataError, match=message) as caught:
        read(tmp_path, HEADER.replace(old, new, 1))
    assert f"example.rq:{HEADER[: HEADER.index('#+ side')].count(chr(10)) + 1}: " in str(
        caught.value
    )


def test_no_two_comparisons_have_one_name() -> None:
    slugs = [question.layout.slug for question in LAID_OUT if question.layout]
    assert len(slugs) == len(set(slugs))
    assert {"seats", "chair", "scrutiny", "education", "funding", "documents", "boards"} <= set(
        slugs
    )
    assert "duties" not in slugs


def test_what_only_a_later_area_has_stands_where_it_stands_there() -> None:
    merged = in_one_order([[("a",), ("d",)], [("a",), ("b",), ("d",)], [("0",), ("a",)]])
    assert merged == [("0",), ("a",), ("b",), ("d",)]
    assert in_one_order([[("a",), ("b",)], [("b",), ("a",)]]) == [("a",), ("b",)]
    assert in_one_order([]) == []


def compared(opened: Opened, name: str, *slugs: str, as_at: str = "2026-11-22") -> SideBySide:
    (question,) = [q for q in LAID_OUT if q.layout and q.layout.slug == name]
    areas = list_areas(opened.store)
    wanted = [find_area(areas, slug) for slug in slugs]
    return side_by_side(opened, question, wanted, date.fromisoformat(as_at))


def said(line_cell: object) -> list[str]:
    return [item.said[0][1] for item in line_cell]  # type: ignore[attr-defined]


def test_seats_side_by_side(opened: Opened) -> None:
    found = compared(opened, "seats", "sefton", "warwickshire", "west-sussex")
    by_head = {line.head: [said(cell) for cell in line.cells] for line in found.lines}
    lead, delegate = "lead safeguarding partner", "delegated safeguarding partner"
    assert by_head["police", lead] == [["Chief Officer"], ["Chief Constable"], []]
    assert by_head["education", delegate] == [[], ["Director of Education"], []]
    assert list(by_head)[:3] == [
        ("local authority", lead), ("local authority", delegate), ("health", lead),
    ]  # fmt: skip
    assert [line.found for line in found.lines] == [2, 2, 2, 2, 2, 2, 1, 1]
    assert all(line.differs for line in found.lines)


def test_one_area_says_the_same_as_among_others(opened: Opened) -> None:
    """With one area the question is asked of that area alone."""
    alone = compared(opened, "education", "warwickshire")
    among = compared(opened, "education", "sefton", "warwickshire")
    cells = {line.head: line.cells[1] for line in among.lines if line.cells[1]}
    assert {line.head: line.cells[0] for line in alone.lines} == cells
    assert not any(line.differs for line in alone.lines)


def test_facts_are_rows_of_their_own_also_where_nothing_is_said(opened: Opened) -> None:
    found = compared(opened, "funding", "warwickshire", "sefton")
    by_head = {line.head: [said(cell) for cell in line.cells] for line in found.lines}
    assert by_head["total income",] == [[], ["230,000"]]
    assert by_head["income approximate",] == [[], ["yes"]]
    assert by_head["cash", "police"] == [[], ["Merseyside Police"]]
    assert len(by_head["cash", "another payer"][1]) == 2


def test_cells_without_rows_are_one_row(opened: Opened) -> None:
    (line,) = compared(opened, "chair", "sefton", "west-sussex").lines
    assert line.head == ("Chair",)
    assert [len(cell) for cell in line.cells] == [1, 0]
    assert line.cells[0][0].document == "sefton-arrangements-2021"


def test_nothing_is_said_before_any_document(opened: Opened) -> None:
    assert compared(opened, "seats", "sefton", "kent", as_at="2019-01-01").lines == ()
    facts = compared(opened, "scrutiny", "sefton", as_at="2019-01-01").lines
    assert facts
    assert all(line.found == 0 for line in facts)


def test_what_differs_only_in_its_document_does_not_differ(opened: Opened) -> None:
    """Three areas share one page, so they say the same."""
    found = compared(opened, "documents", "east-sussex", "west-sussex")
    assert found.lines
    assert not any(line.differs for line in found.lines)
