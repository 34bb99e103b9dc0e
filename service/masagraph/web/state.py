"""What a request handler is given: the limits, the questions, and a way to the data."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Concatenate, ParamSpec, TypeVar

from fastapi import Depends, Request

from masagraph.questions.catalogue import Question
from masagraph.settings import Settings
from masagraph.store.opened import Opened
from masagraph.store.workers.live import Generation, Live

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class State:
    """Made once when the service starts."""

    settings: Settings
    live: Live
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Service:
    """What one request may use. All that it reads is of one version of the data."""

    settings: Settings
    questions: tuple[Question, ...]
    live: Live
    generation: Generation
    client: str

    @property
    def data_version(self) -> str:
        """The version of the data that this request reads."""
        return self.generation.pool.data_version

    @property
    def data_date(self) -> date:
        """The date of that data, the default as-at date."""
        return self.generation.pool.data_date

    def run(
        self,
        function: Callable[Concatenate[Opened, P], T],
        *arguments: P.args,
        **named: P.kwargs,
    ) -> T:
        """Run a function over the open store in a query worker.

        Args:
            function: a module-level function; its first argument is the open store.
            arguments: its other arguments. They and the result are pickled.
            named: none; a worker takes arguments by position.

        Raises:
            Unavailable: when there is no turn, or the work is stopped at a limit.
        """
        assert not named
        result: T = self.live.run(self.generation, self.client, function, *arguments)
        return result


def state_of(request: Request) -> State:
    """Return what the service was made with."""
    state = request.app.state.masagraph
    assert isinstance(state, State)
    return state


async def _service(request: Request) -> AsyncIterator[Service]:
    state = state_of(request)
    client = request.client.host if request.client else ""
    with state.live.pinned() as generation:
        yield Service(state.settings, state.questions, state.live, generation, client)


ServiceDep = Annotated[Service, Depends(_service)]
