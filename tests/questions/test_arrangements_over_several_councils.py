"""arrangements-over-several-councils: joint partnerships, several boards, several forces."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.conftest import Exampleshire
    from tests.questions.conftest import Asked, Rows

NAME = "arrangements-over-several-councils"


def test_a_joint_partnership_that_was_seen(rows: Rows) -> None:
    (row,) = rows(NAME, area="hackney", as_at="2024-06-01")
    assert row["told"] == "joint partnership seen"
    assert row["joint_partnership"] == "City and Hackney Safeguarding Children Partnership"
    assert (row["joint_areas"], row["seen"]) == (2, "current when seen (2024)")
    assert row["forces"] == 1


def test_one_that_had_ended_is_told_only_before_its_end(rows: Rows) -> None:
    before, after = (
        rows(NAME, area="blackpool", as_at=day) for day in ("2023-08-31", "2023-09-01")
    )
    assert (before[0]["joint_areas"], before[0]["seen"]) == (3, "ended by 2023-09-01")
    assert after[0]["joint_partnership"] is None


def test_one_that_ended_on_a_day_that_is_not_known(rows: Rows) -> None:
    (row,) = rows(NAME, area="torbay", as_at="2026-01-01")
    assert row["told"].startswith("joint partnership seen, which has ended")
    assert row["seen"] == "ended, the day is not known"


def test_a_page_that_three_arrangements_share_is_no_joint_arrangement(rows: Rows) -> None:
    (row,) = rows(NAME, area="west-sussex", as_at="2025-01-01")
    assert row["told"] == "no joint partnership seen"
    assert row["by_document"] is None


def test_boards_are_not_known_before_july_2022(rows: Rows) -> None:
    (row,) = rows(NAME, area="sefton", as_at="2022-06-30")
    assert (row["told"], row["boards"]) == ("no joint partnership seen; board not known", 0)
    (row,) = rows(NAME, area="sefton", as_at="2022-07-01")
    assert (row["boards"], row["forces"]) == (1, 1)


def test_every_area_is_told_and_several_boards_are_counted(rows: Rows) -> None:
    found = rows(NAME, as_at="2024-06-01")
    assert len({r["area_name"] for r in found}) == 153
    several = [r for r in found if r["boards"] > 1]
    assert several
    assert all(len(r["board_names"].split("; ")) == r["boards"] for r in several)
    assert all("several boards" in r["told"] for r in several)


def test_a_document_that_covers_two_areas(asked: Asked, exampleshire: Exampleshire) -> None:
    document = exampleshire.document(
        """
        <https://w3id.org/masagraph/id/area/otherbury> a masa:SafeguardingArea ;
            skos:prefLabel "Otherbury"@en .
        arrangement:exampleshire masa:coversArea <https://w3id.org/masagraph/id/area/otherbury> .
        """
    )
    found = {r["area_name"]: r for r in asked(NAME, document)}
    assert found["Exampleshire"]["by_document"] == "Otherbury"
    assert found["Otherbury"]["by_document"] == "Exampleshire"
    assert found["Otherbury"]["told"].startswith("one arrangement for several areas")
