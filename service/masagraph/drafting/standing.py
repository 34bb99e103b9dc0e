"""What words of a document may be worth: proposed by the first rule that fits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from masagraph.drafting.cues import Bar, Cues, Rule
from masagraph.drafting.elsewhere import Elsewhere
from masagraph.drafting.names import Locals
from masagraph.drafting.passages import LONGEST, Sentence
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
        self,
        cues: Cues,
        local: Locals,
        elsewhere: Elsewhere,
        sentences: Sequence[Sentence],
        guidance: Sequence[str],
    ) -> None:
        """Measure how like guidance each sentence is.

        Args:
            cues: the rules.
            local: what names somebody here.
            elsewhere: what names another area.
            sentences: the document.
            guidance: the words of duties, and phrases that repeat guidance elsewhere.
        """
        self._cues, self._local, self._elsewhere = cues, local, elsewhere
        self._sentences = sentences
        self._like: list[float] | None = None
        try:
            near = vectors_of([each.text for each in sentences]) @ vectors_of(list(guidance)).T
            self._like = [float(row.max()) for row in near]
        except ImportError:
            pass  # what cannot be measured is taken to be guidance: see _is_like

    def propose(self, place: int) -> Proposed:
        """Return the standing that is proposed for a sentence, by its place."""
        rule = next(rule for rule in self._cues.rules if self._fits(rule, place))
        why = rule.unmeasured if self._like is None and rule.unmeasured else rule.why
        return Proposed(rule.proposes, why, rule.name)

    def _fits(self, rule: Rule, place: int) -> bool:
        sentence = self._sentences[place]
        return (
            (rule.heading is None or rule.heading == sentence.is_heading)
            and (rule.words is None or bool(rule.words.search(sentence.text)))
            and (rule.not_words is None or not rule.not_words.search(sentence.text))
            and (rule.lead is None or bool(rule.lead.search(sentence.lead)))
            and (rule.local is None or rule.local == self._local.named_in(sentence.text))
            and (rule.lead_local is None or rule.lead_local == self._local.named_in(sentence.lead))
            and (rule.elsewhere is None or rule.elsewhere == self._is_elsewhere(place))
            and self._is_like(rule, place)
            and not any(self._is_barred(bar, place) for bar in rule.bars)
        )

    def _is_like(self, rule: Rule, place: int) -> bool:
        """Tell whether a sentence is as like guidance as a rule asks.

        Without word vectors it is taken to be: so nothing is proposed that is stronger than it
        would be with them.
        """
        return self._like is None or self._like[place] >= rule.like_guidance

    def _is_elsewhere(self, place: int) -> bool:
        words = (*self._begun(place), self._sentences[place].lead, self._sentences[place].text)
        return any(self._elsewhere.named_in(each) for each in words)

    def _is_barred(self, bar: Bar, place: int) -> bool:
        sentence = self._sentences[place]
        read = {
            "sentence": (sentence.text,),
            "lead": (sentence.lead, *self._begun(place)),
            "section": (sentence.section,),
        }
        texts = [text for name in bar.places for text in read[name]]
        return any(words.search(text) for words in bar.words for text in texts)

    def _begun(self, place: int) -> list[str]:
        """Return the parts before, of a sentence that was parted: they say how it is meant."""
        me = self._sentences[place]
        found: list[str] = []
        if me.is_item or me.is_heading:
            return found
        for before in reversed(self._sentences[:place]):
            cut = before.text.endswith(";") or len(before.text.split()) == LONGEST
            if before.is_heading or before.is_item or before.section != me.section or not cut:
                break
            found.append(before.text)
        return found
