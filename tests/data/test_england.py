"""The register of England: who serves which area on which date, and under which codes."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from masagraph.store.embedded import EmbeddedStore
from masagraph.store.protocol import select, text_of

DATES = (date(2024, 6, 1), date(2026, 6, 1))
BOARDS = {DATES[0]: 42, DATES[1]: 36}
KINDS = {
    "LocalAuthority": 153,
    "PoliceForce": 39,
    "IntegratedCareBoard": 48,
    "ClinicalCommissioningGroup": 245,
}
EACH_DATE = [pytest.param(day, id=day.isoformat()) for day in DATES]


def rows(store: EmbeddedStore, query: str) -> list[dict[str, str]]:
    """The rows of an answer, as text."""
    return [{name: text_of(term) for name, term in row.items()} for row in select(store, query)]


def on(day: date, thing: str) -> str:
    """A pattern: the thing holds on a day."""
    return f"""
        FILTER NOT EXISTS {{ {thing} masa:validFrom ?f FILTER ( ?f > "{day}"^^xsd:date ) }}
        FILTER NOT EXISTS {{ {thing} masa:validUntil ?u FILTER ( ?u <= "{day}"^^xsd:date ) }}
        FILTER NOT EXISTS {{ {thing} masa:endedBy ?b FILTER ( ?b <= "{day}"^^xsd:date ) }}
    """


def fillings(store: EmbeddedStore, day: date) -> list[dict[str, str]]:
    """Who fills which slot on a day, by the register."""
    return rows(
        store,
        f"""SELECT ?area ?function ?organisation ?share {{
            ?filling masa:fillsSlot ?slot ; masa:fillingOrganisation ?organisation .
            ?slot masa:forArea ?area ; masa:partnerFunction ?function .
            OPTIONAL {{ ?filling masa:share ?share }}
            {on(day, "?filling")}
        }}""",
    )


@pytest.mark.parametrize(("kind", "number"), KINDS.items())
def test_every_body_is_held(store: EmbeddedStore, kind: str, number: int) -> None:
    held = rows(store, f"SELECT DISTINCT ?body {{ ?body a masa:{kind} ; masa:gssCode ?code }}")
    assert len(held) == number


def test_106_groups_lasted_until_the_boards_began(store: EmbeddedStore) -> None:
    query = """SELECT DISTINCT ?group {
        ?group a masa:ClinicalCommissioningGroup ; masa:validUntil "2022-07-01"^^xsd:date ;
            masa:succeededBy ?board .
        ?board a masa:IntegratedCareBoard ; masa:validFrom "2022-07-01"^^xsd:date
    }"""
    assert len(rows(store, query)) == 106


@pytest.mark.parametrize("day", EACH_DATE)
def test_every_area_has_one_council_one_force_and_a_board(store: EmbeddedStore, day: date) -> None:
    found = fillings(store, day)
    counts = Counter((row["function"].rpartition("#")[2], row["area"]) for row in found)
    by_function = {
        name: Counter({area: n for (function, area), n in counts.items() if function == name})
        for name in ("LocalAuthorityFunction", "PoliceFunction", "HealthFunction")
    }
    assert [len(areas) for areas in by_function.values()] == [153, 153, 153]
    assert set(by_function["LocalAuthorityFunction"].values()) == {1}
    assert set(by_function["PoliceFunction"].values()) == {1}
    assert len(found) == len({(r["area"], r["organisation"]) for r in found})


@pytest.mark.parametrize("day", EACH_DATE)
def test_every_council_force_and_board_of_the_day_fills_a_slot(
    store: EmbeddedStore, day: date
) -> None:
    filling = {row["organisation"] for row in fillings(store, day)}
    numbers = {"LocalAuthority": 153, "PoliceForce": 39, "IntegratedCareBoard": BOARDS[day]}
    for kind, number in numbers.items():
        query = f"SELECT DISTINCT ?body {{ ?body a masa:{kind} {on(day, '?body')} }}"
        there = {row["body"] for row in rows(store, query)}
        assert len(there) == number
        assert there <= filling


def test_the_boards_change_on_the_first_of_april_2026(store: EmbeddedStore) -> None:
    for day, number in ((date(2026, 3, 31), 42), (date(2026, 4, 1), 36)):
        found = fillings(store, day)
        boards = {r["organisation"] for r in found if "HealthFunction" in r["function"]}
        assert len(boards) == number


def test_no_board_fills_a_slot_before_it_began(store: EmbeddedStore) -> None:
    found = fillings(store, date(2022, 6, 30))
    assert not [row for row in found if "HealthFunction" in row["function"]]


def test_a_slot_is_not_filled_before_its_area_was_there(store: EmbeddedStore) -> None:
    areas = {row["area"].rpartition("/")[2] for row in fillings(store, date(2023, 3, 31))}
    assert len(areas) == 151
    assert not areas & {"cumberland", "westmorland-and-furness"}


def test_the_threshold_leaves_out_overlaps_of_up_to_four_small_areas(store: EmbeddedStore) -> None:
    query = """SELECT ?overlap ?n ?counts {
        FILTER ( ?share < 1 )
        ?register masa:overlapThreshold ?least .
        ?overlap masa:share ?share ; masa:lsoaCount ?n .
        BIND ( ?share >= ?least AS ?counts )
    }"""
    found = rows(store, query)
    out = sorted(r["overlap"].rpartition("overlap/")[2] for r in found if r["counts"] == "false")
    assert out == [
        "2024-04/buckinghamshire-qhg",
        "2024-04/north-yorkshire-qe1",
        "2024-04/oxfordshire-qox",
        "2024-04/oxfordshire-qpm",
        "2026-04/buckinghamshire-s1y5d",
        "2026-04/north-yorkshire-qe1",
        "2026-04/oxfordshire-qox",
        "2026-04/oxfordshire-qpm",
    ]
    assert all((int(row["n"]) <= 4) == (row["counts"] == "false") for row in found)


def test_the_shares_of_an_area_make_a_whole(store: EmbeddedStore) -> None:
    query = """SELECT ?area ?edition ?all (SUM(?n) AS ?sum) {
        ?overlap masa:overlapArea ?area ; masa:registerEdition ?edition ;
            masa:lsoaCount ?n ; masa:lsoaCountOfArea ?all
    } GROUP BY ?area ?edition ?all"""
    found = rows(store, query)
    assert len(found) == 153 * 2
    assert all(row["sum"] == row["all"] for row in found)


def test_a_thing_has_at_most_one_code_on_a_day(store: EmbeddedStore) -> None:
    query = """SELECT ?thing ?one ?two {
        ?thing masa:hasCode ?a , ?b . ?a masa:gss ?one . ?b masa:gss ?two .
        FILTER ( STR(?one) < STR(?two) )
        OPTIONAL { ?a masa:validFrom ?aFrom }
        OPTIONAL { ?b masa:validFrom ?bFrom }
        OPTIONAL { ?a masa:validUntil|masa:endedBy ?aEnd }
        OPTIONAL { ?b masa:validUntil|masa:endedBy ?bEnd }
        FILTER ( COALESCE(?aFrom < ?bEnd, true) && COALESCE(?bFrom < ?aEnd, true) )
        # Of a group's codes only editions are known: those may not overlap.
        OPTIONAL { ?a masa:firstEditionSeen ?aFirst ; masa:lastEditionSeen ?aLast }
        OPTIONAL { ?b masa:firstEditionSeen ?bFirst ; masa:lastEditionSeen ?bLast }
        FILTER ( COALESCE(?aFirst <= ?bLast && ?bFirst <= ?aLast, true) )
    }"""
    assert rows(store, query) == []


def test_no_code_stands_for_two_things_of_one_kind(store: EmbeddedStore) -> None:
    """An area and its council share a code: both are the one local authority."""
    for code in ("masa:gssCode|masa:hasCode/masa:gss", "masa:odsCode|masa:policeApiId"):
        query = f"SELECT DISTINCT ?thing ?kind ?code {{ ?thing a ?kind ; {code} ?code }}"
        counts = Counter((row["kind"], row["code"]) for row in rows(store, query))
        assert set(counts.values()) == {1}


def test_the_last_code_is_among_the_dated_codes(store: EmbeddedStore) -> None:
    query = """SELECT ?thing { ?thing masa:gssCode ?code ; masa:hasCode ?any
        FILTER NOT EXISTS { ?thing masa:hasCode/masa:gss ?code } }"""
    assert rows(store, query) == []
    boards = "SELECT DISTINCT ?gss { ?b a masa:IntegratedCareBoard ; masa:hasCode/masa:gss ?gss }"
    assert len(rows(store, boards)) == 49


def test_a_line_of_successors_ends_with_a_board_of_today(store: EmbeddedStore) -> None:
    circle = "SELECT ?body { ?body masa:succeededBy+ ?body }"
    assert rows(store, circle) == []
    lost = f"""SELECT DISTINCT ?body {{
        ?body masa:succeededBy ?any
        FILTER NOT EXISTS {{ ?body masa:succeededBy+ ?heir {on(DATES[1], "?heir")} }}
    }}"""
    assert rows(store, lost) == []


def test_an_heir_begins_when_the_last_one_ends(store: EmbeddedStore) -> None:
    query = """SELECT ?body ?heir {
        ?body masa:succeededBy ?heir ; masa:validUntil ?end . ?heir masa:validFrom ?from
        FILTER ( ?from > ?end )
    }"""
    assert rows(store, query) == []


def test_partnerships_are_claims_with_an_address(store: EmbeddedStore) -> None:
    query = """SELECT ?claim ?kind (COUNT(?area) AS ?areas) {
        ?claim a masa:PartnershipClaim ; masa:partnershipKind ?kind ; masa:claimedArea ?area ;
            dcterms:source ?page
        FILTER ( STRSTARTS(STR(?page), "http") )
    } GROUP BY ?claim ?kind"""
    found = rows(store, query)
    kinds = Counter(row["kind"].rpartition("#")[2] for row in found)
    assert kinds == {"JointPartnership": 16, "SinglePartnership": 103}
    assert all((int(row["areas"]) > 1) == row["kind"].endswith("JointPartnership") for row in found)


def test_each_table_of_the_register_says_whence_it_comes(store: EmbeddedStore) -> None:
    query = "SELECT ?t { ?t a masa:Register ; dcterms:source ?s ; dcterms:license ?l }"
    assert len(rows(store, query)) == 5
