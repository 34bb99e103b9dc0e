"""seats-to-be-confirmed: seats shown as to be confirmed, interim or without a name.

One row a post: the interim officer sits on four bodies and is one of six.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.questions.conftest import Rows

NAME = "seats-to-be-confirmed"


def test_six_posts_across_the_documents(rows: Rows) -> None:
    found = rows(NAME)
    assert {(r["document"], r["shown_as"], r["post"], r["employer"]) for r in found} == {
        ("warwickshire-masa", "to be confirmed", "Head teacher", None),
        ("sefton-arrangements-2021", "to be confirmed", "Practice Lead",
         "Sefton Metropolitan Borough Council"),
        ("sefton-arrangements-2021", "to be confirmed", "Principal Social Worker",
         "Sefton Metropolitan Borough Council"),
        ("sefton-arrangements-2021", "to be confirmed", "Principal", "Southport College"),
        ("sefton-arrangements-2021", "interim", "AD Safeguarding & QA",
         "Safeguarding & QA (Sefton Metropolitan Borough Council)"),
        ("sefton-arrangements-2021", "no name", "Chair of Practice Model Group",
         "Practice Model Group (Sefton Safeguarding Children Partnership)"),
    }  # fmt: skip
    assert len(found) == 6


def test_three_say_tbc_and_one_tbd(rows: Rows) -> None:
    words = [r["words"] for r in rows(NAME) if r["shown_as"] == "to be confirmed"]
    assert sorted("TBC" in w for w in words) == [False, True, True, True]
    assert sum("TBD" in w for w in words) == 1


def test_an_interim_officer_is_one_row_with_all_bodies(rows: Rows) -> None:
    (interim,) = [r for r in rows(NAME, area="sefton") if r["shown_as"] == "interim"]
    assert (interim["holder"], interim["seats"]) == ("s02", 4)
    assert interim["bodies"].split("; ") == [
        "Performance, Quality Assurance and Data Sub-group",
        "Practice Model Group",
        "Practice Review Group",
        "Sefton Safeguarding Forum",
    ]


def test_leads_of_whom_only_the_post_is_known_are_left_to_another_question(rows: Rows) -> None:
    assert {r["post"] for r in rows(NAME, area="sefton")}.isdisjoint(
        {"Chief Executive", "Independent Scrutineer", "Director"}
    )


def test_areas_without_such_a_seat(rows: Rows) -> None:
    assert rows(NAME, area="kent") == []
    assert rows(NAME, area="warwickshire", as_at="2023-12-14") == []


def test_since_when_is_not_said_and_the_day_of_the_document_is(rows: Rows) -> None:
    """No document says since when: only that it was so on its day."""
    found = {r["post"]: r for r in rows(NAME)}
    assert {(r["since"], r["until"]) for r in found.values()} == {(None, None)}
    assert found["Head teacher"]["shown_from"] == "2023-12-15"
    assert found["Head teacher"]["roles"] == "lead safeguarding partner"
    assert found["AD Safeguarding & QA"]["shown_from"] == "2021-10-31"
    assert set(found["AD Safeguarding & QA"]["roles"].split("; ")) == {"chair", "member"}
