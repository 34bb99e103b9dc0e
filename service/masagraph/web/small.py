"""Pages as sent: a tenth of their size. Answers for programs are left as they are."""

from __future__ import annotations

from starlette.middleware.gzip import GZipMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

FOR_PROGRAMS = ("/api/", "/sparql", "/id/", "/graph/", "/data/", "/void", "/ns", "/metrics")
"""What may be large, or asked often: compressing it here would hold up all other answers."""


class Small:
    """Middleware: pages and what belongs to them go out compressed, where the client takes that.

    Args:
        app: what answers.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app, self._small = app, GZipMiddleware(app, minimum_size=1_000, compresslevel=6)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        as_it_is = scope["type"] != "http" or scope["path"].startswith(FOR_PROGRAMS)
        await (self._app if as_it_is else self._small)(scope, receive, send)
