"""The network of invented arrangements and of the shipped ones, and what is measured of them.

What the shipped documents say was counted in their text: the sub-groups' terms of reference say to
whom each answers and reports, the membership tables say who sits where, and the list of relevant
agencies has 35 entries.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from masagraph.assessment import chains
from masagraph.errors import UnknownName
from masagraph.network import measures
from masagraph.network.explained import explained
from masagraph.network.gathered import Network
from masagraph.network.made import documents_of, network_of, read_network
from masagraph.network.measured import MEASURES, measured
from masagraph.questions.catalogue import list_questions
from masagraph.resources import Resources
from masagraph.store.opened import Opened
from masagraph.store.protocol import select, text_of

if TYPE_CHECKING:
    from tests.conftest import Exampleshire
    from tests.network.conftest import Rows

SEFTON = "sefton-arrangements-2021"
FORUM, TOP = "Sefton Safeguarding Forum", "Strategic Leadership Team"
PARTNERS = "Sefton Safeguarding Children Partnership"
LEARNING = "Learning and Development sub-group"
PERFORMANCE = "Performance, Quality Assurance and Data Sub-group"
REVIEWS = "Practice Review Group"
MODEL = "Practice Model Group"
CONTEXTUAL = "Contextual Safeguarding sub-group"


@pytest.fixture(scope="session")
def sefton(opened: Opened) -> Network:
    return read_network(opened.store, ["sefton"], opened.data_date)


PEOPLE = "SELECT ?name { ?holder <http://xmlns.com/foaf/0.1/name> ?name }"

# Sefton, by its documents


def test_two_groups_report_past_the_forum(sefton: Network) -> None:
    found = {row["to"]: row for row in measures.reports_past_master(sefton)}
    assert set(found) == {PARTNERS, TOP}
    assert (found[PARTNERS]["past"], found[PARTNERS]["count"]) == (FORUM, 2)
    assert found[PARTNERS]["bodies"] == f"{PERFORMANCE}; {REVIEWS}"
    assert found[TOP]["count"] == 5


def test_the_police_hang_on_one_officer_on_three_bodies_and_sit_not_on_one(
    sefton: Network,
) -> None:
    alone = [row for row in measures.lone_representatives(sefton) if row["partner"] == "police"]
    assert [(row["count"], row["bodies"]) for row in alone] == [
        (3, f"{LEARNING}; {PERFORMANCE}; {REVIEWS}"), (1, TOP),
    ]  # fmt: skip
    none = measures.partners_without_member(sefton)
    assert [(row["partner"], row["body"]) for row in none] == [("police", MODEL)]


def test_agencies_that_sit_nowhere(sefton: Network) -> None:
    """21, and Local Authority Early Help, of which the text does not say that anybody sits."""
    found = measures.agencies_without_seat(sefton)
    assert [row["position"] for row in found] == [
        6, 7, 8, 9, 10, 11, 14, 16, 18, 19, 20, 21, 23, 25, 27, 28, 29, 31, 32, 33, 34, 35,
    ]  # fmt: skip
    assert {row["document"] for row in found} == {SEFTON}


def test_lines_of_sefton(sefton: Network) -> None:
    groups = (CONTEXTUAL, LEARNING, PERFORMANCE, MODEL, REVIEWS)
    ways = measures.longest_chains(sefton)
    assert [row["chain"] for row in ways] == [f"{group} → {FORUM} → {TOP}" for group in groups]
    assert {row["steps"] for row in ways} == {2}
    assert measures.circles(sefton) == []
    assert measures.bodies_with_several_masters(sefton) == []
    assert {row["body"] for row in measures.bodies_without_line(sefton)} == {
        "Business Unit", "Safeguarding Children's Chairs Group", "Safeguarding Executive Forum",
        "Safeguarding Partners Safegaurding Forum", "Sefton Children in Care Council",
    }  # fmt: skip


def test_what_joins_sefton_to_others(sefton: Network) -> None:
    found = {row["partner"]: row for row in measures.interlocks(sefton)}
    assert found["police"]["others"] == "Knowsley; Liverpool; St. Helens; Wirral"
    assert found["health"]["count"] == 8
    assert set(found) == {"police", "health"}


def test_documents_stand_beside_each_number(sefton: Network) -> None:
    found = {each.words.name: each for each in measured(sefton)}
    assert found["reports-past-master"].documents == {SEFTON: "WholeText"}
    # That nothing was found rests on all that was read.
    assert len(found["circles"].documents) == 3
    assert "not found in the text held" in found["circles"].sentence
    assert "none exists" not in " ".join(each.sentence for each in found.values())


def test_nobody_is_named_or_scored(opened: Opened) -> None:
    network = read_network(opened.store, None, opened.data_date)
    names = {
        text_of(row["name"]).lower() for row in select(opened.store, PEOPLE)
    }  # fmt: skip
    assert names
    values = [value for _, node in network.nodes(data=True) for value in node.values()]
    values += [value for *_, edge in network.edges(data=True) for value in edge.values()]
    text = " ".join(str(value).lower() for value in values)
    assert not [name for name in names if name in text]
    assert not {"score", "rank", "centrality"} & {
        name for *_, edge in network.edges(data=True) for name in edge
    }


# The shape of a network


def test_values_are_plain_and_edges_tell_their_document(sefton: Network) -> None:
    for _, node in sefton.nodes(data=True):
        assert {"label", "kind", "area"} <= node.keys()
        assert all(isinstance(value, (str, int, bool)) for value in node.values())
    for *_, edge in sefton.edges(data=True):
        assert all(isinstance(value, (str, int, bool)) for value in edge.values())
        if edge["kind"] in ("AccountableTo", "ReportsTo", "LinkedTo", "Seat"):
            assert edge["document"] == SEFTON or edge["document"] in documents_of(sefton)
            assert edge["in_view_from"]
            assert edge["words"]


def test_order_does_not_depend_on_how_areas_were_named(opened: Opened) -> None:
    one, other = (
        read_network(opened.store, names, opened.data_date)
        for names in (["warwickshire", "sefton"], ["E08000014", "warwickshire", "sefton"])
    )
    assert list(one.nodes(data=True)) == list(other.nodes(data=True))
    assert list(one.edges(keys=True, data=True)) == list(other.edges(keys=True, data=True))
    assert one.graph == other.graph


def test_all_areas_with_a_document(opened: Opened) -> None:
    network = read_network(opened.store, None, opened.data_date)
    assert len(str(network.graph["areas"]).split()) == 5
    assert len(documents_of(network)) == 5


def test_unknown_area(opened: Opened) -> None:
    with pytest.raises(UnknownName, match="seftn"):
        read_network(opened.store, ["sefton", "seftn"], opened.data_date)


@pytest.mark.parametrize(("area", "day"), [("kent", "2026-01-01"), ("sefton", "2021-10-30")])
def test_without_a_document_only_the_register_is_told(opened: Opened, area: str, day: str) -> None:
    network = read_network(opened.store, [area], date.fromisoformat(day))
    assert documents_of(network) == {}
    assert {node["kind"] for _, node in network.nodes(data=True)} <= {"area", "organisation"}
    for each in measured(network):
        if each.words.name != "interlocks":
            assert (each.sentence, each.as_json()["number"]) == ("No document is held.", None)


# Invented arrangements


def drawn(exampleshire: Exampleshire, *parts: str, as_at: str = "2025-01-01") -> Network:
    store = exampleshire.store(exampleshire.document(*parts))
    return network_of(store, [exampleshire.area], date.fromisoformat(as_at))


def bodies(*names: str) -> str:
    return "\n".join(
        f'body:{name} a masa:Body ; skos:prefLabel "The {name}" ; '
        "org:subOrganizationOf partnership:exampleshire ."
        for name in names
    )


def line(start: str, end: str, kind: str = "AccountableTo") -> str:
    return (
        f"line:{start}-{end}-{kind.lower()} a masa:ReportingLine ; "
        f"masa:inArrangement arrangement:exampleshire ; masa:reportingBody body:{start} ; "
        f"masa:reportsToBody body:{end} ; masa:lineKind masa:{kind} ."
    )


def seats(body: str, *posts: str, expected: bool = False) -> str:
    column = "AgencyColumn" if expected else "MemberColumn"
    return "\n".join(
        f"""post:{post} a org:Post ; skos:prefLabel "Post {post}" .
        appointment:{body}-{post} a masa:Appointment ; org:organization body:{body} ;
            org:member post:{post} ; org:role masa:Member ; masa:seatColumn masa:{column} ;
            masa:inArrangement arrangement:exampleshire ; masa:holderStatus masa:Named ."""
        for post in posts
    )


def test_two_masters_and_a_circle(exampleshire: Exampleshire) -> None:
    network = drawn(
        exampleshire, bodies("board", "forum", "panel", "team"), line("panel", "board"),
        line("panel", "forum"), line("board", "forum"), line("forum", "board"),
        line("team", "panel", "ReportsTo"),
    )  # fmt: skip
    (row,) = measures.bodies_with_several_masters(network)
    assert (row["body"], row["masters"]) == ("The panel", "The board; The forum")
    (circle,) = measures.circles(network)
    assert circle["circle"] == "The board → The forum → The board"
    assert measures.longest_chains(network) == []
    assert measures.bodies_without_line(network) == []


def test_a_post_that_alone_joins_two_bodies(exampleshire: Exampleshire) -> None:
    both = (seats("board", "a", "b"), seats("forum", "b", "c"), seats("panel", "d"))
    network = drawn(exampleshire, bodies("board", "forum", "panel"), *both)
    (row,) = measures.posts_that_alone_join(network)
    assert (row["post"], row["cut_off"], row["from"]) == ("Post b", "The forum", "The board")
    joined = drawn(exampleshire, bodies("board", "forum"), *both[:2], seats("forum", "a"))
    assert measures.posts_that_alone_join(joined) == []


def test_an_expected_seat_joins_nothing(exampleshire: Exampleshire) -> None:
    network = drawn(exampleshire, bodies("board", "forum"), seats("board", "a", "b"),
                    seats("forum", "b", expected=True))  # fmt: skip
    assert measures.bodies_that_share_members(network) == []
    assert measures.posts_that_alone_join(network) == []


def test_a_body_that_ended_has_no_missing_line(exampleshire: Exampleshire) -> None:
    ended = 'body:panel masa:validUntil "2024-12-31"^^xsd:date .'
    network = drawn(exampleshire, bodies("board", "panel"), ended)
    assert [row["body"] for row in measures.bodies_without_line(network)] == ["The board"]


# Measures against networkx, over invented graphs

NODES = [f"b{number}" for number in range(6)]
JOINS = st.sets(st.tuples(st.sampled_from(NODES), st.sampled_from(NODES)), max_size=12)


def graph(joins: set[tuple[str, str]]) -> Network:
    network: Network = nx.MultiDiGraph(areas="x", documents="d=WholeText", as_at="2025-01-01")
    for name in NODES:
        network.add_node(name, label=name, kind="body", area="x", ended=False,
                         within_partnership=True)  # fmt: skip
    for start, end in sorted(joins):
        network.add_edge(start, end, kind="AccountableTo", area="x", document="d")
    return network


@settings(deadline=None)
@given(joins=JOINS)
def test_circles_are_those_of_networkx(joins: set[tuple[str, str]]) -> None:
    network = graph(joins)
    expected = {frozenset(cycle) for cycle in nx.simple_cycles(nx.DiGraph(joins))}
    found = [frozenset(str(row["circle"]).split(" → ")) for row in measures.circles(network)]
    assert set(found) == expected
    assert len(found) == len(list(nx.simple_cycles(nx.DiGraph(joins))))


@settings(deadline=None)
@given(joins=JOINS)
def test_longest_way_is_that_of_networkx(joins: set[tuple[str, str]]) -> None:
    downhill = {(start, end) for start, end in joins if start < end}
    found = {row["steps"] for row in measures.longest_chains(graph(downhill))}
    longest = nx.dag_longest_path_length(nx.DiGraph(downhill)) if downhill else 0
    assert found == ({longest} if longest else set())


@settings(deadline=None)
@given(joins=JOINS)
def test_bodies_without_line_and_with_masters(joins: set[tuple[str, str]]) -> None:
    network = graph(joins)
    simple = nx.DiGraph(joins)
    lone = {row["body"] for row in measures.bodies_without_line(network)}
    assert lone == {name for name in NODES if name not in simple}
    several = {row["body"]: row["count"] for row in measures.bodies_with_several_masters(network)}
    assert several == {n: d for n, d in simple.out_degree() if d > 1}


@settings(deadline=None)
@given(joins=JOINS)
def test_a_way_up_never_repeats(joins: set[tuple[str, str]]) -> None:
    above = {n: sorted(end for start, end in joins if start == n) for n in NODES}
    for start in NODES:
        for way in chains.ways_up(start, above):
            assert len(set(way.steps)) == len(way.steps)


# What explains the measures


def test_each_measure_is_explained_and_no_other(resources: Resources) -> None:
    words = explained(resources)
    assert list(words) == list(MEASURES)
    questions = {question.name for question in list_questions(resources)}
    for each in words.values():
        assert each.question in questions
        assert each.about.endswith(".")
        assert each.limits.endswith(".")
        assert each.about.count(". ") == each.limits.count(". ") == 0


# The same figures from SPARQL


@pytest.fixture(scope="session")
def everywhere(opened: Opened) -> Network:
    return read_network(opened.store, None, opened.data_date)


def test_lines_are_counted_the_same_by_the_question(everywhere: Network, rows: Rows) -> None:
    asked = rows("masters-of-bodies")
    assert sorted(row["body"] for row in asked if row["lines"] == 0) == sorted(
        str(row["body"]) for row in measures.bodies_without_line(everywhere)
    )
    several = {row["body"]: row["masters"] for row in asked if row["masters"] > 1}
    assert several == {
        row["body"]: row["count"] for row in measures.bodies_with_several_masters(everywhere)
    }


def test_seats_are_counted_the_same_by_the_questions(everywhere: Network, rows: Rows) -> None:
    keys = ("body", "other", "shared", "together", "overlap")
    assert [[row[key] for key in keys] for row in rows("bodies-sharing-members")] == [
        [row[key] for key in keys] for row in measures.bodies_that_share_members(everywhere)
    ]
    asked = rows("partners-on-bodies")
    alone = sorted((row["partner"], row["body"]) for row in asked if row["members"] == 1)
    assert alone == sorted(
        (row["partner"], body)
        for row in measures.lone_representatives(everywhere)
        for body in str(row["bodies"]).split("; ")
    )
    none = sorted((row["partner"], row["body"]) for row in asked if row["members"] == 0)
    assert none == sorted(
        (row["partner"], row["body"]) for row in measures.partners_without_member(everywhere)
    )
    agencies = [row["stated_name"] for row in rows("agencies-without-a-member")]
    assert agencies == [row["agency"] for row in measures.agencies_without_seat(everywhere)]


def test_reports_and_circles_are_the_same_by_the_questions(everywhere: Network, rows: Rows) -> None:
    asked = sorted((row["body"], row["reports_to"]) for row in rows("reports-past-its-master"))
    assert asked == sorted(
        (body, row["to"])
        for row in measures.reports_past_master(everywhere)
        for body in str(row["bodies"]).split("; ")
    )
    circles = [row["body"] for row in rows("circles-of-accountability") if row["in_a_circle"]]
    assert (circles == []) == (measures.circles(everywhere) == [])


@pytest.mark.parametrize("area", ["sefton", "warwickshire", "kent", "cumberland"])
def test_interlocks_are_the_same_by_the_question(opened: Opened, rows: Rows, area: str) -> None:
    network = read_network(opened.store, [area], opened.data_date)
    assert sorted(
        (row["partner"], row["shared"], row["others"], row["shared_with"])
        for row in rows("interlocks-between-areas", area=area)
    ) == sorted(
        (row["partner"], row["shared"], row["count"], row["others"])
        for row in measures.interlocks(network)
    )
