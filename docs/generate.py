"""Write docs/questions.md and docs/settings.md from what they describe.

Run it after a change of ``queries/questions/`` or of the Settings class:

    python docs/generate.py

Run it with the Python of .venv. A test fails while the two pages are not what this writes.
"""

from __future__ import annotations

from pathlib import Path
from types import NoneType, UnionType
from typing import get_args
from urllib.parse import urlencode

import pyoxigraph as ox
from pydantic.fields import FieldInfo

from masagraph.questions.catalogue import Parameter, Question, list_questions
from masagraph.resources import find_resources
from masagraph.settings import Settings
from masagraph.vocab import PREFIXES, curie

DOCS = Path(__file__).resolve().parent

_KINDS = {"iri": "a name or an IRI", "date": "a date, year-month-day", "text": "text"}
_TYPES: dict[object, str] = {
    Path: "a path",
    str: "text",
    int: "a whole number",
    bool: "`true` or `false`",
}
_BOUNDS = {"ge": "at least", "le": "at most", "gt": "more than", "lt": "less than"}

QUESTIONS = """\
# Stored questions

<!-- Written by docs/generate.py from queries/questions/*.rq. Change those, not this page. -->

A stored question is one file in [`queries/questions/`](../queries/questions): a header that says
what it asks, then one SPARQL query. There are {count} today. Ask one in any of three ways:

- `masagraph ask NAME --param area=warwickshire` (see [the command line](cli.md#masagraph-ask));
- `GET /api/questions/NAME?area=warwickshire` (see [the service](http.md));
- open the file, add a line such as `VALUES $area {{ area:warwickshire }}` after the `WHERE {{`, and
  send it to `/sparql`. Do so for each parameter that has a default.

An optional parameter that you leave out means "all". An area is given by its short name or GSS
code. A parameter that is given, or that has a default, is no column of the answer, as it would be
the same in every row. Tables and JSON carry the data version; CSV holds the rows alone.
"""

SETTINGS = """\
# Settings

<!-- Written by docs/generate.py from service/masagraph/settings.py. Change that, not this page. -->

Settings are environment variables whose names begin with `MASAGRAPH_`. They are read when a
command or the service starts. An option of a command, such as `--store`, wins over its setting. A
value that does not fit stops the command.

The store is found in this order: the option `--store`, the setting `MASAGRAPH_STORE`, the folder
`.masagraph` of a checkout, the data folder of the user.

| setting | value | default | what it does |
|---|---|---|---|
"""


def pages() -> dict[Path, str]:
    """Return the text of each page that is written here, by its path."""
    return {
        DOCS / "questions.md": questions_page(list_questions(find_resources())),
        DOCS / "settings.md": settings_page(),
    }


def questions_page(questions: list[Question]) -> str:
    """Return the page on the stored questions, a section for each."""
    sections = [question_section(question) for question in questions]
    return "\n".join([QUESTIONS.format(count=len(questions)), *sections])


def question_section(question: Question) -> str:
    """Return the section of one question."""
    name = question.name
    examples = {p.name: p.example for p in question.parameters if p.example}
    first = dict(list(examples.items())[:1])
    command = " ".join(
        [f"masagraph ask {name}", *(f"--param {key}={value}" for key, value in first.items())]
    )
    address = f"/api/questions/{name}" + (f"?{urlencode(first, safe='/')}" if first else "")
    columns = [variable.value for variable in _columns(question)]
    parts = [
        f"## {name}",
        f"**{question.title}.** {question.question}",
        f"For: {', '.join(question.audience)}. File: [`{name}.rq`](../queries/questions/{name}.rq)",
        _parameters(question.parameters),
        f"Columns: {', '.join(f'`{column}`' for column in columns)}.",
        question.note,
        f"```sh\n{command}\n```",
        f"Over HTTP: `GET {address}`",
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _columns(question: Question) -> list[ox.Variable]:
    """Return the variables that a question selects, as its engine reads them."""
    result = ox.Store().query(question.query, prefixes=dict(PREFIXES))
    assert isinstance(result, ox.QuerySolutions)
    return list(result.variables)


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


def settings_page() -> str:
    """Return the page on the settings."""
    prefix = str(Settings.model_config.get("env_prefix", ""))
    rows = [
        f"| `{prefix}{name.upper()}` | {_type(field)} | {_default(field)} | {field.description} |"
        for name, field in Settings.model_fields.items()
    ]
    return SETTINGS + "\n".join(rows) + "\n"


def _type(field: FieldInfo) -> str:
    kind = field.annotation
    if isinstance(kind, UnionType):
        kind = next(part for part in get_args(kind) if part is not NoneType)
    bounds = [
        f"{words} {value:,}"
        for item in field.metadata
        for bound, words in _BOUNDS.items()
        if (value := getattr(item, bound, None)) is not None
    ]
    return ", ".join([_TYPES.get(kind, str(kind)) if kind else "text", *bounds])


def _default(field: FieldInfo) -> str:
    if field.default is None:
        return "none"
    if field.default == "":
        return "empty"
    return f"`{str(field.default).lower() if isinstance(field.default, bool) else field.default}`"


def main() -> None:
    """Write the pages."""
    for path, text in pages().items():
        path.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
