"""The workbook of a release: one sheet a table, for people who work in a spreadsheet."""

from __future__ import annotations

import re
from collections.abc import Sequence

from masagraph.assessment.comparing import Tell, compare
from masagraph.assessment.matrix import Matrix
from masagraph.assessment.names import list_areas
from masagraph.errors import DataError
from masagraph.release.tables import Table, place_of
from masagraph.report.workbook import Cell, Made, Part, Sheet, Workbook, write_workbook
from masagraph.report.workbook_areas import matrix_sheet
from masagraph.report.workbook_lists import term_cell, terms_sheet
from masagraph.report.workbook_words import NOWHERE, STRENGTHS, about, as_at, meanings
from masagraph.store.opened import Opened

_SHEET = re.compile(r"([0-9]{1,4}) ([^\[\]:*?/\\]{1,31})")
"""A place and a name as a spreadsheet takes it."""


def release_workbook(opened: Opened, tables: Sequence[Table], tell: Tell) -> Made:
    """Return the workbook.

    Args:
        opened: the store.
        tables: the tables; those with a place among the sheets are in it.
        tell: told how far it is.

    Raises:
        DataError: when the place or the name of a sheet is none.
    """
    shown = sorted((t for t in tables if t.question.sheet), key=lambda t: _place(t)[0])
    found = compare(opened, [], None, opened.data_date, tell)
    sheets = [_across(found), *(_sheet(table) for table in shown)]
    known = list_areas(opened.store)
    held = sum(area.has_document for area in known)
    facts: list[tuple[str, Cell]] = [
        ("What", "What published documents show of local safeguarding arrangements for children"),
        as_at(opened.data_date),
        ("Areas", f"{held} of {len(known)} areas of England have a document that is held"),
        ("Denominators", "Shares are of the areas in which a duty was tested: the column Tested."),
        ("Codes", "GSS codes are those of the Office for National Statistics."),
        (
            "Short names",
            "They are the ends of names (IRIs), by which sheets and files fit together.",
        ),
        ("Edition of Areas and duties", found.remark or found.edition),
    ]
    outcomes = {f.outcome for made in found.assessments for f in made.findings}
    what, limits, *rest = about(opened, NOWHERE, facts, "release")
    what = Part(what.head, [line for line in what.lines if line[0] != "Base address"])
    return write_workbook(
        Workbook(
            f"masagraph: release of {opened.data_date.isoformat()}",
            opened.data_date,
            [what, limits, STRENGTHS, meanings(opened, outcomes), *rest, _columns(shown)],
            sheets,
        )
    )


def _across(found: Matrix) -> Sheet:
    """Return duties by areas, of the default edition."""
    sheet = matrix_sheet(found, NOWHERE)
    said = f"Edition {found.edition}: one row a duty, one column an area with a document in view."
    return Sheet("Areas and duties", said, sheet.columns, sheet.rows, sheet.fixed)


def _place(table: Table) -> tuple[int, str]:
    """Return where a sheet stands among the others, and its name.

    Raises:
        DataError: when one of them is not there, or the name is none for a sheet.
    """
    found = _SHEET.fullmatch(table.question.sheet)
    if found is None:
        raise DataError(
            f'"{table.question.sheet}" is not a place and a name of at most 31 letters',
            "Write: #+ sheet: 12 Notes",
            place_of(table.question, table.folder),
        )
    return int(found[1]), found[2]


def _sheet(table: Table) -> Sheet:
    rows = [[term_cell(cell, NOWHERE) for cell in row] for row in table.rows]
    heads = [column.title for column in table.columns]
    about = f"{table.question.title}. The same as {table.path}"
    return terms_sheet(heads, rows, _place(table)[1], about)


def _columns(tables: Sequence[Table]) -> Part:
    """Return what each column of the sheets holds, and the note on each sheet."""
    lines: list[tuple[Cell, ...]] = []
    for table in tables:
        name = _place(table)[1]
        lines.append((name, table.question.note))
        lines += [(f"{name}: {c.title}", c.about) for c in table.columns if c.about]
    return Part("Sheets and their columns, in full", lines)
