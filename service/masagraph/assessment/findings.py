"""Findings: what is said of each duty, with the words, the faults and what would close it."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

import pyoxigraph as ox

from masagraph.assessment.names import Area, lookup
from masagraph.assessment.view import Document
from masagraph.store.protocol import Store, Term, text_of
from masagraph.vocab import local_name


@dataclass(frozen=True, slots=True)
class Words:
    """A quoted phrase behind a finding.

    Attributes:
        statement: IRI of the statement.
        document: id of the document.
        section: where in the document it stands.
        exact: the phrase, at most twelve words.
        standing: local name of its standing.
        wholly: whether it bears on the whole of the duty.
        reviewed: whether a second reader has checked it.
        disputed: whether it differs from other current words on the duty.
    """

    statement: str
    document: str
    section: str
    exact: str
    standing: str
    wholly: bool
    reviewed: bool
    disputed: bool


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault, or a note told beside a finding.

    Attributes:
        name: local name of the shape or constraint component.
        message: what it says, in plain English.
        outcome: local name of the outcome it means; None for a note.
        would_close: what would close it, where it says so itself.
        values: what it points at, such as an appointment, each as words.
    """

    name: str
    message: str
    outcome: str | None
    would_close: str | None
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """Where a duty stands in the law, and how well that is known."""

    edition: str
    edition_label: str
    locator: str
    locator_status: str
    content_basis: str


@dataclass(frozen=True, slots=True)
class Finding:
    """What is said of one duty. ``outcome`` and the like are local names of terms."""

    duty: str
    label: str
    definition: str
    modality: str
    severity: str
    topic: str
    topic_label: str
    outcome: str
    outcome_label: str
    description: str
    looked_for: str
    question_to_ask: str | None
    """The question of the duty; None from a store whose law has none."""
    would_close: str | None
    fault: str | None
    faults: tuple[Fault, ...]
    notes: tuple[Fault, ...]
    condition: str | None
    source: Source
    rests_on: tuple[Words, ...]
    also_found: tuple[Words, ...]
    precedence: int
    shape: str | None
    reason_not_tested: str | None
    earl_class: str

    @property
    def is_gap(self) -> bool:
        """Whether the duty was tested, applies, and is not evidenced."""
        return self.earl_class in ("CannotTell", "Fail")


@dataclass(frozen=True, slots=True)
class Assessment:
    """All findings of one area, edition and date."""

    area: Area
    edition: str
    remark: str
    """A line about the edition, such as a newer one that is held only in summary."""
    as_at: date
    data_version: str
    documents: tuple[Document, ...]
    findings: tuple[Finding, ...]
    outcomes: tuple[str, ...]
    """Local names of all outcomes there are, in the order of precedence."""
    triples: tuple[ox.Triple, ...] = field(default=(), repr=False)
    """The SHACL report and the EARL assertions."""

    @property
    def counts(self) -> dict[str, int]:
        """How many findings have each outcome, by local name; none is left out."""
        found = Counter(finding.outcome for finding in self.findings)
        return {outcome: found[outcome] for outcome in self.outcomes}

    @property
    def tested(self) -> int:
        """How many duties were tested: the denominator of every share."""
        return sum(finding.outcome != "NotTested" for finding in self.findings)

    def as_json(self) -> dict[str, Any]:
        """Return the form that ``assess --format json`` and the HTTP API give."""
        return {
            "area": self.area.slug,
            "area_name": self.area.label,
            "gss": self.area.gss,
            "arrangement": self.area.arrangement,
            "edition": self.edition,
            "remark": self.remark or None,
            "as_at": self.as_at.isoformat(),
            "data_version": self.data_version,
            "documents_read": [
                {
                    "id": document.id,
                    "title": document.title,
                    "kind": document.kind,
                    "extent_held": document.extent_held,
                    "in_view_from": document.in_view_from.isoformat(),
                    "date_basis": document.date_basis,
                    "claims_editions": list(document.claims),
                    "url": document.url,
                }
                for document in self.documents
            ],
            "counts": self.counts,
            "tested": self.tested,
            "findings": [asdict(finding) for finding in self.findings],
        }


