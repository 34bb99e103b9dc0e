"""What a network tells on a date, of several documents, and of areas that share an arrangement."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from masagraph.network import measures
from masagraph.network.made import network_of
from masagraph.network.measured import measured
from masagraph.network.written import measures_table

if TYPE_CHECKING:
    from tests.conftest import Exampleshire

    from masagraph.store.embedded import EmbeddedStore

DAY = date(2024, 6, 1)
PARTNERS = """
    slot:police masa:filledBy organisation:exampleshire-police .
    slot:health masa:filledBy organisation:exampleshire-icb .
    slot:local-authority masa:filledBy organisation:exampleshire-council .
"""


def body(name: str, more: str = "") -> str:
    return (
        f'body:{name} a masa:Body ; skos:prefLabel "The {name}" ; {more} '
        "org:subOrganizationOf partnership:exampleshire ."
    )


def seat(name: str, post: str, organisation: str, role: str = "Member", number: int = 1) -> str:
    return f"""
        post:{post} a org:Post ; skos:prefLabel "Post {post}" ;
            org:postIn organisation:exampleshire-{organisation} .
        appointment:{name}-{post}-{number} a masa:Appointment ; org:role masa:{role} ;
            org:organization body:{name} ; org:member post:{post} ;
            masa:seatColumn masa:MemberColumn ; masa:holderStatus masa:PostOnly ;
            masa:inArrangement arrangement:exampleshire .
    """


def line(start: str, end: str) -> str:
    return f"""
        line:{start}-{end} a masa:ReportingLine ; masa:lineKind masa:AccountableTo ;
            masa:inArrangement arrangement:exampleshire ;
            masa:reportingBody body:{start} ; masa:reportsToBody body:{end} .
    """


def of(store: EmbeddedStore, exampleshire: Exampleshire, day: date = DAY) -> dict[str, Any]:
    return {each.words.name: each for each in measured(network_of(store, [exampleshire.area], day))}


def test_who_one_document_lists_is_no_less_there_for_another(exampleshire: Exampleshire) -> None:
    """The second names only the chair: that makes no other partner absent, nor anybody alone."""
    first = exampleshire.document(
        body("board"), PARTNERS, seat("board", "chief", "police"), seat("board", "nurse", "icb"),
        seat("board", "director", "council"), name="one", since="2024-01-01",
    )  # fmt: skip
    second = exampleshire.document(
        seat("board", "director", "council", "Chair", 2),
        seat("board", "deputy", "police", number=2), name="two", since="2024-05-01",
    )  # fmt: skip
    found = of(exampleshire.store(first, second), exampleshire)
    assert found["partners-without-member"].rows == ()
    assert "police" not in {row["partner"] for row in found["lone-representatives"].rows}
    assert {row["partner"] for row in found["lone-representatives"].rows} >= {"health"}


def test_a_body_that_is_not_there_yet_is_not_told_of(exampleshire: Exampleshire) -> None:
    store = exampleshire.store(
        exampleshire.document(
            body("board"), body("panel"), line("panel", "board"),
            body("later", 'masa:validFrom "2025-01-01"^^xsd:date ;'), since="2024-01-01",
        )
    )  # fmt: skip
    assert of(store, exampleshire)["bodies-without-line"].rows == ()
    after = of(store, exampleshire, date(2025, 6, 1))["bodies-without-line"]
    assert [row["body"] for row in after.rows] == ["The later"]


def test_an_arrangement_of_two_areas_is_measured_in_each(exampleshire: Exampleshire) -> None:
    other = replace(
        exampleshire.area, iri=f"{exampleshire.area.iri}-west", slug="west", label="West"
    )
    more = f"""
        arrangement:exampleshire masa:coversArea <{other.iri}> .
        <{other.iri}> a masa:SafeguardingArea ; skos:prefLabel "West" ; skos:notation "west" .
    """
    document = exampleshire.document(
        body("board"), body("panel"), line("panel", "board"), PARTNERS, more,
        seat("board", "chief", "police"), since="2024-01-01",
    )  # fmt: skip
    store = exampleshire.store(document)
    alone = network_of(store, [exampleshire.area], DAY)
    both = network_of(store, [exampleshire.area, other], DAY)
    assert measures.lone_representatives(alone)
    here = [row for row in measures.lone_representatives(both) if row["area"] == "exampleshire"]
    assert here == measures.lone_representatives(alone)
    seats = [edge["area"] for *_, edge in both.edges(data=True) if edge["kind"] == "Seat"]
    assert sorted(seats) == ["exampleshire", "west"]


def test_where_there_is_nothing_to_look_at_nothing_is_said_to_be_missing(
    exampleshire: Exampleshire,
) -> None:
    found = of(exampleshire.store(exampleshire.document(since="2024-01-01")), exampleshire)
    told = {name: each.sentence for name, each in found.items()}
    assert told["circles"].startswith("No board or group was found in the text held")
    assert told["partners-without-member"].startswith("No list of members")
    assert found["circles"].as_json()["number"] is None


def test_each_area_has_its_own_rows_in_a_table_of_several(exampleshire: Exampleshire) -> None:
    bare = replace(
        exampleshire.area, iri=f"{exampleshire.area.iri}-east", slug="east", label="East",
        arrangement="https://example.org/none",
    )  # fmt: skip
    store = exampleshire.store(exampleshire.document(body("board"), since="2024-01-01"))
    heads, rows = measures_table(network_of(store, [exampleshire.area, bare], DAY))
    area, finding, document = (heads.index(name) for name in ("area", "finding", "document"))
    east = [row for row in rows if row[area] == "east"]
    assert len(east) == 11
    assert [row[finding] for row in east].count("No document is held.") == 10
    assert {row[document] for row in east} == {""}
    assert len({row[area] for row in rows}) == 2
