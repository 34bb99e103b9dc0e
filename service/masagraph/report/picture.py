"""The chart of an area as a PNG that stands alone: for a slide, a report, a board paper.

It is laid out by typst, with the fonts that come with it: the same on every machine.
"""

from __future__ import annotations

import json
import math
import threading
from datetime import date
from functools import lru_cache
from pathlib import Path
from xml.etree import ElementTree as ET

from masagraph.report.chart import KEY_OF_FILLS, KEY_OF_LINES, Chart, draw
from masagraph.report.drawing import FONTS, printable
from masagraph.report.words import day

TEMPLATE = Path(__file__).parent / "typst" / "chart.typ"
FONT = "Libertinus Serif"

SHARP = 144
"""Pixels to the inch, where the picture does not become too large by that."""

MOST_PIXELS = 30_000_000
"""Of one picture."""

KEPT = 32
"""How many pictures are kept, so that the same one is made only once."""

NOTE = "By the documents we hold. A line that is not drawn was not found in their text."
NONE_HELD = "No document of the area is held for this date. That says nothing about the area."

_PIXELS_OF_SVG = 0.75
"""Points of a pixel in an SVG."""

_lock = threading.Lock()


def chart_png(chart: Chart, as_at: date, documents: int, data_version: str) -> bytes | None:
    """Return a chart as a PNG; None where it cannot be drawn.

    Args:
        chart: the chart.
        as_at: the date that it shows.
        documents: how many documents were in view on that date.
        data_version: the version of the data.
    """
    svg = draw(chart, chart.counts())
    if svg is None:
        return None
    size = ET.fromstring(svg)  # noqa: S314 (our own)
    width, height = (float(size.attrib[name]) * _PIXELS_OF_SVG for name in ("width", "height"))
    data = {
        "title": printable(chart.title),
        "under": f"As at {day(as_at)}. {chart.counts()}",
        "svg": svg.replace(FONTS, FONT),
        "width": width,
        "fills": KEY_OF_FILLS,
        "lines": KEY_OF_LINES,
        "note": NOTE if documents else NONE_HELD,
        "from": f"masagraph, data {data_version}",
    }
    inches = math.sqrt(MOST_PIXELS / (width * height)) * 72
    text = json.dumps(data, ensure_ascii=False, sort_keys=True)
    # One at a time: each takes a core, and memory.
    with _lock:
        return _laid_out(text, min(SHARP, inches))


@lru_cache(maxsize=KEPT)
def _laid_out(data: str, sharp: float) -> bytes | None:
    # Imported when first used: few processes make a picture, and this loads a compiler.
    import typst

    try:
        made = typst.compile(
            TEMPLATE,
            root=TEMPLATE.parent,
            format="png",
            ppi=sharp,
            ignore_system_fonts=True,
            sys_inputs={"data": data},
        )
    except typst.TypstError:
        return None
    return made if isinstance(made, bytes) else None
