"""From lines, as a page or a text file has them, to paragraphs, items and headings."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from masagraph.drafting.text import Block, plain_signs

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

_ITEM = re.compile(
    r"^(?:[•●▪■□◦○‣⁃·∙◆◇❖►▶➢➤✓✔✗→\uf000-\uf0ff]\s*"
    r"|[–—*o-]\s+|\(?(?:[a-z]|[ivx]{1,4}|\d{1,2})\)\s+|\d{1,2}\.\s+)"
)
_LED_ITEM = re.compile(r"^(?:\(?\d{1,2}(?:\.\d{1,2}){1,3}[.)]?|(?:[A-Za-z]|[ivx]{1,4})[.)])\s+")
"""Marks that stand before much else: they are of an item only where words lead in to a list."""
_LEAD = (":", "–", "—", " -")
_NUMBER = re.compile(r"^\(?\d{1,3}[.)]?$")
_DIGITS = re.compile(r"\d+")
_ENDS = (".", "!", "?", ";", ":", ".”", ".’", '."')
_HYPHEN = re.compile(r"(?<!\w)(\w{1,40})[-‐\u00ad]$")
_FIRST = re.compile(r"\w{1,40}")
_HYPHENED = re.compile(r"(?<!\w)\w{1,40}-\w{1,40}(?!\w)")


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
    folded = (replace(line, text=" ".join(plain_signs(line.text).split())) for line in lines)
    kept = _without_repeats(list(folded))
    return _with_headings(_joined(kept))


def _without_repeats(lines: Sequence[Line]) -> list[Line]:
    """Drop what stands at the head or the foot of most pages, but for its digits the same.

    A number alone is dropped there, too: it is that of the page. Elsewhere it is of the text.
    """
    pages = [list(group) for _, group in groupby(lines, key=lambda line: line.page)]
    edges = [_edges(page) for page in pages]
    often = Counter(form for page in edges for form in {_form(page_line) for page_line in page})
    least = max(OFTEN, SHARE * len(pages))
    repeated = {form for form, number in often.items() if number >= least}
    kept: list[Line] = []
    for page, edge in zip(pages, edges, strict=True):
        numbers = {id(line) for line in edge if len(pages) > 1 and _NUMBER.match(line.text)}
        dropped = numbers | {id(line) for line in edge if _form(line) in repeated}
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
    hyphened = {found for line in lines for found in _HYPHENED.findall(line.text)}
    blocks: list[Block] = []
    texts: list[list[str]] = []
    last: Line | None = None
    led = awaited = False
    for line in lines:
        if not line.text:
            # Between two pages an empty line parts nothing.
            last = None if last is None or last.page == line.page else last
            continue
        mark = None if line.is_large else _mark(line.text, led)
        if mark and mark.end() == len(line.text):
            awaited = True  # the words of this mark stand on the next line
            continue
        if last is not None and blocks and not (mark or awaited) and _goes_on(last, line, width):
            texts[-1][-1:] = _join(texts[-1][-1], line.text, hyphened)
        else:
            item = bool(mark) or (awaited and not line.is_large)
            blocks.append(Block("", line.page, line.is_large, item))
            texts.append([line.text[mark.end() :] if mark else line.text])
        if not blocks[-1].is_item:
            led = line.text.endswith(_LEAD)
        last, awaited = line, False
    return [
        replace(block, text=" ".join(parts)) for block, parts in zip(blocks, texts, strict=True)
    ]


def _mark(text: str, led: bool) -> re.Match[str] | None:
    """Return the mark of an item with which a line begins, if it does."""
    return _ITEM.match(text) or (_LED_ITEM.match(text) if led else None)


def _width(lines: Sequence[Line]) -> int:
    """Return how many characters a full line has; 0 where lines are whole paragraphs."""
    lengths = sorted(len(line.text) for line in lines if line.text)
    if not lengths:
        return 0
    usual = lengths[int(len(lengths) * 0.9)]
    return usual if usual <= WIDEST and lengths[-1] <= 2 * WIDEST else 0


def _goes_on(last: Line, line: Line, width: int) -> bool:
    """Tell whether a line goes on with the paragraph of the one before."""
    if last.is_large or line.is_large:
        return last.is_large and line.is_large and last.page == line.page
    if not width:
        return False
    if last.text.endswith(("-", "‐", "\u00ad")) and line.text[0].islower():
        return True
    if last.text.endswith(_ENDS):
        return len(last.text) >= FULL * width and not last.text.endswith((":", ";"))
    return line.text[0].islower() or len(last.text) >= FULL * width


def _join(text: str, more: str, hyphened: Collection[str]) -> list[str]:
    """Return two lines, as one where a word is parted between them.

    Its hyphen is kept where the document writes the word with it elsewhere.
    """
    parted = _HYPHEN.search(text)
    if not parted or not more[0].islower():
        return [text, more]
    rest = _FIRST.match(more)
    keep = f"{parted[1]}-{rest[0] if rest else ''}" in hyphened
    return [(text if keep else text[: parted.end(1)]) + more]


def _with_headings(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Mark what heads the block after it; many short lines in a row are a list."""
    short = [_is_short(block) for block in blocks]
    runs = [length for is_short, group in groupby(short) for length in _each(is_short, group)]
    found: list[Block] = []
    for number, block in enumerate(blocks):
        heads = block.is_heading or (short[number] and number + 1 < len(blocks))
        if heads and not block.is_heading and runs[number] > LONGEST_RUN:
            first = number == 0 or not short[number - 1]
            found.append(Block(block.text, block.page, first, not first))
            continue
        if heads and not block.is_heading and block.text.endswith(":"):
            heads = not blocks[number + 1].is_item
        found.append(Block(block.text, block.page, heads, block.is_item))
    return tuple(found)


def _each(is_short: bool, group: Iterable[bool]) -> list[int]:
    """Return for each block of a row of short ones how many there are."""
    length = len(list(group))
    return [length if is_short else 0] * length


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
