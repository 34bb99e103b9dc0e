"""``/api``: areas, assessments, accountability, duties, bodies, questions, checks of drafts."""

from __future__ import annotations

from fastapi import APIRouter, Depends

from masagraph.web.api import (
    accountability,
    areas,
    assessments,
    bodies,
    chart,
    check,
    compare,
    duties,
    network,
    questions,
)
from masagraph.web.api.answers import refuse_unknown
from masagraph.web.api.assessments import make_assessment
from masagraph.web.api.questions import add_questions

__all__ = ["add_questions", "make_assessment", "router"]

router = APIRouter(tags=["API"], dependencies=[Depends(refuse_unknown)])
_PARTS = (
    areas,
    assessments,
    accountability,
    network,
    chart,
    bodies,
    compare,
    duties,
    questions,
    check,
)
for _part in _PARTS:
    router.include_router(_part.router)
