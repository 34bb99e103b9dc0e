"""PDFs for paper and for screen readers (PDF/UA-1), laid out by typst.

What is printed goes to typst as data, never as its language, so that no text of a document can
do anything there. The same data give the same bytes: there is no clock, and every font comes
with typst itself.
"""

from __future__ import annotations

import json
import threading
import unicodedata
from bisect import bisect_right
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from masagraph.errors import MasagraphError
from masagraph.report.drawing import printable

TEMPLATES = Path(__file__).parent / "typst"

UNKNOWN = "□"
"""Stands for a character that no font of the PDF has."""

LONGEST_WORD = 36
"""Characters after which a word without a space may be broken."""

DRAWING = "svg"
"""The key under which a drawing of ours stands in the data: its text is no text to print."""

LONGEST_TEXT = 1_200
"""Characters of one text that are printed; a longer one ends with an ellipsis."""

_FIRST_LAST = (
    (0x20, 0x7E), (0xA0, 0xAC), (0xAE, 0x2FF), (0x38E, 0x3A1), (0x3A3, 0x482), (0x48A, 0x4FF),
    (0x5D0, 0x5EA), (0x621, 0x63A), (0x640, 0x64A), (0x660, 0x66D), (0x1E00, 0x1EFF),
    (0x2010, 0x2027), (0x2030, 0x2040), (0x2044, 0x2052), (0x2074, 0x208E), (0x20A0, 0x20C0),
    (0x2100, 0x211E), (0x2120, 0x2120), (0x2122, 0x2122), (0x2126, 0x2151),
    (0x2153, 0x2184), (0x2190, 0x23FF),
    (0x2460, 0x262F), (0x2690, 0x269C), (0x270C, 0x2727), (0x2761, 0x277F), (0x2798, 0x27AF),
    (0x27F0, 0x27FF), (0xFB00, 0xFB04),
)  # fmt: skip
"""What the fonts that come with typst can show, as runs of characters; tried one by one."""
_FIRST = [first for first, _ in _FIRST_LAST]

_lock = threading.Lock()


class PdfError(MasagraphError):
    """A PDF that could not be made."""


def make_pdf(template: str, data: Mapping[str, Any]) -> bytes:
    """Lay out a PDF.

    Args:
        template: the name of a file in ``typst/``, without its ending.
        data: what it shows; text and numbers, in lists and objects. Among them stand
            ``title``, ``foot``, and ``date`` as year, month and day.

    Raises:
        PdfError: when typst cannot make it.
    """
    text = json.dumps(_cleaned(data), ensure_ascii=False, sort_keys=True)
    # One at a time: each takes a core, and memory.
    with _lock:
        return _laid_out(template, text)


def _laid_out(template: str, data: str) -> bytes:
    # Imported when first used: few processes make a PDF, and this loads a compiler.
    import typst

    try:
        made = typst.compile(
            TEMPLATES / f"{template}.typ",
            root=TEMPLATES,
            format="pdf",
            ignore_system_fonts=True,
            pdf_standards=["ua-1"],
            sys_inputs={"data": data},
        )
    except typst.TypstError as error:
        raise PdfError(f"the PDF could not be made: {error}"[:300]) from error
    assert isinstance(made, bytes)
    return made


def _cleaned(value: Any) -> Any:
    """Return data with every text in it as :func:`shown`; drawings keep their line ends."""
    if isinstance(value, str):
        return shown(value)
    if isinstance(value, Mapping):
        return {
            key: displayed(each) if key == DRAWING else _cleaned(each)
            for key, each in value.items()
        }
    if isinstance(value, (list, tuple)):
        return [_cleaned(each) for each in value]
    return value


def shown(text: str) -> str:
    r"""Return a text as it can be printed: on one line, no mark unseen, long words breakable.

    >>> shown("a\u202e b\n\U0001f600")
    'a b □'
    """
    seen = shortened(displayed(printable(text)), LONGEST_TEXT)
    return " ".join(map(_breakable, seen.split(" ")))


def shortened(text: str, most: int) -> str:
    """Return a text of so many characters at most.

    >>> shortened("Brighton and Hove", 12)
    'Brighton an…'
    """
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def displayed(text: str) -> str:
    """Return a text in which what no font can show is a box."""
    composed = unicodedata.normalize("NFC", text)  # the fonts have é, and no accent by itself
    return "".join(mark if mark == "\n" or _has_glyph(mark) else UNKNOWN for mark in composed)


def _has_glyph(mark: str) -> bool:
    code = ord(mark)
    run = bisect_right(_FIRST, code) - 1
    return run >= 0 and code <= _FIRST_LAST[run][1]


def _breakable(word: str) -> str:
    """Let a long word be broken, as an address may be wider than a line."""
    if len(word) <= LONGEST_WORD:
        return word
    parts = [word[at : at + LONGEST_WORD] for at in range(0, len(word), LONGEST_WORD)]
    return "\u200b".join(parts)
