"""duties-without-local-arrangement: duties on which no document held shows an arrangement."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from masagraph.errors import UnknownName

if TYPE_CHECKING:
    from tests.questions.conftest import Rows

NAME = "duties-without-local-arrangement"


def test_what_the_key_names_as_a_topic_and_we_as_a_duty(rows: Rows) -> None:
    found = {r["duty"]: r for r in rows(NAME)}
    assert found["wt2018-funding-equitable"]["documents"] == "sefton-arrangements-2021"
    assert found["wt2023-report-deadline"]["found_instead"] == "guidance restated"
    assert found["wt2023-report-restraint"]["documents"] == "sussex-procedures-2024"
    assert not found["ca2004-s16h-information"]["found_instead"]
    assert found["ca2004-s16m-child-death-review"]["found_instead"] == "commitment only"


def test_a_local_statement_on_an_older_duty_counts_for_the_newer(rows: Rows) -> None:
    duties = {r["duty"] for r in rows(NAME)}
    assert "wt2018-pub-custody-residential" not in duties
    assert "wt2023-pub-custody-residential" not in duties
    assert {"wt2018-threshold-document", "wt2023-threshold-document"} <= duties


def test_norms_and_status_are_told(rows: Rows) -> None:
    found = {r["duty"]: (r["norm"], r["status"]) for r in rows(NAME)}
    assert found["ca2004-s16j-combine-areas"][0] == "permission"
    assert found["cwsa2026-s3-macpt"][1] == "enacted, not commenced"


def test_a_topic_and_an_edition(rows: Rows) -> None:
    found = rows(NAME, topic="yearly-report", edition="wt2023")
    assert len(found) > 10
    assert {r["topic_name"] for r in found} == {"Yearly report"}
    assert {r["duty"].partition("-")[0] for r in found} == {"wt2023"}
    assert rows(NAME, topic="threshold-document", edition="ca2004") == []


def test_an_unknown_edition(rows: Rows) -> None:
    with pytest.raises(UnknownName, match='no edition "wt2020"'):
        rows(NAME, edition="wt2020")
