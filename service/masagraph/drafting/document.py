"""A document, read: its passages, what each sentence may be worth, and what may be quoted of it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from masagraph.assessment.duties import Duty, list_duties
from masagraph.assessment.names import Area
from masagraph.drafting.cues import Cues
from masagraph.drafting.elsewhere import Elsewhere, other_names
from masagraph.drafting.held import HeldPhrase, held_phrases, known_texts, phrases_on
from masagraph.drafting.names import Locals, OtherAreas, People, own_part
from masagraph.drafting.passages import Passage, Sentence, passages_of, sentences_of
from masagraph.drafting.phrases import Phrases
from masagraph.drafting.ranking import Likely, Ranking, Wanted
from masagraph.drafting.standing import Proposed, Standings
from masagraph.drafting.text import Text
from masagraph.questions.words import meanings_of, words_of
from masagraph.resources import Resources
from masagraph.store.protocol import Store, select, text_of
from masagraph.vocab import MASA

RESTATED = str(MASA.GuidanceRestated)
HERE = str(MASA.LocalArrangement)


@dataclass(frozen=True, slots=True)
class Named:
    """Something of the register that is there in an area, by one of its names.

    Attributes:
        thing: its IRI.
        kind: ``area`` or ``organisation``.
        name: the name.
        function: the IRI of the partner's function that an organisation has; else empty.
    """

    thing: str
    kind: str
    name: str
    function: str


class Document:
    """A document, read for the duties of the guidance."""

    def __init__(
        self,
        text: Text,
        areas: Sequence[Area],
        store: Store,
        cues: Cues,
        resources: Resources,
        without: Collection[str] = (),
    ) -> None:
        """Read it.

        Args:
            text: its text.
            areas: the areas of which it tells.
            store: the dataset.
            cues: what is looked for.
            resources: where the queries are.
            without: documents, by IRI, of which nothing is taken for a pattern.
        """
        self.text, self.cues = text, cues
        self.held: list[HeldPhrase] = held_phrases(store, resources, without)
        self.named = local_names(store, areas, resources)
        self.sentences: list[Sentence] = sentences_of(text.blocks, cues)
        self.passages: list[Passage] = passages_of(self.sentences)
        duties = list_duties(store)
        names = [each.name for each in self.named]
        self.elsewhere = OtherAreas(all_names(store, resources), names)
        told = [*known_texts(store, resources), *(each.exact for each in self.held)]
        self.people = People(cues, [*names, *_said(duties)], told, self.sentences, self.elsewhere)
        own = [own_part(name, cues) for name in names]
        self.local = Locals([*names, *own], self.sentences, cues)
        here = {each.thing for each in self.named}
        elsewhere = Elsewhere(names, other_names(store, here, resources), cues)
        guidance = [each.exact for each in self.held if each.standing == RESTATED]
        self.standings = Standings(
            cues,
            self.local,
            elsewhere,
            self.sentences,
            [*guidance, *(each.definition for each in duties)],
        )
        meanings = meanings_of(resources)
        self.ranking = Ranking(self.sentences, self.passages, meanings, cues.weights, cues.numbers)
        self.phrases = Phrases(
            text.raw,
            self.people,
            [each.text for each in self.sentences],
            lambda words: list(meanings.terms(words_of(words))),
            cues.common_words,
            cues.numbers,
        )

    def wanted(self, duty: Duty) -> Wanted:
        """Return a duty as it is looked for."""
        return Wanted(duty, tuple(phrases_on(duty, self.held)))

    def likely(self, duty: Duty, most: int) -> list[Likely]:
        """Return the likeliest passages for a duty, the best first."""
        return self.ranking.rank(self.wanted(duty), most)

    def phrase(self, duty: Duty, place: int) -> str:
        """Return what may be quoted of a sentence for a duty; empty where nothing may."""
        wanted = self.wanted(duty)
        return self.phrases.choose(self.sentences[place].text, [*wanted.asked, *wanted.others])

    def standing(self, place: int) -> Proposed:
        """Return the standing that is proposed for a sentence."""
        return self.standings.propose(place)


def local_names(store: Store, areas: Sequence[Area], resources: Resources) -> list[Named]:
    """Return what the register has of some areas, by its names."""
    query = resources.read_query("drafting/local.rq")
    return [
        Named(*(text_of(row.get(key)) for key in ("thing", "kind", "name", "function")))
        for area in areas
        for row in select(store, query, area=ox.NamedNode(area.iri))
    ]


def all_names(store: Store, resources: Resources) -> dict[str, str]:
    """Return the names of all areas and those who act there; with each of an area, the area's."""
    return {
        text_of(row["name"]): text_of(row["name"]) if text_of(row["kind"]) == "area" else ""
        for row in select(store, resources.read_query("drafting/local.rq"))
    }


def _said(duties: Sequence[Duty]) -> list[str]:
    return [text for duty in duties for text in (duty.label, duty.definition, duty.looked_for)]
