"""How a reader runs a query without having it typed: a link, or a form where it is too long."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

import pyoxigraph as ox

from masagraph.errors import BadValue
from masagraph.questions.written_in import without_comments
from masagraph.store.formats import GRAPHS, RESULTS
from masagraph.vocab import PREFIXES

LONGEST_ADDRESS = 7_000
"""Characters of an address that every browser, proxy and server takes."""

_SHOWN = {"csv": "CSV", "json": "JSON", "turtle": "Turtle", "jsonld": "JSON-LD"}


@dataclass(frozen=True, slots=True)
class RunIt:
    """Ways to run a query at ``/sparql``.

    Attributes:
        text: the query.
        forms: short and full name of each format of its answer.
        links: name and address for each; empty where an address would be too long.
    """

    text: str
    forms: tuple[tuple[str, str], ...]
    links: tuple[tuple[str, str], ...]


def run_it(text: str, base: str) -> RunIt:
    """Return how a query can be run.

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
    offered = GRAPHS if isinstance(answer, ox.QueryTriples) else RESULTS
    forms = tuple((form.name, _SHOWN[form.name]) for form in offered if form.name in _SHOWN)
    short = without_comments(text)
    links = tuple(
        (shown, f"{base}/sparql?{urlencode({'query': short, 'format': name})}")
        for name, shown in forms
    )
    long = any(len(address) > LONGEST_ADDRESS for _, address in links)
    return RunIt(text, forms, () if long else links)
