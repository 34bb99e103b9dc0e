"""Prefixes that a query uses and nobody declared: named, and offered where they are well known."""

from __future__ import annotations

import re
from difflib import get_close_matches

from rdflib import Graph
from rdflib.namespace import NamespaceManager

from masagraph.errors import QueryError
from masagraph.vocab import PREFIXES

KNOWN: dict[str, str] = {
    **{p: str(n) for p, n in NamespaceManager(Graph(), bind_namespaces="rdflib").namespaces()},
    **PREFIXES,
}
"""Namespaces by prefix: those of every query here, and those that are well known elsewhere."""

_NAME_BEFORE = re.compile(r"([\w.-]*):[\w.:%\\-]*\Z")


class PrefixMissing(QueryError):
    """A query that uses a prefix which it does not declare, and which is not known here.

    Attributes:
        prefix: the prefix.
        namespace: what it usually stands for; empty where that is not known.
    """

    prefix = ""
    namespace = ""


def missing_prefix(text: str, at: tuple[int, int]) -> PrefixMissing | None:
    """Return the error for a prefix that the parser did not know.

    Args:
        text: the query.
        at: line and column, from 1, at which the parser stopped: just behind the name.
    """
    line, column = at
    lines = text.split("\n")
    before = lines[line - 1][: column - 1] if line <= len(lines) else ""
    found = _NAME_BEFORE.search(before)
    if found is None:
        return None
    prefix = found[1]
    namespace = KNOWN.get(prefix, "")
    if namespace:
        mend = f"Begin the query with: PREFIX {prefix}: <{namespace}>"
    else:
        near = get_close_matches(prefix, PREFIXES, n=2, cutoff=0.5)
        like = (
            f"Did you mean {' or '.join(f'{name}:' for name in near)}? Else declare" if near else ""
        )
        mend = f"{like or 'Declare'} it: PREFIX {prefix}: <…>"
    what = f"the query cannot be parsed: error at {line}:{found.start() + 1}: "
    error = PrefixMissing(f"{what}the prefix {prefix}: is not declared", mend,
                          at=(line, found.start() + 1))  # fmt: skip
    error.prefix, error.namespace = prefix, namespace
    return error
