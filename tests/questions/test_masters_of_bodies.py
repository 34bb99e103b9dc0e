"""masters-of-bodies: by their terms of reference five groups answer to the forum."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.questions.conftest import Rows

NAME = "masters-of-bodies"
FORUM, TOP = "Sefton Safeguarding Forum", "Strategic Leadership Team"


def test_each_body_of_sefton_answers_to_one_or_to_none(rows: Rows) -> None:
    found = {row["body"]: row for row in rows(NAME, area="sefton")}
    # 20 bodies are described; the board before the partnership had ended.
    assert len(found) == 19
    assert "Local Safeguarding Children Board, Sefton" not in found
    answers = {body: row["answers_to"] for body, row in found.items() if row["masters"]}
    assert {row["masters"] for row in found.values()} == {0, 1}
    assert answers.pop(FORUM) == TOP
    assert len(answers) == 5
    assert set(answers.values()) == {FORUM}


def test_lines_of_every_kind_are_counted(rows: Rows) -> None:
    found = {row["body"]: row["lines"] for row in rows(NAME, area="sefton")}
    # One line of accountability and one report from the forum, and five and one to it.
    assert found[FORUM] == 8
    assert found["SLG"] == 1
    assert [body for body, lines in found.items() if lines == 0] == [
        "Business Unit", "Safeguarding Children's Chairs Group", "Safeguarding Executive Forum",
        "Safeguarding Partners Safegaurding Forum", "Sefton Children in Care Council",
    ]  # fmt: skip


def test_the_document_is_told_where_a_master_is(rows: Rows) -> None:
    told = {(row["masters"], row["document"]) for row in rows(NAME)}
    assert told == {(1, "sefton-arrangements-2021"), (0, "")}


def test_areas_without_a_document_by_the_date(rows: Rows) -> None:
    assert rows(NAME, area="kent") == []
    assert rows(NAME, area="sefton", as_at="2021-10-30") == []
