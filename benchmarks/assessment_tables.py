"""The part on the assessment of docs/performance.md, written from what was measured."""

from __future__ import annotations

import os
import platform
from datetime import UTC, datetime
from importlib.metadata import version

from assessment_summary import (
    Assessed,
    SizeFigures,
    aims,
    per_triple,
    recheck_ms,
    to_pyshacl,
    to_scan,
)
from tables import table

BEGIN = "<!-- benchmarks/assessment.py writes from here -->"
_MET = {True: "yes", False: "**no**", None: "not measured"}


def markdown(measured: Assessed) -> str:
    """Return the section: conditions, aims, and a table for each thing that was measured."""
    parts = (
        _conditions(measured),
        table(
            ("aim", "measured", "met"),
            [(aim.text, aim.measured, _MET[aim.met]) for aim in aims(measured)],
        ),
        _sizes(measured),
        _findings(measured),
        _changes(measured),
    )
    return "\n\n".join(parts) + "\n"


def _conditions(measured: Assessed) -> str:
    length = f"quick run of {measured.seconds:.0f} seconds"
    if not measured.quick:
        length = f"run of {measured.seconds / 60:.0f} minutes"
    others = ""
    if measured.others is not None:
        others = f"; load average of {measured.others:.1f} from other work before it began"
    data = f" Data version {measured.build.data_version}." if measured.build else ""
    return (
        f"A {length} on {datetime.now(UTC):%-d %B %Y}: {os.cpu_count()} cores of one machine, of "
        f"which one was used; {platform.system()}, Python {platform.python_version()}{others}."
        f"{data} pyoxigraph {version('pyoxigraph')}, pySHACL {version('pyshacl')} with rdflib "
        f"{version('rdflib')}. Seconds are those of the processor; those of the clock stand in "
        "brackets."
    )


def _sizes(measured: Assessed) -> str:
    rows = [
        (
            _areas(size),
            f"{size['triples']:,}",
            f"{size['view_triples']:,}",
            str(size["layers"]),
            _spent(size["view"]),
            _seconds(size["scan"]["cpu"]),
            f"{size['held_mb']:,.0f}",
            f"{size['peak_mb']:,.0f}",
        )
        for size in measured.sizes
    ]
    head = (
        "arrangements",
        "triples",
        "of the view",
        "stores of the view",
        "view (s)",
        "bare scan of it (s)",
        "MB at most without the view",
        "with all",
    )
    return "### The view of all arrangements\n\n" + table(head, rows)


def _findings(measured: Assessed) -> str:
    rows = []
    for size in measured.sizes:
        faster, cold = to_pyshacl(size), to_pyshacl(size, "cold")
        rows.append(
            (
                _areas(size),
                f"{size['faults']:,}",
                _spent(size["cold"]),
                _spent(size["warm"]),
                f"{per_triple(size):.2f}",
                f"{to_scan(size):.1f}",
                _spent({k: s / size["sampled"] for k, s in size["pyshacl"].items()})
                if size["sampled"]
                else "",
                f"{faster:,.0f} ({cold:,.0f})" if faster and cold else "",
                f"{'equal' if size['findings_equal'] else '**different**'}, {size['sampled']}",
            )
        )
    head = (
        "arrangements",
        "faults",
        "cold (s)",
        "warm (s)",
        "warm, µs a triple",
        "bare scans",
        "pySHACL, each (s)",
        "times as fast warm (cold)",
        "findings in the sample, of",
    )
    duties = measured.england["duties"]
    growth = measured.growth
    told = "" if growth is None else f" Warm, they grow with the triples to the power {growth:.2f}."
    return (
        f"### All faults of {duties} duties of one edition\n\nCold is with the shapes compiled "
        "first. pySHACL is run over a sample and counted for all." + told + "\n\n"
    ) + table(head, rows)


def _changes(measured: Assessed) -> str:
    rows = [
        (
            _areas(size),
            f"{recheck_ms(size):.0f}",
            f"{1000 * size['recheck_view']['cpu']:.0f}",
            f"{1000 * size['recheck_findings']['cpu']:.0f}",
            f"{1000 * (size['recheck_view']['wall'] + size['recheck_findings']['wall']):.0f}",
            _spent(size["shape_changed"]),
        )
        for size in measured.sizes
    ]
    head = (
        "arrangements",
        "one document changed (ms)",
        "its area's view",
        "its findings",
        "by the clock",
        "one shape changed (s)",
    )
    return "### What a change costs\n\n" + table(head, rows)


def _areas(size: SizeFigures) -> str:
    return f"{size['areas']:,}"


def _spent(spent: SizeFigures) -> str:
    return f"{_seconds(spent['cpu'])} ({_seconds(spent['wall'])})"


def _seconds(seconds: float) -> str:
    return f"{seconds:,.1f}" if seconds >= 10 else f"{seconds:.3g}"
