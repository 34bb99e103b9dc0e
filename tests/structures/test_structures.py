"""Structures that arrangements have elsewhere: each loads, is assessed and is asked about.

A structure is a folder of invented data beside this file, in the layout of ``data/``, with a
``structure.toml``: what it is, how it is modelled, and what must come out. All are read together,
once; each has areas of its own and changes nothing of the others.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox
import pytest

from masagraph.dataset.assemble import assemble
from masagraph.vocab import MASA, PREFIXES

if TYPE_CHECKING:
    from tests.structures.conftest import World

    from masagraph.assessment.findings import Finding
    from masagraph.resources import Resources

HERE = Path(__file__).parent
FOLDERS = sorted(path.parent for path in HERE.glob("*/structure.toml"))
AS_AT, EDITION = "2025-06-01", "wt2023"
"""The date and the edition of an expectation that gives none."""

HELD_TO = {
    1, 2, 3, 4, 6, 7, 8, 9, 10, 12, 14, 18, 20, 22, 23, 25, 27, 28, 29, 30, 31, 34, 35, 40, 41, 51,
    52, 53, 55, 56, 58,
}  # fmt: skip
"""The numbers of the structures that break a model of three partners and one chair."""


@dataclass(frozen=True)
class Structure:
    """One structure, with what its file says must come out."""

    folder: Path
    said: Mapping[str, Any]

    @property
    def first_area(self) -> str:
        return min(path.name for path in (self.folder / "areas").iterdir())

    def expected(self, part: str) -> list[dict[str, Any]]:
        """The outcomes or answers expected, each with its area and date."""
        given = {"area": self.first_area, "as_at": AS_AT}
        return [{**given, **each} for each in self.said.get(part, ())]


def read(folder: Path) -> Structure:
    return Structure(folder, tomllib.loads((folder / "structure.toml").read_text("utf-8")))


STRUCTURES = [pytest.param(read(folder), id=folder.name) for folder in FOLDERS]


def structural(finding: Finding) -> set[str]:
    """The faults of a finding that a shape of its own names; those of evidence are the outcome."""
    return {fault.name for fault in finding.faults if re.match(r"[a-z]+\d{4}-", fault.name)}


def fits(row: Mapping[str, Any], wanted: Mapping[str, Any]) -> bool:
    return all(row.get(column) == value for column, value in wanted.items())


def test_every_structure_is_here() -> None:
    assert {read(folder).said["number"] for folder in FOLDERS} == HELD_TO


@pytest.mark.parametrize("structure", STRUCTURES)
def test_structure_says_what_it_is_and_is_marked_as_invented(structure: Structure) -> None:
    said = structure.said
    assert structure.folder.name.startswith(f"{said['number']:02}-")
    assert said["title"]
    assert said["what"].endswith(".")
    assert said["shows"].endswith(".")
    assert said["outcomes"]
    assert said["answers"]
    for path in structure.folder.rglob("*.ttl"):
        text = path.read_text("utf-8")
        assert text.startswith("# Invented"), path
        for label in re.findall(r'a masa:SafeguardingArea ;\n\s+skos:prefLabel "([^"]+)"', text):
            assert label.endswith("(invented)"), label


@pytest.mark.parametrize("structure", STRUCTURES)
def test_structure_is_modelled_with_terms_that_there_are(
    structure: Structure, world: World
) -> None:
    for term in structure.said["modelled"]:
        prefix, _, name = term.partition(":")
        iri = ox.NamedNode(PREFIXES[prefix] + name)
        uses = ((None, iri, None), (None, None, iri))
        assert any(next(world.held.quads_for_pattern(*use), None) for use in uses), term


@pytest.mark.parametrize("structure", STRUCTURES)
def test_outcomes(structure: Structure, world: World) -> None:
    for expected in structure.expected("outcomes"):
        found = world.findings(
            expected["area"], expected.get("edition", EDITION), expected["as_at"]
        )
        faults, notes = expected.get("faults", {}), expected.get("notes", {})
        duties: dict[str, str] = expected["duties"]
        assert {duty: found[duty].outcome for duty in duties} == duties
        assert {duty: structural(found[duty]) for duty in duties} == {
            duty: set(faults.get(duty, ())) for duty in duties
        }
        for duty, names in notes.items():
            assert {note.name for note in found[duty].notes} == set(names), duty


@pytest.mark.parametrize("structure", STRUCTURES)
def test_no_structure_is_a_violation(structure: Structure, world: World) -> None:
    """A structure that is only unlike others never breaks a "must" by itself."""
    for expected in structure.expected("outcomes"):
        found = world.findings(
            expected["area"], expected.get("edition", EDITION), expected["as_at"]
        )
        listed = {name for names in expected.get("faults", {}).values() for name in names}
        for finding in found.values():
            if finding.severity == "Violation":
                assert structural(finding) <= listed, finding.duty


@pytest.mark.parametrize("structure", STRUCTURES)
def test_answers(structure: Structure, world: World) -> None:
    for expected in structure.expected("answers"):
        question, wanted = expected["question"], expected.get("rows", [])
        rows = world.ask(question, area=expected["area"], as_at=expected["as_at"])
        for row in wanted:
            assert any(fits(found, row) for found in rows), (question, row, rows)
        for row in expected.get("without", ()):
            assert not any(fits(found, row) for found in rows), (question, row, rows)
        assert len(rows) == expected.get("count", len(rows)), (question, rows)


def _without(*what: str) -> Callable[[ox.Quad], bool]:
    """Leave out what has one of some terms as its relation or its value."""
    terms = {ox.NamedNode(MASA[name]) for name in what}
    return lambda quad: quad.predicate in terms or quad.object in terms


@pytest.mark.parametrize(
    ("area", "duty", "less", "outcome", "told"),
    [
        ("invented-quarrydale", "wt2023-dsp-appointed-named", "RetainedByLead", "Missing",
         {"wt2023-slot-without-delegate"}),
        ("invented-hollinshaw", "wt2023-lsp-is-agency-head", "actsFor", "Evidenced",
         {"wt2023-several-agencies-one-lead"}),
        ("invented-mossbridge", "wt2023-lsp-is-agency-head", "holder", "Evidenced", set()),
        ("invented-northfleece", "wt2023-report-deadline", "periodFrom", "Evidenced", set()),
        ("invented-cloverhythe", "wt2023-partnership-chair", "PartnershipChair", "Missing", set()),
    ],
)  # fmt: skip
def test_what_is_modelled_makes_the_difference(
    world: World, area: str, duty: str, less: str, outcome: str, told: set[str]
) -> None:
    """Without the one term that carries the structure the finding is another."""
    found = world.find(area, EDITION, AS_AT, _without(less))[duty]
    assert found.outcome == outcome
    assert structural(found) | {note.name for note in found.notes} == told
    assert world.findings(area, EDITION, AS_AT)[duty] != found


def test_a_structure_loads_by_itself(resources: Resources) -> None:
    """Each is a data folder of its own: it needs none of the others."""
    (folder,) = (path for path in FOLDERS if path.name.startswith("18-"))
    held = assemble(resources, [folder])
    assert {file.path.name for file in held.files} >= {"thornwater-2025.ttl", "ulverdale-2025.ttl"}
