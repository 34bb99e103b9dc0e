"""Find the stored question that some words ask, and how to ask it."""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from masagraph.assessment.names import lookup
from masagraph.questions.catalogue import Parameter, Question
from masagraph.questions.choices import choices_of, short_of
from masagraph.questions.hearing import Ears, Heard
from masagraph.questions.index import Index, Match
from masagraph.questions.names import AREA, EDITION, Name, Named, edition_of_year, list_names
from masagraph.questions.words import meanings_of
from masagraph.resources import find_resources
from masagraph.store.opened import Opened
from masagraph.store.protocol import Store, text_of

SHOWN = 3
"""How many questions are offered."""

CLEAR = 0.45
"""How much of what words say a question must have before it is run unasked."""

LEAD = 1.5
"""How far the best question must be before the second to be run unasked, for many words."""

_FEW = 8
"""Words that mean one question even where another is not far."""

_TOLD = (AREA, EDITION, "duty", "body")
"""Kinds of things of which is said when a question cannot take them."""


@dataclass(frozen=True, slots=True)
class Way:
    """A question, and how to ask it as the words have it.

    Attributes:
        question: the question.
        parameters: values of its parameters, by name.
        missing: parameters that it needs and the words do not give.
        not_taken: what the words name and the question cannot take, each in a sentence.
    """

    question: Question
    parameters: dict[str, str]
    missing: tuple[Parameter, ...]
    not_taken: tuple[str, ...]

    @property
    def command(self) -> str:
        """The command line that asks it; a missing value stands as its example."""
        given = {**self.parameters, **{p.name: p.example for p in self.missing}}
        params = [part for name, value in given.items() for part in ("--param", f"{name}={value}")]
        return shlex.join(["masagraph", "ask", self.question.name, *params])

    @property
    def path(self) -> str:
        """The address of its page, with the parameters filled in."""
        more = f"?{urlencode(self.parameters)}" if self.parameters else ""
        return f"/questions/{self.question.name}{more}"

    def as_json(self) -> dict[str, Any]:
        """Return the form that JSON answers carry."""
        return {
            "question": self.question.name,
            "title": self.question.title,
            "parameters": self.parameters,
            "missing": [parameter.name for parameter in self.missing],
            "not_taken": list(self.not_taken),
            "command": self.command,
            "page": self.path,
        }


@dataclass(frozen=True, slots=True)
class Found:
    """What was found for some words.

    Attributes:
        asked: the words.
        ways: the questions nearest to them, the best first; at most :data:`SHOWN`.
        why_not: why the first is not run, in a sentence; empty when it can be.
        remarks: what was made of the words, each in a sentence.
    """

    asked: str
    ways: tuple[Way, ...]
    why_not: str
    remarks: tuple[str, ...]

    @property
    def best(self) -> Way | None:
        """The question to run; None when the words do not seem to mean one."""
        return None if self.why_not or not self.ways else self.ways[0]

    def as_json(self) -> dict[str, Any]:
        """Return the form that JSON answers carry."""
        ways = [way.as_json() for way in self.ways]
        return {
            "asked": self.asked,
            "found": ways[0] if self.best else None,
            "why_not": self.why_not or None,
            "remarks": list(self.remarks),
            "next_best": ways[1:] if self.best else ways,
        }


def find(
    asked: str,
    questions: Sequence[Question],
    opened: Opened,
    given: Mapping[str, str] | None = None,
) -> Found:
    """Find the question that some words ask.

    Args:
        asked: the words.
        questions: all stored questions.
        opened: the store, by whose names areas, editions, duties and bodies are known.
        given: values of parameters that were given apart from the words; they win.
    """
    ears, index = prepare(opened.store, opened.data_version, questions)
    heard = ears.hear(asked, opened.data_date)
    matches = _with_room(index.rank(heard.words), heard)[:SHOWN]
    years = {day.start: edition_of_year(ears.names, day.year) for day in heard.days}
    ways = tuple(
        _way(_read_for(match.question, heard, years), match.question, opened.store, given or {})
        for match in matches
    )
    return Found(asked, ways, _why_not(heard, matches, ways, given or {}), _remarks(heard, ways))


def prepare(store: Store, data_version: str, questions: Sequence[Question]) -> tuple[Ears, Index]:
    """Return what is needed to hear and to find, made once for a version of the data."""
    key = (data_version, tuple(question.query for question in questions))
    if key not in _MADE:
        _MADE.clear()
        rows = lookup(store, "words-of-concepts")
        named = [(text_of(row["concept"]), text_of(row["name"])) for row in rows]
        index = Index(questions, meanings_of(find_resources(), named))
        _MADE[key] = Ears(list_names(store, questions), index.knows), index
    return _MADE[key]


_MADE: dict[tuple[str, tuple[str, ...]], tuple[Ears, Index]] = {}


def _with_room(matches: Sequence[Match], heard: Heard) -> list[Match]:
    """Put questions that can take what is named before those that cannot."""

    def room(match: Match) -> float:
        """Return what a score is worth: less for each kind of thing that has no place."""
        share = 1.0
        kinds = [AREA] if heard.named(AREA) else []
        kinds += ["date"] if heard.days else []
        for kind in kinds:
            share *= 1.0 if any(_takes(p, kind) for p in match.question.parameters) else 0.85
        return share

    return sorted(matches, key=lambda m: (-m.score * room(m), m.question.name))


def _takes(parameter: Parameter, kind: str) -> bool:
    """Tell whether a parameter is of a kind: it is called after it, as ``to_edition`` is."""
    if kind == "date":
        return parameter.kind == "date"
    last = parameter.name == kind or parameter.name.endswith(f"_{kind}")
    return last and parameter.kind == "iri"


