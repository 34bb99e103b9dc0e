"""From lines, as a page or a text file has them, to paragraphs, items and headings."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from masagraph.drafting.text import Block

EDGE = 2
"""Lines at the head and the foot of a page that may be those of every page."""
OFTEN = 3
"""Pages on which a line must stand to be that of every page."""
SHARE = 0.5
"""The share of pages on which it must stand."""
FULL = 0.75
"""How much of the usual width a line fills that goes on in the next."""
WIDEST = 160
"""Lines of more characters are whole paragraphs."""
HEADING_WORDS = 12
LONGEST_RUN = 3
"""Short lines in a row that may all be headings; more are a list."""

_ITEM = re.compile(r"^(?:[•●▪■◦‣⁃·∙–—*o-]\s+|\(?(?:[a-z]|[ivx]{1,4})\)\s+|\d{1,2}[.)]\s+)")
_NUMBER = re.compile(r"^\(?\d+(?:\.\d+)*[.)]?$")
_DIGITS = re.compile(r"\d+")
_ENDS = (".", "!", "?", ";", ":", ".”", ".’", '."')
_HYPHEN = re.compile(r"(\w+)[-‐\u00ad]$")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a document; an empty one parts paragraphs.

    Attributes:
        text: its words.
        page: its page; 0 where there are none.
        is_large: whether its letters are larger than most of the document's.
    """

    text: str
    page: int = 0
    is_large: bool = False


def blocks_of(lines: Iterable[Line]) -> tuple[Block, ...]:
    """Return the paragraphs, items and headings that some lines are."""
    folded = (replace(line, text=" ".join(line.text.split())) for line in lines)
    kept = _without_repeats(list(folded))
    return _with_headings(_joined(kept))


def _without_repeats(lines: Sequence[Line]) -> list[Line]:
    """Drop what stands at the head or the foot of most pages, but for its digits the same."""
    pages = [list(group) for _, group in groupby(lines, key=lambda line: line.page)]
    edges = [_edges(page) for page in pages]
    often = Counter(form for page in edges for form in {_form(page_line) for page_line in page})
    least = max(OFTEN, SHARE * len(pages))
    repeated = {form for form, number in often.items() if number >= least}
    kept: list[Line] = []
    for page, edge in zip(pages, edges, strict=True):
        dropped = {id(line) for line in edge if _form(line) in repeated}
        kept += [line for line in page if id(line) not in dropped]
    return kept


def _edges(page: Sequence[Line]) -> list[Line]:
    told = [line for line in page if line.text]
    return [*told[:EDGE], *(told[-EDGE:] if len(told) > EDGE else [])]


def _form(line: Line) -> str:
    return _DIGITS.sub("#", line.text.casefold())


def _joined(lines: Sequence[Line]) -> list[Block]:
    """Join the lines of one paragraph."""
    width = _width(lines)
    whole = " ".join(line.text for line in lines)
    blocks: list[Block] = []
    last: Line | None = None
    for line in lines:
        if not line.text:
            # Between two pages an empty line parts nothing.
            last = None if last is None or last.page == line.page else last
            continue
        if _NUMBER.match(line.text):
            last = None
            continue
        if last is not None and blocks and _goes_on(last, line, width):
            blocks[-1] = replace(blocks[-1], text=_join(blocks[-1].text, line.text, whole))
        elif line.is_large:
            blocks.append(Block(line.text, line.page, True))
        else:
            mark = _ITEM.match(line.text)
            text = line.text[mark.end() :] if mark else line.text
            if text:
                blocks.append(Block(text, line.page, False, bool(mark)))
        last = line
    return blocks


def _width(lines: Sequence[Line]) -> int:
    """Return how many characters a full line has; 0 where lines are whole paragraphs."""
    lengths = sorted(len(line.text) for line in lines if line.text)
    usual = lengths[int(len(lengths) * 0.9)] if lengths else 0
    return usual if usual <= WIDEST and lengths[-1] <= 2 * WIDEST else 0


def _goes_on(last: Line, line: Line, width: int) -> bool:
    """Tell whether a line goes on with the paragraph of the one before."""
    if last.is_large or line.is_large:
        return last.is_large and line.is_large and last.page == line.page
    if not width or _ITEM.match(line.text):
        return False
    if last.text.endswith(("-", "‐", "\u00ad")) and line.text[0].islower():
        return True
    if last.text.endswith(_ENDS):
        return len(last.text) >= FULL * width and not last.text.endswith((":", ";"))
    return line.text[0].islower() or len(last.text) >= FULL * width


def _join(text: str, more: str, whole: str) -> str:
    """Join two lines, and a word that was parted between them."""
    parted = _HYPHEN.search(text)
    if not parted or not more[0].islower():
        return f"{text} {more}"
    rest = re.match(r"\w+", more)
    kept = f"{parted[1]}-{rest[0] if rest else ''}"
    joined = kept.replace("-", "")
    # A hyphen is kept where the word is written with it elsewhere, or is not written without.
    if re.search(rf"\b{re.escape(kept)}\b", whole) or not re.search(rf"\b{joined}\b", whole, re.I):
        keep = bool(re.search(rf"\b{re.escape(kept)}\b", whole))
    else:
        keep = False
    return (text if keep else text[: parted.end(1)]) + more


def _with_headings(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Mark what heads the block after it; many short lines in a row are a list."""
    short = [_is_short(block) for block in blocks]
    found: list[Block] = []
    for number, block in enumerate(blocks):
        heads = block.is_heading or (short[number] and number + 1 < len(blocks))
        if heads and not block.is_heading and _run(short, number) > LONGEST_RUN:
            first = number == 0 or not short[number - 1]
            found.append(Block(block.text, block.page, first, not first))
            continue
        if heads and not block.is_heading and block.text.endswith(":"):
            heads = not blocks[number + 1].is_item
        found.append(Block(block.text, block.page, heads, block.is_item))
    return tuple(found)


def _is_short(block: Block) -> bool:
    """Tell whether a block looks like a heading."""
    text = block.text
    return (
        not block.is_item
        and not block.is_heading
        and len(text.split()) <= HEADING_WORDS
        and not text.endswith((*(e for e in _ENDS if e not in (":", "?")), ","))
        and (text[0].isupper() or text[0].isdigit())
        and any(letter.isalpha() for letter in text)
    )


def _run(short: Sequence[bool], number: int) -> int:
    """Return how many short blocks stand in a row about a place."""
    start = number
    while start and short[start - 1]:
        start -= 1
    end = number
    while end < len(short) and short[end]:
        end += 1
    return end - start
