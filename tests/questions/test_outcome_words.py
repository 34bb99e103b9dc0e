"""outcome-words: what each outcome word means, and what it does not mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.questions.conftest import Rows

    from masagraph.store.opened import Opened

NAME = "outcome-words"


def test_every_outcome_in_the_order_of_its_force(rows: Rows) -> None:
    assert [row["outcome"] for row in rows(NAME)] == [
        "Evidenced", "PartlyEvidenced", "Promised", "OnlyRestated", "NotFoundInTextHeld",
        "Missing", "OutOfDate", "StatedNotInPlace", "SourcesDiffer", "DoesNotApply", "NotTested",
    ]  # fmt: skip


def test_each_says_what_it_means_and_what_it_does_not(rows: Rows) -> None:
    found = rows(NAME)
    for row in found:
        assert len(row["means"]) > 10
        assert row["does_not_mean"].startswith("It ")
    for column in ("word", "means", "does_not_mean"):
        assert len({row[column] for row in found}) == len(found)


def test_what_is_not_found_is_not_said_to_be_absent(rows: Rows) -> None:
    told = {row["outcome"]: row for row in rows(NAME)}
    assert told["NotFoundInTextHeld"]["class"] == "CannotTell"
    assert told["NotFoundInTextHeld"]["does_not_mean"].startswith("It does not mean absent.")
    assert told["Missing"]["class"] == "Fail"
    assert "children are safe" in told["Evidenced"]["does_not_mean"]


def test_no_word_judges_more_than_a_document(rows: Rows) -> None:
    said = " ".join(str(value) for row in rows(NAME) for value in row.values()).lower()
    for word in ("compliant", "breach", "unsafe", "illegal"):
        assert word not in said


def test_every_outcome_of_the_findings_is_explained(rows: Rows, opened: Opened) -> None:
    used = opened.store.query(
        "PREFIX earl: <http://www.w3.org/ns/earl#> SELECT DISTINCT ?o { ?r earl:outcome ?o }"
    ).rows  # type: ignore[union-attr]
    assert {str(row[0].value).rpartition("#")[2] for row in used} <= {
        row["outcome"] for row in rows(NAME)
    }
