"""Make the service."""

from __future__ import annotations

from pathlib import Path

from fastapi import FastAPI, Request, Response
from fastapi.staticfiles import StaticFiles
from starlette.middleware.base import RequestResponseEndpoint

from masagraph import __version__
from masagraph.questions.catalogue import list_questions
from masagraph.resources import find_resources, store_folder
from masagraph.settings import Settings, read_settings
from masagraph.store.opened import open_store
from masagraph.web import api, pages, sparql
from masagraph.web.problems import SECURITY_HEADERS, add_problem_handlers
from masagraph.web.state import State


def create_app(settings: Settings | None = None) -> FastAPI:
    """Make the service over the store that the settings name.

    The store is copied into memory, so a later build does not disturb requests.

    Args:
        settings: the settings; read from the environment by default.

    Raises:
        StoreError: when there is no store, or it cannot be read.
    """
    settings = settings or read_settings()
    opened = open_store(store_folder(settings), in_memory=True)
    questions = list_questions(find_resources())
    app = FastAPI(
        title="masagraph",
        version=__version__,
        summary="What local safeguarding arrangements for children show of statutory guidance.",
        description=(
            "Read only. A gap in a document is not a gap in protection; "
            '"not found in the text we hold" does not mean absent.'
        ),
        docs_url=None,
        redoc_url=None,
    )
    app.state.masagraph = State(settings, opened, tuple(questions))
    add_problem_handlers(app)
    app.middleware("http")(_secure)
    app.include_router(sparql.router)
    app.include_router(api.router)
    api.add_questions(app, questions)
    app.include_router(pages.router)
    app.mount("/static", StaticFiles(directory=Path(__file__).parent / "static"), name="static")
    return app


async def _secure(request: Request, call_next: RequestResponseEndpoint) -> Response:
    """Add the security headers to every response."""
    response = await call_next(request)
    for name, value in SECURITY_HEADERS.items():
        response.headers.setdefault(name, value)
    return response
