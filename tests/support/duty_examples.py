"""The examples of duties below ``tests/shapes``, and which of them show what."""

from __future__ import annotations

import re
from pathlib import Path

SHAPES = Path(__file__).resolve().parent.parent / "shapes"
PATHS = sorted(path for path in SHAPES.glob("*/*.ttl") if path.parent.name != "integrity")
"""Every example."""

_EXPECTED = re.compile(r"masa:(?:fault|note)\s+([^;.]+)")


def names_expected(path: Path) -> set[str]:
    """The faults and notes that an example expects, as it writes them."""
    lists = _EXPECTED.findall(path.read_text(encoding="utf-8"))
    return {name for told in lists for name in re.split(r"[\s,]+", told.strip())}


def some_paths() -> list[Path]:
    """An example for each fault and each note, and one in which nothing is found."""
    seen: set[str] = set()
    chosen = [next(path for path in PATHS if path.stem == "valid")]
    for path in PATHS:
        new = names_expected(path) - seen
        if new:
            seen |= new
            chosen.append(path)
    return chosen


def structural_paths() -> list[Path]:
    """Every example of the duties that have faults or notes of their own."""
    folders = {
        path.parent
        for path in PATHS
        if any(name.startswith("shape:") for name in names_expected(path))
    }
    return [path for path in PATHS if path.parent in folders]
