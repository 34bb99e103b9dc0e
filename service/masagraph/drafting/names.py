"""Who acts here or elsewhere; and what may be a person's name, which is left out."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate

from masagraph.drafting.cues import Cues
from masagraph.drafting.passages import Sentence

_PIECES = re.compile(r"[-–—/&'’_.|]+")
MASK = "[…]"
"""What stands for what is left out."""
SHORTEST = 3
"""Letters of a place's own part of a name that may be any word."""
_PARTS = (";", ":", ".", "|", "–", "—")
_OWNING = re.compile(r"['’]s$")
_EDGES = ".,;:()[]{}<>“”\"'‘’|–—-/*•?!…"

_SMALL, _KNOWN, _DOUBTFUL, _PLACE, _INITIAL, _UNKNOWN = (
    "small", "known", "doubtful", "place", "initial", "unknown",
)  # fmt: skip
_LETTERS = "letters"
_REST = (_KNOWN, _SMALL, _INITIAL, _LETTERS)
_MAYBE = (_DOUBTFUL, _PLACE, _INITIAL, _LETTERS, _UNKNOWN)


class Locals:
    """What names the area, or somebody who acts there."""

    def __init__(self, names: Iterable[str], sentences: Iterable[Sentence], cues: Cues) -> None:
        """Gather the names, and what the document makes short of them.

        Args:
            names: of the area and its organisations.
            sentences: the document.
            cues: words that are nobody's own, such as the short forms of kinds of bodies.
        """
        self._names = {name.casefold() for name in names if name}
        whole = "\n".join(each.text for each in sentences)
        short = {
            letters
            for words, letters in _shortened(whole, cues)
            if self._has(words) and letters.casefold() not in cues.no_names
        }
        parts = [rf"{re.escape(name)}(?:['’]s)?" for name in sorted(self._names, key=len)[::-1]]
        self._pattern = re.compile(rf"\b(?:{'|'.join(parts)})\b", re.I) if parts else None
        self._short = re.compile(rf"\b(?:{'|'.join(sorted(short))})\b") if short else None

    def _has(self, text: str) -> bool:
        return any(name in text.casefold() for name in self._names)

    def named_in(self, text: str) -> bool:
        """Tell whether a text names any of them."""
        return bool(
            (self._pattern and self._pattern.search(text))
            or (self._short and self._short.search(text))
        )


