"""What words of a document may be worth: proposed by the first rule that fits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from masagraph.drafting.cues import Cues, Rule
from masagraph.drafting.names import Locals
from masagraph.drafting.passages import Sentence
from masagraph.questions.likeness import vectors_of


@dataclass(frozen=True, slots=True)
class Proposed:
    """A standing that is proposed.

    Attributes:
        standing: its IRI.
        why: why, in words.
        rule: the name of the rule.
    """

    standing: str
    why: str
    rule: str


class Standings:
    """Proposes the standing of sentences."""

    def __init__(
        self, cues: Cues, local: Locals, sentences: Sequence[Sentence], guidance: Sequence[str]
    ) -> None:
        """Measure how like guidance each sentence is.

        Args:
            cues: the rules.
            local: what names somebody here.
            sentences: the document.
            guidance: the words of duties, and phrases that repeat guidance elsewhere.
        """
        self._cues, self._local, self._sentences = cues, local, sentences
        try:
            near = vectors_of([each.text for each in sentences]) @ vectors_of(list(guidance)).T
            self._like = [float(row.max()) for row in near]
        except ImportError:
            self._like = [0.0] * len(sentences)

    def propose(self, place: int) -> Proposed:
        """Return the standing that is proposed for a sentence, by its place."""
        rule = next(rule for rule in self._cues.rules if self._fits(rule, place))
        return Proposed(rule.proposes, rule.why, rule.name)

    def likeness(self, place: int) -> float:
        """Return how like guidance a sentence is."""
        return self._like[place]

    def _fits(self, rule: Rule, place: int) -> bool:
        sentence = self._sentences[place]
        return (
            (rule.heading is None or rule.heading == sentence.is_heading)
            and (rule.words is None or bool(rule.words.search(sentence.text)))
            and (rule.lead is None or bool(rule.lead.search(sentence.lead)))
            and (rule.local is None or rule.local == self._local.named_in(sentence.text))
            and (rule.lead_local is None or rule.lead_local == self._local.named_in(sentence.lead))
            and self._like[place] >= rule.like_guidance
        )
