"""``masagraph explain``."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from enum import StrEnum
from typing import Annotated

import typer

from masagraph.assessment.corrections import Correction, corrections_of_duty
from masagraph.assessment.duty_queries import queries_of
from masagraph.assessment.elsewhere import outcomes_elsewhere
from masagraph.assessment.findings import Assessment, Finding
from masagraph.assessment.held import assess_by_held
from masagraph.assessment.history import days_of_change, steps
from masagraph.assessment.names import choose_editions, edition_of, find_area, list_areas
from masagraph.assessment.view import build_view
from masagraph.cli.context import (
    AsAtOption,
    DataOption,
    StoreOption,
    date_or,
    opened,
    progress,
    put,
)
from masagraph.report.explanation import finding_text, history_text
from masagraph.report.terminal import stdout_console
from masagraph.vocab import PREFIXES


class Format(StrEnum):
    """Formats of an explanation."""

    table = "table"
    json = "json"


def explain_command(
    area: Annotated[str, typer.Argument(help="Short name or GSS code of an area.")],
    duty: Annotated[str, typer.Argument(help="Name of a duty, such as wt2023-partnership-chair.")],
    as_at: AsAtOption = None,
    history: Annotated[
        bool, typer.Option("--history", help="Tell how the outcome changed over the dates.")
    ] = False,
    query: Annotated[
        bool, typer.Option("--query", help="Print the SPARQL that finds the faults of the duty.")
    ] = False,
    output: Annotated[Format, typer.Option("--format", help="Form of the text.")] = Format.table,
    store: StoreOption = None,
    data: DataOption = None,
) -> None:
    """Explain one finding in full: duty, source, words, fault, what would close it.

    Example: masagraph explain warwickshire wt2023-partnership-chair

    Example: masagraph explain sefton wt2018-lead-representatives --history

    Example: masagraph explain warwickshire wt2023-partnership-chair --query
    """
    source = opened(store, data)
    day = date_or(as_at, source.data_date)
    found = find_area(list_areas(source.store), area)
    chosen = choose_editions(source.store, edition_of(source.store, duty), day)
    if query:
        put(queries_of(build_view(source.store, found, day), PREFIXES["duty"] + duty))
        return
    assessment = assess_by_held(source.store, found, chosen, day, source.data_version)
    finding = _finding(assessment, duty)
    corrected = corrections_of_duty(source.store, found.iri, duty)
    if not history:
        others = outcomes_elsewhere(source.store, duty, day)
        if output is Format.json:
            put(
                json.dumps(
                    _json(assessment, finding, others, corrected), indent=2, ensure_ascii=False
                )
            )
        else:
            stdout_console().print(finding_text(assessment, finding, others, corrected))
        return
    days = days_of_change(source.store, found.arrangement, day)
    findings = []
    with progress() as tell:
        for number, change in enumerate(days):
            tell(f"as at {change.date}", number, len(days))
            then = assess_by_held(source.store, found, chosen, change.date, source.data_version)
            findings.append(_finding(then, duty))
    told = steps(days, findings)
    if output is Format.json:
        put(
            json.dumps(
                {
                    **_head(assessment),
                    "duty": duty,
                    "history": [step.as_json() for step in told],
                    "corrections": [each.as_json() for each in corrected],
                },
                indent=2,
                ensure_ascii=False,
            )
        )
    else:
        stdout_console().print(history_text(assessment, finding, told, corrected))


def _finding(assessment: Assessment, duty: str) -> Finding:
    return next(finding for finding in assessment.findings if finding.duty == duty)


def _head(assessment: Assessment) -> dict[str, object]:
    whole = assessment.as_json()
    return {
        key: value for key, value in whole.items() if key not in ("findings", "counts", "tested")
    }


def _json(
    assessment: Assessment,
    finding: Finding,
    others: dict[str, int],
    corrected: Sequence[Correction],
) -> dict[str, object]:
    return {
        **_head(assessment),
        "finding": asdict(finding),
        "all_areas": others,
        "corrections": [each.as_json() for each in corrected],
    }
