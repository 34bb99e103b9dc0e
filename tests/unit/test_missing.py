"""When silence may be called "missing": only where all the conditions hold, and nowhere else.

What is expected here is worked out again in Python from what the law's files say of each
duty, not by the rule's own query.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from rdflib import Graph, URIRef
from rdflib.term import Node

from masagraph.vocab import MASA, PREFIXES, local_name

if TYPE_CHECKING:
    from tests.conftest import Document, Exampleshire

AS_AT = "2024-12-01"


def empty(exampleshire: Exampleshire, **said: str | None) -> Document:
    """A document held whole that says nothing of any duty."""
    return exampleshire.document(**{"extent": "WholeText", **said})  # type: ignore[arg-type]


def duties(law: Graph) -> set[Node]:
    return set(law.subjects(MASA.edition))


def of_time(law: Graph, edition: Node | None, day: date) -> bool:
    since, until = (law.value(edition, MASA[name]) for name in ("inForceFrom", "inForceUntil"))
    return (
        since is not None
        and date.fromisoformat(str(since)) <= day
        and (until is None or day < date.fromisoformat(str(until)))
    )


def silence_speaks(
    law: Graph, duty: Node, kind: str, claims: str | None, since: str, met: str = ""
) -> bool:
    """Whether a whole document's silence on a duty may be called missing."""
    edition = law.value(duty, MASA.edition)
    is_law = law.value(edition, MASA.editionKind) in (MASA.Act, MASA.Regulations)
    claimed = claims is not None and local_name(str(edition)) == claims
    its_time = of_time(law, edition, date.fromisoformat(since)) and (is_law or claims is None)
    conditions = {local_name(str(c)) for c in law.objects(duty, MASA.appliesWhen)}
    return (
        {MASA[kind]} == set(law.objects(duty, MASA.evidencedIn))
        and str(law.value(edition, MASA.catalogued)) == "true"
        and int(str(law.value(duty, MASA.tier))) < 3
        and (claimed or its_time)
        and law.value(duty, MASA.contentBasis) != MASA.Recalled
        and conditions <= {met}
    )


CASES = [
    ("PublishedArrangement", "wt2023", "2024-03-15"),
    ("PublishedArrangement", "wt2018", "2024-03-15"),
    ("PublishedArrangement", "wt2018", "2021-03-15"),
    ("PublishedArrangement", None, "2024-03-15"),
    ("PublishedArrangement", None, "2021-03-15"),
    ("PublishedArrangement", None, "2023-12-14"),
    ("PublishedArrangement", None, "2023-12-15"),
    ("PublishedArrangement", None, "2017-01-01"),
    ("YearlyReport", "wt2023", "2024-03-15"),
    ("PracticeReviewReport", "wt2023", "2024-03-15"),
    ("ThresholdDocument", "wt2018", "2021-03-15"),
]


@pytest.mark.parametrize(("kind", "claims", "since"), CASES)
def test_silence_speaks_only_for_duties_of_the_documents_kind_and_edition(
    exampleshire: Exampleshire, law_graph: Graph, kind: str, claims: str | None, since: str
) -> None:
    view = exampleshire.view(AS_AT, empty(exampleshire, kind=kind, claims=claims, since=since))
    quads = view.store.quads_for_pattern(None, ox.NamedNode(MASA.heldWholeFor), None)
    found = {local_name(quad.object.value) for quad in quads}
    assert found == {
        local_name(str(duty))
        for duty in duties(law_graph)
        if silence_speaks(law_graph, duty, kind, claims, since)
    }


@pytest.mark.parametrize(
    ("kind", "extent"),
    [
        ("CouncilPage", "WholeText"),
        ("ProceduresPage", "WholeText"),
        ("PublishedArrangement", "OpeningOnly"),
        ("PublishedArrangement", "Excerpt"),
    ],
)
def test_silence_of_a_page_or_of_a_part_says_nothing(
    exampleshire: Exampleshire, kind: str, extent: str
) -> None:
    view = exampleshire.view(AS_AT, empty(exampleshire, kind=kind, extent=extent))
    assert not list(view.store.quads_for_pattern(None, ox.NamedNode(MASA.heldWholeFor), None))


