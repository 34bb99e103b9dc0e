"""reports-on-impact: only a yearly report can show it, and none is held."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.conftest import Exampleshire
    from tests.questions.conftest import Asked, Rows

NAME = "reports-on-impact"


def test_no_report_is_held_and_one_page_repeats_the_guidance(rows: Rows) -> None:
    found = rows(NAME)
    assert {(r["yearly_reports_held"], r["not_told"]) for r in found} == {
        (0, "No yearly report is held, so what one says of impact is not known")
    }
    spoken = [(r["area_name"], r["standing"]) for r in found if r["words"]]
    assert spoken == [
        ("Brighton and Hove", "guidance restated"),
        ("East Sussex", "guidance restated"),
        ("West Sussex", "guidance restated"),
    ]
    assert {r["words"] for r in found if r["words"]} == {
        "evidence of the impact of the work of the safeguarding partners"
    }
    assert len([r for r in found if r["area_name"] == "Sefton"]) == 3
    assert rows(NAME, area="kent") == []


@pytest.mark.parametrize(
    "duty", ["wt2018-report-impact", "wt2023-report-impact", "wt2026-report-evidence-impact"]
)
def test_a_report_that_is_held(asked: Asked, exampleshire: Exampleshire, duty: str) -> None:
    speaking = exampleshire.document(
        exampleshire.statement("fewer", of="speaking", partly=[duty]),
        exampleshire.statement("costs", of="speaking", partly=["wt2023-report-costs"]),
        name="speaking", kind="YearlyReport",
    )  # fmt: skip
    silent = exampleshire.document(name="silent", kind="YearlyReport")
    page = exampleshire.document(name="page", kind="CouncilPage")
    found = {r["document"]: r for r in asked(NAME, speaking, silent, page)}
    assert found["speaking"]["words"] == "words on fewer"
    assert {name: r["not_told"] for name, r in found.items()} == {
        "speaking": None,
        "silent": "No words on impact were found in the text held of this report",
        "page": "This document is no yearly report",
    }
    assert {r["yearly_reports_held"] for r in found.values()} == {2}
