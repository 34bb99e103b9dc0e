"""How a stored question is asked beside a network: as in the tests of questions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from masagraph.questions.answers import answer
from masagraph.questions.catalogue import find_question, list_questions
from masagraph.resources import Resources
from masagraph.store.opened import Opened

Rows = Callable[..., list[dict[str, Any]]]


@pytest.fixture(scope="session")
def rows(opened: Opened, resources: Resources) -> Rows:
    """The rows of the answer to a question, each as a mapping of its columns."""
    questions = list_questions(resources)

    def answered(name: str, **given: str) -> list[dict[str, Any]]:
        said = answer(
            find_question(questions, name), given, opened.store, opened.data_date,
            opened.data_version,
        )  # fmt: skip
        found: list[dict[str, Any]] = said.as_json()["rows"]
        return found

    return answered
