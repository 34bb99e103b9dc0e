"""What follows from a view: older duties carried on, lines upwards, roles; and nothing else."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from owl_oracle import infer_by_rules

from masagraph.assessment.names import Area, find_area
from masagraph.assessment.view import View, build_view
from masagraph.store.embedded import EmbeddedStore
from masagraph.vocab import ID, MASA, PREFIXES, local_name

if TYPE_CHECKING:
    from tests.conftest import Document, Exampleshire

AS_AT = "2024-12-01"


def bears(view: View, predicate: str, statement: str) -> set[str]:
    """The duties on which a statement bears, given or derived, by slug."""
    quads = view.store.quads_for_pattern(
        ox.NamedNode(f"{ID}statement/exampleshire/{statement}"), ox.NamedNode(MASA[predicate]), None
    )
    return {local_name(quad.object.value) for quad in quads}


def answers_to(view: View, predicate: str, body: str) -> set[str]:
    quads = view.store.quads_for_pattern(
        ox.NamedNode(f"{ID}body/exampleshire/{body}"), ox.NamedNode(MASA[predicate]), None
    )
    return {local_name(quad.object.value) for quad in quads}


def line(name: str, below: str, above: str, kind: str = "AccountableTo") -> str:
    return f"""
        body:{below} a masa:Body ; skos:prefLabel "{below}"@en .
        body:{above} a masa:Body ; skos:prefLabel "{above}"@en .
        line:{name} a masa:ReportingLine ;
            masa:inArrangement arrangement:exampleshire ;
            masa:reportingBody body:{below} ;
            masa:reportsToBody body:{above} ;
            masa:lineKind masa:{kind} .
    """


@pytest.mark.parametrize(
    ("wholly", "partly", "derived_wholly", "derived_partly"),
    [
        pytest.param(
            ["wt2018-publish-arrangements"], [], {"wt2023-publish-arrangements"}, set(),
            id="carried",
        ),
        pytest.param(["wt2018-link-boards"], [], set(), {"wt2023-link-boards"}, id="widened"),
        pytest.param(
            [], ["wt2018-publish-arrangements"], set(), {"wt2023-publish-arrangements"},
            id="part of one carried",
        ),
        pytest.param(
            [], ["wt2018-link-boards"], set(), {"wt2023-link-boards"}, id="part of one widened"
        ),
        pytest.param(
            ["wt2018-pub-education"], [], {"wt2023-pub-education"},
            {"wt2023-education-strategic-inclusion", "wt2023-education-named"},
            id="carried and widened",
        ),
        pytest.param(["wt2023-link-boards"], [], set(), set(), id="never back to the older"),
    ],
)  # fmt: skip
def test_what_bears_on_an_older_duty_bears_on_the_newer(
    exampleshire: Exampleshire,
    wholly: list[str],
    partly: list[str],
    derived_wholly: set[str],
    derived_partly: set[str],
) -> None:
    document = exampleshire.document(exampleshire.statement("plan", wholly=wholly, partly=partly))
    view = exampleshire.view(AS_AT, document)
    assert bears(view, "bearsOn", "plan") == set(wholly) | derived_wholly
    assert bears(view, "bearsPartlyOn", "plan") == set(partly) | derived_partly


def test_accountability_goes_up_through_bodies(exampleshire: Exampleshire) -> None:
    document = exampleshire.document(
        line("one", "group", "forum"), line("two", "forum", "leads"), line("three", "unit", "forum")
    )
    view = exampleshire.view(AS_AT, document)
    assert answers_to(view, "accountableTo", "group") == {"forum"}
    assert answers_to(view, "ultimatelyAccountableTo", "group") == {"forum", "leads"}
    assert answers_to(view, "ultimatelyAccountableTo", "forum") == {"leads"}
    assert answers_to(view, "ultimatelyAccountableTo", "leads") == set()


@pytest.mark.parametrize("kind", ["ReportsTo", "LinkedTo"])
def test_reporting_and_links_are_not_accountability(exampleshire: Exampleshire, kind: str) -> None:
    document = exampleshire.document(
        line("one", "group", "forum", kind), line("two", "forum", "leads")
    )
    view = exampleshire.view(AS_AT, document)
    assert answers_to(view, "ultimatelyAccountableTo", "group") == set()
    assert answers_to(view, "reportsTo", "group") == ({"forum"} if kind == "ReportsTo" else set())


def test_a_body_may_have_several_masters_and_a_circle_ends(exampleshire: Exampleshire) -> None:
    document = exampleshire.document(
        line("one", "group", "forum"), line("two", "group", "board"),
        line("three", "forum", "board"), line("four", "board", "forum"),
    )  # fmt: skip
    view = exampleshire.view(AS_AT, document)
    assert answers_to(view, "ultimatelyAccountableTo", "group") == {"forum", "board"}
    assert answers_to(view, "ultimatelyAccountableTo", "forum") == {"forum", "board"}


def test_a_conflict_holds_both_ways(exampleshire: Exampleshire) -> None:
    document = exampleshire.document(
        exampleshire.statement("one", wholly=["wt2023-lsp-sign-off"],
                               more="masa:conflictsWith statement:two ;"),
        exampleshire.statement("two", wholly=["wt2023-lsp-sign-off"]),
    )  # fmt: skip
    view = exampleshire.view(AS_AT, document)
    assert bears(view, "conflictsWith", "two") == {"one"}


def lead_of(claims: str | None, since: str, exampleshire: Exampleshire, **seat: str) -> Document:
    return exampleshire.document(exampleshire.seat("lead", **seat), claims=claims, since=since)


OLDER = {"wt2018-lead-representatives"}
"""A lead shows this duty in part only: it also asks what the delegate may decide."""

WIDER = {"wt2023-lsp-is-agency-head"}


@pytest.mark.parametrize(
    ("claims", "since", "wholly", "partly"),
    [
        pytest.param(
            "wt2023", "2024-03-15",
            {"wt2023-lsp-is-agency-head"}, OLDER | WIDER, id="of the edition",
        ),
        pytest.param(
            "wt2018", "2024-03-15", set(), OLDER | WIDER, id="of an older one"
        ),
        pytest.param(
            None, "2024-03-15",
            {"wt2023-lsp-is-agency-head"}, OLDER | WIDER,
            id="of its time, claiming none",
        ),
        pytest.param(
            None, "2021-03-15", set(), OLDER | WIDER,
            id="of an older time, claiming none",
        ),
        pytest.param(None, "2017-03-15", set(), set(), id="older than all guidance"),
    ],
)  # fmt: skip
def test_a_seat_shows_the_duty_that_tests_its_role(
    exampleshire: Exampleshire, claims: str | None, since: str, wholly: set[str], partly: set[str]
) -> None:
    """Never wholly a duty of a later edition than the document follows; in part, where widened."""
    view = exampleshire.view(AS_AT, lead_of(claims, since, exampleshire))
    assert bears(view, "bearsOn", "shows-lead") == wholly
    assert bears(view, "bearsPartlyOn", "shows-lead") == partly


def test_a_seat_that_is_not_statutory_shows_no_duty_of_the_partners(
    exampleshire: Exampleshire,
) -> None:
    document = exampleshire.document(
        """slot:education a masa:PartnerSlot ; masa:forArea area:exampleshire ;
            masa:partnerFunction masa:EducationSeat .""",
        exampleshire.seat("lead", slot="education", organisation="exampleshire-council"),
    )
    assert bears(exampleshire.view(AS_AT, document), "bearsOn", "shows-lead") == set()


def test_a_kind_of_agency_is_an_agency(exampleshire: Exampleshire) -> None:
    document = exampleshire.document("organisation:sample-police a masa:PoliceForce .")
    view = exampleshire.view(AS_AT, document)
    quads = view.store.quads_for_pattern(
        ox.NamedNode(f"{ID}organisation/sample-police"), None, ox.NamedNode(MASA.Agency)
    )
    assert list(quads)


@pytest.mark.parametrize("slug", ["sefton", "warwickshire"])
def test_only_new_facts_in_our_own_terms_come_out(
    store: EmbeddedStore, areas: list[Area], slug: str
) -> None:
    """Of real data: owlrl adds thousands of ``owl:sameAs`` and literals as subjects."""
    view = build_view(store, find_area(areas, slug), date(2026, 11, 22))
    work = ox.Store()
    work.extend(q for q in view.store if not str(q.graph_name.value).endswith("view/inferred"))
    work.extend(
        q for q in view.store
        if str(q.graph_name.value).endswith("view/inferred")
        and local_name(q.predicate.value) in {"accountableTo", "reportsTo", "linkedTo"}
    )  # fmt: skip
    derived = infer_by_rules(work)
    assert derived
    for triple in derived:
        assert isinstance(triple.subject, ox.NamedNode)
        ours = (
            triple.object
            if triple.predicate.value == f"{PREFIXES['rdf']}type"
            else triple.predicate
        )
        assert ours.value.startswith(str(MASA))
        assert not list(work.quads_for_pattern(triple.subject, triple.predicate, triple.object))


def test_things_without_a_name_are_no_obstacle(exampleshire: Exampleshire) -> None:
    document = exampleshire.document(
        """slot:police masa:filledBy [ a masa:PoliceForce ; skos:prefLabel "A force"@en ] .
        line:one a masa:ReportingLine ;
            masa:inArrangement arrangement:exampleshire ;
            masa:lineKind masa:AccountableTo ;
            masa:reportingBody [ a masa:Body ] ;
            masa:reportsToBody [ a masa:Body ] .""",
        exampleshire.statement("plan", wholly=["wt2023-lsp-sign-off"]),
    )
    found = exampleshire.findings(AS_AT, document, duties=["wt2023-lsp-sign-off"])
    assert found["wt2023-lsp-sign-off"].outcome == "Evidenced"
