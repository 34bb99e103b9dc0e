"""What a document says of itself: its title, its day, its kind, and the edition that it follows."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from dateutil import parser as dates

from masagraph.assessment.names import Edition
from masagraph.drafting.cues import Cues
from masagraph.drafting.passages import Sentence
from masagraph.drafting.text import Text
from masagraph.vocab import MASA

TITLE_WORDS = 20
HEAD = 400
"""Characters of the beginning by which the kind of a document is told."""
_YEARS = range(2000, 2100)
_DAY = re.compile(r"\b\d{1,2}(?:st|nd|rd|th)?\b(?!\d)")
_CLOCK = re.compile(r"\b\d{1,2}:\d{2}.*$")
CAPTURED, EARLIEST = str(MASA.Captured), str(MASA.EarliestPossible)
MONTH = str(MASA.Month)


@dataclass(frozen=True, slots=True)
class About:
    """What a document says of itself, as far as a program can tell.

    Attributes:
        title: its title.
        kind: the IRI of its kind: a weak one unless it says more.
        day: the day from which it counts.
        basis: the IRI of what that day rests on.
        precision: the IRI of how closely it is known; empty to the day.
        review: the day on which its review is due, if it says so.
        editions: ids of the editions that it names.
        why: what the day rests on, in words.
    """

    title: str
    kind: str
    day: date
    basis: str
    precision: str
    review: date | None
    editions: tuple[str, ...]
    why: str


def read_about(
    text: Text,
    sentences: Sequence[Sentence],
    editions: Sequence[Edition],
    cues: Cues,
    as_at: date,
    name: str,
) -> About:
    """Return what a document says of itself.

    Args:
        text: the document.
        sentences: its sentences.
        editions: the editions that are held.
        cues: how documents say such things.
        as_at: the day that is written where nothing tells of one.
        name: of its file, for a title where it has none.
    """
    whole = "\n".join(each.text for each in sentences)
    title = _title(text, sentences) or name
    named = _editions(whole, {edition.id for edition in editions}, cues)
    head = f"{title} {whole[:HEAD]}"
    kind = next(cue.proposes for cue in cues.lists["KindRule"] if cue.words.search(head))
    day, basis, precision, why = _day(whole, editions, named, cues, as_at)
    reviews = [found for _, found, _ in _dates(whole, cues, "ReviewRule")]
    return About(title, kind, day, basis, precision, reviews[0] if reviews else None, named, why)


def _title(text: Text, sentences: Sequence[Sentence]) -> str:
    first = next((each.text for each in sentences if each.is_heading), sentences[0].text)
    fits = [each for each in (text.title, first) if 0 < len(each.split()) <= TITLE_WORDS]
    return fits[0].rstrip(":") if fits else ""


def _editions(whole: str, held: Collection[str], cues: Cues) -> tuple[str, ...]:
    found = {
        f"{cue.proposes}{match['year']}"
        for cue in cues.lists["EditionRule"]
        for match in cue.words.finditer(whole)
    }
    return tuple(sorted(found.intersection(held)))


def _day(
    whole: str,
    editions: Sequence[Edition],
    named: Sequence[str],
    cues: Cues,
    as_at: date,
) -> tuple[date, str, str, str]:
    """Return the day from which a document counts, what it rests on, how closely it is known."""
    for cue, day, precision in _dates(whole, cues, "DateRule"):
        if day <= as_at:
            return day, cue, precision, "The day is one that the text gives: check what it is of."
    begun = [e.since for e in editions if e.id in named and e.since and e.since <= as_at]
    if begun:
        why = "The text gives no day. It names guidance that is no older than this one."
        return max(begun), EARLIEST, "", why
    return as_at, CAPTURED, "", "The text gives no day. This is the day as at which you drafted."


def _dates(whole: str, cues: Cues, kind: str) -> list[tuple[str, date, str]]:
    """Return what a kind of rule proposes, with each day that a text gives in its words."""
    found = []
    for cue in cues.lists[kind]:
        for match in cue.words.finditer(whole):
            told = _CLOCK.sub("", match["date"])
            day = _parsed(told)
            if day is not None:
                found.append((cue.proposes, day, "" if _DAY.search(told) else MONTH))
    return found


def _parsed(text: str) -> date | None:
    """Return the day that some words begin with or hold; None where they hold none."""
    if not re.search(r"\b20\d\d\b", text):
        return None
    try:
        day = dates.parse(text, dayfirst=True, fuzzy=True, default=datetime(2000, 1, 1)).date()
    except (ValueError, OverflowError):
        return None
    return day if day.year in _YEARS else None
