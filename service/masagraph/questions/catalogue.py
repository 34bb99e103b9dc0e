"""The catalogue of stored questions, read from the headers of ``queries/questions/*.rq``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from masagraph.assessment.names import nearest
from masagraph.errors import DataError, Place, UnknownName
from masagraph.questions.layout import Layout, read_layout
from masagraph.resources import Resources, read_once
from masagraph.vocab import PREFIXES

KINDS = ("iri", "date", "text")

FIELDS = ("title", "question", "audience", "theme", "note", "keywords", "asked", "key", "sheet")

THEMES = (
    "Who leads",
    "Bodies and lines",
    "Scrutiny",
    "Agencies and membership",
    "Money",
    "Gaps",
    "Words and standing",
    "Documents and dates",
    "Law and editions",
)
"""What questions are about, in the order in which they are listed."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a question.

    Attributes:
        name: name of the query's variable.
        kind: ``iri``, ``date`` or ``text``.
        of: for an ``iri``, the class of the things it may name, as an IRI.
        default: what is meant when nothing is given; empty when nothing is.
        example: a value to show; empty when there is none.
        optional: whether it may be left out; the answer is then for all.
    """

    name: str
    kind: str
    of: str = ""
    default: str = ""
    example: str = ""
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """A stored question.

    Attributes:
        name: the name of its file, without the ending.
        title: a few words.
        question: the question in full.
        audience: for whom it was written.
        theme: what it is about, one of :data:`THEMES`.
        parameters: its parameters, in order.
        query: the SPARQL text, header and all.
        note: what to know of the answer; may be empty.
        keywords: other words by which users ask for it.
        asked: other ways in which people ask it.
        columns: what a column holds, by its name, where the header says so.
        layout: how its answers are put side by side, if they can be.
        key: the columns that tell one row of a release's table from another; may be empty.
        sheet: the place and the name of its sheet in a release's workbook; empty for none.
    """

    name: str
    title: str
    question: str
    audience: tuple[str, ...]
    theme: str
    parameters: tuple[Parameter, ...]
    query: str
    note: str = ""
    keywords: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    columns: Mapping[str, str] = field(default_factory=dict)
    layout: Layout | None = None
    key: tuple[str, ...] = ()
    sheet: str = ""


def list_questions(resources: Resources) -> list[Question]:
    """Return all stored questions, by name.

    Raises:
        DataError: for a header that is incomplete or not understood, with file and line.
    """
    return [read_question(path) for path in resources.queries("questions")]


def find_question(questions: list[Question], name: str) -> Question:
    """Return the question of a name.

    Raises:
        UnknownName: when there is none.
    """
    for question in questions:
        if question.name == name:
            return question
    known = [question.name for question in questions]
    raise UnknownName(f'there is no question "{name[:100]}"', nearest(name[:100], known))


def describe(question: Question) -> dict[str, Any]:
    """Return what a program needs to ask a question."""
    return {
        "name": question.name,
        "title": question.title,
        "question": question.question,
        "audience": list(question.audience),
        "theme": question.theme,
        "parameters": [
            {
                "name": parameter.name,
                "kind": parameter.kind,
                "of": parameter.of or None,
                "default": parameter.default or None,
                "example": parameter.example or None,
                "optional": parameter.optional,
            }
            for parameter in question.parameters
        ],
    }


def read_question(path: Path) -> Question:
    """Read one question file.

    Raises:
        DataError: when its header is incomplete or not understood.
    """
    text = read_once(path)
    fields: dict[str, str] = {}
    side_by_side: tuple[str, Place] | None = None
    parameters: list[Parameter] = []
    columns: dict[str, str] = {}
    for line, key, value in _header(text):
        if key.startswith("param "):
            parameters.append(_parameter(key.removeprefix("param ").strip(), value, path, line))
        elif key.startswith("column "):
            columns[key.removeprefix("column ").strip()] = value
        elif key == "theme" and value and value not in THEMES:
            raise DataError(
                f'"{value}" is not a theme',
                f"The themes are {', '.join(THEMES)}.",
                Place(path, line),
            )
        elif key in FIELDS:
            fields[key] = value
        elif key == "side by side":
            side_by_side = value, Place(path, line)
        else:
            raise DataError(
                f'"{key}" is not a field of a question\'s header',
                f"The fields are {', '.join(FIELDS)}, side by side, column NAME and param NAME.",
                Place(path, line),
            )
    missing = [key for key in ("title", "question", "audience", "theme") if not fields.get(key)]
    if missing:
        raise DataError(
            f"the header has no {' and no '.join(missing)}", "Add it as '#+ KEY: …'.", Place(path)
        )
    layout = None
    if side_by_side:
        value, place = side_by_side
        free = [p.name for p in parameters if p.optional or p.default]
        layout = read_layout(value, text, free, place)
    return Question(
        path.stem,
        fields["title"],
        fields["question"],
        tuple(word.strip() for word in fields["audience"].split(",")),
        fields["theme"],
        tuple(parameters),
        text,
        fields.get("note", ""),
        _several(fields.get("keywords", "")),
        _several(fields.get("asked", "")),
        columns,
        layout,
        tuple(name.strip() for name in fields.get("key", "").split(",") if name.strip()),
        fields.get("sheet", ""),
    )


def _several(text: str) -> tuple[str, ...]:
    """Return what stands between semicolons."""
    return tuple(part.strip() for part in text.split(";") if part.strip())


def _header(text: str) -> Iterator[tuple[int, str, str]]:
    for number, line in enumerate(text.splitlines(), start=1):
        match = re.match(r"#\+ ([^:]+):\s*(.*)", line)
        if match:
            yield number, match[1].strip(), match[2].strip()


def _parameter(name: str, value: str, path: Path, line: int) -> Parameter:
    kind, *rest = [part.strip() for part in value.split(",")]
    kind, _, of = kind.partition(" ")
    if kind not in KINDS:
        raise DataError(
            f'"{kind}" is not a kind of parameter', f"Use {', '.join(KINDS)}.", Place(path, line)
        )
    known = {"default": "", "example": ""}
    optional = False
    for part in rest:
        word, _, tail = part.partition(" ")
        if word == "optional":
            optional = True
        elif word in known:
            known[word] = tail.strip()
        else:
            raise DataError(
                f'"{part}" is not understood',
                "After the kind may stand: optional, default …, example ….",
                Place(path, line),
            )
    return Parameter(name, kind, _expand(of.strip()), known["default"], known["example"], optional)


def _expand(curie: str) -> str:
    prefix, _, local = curie.partition(":")
    return PREFIXES[prefix] + local if prefix in PREFIXES else curie
