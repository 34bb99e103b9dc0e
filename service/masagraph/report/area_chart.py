"""The chart of an area, from all that it is made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pyoxigraph as ox

from masagraph.assessment.accountability import Accountability, accountability_of
from masagraph.assessment.appointments import Named
from masagraph.assessment.names import Area, find_area, list_areas, lookup, parse_date
from masagraph.assessment.sectors import sectors_of
from masagraph.questions.area_overview import AreaOverview, rows_of
from masagraph.report.chart import Chart, chart_of
from masagraph.store.opened import Opened
from masagraph.store.protocol import Store, text_of

_PARTNERS = "statutory-partners"


@dataclass(frozen=True, slots=True)
class AreaChart:
    """A chart, the date that it shows, and how many documents were in view on that date."""

    chart: Chart
    as_at: date
    documents: int


def read_chart(opened: Opened, name: str, as_at: str) -> AreaChart:
    """Return the chart of an area.

    Args:
        opened: the open store.
        name: the area's short name or GSS code.
        as_at: the date as typed; empty for the data's date.

    Raises:
        UnknownName: for an area that is not held.
        BadValue: for a date that is none.
    """
    area = find_area(list_areas(opened.store), name)
    day = parse_date(as_at) if as_at else opened.data_date
    found = accountability_of(opened.store, area, day, opened.data_version)
    chart = chart_with(opened.store, found, partners_of(opened, area, day))
    return AreaChart(chart, day, len(found.documents))


def partners_of(opened: Opened, area: Area, as_at: date) -> dict[str, list[str]]:
    """Return the organisations of an area that the register knows, by partner."""
    found: dict[str, list[str]] = {}
    for row in rows_of(opened, _PARTNERS, area, as_at):
        if row["known_from"]:
            found.setdefault(row["partner"], []).append(row["organisation"])
    return found


def chart_with(store: Store, found: Accountability, partners: Mapping[str, Sequence[str]]) -> Chart:
    """Return the chart of an area of which lines and partners are read already."""
    rows = lookup(store, "partnerships-of-area", area=ox.NamedNode(found.area.iri))
    named = Named(text_of(rows[0]["partnership"]), text_of(rows[0]["name"])) if rows else None
    return chart_of(found, sectors_of(store, found.area), partners, named)


def chart_from(opened: Opened, found: Accountability, overview: AreaOverview) -> Chart:
    """Return the chart of an area of which all else is read already."""
    held = overview.partnership
    return chart_of(
        found,
        sectors_of(opened.store, found.area),
        {
            partner: [row["organisation"] for row in rows if row["known_from"]]
            for partner, rows in by_partner(overview).items()
        },
        Named(held["iri"], held["name"]) if held else None,
    )


def by_partner(overview: AreaOverview) -> dict[str, list[dict[str, Any]]]:
    """Return the organisations of an area by the partner for which they stand."""
    found: dict[str, list[dict[str, Any]]] = {}
    for row in overview.partners:
        found.setdefault(row["partner"], []).append(row)
    return found
