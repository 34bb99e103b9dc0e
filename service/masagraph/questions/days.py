"""Which days some words name."""

from __future__ import annotations

import re
from calendar import month_name, monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from masagraph.questions.words import Word

_MONTHS = {
    name: number
    for number, month in enumerate(month_name)
    for name in (month.casefold(), month.casefold()[:3])
    if month
}
_YEAR = re.compile(r"20\d\d")
_DAY = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?")
_FROM = ("since", "from", "after", "between")


@dataclass(frozen=True, slots=True)
class Day:
    """A day that words name.

    Attributes:
        date: the day; of a month or a year, the last.
        said: the words.
        whole: whether they name the day itself, and not only a month or a year.
        begins: whether something is asked from then on.
        start, end: the first of the words, and the one after the last.
    """

    date: date
    said: str
    whole: bool
    begins: bool
    start: int
    end: int


def find_days(words: Sequence[Word], last: date) -> list[Day]:
    """Return the days that words name.

    Args:
        words: what was typed.
        last: the date of the data: a month or a year that has not ended by then ends on it.
    """
    found: list[Day] = []
    place = 0
    while place < len(words):
        day = _at(words, place, last)
        if day:
            found.append(day)
        place = day.end if day else place + 1
    return found


def _at(words: Sequence[Word], place: int, last: date) -> Day | None:
    said = [word.plain for word in words[place : place + 3]] + ["", ""]
    month = _MONTHS.get(said[1] if _DAY.fullmatch(said[0]) else said[0])
    number = _DAY.fullmatch(said[0])
    if number and month and _YEAR.fullmatch(said[2]):
        return _made(words, place, 3, last, int(said[2]), month, int(number[1]))
    if month and _YEAR.fullmatch(said[1]):
        return _made(words, place, 2, last, int(said[1]), month)
    if month and _DAY.fullmatch(said[1]) and _YEAR.fullmatch(said[2]):
        return _made(words, place, 3, last, int(said[2]), month, int(_number(said[1])))
    if not _YEAR.fullmatch(said[0]):
        return None
    if re.fullmatch(r"\d\d", said[1]) and re.fullmatch(r"\d\d", said[2]):
        return _made(words, place, 3, last, *(int(part) for part in said[:3]))
    return _made(words, place, 1, last, int(said[0]))


def _number(text: str) -> str:
    return text.rstrip("stndrh")


def _made(
    words: Sequence[Word], place: int, length: int, last: date,
    year: int, month: int = 0, day: int = 0,
) -> Day | None:  # fmt: skip
    """Return a day, or the last of a month or a year; None for one that there is not."""
    try:
        if day:
            found = date(year, month, day)
        else:
            end = date(year, month or 12, monthrange(year, month or 12)[1])
            begun = date(year, month or 1, 1) <= last
            found = min(end, last) if begun else end
    except ValueError:
        return None
    end_at = place + length
    said = " ".join(word.text for word in words[place:end_at])
    begins = place > 0 and words[place - 1].plain in _FROM
    return Day(found, said, bool(day), begins, place, end_at)
