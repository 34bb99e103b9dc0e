"""duties-on-recall: recalled content and unseen numbers, told apart."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

from masagraph.errors import UnknownName

if TYPE_CHECKING:
    from tests.questions.conftest import Ask, Rows

NAME = "duties-on-recall"
COUNTS = {"wt2018": (2, 42), "wt2023": (13, 71), "wt2026": (0, 4)}
"""By edition: duties of recalled content, duties of unseen number."""


@pytest.mark.parametrize("edition", COUNTS)
def test_how_many_of_an_edition(rows: Rows, edition: str) -> None:
    found = rows(NAME, edition=edition)
    assert (
        sum(r["content_recalled"] for r in found),
        sum(r["number_unverified"] for r in found),
    ) == COUNTS[edition]
    assert all(r["duty"].startswith(f"{edition}-") for r in found)


@pytest.mark.parametrize("edition", ["ca2004", "regs2018", "ea2002", "cwsa2026"])
def test_the_law_was_read(rows: Rows, edition: str) -> None:
    assert rows(NAME, edition=edition) == []


def test_all_editions(rows: Rows) -> None:
    found = rows(NAME)
    assert Counter(r["edition"].rsplit("/", 1)[1] for r in found) == {
        edition: unverified for edition, (_, unverified) in COUNTS.items()
    }
    assert len({r["duty"] for r in found}) == len(found)


def test_recalled_content_comes_first_and_is_told_in_words_too(rows: Rows) -> None:
    found = rows(NAME)
    recalled = [r["content_recalled"] for r in found]
    assert recalled == sorted(recalled, reverse=True)
    for row in found:
        assert (row["content"] == "recalled") == row["content_recalled"]
    assert {r["content"] for r in found} == {"recalled", "seen in a reproduction"}


def test_content_may_be_seen_where_the_number_was_not(rows: Rows) -> None:
    told = {r["duty"]: r for r in rows(NAME, edition="wt2023")}
    distribution, voice = told["wt2023-report-distribution"], told["wt2023-pub-voice"]
    assert (distribution["content_recalled"], distribution["number_unverified"]) == (False, True)
    assert (voice["content_recalled"], voice["number_unverified"]) == (True, True)
    assert (distribution["provision"], voice["provision"]) == ("chapter 2", "place not seen")


def test_the_one_paragraph_that_was_seen_is_left_out(rows: Rows) -> None:
    assert "wt2023-lsp-is-agency-head" not in {r["duty"] for r in rows(NAME)}


def test_an_edition_that_is_not_held(ask: Ask) -> None:
    with pytest.raises(UnknownName, match='no edition "wt2015"'):
        ask(NAME, edition="wt2015")
