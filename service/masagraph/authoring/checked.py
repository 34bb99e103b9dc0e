"""Assess a workbook as a draft: nothing of it is stored."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from masagraph.assessment.findings import Assessment, Fault
from masagraph.assessment.uploaded import FORMATS, Drafted, check_files, check_upload
from masagraph.authoring.guard import MOST_BYTES, read_file
from masagraph.authoring.imported import Imported, as_draft, import_workbook
from masagraph.authoring.quoted import SourceText
from masagraph.dataset.draft import DRAFT
from masagraph.dataset.files import RdfFile
from masagraph.dataset.integrity import SOURCE_DOCUMENT
from masagraph.errors import DataError, Place
from masagraph.report.workbook import MEDIA_TYPE
from masagraph.resources import Resources, find_resources
from masagraph.store.opened import Opened
from masagraph.store.protocol import Store
from masagraph.vocab import local_name

SUFFIXES = (".xlsx", ".xlsm", ".xls")
"""Endings of files that are read as workbooks, or refused as such."""
FORMS = (*FORMATS, MEDIA_TYPE)
"""The media types of drafts."""


def is_workbook(path: Path) -> bool:
    """Return whether a file is to be read as a workbook."""
    return path.suffix.lower() in SUFFIXES


def read_workbook_file(path: Path) -> bytes:
    """Return the bytes of a workbook.

    Raises:
        DataError: when it cannot be read.
    """
    return read_file(path, MOST_BYTES)


def read_texts(paths: Iterable[Path]) -> list[SourceText]:
    """Return the texts of documents.

    Raises:
        DataError: for a file that cannot be read.
    """
    return [SourceText(str(path), read_workbook_file(path)) for path in paths]


def draft_of(
    data: bytes,
    file: str,
    store: Store,
    resources: Resources,
    texts: Sequence[SourceText] = (),
) -> tuple[Imported, list[RdfFile]]:
    """Return a workbook, and its files as those of a draft.

    Args:
        data: the bytes of the file.
        file: its name, for messages.
        store: the dataset.
        resources: where the layout and the shapes are.
        texts: texts of its documents, in which phrases are looked for.

    Raises:
        DataError: when it is no such workbook.
        FaultyWorkbook: when cells of it cannot be taken.
    """
    imported = import_workbook(data, file, store, resources, texts)
    if not any(t.object == SOURCE_DOCUMENT for each in imported.files for t in each.triples):
        raise DataError(
            "no document is described, so nothing can be found",
            "Fill a row of the sheet Documents.",
            Place(file),
        )
    return imported, as_draft(imported, file, DRAFT)


def check_any(
    opened: Opened,
    data: bytes,
    media_type: str,
    edition: str | None,
    as_at: date | None,
    told: Callable[[Imported], None] | None = None,
) -> Assessment:
    """Assess a draft in any form: a workbook, or RDF.

    Args:
        opened: the open store.
        data: the draft.
        media_type: one of :data:`FORMS`.
        edition: an edition id or ``in-force``; None for that of the workbook, else the default.
        as_at: the date; by default that of the workbook, else of the data, or of the newest
            document of the draft, whichever is later.
        told: told how a workbook was read.

    Raises:
        DraftUnreadable: when it is not what its media type says, with line and column.
        BadValue: when it cannot be assessed as it stands, with what to mend.
        UnknownName: for an edition that is not held.
    """
    if media_type != MEDIA_TYPE:
        return check_upload(opened, data, media_type, edition, as_at)

    read_as: list[Imported] = []

    def read() -> Drafted:
        imported, files = draft_of(data, "draft", opened.store, find_resources())
        read_as.append(imported)
        if told:
            told(imported)
        return Drafted(files, imported.scope.edition, imported.scope.as_at)

    made = check_files(opened, read, edition, as_at)
    return with_proposals(made, read_as[0]) if read_as else made


def with_proposals(assessment: Assessment, imported: Imported) -> Assessment:
    """Note beside each finding how many rows are proposed for its duty: none of them counts."""
    number = {local_name(duty): n for duty, n in imported.taken.proposed_for.items()}
    findings = (
        replace(finding, notes=(*finding.notes, _proposed(number[finding.duty])))
        if finding.duty in number
        else finding
        for finding in assessment.findings
    )
    return replace(assessment, findings=tuple(findings))


def _proposed(number: int) -> Fault:
    rows = "1 row counts" if number == 1 else f"{number} rows count"
    message = f"Proposed, not reviewed: {rows} for nothing until accepted."
    return Fault("ProposedNotReviewed", message, None, None, ())
