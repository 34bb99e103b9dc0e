"""What tests ask query workers to do. In a module of its own, as a worker imports it by name."""

from __future__ import annotations

import os
import socket
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox

from masagraph.errors import BadValue
from masagraph.store.opened import Opened


def warm(opened: Opened) -> None:
    assert opened.data_version


def version(opened: Opened) -> str:
    return opened.data_version


def pid(opened: Opened) -> int:
    return os.getpid()


def count(opened: Opened, text: str) -> str:
    return str(opened.store.query(text))


def sleep(opened: Opened, seconds: float) -> str:
    time.sleep(seconds)
    return "slept"


def take(opened: Opened, size: int) -> int:
    return len(bytearray(size))


def die(opened: Opened, number: int) -> None:
    os.kill(os.getpid(), number)


def much(opened: Opened, size: int) -> bytes:
    """More than a channel takes at once: whoever ends this one meanwhile cuts it off."""
    return bytes(size)


def refuse(opened: Opened, what: str) -> None:
    raise BadValue(what, "Mend it.")


def break_down(opened: Opened) -> None:
    raise KeyError("the inside")


SERVICE = "SELECT * {{ SERVICE <http://127.0.0.1:{}/> {{ ?s ?p ?o }} }}"
WAYS: dict[str, Callable[[str], object]] = {
    "file": lambda where: Path(where).read_text(encoding="utf-8"),
    "write": lambda where: Path(where).write_text("x", encoding="utf-8"),
    "list": lambda where: list(Path(where).iterdir()),
    "socket": lambda where: socket.create_connection(("127.0.0.1", int(where)), timeout=2),
    "udp": lambda where: socket.socket(socket.AF_INET, socket.SOCK_DGRAM),
    "unix": lambda where: socket.socket(socket.AF_UNIX),
    "pipe": lambda where: os.pipe(),
    "program": lambda where: subprocess.run([where], check=True),
    "service": lambda where: list(ox.Store().query(SERVICE.format(where))),  # type: ignore[arg-type]
    "load": lambda where: ox.Store().update(f"LOAD <http://127.0.0.1:{where}/>"),
}


def reach(opened: Opened, how: str, where: str) -> str:
    """Try to get out; say what came of it."""
    try:
        WAYS[how](where)
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return "reached"


def descriptors(opened: Opened) -> list[int]:
    """Numbers of what is open: none can be listed, so each is tried."""
    found = []
    for number in range(256):
        try:
            os.fstat(number)
        except OSError:
            continue
        found.append(number)
    return found
