"""What a request handler needs, made once when the service starts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from masagraph.questions.catalogue import Question
from masagraph.settings import Settings
from masagraph.store.opened import Opened


@dataclass(frozen=True, slots=True)
class State:
    """Settings, the open store, and the stored questions."""

    settings: Settings
    opened: Opened
    questions: tuple[Question, ...]


def _state(request: Request) -> State:
    state = request.app.state.masagraph
    assert isinstance(state, State)
    return state


StateDep = Annotated[State, Depends(_state)]
