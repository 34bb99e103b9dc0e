"""act-and-guidance: the law and the guidance beside each other, by topic."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

from masagraph.assessment.names import list_editions
from masagraph.errors import BadValue
from masagraph.store.opened import Opened

if TYPE_CHECKING:
    from tests.questions.conftest import Ask, Rows

NAME = "act-and-guidance"
LAW = ("Act", "Regulations")
RANK = ["must", "should", "may"]


@pytest.mark.parametrize("edition", ["wt2018", "wt2023", "wt2026"])
def test_all_law_stands_beside_the_one_edition(rows: Rows, opened: Opened, edition: str) -> None:
    found = rows(NAME, edition=edition)
    held = list_editions(opened.store)
    assert Counter(r["stated_in"] for r in found) == {
        e.label: e.duties for e in held if e.kind in LAW or e.id == edition
    }


def test_each_duty_stands_on_its_own_side(rows: Rows) -> None:
    for row in rows(NAME, edition="wt2023"):
        ours = row["duty"].startswith("wt2023-")
        assert bool(row["guidance"]) == ours
        assert bool(row["law"]) != ours


def test_must_should_and_may_stand_apart(rows: Rows) -> None:
    found = rows(NAME, edition="wt2023")
    topics = [r["topic_name"] for r in found]
    assert topics == sorted(topics)
    for topic in set(topics):
        ranks = [
            (RANK.index(r["modality"]), r["law"] is None) for r in found if r["topic_name"] == topic
        ]
        assert ranks == sorted(ranks)
    assert {r["modality"] for r in found if r["law"]} == {"must", "may"}
    assert {r["modality"] for r in found if r["guidance"]} == {"must", "should", "may"}


def test_what_the_law_asks_and_the_guidance_adds(rows: Rows) -> None:
    found = rows(NAME, edition="wt2018", topic="funding")
    assert [(r["duty"], r["modality"]) for r in found] == [
        ("wt2018-funding-equitable", "should"),
        ("wt2018-funding-transparent", "should"),
        ("wt2018-pub-funding", "should"),
        ("ca2004-s16i-funding-power", "may"),
    ]
    assert {r["topic_name"] for r in found} == {"Funding"}
    assert "topic" not in found[0]


def test_a_must_of_the_guidance_names_its_law(rows: Rows) -> None:
    told = {r["duty"]: r for r in rows(NAME, edition="wt2023", topic="topic/relevant-agencies")}
    guidance, law = told["wt2023-relevant-agencies-comply"], told["ca2004-s16g-act-in-accordance"]
    assert (guidance["modality"], guidance["legal_basis"]) == ("must", law["legal_basis"])
    assert told["regs2018-r18-schedule"]["norm"] == "definition"


def test_law_that_is_not_commenced_says_so(rows: Rows) -> None:
    found = rows(NAME, topic="child-protection-teams")
    assert {r["status"] for r in found} == {"enacted, not commenced"}
    assert len(found) == 2


def test_without_an_edition_the_default_is_taken(ask: Ask) -> None:
    answered = ask(NAME)
    assert answered.parameters["edition"].endswith("/edition/wt2023")
    assert answered.rows == ask(NAME, edition="wt2023").rows


def test_an_act_is_not_told_as_guidance(rows: Rows) -> None:
    found = rows(NAME, edition="ca2004")
    assert not [r for r in found if r["guidance"]]
    assert len({r["duty"] for r in found}) == len(found)


def test_a_name_that_is_a_bearer_too_must_be_told_apart(ask: Ask, rows: Rows) -> None:
    with pytest.raises(BadValue, match="topic/partnership-chair"):
        ask(NAME, topic="partnership-chair")
    assert len(rows(NAME, topic="topic/partnership-chair")) == 2
