"""What the measurements of the assessment come to: ratios, growth, aims, and the JSON object."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

SizeFigures = Mapping[str, Any]
"""What ``assessed_nation.py`` prints of one size."""

ENGLAND = 153
TIMES_FASTER, MOST_SCANS, MOST_PER_TRIPLE, MOST_RECHECK_MS = 300, 10, 1.5, 40
MOST_BUILD, MOST_REBUILD, MOST_GB, LEAST_TRIPLES = 10, 2, 2.5, 100_000


@dataclass(frozen=True, slots=True)
class Build:
    """What ``masagraph build`` of the real data took.

    Attributes:
        cold: into an empty store, seconds by the clock and of the processor.
        again: with nothing changed.
        data_version: the version of that data.
    """

    cold: Mapping[str, float]
    again: Mapping[str, float]
    data_version: str


@dataclass(frozen=True, slots=True)
class Assessed:
    """All that was measured.

    Attributes:
        sizes: what was measured of each size, smallest first.
        held: triples and memory of a dataset of some 5 million triples without a view.
        build: the build of the real data; None where it was not measured.
        quick: whether it was the quick run.
        seconds: how long it took.
        others: the load average of the machine before it began; None where it is not told.
    """

    sizes: Sequence[SizeFigures]
    held: Mapping[str, float] | None
    build: Build | None
    quick: bool
    seconds: float
    others: float | None

    @property
    def england(self) -> SizeFigures:
        """The size that is England's, or else the largest."""
        return next((size for size in self.sizes if size["areas"] == ENGLAND), self.sizes[-1])

    @property
    def growth(self) -> float | None:
        """The power of the number of triples with which the time of finding grows."""
        points = [(size["view_triples"], size["warm"]["cpu"]) for size in self.sizes]
        return exponent(points)

    @property
    def steepest(self) -> float | None:
        """How many times as dear a triple gets from 0.1 million on; None with one such size."""
        each = [per_triple(s) for s in self.sizes if s["view_triples"] >= LEAST_TRIPLES]
        return max(each) / each[0] if len(each) > 1 else None

    @property
    def equal(self) -> bool:
        """Whether both engines found the same wherever both were run."""
        return all(size["findings_equal"] for size in self.sizes)


@dataclass(frozen=True, slots=True)
class Aim:
    """An aim, what was measured for it in words, and whether it is met; None: not measured."""

    name: str
    text: str
    measured: str
    met: bool | None


def to_pyshacl(size: SizeFigures, kind: str = "warm") -> float | None:
    """Return how many times as long pySHACL takes, one arrangement after another."""
    if not size["sampled"]:
        return None
    whole = size["pyshacl"]["cpu"] / size["sampled"] * size["areas"]
    return float(whole / size[kind]["cpu"])


def to_scan(size: SizeFigures) -> float:
    """Return how many times as long as counting the view's triples it takes to find all faults."""
    return float(size["warm"]["cpu"] / size["scan"]["cpu"])


def per_triple(size: SizeFigures) -> float:
    """Return microseconds for each triple of the view."""
    return float(1e6 * size["warm"]["cpu"] / size["view_triples"])


def exponent(points: Sequence[tuple[float, float]]) -> float | None:
    """Return the slope of the line nearest to some points, both axes logarithmic.

    >>> round(exponent([(1, 3), (10, 300), (100, 30_000)]), 6)
    2.0
    """
    logs = [(math.log(x), math.log(y)) for x, y in points]
    mean_x = math.fsum(x for x, _ in logs) / len(logs)
    mean_y = math.fsum(y for _, y in logs) / len(logs)
    spread = math.fsum((x - mean_x) ** 2 for x, _ in logs)
    if not spread:
        return None
    return math.fsum((x - mean_x) * (y - mean_y) for x, y in logs) / spread


def recheck_ms(size: SizeFigures) -> float:
    """Return milliseconds for one area after its document changed."""
    return 1000 * float(size["recheck_view"]["cpu"] + size["recheck_findings"]["cpu"])


