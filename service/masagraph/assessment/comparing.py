"""Areas set side by side; and what a change of edition alters, for which area and why."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from masagraph.assessment.across_editions import AcrossEditions, across_editions, edition_changes
from masagraph.assessment.findings import Assessment
from masagraph.assessment.held import assess_by_held
from masagraph.assessment.matrix import Matrix, matrix
from masagraph.assessment.names import Area, ChosenEditions, choose_editions, find_area, list_areas
from masagraph.assessment.view import documents_in_view
from masagraph.errors import BadValue
from masagraph.store.opened import Opened

Tell = Callable[[str, int, int], None]
"""Told what is being done, how many are done, and of how many."""


def in_silence(what: str, done: int, of: int) -> None:
    """Tell nobody."""


def compare(
    opened: Opened,
    areas: Sequence[str],
    edition: str | None,
    as_at: date,
    tell: Tell = in_silence,
) -> Matrix:
    """Set areas side by side against one edition.

    Args:
        opened: the open store.
        areas: short names or GSS codes; none for all areas with a document.
        edition: an edition id or ``in-force``; None for the default edition.
        as_at: the date.
        tell: told how far it is.

    Raises:
        UnknownName: for an area or an edition that is not held.
        BadValue: when no guidance was in force by the date.
    """
    chosen = choose_editions(opened.store, edition, as_at)
    return matrix(_assess_each(opened, _wanted(opened, areas), chosen, as_at, tell))


def compare_as_json(opened: Opened, found: Matrix, areas: Sequence[str]) -> dict[str, Any]:
    """Return a matrix in the form that ``compare --format json`` gives.

    Args:
        opened: the open store.
        found: the matrix.
        areas: the areas that were named; none tells of all that there are.
    """
    values = found.as_json()
    return values if areas else {**values, "areas_known": len(list_areas(opened.store))}


def compare_editions(
    opened: Opened,
    areas: Sequence[str],
    names: tuple[str, str],
    as_at: date,
    tell: Tell = in_silence,
) -> list[AcrossEditions]:
    """Tell what a change of edition alters for areas.

    Args:
        opened: the open store.
        areas: short names or GSS codes; none for all areas with a document.
        names: ids of the edition before and the edition after.
        as_at: the date.
        tell: told how far it is.

    Raises:
        UnknownName: for an area or an edition that is not held.
        BadValue: when the two are no neighbouring editions.
    """
    before, after = (choose_editions(opened.store, name, as_at) for name in names)
    pair = [*before.editions, *after.editions]
    if len(pair) != len(names):
        raise BadValue("from and to take one edition each", "Name it, such as wt2018.")
    changes = edition_changes(opened.store, *pair)
    wanted = _wanted(opened, areas)
    return [
        across_editions(was, now, changes)
        for was, now in zip(
            _assess_each(opened, wanted, before, as_at, tell),
            _assess_each(opened, wanted, after, as_at, tell),
            strict=True,
        )
    ]


def _wanted(opened: Opened, names: Sequence[str]) -> list[Area]:
    known = list_areas(opened.store)
    if names:
        return [find_area(known, name) for name in dict.fromkeys(names)]
    return [area for area in known if area.has_document]


def _assess_each(
    opened: Opened, areas: Sequence[Area], chosen: ChosenEditions, as_at: date, tell: Tell
) -> list[Assessment]:
    """Assess areas; those without a document in view once for all: nothing is tested in any."""
    made: list[Assessment] = []
    untested: Assessment | None = None
    for number, area in enumerate(areas):
        tell(f"assessing {area.label}", number, len(areas))
        if untested is not None and not documents_in_view(opened.store, area, as_at):
            made.append(replace(untested, area=area))
            continue
        made.append(assess_by_held(opened.store, area, chosen, as_at, opened.data_version))
        if not made[-1].documents:
            untested = replace(made[-1], triples=())
    return made
