"""Whether servers give the same answers, which is looked at before anything is timed."""

from __future__ import annotations

import http.client
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from servers import HOST, Server
from workload import TRIPLES, Case

NO_ANSWER, UNREADABLE = 0, 1
"""Stand for a status where no answer came within the time, or none of the kind asked for."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered.

    Attributes:
        status: the HTTP status, or NO_ANSWER or UNREADABLE.
        size: bytes of the body.
        items: the rows or triples, each as text, with how often it comes; blank nodes are
            alike, as their names mean nothing.
    """

    status: int
    size: int
    items: Counter[str]


@dataclass(frozen=True, slots=True)
class Difference:
    """A case that two servers answer differently.

    Attributes:
        case: its name.
        server: the other server.
        what: in what way.
    """

    case: str
    server: str
    what: str


def fetch(server: Server, case: Case, cap: float) -> Answer:
    """Ask a server once, and read its answer."""
    connection = http.client.HTTPConnection(HOST, server.port, timeout=cap)
    headers = {"Content-Type": "application/sparql-query", "Accept": case.accept}
    try:
        connection.request("POST", server.path, case.text.encode(), headers)
        response = connection.getresponse()
        body = response.read()
    except TimeoutError:
        return Answer(NO_ANSWER, 0, Counter())
    finally:
        connection.close()
    if response.status != 200:
        return Answer(response.status, len(body), Counter())
    try:
        return Answer(response.status, len(body), _items(body, case))
    except (SyntaxError, ValueError):
        return Answer(UNREADABLE, len(body), Counter())


def compare(case: Case, other: Server, ours: Answer, theirs: Answer) -> Difference | None:
    """Return in what another server's answer differs from ours; None when it does not."""
    here, there = ours.items, theirs.items
    if ours.status != theirs.status:
        said = f"{_told(theirs.status)}; ours: {_told(ours.status)}"
        return Difference(case.name, other.name, said)
    if case.leaves_rows_open:
        if here.total() == there.total():
            return None
        return Difference(case.name, other.name, f"{there.total()} rows, ours {here.total()}")
    more, fewer = (there - here).total(), (here - there).total()
    if not more and not fewer:
        return None
    if _unordered(there) == _unordered(here):
        what = f"{more} rows with the parts of a cell in another order, as GROUP_CONCAT may"
        return Difference(case.name, other.name, what)
    what = f"{more} rows that ours lacks, {fewer} only in ours"
    return Difference(case.name, other.name, what)


def _told(status: int) -> str:
    odd = {NO_ANSWER: "no answer in time", UNREADABLE: "an answer of another kind"}
    return odd.get(status, f"status {status}")


def _items(body: bytes, case: Case) -> Counter[str]:
    if case.accept == TRIPLES:
        return Counter(
            " ".join(_text(term) for term in (quad.subject, quad.predicate, quad.object))
            for quad in ox.parse(body, format=ox.RdfFormat.N_TRIPLES)
        )
    results = ox.parse_query_results(body, format=ox.QueryResultsFormat.JSON)
    if not isinstance(results, ox.QuerySolutions):
        return Counter([str(bool(results))])
    names: Sequence[str] = sorted(variable.value for variable in results.variables)
    return Counter(" ".join(f"{name}={_text(row[name])}" for name in names) for row in results)


def _unordered(items: Counter[str]) -> Counter[str]:
    """Return the items with the words of each in one order, whatever order they had."""
    alike: Counter[str] = Counter()
    for item, count in items.items():
        alike[" ".join(sorted(re.findall(r"\w+", item)))] += count
    return alike


def _text(term: object) -> str:
    return "_:" if isinstance(term, ox.BlankNode) else str(term)