@pytest.mark.parametrize(("edition", "claims", "since"), [
    ("wt2023", "wt2023", "2024-03-15"),
    ("wt2018", "wt2018", "2021-03-15"),
    ("wt2023", "wt2018", "2021-03-15"),
])  # fmt: skip
def test_holding_the_whole_turns_not_found_into_missing_and_nothing_else(
    exampleshire: Exampleshire, law_graph: Graph, edition: str, claims: str, since: str
) -> None:
    """A text of 2021 that follows the 2018 guidance is never missing a duty of 2023."""
    speaking = {
        local_name(str(duty))
        for duty in duties(law_graph)
        if silence_speaks(law_graph, duty, "PublishedArrangement", claims, since)
    }
    tested = sorted(
        local_name(str(duty))
        for duty in law_graph.objects(None, MASA.tests)
        if law_graph.value(duty, MASA.edition) == URIRef(PREFIXES["edition"] + edition)
    )
    shown = f"{edition}-yearly-report"
    sample = {
        shown,
        *[duty for duty in tested if duty in speaking][:6],
        *[duty for duty in tested if duty not in speaking][:6],
    }
    said = exampleshire.statement("plan", partly=[shown])
    part, whole = (
        exampleshire.findings(
            AS_AT,
            exampleshire.document(said, extent=extent, claims=claims, since=since),
            edition=edition,
            duties=sample,
        )
        for extent in ("Excerpt", "WholeText")
    )
    before = {duty: finding.outcome for duty, finding in part.items()}
    after = {duty: finding.outcome for duty, finding in whole.items()}
    assert before == {
        duty: "PartlyEvidenced" if duty == shown else "NotFoundInTextHeld" for duty in sample
    }
    assert after == {
        duty: "Missing" if duty in speaking and duty != shown else outcome
        for duty, outcome in before.items()
    }
    assert ("Missing" in after.values()) is (edition == claims)


def test_a_second_document_in_part_does_not_take_the_silence_back(
    exampleshire: Exampleshire,
) -> None:
    """The whole text is still silent, whatever page is read beside it."""
    page = exampleshire.document(name="page", kind="CouncilPage", since="2024-06-01")
    duty = "wt2023-lsp-retains-accountability"
    found = exampleshire.findings(AS_AT, empty(exampleshire), page, duties=[duty])
    assert found[duty].outcome == "Missing"


def test_words_anywhere_are_words(exampleshire: Exampleshire) -> None:
    """A duty is looked for in every document in view, whatever its kind."""
    duty = "wt2023-lsp-sign-off"
    page = exampleshire.document(
        exampleshire.statement("plan", of="page", wholly=[duty]),
        name="page", kind="CouncilPage", since="2024-06-01",
    )  # fmt: skip
    found = exampleshire.findings(AS_AT, empty(exampleshire), page, duties=[duty])
    assert found[duty].outcome == "Evidenced"


def test_a_conflict_needs_two_statements_in_view(exampleshire: Exampleshire) -> None:
    """With the other document out of view, one statement alone is no dispute."""
    duty = "wt2023-lsp-sign-off"
    one = exampleshire.document(
        exampleshire.statement("one", wholly=[duty], more="masa:conflictsWith statement:two ;")
    )
    two = exampleshire.document(
        exampleshire.statement("two", of="other", wholly=[duty]), name="other", since="2024-09-01"
    )
    assert exampleshire.findings(AS_AT, one, two, duties=[duty])[duty].outcome == "SourcesDiffer"
    earlier = exampleshire.findings("2024-08-31", one, two, duties=[duty])
    assert earlier[duty].outcome == "Evidenced"


def test_where_several_kinds_may_show_a_duty_one_of_each_is_held_whole(
    exampleshire: Exampleshire, law_graph: Graph
) -> None:
    """What a document that is not held says is not known."""
    duty = "wt2023-lsp-sign-off"
    kinds = [
        local_name(str(kind))
        for kind in law_graph.objects(URIRef(PREFIXES["duty"] + duty), MASA.evidencedIn)
    ]
    assert len(kinds) > 1
    every = [empty(exampleshire, name=kind.lower(), kind=kind) for kind in sorted(kinds)]
    found = exampleshire.findings(AS_AT, *every, duties=[duty])
    assert found[duty].outcome == "Missing"
    found = exampleshire.findings(AS_AT, *every[1:], duties=[duty])
    assert found[duty].outcome == "NotFoundInTextHeld"
