"""A workbook as Turtle files, held against all that data must keep."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pyoxigraph as ox

from masagraph.authoring.areas import AREAS, Scope, read_scope
from masagraph.authoring.cells import plain, read_words
from masagraph.authoring.layout import Layout, read_layout
from masagraph.authoring.quoted import SourceText, texts_by_fingerprint
from masagraph.authoring.rows import arrangements_table
from masagraph.authoring.sheets import read_sheets
from masagraph.authoring.taken import Note, Taken, TakenRow, take
from masagraph.authoring.turtle import Part, write_turtle
from masagraph.dataset.draft import FaultyDraft
from masagraph.dataset.files import RdfFile
from masagraph.dataset.integrity import check_documents, file_problems, integrity_program
from masagraph.errors import DataError, MasagraphError, Place
from masagraph.resources import Resources
from masagraph.store.protocol import Store
from masagraph.vocab import ID, MASA

ARRANGEMENT = "arrangement"
"""The name of the file of what stays the same from document to document."""
_COVERS = str(MASA.coversArea)


class FaultyWorkbook(FaultyDraft):
    """A workbook with cells that cannot be taken; its line tells of the first."""


@dataclass(frozen=True, slots=True)
class Imported:
    """A workbook that was read.

    Attributes:
        scope: what it is about.
        files: its files, not yet written; each path is relative to a data folder.
        taken: what was taken and left, and how cells were read.
        unread: what of the workbook was not read.
    """

    scope: Scope
    files: tuple[RdfFile, ...]
    taken: Taken
    unread: tuple[Note, ...]


def import_workbook(
    data: bytes,
    file: str,
    store: Store,
    resources: Resources,
    texts: Sequence[SourceText] = (),
    today: date | None = None,
) -> Imported:
    """Read a workbook, and check what it says.

    Args:
        data: the bytes of the file.
        file: its name, for messages.
        store: the dataset: the register and the law.
        resources: where the layout and the shapes are.
        texts: texts of its documents, in which phrases are looked for.
        today: the day on which it is read; by default today.

    Raises:
        DataError: when it is no such workbook, when a program has found its rows and none is
            accepted, or for a text that is that of no document.
        FaultyWorkbook: when cells of it cannot be taken.
    """
    layout = read_layout(resources)
    sheets = read_sheets(data, file, layout)
    scope = read_scope(sheets.facts, store, file, layout.version)
    words = read_words(store, layout, resources)
    latest = max(scope.as_at, today or date.today())
    taken = take(sheets.rows, layout, words, scope.slug, latest)
    _check_accepted(taken, layout, file)
    _check_texts(taken, layout, texts, file)
    _check_areas(taken, layout, scope)
    if not taken.faults and not taken.rows:
        raise DataError(
            "no row of the workbook is filled", "Fill a row, and set its decision.", Place(file)
        )
    _refuse(taken.faults, file)
    files = _files(taken, scope, layout)
    _refuse(taken.faults, file)
    _refuse(_problems(files, taken, resources), file)
    return Imported(scope, tuple(files), taken, sheets.unread)


def _refuse(faults: Sequence[Note], file: str) -> None:
    """Raise what is wrong, if anything is.

    Raises:
        FaultyWorkbook: for the first, with all of them.
    """
    if faults:
        first = faults[0]
        more = f"({len(faults) - 1} more)" if len(faults) > 1 else ""
        error = FaultyWorkbook(
            first.what, f"{first.mend} {more}".strip(), Place(f"{file} {first.address}")
        )
        error.faults = tuple(DataError(f.what, f.mend, Place(f.address)) for f in faults)
        raise error


def _check_accepted(taken: Taken, layout: Layout, file: str) -> None:
    """Refuse a workbook of which a program has found rows, where nothing of a document is taken.

    What a new workbook knows of an area by itself is no reason to judge its documents; nor is
    the row of a document of which nobody was asked, as in workbooks of older versions.

    Raises:
        DataError: when nobody has accepted anything yet.
    """
    counts = any(
        row.document and (row.table is not layout.documents or row.table.is_found(row.raw.cells))
        for row in taken.rows
    )
    if taken.unaccepted and not taken.faults and not counts:
        raise DataError(
            "nothing of it is accepted yet, so nothing of it counts "
            f"(rows that a program has found: {len(taken.unaccepted)})",
            "Set the decision of the document to accept, then that of the rows you have read.",
            Place(f"{file} {taken.unaccepted[0]}"),
        )


def _check_texts(taken: Taken, layout: Layout, texts: Sequence[SourceText], file: str) -> None:
    """Note it as a fault where a phrase does not stand in the text of its document.

    Raises:
        DataError: for a text that is that of no document.
    """
    prints = {
        row.document: plain(row.raw.cells.get("fingerprint")).casefold()
        for row in taken.rows
        if row.table is layout.documents
    }
    found = texts_by_fingerprint(texts, prints.values(), file)
    for row in taken.rows:
        text = found.get(prints.get(row.document, ""))
        for column in row.table.columns:
            phrase = plain(row.raw.cells.get(column.name))
            if text and column.stands_in and phrase and not text.has(phrase):
                what = f'the words "{phrase}" do not stand in {text.file}'
                taken.faults.append(
                    Note(row.address(column.name), what, "Copy words that stand there.")
                )


def _check_areas(taken: Taken, layout: Layout, scope: Scope) -> None:
    """Note it as a fault where an arrangement covers an area for which the workbook is not."""
    table = arrangements_table(layout)
    known = {area.iri for area in scope.areas}
    column = next(each for each in table.columns if each.predicate == _COVERS)
    for row in taken.rows:
        if row.table is not table:
            continue
        for triple in row.triples:
            other = triple.object
            if triple.predicate.value == _COVERS and isinstance(other, ox.NamedNode):
                if other.value in known:
                    continue
                slugs = [*(area.slug for area in scope.areas), other.value.rpartition("/")[2]]
                options = " ".join(f"--area {slug}" for slug in slugs)
                mend = f"For a joint arrangement: masagraph area template {options}."
                what = f"the workbook is for {' and '.join(slugs[:-1])}, and not for {slugs[-1]}"
                taken.faults.append(Note(row.address(column.name), what, mend))


def _files(taken: Taken, scope: Scope, layout: Layout) -> list[RdfFile]:
    """Return the files: what stays the same first, then one a document."""
    stems = _stems(taken, scope, layout)
    files = []
    for document, stem in stems.items():
        parts = [
            Part(
                table.title.lower(),
                [
                    triple
                    for row in taken.rows
                    if row.table is table and row.document == document
                    for triple in row.triples
                ],
            )
            for table in layout.tables
        ]
        if any(part.triples for part in parts):
            files.append(_file(parts, f"{scope.folder}/{stem}", document))
    return files


def _stems(taken: Taken, scope: Scope, layout: Layout) -> dict[str, str]:
    """Return how the file of each document is called, and that of what stays the same.

    No two are the same, not even on a disk that takes small letters and capitals for one. A
    document for whose file no name is left is noted as a fault.
    """
    prefix = f"{scope.folder}-"
    stems = dict.fromkeys(["", *(row.document for row in taken.rows)], "")
    stems[""] = ARRANGEMENT
    used = {ARRANGEMENT}
    # Those first that have a name of their own: it does not depend on the order of rows.
    for name in sorted(filter(None, stems), key=lambda each: (each.startswith(prefix), each)):
        forms = (name.removeprefix(prefix) or name, name, f"{name}-document")
        free = next((form for form in forms if form.casefold() not in used), "")
        if not free:
            row = next(r for r in taken.rows if r.document == name)
            taken.faults.append(
                Note(
                    row.address("name" if row.table is layout.documents else "document"),
                    f'no name is left for the file of "{name}", as others are named so',
                    "Give the document another short name.",
                )
            )
        stems[name] = free
        used.add(free.casefold())
    return stems


def _file(parts: Sequence[Part], name: str, document: str) -> RdfFile:
    about = (
        ["What one document says, written from a workbook."]
        if document
        else [
            "What stays the same from document to document, written from a workbook.",
            "What documents say stands in one file a document.",
        ]
    )
    text = write_turtle(parts, about)
    parser = ox.parse(text, format=ox.RdfFormat.TURTLE, rename_blank_nodes=True)
    triples = tuple(quad.triple for quad in parser)
    return RdfFile(
        Path("areas") / f"{name}.ttl", f"{AREAS}{name}", triples, dict(parser.prefixes), text
    )


def _problems(files: Sequence[RdfFile], taken: Taken, resources: Resources) -> list[Note]:
    """Return what the integrity shapes find, each with the row of which it tells."""
    program, _ = integrity_program(resources)
    rows = {row.iri: row for row in taken.rows if row.iri}
    found = []
    for file in files:
        try:
            check_documents(file)
        except DataError as error:
            found.append(Note(str(file.path), error.what, error.mend))
        found += [_of_row(problem, file, rows) for problem in file_problems(file, program)]
    return found


def _of_row(problem: MasagraphError, file: RdfFile, rows: dict[str, TakenRow]) -> Note:
    path, _, message = problem.what.partition(": ")
    row = rows.get(f"{ID}{path}")
    if row is None:
        return Note(str(file.path), problem.what, problem.mend)
    return Note(row.address(), message, problem.mend)


def as_draft(imported: Imported, file: str, graph: str) -> list[RdfFile]:
    """Return the files of a workbook as those of a draft, each a graph of its own.

    Args:
        imported: the workbook.
        file: its name, for messages.
        graph: how the names of the graphs begin.
    """
    return [
        replace(each, path=Path(f"{file} ({each.path.name})"), graph=f"{graph}{number}")
        for number, each in enumerate(imported.files, 1)
    ]
