"""how-the-law-is-known: by edition, what was read, what is recalled, which numbers were seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.questions.conftest import Rows

NAME = "how-the-law-is-known"
COLUMNS = (
    "duties", "text_read", "reproduced", "recalled", "number_seen", "number_not_seen",
)  # fmt: skip
KNOWN = {
    "Education Act 2002": (1, 1, 0, 0, 1, 0),
    "Children Act 2004": (18, 18, 0, 0, 18, 0),
    "Practice Review and Relevant Agency Regulations 2018": (6, 6, 0, 0, 6, 0),
    "Working Together 2018": (42, 0, 40, 2, 0, 42),
    "Working Together 2023": (72, 0, 59, 13, 1, 71),
    "Working Together 2026": (4, 0, 4, 0, 0, 4),
    "Children's Wellbeing and Schools Act 2026": (5, 5, 0, 0, 5, 0),
}


def test_what_is_known_of_each_edition_oldest_first(rows: Rows) -> None:
    found = {row["edition_name"]: tuple(row[name] for name in COLUMNS) for row in rows(NAME)}
    assert list(found.items()) == list(KNOWN.items())


def test_the_parts_add_up(rows: Rows) -> None:
    for row in rows(NAME):
        assert row["text_read"] + row["reproduced"] + row["recalled"] == row["duties"]
        assert row["number_seen"] + row["number_not_seen"] == row["duties"]
        assert row["with_a_test"] <= row["duties"]


def test_it_agrees_with_the_list_of_duties_that_rest_on_recall(rows: Rows) -> None:
    listed = rows("duties-on-recall")
    for row in rows(NAME):
        of_it = [each for each in listed if each["edition"] == row["edition"]]
        assert sum(each["content_recalled"] for each in of_it) == row["recalled"]
        assert sum(each["number_unverified"] for each in of_it) == row["number_not_seen"]


def test_what_is_held_only_in_part_is_not_said_to_be_held_in_full(rows: Rows) -> None:
    in_full = {row["edition_name"]: row["in_full"] for row in rows(NAME)}
    assert in_full["Working Together 2018"] is in_full["Working Together 2023"] is True
    assert in_full["Working Together 2026"] is False


def test_ten_duties_have_no_test(rows: Rows) -> None:
    found = rows(NAME)
    assert sum(r["duties"] for r in found) - sum(r["with_a_test"] for r in found) == 10
