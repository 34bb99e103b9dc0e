"""What is proposed for a document, beside what people have read in it."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph as ox

from masagraph.assessment.duties import Duty, list_duties
from masagraph.assessment.names import Area, list_areas, lookup
from masagraph.drafting.cues import read_cues
from masagraph.drafting.document import Document
from masagraph.drafting.held import HeldPhrase, held_phrases, phrases_on
from masagraph.drafting.proposals import like_enough, propose
from masagraph.drafting.ranking import SIGNALS, Likely, Wanted
from masagraph.drafting.reading import read_document
from masagraph.drafting.things import Things, find_things
from masagraph.resources import Resources
from masagraph.store.protocol import Store, select, text_of
from masagraph.vocab import ID, local_name

HELD_OUT = "sefton-arrangements-2021"
"""The document that nobody looked at while weights, rules and patterns were made."""
TOPS = (1, 3, 5)
TRIED = (0.0, 0.25, 0.5, 1.0, 1.5, 2.0, 3.0)
"""Weights that are tried for each signal."""
ROUNDS = 5
"""How often all signals are tried, at most; it ends where nothing is gained."""
WORDS_A_PAGE = 400
"""Words of a page, of a document that has none."""
EXAMPLES = 4
LOCAL, RESTATED = "LocalArrangement", "GuidanceRestated"
_QUERIES = Path(__file__).parent / "queries" / "drafting"


@dataclass(frozen=True, slots=True)
class Counted:
    """How many of the things that people found were proposed.

    Attributes:
        right: proposed, and found by people.
        proposed: proposed in all.
        there: found by people in all.
    """

    right: int = 0
    proposed: int = 0
    there: int = 0

    def __add__(self, other: Counted) -> Counted:
        """Add up."""
        return Counted(
            self.right + other.right, self.proposed + other.proposed, self.there + other.there
        )


@dataclass(frozen=True, slots=True)
class Asked:
    """A duty on which people found words in a document.

    Attributes:
        duty: the duty.
        right: the places of the passages that hold some of these words.
        words: the words.
        is_local: whether some of them tell of a local arrangement.
        signals: each signal for each passage.
        best: how like the duty each sentence is.
    """

    duty: Duty
    right: frozenset[int]
    words: tuple[str, ...]
    is_local: bool
    signals: Mapping[str, Sequence[float]]
    best: object


@dataclass
class Measured:
    """What was measured of a document.

    Attributes:
        name: its short name.
        duties: duties with words, and with local words: how many, and how many of them have a
            right passage among the first 1, 3 and 5; under ``rows`` among those proposed.
        standings: how often each true standing was proposed as each.
        rows: rows that hold words people quoted for their duty, rows proposed, and duties with
            words.
        local_rows: the same of rows proposed as a local arrangement: right are those whose
            sentence holds words that people took for one, for any duty.
        empty: duties without words in the document that get a row, and such duties in all.
        seats, bodies, lines: what was found.
        pages: how many it has; counted by words where it has none.
        missed: duties with what was proposed first, and what people quoted.
        mistaken: sentences whose standing was proposed wrongly, with both.
        sentence: of the duties whose first passage is right, how many quote the right sentence.
    """

    name: str
    duties: dict[str, Counter[str]] = field(default_factory=dict)
    standings: Counter[tuple[str, str]] = field(default_factory=Counter)
    seats: Counted = field(default_factory=Counted)
    bodies: Counted = field(default_factory=Counted)
    lines: Counted = field(default_factory=Counted)
    rows: Counted = field(default_factory=Counted)
    local_rows: Counted = field(default_factory=Counted)
    empty: tuple[int, int] = (0, 0)
    pages: float = 0.0
    missed: list[tuple[str, str, str]] = field(default_factory=list)
    mistaken: list[tuple[str, str, str]] = field(default_factory=list)
    sentence: Counted = field(default_factory=Counted)


def sources_of(store: Store, folder: Path) -> dict[str, Path]:
    """Return the text of each document that is in a folder, by the document's short name."""
    there = {}
    if folder.is_dir():
        files = (path for path in sorted(folder.rglob("*")) if path.is_file())
        there = {hashlib.sha256(path.read_bytes()).hexdigest(): path for path in files}
    query = "PREFIX masa: <https://w3id.org/masagraph/ns#> SELECT ?d ?h WHERE { ?d masa:sha256 ?h }"
    rows = select(store, query)
    found = {local_name(text_of(row["d"])): there.get(text_of(row["h"])) for row in rows}
    return {name: path for name, path in sorted(found.items()) if path is not None}


def measure(store: Store, files: Mapping[str, Path], resources: Resources) -> list[Measured]:
    """Measure every document: each with weights from the others, the held-out one as shipped."""
    cues = read_cues(resources)
    read = {name: Reading(name, path, store, resources) for name, path in files.items()}
    tuning = [name for name in read if name != HELD_OUT]
    found = []
    for name, one in read.items():
        weights = cues.weights
        if name != HELD_OUT:
            others = [read[other] for other in tuning if other != name]
            weights = fitted([(other, other.without(one)) for other in others])
        found.append(one.measure(weights))
    return found


