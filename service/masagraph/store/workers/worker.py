"""What a query worker does: it shuts every door behind it, then answers jobs one by one."""

from __future__ import annotations

import os
import resource
import sys
import traceback
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

Job = tuple[Callable[..., Any], tuple[Any, ...]]
"""A module-level function, whose first argument is the open store, and its other arguments."""

Reply = tuple[bool, Any, str]
"""Whether it went well; the result or the exception; and, for that, the traceback's text."""


def work(channel: Connection, opened: object, memory: int) -> None:
    """Answer jobs until the channel closes.

    Args:
        channel: where jobs come from and answers go.
        opened: handed to every job.
        memory: bytes that the worker may take beyond what it has now.
    """
    shut_doors(channel.fileno(), memory)
    while True:
        try:
            function, arguments = channel.recv()
        except (EOFError, OSError):
            return
        try:
            reply: Reply = (True, function(opened, *arguments), "")
        except Exception as error:
            reply = (False, error, traceback.format_exc())
        channel.send(reply)
        if isinstance(reply[1], MemoryError):
            return
        del reply


def shut_doors(keep: int, memory: int) -> None:
    """Close every file but one, and make it impossible to open another, or any socket.

    Should a query get past the guard that reads it, there is still nothing that it could
    reach: the kernel refuses each new descriptor.
    """
    # Standard output and error stay: an abort says there what it was.
    for descriptor in sorted(int(name) for name in os.listdir("/dev/fd")):  # noqa: PTH208
        if descriptor > sys.stderr.fileno() and descriptor != keep:
            with suppress(OSError):  # the one that read the list is closed already
                os.close(descriptor)
    size = _address_space()
    if size is not None:
        resource.setrlimit(resource.RLIMIT_AS, (size + memory, size + memory))
    for limit in (resource.RLIMIT_CORE, resource.RLIMIT_FSIZE, resource.RLIMIT_NOFILE):
        resource.setrlimit(limit, (0, 0))


def _address_space() -> int | None:
    """Return the bytes of address space that this process has; None where it cannot be told."""
    try:
        pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[0]
    except OSError:
        return None
    return int(pages) * resource.getpagesize()


if sys.platform == "win32":  # pragma: no cover
    raise ImportError("query workers need Linux or macOS")
