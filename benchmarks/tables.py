"""The part on the service of docs/performance.md, written from what was measured."""

from __future__ import annotations

import os
import platform
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from figures import Figures
from servers import IN_MEMORY, OURS, OXIGRAPH, RDFLIB
from summary import Measured, aims
from workload import RUNAWAY

BEGIN = "<!-- benchmarks/service.py writes from here -->"
END = "<!-- to here -->"


def write_section(page: Path, section: str, begin: str = BEGIN) -> None:
    """Put a section between its marks on a page.

    Args:
        page: the page.
        section: the section.
        begin: the mark before it.

    Raises:
        ValueError: when the page does not hold the marks.
    """
    text = page.read_text(encoding="utf-8")
    pattern = f"{re.escape(begin)}\n.*?{re.escape(END)}"
    # A function, as the section may hold what would be a reference to a group.
    written, count = re.subn(
        pattern, lambda _: f"{begin}\n\n{section}\n{END}", text, flags=re.DOTALL
    )
    if count != 1:
        raise ValueError(f"{page.name} must hold the marks {begin} and {END} once")
    page.write_text(written, encoding="utf-8", newline="\n")


def markdown(measured: Measured) -> str:
    """Return the section: conditions, aims, and a table for each thing that was measured."""
    parts = (
        _conditions(measured),
        _aims(measured),
        _one_client(measured),
        _loads(measured),
        *(
            _load_by_query(measured, load.clients)
            for load in measured.loads
            if load.server == OURS and load.clients > 1
        ),
        _slow(measured),
        _beside(measured),
        _differences(measured),
    )
    return "\n\n".join(part for part in parts if part) + "\n"


def _conditions(measured: Measured) -> str:
    length = f"quick run of {measured.seconds:.0f} seconds"
    if not measured.quick:
        length = f"full run of {measured.seconds / 60:.0f} minutes"
    return (
        f"A {length} on {datetime.now(UTC):%-d %B %Y}: "
        f"{os.cpu_count()} cores of one machine, shared by the server and the clients; "
        f"{platform.system()}, Python {platform.python_version()}{_others(measured)}. "
        f"Data version {measured.data_version}, {measured.triples:,} triples in the default graph. "
        f"Oxigraph {version('oxigraph')}, rdflib-endpoint {version('rdflib-endpoint')} with "
        f"rdflib {version('rdflib')}."
    )


def _others(measured: Measured) -> str:
    if measured.others is None:
        return ""
    return f"; load average of {measured.others:.1f} from other work before it began"


def _aims(measured: Measured) -> str:
    rows = [(aim.text, aim.measured, "yes" if aim.met else "**no**") for aim in aims(measured)]
    return table(("aim", "measured", "met"), rows)


def _one_client(measured: Measured) -> str:
    ours, bare = measured.times[OURS], measured.times.get(OXIGRAPH, {})
    memory = measured.times.get(IN_MEMORY, {})
    rows = []
    for case, mine in ours.items():
        there, here = bare.get(case), memory.get(case)
        rows.append(
            (
                case,
                *_three(mine),
                *_three(there),
                f"{mine.p50 / there.p50:.2f}" if there and there.p50 else "",
                _ms(here.p50) if here else "",
            )
        )
    head = (
        "query",
        "ours p50",
        "p95",
        "p99",
        "Oxigraph p50",
        "p95",
        "p99",
        "p50 ratio",
        "Oxigraph in memory p50",
    )
    return "### One client, one query at a time (ms)\n\n" + table(head, rows)


def _loads(measured: Measured) -> str:
    rows = [
        (
            str(load.clients),
            load.server,
            f"{load.rate:,.0f}",
            *_three(load.all),
            f"{load.all.count:,}",
            _faults(load.all),
            f"{100 * load.busy:.0f} %",
        )
        for load in measured.loads
    ]
    head = (
        "clients",
        "server",
        "answers a second",
        "p50",
        "p95",
        "p99",
        "requests",
        "errors",
        "clients' own share of a core",
    )
    return "### All queries mixed (ms)\n\n" + table(head, rows)


def _load_by_query(measured: Measured, clients: int) -> str:
    ours, bare = measured.load(OURS, clients).each, measured.load(OXIGRAPH, clients).each
    rows = [
        (
            case,
            *_three(mine),
            str(mine.errors),
            *_three(bare.get(case)),
            str(bare[case].errors) if case in bare else "",
        )
        for case, mine in ours.items()
    ]
    head = ("query", "ours p50", "p95", "p99", "errors", "Oxigraph p50", "p95", "p99", "errors")
    return f"### Each query among {clients} clients (ms)\n\n" + table(head, rows)


def _slow(measured: Measured) -> str:
    theirs, ours = measured.slow[RDFLIB], measured.slow[OURS]
    rows = [
        (
            case,
            _ms(ours[case].p50),
            _ms(slow.p50),
            f"{slow.p50 / ours[case].p50:.1f}",
            _faults(slow),
        )
        for case, slow in theirs.items()
    ]
    head = ("query", "ours p50", "rdflib-endpoint p50", "times as fast", "rdflib-endpoint's errors")
    return "### Beside rdflib-endpoint, one client (ms)\n\n" + table(head, rows)


def _beside(measured: Measured) -> str:
    rows = [
        (case, *_three(alone), *_three(measured.beside["with"][case]), f"{ratio:.2f}")
        for (case, alone), ratio in zip(
            measured.beside["without"].items(), measured.beside_runaways().values(), strict=True
        )
    ]
    killed = measured.beside["with"].get(RUNAWAY)
    head = ("query", "alone p50", "p95", "p99", "beside them p50", "p95", "p99", "p50 ratio")
    told = ""
    if killed:
        told = (
            f"\n\n{killed.count} runaway queries were sent and stopped at their limit of 1 s, "
            f"after {_ms(killed.p50)} ms (p50), with {_faults(killed)} errors."
        )
    return "### Beside runaway queries, one client (ms)\n\n" + table(head, rows) + told


def _differences(measured: Measured) -> str:
    if not measured.differences:
        return "All servers gave the same answers to all queries that they were asked."
    rows = [(d.case, d.server, d.what) for d in measured.differences]
    return "### Where answers differ from ours\n\n" + table(("query", "server", "how"), rows)


def _three(figures: Figures | None) -> tuple[str, str, str]:
    if figures is None or not figures.count:
        return "", "", ""
    return _ms(figures.p50), _ms(figures.p95), _ms(figures.p99)


def _ms(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}"


def _faults(figures: Figures) -> str:
    told = ", ".join(f"{count} × {kind}" for kind, count in figures.faults.most_common())
    return told or "0"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table in Markdown."""
    return "\n".join(_lines(head, rows))


def _lines(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    for row in (head, ["---"] * len(head), *rows):
        yield f"| {' | '.join(row)} |"
