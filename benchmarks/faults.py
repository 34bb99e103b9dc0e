"""Do harm to builds, stores and a service, and see what is lost.

    python benchmarks/faults.py --quick          some minutes, few tries of each fault
    python benchmarks/faults.py                  half an hour; writes docs/reliability.md
    python benchmarks/faults.py --only two-builds  one fault alone; writes its row

Run it with the Python of .venv. What is done, and what it means, stands in docs/reliability.md.
The last line of output is one JSON object. Exit code 1: something was lost.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from random import Random

import faults_building
import faults_damage
import faults_remote
import faults_serving
from fault_tables import as_json, markdown, write_rows
from faulted_store import Faulted, Outcome

PAGE = Path(__file__).resolve().parents[1] / "docs" / "reliability.md"
Fault = Callable[[Faulted, int, Random], Outcome]

FAULTS: Mapping[str, tuple[Fault, int, int]] = {
    "killed-builds": (faults_building.killed_builds, 50, 3),
    "two-builds": (faults_building.two_builds, 5, 1),
    "full-disk-build": (faults_building.full_disk, 10, 2),
    "full-disk-export": (faults_building.full_disk_export, 12, 4),
    "flipped-bytes": (faults_damage.flipped_bytes, 20, 3),
    "flipped-kept": (faults_damage.flipped_kept, 5, 1),
    "wrong-clock": (faults_building.wrong_clocks, 12, 4),
    "stale-answers": (faults_serving.stale_answers, 5, 1),
    "killed-workers": (faults_serving.killed_workers, 50, 5),
    "killed-data-process": (faults_serving.killed_nurseries, 10, 2),
    "killed-services": (faults_serving.killed_services, 10, 1),
    "reloads": (faults_serving.reloads, 10, 1),
    "restarted-servers": (faults_remote.restarted_servers, 20, 2),
}
"""Each fault by name, with the tries of a full and of a quick run."""


def main() -> int:
    """Run the faults that are asked for. Returns the exit code."""
    arguments = _arguments()
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="masagraph-faults-") as folder:
        outcomes = run(
            Path(folder), arguments.only or list(FAULTS), arguments.quick, arguments.tries
        )
    if not arguments.quick:
        write_rows(PAGE, outcomes, list(FAULTS))
    sys.stdout.write(markdown(outcomes) + "\n")
    told = as_json(outcomes, time.monotonic() - started, arguments.quick)
    sys.stdout.write(json.dumps(told) + "\n")
    return 1 if told["lost"] else 0


def run(folder: Path, names: Sequence[str], quick: bool, tries: int = 0) -> list[Outcome]:
    """Run some faults one after another, each over a store of its own.

    Args:
        folder: where the stores go.
        names: of the faults.
        quick: whether to take few tries.
        tries: how many of each to take instead.
    """
    first = Faulted(folder / "first")
    say("building the real data")
    first.begin()
    outcomes = []
    for name in names:
        fault, many, few = FAULTS[name]
        count = tries or (few if quick else many)
        say(f"{name}: {count} tries")
        outcome = fault(first.copied(folder / name), count, Random(name))  # noqa: S311
        outcomes.append(outcome)
        say(f"{name}: {outcome.survived} survived, {len(outcome.lost)} lost; {outcome.seen}")
        for lost in outcome.lost:
            say(f"  {lost}")
    return outcomes


def say(text: str) -> None:
    """Tell on standard error how far things are."""
    sys.stderr.write(f"{time.strftime('%H:%M:%S')} {text}\n")
    sys.stderr.flush()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="few tries, and write no page")
    parser.add_argument("--only", action="append", choices=FAULTS, help="this fault; repeatable")
    parser.add_argument("--tries", type=int, default=0, help="so many tries of each fault")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
