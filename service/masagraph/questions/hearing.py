"""What some words ask for: the things and days that they name, and the words that are left."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from functools import cached_property

from masagraph.questions.days import Day, find_days, find_misread
from masagraph.questions.names import (
    AGENCY,
    AREA,
    EDITION,
    Name,
    Named,
    edition_of_year,
    find_names,
)
from masagraph.questions.words import Word, words_of

LONGEST = 500
"""Characters that are heard; nobody asks a question of more."""

_BEFORE_A_PLACE = ("in", "for", "of", "at", "does", "do", "is", "has", "are", "near", "around")
_PART_OF_FEW, _PART_OF_MANY = 5, 10
"""A word that stands in the names of more areas, or of more agencies, tells none of them."""
_SHORTEST = 4
"""Letters of a word that may be part of the name of an area."""
_JOINED = ("and", "to", "or", "with", "versus", "vs", "against", "from")
_LEADING = frozenset(
    ("since", "on", "in", "at", "as", "until", "before", "after", "from", "between", "and")
)
"""Words that only lead to what is named, and say nothing of what is asked."""
_KEPT = frozenset({"topic", "bearer"})
"""Kinds of things whose names are words of the question as well."""


@dataclass(frozen=True, slots=True)
class Unclear:
    """A word that may name an area, and the areas that it may name."""

    said: str
    areas: tuple[Name, ...]


@dataclass(frozen=True, slots=True)
class Heard:
    """What words ask for.

    Attributes:
        text: the words as typed.
        things: the things that they name.
        days: the days that they name.
        unclear: words that may name an area.
        taken: parts of a name that were taken for the one area whose name begins so.
        words: what is left, by which a question is found.
        unknown: words that stand in no question and name nothing.
        misread: whether they seem to name a day that was not understood.
    """

    text: str
    things: tuple[Named, ...]
    days: tuple[Day, ...]
    unclear: tuple[Unclear, ...]
    taken: tuple[tuple[str, Name], ...]
    words: tuple[Word, ...]
    unknown: tuple[str, ...]
    misread: bool

    def named(self, kind: str) -> list[Name]:
        """Return the things of a kind that are named, each once; areas taken for one too."""
        names: list[Name] = [hit.name for hit in self.things if hit.name.kind == kind]
        names += [name for _, name in self.taken if name.kind == kind]
        return list({name.iri: name for name in names}.values())


@dataclass(frozen=True)
class Ears:
    """What is needed to hear: names, and which words are known.

    Attributes:
        names: the names of all things.
        knows: tells whether a word stands in some question, or says nothing anywhere.
    """

    names: Sequence[Name]
    knows: Callable[[Word], bool]

    @cached_property
    def areas(self) -> list[Name]:
        """The names of areas."""
        return [name for name in self.names if name.kind == AREA]

    @cached_property
    def ordinary(self) -> frozenset[str]:
        """Words in the names of so many agencies that they tell no place, such as "county"."""
        of = {(word, name.iri) for name in self.names if name.kind == AGENCY for word in name.words}
        number = Counter(word for word, _ in of)
        return frozenset(word for word in number if number[word] > _PART_OF_MANY)

    def hear(self, text: str, last: date) -> Heard:
        """Return what words ask for.

        Args:
            text: the words.
            last: the date of the data.
        """
        text = text[:LONGEST]
        words = words_of(text)
        things = [hit for hit in find_names(words, self.names) if self._meant(hit, words)]
        within = {n for h in things if h.name.kind not in _KEPT for n in range(h.start, h.end)}
        days = [day for day in find_days(words, last) if day.start not in within]
        misread = find_misread(text, words, days, within)
        things += self._editions(words, things, days)
        days = [day for day in days if day.start not in {hit.start for hit in things}]
        within |= {n for day in days for n in range(day.start, day.end)}
        within |= {hit.start for hit in things if hit.name.kind == EDITION}
        unclear, taken = list[Unclear](), list[tuple[str, Name]]()
        left, unknown = dict[int, Word](), list[str]()
        for number, word in enumerate(words):
            if number in within:
                continue
            near = self._areas_like(words, number)
            if near and near[0].words[0] == word.plain and len(near) == 1:
                taken.append((word.text, near[0]))
            elif near:
                unclear.append(Unclear(word.text, tuple(near)))
            else:
                if not self.knows(word):
                    unknown.append(word.text)
                if not word.plain.isdigit():
                    left[number] = word
        kept = _without_leading(words, left)
        sorts = [each for hit in things for each in words_of(_sort_of(hit.name))]
        return Heard(
            text, tuple(things), tuple(days), tuple(unclear), tuple(taken), (*kept, *sorts),
            tuple(unknown), misread,
        )  # fmt: skip

    def _editions(
        self, words: Sequence[Word], things: Sequence[Named], days: Sequence[Day]
    ) -> list[Named]:
        """Return the editions of years that are joined to an edition, as in "2018 and 2023"."""
        found = []
        edges = {edge for h in things if h.name.kind == EDITION for edge in (h.start - 1, h.end)}
        for day in days:
            beside = {day.start - 1, day.end} & edges
            edition = edition_of_year(self.names, day.year)
            if edition and day.end - day.start == 1 and any(
                words[n].plain in _JOINED for n in beside
            ):  # fmt: skip
                found.append(Named(edition, day.start, day.end))
        return found

    def _meant(self, hit: Named, words: Sequence[Word]) -> bool:
        """Tell whether a name that is a plain word as well is meant as a name."""
        if hit.name.kind != AREA or hit.end - hit.start > 1:
            return True
        return not self.knows(words[hit.start]) or _placed(words, hit.start)

    def _areas_like(self, words: Sequence[Word], number: int) -> list[Name]:
        """Return the areas that a word may name: by the first word of a name, another, or a slip.

        A word that a question has as well names a place only where one is expected.
        """
        word, known = words[number], self.knows(words[number])
        short = len(word.plain) < _SHORTEST or word.plain in self.ordinary or word.plain.isdigit()
        if short or (known and not _placed(words, number)):
            return []
        for found in (
            [name for name in self.areas if name.words[0] == word.plain],
            [name for name in self.areas if word.plain in name.words],
        ):
            if found:
                few = list({name.iri: name for name in reversed(found)}.values())[::-1]
                return few if len(few) <= _PART_OF_FEW else []
        if known or len(word.plain) <= _SHORTEST:
            return []
        by_word: dict[str, Name] = {}
        for name in self.areas:
            for each in ("".join(name.words), name.words[0]):
                by_word.setdefault(each, name)
        near = get_close_matches(word.plain, by_word, n=3, cutoff=0.8)
        return list({by_word[each].iri: by_word[each] for each in near}.values())


def _sort_of(name: Name) -> str:
    """Return what a question may say of a thing whose name it cannot know."""
    if name.kind == AGENCY:
        return name.sort
    return "" if name.kind == AREA or name.kind in _KEPT else name.kind


def _without_leading(words: Sequence[Word], left: Mapping[int, Word]) -> list[Word]:
    """Return words that are left, by place, but those that only lead to what is named."""
    kept = dict(left)
    for number in reversed(range(len(words) - 1)):
        if number in left and number + 1 not in kept and words[number].plain in _LEADING:
            del kept[number]
    return list(kept.values())


def _placed(words: Sequence[Word], number: int) -> bool:
    """Tell whether a word stands where a place is expected, or with a capital."""
    before = words[number - 1].plain if number else ""
    return before in _BEFORE_A_PLACE or (number > 0 and words[number].text[:1].isupper())
