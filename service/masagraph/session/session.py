"""A session: one open dataset, asked from Python."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from datetime import date, datetime
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Any
from weakref import finalize

import networkx as nx
import pandas as pd
from rdflib import Dataset

from masagraph.assessment.comparing import compare, compare_editions
from masagraph.assessment.held import assess_by_held
from masagraph.assessment.names import choose_editions, find_area, list_areas, parse_date
from masagraph.errors import BadValue, StoreError, UnknownName
from masagraph.network.made import read_network
from masagraph.questions.answers import answer
from masagraph.questions.catalogue import Question, find_question, list_questions
from masagraph.questions.finding import Way, find
from masagraph.report.csvfile import CHANGE_COLUMNS, FINDING_COLUMNS, change_rows, finding_rows
from masagraph.resources import find_resources
from masagraph.session.frames import frame_of, term_frame, text_frame
from masagraph.session.graphs import dataset_of, default_graphs
from masagraph.session.tables import areas_frame, matrix_frame, questions_frame
from masagraph.store.opened import Opened

Day = date | str
Names = str | Iterable[str]


class Session:
    """An open dataset. Made by :func:`masagraph.open`.

    Every answer is complete unless a limit was asked for. What a data frame rests on stands in
    its ``attrs``. An area is named by its short name or its GSS code, a day by a ``date`` or
    ``"2024-06-01"``.
    """

    def __init__(self, opened: Opened, folder: TemporaryDirectory[str] | None = None) -> None:
        """Make a session.

        Args:
            opened: the store.
            folder: its folder, where that is removed with the session.
        """
        self._held: Opened | None = opened
        self._remove = finalize(self, folder.cleanup) if folder else None

    def __enter__(self) -> Session:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<masagraph data {self._held.data_version if self._held else 'closed'}>"

    def close(self) -> None:
        """Let the store go. A session that is closed answers no more."""
        self._held = None
        if self._remove:
            self._remove()

    @property
    def _opened(self) -> Opened:
        if self._held is None:
            raise StoreError("this session is closed", "Open another with masagraph.open().")
        return self._held

    @property
    def data_date(self) -> date:
        """The date of the data: the day on which it is looked at unless another is named."""
        return self._opened.data_date

    @property
    def data_version(self) -> str:
        """The version of the data: its date and a part of its hash. Cite it with any figure."""
        return self._opened.data_version

    def query(self, sparql: str, limit: int | None = None) -> pd.DataFrame:
        """Run a SPARQL query.

        Args:
            sparql: SELECT, ASK, CONSTRUCT or DESCRIBE. The usual prefixes need no declaration.
            limit: most rows; None for all.

        Returns:
            its rows. Triples come as ``subject``, ``predicate``, ``object``; a yes or no as one
            cell ``answer``. ``attrs``: ``data_version``, ``truncated``.

        Raises:
            QueryError: when the query cannot be parsed or evaluated, with the place.
            QueryRefused: for an update, or a query that would reach elsewhere.
        """
        found = self._opened.store.query(sparql, limit=_limit(limit))
        frame = frame_of(found)
        frame.attrs = {
            "data_version": self.data_version,
            "truncated": getattr(found, "truncated", False),
        }
        return frame

    def questions(self) -> pd.DataFrame:
        """Return the stored questions: name, title, question, theme, audience, parameters."""
        return questions_frame(list_questions(find_resources()))

    def ask(self, question: str, /, **parameters: Day | None) -> pd.DataFrame:
        """Ask a stored question, by its name or in plain words.

        Args:
            question: its name, see :meth:`questions`; or words, such as
                ``"who scrutinises sefton"``. The best question is asked when
                they seem to mean one question; ``attrs`` tell which.
            parameters: its parameters by name; one that is None counts as not given.

        Returns:
            the answer. ``attrs``: ``question``, ``title``, ``parameters``, ``note``,
            ``data_version``, ``truncated``; for words also ``asked``: what was made of them, and
            the next best questions.

        Raises:
            UnknownName: when there is no such question, area, duty or the like, or words do not
                seem to mean one question: the nearest are told.
            BadValue: for a parameter that is missing, unknown or of another kind.
        """
        opened, known = self._opened, list_questions(find_resources())
        given = {name: _text(value) for name, value in parameters.items() if value is not None}
        told: dict[Hashable, Any] = {}
        if len(question.split()) > 1:
            way, told = _by_words(question, known, opened, given)
            wanted, given = way.question, way.parameters
        else:
            wanted = find_question(known, question)
        found = answer(wanted, given, opened.store, opened.data_date, opened.data_version)
        frame = term_frame(found.columns, found.rows)
        frame.attrs = {
            "question": wanted.name,
            "title": wanted.title,
            "parameters": found.parameters,
            "note": wanted.note,
            "data_version": found.data_version,
            "truncated": found.truncated,
            **told,
        }
        return frame

    def areas(self) -> pd.DataFrame:
        """Return every area of the register, and whether a document of it is held."""
        return areas_frame(list_areas(self._opened.store))

    def assess(
        self,
        area: str,
        edition: str | None = None,
        as_at: Day | None = None,
        documents: Names | None = None,
    ) -> pd.DataFrame:
        """Return what the documents of an area show of each duty of an edition.

        Args:
            area: the area.
            edition: such as ``wt2023``, or ``in-force``; by default the newest guidance that
                is held in full.
            as_at: look as on this day.
            documents: ids of the only documents to read; None for all in view.

        Returns:
            one row a duty, with the columns of the CSV. ``attrs``: ``area``, ``edition``,
            ``remark``, ``as_at``, ``data_version``, ``tested`` (the denominator), ``counts``,
            ``documents``.

        Raises:
            UnknownName: for an area, edition or document that is not held.
            BadValue: for a day that is none, or before any edition.
        """
        opened, day = self._opened, self._day(as_at)
        found = find_area(list_areas(opened.store), area)
        chosen = choose_editions(opened.store, edition, day)
        only = None if documents is None else list(_names(documents))
        made = assess_by_held(opened.store, found, chosen, day, opened.data_version, only)
        frame = text_frame(FINDING_COLUMNS, finding_rows(made))
        told = made.as_json()
        frame.attrs = {
            **{
                name: told[name]
                for name in ("area", "edition", "remark", "as_at", "data_version", "tested")
            },
            "counts": told["counts"],
            "documents": told["documents_read"],
        }
        return frame

    def matrix(
        self,
        areas: Names | None = None,
        edition: str | None = None,
        as_at: Day | None = None,
    ) -> pd.DataFrame:
        """Set areas side by side.

        Args:
            areas: the areas; None for all with a document.
            edition: as in :meth:`assess`.
            as_at: look as on this day.

        Returns:
            outcomes: one row an area, one column a duty. Areas with no document in view are in
            no row. ``attrs``: ``edition``, ``remark``, ``as_at``, ``data_version``, ``duties``
            (what each column is), ``tested``, ``counts`` and ``documents`` by area,
            ``without_document``, ``areas_known``.

        Raises:
            UnknownName, BadValue: as in :meth:`assess`; and for an empty list of areas.
        """
        opened = self._opened
        found = compare(opened, _areas(areas) or [], edition, self._day(as_at))
        frame = matrix_frame(found)
        frame.attrs["areas_known"] = len(list_areas(opened.store))
        return frame

    def changes(
        self, before: str, after: str, areas: Names | None = None, as_at: Day | None = None
    ) -> pd.DataFrame:
        """Tell what a change of edition alters.

        Args:
            before: the edition before, such as ``wt2018``.
            after: the edition after it, such as ``wt2023``.
            areas: the areas; None for all with a document.
            as_at: look as on this day.

        Returns:
            one row an area and change, with the columns of the CSV. ``attrs``: ``before``,
            ``after``, ``as_at``, ``data_version``, ``areas``.

        Raises:
            UnknownName, BadValue: as in :meth:`assess`, for editions that are not neighbours,
                and for an empty list of areas.
        """
        opened, day = self._opened, self._day(as_at)
        found = compare_editions(opened, _areas(areas) or [], (before, after), day)
        frame = text_frame(CHANGE_COLUMNS, change_rows(found))
        frame.attrs = {
            "before": before,
            "after": after,
            "as_at": day.isoformat(),
            "data_version": opened.data_version,
            "areas": [each.area.slug for each in found],
        }
        return frame

    def graph(self, areas: Names | None = None, as_at: Day | None = None) -> nx.MultiDiGraph[str]:
        """Return the network of bodies, posts and organisations, as documents state it.

        Args:
            areas: the areas; None for all with a document.
            as_at: look as on this day.

        Returns:
            a network of its own; what its nodes and edges carry is told in
            :func:`masagraph.network.made.read_network`.

        Raises:
            UnknownName: for an area that is not held.
            BadValue: for a day that is none, and an empty list of areas.
        """
        return read_network(self._opened.store, _areas(areas), self._day(as_at))

    def rdflib(self, graphs: Names | None = None) -> Dataset:
        """Return the data for rdflib, in its named graphs.

        Args:
            graphs: their names; None for all but the graph of people's names, and findings on
                other days than the data's date.

        Returns:
            a dataset of its own; what is added to it changes nothing here.

        Raises:
            UnknownName: for a graph that is not held.
        """
        opened = self._opened
        names = default_graphs(opened) if graphs is None else list(_names(graphs))
        return dataset_of(opened.store, names)

    def _day(self, as_at: Day | None) -> date:
        return self.data_date if as_at is None else parse_date(_text(as_at))


def _by_words(
    words: str, known: list[Question], opened: Opened, given: dict[str, str]
) -> tuple[Way, dict[Hashable, Any]]:
    """Return the question that words seem to mean, and what to tell of the choice.

    Raises:
        UnknownName: when they do not seem to mean one, with how to ask the nearest.
    """
    found = find(words, known, opened, given)
    if found.best is None:
        near = "; ".join(_call(way) for way in found.ways)
        mend = f"The nearest are: {near}" if near else "List them with questions()."
        raise UnknownName(f'"{words[:100]}" was not run: {found.why_not}', mend)
    return found.best, {"asked": found.as_json()}


def _call(way: Way) -> str:
    """Return how to ask a question from Python; a missing value stands as its example."""
    given = {**way.parameters, **{p.name: p.example for p in way.missing}}
    values = "".join(f", {name}={value!r}" for name, value in given.items())
    return f"ask({way.question.name!r}{values})"


def _text(value: Any) -> str:
    """Return a value of a parameter as a user would type it."""
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return value.isoformat()
    if not isinstance(value, str):
        raise BadValue(f"{value!r} is neither text nor a date", "Give a text or a date.")
    return value


def _names(names: Names) -> Iterable[str]:
    return [names] if isinstance(names, str) else names


def _areas(areas: Names | None) -> list[str] | None:
    """Return the areas that are named; None for all."""
    if areas is None:
        return None
    wanted = list(_names(areas))
    if not wanted:
        raise BadValue("the list of areas is empty", "Name an area, or leave it out for all.")
    return wanted


def _limit(limit: int | None) -> int | None:
    if limit is not None and limit < 0:
        raise BadValue(f"the limit {limit} is less than 0", "Give a number of rows, or None.")
    return limit
