"""One cell: from terms to what stands in it, and back.

Each is the other's inverse. What a cell cannot hold so that it is read back as it was goes
to the sheet of loose facts.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from difflib import get_close_matches

import pyoxigraph as ox

from masagraph.authoring.layout import Column, Layout
from masagraph.authoring.names import Names
from masagraph.report.workbook import held_text
from masagraph.resources import Resources
from masagraph.store.protocol import Store, Term, select, text_of
from masagraph.vocab import PREFIXES

Cell = str | int | float | bool | date | None

XSD = PREFIXES["xsd"]
_STRING, _DATE, _WHOLE, _NUMBER, _TRUTH, _ADDRESS = (
    XSD + name for name in ("string", "date", "integer", "decimal", "boolean", "anyURI")
)
_ADDRESSES = re.compile(r"[a-z][a-z0-9+.-]*:[^\x00-\x20<>\"{}|^`\\]+", re.IGNORECASE)
_WHOLES = re.compile(r"[+-]?\d+", re.ASCII)
_NUMBERS = re.compile(r"[+-]?\d+(?:\.\d+)?", re.ASCII)
_YES = {"yes": "true", "no": "false"}
_MAIL = re.compile(r"[\w.+-]{1,64}(?:@| ?[(\[] ?at ?[)\]] ?)[\w-]+\.\w", re.IGNORECASE)
_POSTS = "Write posts, not people: no name, no e-mail address."
_DAY_FORMS = ("%d %B %Y", "%d %b %Y", "%d/%m/%Y")
_FIRST_DAY = date(1900, 3, 1)
LATEST_YEAR = 2200


class CellFault(Exception):
    """A cell that cannot be read.

    Args:
        what: what is wrong with it.
        mend: what to do about it.
    """

    def __init__(self, what: str, mend: str) -> None:
        super().__init__(what)
        self.what, self.mend = what, mend


@dataclass
class Words:
    """What cells are read and written with.

    Attributes:
        names: what things are called.
        labels: label of each term.
        others: further words for each term.
        schemes: the terms of each scheme.
        arrangements: IRIs of the arrangements of the workbook.
        people: how a form of address before a name looks; None where none is known.
    """

    names: Names
    labels: dict[str, str] = field(default_factory=dict)
    others: dict[str, set[str]] = field(default_factory=dict)
    schemes: dict[str, list[str]] = field(default_factory=dict)
    arrangements: list[str] = field(default_factory=list)
    people: re.Pattern[str] | None = None

    def refuse_people(self, text: str) -> None:
        """Refuse a text that tells of a person, as far as its form shows.

        Raises:
            CellFault: for an e-mail address or a form of address; it does not repeat the text.
        """
        if _MAIL.search(text):
            raise CellFault("the cell has an e-mail address", _POSTS)
        found = self.people.finditer(text) if self.people else ()
        if any(each[0][-1].isupper() for each in found):
            raise CellFault("the cell seems to name a person", _POSTS)

    def terms(self, column: Column) -> list[str]:
        """Return the terms from which a column chooses."""
        return list(column.choices) or self.schemes.get(column.scheme, [])


@dataclass(frozen=True, slots=True)
class Reading:
    """What a cell says.

    Attributes:
        terms: its values.
        notes: how what stands there was read, where that is not the very same.
    """

    terms: tuple[Term, ...] = ()
    notes: tuple[str, ...] = ()


def read_words(store: Store, layout: Layout, resources: Resources) -> Words:
    """Read the words of all terms, and the names of what the register and the law hold."""
    forms = "|".join(map(re.escape, layout.forms_of_address))
    people = re.compile(rf"\b(?:{forms})\b\.?\s+\w") if forms else None
    words = Words(Names(), people=people)
    for row in select(store, resources.read_query("workbook/choices.rq")):
        term = text_of(row["term"])
        words.labels.setdefault(term, text_of(row["label"]))
        if "other" in row:
            words.others.setdefault(term, set()).add(text_of(row["other"]).casefold())
        if "scheme" in row:
            scheme = words.schemes.setdefault(text_of(row["scheme"]), [])
            if term not in scheme:
                scheme.append(term)
    for term, (label, others) in layout.words.items():
        if label:
            words.labels[term] = label
        words.others.setdefault(term, set()).update(others)
    for row in select(store, resources.read_query("workbook/known.rq")):
        words.names.add(text_of(row["kind"]), text_of(row["thing"]), text_of(row["label"]))
    return words


def write_cell(column: Column, terms: Sequence[Term], words: Words) -> Cell:
    """Return what stands in a cell for some values.

    Raises:
        ValueError: when no cell can hold them so that they are read back as they are.
    """
    if not terms:
        return column.null if column.default else None
    if not column.separator and len(terms) > 1:
        raise ValueError("one value at most")
    parts = [_written(column, term, words) for term in terms]
    if len(parts) == 1:
        cell: Cell = parts[0]
    else:
        joint = column.separator if column.separator == "\n" else f"{column.separator} "
        cell = joint.join(map(str, parts))
    try:
        back = read_cell(column, cell, words)
    except CellFault as fault:
        raise ValueError(str(fault)) from fault
    if back.notes or list(back.terms) != list(terms):
        raise ValueError("it would be read otherwise")
    return cell


def _written(column: Column, term: Term, words: Words) -> Cell:
    if isinstance(term, ox.NamedNode):
        return _written_name(column, term.value, words)
    if not isinstance(term, ox.Literal) or held_text(term.value) != term.value:
        raise ValueError("no cell holds it")
    datatype = term.datatype.value
    if datatype == _TRUTH:
        return {"true": "yes", "false": "no"}.get(term.value, term.value)
    if datatype == _DATE and not column.separator:
        day = date.fromisoformat(term.value)
        return day if day >= _FIRST_DAY else term.value
    if datatype in (_WHOLE, _NUMBER) and not column.separator:
        number = float(term.value)
        value = int(number) if number.is_integer() else number
        return value if str(value) == term.value else term.value
    return term.value


def _written_name(column: Column, iri: str, words: Words) -> str:
    if column.chooses:
        if iri not in words.terms(column):
            raise ValueError("not among the choices")
        return words.labels[iri]
    if column.refers:
        return words.names.shown(iri, column.refers, column.by_label, column.separator)
    return iri


def read_cell(column: Column, cell: Cell, words: Words) -> Reading:
    """Return what a cell says.

    Raises:
        CellFault: when it cannot be read.
    """
    if isinstance(cell, str):
        cell = cell.replace("\r\n", "\n").strip() or None
    if cell is None:
        if not column.default:
            return Reading()
        cell = _default(column, words)
    if isinstance(cell, str) and column.null and cell.casefold() == column.null.casefold():
        return Reading()
    parts: list[Cell] = [cell]
    if isinstance(cell, str) and column.separator:
        parts = [part.strip() for part in cell.split(column.separator) if part.strip()]
    terms: list[Term] = []
    notes: list[str] = []
    for part in parts:
        term, note = _read(column, part, words)
        if term not in terms:
            terms.append(term)
        notes += [note] if note else []
    return Reading(tuple(terms), tuple(notes))


def _default(column: Column, words: Words) -> str:
    if column.default != "{arrangement}":
        return column.default
    if len(words.arrangements) == 1:
        return f"<{words.arrangements[0]}>"
    raise CellFault(
        f"the cell is empty, and the workbook has {len(words.arrangements)} arrangements",
        "Write the short name of the one that is meant; parted by a semicolon, of several.",
    )


def _read(column: Column, part: Cell, words: Words) -> tuple[Term, str]:
    """Return the value that a part of a cell says, and how it was read if not as it stands."""
    if column.chooses:
        return _read_choice(column, plain(part), words)
    if column.refers:
        return _read_reference(column, plain(part), words), ""
    if column.datatype == _DATE:
        return _read_date(part)
    if column.datatype in (_WHOLE, _NUMBER):
        return _read_number(part, column.datatype == _WHOLE)
    words.refuse_people(plain(part))
    return _read_text(column, part, plain(part))


def _read_text(column: Column, part: Cell, text: str) -> tuple[Term, str]:
    if column.datatype == _TRUTH:
        truth = _YES.get(text.casefold())
        if truth is None and not isinstance(part, bool):
            raise CellFault(f'"{text}" is neither yes nor no', "Write yes or no.")
        return ox.Literal(truth or text, datatype=ox.NamedNode(_TRUTH)), ""
    if column.datatype == _ADDRESS:
        if not _ADDRESSES.fullmatch(text):
            raise CellFault(f'"{text}" is no web address', "Write it whole, with https://.")
        return named(text), ""
    if column.most_words and len(text.split()) > column.most_words:
        raise CellFault(
            f"the phrase has {len(text.split())} words", f"Keep at most {column.most_words} words."
        )
    note = "" if isinstance(part, str) else f'{text} read as the text "{text}"'
    if column.lang:
        return ox.Literal(text, language=column.lang), note
    return ox.Literal(text, datatype=ox.NamedNode(column.datatype or _STRING)), note


def plain(cell: Cell) -> str:
    """Return a cell as text."""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return "" if cell is None else str(cell).strip()


def _read_choice(column: Column, text: str, words: Words) -> tuple[Term, str]:
    known = {words.labels[term]: term for term in words.terms(column) if term in words.labels}
    if text in known:
        return ox.NamedNode(known[text]), ""
    folded = " ".join(text.split()).casefold()
    for label, term in known.items():
        if folded == label.casefold() or folded in words.others.get(term, ()):
            return ox.NamedNode(term), f'"{text}" read as {label}'
    near = get_close_matches(folded, list(known), n=1, cutoff=0.7)
    mend = f"Did you mean {near[0]}?" if near else f"Choose from the list: {', '.join(known)}."
    raise CellFault(f'"{text}" is not in the list', mend)


def named(iri: str) -> ox.NamedNode:
    """Return an IRI that somebody wrote as a term.

    Raises:
        CellFault: when it is no IRI.
    """
    try:
        return ox.NamedNode(iri)
    except ValueError as error:
        raise CellFault(
            f'"{iri}" is no web address', "Write it whole, with https:// and no brackets."
        ) from error


def _read_reference(column: Column, text: str, words: Words) -> Term:
    found = words.names.find(text, column.refers)
    if len(found) == 1:
        return named(next(iter(found)))
    if found:
        forms = sorted(words.names.shown(iri, column.refers, False) for iri in found)
        raise CellFault(f'"{text}" may mean {" or ".join(forms)}', "Write the one that is meant.")
    near = words.names.nearest(text, column.refers)
    raise CellFault(
        f'"{text}" names nothing that this column may name',
        f"Did you mean {' or '.join(near)}?"
        if near
        else "Give it a row on its own sheet, or correct the name.",
    )


def _read_date(cell: Cell) -> tuple[Term, str]:
    day, note = None, ""
    if isinstance(cell, datetime):
        day = cell.date()
    elif isinstance(cell, date):
        day = cell
    else:
        text = plain(cell)
        try:
            day = date.fromisoformat(text)
        except ValueError:
            day = _day_in_words(text)
        if day and day.isoformat() != text:
            note = f'"{text}" read as {day.day} {day:%B %Y}'
    if day is None or day.year > LATEST_YEAR:
        raise CellFault(
            f'"{plain(cell)}" is not a date', "Write it as year-month-day, such as 2025-03-31."
        )
    return ox.Literal(day.isoformat(), datatype=ox.NamedNode(_DATE)), note


def _day_in_words(text: str) -> date | None:
    for form in _DAY_FORMS:
        try:
            return datetime.strptime(text, form).date()
        except ValueError:
            continue
    return None


def _read_number(cell: Cell, whole: bool) -> tuple[Term, str]:
    text = plain(cell)
    if isinstance(cell, float) and math.isfinite(cell):
        text = f"{Decimal(repr(cell)):f}".removesuffix(".0")
    bare = text.replace(",", "").replace("£", "").strip()
    if not (_WHOLES if whole else _NUMBERS).fullmatch(bare):
        kind = "a whole number" if whole else "a number"
        raise CellFault(f'"{text}" is not {kind}', "Write digits only.")
    datatype = ox.NamedNode(_WHOLE if whole else _NUMBER)
    return ox.Literal(bare, datatype=datatype), f'"{text}" read as {bare}' if bare != text else ""
