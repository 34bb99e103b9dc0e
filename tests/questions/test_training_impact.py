"""training-impact: in Sefton's text of 2021, four of 33 phrases on training are on its impact."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.questions.conftest import Rows

NAME = "training-impact"


def test_four_phrases_of_three_standings(rows: Rows) -> None:
    found = [r for r in rows(NAME) if r["words"]]
    assert {(r["area_name"], r["document"]) for r in found} == {
        ("Sefton", "sefton-arrangements-2021")
    }
    assert [(r["standing"], r["words"]) for r in found] == [
        (
            "local arrangement",
            "Evidence the positive impact of training on the workforce, and in",
        ),
        (
            "local arrangement",
            "Scrutinise the effectiveness of training, including multi-agency training, to "
            "safeguard and",
        ),
        (
            "commitment only",
            "agree how inter-agency training will be commissioned, delivered and monitored for "
            "impact",
        ),
        (
            "guidance restated",
            "how inter-agency training will be commissioned, delivered and monitored for impact, "
            "and",
        ),
    ]
    assert {(r["of_impact"], r["words_on_training"], r["not_told"]) for r in found} == {
        (4, 33, None)
    }


def test_training_without_impact_and_no_training_are_told_apart(rows: Rows) -> None:
    silent = {(r["area_name"], r["document"]): r for r in rows(NAME) if not r["words"]}
    assert len(silent) == 6
    page = silent["Sefton", "sefton-council-2024"]
    assert (page["words_on_training"], page["of_impact"]) == (3, 0)
    assert "none on the impact of training" in page["not_told"]
    assert "Nothing on training" in silent["Warwickshire", "warwickshire-masa"]["not_told"]
    assert rows(NAME, area="kent") == []
