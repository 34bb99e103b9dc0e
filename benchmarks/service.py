"""Measure the SPARQL service beside others, with the same data on the same machine.

    python benchmarks/service.py --quick --json   under a minute; the last line is a JSON object
    python benchmarks/service.py                  some minutes; writes docs/performance.md

Run it with the Python of .venv, on a machine that has nothing else to do. What is measured,
and how, stands in benchmarks/README.md.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from copies import make_copies
from masagraph.errors import MasagraphError
from masagraph.resources import store_folder
from masagraph.settings import read_settings
from masagraph.store.opened import open_store
from rounds import (
    Plan,
    agree,
    beside_a_slow_one,
    beside_runaways,
    one_by_one,
    say,
    under_load,
)
from servers import (
    UNLIMITED,
    Server,
    ServerError,
    masagraph,
    oxigraph,
    oxigraph_in_memory,
    rdflib_endpoint,
    wait_for,
)
from summary import Measured, as_json
from tables import markdown, write_section
from workload import LOOKUP, MATRIX, Case, read_workload, runaway

PAGE = Path(__file__).resolve().parents[1] / "docs" / "performance.md"

QUICK = Plan(
    rounds=4,
    slice=0.06,
    most=7,
    loads=(1, 8, 32),
    load_rounds=1,
    load_seconds=1.2,
    slow_rounds=2,
    slow_cap=6,
    runaway_rounds=1,
    runaway_seconds=2,
    takes=35,
    within=50,
)
FULL = Plan(
    rounds=10,
    slice=0.4,
    most=400,
    loads=(1, 8, 32),
    load_rounds=3,
    load_seconds=8,
    slow_rounds=6,
    slow_cap=60,
    runaway_rounds=3,
    runaway_seconds=5,
)
TIME_LIMIT = {"MASAGRAPH_QUERY_SECONDS": "1"}
BESIDE_RUNAWAYS = (LOOKUP, "statutory-partners", MATRIX)


def main() -> int:
    """Measure, and print or write what came of it. Returns the exit code."""
    arguments = _arguments()
    try:
        store = arguments.store or store_folder(read_settings())
        measured = measure(store, QUICK if arguments.quick else FULL, arguments.quick)
    except (MasagraphError, ServerError) as error:
        sys.stderr.write(f"{error}\n")
        return 2
    if arguments.write or not arguments.quick:
        write_section(PAGE, markdown(measured))
    if arguments.json:
        sys.stdout.write(json.dumps(as_json(measured)) + "\n")
    else:
        sys.stdout.write(markdown(measured))
    return 0


def measure(store: Path, plan: Plan, quick: bool) -> Measured:
    """Start all servers, and measure them one after the other.

    Args:
        store: the folder of the store; copies of it are kept in it.
        plan: how long to measure.
        quick: whether to leave out Oxigraph in memory, all but one of the queries of
            rdflib-endpoint, and the dearest of those beside runaway ones.
    """
    started, others = time.monotonic(), _load_average()
    say("making copies of the data")
    copies, opened = make_copies(store), open_store(store)
    cases = read_workload(opened)
    plain = [case for case in cases if not case.reads_graphs]
    normal = [case for case in cases if case.name in BESIDE_RUNAWAYS]
    if quick:
        plain = [case for case in plain if case.name == MATRIX]
        normal = [case for case in normal if case.name != MATRIX]
    with ExitStack() as stack:
        say("starting the servers")
        ours = stack.enter_context(masagraph(store, UNLIMITED))
        bare = stack.enter_context(oxigraph(copies.database))
        slow = stack.enter_context(rdflib_endpoint(copies.triples))
        limited = stack.enter_context(masagraph(store, UNLIMITED | TIME_LIMIT))
        peers = [bare]
        if not quick:
            peers.append(stack.enter_context(oxigraph_in_memory(copies.quads)))
        wait_for((ours, slow, limited, *peers))
        say("comparing the answers")
        asked: dict[Server, list[Case]] = {**dict.fromkeys(peers, cases), slow: plain}
        agreed = agree(ours, asked, plan.slow_cap)
        plan = plan.fitted(time.monotonic() - started)
        with _quiet():
            say("one client, one query at a time")
            times = one_by_one((ours, *peers), agreed, plan)
            say("all queries mixed, with more and more clients")
            loads = under_load((ours, *peers), agreed, plan)
            say("beside rdflib-endpoint")
            beside_slow = beside_a_slow_one(ours, slow, agreed, plan)
            say("beside runaway queries")
            beside = beside_runaways(limited, normal, runaway(), plan)
    return Measured(
        opened.data_version,
        copies.size,
        quick,
        time.monotonic() - started,
        others,
        times,
        tuple(loads),
        beside_slow,
        beside,
        agreed.differences,
    )


def _load_average() -> float | None:
    """Return how many processes wanted a core in the last minute; None where it is not told."""
    return os.getloadavg()[0] if hasattr(os, "getloadavg") else None


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep the collector of this process from stopping the clients while they are timed."""
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="end within a minute")
    parser.add_argument("--json", action="store_true", help="print one JSON object, not tables")
    parser.add_argument(
        "--write", action="store_true", help="write docs/performance.md after a quick run too"
    )
    parser.add_argument("--store", type=Path, help="folder of the store")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
