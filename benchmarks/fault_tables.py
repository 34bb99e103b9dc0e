"""The table of docs/reliability.md: a row for each kind of fault, from its last run."""

from __future__ import annotations

import os
import platform
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from faulted_store import Outcome
from tables import END, table, write_section

BEGIN = "<!-- benchmarks/faults.py writes from here -->"
HEAD = ("fault", "tries", "survived", "lost", "what was seen", "run")
_ROW = re.compile(r"^\| `([a-z-]+)`: .*$", re.MULTILINE)


def row(outcome: Outcome) -> tuple[str, ...]:
    """Return the cells of one outcome."""
    seen = outcome.seen if not outcome.lost else f"{outcome.seen}. Lost: {'; '.join(outcome.lost)}"
    return (
        f"`{outcome.name}`: {outcome.text}",
        str(outcome.tries),
        str(outcome.survived),
        str(len(outcome.lost)),
        " ".join(seen.replace("|", "\\|").split()),
        f"{datetime.now(UTC):%-d %B %Y}",
    )


def markdown(outcomes: Sequence[Outcome]) -> str:
    """Return the table of some outcomes."""
    return table(HEAD, [row(outcome) for outcome in outcomes])


def write_rows(page: Path, outcomes: Sequence[Outcome], order: Sequence[str]) -> None:
    """Put rows on the page in place of those of the same faults; others stay.

    Args:
        page: the page.
        outcomes: what was run.
        order: the names of all faults, in the order of the rows.

    Raises:
        ValueError: when the page does not hold the marks.
    """
    text = page.read_text(encoding="utf-8")
    before = text.partition(BEGIN)[2].partition(END)[0]
    rows = {found[1]: found[0] for found in _ROW.finditer(before)}
    head, rule, *_ = table(HEAD, [[""] * len(HEAD)]).splitlines()
    for outcome in outcomes:
        rows[outcome.name] = f"| {' | '.join(row(outcome))} |"
    lines = [rows[name] for name in order if name in rows]
    where = f"{os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}."
    write_section(page, "\n".join((where, "", head, rule, *lines)) + "\n", BEGIN)


def as_json(outcomes: Sequence[Outcome], seconds: float, quick: bool) -> Mapping[str, Any]:
    """Return what the last line of output holds."""
    return {
        "faults": {
            o.name: {"tries": o.tries, "survived": o.survived, "lost": list(o.lost)}
            for o in outcomes
        },
        "tries": sum(o.tries for o in outcomes),
        "lost": sum(len(o.lost) for o in outcomes),
        "quick": quick,
        "seconds": round(seconds, 1),
    }
