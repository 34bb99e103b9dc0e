"""How things are named in a workbook: by the end of their IRI, by their name, or in full."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator
from difflib import get_close_matches

from masagraph.vocab import ID

PATH = str(ID)
_NOT_SLUG = re.compile(r"[^a-z0-9]+")
_FULL = re.compile(r"<([a-z][a-z0-9+.-]*:[^\x00-\x20<>\"{}|^`\\]+)>", re.IGNORECASE)

HELD = "/known/"
"""In the name of each kind of thing that has no row in a workbook."""
LONGEST_SLUG = 60


class Names:
    """Texts and the things that they name, of the rows of a workbook and of what is held."""

    def __init__(self) -> None:
        self._found: dict[str, set[tuple[str, str]]] = defaultdict(set)
        self._labels: dict[str, str] = {}
        self._spoken: dict[str, list[str]] = defaultdict(list)
        self._held: set[str] = set()

    def add(self, kind: str, iri: str, label: str = "") -> None:
        """Make a thing known.

        Args:
            kind: the sheet on which it stands, or what kind of known thing it is.
            iri: its IRI.
            label: its name, where it has one.
        """
        for form in _ends(iri):
            self._found[form.casefold()].add((kind, iri))
        if label:
            self._found[_folded(label)].add((kind, iri))
            self._labels[iri] = label
        self._spoken[kind].append(iri)
        if HELD in kind:
            self._held.add(iri)

    def is_held(self, iri: str) -> bool:
        """Return whether a thing is one that the register, the law or the data holds."""
        return iri in self._held

    def label(self, iri: str) -> str:
        """Return the name of a thing; empty when it has none."""
        return self._labels.get(iri, "")

    def find(self, text: str, kinds: Collection[str]) -> set[str]:
        """Return the IRIs of what a text may name, among some kinds of things.

        What has a row in the workbook comes before what the register or the law holds.
        """
        full = _FULL.fullmatch(text)
        if full:
            return {full[1]}
        found = [pair for pair in self._found.get(_folded(text), ()) if pair[0] in kinds]
        own = {iri for kind, iri in found if HELD not in kind}
        return own or {iri for _, iri in found}

    def shown(self, iri: str, kinds: Collection[str], by_label: bool, without: str = "") -> str:
        """Return the shortest text that names a thing and nothing else.

        Args:
            iri: the thing.
            kinds: the kinds among which the text is looked for.
            by_label: whether its name is taken, where that will do.
            without: what the text must not hold.
        """
        forms = [self.label(iri)] if by_label and self.label(iri) else []
        for form in (*forms, *_ends(iri)):
            if (not without or without not in form) and self.find(form, kinds) == {iri}:
                return form
        return f"<{iri}>"

    def of_kinds(self, kinds: Collection[str]) -> list[str]:
        """Return the things of some kinds."""
        return [iri for kind in kinds for iri in self._spoken.get(kind, ())]

    def nearest(self, text: str, kinds: Collection[str]) -> list[str]:
        """Return what things are called whose names are like a text that names none."""
        known = [
            form for form, held in self._found.items() if any(kind in kinds for kind, _ in held)
        ]
        return get_close_matches(_folded(text), sorted(known), n=3, cutoff=0.6)


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()


def _ends(iri: str) -> Iterator[str]:
    """Yield the ends of an IRI of ours, the shortest first."""
    if iri.startswith(PATH):
        parts = iri.removeprefix(PATH).split("/")
        for length in range(1, len(parts) + 1):
            yield "/".join(parts[-length:])


def slug(text: str) -> str:
    """Return a text as a short name: small letters, digits and hyphens.

    >>> slug("Executive Director for Children & Young People")
    'executive-director-for-children-young-people'
    """
    words = _NOT_SLUG.sub("-", text.casefold().replace("'", "").replace("’", "")).strip("-")
    if len(words) <= LONGEST_SLUG:
        return words
    return words[: LONGEST_SLUG + 1].rpartition("-")[0] or words[:LONGEST_SLUG]
