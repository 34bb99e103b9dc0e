"""What the measurements come to: ratios, the aims, and the object that ``--json`` prints."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from agreement import Difference
from figures import Figures, geometric_mean
from rounds import Load, Times
from servers import IN_MEMORY, OURS, OXIGRAPH, RDFLIB
from workload import MATRIX

SLOW_MS = 10
"""From here on a ratio is told; below, milliseconds, as the way over HTTP is most of the time."""

MOST_RATIO, MOST_EXTRA_MS, TIMES_FASTER, MOST_BESIDE_RUNAWAYS = 1.3, 5, 20, 2


@dataclass(frozen=True, slots=True)
class Measured:
    """All that was measured.

    Attributes:
        data_version: the data that every server held.
        triples: how many triples its default graph has.
        quick: whether it was the quick run.
        seconds: how long it took.
        others: the load average of the machine before it began; None where it is not told.
        times: one client, one query at a time.
        loads: several clients, all queries mixed.
        slow: ours beside the slow server, one client.
        beside: queries ``without`` and ``with`` runaway ones beside them.
        differences: where a server's answer is not ours.
    """

    data_version: str
    triples: int
    quick: bool
    seconds: float
    others: float | None
    times: Times
    loads: tuple[Load, ...]
    slow: Times
    beside: Times
    differences: tuple[Difference, ...]

    def ratios(self, other: str = OXIGRAPH) -> dict[str, float]:
        """Return how many times as long as another server ours takes, where that is slow."""
        return {
            case: ours.p50 / theirs.p50
            for case, ours, theirs in self._pairs(other)
            if theirs.p50 > SLOW_MS
        }

    def extra_ms(self, other: str = OXIGRAPH) -> dict[str, float]:
        """Return how many milliseconds longer ours takes, where another server is fast."""
        return {
            case: ours.p50 - theirs.p50
            for case, ours, theirs in self._pairs(other)
            if theirs.p50 <= SLOW_MS
        }

    def times_faster(self, case: str = MATRIX) -> float | None:
        """Return how many times as long as ours the slow server takes for a query."""
        theirs, ours = self.slow[RDFLIB].get(case), self.slow[OURS].get(case)
        return theirs.p50 / ours.p50 if theirs and ours else None

    def beside_runaways(self) -> dict[str, float]:
        """Return how many times as long a query takes beside runaway ones."""
        return {
            case: self.beside["with"][case].p50 / alone.p50
            for case, alone in self.beside["without"].items()
        }

    def errors(self, server: str = OURS, clients: int | None = None) -> int:
        """Return how many requests of a server were not answered as they should be.

        Args:
            server: its name.
            clients: only those under the load of so many clients; all that was measured if None.
        """
        loads = [x for x in self.loads if x.server == server and clients in (None, x.clients)]
        if clients is not None:
            return sum(load.all.errors for load in loads)
        alone: list[Figures] = [
            *self.times.get(server, {}).values(),
            *self.slow.get(server, {}).values(),
        ]
        if server == OURS:
            alone += [f for by_case in self.beside.values() for f in by_case.values()]
        return sum(load.all.errors for load in loads) + sum(f.errors for f in alone)

    def load(self, server: str, clients: int) -> Load:
        """Return how a server bore a number of clients."""
        return next(x for x in self.loads if (x.server, x.clients) == (server, clients))

    def _pairs(self, other: str) -> list[tuple[str, Figures, Figures]]:
        theirs = self.times.get(other, {})
        return [
            (case, figures, theirs[case])
            for case, figures in self.times[OURS].items()
            if case in theirs
        ]


@dataclass(frozen=True, slots=True)
class Aim:
    """An aim, with what was measured for it.

    Attributes:
        name: its short name in the JSON.
        text: what is aimed at.
        measured: what was measured, in words.
        met: whether it is met.
    """

    name: str
    text: str
    measured: str
    met: bool


def aims(measured: Measured) -> list[Aim]:
    """Return every aim with the truth about it; one for which nothing was measured is not met."""
    return [
        _ratio_aim(measured),
        _extra_aim(measured),
        _slow_aim(measured),
        _error_aim(measured),
        _runaway_aim(measured),
    ]


def as_json(measured: Measured) -> dict[str, Any]:
    """Return what ``--json`` prints.

    ``p50_ratio_to_oxigraph`` is the largest over all queries for which Oxigraph takes over
    10 ms: how many times as long ours takes. ``p50_ratio_to_rdflib_endpoint`` is how many
    times as fast ours is on the gap matrix. ``requests_per_second`` is that of the most clients.
    """
    most = max(load.clients for load in measured.loads)
    ratios, in_memory = measured.ratios(), measured.ratios(IN_MEMORY)
    return {
        "p50_ratio_to_oxigraph": _rounded(max(ratios.values(), default=None)),
        "p50_ratio_to_oxigraph_typical": _rounded(_typical(ratios)),
        "p50_extra_ms_over_oxigraph": _rounded(max(measured.extra_ms().values(), default=None)),
        "p50_ratio_to_oxigraph_in_memory": _rounded(max(in_memory.values(), default=None)),
        "p50_ratio_to_rdflib_endpoint": _rounded(measured.times_faster()),
        "requests_per_second": _rounded(measured.load(OURS, most).rate),
        "requests_per_second_oxigraph": _rounded(measured.load(OXIGRAPH, most).rate),
        "errors": measured.errors(),
        "errors_under_load": {
            str(load.clients): load.all.errors for load in measured.loads if load.server == OURS
        },
        "errors_oxigraph": measured.errors(OXIGRAPH),
        "p50_ratio_beside_runaways": _rounded(
            max(measured.beside_runaways().values(), default=None)
        ),
        "unequal_answers": [
            {"query": d.case, "server": d.server, "what": d.what} for d in measured.differences
        ],
        "aims_met": {aim.name: aim.met for aim in aims(measured)},
        "clients": most,
        "data_version": measured.data_version,
        "triples": measured.triples,
        "quick": measured.quick,
        "seconds": round(measured.seconds, 1),
        "load_average_before": _rounded(measured.others),
    }


def _ratio_aim(measured: Measured) -> Aim:
    text = f"p50 within {MOST_RATIO} times of bare Oxigraph where that takes over {SLOW_MS} ms"
    ratios = measured.ratios()
    typical = _typical(ratios)
    if typical is None:
        return Aim("ratio_to_oxigraph", text, "no query takes it as long", True)
    worst = max(ratios, key=lambda case: ratios[case])
    over = sum(ratio > MOST_RATIO for ratio in ratios.values())
    said = f"at most {ratios[worst]:.2f} ({worst}), typically {typical:.2f}"
    return Aim("ratio_to_oxigraph", text, f"{said}; {over} of {len(ratios)} over", not over)


def _extra_aim(measured: Measured) -> Aim:
    text = f"p50 at most {MOST_EXTRA_MS} ms longer elsewhere"
    extra = measured.extra_ms()
    if not extra:
        return Aim("extra_ms", text, "it takes that long for every query", True)
    worst = max(extra, key=lambda case: extra[case])
    over = sum(more > MOST_EXTRA_MS for more in extra.values())
    said = f"at most {extra[worst]:+.1f} ms ({worst}); {over} of {len(extra)} over"
    return Aim("extra_ms", text, said, not over)


def _slow_aim(measured: Measured) -> Aim:
    text = f"{TIMES_FASTER} times as fast as rdflib-endpoint on the gap matrix"
    faster = measured.times_faster()
    if faster is None:
        return Aim("times_faster", text, "not measured", False)
    given_up = measured.slow[RDFLIB][MATRIX].faults["cap"]
    said = f"{faster:.0f} times" + (" or more: it was not waited for longer" if given_up else "")
    return Aim("times_faster", text, said, faster >= TIMES_FASTER)


def _error_aim(measured: Measured) -> Aim:
    most = max(load.clients for load in measured.loads)
    errors, asked = measured.errors(OURS, most), measured.load(OURS, most).all.count
    said = f"{errors} in {asked:,} requests"
    return Aim("no_error", f"no error at {most} clients", said, not errors)


def _runaway_aim(measured: Measured) -> Aim:
    text = (
        "p50 at one client within "
        f"{MOST_BESIDE_RUNAWAYS} times while runaway queries are killed one after another"
    )
    ratios = measured.beside_runaways()
    if not ratios:
        return Aim("beside_runaways", text, "not measured", False)
    worst = max(ratios, key=lambda case: ratios[case])
    said = f"at most {ratios[worst]:.2f} ({worst})"
    return Aim("beside_runaways", text, said, ratios[worst] <= MOST_BESIDE_RUNAWAYS)


def _typical(ratios: dict[str, float]) -> float | None:
    return geometric_mean(list(ratios.values())) if ratios else None


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 2)
