"""Small releases: enough of one to compare, written in a moment."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox

from masagraph.release.content import FORMAT, MANIFEST, SUMS
from masagraph.release.quads import compress
from masagraph.report.csvfile import to_csv

HEAD = """\
@prefix area: <https://w3id.org/masagraph/id/area/> .
@prefix arrangement: <https://w3id.org/masagraph/id/arrangement/> .
@prefix doc: <https://w3id.org/masagraph/id/document/> .
@prefix duty: <https://w3id.org/masagraph/id/duty/> .
@prefix masa: <https://w3id.org/masagraph/ns#> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix st: <https://w3id.org/masagraph/id/statement/d/> .
"""

STATED = {
    "ontology/evidence": 'masa:Statement skos:prefLabel "statement" .',
    "guidance/duties/x": 'duty:voice a masa:Duty ; skos:prefLabel "Voice" .'
    ' duty:chair a masa:Duty ; skos:prefLabel "Chair" .',
    "areas/one/d": "st:a a masa:Statement ; masa:about arrangement:one ; masa:bearsOn duty:voice ;"
    ' oa:hasSelector [ oa:exact "we listen" ] .'
    " st:b a masa:Statement ; masa:about arrangement:two ; masa:bearsOn duty:voice .",
    "areas/one/frame": "arrangement:one masa:coversArea area:one ."
    " arrangement:two masa:coversArea area:two .",
    "assessment/one/x/2026-01-01": "st:found masa:restsOn st:a .",
}
"""Turtle by graph: two areas, two duties, and a statement of each area."""

FINDINGS = {
    ("one", "voice"): ("Evidenced", "d/a"),
    ("one", "chair"): ("NotFoundInTextHeld", ""),
    ("two", "voice"): ("Evidenced", "d/b"),
}
"""Outcomes, and what they rest on, by area and duty."""

TERMS = {
    "https://w3id.org/masagraph/ns#old": ("false", ""),
    "https://w3id.org/masagraph/ns#new": ("false", ""),
}
"""Of each term whether it is retired, and by what it is replaced."""

Small = Callable[..., Path]


def write_small(
    folder: Path,
    stated: dict[str, str] | None = None,
    findings: dict[tuple[str, str], tuple[str, str]] | None = None,
    terms: dict[str, tuple[str, str]] | None = None,
    **said: object,
) -> Path:
    """Write a small release: what it states, its outcomes, its terms."""
    (folder / "rdf").mkdir(parents=True)
    (folder / "tables").mkdir()
    files = {
        "rdf/masagraph.nq.gz": compress(_quads(stated or STATED)),
        "tables/findings.csv": _findings(findings or FINDINGS),
        "tables/areas.csv": to_csv(
            ("area", "arrangement"), [("one", "one"), ("two", "two")]
        ).encode(),
        "tables/terms.csv": to_csv(
            ("term", "label", "definition", "retired", "replaced_by"),
            [(iri, iri[-3:], "means", *rest) for iri, rest in (terms or TERMS).items()],
        ).encode(),
    }
    files[MANIFEST] = json.dumps(
        {
            "format": FORMAT,
            "files": [{"path": path} for path in files],
            "data_date": "2026-01-01",
            "data_version": f"2026-01-01-{folder.name}",
            "software_version": "1.0.0",
            "shapes_version": "s1",
            **said,
        }
    ).encode()
    for path, content in files.items():
        (folder / path).write_bytes(content)
    lines = (f"{hashlib.sha256(c).hexdigest()}  {p}\n" for p, c in files.items())
    (folder / SUMS).write_text("".join(lines))
    return folder


def _quads(stated: dict[str, str]) -> bytes:
    lines = []
    for name, text in stated.items():
        graph = ox.NamedNode(f"https://w3id.org/masagraph/graph/{name}")
        for quad in ox.parse(HEAD + text, format=ox.RdfFormat.TURTLE, rename_blank_nodes=True):
            lines.append(f"{ox.Quad(quad.subject, quad.predicate, quad.object, graph)} .\n")
    return "".join(lines).encode()


def _findings(findings: dict[tuple[str, str], tuple[str, str]]) -> bytes:
    columns = ("area", "area_name", "duty", "label", "edition", "outcome", "outcome_label",
               "documents_read", "rests_on")  # fmt: skip
    rows = [
        (area, area.title(), duty, duty.title(), "x", outcome, outcome, "d", rests)
        for (area, duty), (outcome, rests) in findings.items()
    ]
    return to_csv(columns, rows).encode()
