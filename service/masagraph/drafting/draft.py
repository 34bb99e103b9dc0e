"""A workbook for an area, with what a document may say written into it as proposals."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from masagraph.assessment.duties import list_duties
from masagraph.assessment.names import Area, choose_editions, list_editions
from masagraph.authoring.areas import SLUG
from masagraph.authoring.cells import plain
from masagraph.authoring.layout import Layout, Table
from masagraph.authoring.names import slug
from masagraph.authoring.rows import Row
from masagraph.authoring.template import Filled, make_template
from masagraph.drafting.about import read_about
from masagraph.drafting.cues import read_cues
from masagraph.drafting.document import Document
from masagraph.drafting.proposals import counted, document_row, propose, statement_rows
from masagraph.drafting.reading import read_document
from masagraph.drafting.things import ThingRows, find_things, told_places
from masagraph.resources import Resources
from masagraph.store.protocol import Store, select, text_of


@dataclass(frozen=True, slots=True)
class Drafted:
    """A workbook with proposals.

    Attributes:
        filled: the workbook.
        document: the document, as it was read.
        proposed: how many rows are proposed, by the title of their sheet.
        without: duties for which no passage is proposed.
        by_sense: whether likeness in sense counted, and not words shared alone.
        notes: what else to tell, a line each.
    """

    filled: Filled
    document: Document
    proposed: dict[str, int]
    without: tuple[str, ...]
    by_sense: bool
    notes: tuple[str, ...] = ()


def make_draft(
    store: Store,
    data: bytes,
    file: str,
    areas: Sequence[Area],
    edition: str | None,
    as_at: date,
    resources: Resources,
) -> Drafted:
    """Read a document, and propose what it may say.

    Args:
        store: the dataset.
        data: the bytes of the document.
        file: its name.
        areas: the areas that the arrangement covers.
        edition: id of the edition whose duties are looked for; None for the default.
        as_at: the day on which the register is asked.
        resources: where layout and cues are.

    Raises:
        DataError: for a document that is not read, with what to do.
        UnknownName: for an edition that is not held.
        BadValue: when no edition was in force by the day.
    """
    cues = read_cues(resources)
    text = read_document(data, file, cues)
    document = Document(text, areas, store, cues, resources)
    filled = make_template(store, (), areas, edition, as_at, False, resources)
    stem = _stem(file, document)
    name = _name(areas[0].slug, stem)
    raw = data if text.as_stands else text.raw.encode()
    about = read_about(text, document.sentences, list_editions(store), cues, as_at, stem)
    proposals = [
        proposal
        for one in choose_editions(store, edition, as_at).editions
        for duty in list_duties(store, [one.id])
        for proposal in propose(document, duty)
    ]
    digest = hashlib.sha256(raw).hexdigest()
    functions = _functions(store, resources)
    # Of several areas a partner has several seats, and which is meant is for a person to say.
    slots = {iri for iri, (_, has_slot) in functions.items() if has_slot and len(areas) == 1}
    called = {iri: short for iri, (short, _) in functions.items()}
    things = find_things(document)
    rows = ThingRows(document, name, filled.words, called, slots).rows(things)
    rows["documents"] = [document_row(document, about, name, digest, filled.words)]
    rows["statements"][:0] = statement_rows(document, name, proposals, filled.words)
    for sheet, more in rows.items():
        _put(filled, _table(filled.layout, sheet), more)
    told = {_table(filled.layout, s).title: len(r) for s, r in rows.items()}
    answered = {proposal.duty.duty for proposal in proposals}
    statements = filled.rows[_table(filled.layout, "statements").kind]
    asked = [plain(row.get("duty")) for row in statements if row.get("question")]
    without = tuple(duty for duty in asked if duty not in answered)
    notes = (*told_places(document), *things.told())
    return Drafted(filled, document, told, without, document.ranking.by_sense, notes)


def tell_draft(drafted: Drafted) -> str:
    """Return what to tell of a draft, in plain words."""
    text = drafted.document.text
    passages = len(drafted.document.passages)
    size = counted(text.pages, "page") if text.pages else counted(passages, "passage")
    lines = [f"Read: {size}."]
    if not drafted.by_sense:
        lines.append(
            "Likeness in sense was left out, as its library is not installed: no words are "
            "proposed as a local arrangement or a commitment."
        )
    for title, number in drafted.proposed.items():
        if number:
            lines.append(f"Proposed, not reviewed: {counted(number, 'row')} of {title}.")
    if drafted.without:
        number = len(drafted.without)
        duties = "1 duty nothing like it" if number == 1 else f"{number} duties nothing like them"
        lines.append(f"For {duties} was found.")
    return "\n".join([*lines, *drafted.notes]) + "\n"


def _stem(file: str, document: Document) -> str:
    """Return the words of the name of a file that are no person's name."""
    words = re.split(r"[^\w’']+|_+", Path(file).stem)
    return " ".join(word for word in words if word and document.people.is_known(word))


def _name(area: str, stem: str) -> str:
    """Return a short name for a document: that of its file, begun with the area's.

    Args:
        area: the short name of the area.
        stem: the words of the file's name that are no person's name.
    """
    name = slug(stem) or "document"
    name = name if name.startswith(f"{area}-") else f"{area}-{name}"
    return name if SLUG.fullmatch(name) else f"{area}-document"


def _table(layout: Layout, name: str) -> Table:
    return next(table for table in layout.tables if table.kind.endswith(f"/{name}"))


def _put(filled: Filled, table: Table, rows: Sequence[Row]) -> None:
    """Write rows into a sheet: into those begun of the same name, or those that ask the same."""
    held = filled.rows[table.kind]
    if table.column("question") is None:
        begun = {plain(row.get("name")): row for row in held if row.get("name")}
        for row in rows:
            same = begun.get(plain(row.get("name")))
            if same is None:
                held.append(row)
            else:
                same.update(row)
        return
    by_duty: dict[str, list[Row]] = {}
    for row in rows:
        by_duty.setdefault(plain(row.get("duty")), []).append(row)
    loose = by_duty.pop("", [])
    # What a person is to read comes first, the likest to a duty before all; then, as in any new
    # workbook, the duties for which nothing is proposed.
    best = {duty: max(_score(row) for row in of_duty) for duty, of_duty in by_duty.items()}
    asked = [plain(row.get("duty")) for row in held]
    filled.rows[table.kind] = [
        *(row for duty in sorted(by_duty, key=lambda each: -best[each]) for row in by_duty[duty]),
        *loose,
        *(row for row, duty in zip(held, asked, strict=True) if duty not in by_duty),
    ]


def _score(row: Row) -> float:
    score = row.get("score")
    return score if isinstance(score, int | float) else 0


def _functions(store: Store, resources: Resources) -> dict[str, tuple[str, bool]]:
    """Return the short name of each function of a partner, and whether it is one of the law."""
    query = resources.read_query("drafting/functions.rq")
    return {
        text_of(row["function"]): (text_of(row["short"]), "statutory" in row)
        for row in select(store, query)
    }
