"""The benchmark of the assessment does what it says; nothing is timed here."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import asdict, replace
from pathlib import Path

import pytest

import assessment
from assessed_nation import Size, measure
from assessment_summary import Assessed, Build, aims, as_json, exponent
from assessment_tables import BEGIN, markdown
from masagraph.resources import Resources
from masagraph.shacl.compiler.program import Program
from tables import END, write_section

KEYS = {
    "areas",
    "duties",
    "faults",
    "ratio_to_pyshacl",
    "ratio_to_scan",
    "view_seconds",
    "findings_equal",
    "growth_exponent",
    "peak_mb",
}


@pytest.fixture(scope="module")
def tiny(resources: Resources) -> Size:
    """A nation of two, with pySHACL over one."""
    return measure(resources, 2, 1, times=1)


def test_small_nation_is_measured(tiny: Size) -> None:
    assert (tiny.areas, tiny.sampled, tiny.layers) == (2, 1, 1)
    assert tiny.duties > 50
    assert tiny.faults > tiny.duties
    assert tiny.view_triples > 1000
    assert tiny.findings_equal
    assert tiny.peak_mb >= tiny.held_mb > 0
    spent = (tiny.view, tiny.scan, tiny.cold, tiny.warm, tiny.pyshacl, tiny.shape_changed)
    assert all(one.cpu > 0 for one in (*spent, tiny.recheck_view, tiny.recheck_findings))


def test_findings_are_unequal_when_a_query_is_wrong(resources: Resources) -> None:
    def without_a_minus(program: Program) -> Program:
        first = next(q for q in program.queries if any("MINUS" in line for line in q.hit.lines))
        lines = tuple(line.replace("MINUS", "OPTIONAL") for line in first.hit.lines)
        wrong = replace(first, hit=replace(first.hit, lines=lines))
        return Program(
            tuple(wrong if query is first else query for query in program.queries),
            program.refused,
        )

    assert not measure(resources, 1, 1, times=1, alter=without_a_minus).findings_equal


def sizes(*each: Size) -> Assessed:
    """What a quick run comes to."""
    return Assessed([asdict(size) for size in each], None, None, True, 1, None)


def test_json_has_what_is_promised(tiny: Size) -> None:
    told = json.loads(json.dumps(as_json(sizes(tiny, replace(tiny, view_triples=90_000)))))
    assert set(told) >= KEYS
    assert (told["areas"], told["findings_equal"]) == (2, True)
    assert told["ratio_to_pyshacl"] > 1
    assert told["growth_exponent"] is not None


def test_one_difference_makes_the_whole_unequal(tiny: Size) -> None:
    told = sizes(tiny, replace(tiny, findings_equal=False), tiny)
    assert as_json(told)["findings_equal"] is False
    assert next(aim for aim in aims(told) if aim.name == "equal").met is False
    assert "**different**" in markdown(told)


def test_aims_that_were_not_measured_are_not_met(tiny: Size) -> None:
    met = {aim.name: aim.met for aim in aims(sizes(replace(tiny, sampled=0)))}
    assert (met["equal"], met["times_faster"], met["per_triple"]) == (None, None, None)


def test_aims_of_memory_and_build(tiny: Size) -> None:
    build = Build({"wall": 11.0, "cpu": 9.0}, {"wall": 1.5, "cpu": 1.0}, "2026-01-01-abc")
    held = {"held_mb": 2000.0, "triples": 5_000_000}
    whole = replace(sizes(tiny), held=held, build=build)
    met = {aim.name: aim.met for aim in aims(whole)}
    assert (met["memory"], met["build"], met["rebuild"]) == (True, False, True)
    assert "2026-01-01-abc" in markdown(whole)


def test_exponent_is_the_slope_of_the_nearest_line() -> None:
    assert exponent([(10, 5), (100, 50), (1000, 500)]) == pytest.approx(1)
    assert exponent([(10, 1), (10, 2)]) is None


def test_section_goes_between_its_own_marks(tmp_path: Path, tiny: Size) -> None:
    page = tmp_path / "page.md"
    page.write_text(f"other\n{END}\n{BEGIN}\n{END}\nend\n", encoding="utf-8")
    write_section(page, markdown(sizes(tiny)), BEGIN)
    text = page.read_text(encoding="utf-8")
    assert text.startswith(f"other\n{END}\n{BEGIN}\n\nA quick run")
    assert text.endswith(f"{END}\nend\n")


def test_page_holds_the_marks() -> None:
    assert assessment.PAGE.read_text(encoding="utf-8").count(BEGIN) == 1


@pytest.mark.parametrize("arguments", [["--sizes", "x"], ["--sizes", "0"], ["--wide"]])
def test_wrong_argument_is_told_in_one_line(arguments: list[str]) -> None:
    command = [sys.executable, assessment.__file__, *arguments]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (run.returncode, run.stdout, run.stderr.count("\n")) == (2, "", 1)


def test_missing_peer_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(assessment, "PEERS", ("no_such_engine",))
    monkeypatch.setattr(sys, "argv", ["assessment.py", "--quick"])
    assert assessment.main() == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "no_such_engine" in said


def test_small_run_prints_one_object() -> None:
    command = [sys.executable, assessment.__file__, "--quick", "--json", "--sizes", "1,2"]
    run = subprocess.run([*command, "--sample", "0"], capture_output=True, text=True, check=True)
    told = json.loads(run.stdout.splitlines()[-1])
    assert set(told) >= KEYS
    assert [size["areas"] for size in told["sizes"]] == [1, 2]
