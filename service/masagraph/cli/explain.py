"""``masagraph explain``."""

from __future__ import annotations

import json
from dataclasses import asdict
from enum import StrEnum
from typing import Annotated

import typer

from masagraph.assessment.assess import assess
from masagraph.assessment.findings import Assessment, Finding
from masagraph.assessment.names import choose_editions, edition_of, find_area, list_areas
from masagraph.cli.context import AsAtOption, DataOption, StoreOption, date_or, opened, put
from masagraph.report.explanation import finding_text
from masagraph.report.terminal import stdout_console


class Format(StrEnum):
    """Formats of an explanation."""

    table = "table"
    json = "json"


def explain_command(
    area: Annotated[str, typer.Argument(help="Short name or GSS code of an area.")],
    duty: Annotated[str, typer.Argument(help="Name of a duty, such as wt2023-partnership-chair.")],
    as_at: AsAtOption = None,
    output: Annotated[Format, typer.Option("--format", help="Form of the text.")] = Format.table,
    store: StoreOption = None,
    data: DataOption = None,
) -> None:
    """Explain one finding in full: duty, source, words, fault, what would close it.

    Example: masagraph explain warwickshire wt2023-partnership-chair
    """
    source = opened(store, data)
    day = date_or(as_at, source.data_date)
    found = find_area(list_areas(source.store), area)
    chosen = choose_editions(source.store, edition_of(source.store, duty), day)
    assessment = assess(source.store, found, chosen, day, source.data_version)
    finding = next(finding for finding in assessment.findings if finding.duty == duty)
    if output is Format.json:
        put(json.dumps(_json(assessment, finding), indent=2, ensure_ascii=False))
    else:
        stdout_console().print(finding_text(assessment, finding))


def _json(assessment: Assessment, finding: Finding) -> dict[str, object]:
    whole = assessment.as_json()
    head = {
        key: value for key, value in whole.items() if key not in ("findings", "counts", "tested")
    }
    return {**head, "finding": asdict(finding)}
