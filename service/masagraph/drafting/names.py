"""Who acts here, which makes words local; and what may be a person's name, which is left out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from masagraph.drafting.cues import Cues
from masagraph.drafting.passages import Sentence

_CAPITAL = re.compile(r"[A-Z][a-z]+(?:[-'’][A-Z]?[a-z]+)*|[A-Z]\.")
_TOKENS = re.compile(r"[^\s]+")
_SHORTENED = re.compile(r"((?:[A-Z&][\w’'-]*\s+(?:(?:of|and|for|the)\s+)?){2,9})\(([A-Z]{3,7})\)")
MASK = "[…]"
"""What stands for what is left out."""
SHORTEST = 3
"""Letters of a place's own part of a name that may be any word."""
_PARTS = (",", ";", ":", ".")
_EDGES = ".,;:()[]“”\"'‘’|–—-/"


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
            found[2]
            for found in _SHORTENED.finditer(whole)
            if self._has(found[1]) and found[2].casefold() not in cues.no_names
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


class People:
    """What may be a person's name: two words or more with capitals that are no known words."""

    def __init__(self, cues: Cues, known: Iterable[str], sentences: Iterable[Sentence]) -> None:
        """Gather the words that are no names.

        Args:
            cues: words of posts, bodies and the calendar.
            known: names and labels of the dataset.
            sentences: the document: what it writes small somewhere is no name.
        """
        self._cues = cues
        self._words: set[str] = set(cues.no_names) | set(cues.common_words)
        self._words |= {_bare(word).casefold() for text in known for word in text.split()}
        for sentence in sentences:
            self._words |= {
                bare for word in sentence.text.split() if (bare := _bare(word)) and bare.islower()
            }

    def places(self, words: Sequence[str]) -> set[int]:
        """Return which of some words may be of a person's name."""
        found: set[int] = set()
        run: list[int] = []
        for place, word in enumerate(words):
            if self._is_unknown(word):
                run.append(place)
            else:
                run = []
            if len(run) > 1:
                found.update(run)
            if word.endswith(_PARTS) and len(_bare(word)) > 1:
                run = []
            if place and self._cues.titles.fullmatch(f"{words[place - 1]} {word[:1]}"):
                found |= {place - 1, place}
        return found

    def in_words(self, words: Sequence[str]) -> bool:
        """Tell whether a person may be named in some words."""
        return bool(self.places(words))

    def masked(self, text: str) -> str:
        """Return a text without what may be a person's name, or lead to one."""
        words = text.split()
        named = self.places(words)
        kept = [MASK if n in named else word for n, word in enumerate(words)]
        return self._cues.private.sub(
            MASK,
            " ".join(
                word for n, word in enumerate(kept) if not n or word != MASK or kept[n - 1] != MASK
            ),
        )

    def _is_unknown(self, word: str) -> bool:
        bare = _bare(word)
        return bool(_CAPITAL.fullmatch(bare)) and bare.casefold() not in self._words

    def is_private(self, text: str) -> bool:
        """Tell whether a text has an address or a number by which a person is reached."""
        return bool(self._cues.private.search(text))


def _bare(word: str) -> str:
    bare = word.strip(_EDGES)
    return re.sub(r"['’]s$", "", bare)


def own_part(name: str, cues: Cues) -> str:
    """Return what of a name is a place's own, such as the county in that of its force."""
    said = cues.no_names | cues.common_words | {""}
    own = " ".join(word for word in name.split() if _bare(word).casefold() not in said)
    return own if len(own) > SHORTEST else ""