def _read_for(question: Question, heard: Heard, years: Mapping[int, Name | None]) -> Heard:
    """Return what was heard as a question can take it.

    Where it takes editions and no dates, a year is that of an edition.
    """
    takes = {kind: any(_takes(p, kind) for p in question.parameters) for kind in ("date", EDITION)}
    if takes["date"] or not takes[EDITION]:
        return heard
    meant = {day: years[day.start] for day in heard.days if day.end - day.start == 1}
    hits = [Named(name, day.start, day.end) for day, name in meant.items() if name]
    days = tuple(day for day in heard.days if not meant.get(day))
    return replace(heard, things=(*heard.things, *hits), days=days)


def _way(heard: Heard, question: Question, store: Store, given: Mapping[str, str]) -> Way:
    values, not_taken = _days(question, heard)
    choices = choices_of(store, question)
    guessed = [unclear.areas[0] for unclear in heard.unclear]
    for kind in dict.fromkeys(hit.name.kind for hit in heard.things) | {AREA: None}:
        names = heard.named(kind) or (guessed if kind == AREA else [])
        room = [p for p in question.parameters if _takes(p, kind)]
        if kind == EDITION and not names:
            continue
        put, left = _fitted([p.name for p in room], names)
        for name, thing in put.items():
            values.setdefault(name, short_of(choices.get(name, ()), thing.iri))
        if kind in _TOLD:
            not_taken += [_no_room(kind, thing, bool(room)) for thing in left]
    known = {p.name for p in question.parameters}
    values = {**{n: v for n, v in values.items() if n in known}, **given}
    missing = tuple(
        p for p in question.parameters
        if not (p.optional or p.default or values.get(p.name))
    )  # fmt: skip
    return Way(question, values, missing, tuple(dict.fromkeys(not_taken)))


def _fitted(names: Sequence[str], things: Sequence[Name]) -> tuple[dict[str, Name], list[Name]]:
    """Return which parameter takes which thing, and the things for which there is no room.

    Two parameters of one kind are an older and a newer one: a thing alone is the newer.
    """
    if not names or len(things) > len(names):
        return {}, list(things)
    ordered = sorted(things, key=lambda thing: thing.iri) if len(names) > 1 else list(things)
    return dict(zip(names[len(names) - len(ordered) :], ordered, strict=True)), []


def _days(question: Question, heard: Heard) -> tuple[dict[str, str], list[str]]:
    """Return the dates that a question takes, and what is to be said of those it does not."""
    room = [p.name for p in question.parameters if p.kind == "date"]
    days = sorted(heard.days, key=lambda day: day.date)
    if not days:
        return {}, []
    if len(days) > len(room):
        told = "takes no date" if not room else f"takes {len(room)} date{'s' * (len(room) > 1)}"
        return {}, [f"It {told}: {' and '.join(day.said for day in days)} is left out."]
    at = [name for name in room if name == "as_at"]
    if room == at and (days[0].begins or days[0].ends):
        told = "takes no beginning" if days[0].begins else "takes one day, no end"
        return {}, [f"It {told}: {days[0].said} is left out."]
    others = [name for name in room if name != "as_at"]
    # One day alone is the day on which to look, unless the words ask from then on.
    order = [*at, *others] if len(days) == 1 and not days[0].begins else [*others, *at]
    return {name: day.date.isoformat() for name, day in zip(order, days, strict=False)}, []


def _no_room(kind: str, thing: Name, some: bool) -> str:
    if some:
        return f"It takes one {kind} or all, so it is asked for all: see the rows of {thing.label}."
    return f"It takes no {kind}: its answer is not only of {thing.label}."


def _why_not(
    heard: Heard, matches: Sequence[Match], ways: Sequence[Way], given: Mapping[str, str]
) -> str:
    """Return why the best question is not run; empty when it can be."""
    if not matches:
        return "no stored question has any of these words"
    if heard.misread:
        return "the date is not one that is understood (write it as 2024-06-01)"
    if heard.unclear and not given.get(AREA):
        first = heard.unclear[0]
        known = " or ".join(name.label for name in first.areas)
        return f'"{first.said}" is no whole name of an area (is it {known}?)'
    if len(heard.text.split()) < 2:
        return "one word may ask for many things"
    if matches[0].covered < CLEAR:
        return "no stored question has enough of these words"
    if len(heard.words) > _FEW and _is_near(matches):
        return "more than one stored question may be meant"
    missing = [parameter.name for parameter in ways[0].missing]
    if missing:
        return f"the question {ways[0].question.name} needs {' and '.join(missing)}"
    return ""


def _is_near(matches: Sequence[Match]) -> bool:
    """Tell whether the second question is not far behind the best."""
    return len(matches) > 1 and matches[0].score - matches[1].score < LEAD


def _remarks(heard: Heard, ways: Sequence[Way]) -> tuple[str, ...]:
    """Return what was made of the words where that may surprise."""
    taken = {value for way in ways[:1] for value in way.parameters.values()}
    told = [f'"{said}" was taken for {name.label}.' for said, name in heard.taken]
    told += [
        f'"{day.said}" was taken for {day.date.isoformat()}.'
        for day in heard.days
        if not day.whole and day.date.isoformat() in taken
    ]
    if heard.unknown:
        said = ", ".join(f'"{word}"' for word in dict.fromkeys(heard.unknown))
        told.append(f"Not understood: {said}.")
    return tuple(told)
