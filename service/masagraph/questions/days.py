"""Which days some words name."""

from __future__ import annotations

import re
from calendar import month_name, monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from masagraph.questions.words import Word

_MONTHS = {
    name: number
    for number, month in enumerate(month_name)
    for name in (month.casefold(), month.casefold()[:3])
    if month
} | {"sept": 9}
_YEAR = re.compile(r"20\d\d")
_DAY = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?")
_RUN_TOGETHER = re.compile(r"20\d{6}")
_SEPARATORS = frozenset("/.-")
_FROM_THE_FIRST = ("since", "from")
_FROM = (*_FROM_THE_FIRST, "after", "between")
_BEFORE = "before"
_UNTIL = (_BEFORE, "until", "till")


@dataclass(frozen=True, slots=True)
class Day:
    """A day that words name.

    Attributes:
        date: the day. Of a month or a year it is the last; the first where something is asked
            since then; and the day before where something is asked before then.
        year: the year that was said.
        said: the words.
        whole: whether they name the day itself, and not only a month or a year.
        begins: whether something is asked from then on.
        ends: whether something is asked until then.
        start, end: the first of the words, and the one after the last.
    """

    date: date
    year: int
    said: str
    whole: bool
    begins: bool
    ends: bool
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


def find_misread(text: str, words: Sequence[Word], days: Sequence[Day], named: set[int]) -> bool:
    """Tell whether words seem to name a day that was not understood, or not all of it.

    Args:
        text: what was typed.
        words: its words.
        days: the days that were found.
        named: places of words that belong to names of things.
    """
    within = {place for day in days for place in range(day.start, day.end)}
    free = [n for n, _ in enumerate(words) if n not in within and n not in named]
    begun = {day.start for day in days}
    return (
        any(_beside(words, day, set(free)) for day in days if not day.whole)
        or any(_looks_like_a_day(text, words, n, within | named) for n in free)
        or any(
            day.end - day.start == 1 and day.end not in begun and _is_month(words, day.end)
            for day in days
        )
    )


def _beside(words: Sequence[Word], day: Day, free: set[int]) -> bool:
    """Tell whether a number stands beside a month or a year and is no part of it."""
    after = words[day.end].plain if day.end in free else ""
    year = words[day.start].plain
    if _YEAR.fullmatch(year) and after == f"{(int(year) + 1) % 100:02}":
        after = words[day.end + 1].plain if day.end + 1 in free else ""  # as in 2021/22
    before = _number_before(words, day.start, free)
    return before or bool(_DAY.fullmatch(after))


def _number_before(words: Sequence[Word], place: int, free: set[int]) -> bool:
    place -= 1 + (place > 1 and words[place - 1].plain == "of")
    return place in free and bool(_DAY.fullmatch(words[place].plain))


def _looks_like_a_day(text: str, words: Sequence[Word], place: int, taken: set[int]) -> bool:
    """Tell whether a day seems to be named that was not found: a year, "1 June", "1/6/24"."""
    plain = words[place].plain
    if _YEAR.fullmatch(plain) or _RUN_TOGETHER.fullmatch(plain):
        return True
    if not _DAY.fullmatch(plain):
        return False
    of = place + 1 < len(words) and words[place + 1].plain == "of"
    if any(n not in taken and _is_month(words, n) for n in (place - 1, place + 1 + of)):
        return True
    three = words[place : place + 3]
    return (
        len(three) == 3
        and len(three[2].plain) > 1
        and all(
            word.plain.isdigit() and text[before.end : word.start] in _SEPARATORS
            for before, word in pairwise(three)
        )
    )


def _is_month(words: Sequence[Word], place: int) -> bool:
    """Tell whether a word is a month; "may" without a capital is none."""
    return 0 <= place < len(words) and words[place].plain in _MONTHS and words[place].text != "may"


def _at(words: Sequence[Word], place: int, last: date) -> Day | None:
    said = [word.plain for word in words[place : place + 4]] + [""] * 3
    of = int(bool(_DAY.fullmatch(said[0])) and said[1] == "of")
    said = [said[0], *said[1 + of :]]
    month = _MONTHS.get(said[1] if _DAY.fullmatch(said[0]) else said[0])
    number = _DAY.fullmatch(said[0])
    if number and month and _YEAR.fullmatch(said[2]):
        return _made(words, place, 3 + of, last, int(said[2]), month, int(number[1]))
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
    """Return a day, or the one that a month or a year stands for; None where there is none."""
    before = words[place - 1].plain if place else ""
    try:
        first = date(year, month or 1, day or 1)
    except ValueError:
        return None
    end = first if day else date(year, month or 12, monthrange(year, month or 12)[1])
    found = min(end, last) if first <= last and not day else end
    if before in _FROM_THE_FIRST:
        found = first
    elif before == _BEFORE:
        found = first - timedelta(days=1)
    end_at = place + length
    return Day(
        date=found,
        year=year,
        said=" ".join(word.text for word in words[place:end_at]),
        whole=bool(day) and before != _BEFORE,
        begins=before in _FROM,
        ends=before in _UNTIL,
        start=place,
        end=end_at,
    )
