"""outcomes-between-dates: what another date changes, held against the outcomes of both dates."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.questions.conftest import Rows

NAME = "outcomes-between-dates"


def outcomes(rows: Rows, edition: str, as_at: str) -> dict[tuple[str, str], str]:
    """The label of each outcome on a date, by area and duty."""
    return {
        (r["area_name"], r["duty"].rsplit("/", 1)[-1]): r["outcome_label"]
        for r in rows("outcomes-by-area", edition=edition, as_at=as_at)
    }


def test_only_what_changed_is_told(rows: Rows) -> None:
    for edition in ("wt2018", "wt2023"):
        before = outcomes(rows, edition, "2022-01-01")
        after = outcomes(rows, edition, "2026-11-22")
        found = rows(NAME, edition=edition, from_date="2022-01-01")
        assert {(r["area_name"], r["duty"]): (r["before"], r["after"]) for r in found} == {
            key: (was, after[key]) for key, was in before.items() if after[key] != was
        }
        assert found


def test_named_delegates_in_sefton(rows: Rows) -> None:
    """In 2021 two phrases differ on the delegate; in 2024 one document names a delegate."""
    (row,) = [
        r
        for r in rows(NAME, area="sefton", edition="wt2023", from_date="2022-01-01")
        if r["duty"] == "wt2023-dsp-appointed-named"
    ]
    assert (row["before"], row["after"]) == ("Sources differ", "Partly evidenced")
    assert row["documents_before"] == "sefton-arrangements-2021"
    assert row["documents_after"] == "sefton-arrangements-2021, sefton-procedures-2024"
    assert (row["before_as_at"], row["after_as_at"]) == ("2021-10-31", "2026-11-22")


def test_without_an_earlier_date_the_first_is_taken(rows: Rows) -> None:
    def told(**given: str) -> list[tuple[str, str]]:
        return [(r["area_name"], r["duty"]) for r in rows(NAME, edition="wt2023", **given)]

    assert told(area="sefton") == told(area="sefton", from_date="2021-10-31")
    assert told(area="sefton")


def test_the_earlier_date_is_the_one_that_was_given(rows: Rows) -> None:
    """A page of May 2024 names the delegates; after it nothing more changed on them."""
    for day, told in (("2024-05-18", True), ("2024-05-19", False)):
        found = rows(NAME, area="sefton", edition="wt2023", from_date=day)
        assert ("wt2023-dsp-appointed-named" in {r["duty"] for r in found}) is told


def test_nothing_changed_or_nothing_to_compare(rows: Rows) -> None:
    assert rows(NAME, from_date="2026-11-22") == []
    assert rows(NAME, from_date="2021-10-30") == []
    assert rows(NAME, area="kent") == []
