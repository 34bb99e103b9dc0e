"""The workbook of areas: findings, matrix, seats, bodies and lines, documents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from urllib.parse import urlencode

from masagraph.assessment.accountability import accountability_of
from masagraph.assessment.findings import Assessment, Finding, Words
from masagraph.assessment.matrix import Matrix
from masagraph.assessment.names import Area
from masagraph.assessment.view import Document
from masagraph.report.compared import STRENGTHS as ORDER
from masagraph.report.compared import labels_of
from masagraph.report.words import dated, extent, locator, standing
from masagraph.report.workbook import Cell, Column, Link, Made, Sheet, Workbook, write_workbook
from masagraph.report.workbook_lines import lines_sheet, seats_sheet
from masagraph.report.workbook_words import STRENGTHS, Place, about, as_at, counted, meanings, scope
from masagraph.store.opened import Opened


def areas_workbook(opened: Opened, found: Matrix, place: Place, chosen: bool = False) -> Made:
    """Return all that is found of areas against one edition as a workbook.

    Args:
        opened: the store.
        found: the areas, with and without a document in view.
        place: where the service answers.
        chosen: whether only some of the documents were read: then only what these say is told.
    """
    held = found.assessments
    without = [area.label for area in found.without_document]
    lines = [
        accountability_of(opened.store, made.area, found.as_at, found.data_version) for made in held
    ]
    read = {document.id for made in held for document in made.documents} if chosen else None
    editions = dict.fromkeys(f.source.edition_label for made in held for f in made.findings)
    facts: list[tuple[str, Cell]] = [
        ("What", "What the documents of areas show of the duties of an edition"),
        ("Edition", ", ".join(editions) or found.edition),
        ("About the edition", found.remark or None),
        as_at(found.as_at),
        *scope(opened, held, without),
    ]
    names = ", ".join(made.area.slug for made in held) if len(held) <= MOST_NAMED else "areas"
    outcomes = {finding.outcome for made in held for finding in made.findings}
    first, *rest = about(
        opened, place, [(n, cell) for n, cell in facts if cell],
        f"{names or 'areas'}; {found.edition}, as at {found.as_at.isoformat()}",
    )  # fmt: skip
    title = f"masagraph: {held[0].area.label if len(held) == 1 else f'{len(held)} areas'}, "
    return write_workbook(
        Workbook(
            f"{title}{found.edition}, as at {found.as_at.isoformat()}",
            opened.data_date,
            [first, rest[0], counted(held), STRENGTHS, meanings(opened, outcomes), *rest[1:]],
            [
                findings_sheet(held, place),
                matrix_sheet(found, place),
                seats_sheet(lines, place, read),
                lines_sheet(lines, place, read),
                documents_sheet([(made.area, made.documents) for made in held], place),
            ],
        )
    )


MOST_NAMED = 5
"""Areas that a citation names one by one."""


def findings_sheet(made: Sequence[Assessment], place: Place) -> Sheet:
    """Return one row an area and duty: musts before shoulds, and apart from them."""
    columns = (
        Column("Area", 18), Column("GSS code", 12), Column("Edition", 10), Column("As at", 11),
        Column("Strength", 9), Column("Topic", 18), Column("Duty", 38), Column("Outcome", 22),
        Column("Gap", 6), Column("What was found", 44), Column("Words relied on", 80),
        Column("What would close it", 40), Column("A question to ask", 40),
        Column("Where in the law", 22),
        Column("How the duty is known", 20), Column("Documents read", 26), Column("Severity", 10),
        Column("Duty id", 26), Column("Outcome id", 18), Column("Rule that decided", 22),
        Column("Data version", 18),
    )  # fmt: skip
    rows = [_finding(each, finding, place) for each in made for finding in _by_strength(each)]
    return Sheet(
        "Findings",
        "One row for each area and duty. Untested duties are here too: leave them out of a share.",
        columns,
        rows,
        fixed=1,
    )


def _by_strength(made: Assessment) -> list[Finding]:
    return sorted(made.findings, key=lambda finding: _rank(finding.modality))


def _rank(modality: str) -> int:
    return ORDER.index(modality) if modality in ORDER else len(ORDER)


def _finding(made: Assessment, finding: Finding, place: Place) -> tuple[Cell, ...]:
    area, at = made.area, made.as_at.isoformat()
    asked = urlencode({"edition": made.edition, "as_at": at})
    source = finding.source
    return (
        place.page(area.label, f"/areas/{area.slug}?as_at={at}"),
        area.gss,
        source.edition,
        made.as_at,
        finding.modality.lower(),
        finding.topic_label,
        finding.label,
        finding.outcome_label,
        finding.is_gap,
        finding.description,
        "\n".join(map(_quoted, finding.rests_on)),
        finding.would_close,
        finding.question_to_ask,
        locator(source.locator, source.locator_status),
        source.content_basis,
        "; ".join(document.id for document in made.documents),
        finding.severity,
        place.page(finding.duty, f"/areas/{area.slug}/gaps?{asked}#{finding.duty}"),
        finding.outcome,
        finding.fault,
        made.data_version,
    )


def _quoted(words: Words) -> str:
    differs = "differs from other words: " if words.disputed else ""
    where = f"{words.document}, {words.section}; {standing(words.standing)}"
    return f"{differs}“{words.exact}” ({where})"


def matrix_sheet(found: Matrix, place: Place) -> Sheet:
    """Return one row a duty and one column an area, with counts and the denominator."""
    rows = sorted(found.rows, key=lambda row: _rank(row.first.modality))
    labels = labels_of(found.outcomes, (f for row in rows for f in row.findings))
    columns = (
        Column("Strength", 9), Column("Topic", 18), Column("Duty", 44), Column("Edition", 10),
        *(Column(f"{made.area.label}\n{made.area.gss}", 20) for made in found.assessments),
        Column("Evidenced, of tested", 11), Column("Areas tested", 9),
        Column("Areas with a document", 11),
        *(Column(label, 12) for _, label in labels),
        Column("Duty id", 26),
    )  # fmt: skip
    at = found.as_at.isoformat()
    return Sheet(
        "Matrix",
        "One row for each duty, one column for each area; then how many areas have which outcome.",
        columns,
        [
            (
                row.first.modality.lower(),
                row.first.topic_label,
                row.first.label,
                row.first.source.edition,
                *(finding.outcome_label for finding in row.findings),
                f"{row.counts.get('Evidenced', 0)} of {row.tested}",
                row.tested,
                len(row.findings),
                *(row.counts.get(outcome, 0) for outcome, _ in labels),
                place.page(row.duty, f"/duties/{row.duty}?as_at={at}"),
            )
            for row in rows
        ],
        fixed=3,
    )


def documents_sheet(read: Iterable[tuple[Area, Sequence[Document]]], place: Place) -> Sheet:
    """Return one row an area and document in view, with its address."""
    columns = (
        Column("Area", 18), Column("GSS code", 12), Column("Document", 44),
        Column("Document id", 28),
        Column("Kind", 22), Column("Counts from", 12), Column("What that date is", 40),
        Column("How much is held", 24), Column("Says it follows", 14), Column("Address", 60),
        Column("Described here", 48),
    )  # fmt: skip
    return Sheet(
        "Documents",
        "One row for each area and document that was read. Addresses are those of the publisher.",
        columns,
        list(_documents(read, place)),
        fixed=3,
    )


def _documents(
    read: Iterable[tuple[Area, Sequence[Document]]], place: Place
) -> Iterator[tuple[Cell, ...]]:
    for area, documents in read:
        for document in documents:
            yield (
                area.label,
                area.gss,
                document.title,
                document.id,
                document.kind,
                document.in_view_from,
                dated(document),
                extent(document),
                ", ".join(document.claims),
                Link(document.url or "", document.url),
                place.name(document.iri),
            )
