"""The words that are quoted of a sentence: at most twelve, as they stand, and telling ones."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from math import log

from masagraph.drafting.names import People
from masagraph.questions.words import words_of

LONGEST = 12
SHORTEST = 3
_EDGES = " \t,;:.|–—-("
_CLAUSE = (",", ";", ":", ".", "|", "–", "—", ")")


class Phrases:
    """Chooses the words that are quoted of sentences of one document."""

    def __init__(
        self,
        raw: str,
        people: People,
        texts: Iterable[str],
        terms: Callable[[str], list[str]],
        empty: Collection[str],
        numbers: Mapping[str, float],
    ) -> None:
        """Count how common each term is in the document.

        Args:
            raw: the text in which a phrase must stand.
            people: what may be a person's name.
            texts: the sentences of the document.
            terms: the terms of a text.
            empty: words with which no phrase begins or ends inside a sentence.
            numbers: what makes a phrase worth more or less.
        """
        self._empty, self._numbers = empty, numbers
        self._raw = " ".join(raw.split())
        self._people, self._terms = people, terms
        sets = [set(terms(text)) for text in texts]
        self._count, self._of = Counter(t for each in sets for t in each), len(sets)

    def choose(self, sentence: str, wanted: Sequence[str]) -> str:
        """Return the words of a sentence that tell most of what is wanted.

        Args:
            sentence: the sentence.
            wanted: texts of what is wanted.

        Returns:
            the phrase; empty where none may be quoted, as each would name a person or does not
            stand in the text as it is.
        """
        telling = {term for text in wanted for term in self._terms(text)}
        words = sentence.split()
        worth = [self._worth(word, telling) for word in words]
        named = self._people.places(words)
        best: tuple[float, str] = (-1.0, "")
        for start in range(len(words)):
            for end in range(min(len(words), start + LONGEST), start, -1):
                if end - start < min(SHORTEST, len(words)):
                    break
                if self._is_loose(words, start, end) or not named.isdisjoint(range(start, end)):
                    continue
                value = sum(worth[start:end]) + self._bonus(words, start, end)
                if value > best[0]:
                    phrase = self._phrase(words[start:end])
                    if phrase:
                        best = (value, phrase)
        return best[1]

    def about(self, sentence: str, words: str) -> str:
        """Return some words of a sentence with those after them that may be quoted, too."""
        parts = sentence.split()
        start = next((n for n in range(len(parts)) if " ".join(parts[n:]).startswith(words)), None)
        if start is None:
            return ""
        named = self._people.places(parts)
        most = min((place for place in named if place >= start), default=len(parts))
        ends = range(min(most, start + LONGEST), start, -1)
        return next((p for end in ends if (p := self._phrase(parts[start:end]))), "")

    def _worth(self, word: str, telling: set[str]) -> float:
        terms = self._terms(word)
        rarity = [log(1 + self._of / (1 + self._count[term])) for term in terms]
        other, none = self._numbers["word-of-others"], self._numbers["word-of-none"]
        own = [1.0 if term in telling else other for term in terms]
        return max((a * b for a, b in zip(rarity, own, strict=True)), default=none)

    def _bonus(self, words: Sequence[str], start: int, end: int) -> float:
        """Favour phrases that begin and end where a clause does."""
        begins = start == 0 or words[start - 1].endswith(_CLAUSE)
        ends = end == len(words) or words[end - 1].endswith(_CLAUSE)
        part = " ".join(words[start:end])
        parted = part.count("(") != part.count(")")
        worth = self._numbers
        return (
            worth["phrase-begins"] * begins
            + worth["phrase-ends"] * ends
            - worth["phrase-parted"] * parted
        )

    def _is_loose(self, words: Sequence[str], start: int, end: int) -> bool:
        """Tell whether a phrase begins or ends with a word that says nothing."""
        first, last = words[start].casefold(), words[end - 1].casefold()
        return (start > 0 and first in self._empty and first != "the") or (
            end < len(words) and last in self._empty
        )

    def _phrase(self, words: Sequence[str]) -> str:
        phrase = " ".join(words).strip(_EDGES)
        if phrase.count(")") < phrase.count("("):
            phrase = f"{phrase})" if f"{phrase})" in self._raw else phrase
        phrase = phrase.rstrip("…")
        if self._people.is_private(phrase) or not words_of(phrase) or phrase not in self._raw:
            return ""
        if re.match(r"[=+@]", phrase):
            return ""
        return phrase
