"""The text of a document: its blocks in order, each with its page, headings known as such."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_JOINED_LETTERS = {
    "ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st",
}  # fmt: skip
_UNSEEN = dict.fromkeys(map(ord, "\u200b\u2060\ufeff"))
_SIGNS = {**_UNSEEN, **{ord(sign): letters for sign, letters in _JOINED_LETTERS.items()}}
_SOFT = re.compile(r"\u00ad(?=\w)")
"""A soft hyphen inside a word; at the end of a line it tells that a word is parted there."""


def plain_signs(text: str) -> str:
    """Return a text with letters that are joined in print apart, and without what is not seen.

    >>> plain_signs("the oﬃcer for safe\u00adguarding")
    'the officer for safeguarding'
    """
    return _SOFT.sub("", text.translate(_SIGNS))


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, an item of a list, a row of a table, or a heading, on one line.

    Attributes:
        text: its words, without the mark of an item.
        page: its page, from 1; 0 where the form of the document has none.
        is_heading: whether it heads what follows.
        is_item: whether it is an item of a list.
    """

    text: str
    page: int = 0
    is_heading: bool = False
    is_item: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    """What was read of a document.

    Attributes:
        blocks: its blocks.
        pages: how many pages it has; 0 where its form has none.
        title: what the file itself says that it is called; empty where it says nothing.
        raw: the text in which phrases are looked for.
        as_stands: whether that is the file as it stands, and not made from it.
    """

    blocks: tuple[Block, ...]
    pages: int
    title: str
    raw: str
    as_stands: bool = False


def text_of_blocks(blocks: Sequence[Block]) -> str:
    """Return blocks as a plain text, one a line, headings set apart."""
    lines = [f"\n{block.text}\n" if block.is_heading else block.text for block in blocks]
    return "\n".join(lines).strip() + "\n"
