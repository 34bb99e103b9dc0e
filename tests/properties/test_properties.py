"""What must hold of every assessment, over generated arrangements.

The same is tested on the real data where it can be, in ``tests/data/test_findings.py``.
"""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from rdflib import SH, Graph, URIRef
from steady import Steady

from generated import (
    CHAIRS,
    DELEGATES,
    LEADS,
    SLOTS,
    WORDS,
    Plan,
    document,
    faults_of_seats,
    faults_of_words,
    frame,
)
from masagraph.assessment.assess import add_assertions
from masagraph.assessment.findings import Finding, read_findings
from masagraph.assessment.names import list_areas
from masagraph.assessment.view import build_view
from masagraph.dataset.files import RdfFile
from masagraph.store.embedded import EmbeddedStore
from masagraph.vocab import GRAPH, ID, MASA, local_name

if TYPE_CHECKING:
    from tests.conftest import Exampleshire

SEATS = ("wt2023-lsp-is-agency-head", "wt2023-dsp-appointed-named", "wt2023-partnership-chair")
GRADES = {
    "PartFound": 2,
    "PromiseFound": 3,
    "GuidanceOnlyFound": 4,
    "NothingFound": 5,
    "NothingFoundInWhole": 5,
}
DAY = date(2024, 12, 1)

mixtures = st.frozensets(st.sampled_from(sorted(WORDS)), max_size=4)


class World:
    """The law, and generated areas beside it."""

    def __init__(self, law: list[RdfFile], exampleshire: Exampleshire, duties: list[str]) -> None:
        self._law = [
            quad
            for file in law
            if not file.graph.startswith(f"{GRAPH}register/")
            for quad in file.quads()
        ]
        self._editions, self._engine = exampleshire.editions, Steady()
        self.duties = duties

    def store(self, *plans: Plan, shuffled: random.Random | None = None) -> EmbeddedStore:
        """Law and areas as a store, put in in another order where that is asked for."""
        quads = list(self._law)
        for plan in plans:
            for part, text in (("frame", frame(plan)), ("document", document(plan))):
                name = ox.NamedNode(f"{GRAPH}areas/{plan.name}/{part}")
                quads += [
                    ox.Quad(t.subject, t.predicate, t.object, name)
                    for t in ox.parse(text, format=ox.RdfFormat.TURTLE)
                ]
        if shuffled is not None:
            shuffled.shuffle(quads)
        held = ox.Store()
        held.bulk_extend(quads)
        return EmbeddedStore(held)

    def assess(
        self, store: EmbeddedStore, name: str, duties: list[str], as_at: date = DAY
    ) -> dict[str, Finding]:
        """The findings of one area on some duties."""
        area = next(area for area in list_areas(store) if area.slug == name)
        view = build_view(store, area, as_at)
        (graph,) = add_assertions(
            view, [self._editions["wt2023"]], self._engine, [f"{ID}duty/{duty}" for duty in duties]
        )
        found = read_findings(EmbeddedStore(view.store), graph)
        return {finding.duty: finding for finding in found if finding.duty in duties}

    def find(self, plan: Plan, duties: list[str], as_at: date = DAY) -> dict[str, Finding]:
        """The findings of a plan on some duties."""
        return self.assess(self.store(plan), plan.name, duties, as_at)


@pytest.fixture(scope="module")
def world(law: list[RdfFile], exampleshire: Exampleshire, law_graph: Graph) -> World:
    """Generated areas beside the real law, with the duties that words alone decide."""
    plain = sorted(
        local_name(str(duty))
        for shape, duty in law_graph.subject_objects(MASA.tests)
        if (shape, SH.property, None) not in law_graph
        and (duty, MASA.appliesWhen, None) not in law_graph
        and "/duty/wt2023-" in str(duty)
    )
    return World(law, exampleshire, plain)


def faults(finding: Finding) -> set[str]:
    return {fault.name for fault in finding.faults}


def grade(finding: Finding) -> int:
    """The evidence grade: 1 for a whole local statement, 5 for nothing."""
    found = [GRADES[fault] for fault in faults(finding) if fault in GRADES]
    only_absent = not found and all(w.standing == "StatedAbsent" for w in finding.rests_on)
    return 5 if only_absent else max(found, default=1)


