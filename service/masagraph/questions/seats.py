"""Who leads and who is delegated, as told on top of a gap report."""

from __future__ import annotations

from datetime import date

from masagraph.questions.answers import Answered, answer
from masagraph.questions.catalogue import find_question, list_questions
from masagraph.resources import find_resources
from masagraph.store.opened import Opened

QUESTION = "leads-and-delegates"


def seats(source: Opened, area: str, as_at: date) -> Answered:
    """Ask the stored question about the seats of an area.

    Args:
        source: the open store.
        area: the area's short name.
        as_at: the date.
    """
    question = find_question(list_questions(find_resources()), QUESTION)
    given = {"area": area, "as_at": as_at.isoformat()}
    return answer(question, given, source.store, source.data_date, source.data_version)
