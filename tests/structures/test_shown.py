"""What structures show in the pack, the drawing and the workbook, where a lack might be told."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from masagraph.assessment.accountability import Accountability, accountability_of
from masagraph.assessment.names import find_area
from masagraph.questions.area_overview import rows_of
from masagraph.report.area_chart import chart_with
from masagraph.report.pack_seats import KEPT, NOT_FOUND, roles_in_words, seats_in_words
from masagraph.report.workbook_lines import KEPT as KEPT_IN_A_CELL
from masagraph.report.workbook_lines import seats_sheet
from masagraph.report.workbook_words import Place
from masagraph.store.opened import Opened

if TYPE_CHECKING:
    from tests.structures.conftest import World

DAY = date(2025, 6, 1)


def accountability(world: World, area: str) -> Accountability:
    return accountability_of(world.merged, find_area(world.areas, area), DAY, "test")


@pytest.mark.parametrize(("area", "kept"), [("invented-quarrydale", 3), ("invented-pendlemere", 1)])
def test_a_role_that_is_kept_stands_where_a_delegate_would(
    world: World, area: str, kept: int
) -> None:
    found = accountability(world, area)
    said = [slot.retained for slot in found.seats if slot.retained]
    assert len(said) == kept
    assert all(each.words and each.document for (each,) in said)

    delegates = [s for s in seats_in_words(found, {}, {}) if s.of.endswith("delegate")]
    assert [seat.post for seat in delegates].count(KEPT) == kept
    assert NOT_FOUND not in [seat.post for seat in delegates]

    cells = [cell for row in seats_sheet([found], Place()).rows for cell in row]
    assert cells.count(KEPT_IN_A_CELL) == kept

    words = " ".join(chart_with(world.merged, found, {}).words())
    assert words.count("kept by the lead") == kept


def test_of_a_document_that_is_not_read_nothing_is_kept(world: World) -> None:
    found = accountability(world, "invented-quarrydale")
    cells = [cell for row in seats_sheet([found], Place(), read=["another"]).rows for cell in row]
    assert KEPT_IN_A_CELL not in cells


def roles(world: World, area: str) -> list[tuple[str, str]]:
    place = find_area(world.areas, area)
    opened = Opened(world.merged, date(2026, 1, 1), "test", "", ())
    chaired, scrutiny = (
        rows_of(opened, question, place, DAY)
        for question in ("how-a-partnership-is-chaired", "how-scrutiny-is-arranged")
    )
    found = accountability(world, area)
    return [(role.of, role.post) for role in roles_in_words(found, {}, (), chaired, scrutiny)]


def test_a_company_that_scrutinises_is_named(world: World) -> None:
    said = [post for of, post in roles(world, "invented-foxholt") if of == "Independent scrutiny"]
    assert said == ["made up of: a company or other provider: Lantern Reviews Limited (invented)"]


def test_how_long_a_turn_is_stands_with_the_rotation(world: World) -> None:
    said = [post for of, post in roles(world, "invented-ashcombe-vale") if of.startswith("Chair")]
    assert len(said) == 2
    assert said[1].endswith("in rotation, each for 1 year, among: delegated safeguarding partner")
