"""``/api``: areas, assessments and stored questions as JSON, CSV or Turtle; ``/health``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from inspect import Parameter as Argument
from inspect import Signature
from typing import Annotated, Any

from fastapi import APIRouter, FastAPI, Query, Request, Response
from fastapi.responses import JSONResponse

from masagraph import __version__
from masagraph.assessment.assess import assess
from masagraph.assessment.findings import Assessment
from masagraph.assessment.names import choose_editions, find_area, list_areas, parse_date
from masagraph.errors import BadValue
from masagraph.questions.answers import answer
from masagraph.questions.catalogue import Parameter, Question, describe
from masagraph.report.csvfile import assessments_csv, to_csv
from masagraph.store.formats import Format, serialize_triples
from masagraph.store.protocol import text_of
from masagraph.web.negotiation import choose
from masagraph.web.problems import responses
from masagraph.web.state import State, StateDep

router = APIRouter(tags=["API"])

JSON = Format("json", "application/json")
CSV = Format("csv", "text/csv")
TURTLE = Format("turtle", "text/turtle")

FormatName = Annotated[str | None, Query(alias="format", description="A format's short name.")]
EditionId = Annotated[str | None, Query(description="An edition such as wt2023, or in-force.")]
AsAt = Annotated[str | None, Query(description="A date such as 2024-06-01.")]
DocumentIds = Annotated[list[str] | None, Query(description="Read only this document.")]


def _content(*formats: Format) -> dict[int | str, dict[str, Any]]:
    content: dict[str, Any] = {form.media_type: {} for form in formats}
    return {200: {"description": "The answer.", "content": content}}


@router.get("/health", tags=["Operations"])
def health(state: StateDep) -> dict[str, str]:
    """Say that the service is alive, and which data it holds."""
    return {
        "status": "ok",
        "version": __version__,
        "data_version": state.opened.data_version,
    }


@router.get("/api/areas")
def areas(state: StateDep) -> dict[str, Any]:
    """List every area, and whether a document of its arrangement is held."""
    known = list_areas(state.opened.store)
    return {
        "data_version": state.opened.data_version,
        "areas_with_documents": sum(area.has_document for area in known),
        "areas": [
            {
                "area": area.slug,
                "name": area.label,
                "gss": area.gss,
                "iri": area.iri,
                "arrangement": area.arrangement,
                "has_document": area.has_document,
            }
            for area in known
        ],
    }


def make_assessment(
    state: State, area: str, edition: str | None, as_at: str | None, documents: list[str] | None
) -> Assessment:
    """Assess an area as a request asks.

    Raises:
        UnknownName: for an area, edition or document that is not held.
        BadValue: for a date that is none.
    """
    store, default = state.opened.store, state.opened.data_date
    day = default if not as_at else parse_date(as_at)
    found = find_area(list_areas(store), area)
    chosen = choose_editions(store, edition or None, day)
    return assess(store, found, chosen, day, state.opened.data_version, documents or None)


@router.get(
    "/api/areas/{area}/assessment",
    responses={**_content(JSON, CSV, TURTLE), **responses(404, 406, 422)},
    response_class=Response,
)
def assessment(
    request: Request,
    state: StateDep,
    area: str,
    edition: EditionId = None,
    as_at: AsAt = None,
    document: DocumentIds = None,
    format_: FormatName = None,
) -> Response:
    """Give every finding of an area against an edition of the guidance."""
    for name in request.query_params:
        if name not in ("edition", "as_at", "document", "format"):
            raise BadValue(
                f'there is no parameter "{name}"', "Use edition, as_at, document or format."
            )
    form = choose((JSON, CSV, TURTLE), request.headers.get("accept"), format_)
    made = make_assessment(state, area, edition, as_at, document)
    if form is JSON:
        return JSONResponse(made.as_json(), headers={"Vary": "Accept"})
    text = assessments_csv([made]) if form is CSV else serialize_triples(made.triples, "turtle")
    return Response(text, 200, {"Vary": "Accept"}, f"{form.media_type}; charset=utf-8")


@router.get("/api/questions")
def questions(state: StateDep) -> list[dict[str, Any]]:
    """List the stored questions with their parameters."""
    return [describe(question) for question in state.questions]


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
            responses={**_content(JSON, CSV), **responses(404, 406, 422)},
            response_class=Response,
        )


@dataclass
class _Ask:
    """The handler of one stored question: its signature is made from the question."""

    question: Question

    @property
    def __signature__(self) -> Signature:
        fixed = [
            Argument("request", Argument.KEYWORD_ONLY, annotation=Request),
            Argument("state", Argument.KEYWORD_ONLY, annotation=StateDep),
            Argument("format_", Argument.KEYWORD_ONLY, default=None, annotation=FormatName),
        ]
        return Signature([*fixed, *(_argument(p) for p in self.question.parameters)])

    def __call__(
        self, request: Request, state: State, format_: str | None, **given: str | None
    ) -> Response:
        form = choose((JSON, CSV), request.headers.get("accept"), format_)
        opened = state.opened
        # What is not a parameter is passed on too, so that it is refused and not ignored.
        others = {k: v for k, v in request.query_params.items() if k not in (*given, "format")}
        answered = answer(
            self.question,
            {name: value for name, value in given.items() if value} | others,
            opened.store,
            opened.data_date,
            opened.data_version,
            state.settings.max_rows,
        )
        headers = {"Vary": "Accept"}
        if answered.truncated:
            headers["Masagraph-Truncated"] = "true"
        if form is JSON:
            return JSONResponse(answered.as_json(), headers=headers)
        rows = [[text_of(term) for term in row] for row in answered.rows]
        return Response(to_csv(answered.columns, rows), 200, headers, "text/csv; charset=utf-8")


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
