"""What is known of an area as tables: documents, outcomes, partners, and areas that share one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal

from masagraph.questions.area_overview import NOTE, AreaOverview
from masagraph.report.listing import Listing
from masagraph.report.workbook import Cell, Made
from masagraph.report.workbook_lists import lists_workbook
from masagraph.report.workbook_words import Place, as_at
from masagraph.store.opened import Opened

Table = Literal["documents", "outcomes", "partners", "sharing"]
"""What a CSV of an area has a row for."""

_ABOUT: Mapping[Table, str] = {
    "documents": "One row for each document held; “in view” tells whether it counts on the date",
    "outcomes": "One row for each edition in force and outcome, with how many were tested",
    "partners": "One row for each partner function and organisation, by the registers",
    "sharing": "One row for each other area that shares a police force or a health board",
}


def overview_listing(found: AreaOverview, table: Table, labels: Mapping[str, str]) -> Listing:
    """Return one table of what is known of an area.

    Args:
        found: the area.
        table: which table.
        labels: what outcomes are called, by local name.
    """
    area = found.area
    head = {
        "of_area": area.slug,
        "of_gss": area.gss,
        "as_at": found.as_at.isoformat(),
        "data_version": found.data_version,
    }
    rows: Iterable[Mapping[str, Any]] = {
        "documents": found.documents,
        "partners": found.partners,
        "sharing": found.sharing,
        "outcomes": _outcomes(found, labels),
    }[table]
    return _listing([{**head, **row} for row in rows], list(head))


def _outcomes(found: AreaOverview, labels: Mapping[str, str]) -> tuple[dict[str, Any], ...]:
    return tuple(
        {
            "edition": each.edition,
            "edition_label": each.label,
            "outcome": outcome,
            "outcome_label": labels.get(outcome, outcome),
            "duties_with_it": count,
            "tested": each.tested,
            "duties": each.duties,
        }
        for each in found.editions
        for outcome, count in each.counts.items()
    )


def _listing(rows: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> Listing:
    names = tuple(dict.fromkeys((*columns, *(name for row in rows for name in row))))
    return Listing(names, tuple(tuple(_text(row.get(name)) for name in names) for row in rows))


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple):
        return "; ".join(map(str, value))
    return "" if value is None else str(value)


def overview_workbook(
    opened: Opened, place: Place, found: AreaOverview, labels: Mapping[str, str]
) -> Made:
    """Return all tables of what is known of an area as a workbook."""
    area = found.area
    facts: list[tuple[str, Cell]] = [
        ("Area", f"{area.label} ({area.gss})"),
        as_at(found.as_at),
        ("To know", NOTE),
        ("About the editions", found.remark),
    ]
    what = f"what is known of {area.label}, as at {found.as_at.isoformat()}"
    tables = [
        (table.capitalize(), about, overview_listing(found, table, labels))
        for table, about in _ABOUT.items()
    ]
    return lists_workbook(opened, place, tables, what, facts)
