"""What every server is asked: stored questions with their example parameters, and other queries.

The same text goes to each server, so all prefixes are declared in it and nothing is bound.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from masagraph.questions.catalogue import find_question, list_questions
from masagraph.questions.parameters import bind
from masagraph.resources import find_resources
from masagraph.store.opened import Opened
from masagraph.store.written_in import write_in

QUERIES = Path(__file__).resolve().parent / "queries"
ROWS, TRIPLES = "application/sparql-results+json", "application/n-triples"

QUESTIONS = (
    "areas-sharing",
    "documents-and-editions",
    "duties-of-a-bearer",
    "expected-seats-unmatched",
    "leads-and-delegates",
    "only-restated",
    "seats-to-be-confirmed",
    "standing-by-duty",
    "statutory-partners",
    "ultimately-accountable",
)
"""Ten stored questions, cheap and dear. None takes a SAMPLE, which two servers may answer
differently and both be right; and none is planned worse by Oxigraph as plain text than with
its parameters bound, so that no single query makes up most of the work."""

LOOKUP, MATRIX, ERROR, RUNAWAY = "point-lookup", "gap-matrix", "error", "runaway"
"""Names of queries that are measured in ways of their own."""


@dataclass(frozen=True, slots=True)
class Case:
    """One request, the same for every server.

    Attributes:
        name: name of the question or of the query's file.
        text: the query.
        accept: the media type asked for.
        status: the status of the right answer.
    """

    name: str
    text: str
    accept: str = ROWS
    status: int = 200

    @property
    def reads_graphs(self) -> bool:
        """Whether it names graphs: a server that holds the default graph alone cannot answer."""
        return bool(re.search(r"\bGRAPH\b", _bare(self.text)))

    @property
    def leaves_rows_open(self) -> bool:
        """Whether which rows are given is left to the server."""
        bare = _bare(self.text)
        return bool(re.search(r"\bLIMIT\b", bare)) and not re.search(r"\bORDER\b", bare)


def read_workload(opened: Opened) -> list[Case]:
    """Return all requests but the runaway one: the ten questions, then the other queries."""
    return [*asked_questions(opened), *other_queries()]


def asked_questions(opened: Opened) -> list[Case]:
    """Return the ten questions, each with the examples of its own header written in."""
    catalogue = list_questions(find_resources())
    cases = []
    for name in QUESTIONS:
        question = find_question(catalogue, name)
        given = {p.name: p.example for p in question.parameters if p.example}
        terms = bind(question, given, opened.store, opened.data_date)
        cases.append(Case(name, write_in(question.query, terms)))
    return cases


def other_queries() -> list[Case]:
    """Return the queries of the folder ``queries`` beside this file, but the runaway one."""
    paths = sorted(QUERIES.glob("*.rq"))
    return [_read(path) for path in paths if path.stem != RUNAWAY]


def runaway() -> Case:
    """Return the query that only a time limit ends."""
    case = _read(QUERIES / f"{RUNAWAY}.rq")
    return Case(case.name, case.text, case.accept, status=503)


def _read(path: Path) -> Case:
    text = path.read_text(encoding="utf-8")
    graph = re.search(r"^(CONSTRUCT|DESCRIBE)\b", text, re.MULTILINE)
    status = 400 if path.stem == ERROR else 200
    return Case(path.stem, text, TRIPLES if graph else ROWS, status)


def _bare(text: str) -> str:
    """Return a query without its comments, for looking at its words."""
    return re.sub(r"^\s*#.*$", "", text, flags=re.MULTILINE)
