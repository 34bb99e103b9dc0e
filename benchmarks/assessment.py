"""Measure the assessment: every duty of one edition over more and more invented arrangements.

    python benchmarks/assessment.py --quick --json   under a minute; the last line is a JSON object
    python benchmarks/assessment.py                  ten minutes; writes docs/performance.md

Run it with the Python of .venv, on a machine that has nothing else to do. What is measured,
and how, stands in benchmarks/README.md.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NoReturn

from assessment_summary import Assessed, Build, as_json
from assessment_tables import BEGIN, markdown
from tables import write_section

HERE = Path(__file__).resolve().parent
PAGE = HERE.parent / "docs" / "performance.md"
SIZES, QUICK_SIZES = (3, 15, 153, 700, 7000), (3, 15, 153)
SAMPLE, QUICK_SAMPLE = 12, 4
HELD = 5045
"""So many arrangements are some 5 million triples with the law."""

PEERS = ("pyshacl", "pyoxigraph")


class BenchmarkError(Exception):
    """Something that the benchmark needs is not there, or failed."""


def main() -> int:
    """Measure, and print or write what came of it. Returns the exit code."""
    arguments = _arguments()
    try:
        measured = measure(arguments.quick, arguments.sizes, arguments.sample)
    except BenchmarkError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    if arguments.write or not (arguments.quick or arguments.sizes):
        write_section(PAGE, markdown(measured), BEGIN)
    if arguments.json:
        sys.stdout.write(json.dumps(as_json(measured)) + "\n")
    else:
        sys.stdout.write(markdown(measured))
    return 0


def measure(quick: bool, sizes: tuple[int, ...] = (), sample: int | None = None) -> Assessed:
    """Measure one size after another, each in a process of its own.

    Args:
        quick: whether to leave out the large sizes, memory at 5 million triples and the build.
        sizes: numbers of arrangements; those of the kind of run by default.
        sample: over how many arrangements of a nation pySHACL is run.

    Raises:
        BenchmarkError: when something needed is missing or a process fails.
    """
    for peer in PEERS:
        if find_spec(peer) is None:
            raise BenchmarkError(f"{peer} is not installed: run this with the Python of .venv.")
    started = time.monotonic()
    others = os.getloadavg()[0] if hasattr(os, "getloadavg") else None
    wanted = sizes or (QUICK_SIZES if quick else SIZES)
    if sample is None:
        sample = QUICK_SAMPLE if quick else SAMPLE
    partial = quick or bool(sizes)
    build = None if partial else _build()
    found = []
    for size in wanted:
        # pySHACL takes a second for each: in a quick run over the largest size alone.
        many = 1 if quick and size != max(wanted) else min(sample, size)
        say(f"{size:,} arrangements, pySHACL over {many} of them")
        found.append(_nation(str(size), str(many)))
    held = None
    if not partial:
        say(f"{HELD:,} arrangements, held only")
        held = _nation(str(HELD), "0", "--hold")
    return Assessed(tuple(found), held, build, quick, time.monotonic() - started, others)


def _nation(*arguments: str) -> dict[str, Any]:
    """Measure one size in a process of its own, so that its memory is seen by itself."""
    command = [sys.executable, str(HERE / "assessed_nation.py"), *arguments]
    run = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)  # noqa: S603
    if run.returncode:
        raise BenchmarkError(f"measuring {arguments[0]} arrangements failed, as told above.")
    told: dict[str, Any] = json.loads(run.stdout.splitlines()[-1])
    return told


def _build() -> Build:
    """Build the real data in an empty store, and again with nothing changed."""
    seconds = []
    with tempfile.TemporaryDirectory() as folder:
        for what in ("into an empty store", "with nothing changed"):
            say(f"masagraph build {what}")
            command = [sys.executable, "-m", "masagraph", "build"]
            environment = os.environ | {"MASAGRAPH_STORE": folder}
            wall, cpu = time.perf_counter(), os.times()
            run = subprocess.run(command, env=environment, capture_output=True, check=False)  # noqa: S603
            if run.returncode:
                raise BenchmarkError(f"masagraph build failed: {run.stderr.decode()[-300:]}")
            after = os.times()
            spent = after.children_user + after.children_system
            spent -= cpu.children_user + cpu.children_system
            seconds.append({"wall": time.perf_counter() - wall, "cpu": spent})
        (current,) = Path(folder).glob("current*.json")
        version = json.loads(current.read_text(encoding="utf-8"))["data_version"]
    return Build(seconds[0], seconds[1], version)


def say(text: str) -> None:
    """Tell on standard error how far things are."""
    sys.stderr.write(f"{time.strftime('%H:%M:%S')} {text}\n")
    sys.stderr.flush()


class _Parser(argparse.ArgumentParser):
    """Tells what is wrong with the arguments in one line."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{message}\n")


def _sizes(text: str) -> tuple[int, ...]:
    sizes = tuple(int(part) for part in text.split(","))
    if min(sizes) < 1:
        raise ValueError
    return sizes


def _arguments() -> argparse.Namespace:
    parser = _Parser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="end within a minute")
    parser.add_argument("--json", action="store_true", help="print one JSON object, not tables")
    parser.add_argument(
        "--write", action="store_true", help="write docs/performance.md after a partial run too"
    )
    parser.add_argument("--sizes", type=_sizes, default=(), help="such as 3,15: only these sizes")
    parser.add_argument("--sample", type=int, help="arrangements of each size for pySHACL")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
