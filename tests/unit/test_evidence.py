"""How words make a finding: every mixture of them, and what adding words can never do."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import pytest
from rdflib import SH, Graph

from masagraph.assessment.findings import Finding
from masagraph.vocab import MASA, local_name

if TYPE_CHECKING:
    from tests.conftest import Exampleshire

AS_AT = "2024-12-01"
KINDS = {
    "whole": ("LocalArrangement", "wholly"),
    "part": ("LocalArrangement", "partly"),
    "promise": ("CommitmentOnly", "wholly"),
    "restated": ("GuidanceRestated", "partly"),
    "absent": ("StatedAbsent", "wholly"),
}
MIXTURES = [frozenset(c) for n in range(len(KINDS) + 1) for c in combinations(KINDS, n)]
GRADES = {"PartFound": 2, "PromiseFound": 3, "GuidanceOnlyFound": 4, "NothingFound": 5}


def expected_faults(mixture: frozenset[str]) -> set[str]:
    """The faults of a mixture of words, from the best evidence to the worst."""
    faults = set()
    if "absent" in mixture:
        faults.add("SaidNotInPlace")
        if mixture & {"whole", "part"}:
            faults.add("SourcesInConflict")
    if "whole" in mixture:
        return faults
    if "part" in mixture:
        return faults | {"PartFound"}
    if "promise" in mixture:
        return faults | {"PromiseFound"}
    if "restated" in mixture:
        return faults | {"GuidanceOnlyFound"}
    return faults or {"NothingFound"}


def expected_outcome(faults: set[str]) -> str:
    order = {
        "SourcesInConflict": "SourcesDiffer",
        "SaidNotInPlace": "StatedNotInPlace",
        "NothingFound": "NotFoundInTextHeld",
        "GuidanceOnlyFound": "OnlyRestated",
        "PromiseFound": "Promised",
        "PartFound": "PartlyEvidenced",
    }
    return next((outcome for fault, outcome in order.items() if fault in faults), "Evidenced")


def grade(finding: Finding) -> int:
    """The evidence grade: 1 for a whole local statement, 5 for nothing."""
    found = [GRADES[fault.name] for fault in finding.faults if fault.name in GRADES]
    only_said_absent = not found and all(w.standing == "StatedAbsent" for w in finding.rests_on)
    return 5 if only_said_absent else max(found, default=1)


@pytest.fixture(scope="module")
def found(exampleshire: Exampleshire, law_graph: Graph) -> dict[frozenset[str], Finding]:
    """The finding of every mixture of words.

    Each mixture is tried on a duty of its own, as many at once as there are duties that
    are tested by words alone.
    """
    plain = sorted(
        local_name(str(duty))
        for shape, duty in law_graph.subject_objects(MASA.tests)
        if (shape, SH.property, None) not in law_graph and "/duty/wt2023-" in str(duty)
    )
    assert len(plain) > 20
    findings: dict[frozenset[str], Finding] = {}
    for start in range(0, len(MIXTURES), len(plain)):
        batch = dict(zip(plain, MIXTURES[start : start + len(plain)], strict=False))
        statements = [
            exampleshire.statement(f"{kind}-{duty}", standing=KINDS[kind][0],
                                   **{KINDS[kind][1]: [duty]})
            for duty, mixture in batch.items()
            for kind in sorted(mixture)
        ]  # fmt: skip
        answered = exampleshire.findings(
            AS_AT, exampleshire.document(*statements), duties=list(batch)
        )
        findings |= {mixture: answered[duty] for duty, mixture in batch.items()}
    return findings


def test_every_mixture_of_words_has_its_faults_and_its_outcome(
    found: dict[frozenset[str], Finding],
) -> None:
    assert len(found) == 32
    for mixture, finding in found.items():
        faults = expected_faults(mixture)
        assert {fault.name for fault in finding.faults} == faults, sorted(mixture)
        assert finding.outcome == expected_outcome(faults), sorted(mixture)


@pytest.mark.parametrize("added", ["whole", "part"])
def test_a_local_statement_more_never_worsens_the_grade(
    found: dict[frozenset[str], Finding], added: str
) -> None:
    """Nor does one less improve it: the same comparison read the other way."""
    for mixture, finding in found.items():
        assert grade(found[mixture | {added}]) <= grade(finding), sorted(mixture)


def test_a_pass_rests_on_whole_local_words(found: dict[frozenset[str], Finding]) -> None:
    for mixture, finding in found.items():
        if finding.outcome == "Evidenced":
            assert "whole" in mixture
            assert any(w.wholly and w.standing == "LocalArrangement" for w in finding.rests_on)
        assert all(words.exact for words in finding.rests_on)


def test_a_finding_rests_on_its_best_words_and_shows_the_others(
    found: dict[frozenset[str], Finding],
) -> None:
    for mixture, finding in found.items():
        relied = {w.statement for w in finding.rests_on}
        other = {w.statement for w in finding.also_found}
        assert not relied & other
        assert len(relied | other) == len(mixture)
        if mixture & {"whole", "part"} and "absent" not in mixture:
            assert {w.standing for w in finding.rests_on} == {"LocalArrangement"}


def test_the_words_that_differ_are_told_from_the_others(
    found: dict[frozenset[str], Finding],
) -> None:
    for mixture, finding in found.items():
        differing = {w.standing for w in (*finding.rests_on, *finding.also_found) if w.disputed}
        if "absent" in mixture and mixture & {"whole", "part"}:
            assert differing == {"LocalArrangement", "StatedAbsent"}, sorted(mixture)
        else:
            assert differing == set(), sorted(mixture)


def test_a_gap_says_what_would_close_it_and_a_pass_does_not(
    found: dict[frozenset[str], Finding],
) -> None:
    for finding in found.values():
        assert bool(finding.would_close) is finding.is_gap
        assert bool(finding.fault) is finding.is_gap
        assert finding.shape == finding.duty


@pytest.mark.parametrize(
    ("due", "more", "outcome"),
    [
        ("2024-11-30", [], "OutOfDate"),
        ("2024-12-01", [], "Promised"),
        ("2025-06-01", [], "Promised"),
        ("2024-11-30", ["part"], "PartlyEvidenced"),
        ("2024-11-30", ["whole"], "Evidenced"),
    ],
)
def test_a_promise_past_its_date_is_out_of_date_unless_kept(
    exampleshire: Exampleshire, due: str, more: list[str], outcome: str
) -> None:
    duty = "wt2023-lsp-sign-off"
    document = exampleshire.document(
        exampleshire.statement("promise", standing="CommitmentOnly", wholly=[duty],
                               more=f'masa:dueDate "{due}"^^xsd:date ;'),
        *(exampleshire.statement(kind, **{KINDS[kind][1]: [duty]}) for kind in more),
    )  # fmt: skip
    assert exampleshire.findings(AS_AT, document, duties=[duty])[duty].outcome == outcome
