"""The process that query workers are forked from.

It loads a snapshot into memory once. A worker shares that memory, so that another one is
there in some milliseconds however large the data are. Nothing else is done here: the threads
that reading the snapshot began are idle when workers are forked, and hold no lock.

Over an endpoint there is nothing to load: it asks for what workers need, and forks them alike.

Run as ``python -m masagraph.store.workers.nursery DESCRIPTOR SOURCE MEMORY WARM``;
see :class:`masagraph.store.workers.pool.Pool` for the other end.
"""

from __future__ import annotations

import gc
import json
import os
import signal
import socket
import sys
from collections.abc import Callable
from importlib import import_module
from multiprocessing.connection import Connection

from masagraph.errors import MasagraphError
from masagraph.store.opened import Opened
from masagraph.store.workers.source import Source, source_of
from masagraph.store.workers.worker import work

FORK, END = "fork", "end"


def main(arguments: list[str]) -> None:
    """Open the store, say so, then fork and end workers as told until the channel closes."""
    descriptor, word, memory, warm = arguments
    source = source_of(word)
    control = socket.socket(fileno=int(descriptor))
    try:
        module, _, name = warm.partition(":")
        get_ready: Callable[[Opened], None] = getattr(import_module(module), name)
        opened = source.open()
        get_ready(opened)
    except MasagraphError as error:
        place = str(error.place) if error.place else ""
        _say(control, {"error": error.what, "mend": error.mend, "place": place})
        return
    # What is here now stays for good: the collector need not look at it in any worker, and
    # memory that nobody writes to stays shared.
    gc.collect()
    gc.freeze()
    _say(
        control,
        {
            "snapshot": opened.snapshot,
            "data_version": opened.data_version,
            "data_date": opened.data_date.isoformat(),
            "graphs": list(opened.store.graphs()),
            "own_areas": [[area.slug, area.label] for area in opened.own_areas],
        },
    )
    _serve(control, source, opened, int(memory))


def _serve(control: socket.socket, source: Source, opened: Opened, memory: int) -> None:
    while message := control.recv(64).decode():
        order, _, number = message.partition(" ")
        if order == FORK:
            here, there = socket.socketpair()
            with here, there:
                pid = os.fork()
                if not pid:
                    channel = Connection(os.dup(here.fileno()))
                    _become_worker(channel, source.in_worker(opened, channel), memory)
                socket.send_fds(control, [str(pid).encode()], [there.fileno()])
        elif order == END:
            # Until it is waited for here, its number cannot be that of another process.
            os.kill(int(number), signal.SIGKILL)
            _, status = os.waitpid(int(number), 0)
            control.send(str(status).encode())
    os.killpg(0, signal.SIGKILL)  # whoever asked has gone: end all workers, and this process


def _become_worker(channel: Connection, opened: Opened, memory: int) -> None:
    """Work until there is nothing to do; never return into the nursery's loop."""
    try:
        work(channel, opened, memory)
    except BaseException as error:
        sys.stderr.write(f"a query worker ended: {type(error)} {error}"[:500] + "\n")
    finally:
        os._exit(0)


def _say(control: socket.socket, message: dict[str, object]) -> None:
    body = json.dumps(message).encode()
    control.sendall(len(body).to_bytes(8, "big") + body)


if __name__ == "__main__":
    main(sys.argv[1:])
