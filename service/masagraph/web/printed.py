"""What is made to be kept or printed: packs and matrices as files that need nothing else.

A page of the service and a file share their templates; the file has its style within, no
script, and opens from a disk.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from markupsafe import Markup

from masagraph import __version__
from masagraph.report.chart import Chart, draw
from masagraph.report.pack import HOW_TO_ANSWER, NOT_THIS, Pack
from masagraph.report.printed_changes import PrintedChanges
from masagraph.report.printed_matrix import PrintedMatrix
from masagraph.web.shown import templates

STATIC = Path(__file__).parent / "static"
STYLES = ("masagraph.css", "pack.css")

WIDEST = 900
"""A drawing wider than this, in pixels, goes on paper laid across."""


def drawing(chart: Chart | None, prefix: str) -> Markup:
    """Return the drawing of a chart for a page; empty where it cannot be made."""
    drawn = draw(chart, chart.counts(), prefix) if chart else None
    return Markup(drawn or "")  # noqa: S704 (escaped as XML)


def wide(svg: str) -> bool:
    """Whether a drawing is too wide for upright paper."""
    found = re.search(r'<svg[^>]* width="([\d.]+)"', svg)
    return bool(found and float(found[1]) > WIDEST)


templates.env.globals.update(
    drawing=drawing, wide=wide, not_this=NOT_THIS, how_to_answer=HOW_TO_ANSWER
)


def packs_file(packs: Sequence[Pack]) -> str:
    """Return packs as one HTML file.

    Args:
        packs: at least one.
    """
    first = packs[0]
    return _file("pack-file.html", first.data_version, first.told.base, each=packs)


def matrix_file(matrix: PrintedMatrix) -> str:
    """Return a matrix as one HTML file."""
    return _file("matrix-file.html", matrix.data_version, "", m=matrix)


def changes_file(changes: Sequence[PrintedChanges]) -> str:
    """Return what a change of edition alters as one HTML file.

    Args:
        changes: at least one area.
    """
    return _file("changes-file.html", changes[0].data_version, "", each=changes)


def _file(template: str, data_version: str, base: str, **context: Any) -> str:
    fixed = {
        "css": _style(),
        "base": base,
        "linked": bool(base),
        "served": False,
        "version": __version__,
        "data_version": data_version,
    }
    return templates.env.get_template(template).render(**fixed, **context)


@cache
def _style() -> Markup:
    """Return the style of every file; it is our own, so that nothing in it need be escaped."""
    return Markup("".join((STATIC / name).read_text(encoding="utf-8") for name in STYLES))  # noqa: S704
