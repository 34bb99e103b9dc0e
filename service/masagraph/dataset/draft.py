"""Drafts: data of a stranger, in any RDF form, that are looked at and never kept.

They are parsed by Oxigraph alone: it fetches nothing, whatever a file asks for. What its parser
cannot bear (deep nesting ends the process) is refused before it is asked.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pyoxigraph as ox

from masagraph.dataset.files import RdfFile, parser_message
from masagraph.dataset.integrity import check_documents, file_problems, integrity_program
from masagraph.errors import DataError, Place
from masagraph.resources import Resources
from masagraph.vocab import GRAPH, ID

DRAFT = str(GRAPH + "draft/")
MOST_BYTES = 5_000_000
MOST_TRIPLES = 50_000
DEEPEST = 100
"""How deep JSON may be nested, and how many triples may be named as terms."""

LAW = tuple(str(ID + name) for name in ("duty/", "edition/", "provision/", "shape/", "change/"))

_FORMATS = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".trig": ox.RdfFormat.TRIG,
    ".jsonld": ox.RdfFormat.JSON_LD,
    ".json": ox.RdfFormat.JSON_LD,
}

# Possessive, and content with the end of all for a closing quote: linear, whatever is sent.
_JSON_MARKS = re.compile(r'"(?:[^"\\]++|\\.)*+\\?(?:"|\Z)|[{\[]|[}\]]', re.DOTALL)


class FaultyDraft(DataError):
    """A draft in which the integrity shapes find something wrong; it tells of the first.

    Attributes:
        faults: each thing that is wrong.
    """

    faults: tuple[DataError, ...] = ()


def read_draft(paths: Sequence[Path]) -> list[RdfFile]:
    """Read the files of a draft; each of their graphs becomes one of ours.

    Raises:
        DataError: for the first file that cannot be read, with the line.
    """
    found: list[RdfFile] = []
    for number, path in enumerate(paths, 1):
        form = _FORMATS.get(path.suffix.lower())
        if form is None:
            raise DataError(
                f"the kind of the file is not known by its name ({path.suffix or 'no ending'})",
                f"Give a file that ends in {', '.join(_FORMATS)}.",
                Place(path),
            )
        try:
            data = path.read_bytes()
        except OSError as error:
            raise DataError(
                f"the file cannot be read ({error.strerror})", "Check the path.", Place(path)
            ) from error
        found += parse_draft(data, form, path, f"{DRAFT}{number}")
    return found


def parse_draft(data: bytes, form: ox.RdfFormat, path: Path, name: str) -> list[RdfFile]:
    """Parse one draft.

    Args:
        data: its bytes.
        form: the form they are in.
        path: what messages call it.
        name: the graph of its default graph; its named graphs are numbered after it.

    Raises:
        DataError: when it is too large, or not what it says it is, with the line.
    """
    if len(data) > MOST_BYTES:
        raise DataError(
            f"the draft has {len(data):,} bytes, and at most {MOST_BYTES:,} are read",
            "Check one arrangement at a time.",
            Place(path),
        )
    try:
        text = data.decode("utf-8").removeprefix("\ufeff")  # some editors put this mark first
    except UnicodeDecodeError as error:
        raise DataError(
            f"the file is not UTF-8 (byte {error.start})", "Save it as UTF-8.", Place(path)
        ) from error
    _refuse_deep(text, form, path)
    graphs: dict[str, list[ox.Triple]] = {}
    try:
        parser = ox.parse(text, format=form, rename_blank_nodes=True)
        for count, quad in enumerate(parser, 1):
            if count > MOST_TRIPLES:
                raise DataError(
                    f"the draft has more than {MOST_TRIPLES:,} triples",
                    "Check one arrangement at a time.",
                    Place(path),
                )
            graphs.setdefault(str(quad.graph_name), []).append(quad.triple)
        prefixes = dict(parser.prefixes)
    except SyntaxError as error:
        raise DataError(
            f"the draft cannot be parsed as {form.name}: {parser_message(error)}",
            _mend(error, form),
            Place(path, error.lineno),
        ) from error
    return [
        RdfFile(path, name if number == 0 else f"{name}-{number}", tuple(triples), prefixes, text)
        for number, triples in enumerate(graphs.values())
    ]


def _refuse_deep(text: str, form: ox.RdfFormat, path: Path) -> None:
    """Refuse what is nested so deep that the parser would run out of stack.

    Of JSON the brackets outside texts are counted, of Turtle every sign that a triple used as
    a term begins with, so that no quoting can hide one.

    Raises:
        DataError: when it is.
    """
    deepest = text.count("<<") if form != ox.RdfFormat.JSON_LD else _depth(text)
    if deepest > DEEPEST:
        raise DataError(
            f"the draft is nested more than {DEEPEST} deep", "Make it flatter.", Place(path)
        )


def _depth(text: str) -> int:
    depth = deepest = 0
    for mark in _JSON_MARKS.finditer(text):
        if mark[0] in "{[":
            depth += 1
            deepest = max(depth, deepest)
        elif mark[0] in "}]":
            depth = max(depth - 1, 0)
    return deepest


def _mend(error: SyntaxError, form: ox.RdfFormat) -> str:
    if form == ox.RdfFormat.JSON_LD and "context" in str(error).lower():
        return "Write the context into the file: nothing is fetched from other places."
    return "Correct that line."


def check_draft_files(files: Sequence[RdfFile], resources: Resources) -> None:
    """Check a draft against the integrity shapes, and that it leaves the law alone.

    Raises:
        FaultyDraft: for the first thing that is wrong, with how many more there are.
        DataError: when it says something of the law, or holds two documents in one graph.
    """
    program, _ = integrity_program(resources)
    problems: list[DataError] = []
    for file in files:
        for triple in file.triples:
            if isinstance(triple.subject, ox.NamedNode) and triple.subject.value.startswith(LAW):
                raise DataError(
                    f"the draft says something of {triple.subject.value.removeprefix(str(ID))}",
                    "A draft describes an arrangement; the law stands in data/guidance/.",
                    file.place_of(triple.subject.value),
                )
        check_documents(file)
        problems += file_problems(file, program)
    if problems:
        first = problems[0]
        more = f"{first.mend} ({len(problems) - 1} more)" if len(problems) > 1 else first.mend
        error = FaultyDraft(first.what, more.strip(), first.place)
        error.faults = tuple(problems)
        raise error
