"""What the first sheet of every workbook says: of what it is, what words mean, how to cite it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from masagraph.assessment.findings import Assessment
from masagraph.assessment.names import list_areas, lookup
from masagraph.report.narrowed import choices
from masagraph.report.words import CAVEAT, day, unpublished
from masagraph.report.workbook import Cell, Link, Part
from masagraph.resources import find_resources
from masagraph.store.opened import Opened
from masagraph.store.protocol import select, text_of
from masagraph.vocab import BASE

NO_ADDRESS = "not known: the command line has one when MASAGRAPH_BASE_URL is set"


@dataclass(frozen=True, slots=True)
class Place:
    """Where the service answers: what links in a workbook begin with.

    Attributes:
        root: its absolute address, without a slash at the end; empty where there is none.
    """

    root: str = ""

    def page(self, text: str, path: str) -> Cell:
        """Return a text that leads to a page; the text alone where the service has no address."""
        return Link(text, f"{self.root}{path}") if self.root else text

    def name(self, iri: str) -> Cell:
        """Return a name as it is; where it is one of ours, it leads to what is said of it here."""
        if not iri.startswith(BASE):
            return Link(iri, iri)
        return self.page(iri, "/" + iri.removeprefix(BASE))


def about(
    opened: Opened, place: Place, facts: Iterable[tuple[str, Cell]], cited: str
) -> list[Part]:
    """Return the parts that every workbook has: what it is of, limits, terms, how to cite it.

    Args:
        opened: the store.
        place: where the service answers.
        facts: what it is of, each with a name.
        cited: what stands in the citation between the name and the version of the data.
    """
    address: Cell = Link(place.root, place.root) if place.root else NO_ADDRESS
    terms = lookup(opened.store, "dataset-terms")
    found = terms[0] if terms else {}
    licence = text_of(found.get("licence"))
    citation = f"masagraph, {cited}; data {opened.data_version}."
    return [
        Part(
            "What this is",
            [*facts, ("Data version", opened.data_version), ("Base address", address)],
        ),
        Part(
            "Limits first",
            [
                ("Gaps", CAVEAT),
                ("Counts", "Documents differ in kind, age and extent. Counts are no ranking."),
            ],
        ),
        Part(
            "Terms",
            [
                ("Licence", Link(licence, licence) if licence else "none stated"),
                ("Rights", text_of(found.get("rights"))),
                ("To cite it", f"{citation} {unpublished(opened.data_version)}".rstrip()),
            ],
        ),
    ]


def meanings(opened: Opened, occurring: Collection[str]) -> Part:
    """Return what outcome words mean and do not mean.

    Args:
        opened: the store.
        occurring: local names of the outcomes that the workbook has.
    """
    words = select(opened.store, find_resources().read_query("questions/outcome-words.rq"))
    return Part(
        "What the words for outcomes mean, and do not mean",
        [
            (text_of(row["word"]), text_of(row["means"]), text_of(row["does_not_mean"]))
            for row in words
            if text_of(row["outcome"]) in occurring
        ],
    )


NOWHERE = Place()

STRENGTHS = Part(
    "Must, should, may",
    [
        ("must", "It is law. Counted apart from the others."),
        ("should", "Guidance to be followed unless there is a good reason not to."),
        ("may", "The choice is left open: not doing it is no gap, and it is not tested."),
    ],
)


def counted(assessments: Sequence[Assessment]) -> Part:
    """Return for each area and strength how many duties have which outcome, of how many tested."""
    return Part(
        "Counts, with how many were tested",
        [
            (f"{made.area.label} ({made.area.gss}), {label}", _shares(made, name))
            for made in assessments
            for name, label in choices(made.findings).modalities
        ],
    )


def _shares(made: Assessment, modality: str) -> str:
    """Return the counts of one strength in one line."""
    of = [finding for finding in made.findings if finding.modality == modality]
    tested = [finding for finding in of if finding.outcome != "NotTested"]
    told = [f"{len(tested)} of {len(of)} duties tested"]
    labels = {finding.outcome: finding.outcome_label for finding in tested}
    for outcome in made.outcomes:
        if outcome in labels:
            number = sum(finding.outcome == outcome for finding in tested)
            told.append(f"{labels[outcome]} {number} of {len(tested)}")
    return "; ".join(told)


def scope(
    opened: Opened, held: Sequence[Assessment], without: Sequence[str]
) -> list[tuple[str, Cell]]:
    """Return which areas a workbook is of, and of how many a document is in view.

    Args:
        opened: the store.
        held: the areas with a document in view.
        without: names of those that were asked for and have none.
    """
    known = list_areas(opened.store)
    some = sum(area.has_document for area in known)
    told: list[tuple[str, Cell]] = [
        ("Areas", "; ".join(f"{m.area.label} ({m.area.gss})" for m in held) or "none"),
        ("With a document in view", f"{len(held)} of the {len(held) + len(without)} asked for"),
        ("In England", f"{some} of {len(known)} areas have a document that is held, of any date"),
    ]
    if without:
        told.append(("Asked for, with no document", "; ".join(without)))
    return told


def as_at(value: date) -> tuple[str, Cell]:
    """Return the line on the date."""
    return "As at", f"{value.isoformat()} ({day(value)})"
