"""A matrix as people read it: by topic, narrowed down, only rows that differ."""

from __future__ import annotations

from dataclasses import replace

import pytest

from masagraph.assessment.comparing import compare
from masagraph.assessment.matrix import Matrix, matrix
from masagraph.errors import UnknownName
from masagraph.report.compared import DutyRow, compared
from masagraph.report.narrowed import Narrow
from masagraph.store.opened import Opened


@pytest.fixture(scope="module")
def held(opened: Opened) -> Matrix:
    return compare(opened, ("sefton", "warwickshire", "kent"), "wt2018", opened.data_date)


def row(*outcomes: str) -> DutyRow:
    return DutyRow("duty", "A duty", "Must", "Topic", "wt2023", outcomes)


def test_what_was_not_tested_is_in_no_count_and_makes_no_difference() -> None:
    assert row("Evidenced", "NotTested", "Evidenced").differs is False
    assert row("Evidenced", "DoesNotApply").differs is True
    assert row("NotTested").differs is False
    found = row("Evidenced", "NotTested", "OutOfDate")
    assert (found.evidenced, found.tested, found.differs) == (1, 2, True)


def test_rows_stand_by_topic_musts_first(held: Matrix) -> None:
    made = compared(held, Narrow(), differ=False)
    topics = [topic for topic, _ in made.topics]
    assert topics == sorted(set(topics))
    for _, rows in made.topics:
        strengths = [r.modality != "Must" for r in rows]
        assert strengths == sorted(strengths)
    assert made.shown == made.rows == sum(len(rows) for _, rows in made.topics)


def test_columns_count_what_they_show(held: Matrix) -> None:
    for wanted in (Narrow(), Narrow(modality="Must"), Narrow(topic="publication")):
        made = compared(held, wanted, differ=True)
        whole = compared(held, wanted, differ=False)
        assert made.columns == whole.columns
        rows = [r for _, rows in whole.topics for r in rows]
        for number, column in enumerate(whole.columns):
            shown = [r.outcomes[number] for r in rows if r.outcomes[number] != "NotTested"]
            assert column.tested == len(shown) == sum(dict(column.counts).values())
    assert [area.slug for area in made.without] == ["kent"]


def test_a_topic_that_no_duty_has(held: Matrix) -> None:
    with pytest.raises(UnknownName, match="nothing"):
        compared(held, Narrow(topic="nothing"), differ=False)


def test_without_any_document_there_is_no_row(held: Matrix) -> None:
    nobody = matrix([replace(a, documents=()) for a in held.assessments])
    made = compared(nobody, Narrow(topic="nothing"), differ=False)
    assert (made.columns, made.topics, made.rows, made.untested) == ((), (), 0, ())
    assert len(made.without) == 2
