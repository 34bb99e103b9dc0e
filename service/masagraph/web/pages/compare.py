"""Areas side by side: their duties, what a change of edition alters, or a stored question."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Any

from fastapi import Query, Request
from fastapi.responses import HTMLResponse

from masagraph.assessment.comparing import compare, compare_editions
from masagraph.assessment.named_areas import named_areas
from masagraph.assessment.names import (
    Area,
    choose_editions,
    list_areas,
    list_editions,
    nearest,
    parse_date,
)
from masagraph.assessment.view import documents_in_view
from masagraph.errors import BadValue, MasagraphError, UnknownName
from masagraph.questions.catalogue import Question
from masagraph.questions.side_by_side import side_by_side
from masagraph.report.changed import changed
from masagraph.report.compared import Column, compared
from masagraph.report.narrowed import Narrow
from masagraph.store.opened import Opened
from masagraph.web.shown import Shown, answer, page_router
from masagraph.web.state import ServiceDep

router = page_router()

Asked = Annotated[str | None, Query()]

DUTIES = "duties"
"""What is compared when nothing else is named."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be compared, as typed; empty where nothing was.

    Attributes:
        areas: short names, codes or names; none for all areas with a document.
        what: ``duties``, or what a stored question puts side by side: the short name of
            that, or of the question.
        edition: an edition id or ``in-force``.
        before: the edition before a change of edition.
        after: the edition after it.
        as_at: the date.
        differ: whether only rows are wanted in which areas differ.
        narrow: a strength or a topic.
    """

    areas: tuple[str, ...] = ()
    what: str = DUTIES
    edition: str = ""
    before: str = ""
    after: str = ""
    as_at: str = ""
    differ: bool = False
    narrow: Narrow = field(default_factory=Narrow)


@router.get("/compare")
def compare_areas(
    request: Request,
    service: ServiceDep,
    area: Annotated[list[str] | None, Query()] = None,
    what: Asked = None,
    edition: Asked = None,
    from_: Annotated[str | None, Query(alias="from")] = None,
    to: Asked = None,
    as_at: Asked = None,
    differ: Asked = None,
    topic: Asked = None,
    modality: Asked = None,
) -> HTMLResponse:
    """Set areas side by side. There is no order but that of their names."""
    wanted = Wanted(
        areas=tuple(name for name in area or () if name.strip()),
        what=(what or DUTIES).strip(),
        edition=(edition or "").strip(),
        before=(from_ or "").strip(),
        after=(to or "").strip(),
        as_at=(as_at or "").strip(),
        differ=(differ or "").strip() not in ("", "0"),
        narrow=Narrow("", (modality or "").strip().capitalize(), (topic or "").strip()),
    )
    questions = tuple(question for question in service.questions if question.layout)
    limit = service.settings.max_rows
    return answer(request, service, "compare.html", read_compare, wanted, questions, limit)


def read_compare(
    opened: Opened, wanted: Wanted, questions: tuple[Question, ...], limit: int
) -> Shown:
    """Compare areas for the page. A refusal comes with what the form needs.

    Args:
        opened: the open store.
        wanted: what is to be compared.
        questions: the stored questions that can be put side by side.
        limit: most rows of the answer to one.
    """
    areas = list_areas(opened.store)
    named = named_areas(areas, wanted.areas)
    context: dict[str, Any] = {
        "wanted": wanted,
        "areas": areas,
        "named": named.found,
        "unknown": named.unknown,
        "editions": list_editions(opened.store),
        "questions": questions,
        "choices": None,
        "what": wanted.what,
        "slugs": [area.slug for area in named.found],
        "as_at": wanted.as_at,
        "edition": wanted.edition,
    }
    try:
        if problem := named.problem(areas):
            raise problem
        question = _question(wanted, questions)
        day = parse_date(wanted.as_at) if wanted.as_at else opened.data_date
        context |= {"day": day, "as_at": day.isoformat(), "question": question}
        chosen = named.found or tuple(area for area in areas if area.has_document)
        if question:
            assert question.layout is not None
            context["what"] = question.layout.slug
            return {**context, **_answers(opened, question, chosen, day, limit)}, None
        if wanted.before:
            return {**context, **_changes(opened, wanted, chosen, day)}, None
        return {**context, **_duties(opened, wanted, chosen, day)}, None
    except MasagraphError as error:
        return context, error


def _question(wanted: Wanted, questions: tuple[Question, ...]) -> Question | None:
    """Return the stored question that is to be compared, if it is one.

    Raises:
        UnknownName: when there is nothing of that name to compare.
        BadValue: when what is asked does not go together.
    """
    if bool(wanted.before) != bool(wanted.after):
        raise BadValue(
            "a change of edition needs the edition before and the one after",
            "Choose both, or neither.",
        )
    if wanted.before and wanted.edition:
        raise BadValue(
            "one edition does not go with a change of edition",
            "Choose one edition, or the two of a change.",
        )
    if wanted.what == DUTIES:
        return None
    by_slug = {question.layout.slug: question for question in questions if question.layout}
    known = {question.name: question for question in questions} | by_slug
    if wanted.what not in known:
        raise UnknownName(
            f'there is nothing to compare by the name "{wanted.what[:100]}"',
            nearest(wanted.what[:100], [DUTIES, *by_slug]),
        )
    if wanted.before:
        raise BadValue(
            "a change of edition alters duties, and nothing else here",
            "Compare duties, or leave the two editions out.",
        )
    return known[wanted.what]


def _duties(
    opened: Opened, wanted: Wanted, areas: tuple[Area, ...], day: date
) -> dict[str, object]:
    chosen = choose_editions(opened.store, wanted.edition or None, day)
    told: dict[str, object] = {
        "edition": chosen.name,
        "edition_labels": [edition.label for edition in chosen.editions],
        "edition_ids": [edition.id for edition in chosen.editions],
        "remark": chosen.remark,
    }
    if not areas:
        return told
    found = compare(opened, [area.slug for area in areas], wanted.edition or None, day)
    made = compared(found, wanted.narrow, wanted.differ)
    return {**told, "made": made, "choices": made.choices}


def _changes(
    opened: Opened, wanted: Wanted, areas: tuple[Area, ...], day: date
) -> dict[str, object]:
    labels = {edition.id: edition.label for edition in list_editions(opened.store)}
    pair = (wanted.before, wanted.after)
    across = compare_editions(opened, [area.slug for area in areas], pair, day)
    made = changed(across, wanted.narrow, wanted.differ)
    return {
        "made": made,
        "choices": made.choices,
        "remark": made.remark,
        "edition_labels": [labels[name] for name in pair],
        "edition_ids": list(pair),
    }


def _answers(
    opened: Opened, question: Question, areas: tuple[Area, ...], day: date, limit: int
) -> dict[str, object]:
    columns = [Column(area, documents_in_view(opened.store, area, day)) for area in areas]
    held = sorted((c for c in columns if c.documents), key=lambda c: c.area.label)
    shown = [column.area for column in held]
    return {
        "answers": side_by_side(opened, question, shown, day, limit) if held else None,
        "columns": held,
        "without": sorted((c.area for c in columns if not c.documents), key=lambda a: a.label),
    }
