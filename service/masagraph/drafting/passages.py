"""A document in passages: some sentences that stand together under one heading."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from masagraph.drafting.cues import Cues
from masagraph.drafting.text import Block

FEWEST = 60
"""Words that a passage has at least, where its section has as many."""
MOST = 120
"""Words that it has at most, but for a single long sentence."""
SHARED = 40
"""A last sentence of at most so many words begins the next passage, too."""
LONGEST = 200
"""Words of a sentence: more are the cells of a table, or a text without full stops."""
LONGEST_LETTERS = 1_500
"""Characters of a sentence, for the same reason."""
LONGEST_WORD = 60
"""Characters of a word: more are an address or no word. It is left out, and never quoted."""
LONGEST_HEADING = 60
"""Words of a heading: more are a paragraph that only looks like one."""
LEFT_OUT = "[…]"
"""What stands for what is left out."""
_TAIL = 40
"""Characters at its end by which a part is known to end with a word cut short, such as e.g."""
SMALL = 25
"""Words of a section that stands with the next in one passage."""

_SENTENCE = re.compile(r"(?<=[.?!])[\"”’)]*\s+(?=[\"“‘(]*[A-Z0-9])|(?<=;)\s+")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, a part of one up to a semicolon, an item or a heading.

    Attributes:
        text: its words.
        page: its page; 0 where there are none.
        section: the heading under which it stands; empty before the first.
        lead: the words that lead in to its list, where it is an item.
        is_heading: whether it is a heading.
        is_item: whether it is an item of a list.
    """

    text: str
    page: int
    section: str
    lead: str = ""
    is_heading: bool = False
    is_item: bool = False


@dataclass(frozen=True, slots=True)
class Passage:
    """Some sentences that stand together.

    Attributes:
        start, end: the first of them, and the one after the last.
        text: their words.
        section: the heading under which they stand.
        page: the page on which they begin; 0 where there are none.
    """

    start: int
    end: int
    text: str
    section: str
    page: int


def sentences_of(blocks: Sequence[Block], cues: Cues) -> list[Sentence]:
    """Return the sentences of a document, in order."""
    found: list[Sentence] = []
    section = lead = ""
    for block in blocks:
        words = block.text.split()
        if block.is_heading and len(words) <= LONGEST_HEADING:
            section = lead = _without_long(words)
            found.append(Sentence(section, block.page, section, "", True))
            continue
        parts = list(_parts(block.text, cues.shortened))
        told = lead if block.is_item else ""
        found += [Sentence(part, block.page, section, told, False, block.is_item) for part in parts]
        if not block.is_item:
            lead = parts[-1] if parts and cues.leads_in.search(parts[-1]) else ""
    return found


def _parts(text: str, shortened: re.Pattern[str]) -> Iterator[str]:
    """Yield the sentences of a block."""
    begun: list[str] = []
    for part in _SENTENCE.split(text):
        begun.append(part)
        if not shortened.search(part[-_TAIL:]):
            yield from _short(" ".join(begun))
            begun = []
    yield from _short(" ".join(begun))


def _short(sentence: str) -> Iterator[str]:
    """Yield a sentence; one that no sentence is as long as, in parts."""
    part: list[str] = []
    letters = 0
    for word in _without_long(sentence.split()).split():
        if part and (len(part) == LONGEST or letters + len(word) > LONGEST_LETTERS):
            yield " ".join(part)
            part, letters = [], 0
        part.append(word)
        letters += len(word) + 1
    if part:
        yield " ".join(part)


def _without_long(words: Sequence[str]) -> str:
    """Return some words without those that no word is as long as."""
    return " ".join(word if len(word) <= LONGEST_WORD else LEFT_OUT for word in words)


def passages_of(sentences: Sequence[Sentence]) -> list[Passage]:
    """Return the passages of a document; each sentence is in one or two."""
    found: list[Passage] = []
    start = 0
    while start < len(sentences):
        end = _end(sentences, start)
        found.append(_passage(sentences, start, end))
        if end >= len(sentences):
            break
        last = sentences[end - 1]
        repeated = (
            end - start > 1
            and len(last.text.split()) <= SHARED
            and not last.is_heading
            and not sentences[end].is_heading
        )
        start = end - 1 if repeated else end
    return found


def _end(sentences: Sequence[Sentence], start: int) -> int:
    """Return the place after the last sentence of a passage."""
    number, words = start, 0
    while number < len(sentences):
        sentence = sentences[number]
        length = len(sentence.text.split())
        if number > start:
            if sentence.is_heading and words >= SMALL:
                break
            if words >= FEWEST or words + length > MOST:
                break
        words += length
        number += 1
    while number - start > 1 and sentences[number - 1].is_heading and number < len(sentences):
        number -= 1  # a heading goes with what follows it
    return number


def _passage(sentences: Sequence[Sentence], start: int, end: int) -> Passage:
    part = sentences[start:end]
    body = next((each for each in part if not each.is_heading), part[0])
    return Passage(start, end, " ".join(each.text for each in part), body.section, part[0].page)
