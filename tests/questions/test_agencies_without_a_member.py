"""agencies-without-a-member: listed relevant agencies with nobody on any body.

The key has 21, or 22 with Local Authority Early Help. We tell 22. Two locality managers of the
council sit on groups, and the text does not say that they are of Early Help: nobody is shown to
be, while three groups expect somebody. The row says to which organisation the service belongs,
on which bodies it is expected, and why there is a doubt.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.questions.conftest import Rows

NAME = "agencies-without-a-member"
EARLY_HELP = "Local Authority Early Help"


def test_22_entries_of_which_one_is_in_doubt(rows: Rows) -> None:
    found = rows(NAME, area="sefton")
    assert [r["position"] for r in found] == [
        6, 7, 8, 9, 10, 11, 14, 16, 18, 19, 20, 21, 23, 25, 27, 28, 29, 31, 32, 33, 34, 35,
    ]  # fmt: skip
    names = {r["stated_name"] for r in found}
    assert {"NSPCC", "Liverpool Women's NHS Hospital", "Merseyside CDOP"} < names
    assert len(names - {EARLY_HELP}) == 21


def test_what_is_told_of_the_one_in_doubt(rows: Rows) -> None:
    (row,) = [r for r in rows(NAME, area="sefton") if r["stated_name"] == EARLY_HELP]
    assert row["part_of"] == "Sefton Metropolitan Borough Council"
    assert row["expected_on"].split("; ") == [
        "Contextual Safeguarding sub-group",
        "Performance, Quality Assurance and Data Sub-group",
        "Practice Model Group",
    ]
    assert "does not say" in row["remark"]


def test_agencies_with_a_member_are_not_told(rows: Rows) -> None:
    """A college's one seat is to be confirmed, and is a seat; a member of a service counts
    for the council too."""
    names = {r["stated_name"] for r in rows(NAME, area="sefton")}
    assert names.isdisjoint(
        {
            "Sefton Local Authority",
            "Children's Social Care",
            "FE Colleges (Hugh Baird and Southport)",
            "National Probation Service",
            "Catch 22",
        }
    )


def test_areas_without_a_list_or_without_members(rows: Rows) -> None:
    assert {r["area_name"] for r in rows(NAME)} == {"Sefton"}
    assert rows(NAME, area="kent") == []
    assert rows(NAME, area="sefton", as_at="2021-10-30") == []
