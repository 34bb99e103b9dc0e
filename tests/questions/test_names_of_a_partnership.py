"""names-of-a-partnership: the name forms of a partnership and its bodies, by document.

Sefton's partnership has six forms. The key adds "the safeguarding partnership" and "the
Partnership", loosely: general words are no name, and are told in a comment of the data only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.questions.conftest import Rows

NAME = "names-of-a-partnership"
SSCP = "Sefton Safeguarding Children Partnership"


def test_six_forms_of_seftons_partnership(rows: Rows) -> None:
    found = [r for r in rows(NAME, area="sefton") if r["kind"] == "partnership"]
    assert {(r["document"], r["name"]) for r in found} == {
        ("sefton-arrangements-2021", SSCP),
        ("sefton-arrangements-2021", "SSCP"),
        ("sefton-arrangements-2021", "SCSP"),
        ("sefton-arrangements-2021", "Sefton Children Safeguarding Partnership"),
        ("sefton-arrangements-2021", "Sefton Children's Safeguarding Partnership"),
        ("sefton-council-2024", SSCP),
        ("sefton-council-2024", "SSCP"),
        ("sefton-council-2024", "Sefton SCP"),
        ("sefton-procedures-2024", "not named"),
    }
    assert {r["stands_for"] for r in found} == {SSCP}
    assert len({r["name"] for r in found} - {"not named"}) == 6


def test_each_form_is_shown_by_words_of_its_document(rows: Rows) -> None:
    found = [r for r in rows(NAME, area="sefton") if r["kind"] == "partnership"]
    for row in found:
        assert (row["name"] in row["words"]) is (row["name"] != "not named")


def test_what_went_before_is_no_name_of_the_partnership(rows: Rows) -> None:
    board = [r for r in rows(NAME, area="sefton") if "LSCB" in r["name"]]
    assert {r["followed_by"] for r in board} == {SSCP}
    assert {r["kind"] for r in board} == {"body"}


def test_the_top_body_has_four_names_and_its_likes_are_held_apart(rows: Rows) -> None:
    bodies = [r for r in rows(NAME, area="sefton") if r["kind"] == "body"]
    top = {r["name"] for r in bodies if r["stands_for"] == "Strategic Leadership Team"}
    assert top == {
        "Strategic Leadership Team",
        "Leadership Team",
        "Safeguarding Leadership Team",
        "Sefton Safeguarding Leadership Team",
    }
    forums = {r["stands_for"] for r in bodies if "Forum" in r["name"]}
    assert forums == {
        "Sefton Safeguarding Forum",
        "Safeguarding Executive Forum",
        "Safeguarding Partners Safegaurding Forum",
    }
    assert "SLG" in {r["stands_for"] for r in bodies}


def test_a_body_is_told_of_the_documents_that_speak_of_it(rows: Rows) -> None:
    """National pages name kinds of board in words that are also names of Sefton's boards."""
    assert {r["kind"] for r in rows(NAME, area="brighton-and-hove")} == {"partnership"}
    bodies = {r["document"] for r in rows(NAME, area="sefton") if r["kind"] == "body"}
    assert bodies == {"sefton-arrangements-2021", "sefton-council-2024"}


def test_partnerships_without_a_name_and_areas_without_documents(rows: Rows) -> None:
    (row,) = rows(NAME, area="west-sussex")
    assert (row["name"], row["document"]) == ("not named", "sussex-procedures-2024")
    assert rows(NAME, area="kent") == []


def test_only_documents_out_by_the_date(rows: Rows) -> None:
    found = rows(NAME, area="sefton", as_at="2022-01-01")
    assert {r["document"] for r in found} == {"sefton-arrangements-2021"}
