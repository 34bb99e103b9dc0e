"""standing-by-duty: what each document of an area holds on a single duty, and how well."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from masagraph.errors import UnknownName

if TYPE_CHECKING:
    from tests.questions.conftest import Rows

NAME = "standing-by-duty"
SENT = "wt2023-report-distribution"


def test_no_document_says_that_a_report_was_sent_to_the_panel(rows: Rows) -> None:
    """One page repeats that a copy should be sent; that is no record that one was."""
    found = rows(NAME, duty=SENT)
    assert {r["local_arrangements"] for r in found} == {0}
    assert {r["document_name"] for r in found if r["best"] == "guidance restated"} == {
        "sussex-procedures-2024"
    }
    assert {r["best"] for r in found} == {"guidance restated", "nothing found"}


def test_wholly_and_in_part(rows: Rows) -> None:
    found = rows(NAME, document="sefton-arrangements-2021", duty="ca2004-s16g-independent-scrutiny")
    (row,) = found
    assert row["best"] == "local arrangement"
    assert 0 < row["of_the_whole_duty"] <= row["local_arrangements"]


def test_the_duties_of_a_topic_and_an_edition(rows: Rows) -> None:
    found = rows(NAME, area="warwickshire", topic="yearly-report", edition="wt2023")
    assert len(found) > 15
    assert {r["best"] for r in found} == {"nothing found"}
    assert len({r["duty"] for r in found}) == len(found)


def test_only_the_duty_itself_is_counted(rows: Rows) -> None:
    """Words on the older duty are not told for the newer: the gap report follows editions."""
    newer = rows(NAME, area="sefton", duty="wt2023-pub-custody-residential")
    assert {r["best"] for r in newer} == {"nothing found"}
    older = rows(NAME, area="sefton", duty="wt2018-pub-custody-residential")
    assert "nothing found" not in {r["best"] for r in older if "2021" in r["document_name"]}


def test_an_area_without_a_document_has_no_rows(rows: Rows) -> None:
    assert rows(NAME, area="kent", duty=SENT) == []


def test_an_unknown_duty(rows: Rows) -> None:
    with pytest.raises(UnknownName, match='no duty "wt2023-report-panel"'):
        rows(NAME, duty="wt2023-report-panel")
