"""Questions put in plain words are found, by people who have not seen how ours are worded.

``rephrasings.csv`` was written by somebody who knew the questions of ``docs/open-questions.md``
and no text of ours. ``also`` names questions that were stored later and answer the same; it was
filled in when the list was first tried. Nothing here may be put into a question's own words.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from masagraph.questions.catalogue import list_questions
from masagraph.questions.finding import Found, find
from masagraph.resources import find_resources
from masagraph.store.opened import Opened

with (Path(__file__).parent / "rephrasings.csv").open(encoding="utf-8", newline="") as file:
    ROWS = list(csv.DictReader(file))
QUESTIONS = list_questions(find_resources())


def wanted(row: dict[str, str]) -> set[str]:
    return {name for part in ("answered_by", "also") for name in row[part].split(";") if name}


@pytest.fixture(scope="module")
def hits(opened: Opened) -> dict[str, Found]:
    """What is found, by the words."""
    return {row["words"]: find(row["words"], QUESTIONS, opened) for row in ROWS}


@pytest.fixture(scope="module")
def places(hits: dict[str, Found]) -> dict[str, int]:
    """The place at which a right question is found, from 0, by the words; 3 where it is not."""
    found = {}
    for row in ROWS:
        names = [way.question.name for way in hits[row["words"]].ways]
        right = [place for place, name in enumerate(names) if name in wanted(row)]
        found[row["words"]] = right[0] if right else 3
    return found


def test_the_list_is_of_all_questions_twice_and_names_questions_that_are_there() -> None:
    ids = [row["id"] for row in ROWS]
    assert len(ids) == 56
    assert {ids.count(each) for each in ids} == {2}
    assert set.union(*(wanted(row) for row in ROWS)) <= {q.name for q in QUESTIONS}


def test_eight_of_ten_are_found_among_the_first_three(places: dict[str, int]) -> None:
    missed = [words for words, place in places.items() if place == 3]
    assert len(places) - len(missed) >= 0.8 * len(places), missed


def test_most_are_found_first(places: dict[str, int]) -> None:
    assert sum(place == 0 for place in places.values()) > 0.5 * len(places)


def test_at_most_one_in_five_of_what_is_run_unasked_is_wrong(hits: dict[str, Found]) -> None:
    """``finding.LEAD`` was chosen by this list, so of other words more may be wrong."""
    run = {row["words"]: best for row in ROWS if (best := hits[row["words"]].best)}
    wrong = [
        row["words"] for row in ROWS
        if row["words"] in run and run[row["words"]].question.name not in wanted(row)
    ]  # fmt: skip
    assert len(wrong) <= len(run) / 5, wrong
    assert len(run) > len(ROWS) / 3


def test_the_words_stand_in_no_header() -> None:
    """The list would else be no test."""
    own = {words.casefold() for q in QUESTIONS for words in (*q.keywords, *q.asked, q.question)}
    assert not own & {row["words"].casefold() for row in ROWS}
