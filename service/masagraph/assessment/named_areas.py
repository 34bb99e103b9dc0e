"""Several areas at once, as people name them: ticked, typed, by name, short name or code."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from masagraph.assessment.names import Area, nearest
from masagraph.errors import UnknownName

_SHOWN = 60
"""Characters of an unknown name that are told; no name is as long."""
_GUESSED = 5
"""Unknown names for which near ones are told."""


@dataclass(frozen=True, slots=True)
class NamedAreas:
    """What of some names was understood.

    Attributes:
        found: the areas, each once, in the order in which they were named.
        unknown: the names that no area has, each once.
    """

    found: tuple[Area, ...]
    unknown: tuple[str, ...]

    def problem(self, areas: Iterable[Area]) -> UnknownName | None:
        """Return what to tell of the unknown names: all of them, and what they may mean."""
        if not self.unknown:
            return None
        quoted = ", ".join(f'"{name[:_SHOWN]}"' for name in self.unknown)
        what = f"there is no area {quoted}"
        if len(self.unknown) > 1:
            what = f"there are no areas {quoted}"
        slugs = [area.slug for area in areas]
        told = dict.fromkeys(nearest(name[:_SHOWN], slugs) for name in self.unknown[:_GUESSED])
        near = [line for line in told if line.startswith("Did you mean")]
        return UnknownName(what, " ".join(near or list(told)[:1]))


def named_areas(areas: Sequence[Area], texts: Iterable[str]) -> NamedAreas:
    """Return the areas that some texts name.

    Args:
        areas: all areas.
        texts: each a short name, a GSS code or a name, or several with commas, semicolons or
            line ends between them. A name may have commas in it.
    """
    known: dict[str, Area] = {}
    for area in areas:
        for name in (area.label, area.gss, area.slug):
            known[_plain(name)] = area
    longest = max((name.count(",") for name in known), default=0) + 1
    found: dict[str, Area] = {}
    unknown: dict[str, None] = {}
    for text in texts:
        for listed in re.split(r"[;\n]", text):
            parts = [" ".join(part.split()) for part in listed.split(",")]
            parts = [part for part in parts if part]
            while parts:
                fits, used = _longest_name(parts[:longest], known)
                if fits:
                    found[fits.iri] = fits
                else:
                    unknown[parts[0]] = None
                del parts[:used]
    return NamedAreas(tuple(found.values()), tuple(unknown))


def _longest_name(parts: Sequence[str], known: Mapping[str, Area]) -> tuple[Area | None, int]:
    """Return the area whose name takes up the most of these parts, and how many it takes."""
    for count in range(len(parts), 0, -1):
        if area := known.get(_plain(", ".join(parts[:count]))):
            return area, count
    return None, 1


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())
