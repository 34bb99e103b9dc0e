"""The register of areas and the catalogue of duties: whole, and each thing named once."""

from __future__ import annotations

import re
from collections import Counter

from masagraph.assessment.names import Area, list_editions
from masagraph.store.embedded import EmbeddedStore
from masagraph.store.opened import Opened
from masagraph.store.protocol import select, text_of


def column(store: EmbeddedStore, query: str) -> list[str]:
    """The one column of a query's answer, as text."""
    return [text_of(next(iter(row.values()))) for row in select(store, query)]


def test_england_has_153_areas(areas: list[Area]) -> None:
    assert len(areas) == 153


def test_every_area_has_a_name_a_slug_and_a_code_of_its_own(areas: list[Area]) -> None:
    for values in ([a.slug for a in areas], [a.gss for a in areas], [a.label for a in areas]):
        assert Counter(values).most_common(1)[0][1] == 1
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", area.slug) for area in areas)
    assert all(re.fullmatch(r"E(06|08|09|10)\d{6}", area.gss) for area in areas)
    assert all(area.iri.endswith(f"/{area.slug}") for area in areas)


def test_the_code_in_force_is_among_the_dated_codes(store: EmbeddedStore) -> None:
    open_ended = column(
        store,
        """SELECT ?area {
            ?area a masa:SafeguardingArea ; masa:gssCode ?gss ; masa:hasCode ?code .
            ?code masa:gss ?gss .
            FILTER NOT EXISTS { ?code masa:validUntil ?end }
        }""",
    )
    assert len(open_ended) == len(set(open_ended)) == 153


def test_every_area_has_three_statutory_slots(store: EmbeddedStore) -> None:
    slots = Counter(
        column(
            store,
            """SELECT ?area {
                ?slot masa:forArea ?area ; masa:partnerFunction/masa:statutory true
            }""",
        )
    )
    assert len(slots) == 153
    assert set(slots.values()) == {3}


def test_148_duties_are_held(store: EmbeddedStore) -> None:
    duties = column(store, "SELECT ?duty { ?duty a masa:Duty }")
    assert len(duties) == len(set(duties)) == 148
    assert sum(edition.duties for edition in list_editions(store)) == 148


def test_a_duty_is_named_after_its_edition(store: EmbeddedStore) -> None:
    rows = select(store, "SELECT ?duty ?id { ?duty masa:edition/skos:notation ?id }")
    assert len(rows) == 148
    for row in rows:
        assert text_of(row["duty"]).rsplit("/", 1)[1].startswith(text_of(row["id"]) + "-")


def test_every_shape_has_a_duty_and_every_duty_a_provision(store: EmbeddedStore) -> None:
    shapes = column(store, "SELECT ?shape { ?shape masa:tests ?duty }")
    traced = column(
        store,
        """SELECT DISTINCT ?shape {
            ?shape masa:tests ?duty . ?duty dcterms:source ?provision .
            ?provision masa:locator ?locator .
        }""",
    )
    assert sorted(shapes) == sorted(traced)
    untraced = (
        "SELECT ?d { ?d a masa:Duty FILTER NOT EXISTS { ?d dcterms:source/masa:locator ?l } }"
    )
    assert column(store, untraced) == []


def test_a_duty_that_is_not_tested_by_design_has_no_shape(store: EmbeddedStore) -> None:
    """A permission, a definition or what is not yet in force can leave no gap."""
    found = column(
        store,
        """SELECT ?duty {
            ?shape masa:tests ?duty .
            { ?duty masa:modality masa:May } UNION { ?duty masa:deontic masa:Definition }
            UNION { ?duty masa:commencement masa:EnactedNotCommenced }
        }""",
    )
    assert found == []


def test_each_thing_is_counted_once(opened: Opened, areas: list[Area]) -> None:
    """The published store repeats nothing in its default graph, derived facts included."""
    for query, expected in (
        ("SELECT ?a { ?a a masa:Arrangement }", sum(a.arrangement is not None for a in areas)),
        ("SELECT ?a { ?a a masa:SafeguardingArea }", 153),
        ("SELECT ?a { ?a a masa:Duty }", 148),
    ):
        found = column(opened.store, query)
        assert len(found) == len(set(found)) == expected
