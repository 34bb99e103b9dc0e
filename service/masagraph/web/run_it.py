"""How a reader runs a query without having it typed: a link, or a form where it is too long."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

import pyoxigraph as ox

from masagraph.errors import BadValue
from masagraph.store.formats import GRAPHS, RESULTS, TRUTHS, Format
from masagraph.store.written_in import without_comments
from masagraph.vocab import PREFIXES

LONGEST_ADDRESS = 7_000
"""Characters of an address that every browser, proxy and server takes."""

_SHOWN = {
    "csv": "CSV",
    "xlsx": "Excel",
    "json": "JSON",
    "tsv": "TSV",
    "turtle": "Turtle",
    "jsonld": "JSON-LD",
    "ntriples": "N-Triples",
}
"""Which formats are offered, and what people call them, in this order."""


@dataclass(frozen=True, slots=True)
class RunIt:
    """Ways to run a query at ``/sparql``.

    Attributes:
        text: the query.
        forms: short and full name of each format of its answer.
        links: name and address for each; empty where an address would be too long.
        editor: the address at which it can be edited; empty where that would be too long.
    """

    text: str
    forms: tuple[tuple[str, str], ...]
    links: tuple[tuple[str, str], ...]
    editor: str


def run_it(text: str, base: str) -> RunIt:
    """Return how a query of ours can be run. One that a stranger wrote is never run here.

    Args:
        text: a query.
        base: the setting ``base_url``.

    Raises:
        BadValue: when what was written into it cannot stand where it does.
    """
    try:
        # Over no data: all that is asked is what kind of answer it has.
        answer = ox.Store().query(text, prefixes=dict(PREFIXES))
    except SyntaxError as error:
        raise BadValue(
            "with these values it is no query: plain words stand where a name is needed",
            "Write a name as an IRI, or in short, such as area:sefton.",
        ) from error
    if isinstance(answer, ox.QueryBoolean):
        return ways(text, TRUTHS, base)
    return ways(text, GRAPHS if isinstance(answer, ox.QueryTriples) else RESULTS, base)


def ways(text: str, offered: Sequence[Format], base: str) -> RunIt:
    """Return how a query can be run whose answer comes in some formats.

    Args:
        text: the query.
        offered: the formats.
        base: the setting ``base_url``.
    """
    known = {form.name for form in offered}
    if "csv" in known:  # what is rows can be a workbook too
        known.add("xlsx")
    forms = tuple((name, shown) for name, shown in _SHOWN.items() if name in known)
    short = without_comments(text)
    links = tuple(
        (shown, f"{base}/sparql?{urlencode({'query': short, 'format': name})}")
        for name, shown in forms
    )
    long = any(len(address) > LONGEST_ADDRESS for _, address in links)
    return RunIt(text, forms, () if long else links, editor_address(text, base, run=False))


def editor_address(text: str, base: str, run: bool = True) -> str:
    """Return the address of a query in the editor; empty where it would be too long.

    Args:
        text: the query.
        base: the setting ``base_url``.
        run: whether opening it runs the query.
    """
    more = {} if run else {"edit": "1"}
    address = f"{base}/query?{urlencode({'query': text, **more})}"
    return address if len(address) <= LONGEST_ADDRESS else ""
