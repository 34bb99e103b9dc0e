"""What can go wrong for a user, said in one line: where, what, and the mend."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Place:
    """Where something was found: a file and, when known, a line (from 1)."""

    file: Path | str
    line: int | None = None

    def __str__(self) -> str:
        return f"{self.file}:{self.line}" if self.line else str(self.file)


class MasagraphError(Exception):
    """A failure that is the input's or the machine's, not the program's.

    Args:
        what: what is wrong, in plain English, without a full stop.
        mend: what to do about it.
        place: the file and line, where there is one.
    """

    def __init__(self, what: str, mend: str = "", place: Place | None = None) -> None:
        self.what, self.mend, self.place = what, mend, place
        super().__init__(self.line())

    def line(self) -> str:
        """One line for a terminal: place, what, mend."""
        head = f"{self.place}: " if self.place else ""
        tail = f". {self.mend}" if self.mend else ""
        return " ".join(f"{head}{self.what}{tail}".split())


class DataError(MasagraphError):
    """A file of the dataset is not what it must be."""


class UnknownName(MasagraphError):
    """An area, duty, edition, document or question that the dataset does not hold."""


class BadValue(MasagraphError):
    """A value that is not of the kind asked for, such as a date that is none."""


class QueryError(MasagraphError):
    """A query that cannot be parsed or evaluated.

    Args:
        what, mend, place: as in every error.
        at: line and column of the query's text, from 1, where that is known.
    """

    def __init__(
        self,
        what: str,
        mend: str = "",
        place: Place | None = None,
        at: tuple[int, int] | None = None,
    ) -> None:
        super().__init__(what, mend, place)
        self.at = at


class QueryRefused(QueryError):
    """A query that asks for something this read-only service never does."""


class Unavailable(MasagraphError):
    """What was asked cannot be answered now; asking again later may help.

    Args:
        what, mend: as in every error.
        reason: a word for programs: ``time``, ``memory``, ``busy`` or ``stopped``.
        after: seconds after which to try again.
    """

    def __init__(self, what: str, mend: str = "", reason: str = "busy", after: int = 1) -> None:
        super().__init__(what, mend)
        self.reason, self.after = reason, after


class StoreError(MasagraphError):
    """The store cannot be read or written."""


class EngineError(MasagraphError):
    """The engine could not prove what it was about to say; nothing is said instead."""
