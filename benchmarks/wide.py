"""A page that compares far more areas than any documents are held of: 153 areas by 50 duties."""

from __future__ import annotations

from dataclasses import replace
from itertools import cycle, islice
from types import SimpleNamespace
from typing import Any, cast

from starlette.requests import Request

from masagraph.assessment.comparing import compare
from masagraph.assessment.findings import Assessment, Finding
from masagraph.assessment.matrix import Matrix, matrix
from masagraph.assessment.names import Area, list_areas
from masagraph.report.compared import compared
from masagraph.report.narrowed import Narrow
from masagraph.settings import Settings
from masagraph.store.opened import Opened
from masagraph.web.pages.compare import Wanted, read_compare
from masagraph.web.shown import page
from masagraph.web.state import Service

DUTIES = 50


def wide_matrix(opened: Opened, duties: int = DUTIES) -> Matrix:
    """Invent a matrix of every area of the register by some duties.

    Each area gets the documents of one that has some, and its findings, shifted along so that
    neither rows nor columns are alike.

    Args:
        opened: a store in which some area has a document.
        duties: how many duties.
    """
    held = compare(opened, (), None, opened.data_date)
    tested = {row.duty for row in held.rows if row.tested}
    wanted = sorted(tested)[:duties]
    found = [
        (assessment, {f.duty: f for f in assessment.findings if f.duty in wanted})
        for assessment in held.assessments
    ]
    mixed = list(
        islice(cycle(f for _, by_duty in found for f in by_duty.values()), 7 * len(wanted))
    )
    return matrix(
        [
            _invented(number, area, *found[number % len(found)], mixed)
            for number, area in enumerate(list_areas(opened.store))
        ]
    )


def _invented(
    number: int,
    area: Area,
    like: Assessment,
    findings: dict[str, Finding],
    mixed: list[Finding],
) -> Assessment:
    others = islice(cycle(mixed), number, number + len(findings))
    return replace(
        like,
        area=replace(area, has_document=True),
        findings=tuple(
            replace(finding, outcome=other.outcome, outcome_label=other.outcome_label)
            for finding, other in zip(findings.values(), others, strict=True)
        ),
        triples=(),
    )


def wide_page(opened: Opened, found: Matrix) -> str:
    """Return the page of a matrix, as the service would send it.

    Args:
        opened: the store that the rest of the page is read from.
        found: the matrix.
    """
    context, error = read_compare(opened, Wanted(), (), 1)
    assert error is None
    made = compared(found, Narrow(), differ=False)
    service = SimpleNamespace(
        settings=Settings(), data_version=opened.data_version, data_date=opened.data_date,
        generation=SimpleNamespace(pool=SimpleNamespace(own_areas=())),
    )  # fmt: skip
    scope: dict[str, Any] = {
        "type": "http", "method": "GET", "path": "/compare", "query_string": b"",
        "headers": [(b"host", b"localhost")], "scheme": "http", "server": ("localhost", 80),
    }  # fmt: skip
    shown = {**context, "made": made, "choices": made.choices}
    sent = page(Request(scope), cast(Service, service), "compare.html", shown)
    return bytes(sent.body).decode()
