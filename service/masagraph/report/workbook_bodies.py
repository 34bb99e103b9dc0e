"""Workbooks of who answers to whom: of an area, and of one body."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Literal

from masagraph.assessment.accountability import Accountability
from masagraph.assessment.body_shown import BodyShown
from masagraph.assessment.lines import Line
from masagraph.report.accountable import NOTE
from masagraph.report.csvfile import to_csv
from masagraph.report.workbook import Cell, Link, Made, Sheet, Workbook, write_workbook
from masagraph.report.workbook_areas import documents_sheet
from masagraph.report.workbook_lines import bodies_of, lines_sheet, seats_sheet
from masagraph.report.workbook_words import NOWHERE, Place, about, as_at
from masagraph.store.opened import Opened

Table = Literal["lines", "seats", "bodies"]
"""What a CSV of accountability has a row for."""


def accountability_workbook(opened: Opened, place: Place, found: Accountability) -> Made:
    """Return the seats, bodies and lines of an area as a workbook."""
    return _workbook(
        opened,
        place,
        found,
        f"who answers to whom in {found.area.label}",
        [seats_sheet([found], place), lines_sheet([found], place)],
    )


def body_workbook(opened: Opened, place: Place, shown: BodyShown, lines: Sequence[Line]) -> Made:
    """Return the seats of a body, and lines, as a workbook.

    Args:
        opened: the store.
        place: where the service answers.
        shown: the body.
        lines: which lines: its own, or all on its ways up.
    """
    found = of_body(shown)
    what = f"{shown.body.name}, {found.area.label}"
    sheets = [seats_sheet([found], place), lines_sheet([found], place, only=lines)]
    return _workbook(opened, place, found, what, sheets)


def of_body(shown: BodyShown) -> Accountability:
    """Return the accountability of an area with the seats of one body only."""
    iri = shown.body.iri
    return replace(shown.within, seats=(), members={iri: shown.within.members.get(iri, ())})


def table_csv(found: Accountability, table: Table) -> str:
    """Return the seats or the bodies of an area as CSV, with the values as they are."""
    if table == "seats":
        return _csv(seats_sheet([found], NOWHERE), found.data_version)
    return _csv(bodies_of(lines_sheet([found], NOWHERE)), found.data_version)


def _csv(sheet: Sheet, data_version: str) -> str:
    heads = [column.head.lower().replace(",", "").replace(" ", "_") for column in sheet.columns]
    rows = ([*(_plain(cell) for cell in row), data_version] for row in sheet.rows)
    return to_csv([*heads, "data_version"], rows)


def _plain(cell: Cell) -> str:
    if isinstance(cell, Link):
        return cell.text
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, date):
        return cell.isoformat()
    return "" if cell is None else str(cell)


def _workbook(
    opened: Opened, place: Place, found: Accountability, what: str, sheets: Iterable[Sheet]
) -> Made:
    area = found.area
    facts: list[tuple[str, Cell]] = [
        ("What", what[:1].upper() + what[1:]),
        ("Area", f"{area.label} ({area.gss})"),
        as_at(found.as_at),
        ("Documents in view", len(found.documents)),
        ("Lines", NOTE),
    ]
    cited = f"{what}; as at {found.as_at.isoformat()}"
    return write_workbook(
        Workbook(
            f"masagraph: {cited}",
            opened.data_date,
            about(opened, place, facts, cited),
            [*sheets, documents_sheet([(area, found.documents)], place)],
        )
    )
