"""how-scrutiny-is-arranged: by whom, to whom it reports, and what the words are worth."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.questions.conftest import Rows

NAME = "how-scrutiny-is-arranged"


def test_sefton_arranges_it(rows: Rows) -> None:
    (row,) = rows(NAME, area="sefton")
    assert row["arranged_as"] == "Independent scrutiny in Sefton, by an independent scrutineer"
    assert (row["post"], row["holder"]) == ("Independent Scrutineer", "post only")
    assert row["reports_to"].split("; ") == [
        "Improvement Board",
        "Overview & Scrutiny Committee",
        "SLG",
        "Sefton Health & Wellbeing Board",
        "Strategic Leadership Team",
    ]
    assert row["scope_set_by"] == "Sefton Safeguarding Children Partnership"
    assert row["takes_place"] == "at least annually"
    assert (row["local_words"], row["other_words"]) == (30, "guidance restated: 1")


def test_the_others_only_speak_of_it(rows: Rows) -> None:
    """Sussex repeats nine lines of the guidance, in 2.1.6; Warwickshire says two things."""
    found = {r["area_name"]: r for r in rows(NAME)}
    assert set(found) == {
        "Brighton and Hove", "East Sussex", "Sefton", "Warwickshire", "West Sussex",
    }  # fmt: skip
    for name in ("Brighton and Hove", "East Sussex", "West Sussex"):
        assert found[name]["other_words"] == "guidance restated: 9"
    assert found["Warwickshire"]["other_words"] == "commitment only: 1; guidance restated: 1"
    for name in set(found) - {"Sefton"}:
        row = found[name]
        assert (row["arranged_as"], row["post"], row["local_words"]) == (None, None, None)


def test_only_documents_in_view_are_told(rows: Rows) -> None:
    assert rows(NAME, area="sefton", as_at="2021-10-30") == []
    assert rows(NAME, area="kent") == []
    assert len(rows(NAME, as_at="2022-01-01")) == 1
