"""Builds that are killed or meet one another, and output that finds no room."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from faulted_store import Faulted, Outcome
from faults_building import killed_builds, two_builds


@pytest.mark.parametrize(
    ("fault", "tries"),
    [
        pytest.param(killed_builds, 1, id="killed"),
        pytest.param(two_builds, 1, id="two at once"),
    ],
)
def test_nothing_is_lost(
    faulted: Faulted, fault: Callable[[Faulted, int, Random], Outcome], tries: int
) -> None:
    faulted.build(0)
    outcome = fault(faulted, tries, Random(7))  # noqa: S311
    assert outcome.tries == tries
    assert outcome.lost == []


def test_a_store_that_is_another_is_seen(faulted: Faulted) -> None:
    """What the runs hold stores against notices a wrong one."""
    faulted.build(0)
    assert faulted.wrong(0) == ""
    assert "holds variant 0" in faulted.wrong(1)
    (faulted.store / "current.json").unlink()
    assert "does not open" in faulted.wrong(0)
    faulted.build(0)


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_output_that_a_disk_takes_in_part_is_an_error(
    store_folder: Path, tmp_path: Path, unbuffered: str
) -> None:
    """No file may grow beyond a few kilobytes, as on a disk that is nearly full."""
    program = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (3000, 3000));"
        "from masagraph.cli.main import run; run(sys.argv[1:])"
    )
    arguments = ["assess", "--store", str(store_folder), "--format", "csv"]
    with (tmp_path / "out.csv").open("wb") as out:
        done = subprocess.run(
            [sys.executable, "-c", program, *arguments],
            stdout=out, stderr=subprocess.PIPE, check=False,
            env={"PYTHONUNBUFFERED": unbuffered, "PYTHONDONTWRITEBYTECODE": "1"},
        )  # fmt: skip
    assert done.returncode == 2
    last = done.stderr.decode().splitlines()[-1]
    assert "not whole (File too large). Free some space" in last
    file = tmp_path / "gaps.csv"
    file.write_text("of before", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments, "--output", str(file)],
        capture_output=True, check=False, env={"PYTHONDONTWRITEBYTECODE": "1"},
    )  # fmt: skip
    assert done.returncode == 2
    assert "gaps.csv cannot be written" in done.stderr.decode()
    assert file.read_text(encoding="utf-8") == "of before"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["gaps.csv", "out.csv"]
