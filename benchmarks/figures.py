"""What many times come to: how many, how many at fault, and the usual percentiles."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from load import Sample


@dataclass(frozen=True, slots=True)
class Figures:
    """Figures of some requests.

    Attributes:
        count: how many there were.
        faults: how many of each kind of fault there were.
        p50, p95, p99: milliseconds that so many in a hundred did not exceed. An answer that
            was given up counts with the time after which it was: it took no less.
    """

    count: int
    faults: Counter[str]
    p50: float
    p95: float
    p99: float

    @property
    def errors(self) -> int:
        """How many requests were not answered as they should be."""
        return self.faults.total()


def figures(samples: Iterable[Sample]) -> Figures:
    """Return the figures of some requests; of none, all are 0."""
    taken = list(samples)
    times = sorted(1000 * sample.seconds for sample in taken if sample.fault in ("", "cap"))
    return Figures(
        len(taken),
        Counter(sample.fault for sample in taken if sample.fault),
        *(percentile(times, share) for share in (0.50, 0.95, 0.99)),
    )


def percentile(ordered: Sequence[float], share: float) -> float:
    """Return the smallest value that a share of the ordered values does not exceed.

    >>> percentile([1.0, 2.0, 3.0, 4.0], 0.5)
    2.0
    """
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)] if ordered else 0.0


def geometric_mean(values: Sequence[float]) -> float:
    """Return the mean of ratios: one twice and one half as large come to 1."""
    return math.exp(math.fsum(map(math.log, values)) / len(values))