def words_plan(world: World, drawn: list[frozenset[str]]) -> Plan:
    return Plan(words=dict(zip(world.duties[:: len(world.duties) // 5], drawn, strict=False)))


@given(drawn=st.lists(mixtures, min_size=5, max_size=5))
def test_words_give_just_the_faults_that_they_must(
    world: World, drawn: list[frozenset[str]]
) -> None:
    plan = words_plan(world, drawn)
    found = world.find(plan, list(plan.words))
    for duty, kinds in plan.words.items():
        assert faults(found[duty]) == faults_of_words(kinds)


@given(
    leads=st.fixed_dictionaries({slot: st.sampled_from(LEADS) for slot in SLOTS}),
    delegates=st.fixed_dictionaries({slot: st.sampled_from(DELEGATES) for slot in SLOTS}),
    chair=st.sampled_from(CHAIRS),
)
def test_seats_give_just_the_structural_faults_that_they_must(
    world: World, leads: dict[str, str], delegates: dict[str, str], chair: str
) -> None:
    plan = Plan(leads=leads, delegates=delegates, chair=chair)
    found = world.find(plan, list(SEATS))
    for duty, expected in faults_of_seats(plan).items():
        structural = {f for f in faults(found[duty]) if f.startswith("wt2023-")}
        assert structural == expected, duty
        # A structural fault never means absence.
        assert found[duty].outcome not in ("Missing", "NotFoundInTextHeld") or not structural


@given(drawn=st.lists(mixtures, min_size=3, max_size=5), seed=st.integers(0, 99))
def test_order_changes_nothing(world: World, drawn: list[frozenset[str]], seed: int) -> None:
    plan = words_plan(world, drawn)
    duties = [*plan.words, *SEATS]
    one = world.assess(world.store(plan), plan.name, duties)
    shuffled = world.store(plan, shuffled=random.Random(seed))  # noqa: S311
    assert world.assess(shuffled, plan.name, duties) == one


@given(drawn=st.lists(mixtures, min_size=5, max_size=5), chair=st.sampled_from(CHAIRS))
def test_other_areas_change_nothing(world: World, drawn: list[frozenset[str]], chair: str) -> None:
    plan = words_plan(world, drawn)
    other = Plan("elsewhere", {d: frozenset({"whole"}) for d in plan.words}, chair=chair)
    duties = [*plan.words, *SEATS]
    alone = world.find(plan, duties)
    together = world.assess(world.store(other, plan), plan.name, duties)
    assert together == alone


@given(drawn=st.lists(mixtures, min_size=5, max_size=5), added=st.sampled_from(["whole", "part"]))
def test_a_local_statement_never_worsens_the_grade(
    world: World, drawn: list[frozenset[str]], added: str
) -> None:
    """And one less never improves it: the same two plans read the other way."""
    less = words_plan(world, [kinds - {added} for kinds in drawn])
    more = replace(less, words={duty: kinds | {added} for duty, kinds in less.words.items()})
    before, after = (world.find(plan, list(plan.words)) for plan in (less, more))
    assert all(grade(after[duty]) <= grade(before[duty]) for duty in less.words)


@given(drawn=st.lists(mixtures, min_size=5, max_size=5), kind=st.sampled_from(
    ["PublishedArrangement", "YearlyReport", "ProceduresPage"]))  # fmt: skip
def test_holding_a_document_whole_turns_nothing_found_into_missing_and_nothing_else(
    world: World, drawn: list[frozenset[str]], kind: str, law_graph: Graph
) -> None:
    part = replace(words_plan(world, drawn), kind=kind)
    whole = replace(part, extent="WholeText")
    before, after = (world.find(plan, list(part.words)) for plan in (part, whole))
    for duty in part.words:
        outcomes = (before[duty].outcome, after[duty].outcome)
        may_be = _may_be_missing(law_graph, duty, kind)
        if outcomes[0] == "NotFoundInTextHeld" and may_be:
            assert outcomes[1] == "Missing", duty
        else:
            assert outcomes[0] == outcomes[1], duty


def _may_be_missing(law: Graph, slug: str, kind: str) -> bool:
    duty = URIRef(f"{ID}duty/{slug}")
    return (
        set(law.objects(duty, MASA.evidencedIn)) == {MASA[kind]}
        and law.value(duty, MASA.contentBasis) != MASA.Recalled
        and int(str(law.value(duty, MASA.tier))) < 3
    )


@given(drawn=st.lists(mixtures, min_size=5, max_size=5))
def test_before_every_document_nothing_is_tested(world: World, drawn: list[frozenset[str]]) -> None:
    plan = words_plan(world, drawn)
    found = world.find(plan, [*plan.words, *SEATS], date(2024, 3, 14))
    assert {finding.outcome for finding in found.values()} == {"NotTested"}


@given(second=st.frozensets(st.sampled_from(SLOTS), min_size=1))
def test_a_second_organisation_in_a_slot_is_no_gap(world: World, second: frozenset[str]) -> None:
    one, two = (world.find(plan, list(SEATS)) for plan in (Plan(), Plan(second=second)))
    assert {d: f.outcome for d, f in one.items()} == {d: f.outcome for d, f in two.items()}


@given(acting=st.frozensets(st.sampled_from(SLOTS), min_size=1), how=st.sampled_from(LEADS))
def test_acting_changes_no_outcome(world: World, acting: frozenset[str], how: str) -> None:
    plan = Plan(leads={**dict.fromkeys(SLOTS, "head"), "police": how})
    without, with_ = (world.find(p, list(SEATS)) for p in (plan, replace(plan, acting=acting)))
    assert without == with_


@given(chair=st.sampled_from(["rotating", "two"]), retained=st.sampled_from(SLOTS))
def test_a_rotating_or_second_chair_and_a_role_retained_are_no_gaps(
    world: World, chair: str, retained: str
) -> None:
    assume(retained != "local-authority")
    plan = Plan(chair=chair, delegates={**dict.fromkeys(SLOTS, "named"), retained: "retained"})
    found = world.find(plan, list(SEATS))
    for duty in SEATS:
        assert not {f for f in faults(found[duty]) if f.startswith("wt2023-")}, duty


@given(drawn=st.lists(mixtures, min_size=5, max_size=5))
def test_every_pass_rests_on_words_and_every_fault_has_a_name(
    world: World, drawn: list[frozenset[str]]
) -> None:
    plan = words_plan(world, drawn)
    for finding in world.find(plan, [*plan.words, *SEATS]).values():
        if finding.outcome == "Evidenced":
            assert any(w.wholly and w.standing == "LocalArrangement" for w in finding.rests_on)
        assert all(words.exact for words in finding.rests_on)
        assert bool(finding.faults) is (finding.outcome != "Evidenced")
        assert all(fault.name and fault.message for fault in finding.faults)
        assert finding.shape == finding.duty
        assert finding.source.locator
