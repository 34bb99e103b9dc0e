"""The answer to a query of one's own as a workbook: a form beside those of the standard."""

from __future__ import annotations

from collections.abc import Sequence

import pyoxigraph as ox

from masagraph.report.workbook_lists import rows_workbook
from masagraph.report.workbook_words import Place
from masagraph.store.formats import RESULTS, Format, Limits, Written
from masagraph.store.opened import Opened
from masagraph.store.protocol import Scope
from masagraph.web.linked.formats import XLSX
from masagraph.web.negotiation import choose

_ROWS = next(form for form in RESULTS if form.name == "tsv")


class Chooser:
    """Chooses the form of an answer; only rows can be a workbook.

    Args:
        accept: the Accept header.
        named: a format's short name or media type.

    Attributes:
        workbook: whether a workbook was chosen; the store then writes what it is made from.
    """

    def __init__(self, accept: str | None, named: str | None) -> None:
        self._accept, self._named = accept, named
        self.workbook = False

    def __call__(self, formats: Sequence[Format]) -> Format:
        """Choose one of the forms that an answer has, the default first."""
        if _ROWS not in formats:
            return choose(formats, self._accept, self._named)
        form = choose([*formats, XLSX], self._accept, self._named)
        self.workbook = form is XLSX
        return _ROWS if self.workbook else form


def run_query(
    opened: Opened, text: str, scope: Scope, chooser: Chooser, limits: Limits, place: Place
) -> Written:
    """Run a query and write its answer; what a query worker does.

    Args:
        opened: the store.
        text: the query.
        scope: the graphs that it may read.
        chooser: chooses the form.
        limits: where the answer is cut.
        place: where the service answers, for the links of a workbook.

    Raises:
        QueryError: when it cannot be parsed or evaluated, or is refused.
        HTTPException: 406 when its answer has none of the formats asked for.
    """
    written = opened.store.written(text, chooser, scope, limits)
    if not chooser.workbook:
        return written
    found = ox.parse_query_results(written.content, format=ox.QueryResultsFormat.TSV)
    assert isinstance(found, ox.QuerySolutions)
    columns = [variable.value for variable in found.variables]
    rows = [[row[name] for name in columns] for row in found]
    made = rows_workbook(opened, place, text, columns, rows, written.truncated)
    return Written(made.content, XLSX, made.cut)
