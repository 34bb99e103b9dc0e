"""An index of the questions, by the words of their parts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from math import log
from statistics import fmean, pstdev

from masagraph.questions.bm25 import index_terms, scores_of
from masagraph.questions.catalogue import Question
from masagraph.questions.columns import columns_of
from masagraph.questions.likeness import Likeness
from masagraph.questions.words import ASKING, Meanings, Word, words_of

WEIGHTS = {
    "title": 3.0,
    "keywords": 3.0,
    "asked": 3.0,
    "question": 2.0,
    "theme": 1.0,
    "columns": 0.6,
    "note": 0.6,
}
"""How much a word counts, by the part of a question in which it is found."""

AKIN = 0.6
"""How much a word counts that is only akin to one of a question, or a slip of the pen from it."""

MEANT = 0.8
"""How much a word counts that only means the same as one of a question."""

BEGINS = 0.3
"""How much a word counts that only begins a question."""

WHOLE = 0.5
"""What is added, as a share of the score, where a keyword that is all of what was asked fits."""

STRANGE = 0.5
"""How much a word counts against a question that stands in none."""

_LEAST_SHARED = 5
"""Letters that words must share at their beginning to be akin."""


@dataclass(frozen=True, slots=True)
class Match:
    """How well a question fits some words.

    Attributes:
        question: the question.
        score: how well; it compares questions for the same words, and nothing else.
        covered: how much of what the words say the question has, from 0 to 1.
    """

    question: Question
    score: float
    covered: float


class Index:
    """Questions, to be found by words."""

    def __init__(self, questions: Sequence[Question], meanings: Meanings) -> None:
        """Index the questions.

        Args:
            questions: the questions.
            meanings: which words mean the same.
        """
        self._questions, self._meanings = tuple(questions), meanings
        texts = [_texts(question) for question in questions]
        terms = {part: [self._terms(text[part]) for text in texts] for part in WEIGHTS}
        self._parts = {part: index_terms(listed) for part, listed in terms.items()}
        self._scored: dict[tuple[str, str], list[float]] = {}
        self._held = [
            frozenset(term for part in WEIGHTS for term in terms[part][number])
            for number, _ in enumerate(questions)
        ]
        self._phrases = [
            [
                tuple(self._weighted(group) for group in meanings.groups(words_of(phrase)))
                for phrase in (question.title, *question.keywords, *question.asked)
            ]
            for question in questions
        ]
        self._likeness = Likeness([_ways(question) for question in questions])

    @cached_property
    def known(self) -> frozenset[str]:
        """Every term that some question has."""
        return frozenset[str]().union(*self._held)

    def knows(self, word: Word) -> bool:
        """Tell whether a word, or one that means the same, stands in some question."""
        return self._meanings.is_empty(word) or any(
            term in self.known for group in self._meanings.groups((word,)) for term in group
        )

    def rank(self, words: Sequence[Word]) -> list[Match]:
        """Return the questions that some words may ask, the best first.

        What a question shares of the words and how like it is in meaning count the same. Where
        no question shares a word there are none.
        """
        asked = [self._weighted(group) for group in dict.fromkeys(self._meanings.groups(words))]
        whole = sum(self._rarity(group, None) for group in asked)
        scores, shares = [], []
        for number, _ in enumerate(self._questions):
            score = sum(self._score(group, number) for group in asked)
            covered = sum(self._rarity(group, number) for group in asked)
            share = covered / whole if whole else 0.0
            said = self._said(number, asked) / whole if whole else 0.0
            scores.append(score * (0.4 + 0.6 * share + WHOLE * min(said, 1.0)))
            shares.append(share)
        if not any(scores):
            return []
        like = self._likeness.of(" ".join(word.text for word in words))
        both = [a + b for a, b in zip(standard(scores), standard(like), strict=True)]
        found = [
            Match(question, both[n] - min(both), shares[n])
            for n, question in enumerate(self._questions)
        ]
        return sorted(found, key=lambda match: (-match.score, match.question.name))

    def _said(self, number: int, asked: Sequence[Mapping[str, float]]) -> float:
        """Return how much the longest keyword or title says that was asked as a whole."""
        terms = {term for group in asked for term in group}
        short = (p for p in self._phrases[number] if len(p) <= len(asked))
        whole = [p for p in short if all(not terms.isdisjoint(group) for group in p)]
        return max((sum(self._rarity(g, None) for g in p) for p in whole), default=0.0)

    def _score(self, group: Mapping[str, float], number: int) -> float:
        """Return how well a question fits a group of terms, all its parts together."""
        return sum(
            share * max(self._of(part, term)[number] * weight for term, weight in group.items())
            for part, share in WEIGHTS.items()
        )

    def _of(self, part: str, term: str) -> list[float]:
        """Return what a term counts in a part of each question."""
        if (part, term) not in self._scored:
            self._scored[part, term] = scores_of(self._parts[part], [term])
        return self._scored[part, term]

    def _weighted(self, group: Iterable[str]) -> dict[str, float]:
        """Return the terms of a group, or those akin to it, with how much each counts."""
        known = {term: _weight(term) for term in group if term in self.known}
        if known:
            return known
        akin = [stem for term in group for stem in self._akin(term)]
        near = [each for stem in akin for each in (stem, *self._meanings.of_stem(stem))]
        return {term: AKIN for term in near if term in self.known} or {"?": STRANGE}

    def _rarity(self, group: Mapping[str, float], number: int | None) -> float:
        """Return how much a group tells questions apart: the fewer have it, the more.

        Args:
            group: its terms.
            number: of a question, which gets nothing where it has none of them; or None.
        """
        if number is not None and self._held[number].isdisjoint(group):
            return 0.0
        has = sum(not held.isdisjoint(group) for held in self._held)
        rarity = log(1 + (len(self._held) - has + 0.5) / (has + 0.5))
        return rarity * max(group.values())

    def _akin(self, stem: str) -> list[str]:
        """Return the stems that are akin to an unknown one: of one root, or misspelt."""
        if len(stem) < _LEAST_SHARED or stem.startswith("="):
            return []
        plain = [term for term in sorted(self.known) if not term.startswith("=")]
        rooted = [term for term in plain if _shared(term, stem) >= 0.7 * max(len(term), len(stem))]
        return rooted or get_close_matches(stem, plain, n=2, cutoff=0.85)

    def _terms(self, text: str) -> list[str]:
        return list(self._meanings.terms(words_of(text)))


def _weight(term: str) -> float:
    if term in ASKING:
        return BEGINS
    return MEANT if term.startswith("=") else 1.0


def _texts(question: Question) -> Mapping[str, str]:
    columns = columns_of(question)
    return {
        "title": f"{question.title}. {question.name.replace('-', ' ')}",
        "keywords": ". ".join(question.keywords),
        "asked": ". ".join(question.asked),
        "question": question.question,
        "theme": question.theme,
        "columns": ". ".join(f"{column.title}. {column.about}" for column in columns),
        "note": question.note,
    }


def standard(values: Sequence[float]) -> list[float]:
    """Return values as standard deviations from their mean, so that two kinds can be added."""
    spread = pstdev(values)
    return [(value - fmean(values)) / spread if spread else 0.0 for value in values]


def _ways(question: Question) -> list[str]:
    return [question.title, question.question, *question.keywords, *question.asked]


def _shared(one: str, other: str) -> int:
    """Return how many letters two words share at their beginning; 0 when too few."""
    shared = next(
        (n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b),
        min(len(one), len(other)),
    )
    return shared if shared >= _LEAST_SHARED else 0