def fitted(documents: Sequence[tuple[Reading, Sequence[Asked]]]) -> dict[str, float]:
    """Return the weights with which some documents are read best, each signal tried in turn.

    They begin equal, so that nothing learnt of another document is in them.

    Args:
        documents: each with the duties on which people found words in it.
    """
    weights = dict.fromkeys(SIGNALS, 1.0)
    best = _worth(documents, weights)
    for _ in range(ROUNDS):
        before = best
        for signal in SIGNALS:
            for value in TRIED:
                tried = {**weights, signal: value}
                worth = _worth(documents, tried)
                if worth > best + 1e-9:
                    weights, best = tried, worth
        if best == before:
            break
    return weights


def _worth(
    documents: Sequence[tuple[Reading, Sequence[Asked]]], weights: Mapping[str, float]
) -> float:
    total = Counter[str]()
    for document, asked in documents:
        total += document.tops(weights, asked)
    return 0.4 * total["1"] + total["3"] + 0.3 * total["5"]


class Reading:
    """A document, read without anything that people have written down of it."""

    def __init__(self, name: str, path: Path, store: Store, resources: Resources) -> None:
        self.name, self.store = name, store
        self.iri = me = f"{ID}document/{name}"
        without = {me, f"{ID}document/{HELD_OUT}"}
        cues = read_cues(resources)
        text = read_document(path.read_bytes(), path.name, cues)
        areas = _areas(store, me)
        self.document = Document(text, areas, store, cues, resources, without)
        self.every = {duty.iri: duty for duty in list_duties(store)}
        words = sum(len(each.text.split()) for each in self.document.sentences)
        self.pages = max(text.pages, 1) if text.pages else max(1.0, words / WORDS_A_PAGE)
        self.truth = [p for p in held_phrases(store, resources) if p.document == me]
        self.asked = self._asked(self.document.held)

    def without(self, other: Reading) -> list[Asked]:
        """Return the same duties, ranked without anything that is held of one more document."""
        return self._asked([each for each in self.document.held if each.document != other.iri])

    def _asked(self, held: Sequence[HeldPhrase]) -> list[Asked]:
        """Return the duties on which people found words, with the passages that hold them.

        Args:
            held: the phrases of other documents by which passages are ranked.
        """
        folded = [_folded(passage.text) for passage in self.document.passages]
        found = []
        for iri in dict.fromkeys(duty for phrase in self.truth for duty in phrase.duties):
            phrases = [phrase for phrase in self.truth if iri in phrase.duties]
            right = frozenset(
                n for n, text in enumerate(folded) if any(_folded(p.exact) in text for p in phrases)
            )
            local = any(local_name(phrase.standing) == LOCAL for phrase in phrases)
            duty = self.every[iri]
            wanted = Wanted(duty, tuple(phrases_on(duty, held)))
            words = tuple(phrase.exact for phrase in phrases)
            found.append(Asked(duty, right, words, local, *self.document.ranking.signals(wanted)))
        return found

    def likely(self, asked: Asked, weights: Mapping[str, float], most: int) -> list[Likely]:
        """Return the likeliest passages for a duty, with some weights."""
        self.document.ranking.weights = weights
        return self.document.ranking.order(asked.signals, asked.best, most)  # type: ignore[arg-type]

    def tops(self, weights: Mapping[str, float], wanted: Sequence[Asked]) -> Counter[str]:
        """Count the duties that have a right passage among the first few."""
        places = {id(passage): n for n, passage in enumerate(self.document.passages)}
        total = Counter[str]()
        for asked in wanted:
            likely = self.likely(asked, weights, max(TOPS))
            hits = [places[id(each.passage)] in asked.right for each in likely]
            numbers = self.document.cues.numbers
            rows = like_enough(likely[: int(numbers["most-passages"])], numbers)
            right = [places[id(each.passage)] in asked.right for each in rows]
            total["all"] += 1
            total["rows"] += any(right)
            total["first row"] += any(right[:1])
            for top in TOPS:
                total[str(top)] += any(hits[:top])
        return total

    def measure(self, weights: Mapping[str, float]) -> Measured:
        """Measure it with some weights."""
        local = [asked for asked in self.asked if asked.is_local]
        made = Measured(self.name, pages=self.pages)
        made.duties = {
            "any words": self.tops(weights, self.asked),
            "local words": self.tops(weights, local),
        }
        self._first(weights, made)
        self._standings(made)
        self._rows_proposed(weights, made)
        things = find_things(self.document)
        made.seats = self._seats(things)
        made.bodies = self._bodies(things)
        made.lines = self._lines(things)
        return made

    def _first(self, weights: Mapping[str, float], made: Measured) -> None:
        right = there = 0
        for asked in self.asked:
            (first,) = self.likely(asked, weights, 1)
            number = self.document.passages.index(first.passage)
            sentence = self.document.sentences[first.sentence].text
            if number in asked.right:
                there += 1
                right += any(_folded(words) in _folded(sentence) for words in asked.words)
            elif len(made.missed) < EXAMPLES:
                phrase = self.document.phrase(asked.duty, first.sentence)
                made.missed.append((asked.duty.label, phrase, asked.words[0]))
        made.sentence = Counted(right, there, there)

    def _standings(self, made: Measured) -> None:
        folded = [_folded(sentence.text) for sentence in self.document.sentences]
        for phrase in self.truth:
            place = next((n for n, t in enumerate(folded) if _folded(phrase.exact) in t), None)
            if place is None:
                continue
            true = local_name(phrase.standing)
            proposed = local_name(self.document.standing(place).standing)
            made.standings[true, proposed] += 1
            if true != proposed:
                made.mistaken.append((phrase.exact, true, proposed))

    def _rows_proposed(self, weights: Mapping[str, float], made: Measured) -> None:
        """Count the rows for all duties of the editions against which people read it."""
        self.document.ranking.weights = weights
        asked = {each.duty.iri: each for each in self.asked}
        editions = {each.duty.source.edition for each in self.asked}
        folded = [_folded(sentence.text) for sentence in self.document.sentences]
        local = [_folded(p.exact) for p in self.truth if local_name(p.standing) == LOCAL]
        empty = unanswered = 0
        for iri, duty in self.every.items():
            if duty.source.edition not in editions:
                continue
            rows = propose(self.document, duty)
            there = iri in asked
            unanswered += not there
            empty += not there and bool(rows)
            made.rows += Counted(0, len(rows), int(there))
            for row in rows:
                number = self.document.passages.index(row.likely.passage)
                made.rows += Counted(int(there and number in asked[iri].right))
                if local_name(self.document.standing(row.place).standing) == LOCAL:
                    right = any(words in folded[row.place] for words in local)
                    made.local_rows += Counted(int(right), 1)
        made.empty = (empty, unanswered)

    def _seats(self, things: Things) -> Counted:
        truth: dict[str, set[tuple[str, str, str]]] = {}
        for row in self._rows("seats"):
            key = (
                text_of(row["role"]),
                text_of(row.get("function")),
                _folded(text_of(row["name"])),
            )
            truth.setdefault(text_of(row["seat"]), set()).add(key)
        mine = [(seat.role, seat.function, _folded(seat.post)) for seat in things.seats]
        return _counted(mine, truth.values())

    def _bodies(self, things: Things) -> Counted:
        truth: dict[str, set[str]] = {}
        for row in self._rows("bodies"):
            truth.setdefault(text_of(row["body"]), set()).add(self._bare(text_of(row["name"])))
        return _counted([self._bare(body.name) for body in things.bodies], truth.values())

    def _lines(self, things: Things) -> Counted:
        truth: dict[str, set[tuple[str, str, str]]] = {}
        for row in self._rows("lines"):
            ends = (self._bare(text_of(row.get(end))) for end in ("from", "to"))
            truth.setdefault(text_of(row["line"]), set()).add((*ends, text_of(row["kind"])))
        mine = [(self._bare(x.source), self._bare(x.target), x.kind) for x in things.lines]
        return _counted(mine, truth.values())

    def _rows(self, kind: str) -> list[dict[str, ox.NamedNode | ox.Literal]]:
        query = (_QUERIES / f"{kind}-of-document.rq").read_text(encoding="utf-8")
        return list(select(self.store, query, document=ox.NamedNode(f"{ID}document/{self.name}")))

    def _bare(self, name: str) -> str:
        """Return the name of a body without that of its place."""
        own = {_folded(each.name) for each in self.document.named if each.kind == "area"}
        words = _folded(name).removeprefix("the ")
        for place in own:
            words = re.sub(rf"^{place}(?: s)?\b", "", words).strip()
        return words


def _counted(mine: Sequence[object], truth: Collection[set[object]]) -> Counted:
    right = sum(any(each in forms for forms in truth) for each in set(mine))
    found = sum(any(each in forms for each in mine) for forms in truth)
    # Two proposals of one thing are one right and one too many.
    return Counted(min(right, found), len(set(mine)), len(truth))


def _areas(store: Store, document: str) -> list[Area]:
    """Return the areas of which a document tells."""
    rows = [r for r in lookup(store, "described") if text_of(r["document"]) == document]
    arrangements = {text_of(row["arrangement"]) for row in rows}
    return [area for area in list_areas(store) if area.arrangement in arrangements]


def _folded(text: str) -> str:
    return " ".join(re.findall(r"[a-z0-9]+", text.casefold().replace("&", " and ")))
