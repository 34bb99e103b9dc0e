"""The query editor: examples, prefixes, the answer as a table, and an error at its line.

A query is sent by POST, whatever its length. Where an address can hold it, the answer is the
page of that address, which can be saved; where not, the page itself. So the form is one, and
works without JavaScript.
"""

from __future__ import annotations

import re
import time
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from itertools import groupby
from typing import Annotated, Any

from fastapi import Query, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.exceptions import HTTPException

from masagraph.assessment.names import nearest
from masagraph.errors import BadValue, MasagraphError, QueryError, Unavailable, UnknownName
from masagraph.questions.catalogue import THEMES, Question
from masagraph.questions.parameters import bind
from masagraph.report.at_place import at_place
from masagraph.resources import find_resources
from masagraph.store.mistakes import BEGIN, NO_UPDATES, RULE
from masagraph.store.opened import Opened
from masagraph.store.prefixes import KNOWN, PrefixMissing
from masagraph.store.written_in import write_in
from masagraph.vocab import PREFIXES
from masagraph.web.bodies import read_body, read_pairs
from masagraph.web.results import read_result
from masagraph.web.run_it import editor_address, ways
from masagraph.web.shown import Shown, page, page_router, page_status
from masagraph.web.sparql import QUERY_TYPE
from masagraph.web.state import Service, ServiceDep

router = page_router()

MOST_ROWS = 500
"""Most rows that the page shows; the files hold more."""

FIRST = "editor/first.rq"
"""What stands in the editor at first."""

Asked = Annotated[str | None, Query()]

_PARSER = re.compile(r"^the query cannot be parsed: error at \d+:\d+: (?:expected (?:one of )?)?")
_TOKEN = re.compile(r'"[^"]+"|(?<![\w{])[A-Z]{2,}(?![\w}])')
_SIGNS = {"'", '"', "'''", "+", "-", "_:", "<", "<<", "<<(", ":", "@", "^^"}


@router.get("/query")
def editor(
    request: Request,
    service: ServiceDep,
    query: Asked = None,
    example: Asked = None,
    edit: Asked = None,
) -> HTMLResponse:
    """Show the editor: empty, with a stored question, or with a query and its answer."""
    if example:
        return _with_example(request, service, example)
    if query is None:
        return _page(request, service, find_resources().read_query(FIRST), run=False)
    return _page(request, service, _lines(query), run=not edit)


@router.post("/query")
async def sent(request: Request, service: ServiceDep) -> Response:
    """Take a query: run it, add a prefix to it, or give it back as a file."""
    try:
        form = dict(read_pairs(await read_body(request, service.settings)))
    except HTTPException as error:
        refused = MasagraphError(str(error.detail).rstrip("."))
        return page(
            request, service, "query.html", _context(service, "", refused), error.status_code
        )
    text, asked = _lines(form.get("query", "")), form.get("do", "run")
    if asked == "download":
        headers = {"Content-Disposition": 'attachment; filename="query.rq"'}
        return Response(text, 200, headers, f"{QUERY_TYPE}; charset=utf-8")
    if asked.startswith("prefix"):
        # The button below an error names its prefix; the other takes the one that was chosen.
        text = with_prefix(text, asked.removeprefix("prefix").lstrip("-") or form.get("prefix", ""))
    run = asked == "run"
    address = editor_address(text, service.settings.base_url, run)
    if address:
        return RedirectResponse(address, HTTPStatus.SEE_OTHER)
    # Waiting for a worker is done in a thread: in the event loop it would stop the server.
    return await run_in_threadpool(_page, request, service, text, run)


def with_prefix(text: str, name: str) -> str:
    """Return a query with a known prefix declared; as it is when it declares it already."""
    if name not in KNOWN or re.search(rf"(?im)^\s*prefix\s+{re.escape(name)}:", text):
        return text
    return f"PREFIX {name}: <{KNOWN[name]}>\n{text}"


def read_query(opened: Opened, text: str) -> Shown:
    """Run a query for the page; what a query worker does."""
    begun = time.perf_counter()
    try:
        answer = opened.store.query(text, limit=MOST_ROWS)
    except QueryError as error:
        return {}, error
    seconds = time.perf_counter() - begun
    return {"result": read_result(opened.store, answer), "seconds": seconds}, None


def read_example(opened: Opened, question: Question) -> str:
    """Return a stored question with example values written in; what a query worker does."""
    given = {p.name: p.example for p in question.parameters if p.example and not p.optional}
    return write_in(question.query, bind(question, given, opened.store, opened.data_date))


