"""``masagraph serve``."""

from __future__ import annotations

import os
from typing import Annotated

import typer
import uvicorn

from masagraph.cli.context import StoreOption, folder_of, opened, say
from masagraph.settings import read_settings


def serve_command(
    host: Annotated[
        str | None, typer.Option(help="Address to listen on.", show_default=False)
    ] = None,
    port: Annotated[
        int | None, typer.Option(min=0, max=65535, help="Port to listen on.", show_default=False)
    ] = None,
    workers: Annotated[int, typer.Option(min=1, help="Number of processes.")] = 1,
    store: StoreOption = None,
) -> None:
    """Serve the SPARQL endpoint, the API and the pages. Read only.

    Example: masagraph serve --port 8000
    """
    settings = read_settings()
    opened(store)  # builds the store when there is none
    if store is not None:
        # The service is made in worker processes, which read their settings anew.
        os.environ["MASAGRAPH_STORE"] = str(store)
    address, number = host or settings.host, settings.port if port is None else port
    say(f"Serving {folder_of(store)} on http://{address}:{number}  (Ctrl-C stops it)")
    uvicorn.run(
        "masagraph.web.app:create_app",
        factory=True,
        host=address,
        port=number,
        workers=workers,
        log_level="warning",
        server_header=False,
    )