def read_findings(store: Store, assessment_graph: str) -> tuple[Finding, ...]:
    """Read the findings of an assessment graph, worst outcome first within each topic.

    Args:
        store: a store that holds the graph, the law, the shapes and the statements.
        assessment_graph: IRI of the graph.
    """
    graph = ox.NamedNode(assessment_graph)
    words: dict[tuple[str, str], list[Words]] = {}
    for row in lookup(store, "words", assessment=graph):
        words.setdefault(_key(row), []).append(_words(row))
    faults: dict[tuple[str, str], dict[str, Fault]] = {}
    for row in lookup(store, "faults", assessment=graph):
        _add_fault(faults.setdefault(_key(row), {}), row)
    seen: dict[str, Finding] = {}
    for row in lookup(store, "findings", assessment=graph):
        name = text_of(row["assertion"])
        if name not in seen:
            seen[name] = _finding(
                row,
                tuple(words.get((name, "restsOn"), ())),
                tuple(words.get((name, "alsoFound"), ())),
                tuple(faults.get((name, "fault"), {}).values()),
                tuple(faults.get((name, "note"), {}).values()),
            )
    return tuple(seen.values())


def _key(row: dict[str, Term]) -> tuple[str, str]:
    return text_of(row["assertion"]), local_name(text_of(row["use"]))


def _words(row: dict[str, Term]) -> Words:
    return Words(
        statement=text_of(row["statement"]),
        document=local_name(text_of(row["document"])),
        section=text_of(row["section"]),
        exact=text_of(row["exact"]),
        standing=local_name(text_of(row["standing"])),
        wholly=text_of(row["wholly"]) == "true",
        reviewed=local_name(text_of(row.get("review"))) == "Reviewed",
        disputed=text_of(row["disputed"]) == "true",
    )


def _add_fault(into: dict[str, Fault], row: dict[str, Term]) -> None:
    name = local_name(text_of(row["fault"]))
    before = into[name].values if name in into else ()
    value = text_of(row.get("valueLabel")) or local_name(text_of(row.get("value")))
    into[name] = Fault(
        name=name,
        message=text_of(row.get("message")),
        outcome=local_name(text_of(row.get("outcome"))) or None,
        would_close=text_of(row.get("wouldClose")) or None,
        values=(*before, value) if value and value not in before else before,
    )


def _finding(
    row: dict[str, Term],
    rests_on: tuple[Words, ...],
    also_found: tuple[Words, ...],
    faults: tuple[Fault, ...],
    notes: tuple[Fault, ...],
) -> Finding:
    outcome = local_name(text_of(row["outcome"]))
    deciding = next((fault for fault in faults if fault.outcome == outcome), None)
    reason = text_of(row.get("reasonDefinition"))
    condition = text_of(row.get("condition")) or None
    unknown = condition is not None and text_of(row.get("conditionKnown")) != "true"
    said = reason or (deciding.message if deciding else text_of(row["outcomeDefinition"]))
    if unknown and local_name(text_of(row["earl"])) in ("Pass", "CannotTell", "Fail"):
        said += (
            f" Whether its condition ({condition}) is met is not known; it was tested as if met."
        )
    earl_class = local_name(text_of(row["earl"]))
    gap = earl_class in ("CannotTell", "Fail")
    return Finding(
        duty=local_name(text_of(row["duty"])),
        label=text_of(row["label"]),
        definition=text_of(row["definition"]),
        modality=local_name(text_of(row["modality"])),
        severity=local_name(text_of(row["severity"])),
        topic=text_of(row["topic"]),
        topic_label=text_of(row["topicLabel"]),
        outcome=outcome,
        outcome_label=text_of(row["outcomeLabel"]),
        description=said,
        looked_for=text_of(row.get("message")) or text_of(row["lookedFor"]),
        question_to_ask=text_of(row.get("questionToAsk")) or None,
        would_close=_would_close(deciding, row) if gap else None,
        fault=deciding.name if deciding else None,
        faults=faults,
        notes=notes,
        condition=condition,
        source=Source(
            edition=text_of(row["edition"]),
            edition_label=text_of(row["editionLabel"]),
            locator=text_of(row["locator"]),
            locator_status=local_name(text_of(row["locatorStatus"])),
            content_basis=local_name(text_of(row["contentBasis"])),
        ),
        rests_on=rests_on,
        also_found=also_found,
        precedence=int(text_of(row["precedence"])),
        shape=local_name(text_of(row.get("shape"))) or None,
        reason_not_tested=local_name(text_of(row.get("reason"))) or None,
        earl_class=earl_class,
    )


def _would_close(deciding: Fault | None, row: dict[str, Term]) -> str:
    own = deciding.would_close if deciding else None
    return own or text_of(row.get("wouldClose"))
