"""A workbook for an area: what the register knows, what is held if wanted, and each duty."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import pyoxigraph as ox

from masagraph.assessment.duties import Duty, list_duties
from masagraph.assessment.names import Area, choose_editions, date_literal
from masagraph.authoring.areas import Scope, held_files
from masagraph.authoring.cells import Words, plain, read_words, write_cell
from masagraph.authoring.keys import key_name, row_places
from masagraph.authoring.layout import Layout, Table, read_layout
from masagraph.authoring.rows import Held, Row, rows_of
from masagraph.dataset.files import RdfFile
from masagraph.resources import Resources
from masagraph.store.protocol import Store, Term, select, text_of


@dataclass(frozen=True, slots=True)
class Filled:
    """A workbook, before it is written as one.

    Attributes:
        scope: what it is about.
        layout: its layout.
        rows: the rows of each sheet, by the kind of the sheet.
        words: the words of its drop-downs.
        organisations: who fills the seats of the areas by the register, first in drop-downs.
    """

    scope: Scope
    layout: Layout
    rows: dict[str, list[Row]]
    words: Words
    organisations: tuple[str, ...]


def make_template(
    store: Store,
    files: Iterable[RdfFile],
    areas: Sequence[Area],
    edition: str | None,
    as_at: date,
    filled: bool,
    resources: Resources,
) -> Filled:
    """Return a workbook for some areas, usually one.

    Args:
        store: the dataset.
        files: the files of the data folders.
        areas: the areas that the arrangement covers.
        edition: id of the edition whose duties it asks about; None for the default.
        as_at: the day on which the register is asked.
        filled: whether all that is held of the areas is written into it.
        resources: where the layout is.

    Raises:
        UnknownName: for an edition that is not held.
        BadValue: when no edition was in force by the day.
    """
    layout = read_layout(resources)
    words = read_words(store, layout, resources)
    folder, held, covered = held_files(files, store, areas)
    within = covered if filled else list(areas)
    chosen = choose_editions(store, edition, as_at)
    scope = Scope(tuple(within), folder or areas[0].slug, chosen.name, as_at, layout.version)
    rows = rows_of(held if filled else [Held("", ())], layout, words, scope.slug)
    known = _prefill(store, scope, layout, words, resources)
    for table in layout.things:
        _add(rows[table.kind], known.get(table.kind, {}), filled)
    asked = [duty for one in chosen.editions for duty in list_duties(store, [one.id])]
    _ask(rows, layout, asked, list_duties(store))
    organisations = _by_register(known, layout)
    return Filled(scope, layout, rows, words, organisations)


def _prefill(
    store: Store, scope: Scope, layout: Layout, words: Words, resources: Resources
) -> dict[str, dict[str, Row]]:
    """Return the rows with which a workbook begins, by sheet and thing."""
    query = resources.read_query("workbook/prefill.rq")
    tables = {table.kind: table for table in layout.tables}
    found: dict[str, dict[str, dict[str, list[Term]]]] = {}
    for area in scope.areas:
        me, day = ox.NamedNode(area.iri), date_literal(scope.as_at)
        for row in select(store, query, area=me, as_at=day):
            things = found.setdefault(text_of(row["table"]), {})
            cells = things.setdefault(f"{area.slug} {text_of(row['row'])}", {})
            cells.setdefault(text_of(row["column"]), []).append(row["value"])
    for kind, things in found.items():
        for cells in things.values():
            for term in cells.get("name", ()):
                if isinstance(term, ox.NamedNode):
                    words.names.add(kind, term.value, words.names.label(term.value))
    several = len(scope.areas) > 1
    return {
        kind: {
            _thing(cells, key): _row(tables[kind], cells, key.split(" ")[0], several, words, scope)
            for key, cells in things.items()
        }
        for kind, things in found.items()
    }


def _thing(cells: dict[str, list[Term]], key: str) -> str:
    """Return what a row is told apart by: its thing, or else its area and name."""
    (term,) = cells["name"]
    return term.value if isinstance(term, ox.NamedNode) else key


def _row(
    table: Table,
    cells: dict[str, list[Term]],
    area: str,
    several: bool,
    words: Words,
    scope: Scope,
) -> Row:
    """Return the cells of a row with which a workbook begins."""
    row: Row = {}
    for name, terms in cells.items():
        column = table.column(name)
        assert column is not None
        text = text_of(terms[0])
        if name == "name":
            places = row_places("", scope.slug, "")
            if isinstance(terms[0], ox.NamedNode):
                row[name] = key_name(table, text, places)
            else:
                row[name] = f"{text}-{area}" if several else text
        elif isinstance(terms[0], ox.NamedNode):
            row[name] = write_cell(column, terms, words)
        else:
            row[name] = text
    return row


def _add(rows: list[Row], known: dict[str, Row], filled: bool) -> None:
    """Add the rows that are known to those that are held, each thing once.

    What is for reading only goes into the rows that are there. A row that begins a thing is
    left out where what is held is written: it says all that there is.
    """
    for begun in known.values():
        same = [row for row in rows if row.get("name") == begun.get("name")]
        for row in same:
            row.update({name: cell for name, cell in begun.items() if name not in row})
        if not same and not (filled and "role" in begun):
            rows.append(begun)


def _ask(
    rows: dict[str, list[Row]], layout: Layout, asked: Sequence[Duty], known: Sequence[Duty]
) -> None:
    """Write the question of each duty into the rows that answer it, and add rows for the others."""
    every = {duty.duty: duty.question_to_ask or duty.looked_for for duty in known}
    for table in layout.things:
        if table.column("question") is None:
            continue
        held = rows[table.kind]
        for row in held:
            row["question"] = every.get(plain(row.get("duty")))
        answered = {plain(row.get("duty")) for row in held}
        for row in held:
            for name in ("also-wholly", "also-partly"):
                answered |= {each.strip() for each in plain(row.get(name)).split(";")}
        held += [
            {"question": every[duty.duty], "duty": duty.duty}
            for duty in asked
            if duty.duty not in answered
        ]


def _by_register(known: dict[str, dict[str, Row]], layout: Layout) -> tuple[str, ...]:
    """Return the names of those who fill the seats by the register."""
    names = [
        plain(row["register-name"])
        for table in layout.things
        for row in known.get(table.kind, {}).values()
        if row.get("register-name")
    ]
    return tuple(dict.fromkeys(names))
