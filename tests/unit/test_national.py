"""All arrangements at once: the same facts and the same findings as one by one, and no leak."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from random import Random

import pyoxigraph as ox
import pytest

from generated import PREFIXES as TURTLE
from generated import Plan, document, frame, random_plan
from masagraph.assessment import national
from masagraph.assessment.assess import add_assertions
from masagraph.assessment.compiled import Compiled
from masagraph.assessment.layers import in_layers
from masagraph.assessment.names import Edition, list_areas, list_editions
from masagraph.assessment.national import NationalView, national_view
from masagraph.assessment.national_findings import assess_all
from masagraph.assessment.view import View, build_view
from masagraph.dataset.assemble import Assembled
from masagraph.dataset.files import RdfFile
from masagraph.errors import EngineError
from masagraph.store.embedded import EmbeddedStore
from masagraph.vocab import GRAPH, ID, MASA, PREFIXES, local_name

DAY = date(2026, 11, 22)
DAYS = [date(2018, 1, 1), date(2021, 12, 1), date(2024, 6, 1), DAY]
Quads = set[ox.Quad]


def each(store: EmbeddedStore, day: date) -> dict[str, View]:
    """The view of every arrangement with a document in view, one by one."""
    areas = {area.arrangement: area for area in list_areas(store) if area.has_document}
    views = [build_view(store, area, day) for area in areas.values()]
    return {view.focus: view for view in views if view.documents}


def named(store: ox.Store) -> set[ox.Triple]:
    """The triples of a store."""
    return {quad.triple for quad in store}


def one_by_one(
    views: Iterable[View], editions: Iterable[Edition], engine: Compiled
) -> dict[str, list[ox.Quad]]:
    """The quads of each assessment graph, made one arrangement after the other."""
    editions = list(editions)
    return {
        name: sorted(view.store.quads_for_pattern(None, None, None, ox.NamedNode(name)), key=str)
        for view in views
        for name in add_assertions(view, editions, engine)
    }


@pytest.fixture(scope="module")
def engine() -> Compiled:
    """An engine that has compiled the shapes once."""
    return Compiled()


@pytest.fixture(scope="module")
def ground(law: list[RdfFile]) -> list[ox.Quad]:
    """The law."""
    return [
        quad
        for file in law
        if not file.graph.startswith(f"{GRAPH}register/")
        for quad in file.quads()
    ]


@pytest.fixture(scope="module")
def dataset(ground: list[ox.Quad]) -> Callable[[Mapping[str, str]], EmbeddedStore]:
    """Makes a dataset of the law and some graphs below ``areas/``, written in Turtle."""

    def make(graphs: Mapping[str, str]) -> EmbeddedStore:
        store = ox.Store()
        store.bulk_extend(ground)
        for path, text in graphs.items():
            name = ox.NamedNode(f"{GRAPH}{path}")
            store.bulk_extend(
                ox.Quad(t.subject, t.predicate, t.object, name)
                for t in ox.parse(text, format=ox.RdfFormat.TURTLE)
            )
        return EmbeddedStore(store)

    return make


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_real_arrangements_have_the_same_views(store: EmbeddedStore, day: date) -> None:
    together, views = national_view(store, day), each(store, day)
    assert dict(together.documents) == {name: view.documents for name, view in views.items()}
    assert sorted(name for layer in together.layers for name in layer.arrangements) == sorted(views)
    for layer in together.layers:
        apart = [views[name].store for name in layer.arrangements]
        assert named(layer.store) == set[ox.Triple]().union(*map(named, apart))


@pytest.mark.parametrize("day", DAYS[1:], ids=str)
def test_real_arrangements_have_the_same_findings(
    store: EmbeddedStore, engine: Compiled, day: date
) -> None:
    editions = list_editions(store)
    together = assess_all(store, editions, day)
    assert dict(together.graphs()) == one_by_one(each(store, day).values(), editions, engine)


def test_some_arrangements_only(store: EmbeddedStore) -> None:
    wanted = [f"{ID}arrangement/{slug}" for slug in ("sefton", "west-sussex", "nowhere")]
    view = national_view(store, DAY, wanted)
    assert sorted(view.documents) == sorted(wanted[:2])


def test_before_all_documents_nothing_is_in_view(store: EmbeddedStore) -> None:
    assert national_view(store, DAYS[0]) == NationalView(DAYS[0], {}, ())
    assert list(assess_all(store, list_editions(store), DAYS[0]).graphs()) == []


def test_outcomes_are_those_of_the_graphs(store: EmbeddedStore) -> None:
    found = assess_all(store, list_editions(store), DAY)
    told = ox.Store()
    for _, quads in found.graphs():
        told.bulk_extend(quads)
    rows = told.query(
        """SELECT ?arrangement ?duty ?outcome { GRAPH ?graph {
            ?it earl:subject ?arrangement ; earl:test ?duty ; earl:result ?result .
            ?result earl:outcome ?outcome } }""",
        prefixes=dict(PREFIXES),
    )
    assert isinstance(rows, ox.QuerySolutions)
    expected = {
        (row["arrangement"].value, row["duty"].value): local_name(row["outcome"].value)
        for row in rows
    }
    assert found.outcomes == expected
    assert len(expected) > 500


def test_a_duty_with_neither_fault_nor_evidence_is_an_error(assembled: Assembled) -> None:
    broken = ox.Store()
    broken.bulk_extend(q for q in assembled.store if q.subject.value != str(MASA.NothingFound))
    store = EmbeddedStore(broken)
    with pytest.raises(EngineError, match=r"no outcome could be proved for wt2023-\S+ in \S+"):
        assess_all(store, [e for e in list_editions(store) if e.id == "wt2023"], DAY)


def test_assessing_leaves_the_views_as_they_were(store: EmbeddedStore) -> None:
    found = assess_all(store, list_editions(store)[:2], DAY)
    (before,), (after,) = national_view(store, DAY).layers, found.view.layers
    assert named(after.store) == named(before.store)


def test_what_is_too_much_for_one_store_is_parted(
    store: EmbeddedStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    editions = list_editions(store)
    whole = assess_all(store, editions, DAY)
    monkeypatch.setattr(national, "MOST", 2)
    parted = assess_all(store, editions, DAY)
    assert max(len(layer.arrangements) for layer in parted.view.layers) == 2
    assert len(parted.view.layers) > len(whole.view.layers)
    assert dict(parted.graphs()) == dict(whole.graphs())
    assert parted.outcomes == whole.outcomes


def test_generated_arrangements_have_the_same_views_and_findings(
    dataset: Callable[[Mapping[str, str]], EmbeddedStore], ground: list[ox.Quad], engine: Compiled
) -> None:
    tests = {local_name(q.object.value) for q in ground if q.predicate.value == str(MASA.tests)}
    duties = sorted(duty for duty in tests if duty.startswith("wt2023-"))
    graphs = {}
    for number in range(15):
        plan = random_plan(Random(number), f"area-{number}", duties)  # noqa: S311
        graphs[f"areas/{plan.name}/frame"] = frame(plan)
        graphs[f"areas/{plan.name}/document"] = document(plan)
    store = dataset(graphs)
    (edition,) = (edition for edition in list_editions(store) if edition.id == "wt2023")
    found, views = assess_all(store, [edition], DAY), each(store, DAY)
    (layer,) = found.view.layers
    assert named(layer.store) == set[ox.Triple]().union(*(named(v.store) for v in views.values()))
    assert dict(found.graphs()) == one_by_one(views.values(), [edition], engine)


# What arrangements share.

PLAN = Plan(words={"wt2023-lsp-sign-off": frozenset({"whole"})}, bodies=2)
HERE, THERE = replace(PLAN, name="here"), replace(PLAN, name="there")


def said(text: str) -> str:
    """Turtle with the prefixes of generated documents; names of things are of "here"."""
    return TURTLE.format(name="here") + text


def a_document(name: str, since: str, *described: str, more: str = "") -> str:
    """A document."""
    about = " , ".join(f"arrangement:{area}" for area in described)
    return f"""
        doc:{name} a masa:SourceDocument ; dcterms:title "{name}"@en ;
            masa:documentKind masa:CouncilPage ; masa:describes {about} ; {more}
            masa:inViewFrom "{since}"^^xsd:date ; masa:dateBasis masa:Issued ;
            masa:claimsEdition edition:wt2023 ; masa:extentHeld masa:Excerpt ."""


def words(name: str, of: str, about: str, standing: str, more: str = "") -> str:
    """A statement, on a duty where nothing else is told of it."""
    shows = more or "masa:bearsOn duty:wt2023-link-boards ;"
    return f"""
        statement:{name} a masa:Statement ; oa:hasSource doc:{of} ; masa:section "1" ;
            masa:about {about} ; {shows}
            masa:standing masa:{standing} ; masa:reviewStatus masa:Unreviewed ;
            oa:hasSelector [ a oa:TextQuoteSelector ; oa:exact "words on {name}"@en ] ."""


def a_seat(name: str, area: str, of: str, more: str) -> str:
    """An appointment, and the words that show it."""
    return f"""
        appointment:{name} a masa:Appointment ; masa:inArrangement arrangement:{area} ; {more}
            masa:holderStatus masa:Named ; masa:roleMapping masa:StatedRole .""" + words(
        name, of, "arrangement:here , arrangement:there", "LocalArrangement",
        f"masa:evidences appointment:{name} ;",
    )  # fmt: skip


LEAD = "org:role masa:LeadSafeguardingPartner ; masa:forSlot slot:{0} ; org:member post:chief ;"
CHIEF = """
    post:chief a org:Post ; skos:prefLabel "Chief"@en ; org:postIn organisation:both .
    organisation:both a masa:PoliceForce ; skos:prefLabel "Both"@en ."""
HEAD = "\n    post:chief org:role org:Head ."
SLOT = "https://w3id.org/masagraph/id/slot/{0}/police"
SHARED: dict[str, tuple[int, dict[str, str]]] = {
    "nothing": (1, {}),
    "a document of both beside their own": (2, {
        "both": a_document("both", "2025-01-01", "here", "there")
        + a_seat("one", "here", "both", LEAD.format("police")) + CHIEF + HEAD,
    }),
    "words of both that one denies": (2, {
        "both": a_document("both", "2025-01-01", "here", "there")
        + words("said", "both", "arrangement:here , arrangement:there", "LocalArrangement"),
        "two": a_document("two", "2025-01-01", "there")
        + words("denied", "two", "arrangement:there", "StatedAbsent"),
    }),
    "a chief who is told of alike": (1, {
        "one": a_document("one", "2025-01-01", "here") + CHIEF + HEAD,
        "two": a_document("two", "2025-01-01", "there") + CHIEF + HEAD,
    }),
    "a chief whom one says to be the head": (2, {
        "one": a_document("one", "2025-01-01", "here") + CHIEF + HEAD,
        "two": a_document("two", "2025-01-01", "there")
        + a_seat("chief", "there", "two", LEAD.format("elsewhere")) + CHIEF,
    }),
    "a force that ends in the words of one": (2, {
        "one": a_document("one", "2025-01-01", "here") + CHIEF
        + '\n    organisation:both masa:validUntil "2025-04-01"^^xsd:date .',
        "two": a_document("two", "2025-01-01", "there")
        + a_seat("chief", "there", "two", LEAD.format("elsewhere")) + CHIEF,
    }),
    "a page of both, of which one has a newer": (2, {
        "both": a_document("both", "2024-04-01", "here", "there")
        + a_seat("older", "there", "both", LEAD.format("elsewhere"))
        + a_seat("other", "here", "both", LEAD.format("elsewhere")) + CHIEF,
        "newer": a_document("newer", "2026-06-01", "there")
        + a_seat("newer", "there", "newer", LEAD.format("elsewhere")) + CHIEF + HEAD,
    }),
    "a page of both that one has replaced": (2, {
        "both": a_document("both", "2025-01-01", "here", "there")
        + a_seat("older", "there", "both", LEAD.format("elsewhere")) + CHIEF,
        "newer": a_document("newer", "2025-06-01", "there", more="masa:supersedes doc:both ;"),
    }),
    "a page of one that speaks of the other": (2, {
        "one": a_document("one", "2025-01-01", "here")
        + a_seat("told", "there", "one", LEAD.format("elsewhere")) + CHIEF,
    }),
    "a slot of the other": (2, {
        "one": a_document("one", "2025-01-01", "here")
        + a_seat("odd", "here", "one", LEAD.format("elsewhere")) + CHIEF,
    }),
    "lines of a group of both": (2, {
        "one": a_document("one", "2025-01-01", "here")
        + "\n    body:both masa:accountableTo body:one . body:one a masa:Body .",
        "two": a_document("two", "2025-01-01", "there")
        + "\n    body:two masa:accountableTo body:both . body:both a masa:Body .",
    }),
}  # fmt: skip


def sharing(graphs: Mapping[str, str]) -> dict[str, str]:
    """Two arrangements that share something; slot:elsewhere is there's slot of the police."""
    there = f"<{SLOT.format('there')}>"
    return {
        "areas/here/frame": frame(HERE),
        "areas/there/frame": frame(THERE)
        + f"""
        arrangement:there masa:coversSlot {there} .
        {there} a masa:PartnerSlot ; masa:forArea area:there .""",
        "areas/here/document": document(HERE),
        "areas/there/document": document(THERE),
        # The register describes the slot to the arrangement that covers it, and to no other.
        "derived/facts": said(f"{there} masa:partnerFunction masa:PoliceFunction ."),
    } | {
        f"areas/shared/{name}": said(text.replace("slot:elsewhere", there))
        for name, text in graphs.items()
    }


