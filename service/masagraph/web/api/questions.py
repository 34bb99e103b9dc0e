"""``/api/questions``: the stored questions, each a route with its parameters typed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from inspect import Parameter as Argument
from inspect import Signature
from typing import Annotated

from fastapi import APIRouter, Depends, FastAPI, Query, Response

from masagraph.questions.answers import answer
from masagraph.questions.catalogue import Parameter, Question
from masagraph.questions.columns import describe_in_full
from masagraph.questions.finding import find
from masagraph.report.csvfile import to_csv
from masagraph.report.workbook_lists import answer_workbook
from masagraph.report.workbook_words import Place
from masagraph.store.opened import Opened
from masagraph.store.protocol import text_of
from masagraph.web.api.answers import (
    JSON,
    TABLE,
    AsJson,
    AsTable,
    Content,
    Wanted,
    declared,
    refuse_unknown,
    reply,
    to_json,
)
from masagraph.web.state import Service, ServiceDep

router = APIRouter()


@router.get("/api/questions", responses=declared((JSON,)), response_class=Response)
def questions(
    service: ServiceDep,
    wanted: AsJson,
    q: Annotated[str | None, Query(description="A question in plain words.")] = None,
) -> Response:
    """List the stored questions; with ``q``, answer the one that its words ask.

    Where no question seems to be meant nothing is run: ``found`` is null, ``why_not`` says why, and
    ``next_best`` offers the nearest.
    """
    words = (q or "").strip()
    if not words:
        listed = [describe_in_full(each) for each in service.questions]
        return reply(service, wanted, to_json(listed))
    limit = service.settings.max_rows
    content, cut = service.run(write_found, words, service.questions, limit)
    return reply(service, wanted, content, cut)


def write_found(
    opened: Opened, words: str, questions: Sequence[Question], limit: int
) -> tuple[str, bool]:
    """Find the question that words ask, and write its answer; what a query worker does.

    Returns:
        what was found with the answer, if any; and whether it was cut at the limit.
    """
    found = find(words, questions, opened)
    if found.best is None:
        return to_json(found.as_json()), False
    answered = answer(
        found.best.question, found.best.parameters, opened.store, opened.data_date,
        opened.data_version, limit,
    )  # fmt: skip
    return to_json({**found.as_json(), **answered.as_json()}), answered.truncated


def add_questions(app: FastAPI, stored: Sequence[Question]) -> None:
    """Add a route for each stored question, with its parameters typed in OpenAPI."""
    for question in stored:
        app.add_api_route(
            f"/api/questions/{question.name}",
            _Ask(question),
            methods=["GET"],
            tags=["Questions"],
            name=question.name,
            summary=question.title,
            description=" ".join(filter(None, (question.question, question.note))),
            operation_id=f"ask_{question.name.replace('-', '_')}",
            responses=declared(TABLE, 404),
            response_class=Response,
            dependencies=[Depends(refuse_unknown)],
        )


@dataclass
class _Ask:
    """The handler of one stored question: its signature is made from the question."""

    question: Question

    @property
    def __signature__(self) -> Signature:
        fixed = [
            Argument("service", Argument.KEYWORD_ONLY, annotation=ServiceDep),
            Argument("wanted", Argument.KEYWORD_ONLY, annotation=AsTable),
        ]
        return Signature([*fixed, *(_argument(p) for p in self.question.parameters)])

    def __call__(self, service: Service, wanted: Wanted, **given: str | None) -> Response:
        asked = {name: value for name, value in given.items() if value}
        limit, form, place = service.settings.max_rows, wanted.form.name, wanted.place
        content, cut = service.run(write_answer, self.question, asked, limit, form, place)
        return reply(service, wanted, content, cut)


def write_answer(
    opened: Opened,
    question: Question,
    given: Mapping[str, str],
    limit: int,
    form: str,
    place: Place,
) -> tuple[Content, bool]:
    """Ask a stored question and write the answer; what a query worker does.

    Returns:
        the answer, and whether it was cut at the limit.

    Raises:
        BadValue, UnknownName: see :func:`masagraph.questions.parameters.bind`.
    """
    answered = answer(question, given, opened.store, opened.data_date, opened.data_version, limit)
    if form == "csv":
        rows = ([text_of(term) for term in row] for row in answered.rows)
        return to_csv(answered.columns, rows), answered.truncated
    if form == "xlsx":
        return answer_workbook(opened, place, answered), answered.truncated
    return to_json(answered.as_json()), answered.truncated


def _argument(parameter: Parameter) -> Argument:
    needed = not parameter.optional and not parameter.default
    about = ", ".join(
        filter(
            None,
            (
                {"iri": "A name or an IRI", "date": "A date such as 2024-06-01"}.get(
                    parameter.kind, "Text"
                ),
                f"default {parameter.default}" if parameter.default else "",
                f"such as {parameter.example}" if parameter.example else "",
            ),
        )
    )
    return Argument(
        parameter.name,
        Argument.KEYWORD_ONLY,
        default=Argument.empty if needed else None,
        annotation=Annotated[str if needed else str | None, Query(description=about + ".")],
    )
