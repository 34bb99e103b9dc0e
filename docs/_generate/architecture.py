"""The drawing of the architecture: ``architecture.dot``, laid out."""

from __future__ import annotations

from pathlib import Path

from masagraph.report.drawing import finished, laid_out

TITLE = "The parts of masagraph"
TOLD = (
    "The four folders ontology, shapes, data and queries are read, checked and added to by the "
    "room dataset. The room assessment makes findings of them. Both go into a store on disk, which "
    "is read only. The command line, Python and releases read the store; the service reads it by "
    "query workers."
)


def architecture_drawing() -> str:
    """Return the drawing as the text of an SVG file."""
    source = Path(__file__).with_suffix(".dot").read_text(encoding="utf-8")
    return finished(laid_out(source), TITLE, TOLD)