@pytest.mark.parametrize(
    ("layers", "graphs"), [pytest.param(*case, id=name) for name, case in SHARED.items()]
)
def test_nothing_of_one_reaches_the_findings_of_another(
    dataset: Callable[[Mapping[str, str]], EmbeddedStore],
    engine: Compiled,
    layers: int,
    graphs: dict[str, str],
) -> None:
    store = dataset(sharing(graphs))
    (edition,) = (edition for edition in list_editions(store) if edition.id == "wt2023")
    found, views = assess_all(store, [edition], DAY), each(store, DAY)
    for layer in found.view.layers:
        apart = [named(views[name].store) for name in layer.arrangements]
        assert named(layer.store) == set[ox.Triple]().union(*apart)
    assert dict(found.graphs()) == one_by_one(views.values(), [edition], engine)
    assert len(found.view.layers) == layers


def test_in_one_store_some_of_it_would_leak(
    dataset: Callable[[Mapping[str, str]], EmbeddedStore],
    engine: Compiled,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """So these cases would show it."""
    monkeypatch.setattr(national, "in_layers", lambda apart: [sorted(apart)])
    leaking = set()
    for name, (layers, graphs) in SHARED.items():
        if layers > 1:
            store = dataset(sharing(graphs))
            (edition,) = (e for e in list_editions(store) if e.id == "wt2023")
            views = each(store, DAY)
            found = assess_all(store, [edition], DAY)
            if dict(found.graphs()) != one_by_one(views.values(), [edition], engine):
                leaking.add(name)
    assert leaking >= {
        "a chief whom one says to be the head",
        "a page of both, of which one has a newer",
        "a page of both that one has replaced",
        "a page of one that speaks of the other",
        "words of both that one denies",
    }


def test_a_joint_arrangement_is_one(
    dataset: Callable[[Mapping[str, str]], EmbeddedStore], engine: Compiled
) -> None:
    joint = frame(HERE) + frame(replace(HERE, name="second")).split("partnership:second a", 1)[0]
    joint += "\narrangement:here masa:coversArea area:second ."
    store = dataset({"areas/here/frame": joint, "areas/here/document": document(HERE)})
    editions = list_editions(store)[-2:]
    found = assess_all(store, editions, DAY)
    assert list(found.view.documents) == [f"{ID}arrangement/here"]
    assert dict(found.graphs()) == one_by_one(each(store, DAY).values(), editions, engine)


@pytest.mark.parametrize(
    ("apart", "layers"),
    [
        pytest.param({}, [], id="none"),
        pytest.param({"b": set(), "a": set()}, [["a", "b"]], id="no quarrel"),
        pytest.param({"a": {"b"}, "b": {"a"}, "c": set()}, [["a", "c"], ["b"]], id="a pair"),
        pytest.param(
            {"a": {"b", "c"}, "b": {"a"}, "c": {"a"}}, [["a"], ["b", "c"]], id="a star"
        ),
    ],
)  # fmt: skip
def test_layers_hold_no_two_that_must_be_apart(
    apart: dict[str, set[str]], layers: list[list[str]]
) -> None:
    assert in_layers(apart) == layers
