"""Which passages of a document are likely to answer a duty: by words shared, and by sense.

Both count, with weights that ``queries/drafting/cues.ttl`` has. Where the library of word vectors
is not there, words shared count alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from masagraph.assessment.duties import Duty
from masagraph.drafting.passages import Passage, Sentence
from masagraph.questions.bm25 import index_terms, scores_of
from masagraph.questions.index import standard
from masagraph.questions.likeness import vectors_of
from masagraph.questions.words import Meanings, words_of

SIGNALS = (
    "words-of-duty", "words-looked-for", "words-of-others", "sense-of-duty", "sense-of-others",
)  # fmt: skip

Vectors = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Wanted:
    """A duty as it is looked for.

    Attributes:
        duty: the duty.
        others: the phrases that other documents have on it.
    """

    duty: Duty
    others: tuple[str, ...]

    @property
    def asked(self) -> list[str]:
        """What the duty itself says, in a few ways."""
        duty = self.duty
        return [each for each in (duty.question_to_ask, duty.label, duty.definition) if each]


@dataclass(frozen=True, slots=True)
class Likely:
    """A passage that may answer a duty.

    Attributes:
        passage: the passage.
        sentence: the place of the sentence of it that is likest to the duty.
        score: how likely it is beside the others of the document; it compares nothing else.
        sense: how like the duty that sentence is, from 0 to 1; where there are no vectors, the
            share of the duty's words that it has.
    """

    passage: Passage
    sentence: int
    score: float
    sense: float


class Ranking:
    """The passages of a document, to be ranked for duties."""

    def __init__(
        self,
        sentences: Sequence[Sentence],
        passages: Sequence[Passage],
        meanings: Meanings,
        weights: Mapping[str, float],
        numbers: Mapping[str, float],
    ) -> None:
        """Index a document.

        Args:
            sentences: its sentences.
            passages: its passages.
            meanings: which words mean the same.
            weights: how much each signal counts.
            numbers: the limits and shares.
        """
        self._numbers = numbers
        self.sentences, self.passages = sentences, passages
        self._meanings, self.weights = meanings, weights
        self._passages = index_terms(
            self._terms(f"{each.section}. {each.text}") for each in passages
        )
        self._sentences = index_terms(self._terms(each.text) for each in sentences)
        self._said = [frozenset(self._terms(each.text)) for each in sentences]
        self._vectors = _vectors([_in_place(each) for each in sentences])
        self._body = np.asarray(
            [numbers["heading-counts"] if each.is_heading else 1.0 for each in sentences]
        )
        self.by_sense = self._vectors is not None

    def rank(self, wanted: Wanted, most: int) -> list[Likely]:
        """Return the likeliest passages for a duty, the best first.

        Of passages that have most of their sentences in common, or the likest one, only the best
        is taken.
        """
        return self.order(*self.signals(wanted), most)

    def order(
        self, signals: Mapping[str, Sequence[float]], best: Vectors, most: int
    ) -> list[Likely]:
        """Return the likeliest passages by what :meth:`signals` has returned for a duty."""
        scores = np.zeros(len(self.passages))
        for name, values in signals.items():
            scores += self.weights[name] * np.asarray(standard(values))
        found: list[Likely] = []
        for number in np.argsort(-scores, kind="stable"):
            passage = self.passages[number]
            if any(
                _shared(passage, other.passage) > self._numbers["most-in-common"] for other in found
            ):
                continue
            near = best[passage.start : passage.end]
            place = passage.start + int(np.argmax(near))
            if any(place == other.sentence for other in found):
                continue
            found.append(Likely(passage, place, float(scores[number]), float(near.max())))
            if len(found) == most:
                break
        return found

    def signals(self, wanted: Wanted) -> tuple[dict[str, list[float]], Vectors]:
        """Return each signal for each passage, and how like the duty each sentence is."""
        asked = [self._terms(text) for text in wanted.asked]
        others = [self._terms(text) for text in wanted.others]
        signals = {
            "words-of-duty": scores_of(self._passages, [t for terms in asked for t in terms]),
            "words-looked-for": scores_of(self._passages, self._terms(wanted.duty.looked_for)),
            "words-of-others": list(self._by_words(self._passages, others)),
        }
        if self._vectors is None:
            return signals, self._shares([*asked, *others]) * self._body
        by_words = self._by_words(self._sentences, [*asked, *others])
        by_words /= max(float(by_words.max(initial=0.0)), 1e-9)
        told = _vectors([*wanted.asked, wanted.duty.looked_for])
        assert told is not None
        duty = self._vectors @ told.T
        most = self._numbers["best-of-texts"]
        near = most * duty.max(axis=1) + (1 - most) * duty.mean(axis=1)
        signals["sense-of-duty"] = self._best(near)
        if wanted.others:
            held = _vectors(list(wanted.others))
            assert held is not None
            like = (self._vectors @ held.T).max(axis=1)
            signals["sense-of-others"] = self._best(like)
            near = np.maximum(near, like)
        words = self._numbers["words-beside-sense"]
        return signals, ((1 - words) * near + words * by_words) * self._body

    def _shares(self, texts: Iterable[Sequence[str]]) -> Vectors:
        """Return for each sentence the share of the words of a text that it has: of the likest.

        It is no share of the most that any sentence has: so words that stand nowhere make no
        sentence look like a duty.
        """
        wanted = [frozenset(terms) for terms in texts if terms]
        shares = (
            max((len(each & said) / len(each) for each in wanted), default=0.0)
            for said in self._said
        )
        return np.fromiter(shares, dtype=np.float64, count=len(self._said))

    def _by_words(self, index: object, texts: Iterable[Sequence[str]]) -> Vectors:
        """Return for each text of an index how well it fits the best of some texts."""
        found = [np.asarray(scores_of(index, terms)) for terms in texts]
        if found:
            best: Vectors = np.max(found, axis=0)
            return best
        return np.zeros(int(index.scores["num_docs"]))  # type: ignore[attr-defined]

    def _best(self, values: Vectors) -> list[float]:
        """Return for each passage the value of its best sentence, and a little of the others."""
        parts = [values[each.start : each.end] for each in self.passages]
        most = self._numbers["best-of-sentences"]
        return [float(most * part.max() + (1 - most) * part.mean()) for part in parts]

    def _terms(self, text: str) -> list[str]:
        return list(self._meanings.terms(words_of(text)))


def _in_place(sentence: Sentence) -> str:
    """Return a sentence with its heading, where it is too short to be told apart without."""
    short = len(sentence.text.split()) < 8 and not sentence.is_heading
    return f"{sentence.section}. {sentence.text}" if short else sentence.text


def _vectors(texts: Sequence[str]) -> Vectors | None:
    """Return the vectors of texts; None where the library is not there."""
    try:
        return vectors_of(texts)
    except ImportError:
        return None


def _shared(one: Passage, other: Passage) -> float:
    """Return the share of the sentences of the shorter passage that the other has, too."""
    both = min(one.end, other.end) - max(one.start, other.start)
    return max(both, 0) / min(one.end - one.start, other.end - other.start)
