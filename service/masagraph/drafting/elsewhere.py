"""What names another area, or somebody there: what is said of them is not said of this one."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

from masagraph.drafting.cues import Cues
from masagraph.resources import Resources
from masagraph.store.protocol import Store, select, text_of

SHORTEST = 4
"""Letters of a place's own part of a name that is looked for by itself."""
_AND = re.compile(r"\s*&\s*")


class Elsewhere:
    """The names of other areas and their organisations, by the register."""

    def __init__(self, here: Iterable[str], other: Iterable[str], cues: Cues) -> None:
        """Gather the names.

        Args:
            here: of these areas and their organisations.
            other: of the others.
            cues: words that are nobody's own, such as kinds of bodies.
        """
        ours = _forms(here, cues)
        # One that acts in several areas, or is named as an area here is, tells of no other.
        theirs = _forms(other, cues) - {each for each in ours if each}
        self._ours, self._theirs = _pattern(ours), _pattern(theirs)

    def named_in(self, text: str) -> bool:
        """Tell whether a text names another area or somebody of it.

        Names of this area are taken out first: that of a county may hold that of its neighbour.
        """
        left = self._ours.sub("|", _AND.sub(" and ", text))
        return bool(self._theirs.search(left))


def other_names(store: Store, things: Collection[str], resources: Resources) -> Sequence[str]:
    """Return the names of what the register has of all areas.

    Args:
        store: the dataset.
        things: what is left out, by IRI.
        resources: where the query is.
    """
    rows = select(store, resources.read_query("drafting/elsewhere.rq"))
    return [text_of(row["name"]) for row in rows if text_of(row["thing"]) not in things]


def _forms(names: Iterable[str], cues: Cues) -> set[str]:
    """Return names, with what of each is a place's own, such as the counties in that of a board."""
    found = set()
    for name in names:
        words = _AND.sub(" and ", name).split()
        own = [
            place
            for place, word in enumerate(words)
            if word.strip("(),").casefold() not in cues.no_names | cues.common_words
        ]
        found.add(" ".join(words))
        if own:
            part = " ".join(words[own[0] : own[-1] + 1]).strip("(),")
            found |= {part} if len(part) >= SHORTEST else set()
    return found


def _pattern(names: Iterable[str]) -> re.Pattern[str]:
    """Return what finds whole names, the longest first; nothing where there are none."""
    parts = [re.escape(name) for name in sorted(names, key=lambda each: (-len(each), each))]
    return re.compile(rf"\b(?:{'|'.join(parts)})\b") if parts else re.compile(r"(?!)")