def aims(measured: Assessed) -> list[Aim]:
    """Return every aim with the truth about it."""
    size, last = measured.england, measured.sizes[-1]
    faster, scans = to_pyshacl(size), to_scan(size)
    steepest, recheck = measured.steepest, recheck_ms(last)
    sampled = sum(size["sampled"] for size in measured.sizes)
    found = [
        Aim(
            "equal",
            "the same findings as pySHACL",
            f"{'equal' if measured.equal else 'different'} in the {sampled} arrangements compared",
            measured.equal if sampled else None,
        ),
        Aim(
            "times_faster",
            f"{TIMES_FASTER} times as fast as pySHACL area by area, at {ENGLAND} areas",
            f"{faster:,.0f} times" if faster else "not measured",
            faster >= TIMES_FASTER if faster else None,
        ),
        Aim(
            "scans",
            f"at most {MOST_SCANS} bare scans, at {ENGLAND} areas",
            f"{scans:.1f} scans",
            scans <= MOST_SCANS,
        ),
        Aim(
            "per_triple",
            f"cost of a triple flat within {MOST_PER_TRIPLE} times from 0.1 million on",
            f"{steepest:.2f} times" if steepest else "not measured",
            steepest <= MOST_PER_TRIPLE if steepest else None,
        ),
        Aim(
            "recheck",
            f"one area rechecked in under {MOST_RECHECK_MS} ms, however large the graph",
            f"{recheck:.0f} ms in {last['triples']:,} triples",
            recheck < MOST_RECHECK_MS,
        ),
    ]
    if measured.held:
        gb, million = measured.held["held_mb"] / 1024, measured.held["triples"] / 1e6
        text = f"under {MOST_GB} GB for 5 million triples without the view"
        told = f"{gb:.2f} GB for {million:.2f} million"
        found.append(Aim("memory", text, told, gb < MOST_GB))
    if measured.build:
        for name, spent, most, how in (
            ("build", measured.build.cold, MOST_BUILD, "into an empty store"),
            ("rebuild", measured.build.again, MOST_REBUILD, "with nothing changed"),
        ):
            text = f"masagraph build of the real data {how} under {most} s"
            told = f"{spent['wall']:.1f} s by the clock, {spent['cpu']:.1f} s of the processor"
            found.append(Aim(name, text, told, spent["wall"] < most))
    return found


def as_json(measured: Assessed) -> dict[str, Any]:
    """Return what ``--json`` prints."""
    size, last, build = measured.england, measured.sizes[-1], measured.build
    return {
        "areas": size["areas"],
        "duties": size["duties"],
        "faults": size["faults"],
        "ratio_to_pyshacl": _rounded(to_pyshacl(size)),
        "ratio_to_pyshacl_cold": _rounded(to_pyshacl(size, "cold")),
        "ratio_to_scan": _rounded(to_scan(size)),
        "view_seconds": _rounded(size["view"]["cpu"]),
        "findings_seconds": _rounded(size["warm"]["cpu"]),
        "findings_seconds_cold": _rounded(size["cold"]["cpu"]),
        "findings_equal": measured.equal,
        "compared": sum(size["sampled"] for size in measured.sizes),
        "growth_exponent": _rounded(measured.growth),
        "cost_per_triple_times": _rounded(measured.steepest),
        "recheck_ms": _rounded(recheck_ms(last)),
        "shape_changed_seconds": _rounded(size["shape_changed"]["cpu"]),
        "peak_mb": _rounded(last["peak_mb"]),
        "build_seconds": _rounded(build.cold["wall"]) if build else None,
        "rebuild_seconds": _rounded(build.again["wall"]) if build else None,
        "aims_met": {aim.name: aim.met for aim in aims(measured)},
        "sizes": [dict(size) for size in measured.sizes],
        "held": measured.held,
        "quick": measured.quick,
        "seconds": round(measured.seconds, 1),
        "load_average_before": _rounded(measured.others),
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 3)
