"""How a question is asked in these tests: by name, over the real store."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from masagraph.questions.answers import Answered, answer
from masagraph.questions.catalogue import find_question, list_questions
from masagraph.resources import Resources
from masagraph.store.opened import Opened

Ask = Callable[..., Answered]
Rows = Callable[..., list[dict[str, Any]]]


@pytest.fixture(scope="session")
def ask(opened: Opened, resources: Resources) -> Ask:
    """Ask a question by name; its parameters are given as typed."""
    questions = list_questions(resources)

    def asked(name: str, limit: int | None = None, **given: str) -> Answered:
        question = find_question(questions, name)
        return answer(
            question, given, opened.store, opened.data_date, opened.data_version, limit=limit
        )

    return asked


@pytest.fixture(scope="session")
def rows(ask: Ask) -> Rows:
    """The rows of an answer, each as a mapping of its columns."""

    def answered(name: str, **given: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = ask(name, **given).as_json()["rows"]
        return found

    return answered