def _with_example(request: Request, service: Service, name: str) -> HTMLResponse:
    known = {question.name: question for question in service.questions}
    try:
        if name not in known:
            raise UnknownName(f'there is no question "{name[:100]}"', nearest(name[:100], known))
        text = service.run(read_example, known[name])
    except MasagraphError as error:
        return _refused(request, service, _context(service, "", error, name), error)
    return page(request, service, "query.html", _context(service, text, None, name))


def _page(request: Request, service: Service, text: str, run: bool) -> HTMLResponse:
    """Show the editor with a query and, where it is to be run, its answer or its error."""
    if not run:
        return page(request, service, "query.html", _context(service, text))
    try:
        _refuse_size(text, service)
        shown, error = service.run(read_query, text)
    except MasagraphError as unanswered:
        shown, error = {}, unanswered
    context = {**_context(service, text, error), **shown}
    if error is not None:
        return _refused(request, service, context, error)
    base = service.settings.base_url
    more = {"run": ways(text, context["result"].formats, base), "link": editor_address(text, base)}
    return page(request, service, "query.html", {**context, **more})


def _refuse_size(text: str, service: Service) -> None:
    """Refuse what ``/sparql`` would not read either.

    Raises:
        BadValue: when there is nothing, or too much.
    """
    most = service.settings.max_query
    if not text.strip():
        raise BadValue("there is no query", "Write one, or use an example.")
    if len(text) > most:
        raise BadValue(
            f"the query has {len(text):,} characters, and at most {most:,} are read",
            "Shorten it: long lists of values often can be said as a pattern.",
        )


def _refused(
    request: Request, service: Service, context: Mapping[str, Any], error: MasagraphError
) -> HTMLResponse:
    headers = {"Retry-After": str(error.after)} if isinstance(error, Unavailable) else None
    status = page_status(error)
    return page(request, service, "query.html", {**context, "error": error}, status, headers)


def _context(
    service: Service, text: str, error: MasagraphError | None = None, example: str = ""
) -> dict[str, Any]:
    """Return what the editor needs, with or without an answer. Nothing of it needs a worker."""
    said, at = _explained(text, error) if error else ("", None)
    settings = service.settings
    return {
        "text": text,
        "error": error,
        "said": said,
        "at": at_place(text, *at) if at else None,
        "missing": error if isinstance(error, PrefixMissing) else None,
        "example": example,
        "examples": _by_theme(service.questions),
        "prefixes": PREFIXES,
        "declarable": {name: KNOWN[name] for name in sorted(KNOWN) if name},
        "result": None,
        "limits": {
            "seconds": f"{settings.query_seconds:g}",
            "shown": MOST_ROWS,
            "rows": settings.max_rows,
            "letters": settings.max_query,
        },
    }


def _by_theme(questions: Sequence[Question]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return name and title of each question below its theme."""
    ordered = sorted(questions, key=lambda each: (THEMES.index(each.theme), each.title))
    return [
        (theme, [(each.name, each.title) for each in group])
        for theme, group in groupby(ordered, lambda each: each.theme)
    ]


def _explained(text: str, error: MasagraphError) -> tuple[str, tuple[int, int] | None]:
    """Return what is wrong in words, and at which line and column, where that helps.

    A parser lists all that it would have taken; of that stays what people know.
    """
    if not isinstance(error, QueryError) or not error.at:
        return error.what, None
    at, rest = error.at, _PARSER.sub("", error.what)
    could = [token.strip('"') for token in _TOKEN.findall(rest)]
    if error.mend == NO_UPDATES:
        return "the query would change the data", None
    if error.mend == BEGIN:
        return "this does not begin as a query", None
    rule = RULE.search(rest)
    if isinstance(error, PrefixMissing) or rule:
        return rule[0] if rule else rest, at
    if could and _ends_at(text, at):
        return "the query ends too early: a bracket or a quote may be open", at
    if {"$", "?"} & set(could):
        return (
            "the query cannot be understood here; a variable, a name or a value may stand here",
            at,
        )
    known = [f"“{sign}”" for sign in could if sign not in _SIGNS]
    if not known:
        return "the query cannot be understood here; look at what stands just before", at
    return f"the query cannot be understood here; it could go on with {', '.join(known)}", at


def _ends_at(text: str, at: tuple[int, int]) -> bool:
    """Whether nothing of a text but space stands behind a place."""
    lines = text.split("\n")
    rest = (
        "\n".join([lines[at[0] - 1][at[1] - 1 :], *lines[at[0] :]]) if at[0] <= len(lines) else ""
    )
    return not rest.strip()


def _lines(text: str) -> str:
    """Return a text with the line ends that it had in the editor: browsers send others."""
    return text.replace("\r\n", "\n").replace("\r", "\n")
