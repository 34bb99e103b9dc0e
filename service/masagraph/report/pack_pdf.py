"""The pack as a PDF, of one area or of several."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from masagraph.report.chart import Chart, draw
from masagraph.report.drawing import FONTS
from masagraph.report.pack import HOW_TO_ANSWER, NOT_THIS, Pack
from masagraph.report.pdf import make_pdf, shortened

FONT = "Libertinus Serif"
WIDEST, TALLEST = 900, 900
"""A drawing wider or taller than these, in pixels, stands on a page of its own."""


def packs_pdf(packs: Sequence[Pack]) -> bytes:
    """Return packs as one PDF.

    Args:
        packs: at least one; all of one version of the data.

    Raises:
        PdfError: when it cannot be made.
    """
    first = packs[0]
    data = date.fromisoformat(first.data_date)
    title = first.title if len(packs) == 1 else f"Packs of {len(packs)} areas"
    return make_pdf(
        "pack",
        {
            "title": f"{shortened(title, 100)} ({first.against}, as at {first.as_at})",
            "date": [data.year, data.month, data.day],
            "foot": f"Data {first.data_version}. A gap in a document is not a gap in protection.",
            "packs": [_as_data(pack) for pack in packs],
        },
    )


def _as_data(pack: Pack) -> dict[str, Any]:
    return {
        **asdict(pack),
        "chart": None,
        "title": pack.title,
        "running": f"{shortened(pack.area, 60)}: {pack.against}, as at {pack.as_at}",
        "gaps": pack.gaps,
        "cited": pack.cited,
        "limits": pack.limits,
        "not_this": NOT_THIS,
        "how_to_answer": HOW_TO_ANSWER,
        "press_head": pack.press_head,
        "drawing": _drawing(pack.chart) if pack.chart else None,
    }


def _drawing(chart: Chart) -> dict[str, Any] | None:
    svg = draw(chart, chart.counts())
    if svg is None:
        return None
    width, height = (
        float(found[1]) if (found := re.search(rf'<svg[^>]* {side}="([\d.]+)"', svg)) else 0.0
        for side in ("width", "height")
    )
    return {
        "svg": svg.replace(FONTS, FONT),
        "alt": f"{chart.title}: {chart.counts()} The lists after it say the same.",
        "width": width,
        "wide": width > WIDEST and width >= height,
        "tall": height > TALLEST and height > width,
    }
