"""A stranger's draft: read within limits, assessed beside the law, and never kept.

It is parsed by Oxigraph alone, which fetches nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pyoxigraph as ox

from masagraph.assessment.assess import assess
from masagraph.assessment.check import area_of_draft, with_draft
from masagraph.assessment.findings import Assessment
from masagraph.assessment.names import choose_editions
from masagraph.dataset.draft import DRAFT, FaultyDraft, parse_draft
from masagraph.dataset.files import RdfFile
from masagraph.errors import BadValue, DataError, EngineError, QueryError
from masagraph.resources import find_resources
from masagraph.store.opened import Opened
from masagraph.vocab import MASA

FORMATS = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/trig": ox.RdfFormat.TRIG,
    "application/ld+json": ox.RdfFormat.JSON_LD,
}
"""The forms in which a draft may come, by media type."""

MOST_GRAPHS = 20
"""Each graph is a document or a frame, and is validated alone."""

_NOT_OF_ITS_KIND = (ArithmeticError, LookupError, RuntimeError, TypeError, ValueError)
"""What libraries raise over a text where a name belongs, or a blank node where a date does.

The integrity shapes find most of that first, but not all that a stranger may think of.
"""

_PLACE = re.compile(r"Parser error at line (\d+) (?:between columns|column) (\d+)")


@dataclass(frozen=True, slots=True)
class Drafted:
    """A draft that was read.

    Attributes:
        files: its files.
        edition: the edition against which it asks to be assessed, unless another is asked for;
            None where it asks for none.
        as_at: the day on which it was begun, before which it is not assessed unless that is
            asked for; None where it tells none.
    """

    files: list[RdfFile]
    edition: str | None = None
    as_at: date | None = None


class DraftRefused(BadValue):
    """A draft that cannot be assessed as it stands.

    Attributes:
        faults: each thing that is wrong, where more than the first is known.
    """

    faults: tuple[DataError, ...] = ()


class DraftUnreadable(QueryError):
    """A draft that cannot be parsed. Like a query that cannot, it is told line and column."""


def check_upload(
    opened: Opened, data: bytes, media_type: str, edition: str | None, as_at: date | None
) -> Assessment:
    """Assess a draft. Documents held of its area are left out.

    Args:
        opened: the open store.
        data: the draft.
        media_type: one of :data:`FORMATS`.
        edition: an edition id or ``in-force``; None for the default edition.
        as_at: the date; by default that of the data or of the newest document of the draft,
            whichever is later.

    Raises:
        DraftUnreadable: when it is not what its media type says, with line and column.
        BadValue: when it cannot be assessed as it stands, with what to mend.
        UnknownName: for an edition that is not held.
    """
    return check_files(opened, lambda: Drafted(_read(data, media_type)), edition, as_at)


def check_files(
    opened: Opened, read: Callable[[], Drafted], edition: str | None, as_at: date | None
) -> Assessment:
    """Assess the files of a draft, see :func:`check_upload`.

    Args:
        opened: the open store.
        read: reads the draft.
        edition: an edition id or ``in-force``; None for that of the draft, or the default.
        as_at: the date; None for that of the draft or of the data, or of its newest document.

    Raises:
        DraftUnreadable: when they are not what they are said to be, with line and column.
        BadValue: when they cannot be assessed as they stand, with what to mend.
        UnknownName: for an edition that is not held.
    """
    try:
        given = read()
        draft = with_draft(opened.store, given.files, find_resources())
        area, newest = area_of_draft(draft, given.files)
        day = as_at or max(given.as_at or opened.data_date, newest)
        chosen = choose_editions(draft, edition or given.edition, day)
        return assess(draft, area, chosen, day, f"{opened.data_version} and a draft")
    except DataError as error:
        raise _told(error) from error
    except EngineError as error:
        raise BadValue(f"the draft cannot be assessed: {error.what}", error.mend) from error
    except _NOT_OF_ITS_KIND as error:
        raise BadValue(
            "the draft cannot be assessed: something in it is not of the kind that is needed there",
            "Check that names stand where names belong, and texts and dates where they do.",
        ) from error


def _read(data: bytes, media_type: str) -> list[RdfFile]:
    form = FORMATS[media_type]
    files = parse_draft(data, form, Path("draft"), f"{DRAFT}1")
    if len(files) > MOST_GRAPHS:
        raise DataError(
            f"the draft has {len(files):,} graphs, and at most {MOST_GRAPHS} are read",
            "Check one arrangement at a time.",
        )
    for file in files:
        for triple in file.triples:
            if isinstance(triple.object, ox.Triple):
                raise DataError(
                    "the draft names triples as terms, which are not used here",
                    "Describe what they say as a masa:Statement.",
                )
            _refuse_terms(file, triple)
    return files


def _refuse_terms(file: RdfFile, triple: ox.Triple) -> None:
    """Refuse a draft that says something of a term of the ontology: it would change the rules.

    Raises:
        DataError: when it does.
    """
    subject = triple.subject
    if isinstance(subject, ox.NamedNode) and subject.value.startswith(str(MASA)):
        raise DataError(
            f"the draft says something of the term masa:{subject.value.removeprefix(str(MASA))}",
            "A draft describes an arrangement; the terms stand in the ontology.",
            file.place_of(subject.value),
        )


def _told(error: DataError) -> QueryError | BadValue:
    """Return the error as one of the request: what cannot be read apart from what is wrong."""
    cause = error.__cause__
    if not isinstance(cause, SyntaxError | UnicodeDecodeError):
        refused = DraftRefused(error.what, error.mend, error.place)
        refused.faults = error.faults if isinstance(error, FaultyDraft) else ()
        return refused
    place = _PLACE.search(str(cause))
    at = (int(place[1]), int(place[2])) if place else None
    return DraftUnreadable(error.what, error.mend, error.place, at)
