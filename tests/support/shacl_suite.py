"""The W3C test suite for SHACL, run with compiled queries.

    python tests/support/shacl_suite.py FOLDER

writes the counts into docs/compiler.md, where FOLDER holds the suite's ``core`` and ``sparql``.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import rdflib
from rdflib import RDF, SH, Graph, Namespace
from rdflib.term import Node
from shacl_oracle import (
    Found,
    compiled_program,
    found_by_queries,
    path_text,
    shape_text,
    store_of,
    text_of,
)

MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
SHT = Namespace("http://www.w3.org/ns/shacl-test#")
PAGE = Path(__file__).resolve().parents[2] / "docs" / "compiler.md"
BEGIN, END = "<!-- tests/support/shacl_suite.py writes from here -->", "<!-- to here -->"

PASSES, REFUSES, FAILS = "passes", "goes to pySHACL", "fails"


@dataclass(frozen=True)
class Outcome:
    """What came of a test.

    Attributes:
        verdict: :data:`PASSES`, :data:`REFUSES` or :data:`FAILS`.
        why: the reason where it does not pass.
    """

    verdict: str
    why: str = ""


def paths_of_tests(folder: Path) -> list[Path]:
    """The files of the suite that hold a test."""
    found = (path for part in ("core", "sparql") for path in (folder / part).rglob("*.ttl"))
    return sorted(path for path in found if "sht:Validate" in path.read_text(encoding="utf-8"))


def run_test(path: Path) -> Outcome:
    """Run the test of a file.

    A test that asks for a failure passes when the shape is refused: the suite says so where the
    SPARQL is such as no constraint may hold.
    """
    manifest = _read(path)
    (test,) = manifest.subjects(RDF.type, SHT.Validate)
    action, expected = manifest.value(test, MF.action), manifest.value(test, MF.result)
    data_of, shapes_of = (manifest.value(action, p) for p in (SHT.dataGraph, SHT.shapesGraph))
    data = _graph(manifest, path, data_of)
    shapes = data if data_of == shapes_of else _graph(manifest, path, shapes_of)
    program = compiled_program(shapes, data)
    why = "; ".join(refused.why.what for refused in program.refused)
    if expected == SHT.Failure:
        return Outcome(PASSES if why else FAILS, why or "is not refused")
    if why:
        return Outcome(REFUSES, why)
    found = found_by_queries(program.run(store_of(data)))
    wanted = set(_wanted(manifest, expected))
    if found == wanted:
        return Outcome(PASSES)
    return Outcome(FAILS, f"missing {wanted - found}, too much {found - wanted}")


def _read(path: Path) -> Graph:
    """Read a file as it is written: rdflib would mend literals that are part of the tests."""
    before, rdflib.NORMALIZE_LITERALS = rdflib.NORMALIZE_LITERALS, False
    try:
        return Graph().parse(path, publicID=path.as_uri())
    finally:
        rdflib.NORMALIZE_LITERALS = before


def _graph(manifest: Graph, path: Path, named: Node | None) -> Graph:
    if str(named) == path.as_uri():
        return manifest
    return _read(Path(str(named).removeprefix("file://")))


def _wanted(manifest: Graph, report: Node | None) -> Iterator[Found]:
    for result in manifest.objects(report, SH.result):
        yield Found(
            text_of(manifest.value(result, SH.focusNode)) or "",
            shape_text(manifest.value(result, SH.sourceShape)),
            str(manifest.value(result, SH.sourceConstraintComponent)),
            text_of(manifest.value(result, SH.value)),
            path_text(manifest.value(result, SH.resultPath)),
        )


def table(folder: Path) -> str:
    """Return the counts of the suite by its parts, and what does not pass."""
    counts: dict[str, Counter[str]] = {}
    notes = []
    for path in paths_of_tests(folder):
        outcome = run_test(path)
        part = str(path.parent.relative_to(folder))
        counts.setdefault(part, Counter())[outcome.verdict] += 1
        if outcome.verdict != PASSES:
            name = path.relative_to(folder).with_suffix("")
            notes.append(f"- `{name}` {outcome.verdict}: {outcome.why}.")
    total = sum(counts.values(), Counter())
    head = f"| part | {PASSES} | {REFUSES} | {FAILS} |\n| --- | --- | --- | --- |"
    rows = [
        f"| {part} | {c[PASSES]} | {c[REFUSES]} | {c[FAILS]} |"
        for part, c in [*sorted(counts.items()), ("all", total)]
    ]
    return "\n".join([head, *rows, "", "What does not pass:", "", *notes])


def main() -> None:
    """Write the counts into the page."""
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
    after = rest.partition(END)[2]
    text = f"{before}{BEGIN}\n\n{table(Path(sys.argv[1]))}\n\n{END}{after}"
    PAGE.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
