"""Workbooks of one list each: areas, duties, outcomes, a question's answer, rows of a query."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import pyoxigraph as ox

from masagraph.assessment.across_editions import AcrossEditions, ChangedOutcome
from masagraph.assessment.findings import Finding
from masagraph.questions.answers import Answered
from masagraph.report.comparison import carried_words
from masagraph.report.listing import Listing
from masagraph.report.workbook import (
    Cell,
    Column,
    Link,
    Made,
    Part,
    Sheet,
    Workbook,
    write_workbook,
)
from masagraph.report.workbook_areas import documents_sheet
from masagraph.report.workbook_words import STRENGTHS, Place, about, as_at, meanings, scope
from masagraph.store.opened import Opened
from masagraph.store.protocol import Term

NARROWEST, WIDEST = 8, 60
"""Characters of a column whose width is that of what stands in it."""

LOOKED_AT = 500
"""Rows that are looked at for the width of a column."""


def list_workbook(
    opened: Opened,
    place: Place,
    listing: Listing,
    name: str,
    what: str,
    facts: Sequence[tuple[str, Cell]] = (),
    cut: bool = False,
) -> Made:
    """Return a list as a workbook of two sheets: what it is, and its rows.

    Args:
        opened: the store.
        place: where the service answers.
        listing: the list.
        name: on the tab of its sheet.
        what: what it is, in a few words.
        facts: what else there is to know of it, each with a name.
        cut: whether rows were left out because of a limit.
    """
    sheet = _sheet(listing.columns, _rows(listing, place), name, what, cut)
    return _book(opened, place, [sheet], what, facts)


def lists_workbook(
    opened: Opened,
    place: Place,
    tables: Iterable[tuple[str, str, Listing]],
    what: str,
    facts: Sequence[tuple[str, Cell]] = (),
) -> Made:
    """Return several lists as a workbook.

    Args:
        opened: the store.
        place: where the service answers.
        tables: of each list the name on its tab, what it is, and the list.
        what: what they are together, in a few words.
        facts: what else there is to know, each with a name.
    """
    sheets = [
        _sheet(listing.columns, _rows(listing, place), name, said) for name, said, listing in tables
    ]
    return _book(opened, place, sheets, what, facts)


def _rows(listing: Listing, place: Place) -> list[list[Cell]]:
    return [[_text_cell(text, place) for text in row] for row in listing.rows]


def answer_workbook(opened: Opened, place: Place, answered: Answered) -> Made:
    """Return the answer to a stored question as a workbook: numbers and dates as such."""
    question = answered.question
    asked = "; ".join(
        f"{name.replace('_', ' ')}: {value}" for name, value in answered.parameters.items()
    )
    facts = [("Question", question.question), ("Asked", asked), ("To know", question.note)]
    rows = [[term_cell(term, place) for term in row] for row in answered.rows]
    sheet = _sheet(answered.columns, rows, "Rows", question.title, answered.truncated)
    heads = [column.head for column in sheet.columns]
    abouts = [column.about for column in answered.described]
    held = Part("What the columns hold", list(zip(heads, abouts, strict=False)))
    return _book(opened, place, [sheet], question.title, facts, [held])


def rows_workbook(
    opened: Opened,
    place: Place,
    query: str,
    columns: Sequence[str],
    rows: Iterable[Sequence[Term | None]],
    cut: bool,
) -> Made:
    """Return the rows of any query as a workbook, with the query.

    Args:
        opened: the store.
        place: where the service answers.
        query: its text.
        columns: the names of its variables.
        rows: what was found.
        cut: whether rows were left out because of a limit.
    """
    cells = [[term_cell(term, place) for term in row] for row in rows]
    sheet = _sheet(columns, cells, "Rows", "Rows of a query", cut)
    return _book(opened, place, [sheet], "rows of a query", [("Query", query)])


def changes_workbook(opened: Opened, place: Place, across: Sequence[AcrossEditions]) -> Made:
    """Return what a change of edition alters, one row an area and change, as a workbook."""
    held = [each for each in across if each.after.documents]
    first = across[0]
    pair = f"{first.before.edition} to {first.after.edition}"
    facts: list[tuple[str, Cell]] = [
        ("What", "What a change of edition alters in what is shown of areas"),
        ("Change of edition", pair),
        ("About the edition", first.after.remark or None),
        as_at(first.after.as_at),
        *scope(opened, [e.after for e in held], [e.area.label for e in across if e not in held]),
        *(("Altered", _altered(each)) for each in held),
    ]
    outcomes = {
        side.outcome for e in held for o in e.outcomes for side in (o.before, o.after) if side
    }
    cited = f"change of edition from {pair}, as at {first.after.as_at.isoformat()}"
    what, *rest = about(opened, place, [(name, cell) for name, cell in facts if cell], cited)
    return write_workbook(
        Workbook(
            f"masagraph: {cited}",
            opened.data_date,
            [what, rest[0], STRENGTHS, meanings(opened, outcomes), *rest[1:]],
            [
                _changes_sheet(held, place),
                documents_sheet([(each.area, each.after.documents) for each in held], place),
            ],
        )
    )


def _altered(each: AcrossEditions) -> str:
    altered = sum(outcome.altered for outcome in each.outcomes)
    return f"{each.area.label}: {altered} of {len(each.outcomes)} changes alter what is shown"


def _changes_sheet(across: Iterable[AcrossEditions], place: Place) -> Sheet:
    columns = (
        Column("Area", 18), Column("GSS code", 12), Column("As at", 11), Column("Change", 16),
        Column("Strength", 9), Column("Older duty", 40), Column("Outcome before", 22),
        Column("Newer duty", 40), Column("Outcome after", 22), Column("Altered", 8),
        Column("Words", 26), Column("Phrases behind both", 9), Column("Why", 60),
        Column("Older duty id", 26), Column("Newer duty id", 26),
    )  # fmt: skip
    rows = [_change(each, outcome, place) for each in across for outcome in each.outcomes]
    return Sheet(
        "Changes",
        "One row for each area and change. The area may not have changed at all: the duty did.",
        columns,
        rows,
    )


def _change(each: AcrossEditions, outcome: ChangedOutcome, place: Place) -> tuple[Cell, ...]:
    change, day = outcome.change, each.after.as_at
    either = outcome.after or outcome.before
    both = outcome.before and outcome.after and change.carries
    return (
        place.page(each.area.label, f"/areas/{each.area.slug}?as_at={day.isoformat()}"),
        each.area.gss,
        day,
        change.label,
        either.modality.lower() if either else None,
        *_side(outcome.before),
        *_side(outcome.after),
        outcome.altered,
        carried_words(outcome) if both else None,
        outcome.carried,
        change.why,
        *(
            place.page(duty, f"/duties/{duty}?as_at={day.isoformat()}") if duty else None
            for duty in (change.older, change.newer)
        ),
    )


def _side(finding: Finding | None) -> tuple[str, str]:
    return (finding.label, finding.outcome_label) if finding else ("", "no such duty")


def terms_sheet(
    names: Sequence[str], rows: Sequence[Sequence[Cell]], name: str, what: str
) -> Sheet:
    """Return a sheet whose columns are as wide as what stands in them.

    Args:
        names: the names of the columns.
        rows: the cells.
        name: on the tab.
        what: what it is, in a few words.
    """
    return _sheet(names, rows, name, what)


def _sheet(
    names: Sequence[str], rows: Sequence[Sequence[Cell]], name: str, what: str, cut: bool = False
) -> Sheet:
    columns = tuple(
        Column(_capital(each.replace("_", " ")), _width(each, number, rows))
        for number, each in enumerate(names)
    )
    if not columns:  # a sheet has a column at least, and a query may ask for none
        columns, rows = (Column("Nothing asked for", 20),), [["a row"] for _ in rows]
    return Sheet(name, f"{_capital(what)}.", columns, rows, left_out=cut)


def _book(
    opened: Opened,
    place: Place,
    sheets: Sequence[Sheet],
    what: str,
    facts: Iterable[tuple[str, Cell]],
    more: Sequence[Part] = (),
) -> Made:
    told = [("What", _capital(what)), *((head, cell) for head, cell in facts if cell)]
    what_is, *rest = about(opened, place, told, what)
    return write_workbook(
        Workbook(f"masagraph: {what}", opened.data_date, [what_is, *more, *rest], sheets)
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _width(name: str, column: int, rows: Sequence[Sequence[Cell]]) -> int:
    """Return the width of a column: that of its longest cell, within reason."""
    texts = (_text(row[column]) for row in rows[:LOOKED_AT])
    longest = max((len(line) for text in texts for line in text.splitlines()), default=0)
    return min(max(len(name) + 4, longest + 2, NARROWEST), WIDEST)


def _text(cell: Cell) -> str:
    return cell.text if isinstance(cell, Link) else str(cell or "")


DIGITS = 15
"""Digits of a number that a spreadsheet keeps."""
_WHOLE = re.compile(rf"[+-]?\d{{1,{DIGITS}}}", re.ASCII)

_TRUTHS: Mapping[str, bool] = {"true": True, "false": False}


def _text_cell(text: str, place: Place) -> Cell:
    if text.startswith(("https://", "http://")):
        return place.name(text)
    return _TRUTHS.get(text, text)


def term_cell(term: Term | None, place: Place) -> Cell:
    """Return a term as a cell: numbers, dates and truths as such, names as links."""
    if isinstance(term, ox.NamedNode):
        return place.name(term.value)
    if not isinstance(term, ox.Literal):
        return None if term is None else str(term)
    return _VALUES.get(term.datatype.value.rpartition("#")[2], _as_it_is)(term.value)


def _as_it_is(text: str) -> Cell:
    return text


def _whole(text: str) -> Cell:
    return int(text) if _WHOLE.fullmatch(text) else text


def _decimal(text: str) -> Cell:
    """Return what a spreadsheet can hold whole; a number of more digits stays a text."""
    return _double(text) if sum(mark.isdigit() for mark in text) <= DIGITS else text


def _double(text: str) -> Cell:
    try:
        return float(text)
    except ValueError:
        return text


def _day(text: str) -> Cell:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return text


_VALUES = {
    "boolean": lambda text: _TRUTHS.get(text, text),
    "integer": _whole,
    "decimal": _decimal,
    "double": _double,
    "date": _day,
}
