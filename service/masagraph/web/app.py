"""Make the service."""

from __future__ import annotations

import threading
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import anyio.to_thread
from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware
from fastapi.staticfiles import StaticFiles

from masagraph import __version__
from masagraph.questions.catalogue import list_questions
from masagraph.report.drawing import warm_up
from masagraph.resources import find_resources, store_folder
from masagraph.settings import Settings, read_settings
from masagraph.store.workers.live import Live
from masagraph.store.workers.source import Folder, Remote
from masagraph.web import api, operations, pages, sparql
from masagraph.web.edge import Edge
from masagraph.web.linked import routes
from masagraph.web.problems import add_problem_handlers
from masagraph.web.shown import error_page
from masagraph.web.small import Small
from masagraph.web.state import State

WARM = "masagraph.web.warm:warm"

TOLD_TO_BROWSERS = (
    "ETag",
    "Link",
    "Masagraph-Data-Version",
    "Masagraph-Truncated",
    "Retry-After",
    "X-Request-ID",
)
"""Headers that a script of another site may read."""


def create_app(settings: Settings | None = None, live: Live | None = None) -> FastAPI:
    """Make the service over the store or the endpoint that the settings name.

    This process answers; it holds no data. Query workers do
    (:mod:`masagraph.store.workers`), and are started here.

    Args:
        settings: the settings; read from the environment by default.
        live: data that are open already, and stay so when the service ends; several services of
            one process can share them. By default they are opened here, by the settings.

    Raises:
        StoreError: when there is no store, or it cannot be read.
    """
    settings = settings or read_settings()
    resources = find_resources()
    questions = list_questions(resources)
    shared, live = live is not None, live or open_live(settings)
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
        lifespan=_lifespan,
    )
    app.state.masagraph = State(settings, live, tuple(questions))
    app.state.shared = shared
    app.state.at_end = lambda: None
    app.state.metrics = operations.Metrics(live)
    app.state.error_page = error_page
    add_problem_handlers(app)
    # In a checkout the files change while the version stays, so validators end with the process.
    instance = uuid.uuid4().hex if resources.is_checkout else ""
    app.add_middleware(Small)
    app.add_middleware(
        Edge, settings=settings, live=live, metrics=app.state.metrics, instance=instance
    )
    app.add_middleware(
        CORSMiddleware,
        allow_origins=["*"],
        allow_methods=["*"],
        allow_headers=["*"],
        expose_headers=TOLD_TO_BROWSERS,
    )
    app.include_router(sparql.router)
    app.include_router(api.router)
    api.add_questions(app, questions)
    app.include_router(routes.router)
    app.include_router(operations.router)
    app.include_router(pages.router)
    app.mount("/static", StaticFiles(directory=Path(__file__).parent / "static"), name="static")
    return app


def open_live(settings: Settings) -> Live:
    """Start the workers over the data that the settings name.

    Raises:
        StoreError: when there is no store, or it cannot be read.
    """
    source = Remote(settings.endpoint) if settings.endpoint else Folder(store_folder(settings))
    return Live(source, settings, WARM)


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Let as many requests wait in threads as may wait for a turn; end the workers at the end."""
    state = app.state.masagraph
    threads = anyio.to_thread.current_default_thread_limiter()
    threads.total_tokens = state.settings.queue_length + state.live.turns.at_once + 16
    # What draws takes seconds to compile: nobody should wait for it who asks first.
    threading.Thread(target=warm_up, name="drawing", daemon=True).start()
    yield
    if not app.state.shared:
        state.live.close()
    app.state.at_end()
