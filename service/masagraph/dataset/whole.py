"""What the data must keep as a whole: queries over all files at once.

Shapes see one file at a time. What needs two files, such as a code that stands for two
areas, is asked by the queries of ``queries/integrity/``: each has a line ``#+ message: …``
and finds a ``?focus``, with what the message names as ``$other``.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pyoxigraph as ox

from masagraph.dataset.files import RdfFile
from masagraph.errors import DataError, Place
from masagraph.resources import Resources
from masagraph.vocab import ID

MESSAGE = "#+ message: "


def check_whole(store: ox.Store, files: Sequence[RdfFile], resources: Resources) -> None:
    """Ask every query of ``queries/integrity/``.

    Raises:
        DataError: for the first thing found, with file, line, what and the mend.
    """
    for path in resources.queries("integrity"):
        query = path.read_text(encoding="utf-8")
        found = store.query(query, use_default_graph_as_union=True)
        if not isinstance(found, ox.QuerySolutions):
            raise DataError("an integrity query must be a SELECT", place=Place(path))
        rows = sorted((_name(row, "focus"), _name(row, "other")) for row in found)
        for focus, other in rows[:1]:
            what = message_of(path, query).replace("$other", other.removeprefix(str(ID)))
            raise DataError(
                f"{focus.removeprefix(str(ID))}: {what}", place=_place(files, focus, other)
            )


def message_of(path: Path, query: str) -> str:
    """Return the message of a query file, without its final full stop.

    Raises:
        DataError: if the file has none.
    """
    for line in query.splitlines():
        if line.startswith(MESSAGE):
            return line.removeprefix(MESSAGE).rstrip(".")
    raise DataError("the query has no message", f"Begin it with a line '{MESSAGE}…'.", Place(path))


def _name(row: ox.QuerySolution, variable: str) -> str:
    try:
        term = row[variable]
    except KeyError:
        return ""
    return term.value if isinstance(term, ox.NamedNode | ox.Literal) else str(term)


def _place(files: Sequence[RdfFile], iri: str, other: str) -> Place | None:
    """Return where a thing is described; the last file, as one's own data come last.

    A file whose graph the message names is not told twice.
    """
    node = ox.NamedNode(iri)
    describing = [
        f for f in files if f.graph != other and any(t.subject == node for t in f.triples)
    ]
    return describing[-1].place_of(iri) if describing else None
