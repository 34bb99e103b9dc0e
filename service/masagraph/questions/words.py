"""Plain words, made alike: as stems, and by what means the same.

Which words mean the same is data: ``queries/words.ttl``, and the labels of concepts.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

import pyoxigraph as ox
import Stemmer

from masagraph.errors import DataError, Place
from masagraph.questions.bm25 import STOPWORDS_EN_PLUS
from masagraph.resources import Resources, read_once
from masagraph.vocab import PREFIXES

FILE = "words.ttl"

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_MEANT = frozenset({"should", "same", "most", "more", "only", "own"})
"""What a list of empty words has and a question means."""

ASKING = frozenset({"who", "whom", "when", "where", "how", "whi"})
"""Stems of words that begin a question: they say a little of what is asked."""

_SKOS = PREFIXES["skos"]
_LABELS = {_SKOS + name for name in ("prefLabel", "altLabel")}
_HIDDEN = _SKOS + "hiddenLabel"
_STEMMER = Stemmer.Stemmer("english")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text.

    Attributes:
        text: as it stands.
        plain: without capitals, accents and a possessive ending.
        stem: what words of one root share.
        start, end: its place in the text.
    """

    text: str
    plain: str
    stem: str
    start: int
    end: int


@lru_cache(maxsize=4096)
def words_of(text: str) -> tuple[Word, ...]:
    """Return the words of a text, an ampersand as the word that it stands for.

    >>> [word.stem for word in words_of("Who scrutinises Brighton & Hove's forum?")]
    ['who', 'scrutinis', 'brighton', 'and', 'hove', 'forum']
    """
    return tuple(
        _word(found) for found in re.finditer(rf"{_WORD.pattern}|&", text) if found[0].strip()
    )


def stems_of(text: str) -> tuple[str, ...]:
    """Return the stems of all words of a text."""
    return tuple(word.stem for word in words_of(text))


def is_empty(word: Word) -> bool:
    """Tell whether a word says nothing of what is asked, in any question."""
    return word.plain in STOPWORDS_EN_PLUS and word.plain not in _MEANT and word.stem not in ASKING


@dataclass(frozen=True)
class Meanings:
    """Which words and phrases mean the same.

    Attributes:
        phrases: for the first stem of a phrase: the phrase as stems, and what it means.
        filler: stems of words that say nothing of what is asked.
    """

    phrases: Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]
    filler: frozenset[str]

    def is_empty(self, word: Word) -> bool:
        """Tell whether a word says nothing of what is asked."""
        return is_empty(word) or word.stem in self.filler

    def terms(self, words: Sequence[Word]) -> Iterator[str]:
        """Yield all terms of a text: the stems of its words, and what words and phrases mean."""
        stems = [word.stem for word in words]
        for place, word in enumerate(words):
            if not self.is_empty(word):
                yield word.stem
            for _, meaning in self._phrases_at(stems, place):
                yield meaning

    def groups(self, words: Sequence[Word]) -> Iterator[tuple[str, ...]]:
        """Yield the terms of what was asked in groups, any of which stands for all of it.

        A group is a word with what it means, or the longest phrase that means something.
        """
        stems = [word.stem for word in words]
        place = 0
        while place < len(words):
            phrases = self._phrases_at(stems, place)
            length = max((length for length, _ in phrases), default=1)
            meant = [meaning for each, meaning in phrases if each == length]
            said = [w.stem for w in words[place : place + length] if not self.is_empty(w)]
            if meant or said:
                yield tuple(dict.fromkeys([*said, *meant]))
            place += length

    def of_stem(self, stem: str) -> list[str]:
        """Return what a word means by itself."""
        return [meaning for _, meaning in self._phrases_at((stem,), 0)]

    def _phrases_at(self, stems: Sequence[str], place: int) -> list[tuple[int, str]]:
        """Return the lengths and meanings of the phrases that begin at a place."""
        return [
            (len(phrase), meaning)
            for phrase, meaning in self.phrases.get(stems[place], ())
            if tuple(stems[place : place + len(phrase)]) == phrase
        ]


def meanings_of(resources: Resources, named: Iterable[tuple[str, str]] = ()) -> Meanings:
    """Return which words mean the same.

    Args:
        resources: where the program's own words are.
        named: things of the dataset and what they are called, such as roles.
    """
    own, filler = _own(resources)
    phrases: dict[str, dict[tuple[str, ...], dict[str, None]]] = {}
    for meaning, text in (*own, *named):
        stems = stems_of(text)
        if stems:
            phrases.setdefault(stems[0], {}).setdefault(stems, {})[f"={meaning}"] = None
    return Meanings(
        {
            first: tuple((stems, one) for stems, many in found.items() for one in many)
            for first, found in phrases.items()
        },
        filler,
    )


@cache
def _own(resources: Resources) -> tuple[tuple[tuple[str, str], ...], frozenset[str]]:
    """Return what ``queries/words.ttl`` says: meanings with their labels, and the filler.

    Raises:
        DataError: when it cannot be parsed, with the line.
    """
    path = resources.folder("queries") / FILE
    try:
        triples = [q.triple for q in ox.parse(read_once(path), format=ox.RdfFormat.TURTLE)]
    except SyntaxError as error:
        raise DataError(
            f"the Turtle cannot be parsed: {error.msg}",
            "Correct that line.",
            Place(path, error.lineno),
        ) from error
    said = [(t.subject, t.predicate.value, t.object.value) for t in triples
            if isinstance(t.object, ox.Literal)]  # fmt: skip
    hidden = [text for _, predicate, text in said if predicate == _HIDDEN]
    labels = [(str(of), text) for of, predicate, text in said if predicate in _LABELS]
    return tuple(labels), frozenset(stem for text in hidden for stem in stems_of(text))


def _word(found: re.Match[str]) -> Word:
    text = found[0]
    if text == "&":
        return Word(text, "and", "and", found.start(), found.end())
    bare = unicodedata.normalize("NFKD", text.replace("’", "'"))
    plain = "".join(c for c in bare if not unicodedata.combining(c)).casefold()
    plain = plain.removesuffix("'s").replace("'", "")
    return Word(text, plain, _STEMMER.stemWord(plain), found.start(), found.end())
