"""The page on the stored questions, from their headers."""

from __future__ import annotations

from urllib.parse import urlencode

from masagraph.questions.catalogue import THEMES, Parameter, Question
from masagraph.questions.columns import columns_of
from masagraph.vocab import curie

_KINDS = {"iri": "a name or an IRI", "date": "a date, year-month-day", "text": "text"}

QUESTIONS = """\
# Stored questions

<!-- Written by docs/generate.py from queries/questions/*.rq. Change those, not this page. -->

A stored question is one file in [`queries/questions/`](../queries/questions): a header that says
what it asks, then one SPARQL query. There are {count} today. Ask one in any of four ways:

- the page `/questions/NAME`, which has a form (see [the service](http.md));
- `masagraph ask NAME --param area=warwickshire` (see [the command line](cli.md#masagraph-ask));
- `GET /api/questions/NAME?area=warwickshire` (see [the service](http.md));
- open `/queries/questions/NAME?area=area:warwickshire`, which shows the query with the values
  written in, and run that wherever the data is; do so for each parameter that has a default.

An optional parameter that you leave out means "all". An area is given by its short name or GSS
code. A parameter that is given, or that has a default, is no column of the answer, as it would be
the same in every row. Tables and JSON carry the data version; CSV holds the rows alone.
"""


def questions_page(questions: list[Question]) -> str:
    """Return the page on the stored questions, by theme, with a section for each."""
    parts = [QUESTIONS.format(count=len(questions))]
    for theme in THEMES:
        listed = [question for question in questions if question.theme == theme]
        parts += [f"## {theme}\n"] if listed else []
        parts += [question_section(question) for question in listed]
    return "\n".join(parts)


def question_section(question: Question) -> str:
    """Return the section of one question."""
    name = question.name
    examples = {p.name: p.example for p in question.parameters if p.example}
    first = dict(list(examples.items())[:1])
    command = " ".join(
        [f"masagraph ask {name}", *(f"--param {key}={value}" for key, value in first.items())]
    )
    address = f"/api/questions/{name}" + (f"?{urlencode(first, safe='/')}" if first else "")
    parts = [
        f"### {name}",
        f"**{question.title}.** {question.question}",
        f"For: {', '.join(question.audience)}. File: [`{name}.rq`](../queries/questions/{name}.rq)",
        _side_by_side(question),
        _parameters(question.parameters),
        _columns(question),
        question.note,
        f"```sh\n{command}\n```",
        f"Over HTTP: `GET {address}`",
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _side_by_side(question: Question) -> str:
    layout = question.layout
    if layout is None:
        return ""
    return f"Side by side: `/compare?what={layout.slug}` shows it for many areas at once."


def _columns(question: Question) -> str:
    rows = [f"| `{column.name}` | {column.about} |" for column in columns_of(question)]
    return "\n".join(["| column | what it holds |", "|---|---|", *rows])


def _parameters(parameters: tuple[Parameter, ...]) -> str:
    if not parameters:
        return "It has no parameters."
    rows = [
        f"| `{p.name}` | {_kind(p)} | {_need(p)} | {f'`{p.example}`' if p.example else ''} |"
        for p in parameters
    ]
    return "\n".join(["| parameter | value | | example |", "|---|---|---|---|", *rows])


def _kind(parameter: Parameter) -> str:
    of = f" of `{curie(parameter.of)}`" if parameter.of else ""
    return f"{_KINDS[parameter.kind]}{of}"


def _need(parameter: Parameter) -> str:
    if parameter.default:
        return f"default: {parameter.default}"
    return "optional" if parameter.optional else "needed"
