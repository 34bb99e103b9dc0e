"""Measures of arrangements drawn at random, against the stored questions that ask the same."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from masagraph.network import measures
from masagraph.network.made import network_of
from masagraph.questions.answers import answer
from masagraph.questions.catalogue import find_question, list_questions
from masagraph.resources import Resources, find_resources
from masagraph.store.embedded import EmbeddedStore

if TYPE_CHECKING:
    from tests.conftest import Exampleshire

BODIES = ("board", "forum", "panel", "team")
POSTS = ("a", "b", "c")
KINDS = ("AccountableTo", "ReportsTo", "LinkedTo")
DAY = date(2025, 1, 1)

LINES = st.sets(
    st.tuples(st.sampled_from(BODIES), st.sampled_from(BODIES), st.sampled_from(KINDS)), max_size=8
)
SEATS = st.sets(
    st.tuples(st.sampled_from(BODIES), st.sampled_from(POSTS), st.booleans()), max_size=9
)


def turtle(lines: set[tuple[str, str, str]], seats: set[tuple[str, str, bool]]) -> list[str]:
    """Return the parts of a document that states some lines and seats."""
    parts = [
        f'body:{name} a masa:Body ; skos:prefLabel "The {name}" ; '
        "org:subOrganizationOf partnership:exampleshire ."
        for name in BODIES
    ]
    parts += [
        f"line:{start}-{end}-{kind.lower()} a masa:ReportingLine ; masa:lineKind masa:{kind} ; "
        f"masa:inArrangement arrangement:exampleshire ; masa:reportingBody body:{start} ; "
        f"masa:reportsToBody body:{end} ."
        for start, end, kind in sorted(lines)
    ]
    parts += [f'post:{post} a org:Post ; skos:prefLabel "Post {post}" .' for post in POSTS]
    parts += [
        f"appointment:{body}-{post}-{int(expected)} a masa:Appointment ; org:role masa:Member ; "
        f"org:organization body:{body} ; org:member post:{post} ; "
        f"masa:seatColumn masa:{'AgencyColumn' if expected else 'MemberColumn'} ; "
        "masa:inArrangement arrangement:exampleshire ; masa:holderStatus masa:PostOnly ."
        for body, post, expected in sorted(seats)
    ]
    return parts


def asked(store: EmbeddedStore, resources: Resources, name: str) -> list[dict[str, Any]]:
    question = find_question(list_questions(resources), name)
    rows: list[dict[str, Any]] = answer(question, {}, store, DAY, "version").as_json()["rows"]
    return rows


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(lines=LINES, seats=SEATS)
def test_the_same_figures_by_either_way(
    exampleshire: Exampleshire, lines: set[tuple[str, str, str]], seats: set[tuple[str, str, bool]]
) -> None:
    resources = find_resources()
    store = exampleshire.store(exampleshire.document(*turtle(lines, seats)))
    network = network_of(store, [exampleshire.area], DAY)

    masters = asked(store, resources, "masters-of-bodies")
    assert {row["body"]: row["masters"] for row in masters if row["masters"] > 1} == {
        row["body"]: row["count"] for row in measures.bodies_with_several_masters(network)
    }
    assert {row["body"] for row in masters if not row["lines"]} == {
        row["body"] for row in measures.bodies_without_line(network)
    }
    keys = ("body", "other", "shared", "together", "overlap")
    pairs = asked(store, resources, "bodies-sharing-members")
    assert [[row[key] for key in keys] for row in pairs] == [
        [row[key] for key in keys] for row in measures.bodies_that_share_members(network)
    ]