class OtherAreas:
    """What names other areas, and those who act there, by the register."""

    def __init__(self, names: Mapping[str, str], own: Iterable[str]) -> None:
        """Gather the names.

        Args:
            names: of all areas and their organisations, each with the name of an area, or an
                empty text where it is that of an organisation.
            own: the names of this area and its organisations.
        """
        mine = {said(name) for name in own}
        self.own_words = {_bare(word).casefold() for name in mine for word in name.split()}
        self._areas = {said(name): area for name, area in names.items() if area}
        others = {said(name) for name in names} - mine
        self.words = {_bare(word).casefold() for name in names for word in name.split()}
        self._own = _whole(mine)
        self._any = _whole(others)
        self._organisations = _whole(others - set(self._areas))

    def named_in(self, text: str) -> bool:
        """Tell whether a text names an organisation of another area, and none of this one."""
        told = said(text)
        own = self._own.sub(" ", told) if self._own else told
        return bool(self._organisations and self._organisations.search(own)) and own == told

    def spans(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield where names of two words or more stand in a text."""
        for match in self._any.finditer(text) if self._any else ():
            if " " in match[0]:
                yield match.span()

    def areas_in(self, text: str) -> list[str]:
        """Return the other areas that a text names, the one named oftenest first."""
        told = said(text)
        own = self._own.sub(" ", told) if self._own else told
        found = Counter(match[0] for match in self._any.finditer(own)) if self._any else Counter()
        areas: Counter[str] = Counter()
        for name, number in found.items():
            for area in (a for a in self._areas if re.match(rf"{re.escape(a)}\b", name)):
                areas[self._areas[area]] += number
        return [area for area, _ in areas.most_common()]


class People:
    """What may be a person's name.

    That is a word with a capital that is no known word; two words together that are names as well
    as words; and one such word beside a post, or after words such as "led by".
    """

    def __init__(
        self,
        cues: Cues,
        known: Iterable[str],
        told: Iterable[str],
        sentences: Iterable[Sentence],
        elsewhere: OtherAreas,
    ) -> None:
        """Gather the words that are no names.

        Args:
            cues: words of posts, bodies and the calendar.
            known: names and labels in which no word is a person's name.
            told: further texts of the dataset: what they write small somewhere is no name.
            sentences: the document: of it the same is so.
            elsewhere: the names of other areas, whose words are no names in these names.
        """
        self._cues, self._elsewhere = cues, elsewhere
        texts = [sentence.text for sentence in sentences]
        self._words: set[str] = set(cues.no_names) | set(cues.common_words)
        for text in (*told, *texts):
            self._words |= {bare for word in text.split() if (bare := _bare(word)).islower()}
        self._words |= {_bare(word).casefold() for text in known for word in text.split()}
        self._letters = {
            letters
            for text in texts
            for words, letters in _shortened(text, cues)
            if _are_of(letters, words)
        }
        self._held: dict[str, frozenset[int]] = {}

    def places(self, words: Sequence[str]) -> frozenset[int]:
        """Return which of some words may be of a person's name, or lead to one."""
        text = " ".join(words)
        starts = list(accumulate((len(word) + 1 for word in words), initial=0))
        private = _within(self._cues.private.finditer(text), starts)
        return self.named(words).union(private)

    def named(self, words: Sequence[str]) -> frozenset[int]:
        """Return which of some words may be of a person's name itself."""
        text = " ".join(words)
        if text not in self._held:
            self._held[text] = self._named(words, text)
        return self._held[text]

    def in_words(self, words: Sequence[str]) -> bool:
        """Tell whether a person may be named in some words."""
        return bool(self.places(words))

    def is_vetted(self, word: str) -> bool:
        """Tell whether a word may stand in the name of a post or a body."""
        kind = self._kind(word)
        topic = _fits(self._cues, "TopicRule", _bare(word))
        return kind in (_SMALL, _KNOWN) or (kind == _DOUBTFUL and topic)

    def is_known(self, word: str) -> bool:
        """Tell whether a word is known to be no name, whatever its capitals; or is a number."""
        return word.isdigit() or self.is_vetted(word.capitalize())

    def masked(self, text: str) -> str:
        """Return a text without what may be a person's name, or lead to one."""
        words = text.split()
        named = self.places(words)
        kept = [MASK if n in named else word for n, word in enumerate(words)]
        return " ".join(
            word for n, word in enumerate(kept) if not n or word != MASK or kept[n - 1] != MASK
        )

    def is_private(self, text: str) -> bool:
        """Tell whether a text has an address or a number by which a person is reached."""
        return bool(self._cues.private.search(text))

    def _named(self, words: Sequence[str], text: str) -> frozenset[int]:
        starts = list(accumulate((len(word) + 1 for word in words), initial=0))
        kinds = self._kinds(words, text, starts)
        found = self._in_runs(words, kinds)
        for n, kind in enumerate(kinds):
            if (kind in (_DOUBTFUL, _PLACE) and self._is_beside(words, n)) or (
                kind == _DOUBTFUL and self._acts(words, n)
            ):
                found.add(n)
        for n in range(1, len(words)):
            if words[n][:1].isupper() and self._cues.titles.fullmatch(
                f"{_bare(words[n - 1])} {words[n][:1]}"
            ):
                common = _bare(words[n]).casefold() in self._cues.no_names
                if kinds[n] == _DOUBTFUL or not common or self._ends(words, n):
                    found |= {n - 1, n}
        for n in sorted(found, reverse=True):
            before = n - 1
            while before >= 0 and _fits(self._cues, "ParticleRule", words[before]):
                found.add(before)
                before -= 1
        return frozenset(found)

    def _kinds(self, words: Sequence[str], text: str, starts: Sequence[int]) -> list[str]:
        kinds = [self._kind(word) for word in words]
        spans = self._elsewhere.spans(text)
        for start, end in spans:
            for n in range(bisect_right(starts, start) - 1, bisect_right(starts, end - 1)):
                kinds[n] = _KNOWN
        for n, word in enumerate(words):
            beside = f"{words[n - 1] if n else ''} {words[n + 1] if n + 1 < len(words) else ''}"
            if _fits(self._cues, "MonthRule", _bare(word)) and re.search(r"\d", beside):
                kinds[n] = _KNOWN
        return kinds

    def _kind(self, word: str) -> str:
        """Return what a word is, as far as it shows."""
        bare = _bare(word)
        if not any(sign.isupper() for sign in bare):
            return _SMALL
        if bare.casefold() in self._elsewhere.own_words:
            return _KNOWN
        if _fits(self._cues, "DoubtfulRule", bare):
            return _DOUBTFUL
        if bare.casefold() in self._words or bare.rstrip("s") in self._letters:
            return _KNOWN
        if _fits(self._cues, "InitialRule", word.strip(_EDGES.replace(".", ""))):
            return _INITIAL
        if _fits(self._cues, "LettersRule", bare):
            return _LETTERS
        pieces = [piece for piece in _PIECES.split(bare) if piece]
        if len(pieces) > 1:
            kinds = {self._kind(piece) for piece in pieces}
            return next(k for k in (_UNKNOWN, _DOUBTFUL, _PLACE, *_REST) if k in kinds)
        if bare.casefold() in self._elsewhere.words:
            return _PLACE
        return _UNKNOWN

    def _in_runs(self, words: Sequence[str], kinds: Sequence[str]) -> set[int]:
        """Return the words of runs of unknown and doubtful words that may be names."""
        found: set[int] = set()
        run: list[int] = []
        for n in range(len(words)):
            if kinds[n] in _MAYBE:
                run.append(n)
            if run and (kinds[n] not in _MAYBE or self._parts(words, kinds, n)):
                if self._is_name(words, run, [kinds[each] for each in run]):
                    found.update(run)
                    if [kinds[each] for each in run] == [_UNKNOWN]:
                        found |= self._surname(words, kinds, run[0] + 1)
                run = []
        return found

    def _parts(self, words: Sequence[str], kinds: Sequence[str], place: int) -> bool:
        """Tell whether a word is the last of a part of a sentence.

        An initial is not by its full stop, and no word by a comma before what may be a first name.
        """
        if place + 1 == len(words):
            return True
        if words[place].endswith(","):
            after = _bare(words[place + 1])
            return kinds[place + 1] == _DOUBTFUL and _fits(self._cues, "TopicRule", after)
        return words[place].endswith(_PARTS) and kinds[place] != _INITIAL

    def _is_name(self, words: Sequence[str], run: Sequence[int], kinds: Sequence[str]) -> bool:
        after = words[run[-1] + 1 : run[-1] + 2]
        if kinds == [_UNKNOWN]:
            is_open = not words[run[0]].endswith((",", ")", *_PARTS))
            setting = bool(after) and _fits(self._cues, "SettingRule", _bare(after[0]))
            return not (is_open and setting and after[0][:1].isupper())
        more = [kind for kind in kinds if kind != _LETTERS]
        return _UNKNOWN in kinds or (_DOUBTFUL in kinds and len(more) > 1)

    def _surname(self, words: Sequence[str], kinds: Sequence[str], place: int) -> set[int]:
        """Return the place of a known word after an unknown one, where it may be a surname."""
        open_before = place < len(words) and not _is_ended(words, place - 1)
        if open_before and kinds[place] == _KNOWN and self._ends(words, place):
            bare = _bare(words[place])
            own = bare.casefold() in self._elsewhere.own_words
            return {place} if not bare.isupper() and not own else set()
        return set()

    def _ends(self, words: Sequence[str], place: int) -> bool:
        """Tell whether a word ends what is named there."""
        after = " ".join(words[place + 1 :])
        return _is_ended(words, place) or _fits(self._cues, "NameEndRule", after)

    def _is_beside(self, words: Sequence[str], place: int) -> bool:
        """Tell whether a word that may be a name stands where a name does."""
        before, after = " ".join(words[:place]), " ".join(words[place + 1 :])
        ended = _is_ended(words, place)
        if place and self._ends(words, place) and (
            _fits(self._cues, "NameLeadRule", f"{before} ")
            or _fits(self._cues, "RoleBeforeRule", before)
        ):  # fmt: skip
            return True
        over = self._ends(words, place) and _fits(self._cues, "OfficeBeforeRule", before)
        if over and not _fits(self._cues, "TopicRule", _bare(words[place])):
            return True
        is_parted = ended or after[:1] in "(–—-|"
        return is_parted and _fits(self._cues, "RoleAfterRule", after)

    def _acts(self, words: Sequence[str], place: int) -> bool:
        """Tell whether a word owns something, does what people do, or fills a cell or an item."""
        fills = words[place - 1 : place] in ([], ["|"]) and words[place + 1 : place + 2] in (
            [],
            ["|"],
        )
        owns = bool(_OWNING.search(words[place].rstrip(_EDGES)))
        acts = fills or owns or _fits(self._cues, "NameActsRule", " ".join(words[place + 1 :]))
        return acts and not _fits(self._cues, "TopicRule", _bare(words[place]))


def _bare(word: str) -> str:
    bare = word.strip(_EDGES)
    return _OWNING.sub("", bare)


def said(name: str) -> str:
    """Return a name as names are compared: with one form of "and" and of blanks."""
    return " ".join(name.replace("&", " and ").split())


def _is_ended(words: Sequence[str], place: int) -> bool:
    """Tell whether a word is the last one, or has a mark after it."""
    return place + 1 == len(words) or words[place].endswith((",", ")", *_PARTS))


def is_named(name: str, text: str) -> bool:
    """Tell whether a text names something. Both are as ``said`` has them.

    Args:
        name: its name.
        text: the text.
    """
    found = _whole([said(name)])
    return bool(found and found.search(text))


def _whole(names: Iterable[str]) -> re.Pattern[str] | None:
    parts = sorted((re.escape(name) for name in names if name), key=lambda p: (-len(p), p))
    return re.compile(rf"\b(?:{'|'.join(parts)})\b") if parts else None


def _fits(cues: Cues, kind: str, text: str) -> bool:
    return any(cue.words.search(text) for cue in cues.lists[kind])


def _shortened(text: str, cues: Cues) -> Iterator[tuple[str, str]]:
    """Yield words with what stands in brackets after them, as what they are called in short."""
    for cue in cues.lists["ShortenedRule"]:
        for found in cue.words.finditer(text):
            yield found[1], found[2]


def _are_of(letters: str, words: str) -> bool:
    """Tell whether letters are the first ones of some words, in order."""
    first = iter(re.findall(r"\b\w", words.upper()))
    return all(letter in first for letter in letters)


def _within(matches: Iterable[re.Match[str]], starts: Sequence[int]) -> Iterator[int]:
    """Yield the places of words in which something stands."""
    for match in matches:
        yield from range(
            bisect_right(starts, match.start()) - 1, bisect_right(starts, match.end() - 1)
        )


def own_part(name: str, cues: Cues) -> str:
    """Return what of a name is a place's own, such as the county in that of its force."""
    said = cues.no_names | cues.common_words | {""}
    own = " ".join(word for word in name.split() if _bare(word).casefold() not in said)
    return own if len(own) > SHORTEST else ""
