"""topics-without-local-arrangement: topics on which no document held shows an arrangement.

The key counts 11 of 43 topics, cut finer than the 24 of the ontology. Of its eleven, two are
topics here (threshold document, child death review). Four are single duties, told by
duties-without-local-arrangement: equitable funding, the day by which a report is out, restraint,
and the supply of information. The rest differ. A chair, custody and homes, and contributions have
a local statement in part. That a report reaches the panel has none, but that it is made public
has one, and both are one duty. That the scrutineer is named is no duty: seats-without-named-holder
tells it. Child protection teams are law that is not yet in force.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from masagraph.errors import BadValue

if TYPE_CHECKING:
    from tests.questions.conftest import Rows

NAME = "topics-without-local-arrangement"


def test_three_topics(rows: Rows) -> None:
    found = {r["topic_name"]: r for r in rows(NAME)}
    assert set(found) == {
        "Child death review",
        "Multi-agency child protection teams",
        "Threshold document",
    }
    death, teams, threshold = (found[name] for name in sorted(found))
    assert (death["commitments"], death["documents"]) == (1, "sefton-arrangements-2021")
    assert (teams["duties"], teams["not_in_force"]) == (2, 2)
    assert not teams["documents"]
    assert (threshold["commitments"], threshold["guidance_restated"]) == (1, 1)
    assert threshold["documents"] == "sefton-arrangements-2021"


def test_it_says_the_same_as_standing_by_topic(rows: Rows) -> None:
    by_topic = rows("standing-by-topic")
    local = {r["topic_name"] for r in by_topic if r["best"] == "local arrangement"}
    assert {r["topic_name"] for r in rows(NAME)} == {r["topic_name"] for r in by_topic} - local


def test_it_takes_no_parameter(rows: Rows) -> None:
    with pytest.raises(BadValue, match='no parameter "area"'):
        rows(NAME, area="sefton")
