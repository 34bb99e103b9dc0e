"""``masagraph serve``."""

from __future__ import annotations

from typing import Annotated

import typer

from masagraph.cli.context import DataOption, EndpointOption, StoreOption, opened, progress, say
from masagraph.questions.opening import build_own, folder_of
from masagraph.settings import read_settings


def serve_command(
    host: Annotated[
        str | None, typer.Option(help="Address to listen on.", show_default=False)
    ] = None,
    port: Annotated[
        int | None, typer.Option(min=0, max=65535, help="Port to listen on.", show_default=False)
    ] = None,
    workers: Annotated[
        int | None,
        typer.Option(min=1, help="Queries that run at one time.", show_default=False),
    ] = None,
    store: StoreOption = None,
    data: DataOption = None,
    endpoint: EndpointOption = None,
) -> None:
    """Serve the SPARQL endpoint, the API and the pages. Read only.

    Example: masagraph serve --port 8000

    Example: masagraph serve --data my-data
    """
    # Half of what this package loads is for serving; the other commands start without it.
    import uvicorn

    from masagraph.web.app import create_app
    from masagraph.web.log import configure

    settings = read_settings()
    # An option wins over a setting, also over that of the other one.
    named = endpoint is not None or store is not None or data
    asked = endpoint if named else settings.endpoint or None
    if data and asked is None:
        store = build_own(store, data, say, progress)
        say("What changes in these files from now on is shown when this command is started again.")
    else:
        opened(store, data, asked)  # builds the store when there is none
    given = {"host": host, "port": port, "workers": workers, "store": store}
    chosen = {k: v for k, v in given.items() if v is not None} | {"endpoint": asked or ""}
    settings = settings.model_copy(update=chosen)
    say(f"Loading {folder_of(store)} …" if asked is None else f"Asking {asked} …")
    app = create_app(settings)
    app.state.at_end = configure(settings.log_level)
    say(f"Serving on http://{settings.host}:{settings.port}  (Ctrl-C stops it)")
    uvicorn.run(
        app,
        host=settings.host,
        port=settings.port,
        http="h11",  # it limits the size of headers, which the faster parser does not
        log_config=None,
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=bool(settings.trusted_proxies),
        forwarded_allow_ips=settings.trusted_proxies or None,
        timeout_graceful_shutdown=int(settings.query_seconds + settings.queue_seconds) + 5,
    )
