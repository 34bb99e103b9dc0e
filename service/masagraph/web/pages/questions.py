"""The stored questions: the list by theme, and each as a form with its answer as a table."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Annotated, Any

from fastapi import Query, Request
from fastapi.responses import HTMLResponse

from masagraph.assessment.names import lookup, nearest
from masagraph.errors import MasagraphError, UnknownName
from masagraph.questions.answers import answer as ask
from masagraph.questions.catalogue import THEMES, Question
from masagraph.questions.choices import choices_of, short_of
from masagraph.questions.finding import find
from masagraph.questions.parameters import bind
from masagraph.report.readable import Cell, Readable, heading, readable
from masagraph.store.opened import Opened
from masagraph.store.protocol import Store
from masagraph.store.written_in import write_in
from masagraph.vocab import ID, curie
from masagraph.web.linked.addresses import named_node
from masagraph.web.linked.labels import label_of
from masagraph.web.run_it import run_it
from masagraph.web.shown import Shown, answer, page, page_router, page_status
from masagraph.web.state import ServiceDep

router = page_router()

MOST_ROWS = 1_000
"""Most rows that a page shows; the files hold them all."""

_SHORT_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@router.get("/questions")
def questions(
    request: Request, service: ServiceDep, q: Annotated[str | None, Query()] = None
) -> HTMLResponse:
    """List the questions by theme; with ``q``, answer the one that its words ask."""
    words = (q or "").strip()
    listed = by_theme(with_words(service.questions, words))
    context = {
        "typed": q or "",
        "known": len(service.questions),
        "number_listed": sum(len(questions) for _, questions in listed),
        "themes": listed,
    }
    if not words:
        return page(request, service, "questions.html", context)
    return answer(
        request, service, "questions.html", read_found, words, service.questions, context,
        service.settings.max_rows, service.settings.base_url,
    )  # fmt: skip


@router.get("/questions/{name}")
def one_question(request: Request, service: ServiceDep, name: str) -> HTMLResponse:
    """Show the form of a question and, when nothing that it needs is missing, its answer."""
    known = {question.name: question for question in service.questions}
    if name not in known:
        error = UnknownName(f'there is no question "{name[:100]}"', nearest(name[:100], known))
        context = {"question": None, "error": error}
        return page(request, service, "question.html", context, page_status(error))
    given = {key: text.strip() for key, text in request.query_params.items()}
    return answer(
        request, service, "question.html", read_question, known[name], given,
        service.settings.max_rows, service.settings.base_url,
    )  # fmt: skip


def by_theme(questions: Sequence[Question]) -> list[tuple[str, list[Question]]]:
    """Return questions under their themes, those without one left out."""
    themes = [(theme, [each for each in questions if each.theme == theme]) for theme in THEMES]
    return [(theme, listed) for theme, listed in themes if listed]


def read_found(
    opened: Opened,
    words: str,
    questions: Sequence[Question],
    context: Mapping[str, Any],
    most: int,
    base: str,
) -> Shown:
    """Find the question that words ask, and answer it; what a query worker does.

    Args:
        opened: the store.
        words: the words.
        questions: all stored questions.
        context: what the page shows besides.
        most: most rows that the service gives in any format.
        base: the setting ``base_url``.
    """
    found = find(words, questions, opened)
    best = found.best
    answered: dict[str, Any] = {"answered": None}
    if best is not None:
        answered, error = read_question(opened, best.question, best.parameters, most, base)
        if error is not None:
            return {**context, "found": found, "answered": None}, error
    return {**answered, **context, "found": found}, None


def with_words(questions: Sequence[Question], words: str) -> list[Question]:
    """Return the questions that have every one of some words, or parts of words, in them."""
    wanted = words.casefold().split()
    texts = (
        (each, f"{each.name} {each.theme} {each.title} {each.question} {each.note}".casefold())
        for each in questions
    )
    return [each for each, text in texts if all(word in text for word in wanted)]


def read_question(
    opened: Opened, question: Question, given: Mapping[str, str], most: int, base: str
) -> Shown:
    """Ask a question for its page; what a query worker does.

    Args:
        opened: the store.
        question: the question.
        given: values as typed, by parameter.
        most: most rows that the service gives in any format.
        base: the setting ``base_url``.
    """
    store = opened.store
    choices = choices_of(store, question)
    typed = {name: text for name, text in given.items() if text}
    context: dict[str, Any] = {
        "question": question,
        "choices": choices,
        "given": typed,
        "answered": None,
        "most": most,
    }
    needed = [p for p in question.parameters if not (p.optional or p.default)]
    if not given and needed:
        return context, None
    try:
        bound = bind(question, typed, store, opened.data_date)
        answered = ask(
            question, typed, store, opened.data_date, opened.data_version, min(MOST_ROWS, most)
        )
    except MasagraphError as error:
        return context, error
    asked = {
        name: short_of(choices.get(name, ()), value) for name, value in answered.parameters.items()
    }
    told = [
        (name, next((c.label for c in choices.get(name, ()) if c.value == value), value))
        for name, value in asked.items()
    ]
    shown = linked(store, readable(answered))
    return {
        **context,
        "given": {**typed, **{name: asked[name] for name in typed}},
        "answered": replace(answered, rows=()),
        "columns": answered.described,
        "number": len(answered.rows),
        "asked": asked,
        "told": told,
        "shown": shown,
        # The label of what was asked for is no news.
        "same": [
            (heading(column), cell)
            for column, cell in shown.same_columns
            if column.removesuffix("_name") not in asked
        ],
        "run": run_it(write_in(question.query, bound), base),
    }, None


def linked(store: Store, shown: Readable) -> Readable:
    """Give each name in an answer its label, and each short name in it the thing that it means.

    A column called ``duty`` or ``document`` holds the last part of the names ``id/duty/…`` or
    ``id/document/…``; it is so for every kind of thing. What is none of them stays text.
    """
    seen: dict[tuple[str, str, str], Cell] = {}

    def better(column: str, cell: Cell | None) -> Cell | None:
        """Look each cell up once: a name stands in many rows."""
        if cell is None:
            return None
        key = (column, cell.text, cell.iri)
        if key not in seen:
            seen[key] = _linked(store, column, cell)
        return seen[key]

    return replace(
        shown,
        rows=tuple(
            tuple(better(column, cell) for column, cell in zip(shown.columns, row, strict=True))
            for row in shown.rows
        ),
        same_columns=tuple(
            (column, better(column, cell) or cell) for column, cell in shown.same_columns
        ),
    )


def _linked(store: Store, column: str, cell: Cell) -> Cell:
    if cell.iri:
        if cell.text != curie(cell.iri):
            return cell
        label = label_of(store, named_node(cell.iri))
        return replace(cell, text=str(label)) if label else cell
    if _SHORT_NAME.fullmatch(cell.text) and not cell.number:
        iri = f"{ID}{column}/{cell.text}"
        if lookup(store, "known", thing=named_node(iri)):
            return replace(cell, iri=iri)
    return cell
