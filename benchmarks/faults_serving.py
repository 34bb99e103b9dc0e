"""Faults of a service under load: its processes killed, its store replaced, its clock wrong."""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from threading import Event, Thread
from urllib.parse import quote

from faulted_store import HERE, Faulted, Outcome, ended, pointer
from servers import HOST, Server, Started, masagraph, wait_for

CLIENTS = 4
_SETTINGS = {"MASAGRAPH_RELOAD_SECONDS": "0.2", "MASAGRAPH_CLIENT_RATE": ""}
_QUERIES = tuple(
    (HERE / "queries" / f"{name}.rq").read_text(encoding="utf-8")
    for name in ("gap-matrix", "faults/variant", "aggregate")
)
_VARIANT = f"/sparql?query={quote(_QUERIES[1])}"
_SECONDS = 120


@dataclass(frozen=True, slots=True)
class Asked:
    """One request of a load.

    Attributes:
        began, finished: by the monotonic clock.
        status: of the answer; 0 when the connection was refused, 1 when it broke.
        key: the version of the data and the query.
        body: the answer.
    """

    began: float
    finished: float
    status: int
    key: tuple[str, int]
    body: bytes


@dataclass
class Load:
    """Clients that ask without pause, until they are told to stop.

    Attributes:
        server: whom they ask; it may change.
        asked: what they asked, client by client.
    """

    server: Server
    asked: list[list[Asked]] = field(default_factory=lambda: [[] for _ in range(CLIENTS)])

    @contextmanager
    def going(self) -> Iterator[None]:
        """Ask while the block runs."""
        stop = Event()
        threads = [Thread(target=self._client, args=(n, stop)) for n in range(CLIENTS)]
        for thread in threads:
            thread.start()
        try:
            time.sleep(0.5)
            yield
            time.sleep(0.5)
        finally:
            stop.set()
            for thread in threads:
                thread.join()

    @property
    def all(self) -> list[Asked]:
        """Every request."""
        return [one for client in self.asked for one in client]

    def unlike(self) -> list[str]:
        """Return answers that differ from others to the same question about the same data."""
        first: dict[tuple[str, int], bytes] = {}
        return [
            f"two answers to query {one.key[1]} of {one.key[0]}"
            for one in self.all
            if one.status == 200 and first.setdefault(one.key, one.body) != one.body
        ]

    def failed(self) -> list[Asked]:
        """Return the requests that were not answered as they should be."""
        return [one for one in self.all if one.status != 200]

    def _client(self, number: int, stop: Event) -> None:
        turn = number
        while not stop.is_set():
            turn = (turn + 1) % len(_QUERIES)
            one = ask(self.server, turn)
            self.asked[number].append(one)
            if not one.status:
                time.sleep(0.05)


def ask(server: Server, turn: int) -> Asked:
    """Send one query, on a connection of its own."""
    began, status, version, body = time.monotonic(), 0, "", b""
    connection = http.client.HTTPConnection(HOST, server.port, timeout=_SECONDS)
    try:
        connection.connect()
        status = 1
        kind = {"Content-Type": "application/sparql-query", "Accept": "application/json"}
        connection.request("POST", server.path, _QUERIES[turn], kind)
        answer = connection.getresponse()
        body = answer.read()  # which fails when it is shorter than was said
        version = answer.headers["Masagraph-Data-Version"] or ""
        status = answer.status
    except (OSError, http.client.HTTPException):
        pass
    finally:
        connection.close()
    return Asked(began, time.monotonic(), status, (version, turn), body)


def killed_workers(faulted: Faulted, tries: int, random: Random) -> Outcome:
    """Kill query workers under load: only what one of them was doing may fail, and is told."""
    with serving(faulted) as server:
        load, kills = Load(server), list[float]()
        with load.going():
            for _ in range(tries):
                workers = children(_nursery(server))
                kills.append(_kill(random.choice(workers)))
                time.sleep(random.uniform(0.1, 0.5))
    lost = load.unlike() + _not_in_flight(load, kills, {503})
    return Outcome(
        "killed-workers",
        "kill -9 of a query worker under load",
        tries,
        lost[:tries],
        f"{len(load.all):,} requests; {len(load.failed())} failed, each under way in a worker that "
        "was killed, and told with status 503 to ask again",
    )


def killed_nurseries(faulted: Faulted, tries: int, random: Random) -> Outcome:
    """Kill the process that holds the data, under load; another must take its place."""
    lost, waited = list[str](), list[float]()
    with serving(faulted) as server:
        load = Load(server)
        with load.going():
            for number in range(tries):
                time.sleep(random.uniform(0, 1))
                nursery = _nursery(server)
                workers = children(nursery)
                began = _kill(nursery)
                if not _until(lambda old=nursery: _replaced(server, old)):
                    lost.append(f"try {number + 1}: no other took its place")
                waited.append(time.monotonic() - began)
                if not _until(lambda gone=workers: not any(map(_lives, gone))):
                    lost.append(f"try {number + 1}: workers ran on")
    failed = load.failed()
    lost += load.unlike() + [f"status {one.status}" for one in failed if one.status != 503]
    return Outcome(
        "killed-data-process",
        "kill -9 of the process that holds the data, under load",
        tries,
        lost[:tries],
        f"{len(load.all):,} requests, of which {len(failed)} were told with status 503 to ask "
        f"again; another was ready within {max(waited):.1f} s at most",
    )


def killed_services(faulted: Faulted, tries: int, random: Random) -> Outcome:
    """Kill the service itself under load and start it again, as systemd does."""
    lost, broken, down, total = list[str](), 0, list[float](), 0
    for number in range(tries):
        with ExitStack() as held:
            server = held.enter_context(serving(faulted))
            load, family = Load(server), _family(server.process.pid)
            with load.going():
                time.sleep(random.uniform(0, 1))
                killed = _kill(server.process.pid)
                server.process.wait()
                load.server = held.enter_context(serving(faulted))
                down.append(time.monotonic() - killed)
            if not _until(lambda gone=family: not any(map(_lives, gone))):
                lost.append(f"try {number + 1}: a process ran on")
        total += len(load.all)
        lost += [f"try {number + 1}: {what}" for what in load.unlike()]
        for one in load.failed():
            # The system takes connections for a process until the last of it has gone.
            if one.status == 1 and one.began <= killed + 1 and one.finished >= killed:
                broken += 1
            elif one.status or not killed - 0.1 <= one.finished <= killed + down[-1] + 1:
                lost.append(f"try {number + 1}: status {one.status}")
    return Outcome(
        "killed-services",
        "kill -9 of the whole service under load, started again at once",
        tries,
        lost[:tries],
        f"{total:,} requests; {broken} under way were broken off, which the client sees; "
        f"none was taken for {min(down):.1f} to {max(down):.1f} s, until it was up again; no "
        "process was left behind",
    )


def reloads(faulted: Faulted, tries: int, random: Random) -> Outcome:
    """Build while the service takes up each new store, under load: nothing fails or goes back."""
    del random
    with serving(faulted) as server:
        load, lost, versions = Load(server), list[str](), list[str]()
        with load.going():
            for variant in range(1, tries + 1):
                ran = ended(faulted.start(variant))
                versions.append(pointer(faulted.store).data_version)
                if ran.code or not _until(lambda: _ready(server) == versions[-1]):
                    lost.append(f"build {variant}: {ran.said[-200:] or 'it was not taken up'}")
    lost += load.unlike() + [f"status {one.status}" for one in load.failed()]
    order = {version: number for number, version in enumerate(versions, start=1)}
    for client in load.asked:
        seen = [order.get(one.key[0], 0) for one in client]
        lost += ["an older version after a newer one"] * (seen != sorted(seen))
    for one in load.all:
        if one.key[1] == 1 and one.status == 200:
            found = re.search(rb"variant (\d+)", one.body)
            if not found or int(found[1]) != order.get(one.key[0], 0):
                lost.append("an answer of another version than it said")
    return Outcome(
        "reloads",
        "builds while the service takes up each new store, under load",
        tries,
        lost[:tries],
        f"{len(load.all):,} requests over {len({one.key[0] for one in load.all})} versions; "
        f"{len(load.failed())} failed",
    )


def stale_answers(faulted: Faulted, tries: int, random: Random) -> Outcome:
    """Ask with the validators of an answer, after a newer store was written by an earlier clock."""
    lost = []
    for variant in range(1, tries + 1):
        with serving(faulted) as server:
            status, before, _ = _get(server)
            if status != 200 or _get(server, _validators(before))[0] != 304:
                lost.append(f"try {variant}: the first answer had no use")
        faulted.build(variant)
        past = time.time() - random.randrange(10**6, 10**8)
        os.utime(faulted.store / "snapshots" / pointer(faulted.store).snapshot, (past, past))
        with serving(faulted) as server:
            for asked in (_validators(before), {"If-Modified-Since": before["last-modified"]}):
                status, _, body = _get(server, asked)
                if status != 200 or f"variant {variant}".encode() not in body:
                    lost.append(f"try {variant}: status {status} to {sorted(asked)}")
    return Outcome(
        "stale-answers",
        "a client that holds an older answer, after the clock was set back and the store built",
        tries,
        lost[:tries],
        "asked whether it had changed, the service gave the new one",
    )


@contextmanager
def serving(faulted: Faulted) -> Iterator[Started]:
    """Start the service over a store, and wait until it answers."""
    with masagraph(faulted.store, _SETTINGS) as server:
        wait_for([server])
        yield server


def children(parent: int) -> list[int]:
    """Return the processes that one has started and that live."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError, ValueError):
            state, above, *_ = path.read_text(encoding="ascii").rpartition(")")[2].split()
            if int(above) == parent and state != "Z":
                found.append(int(path.parent.name))
    return sorted(found)


def _nursery(server: Started) -> int:
    """Return the newest process that holds data; 0 while there is none."""
    return max(children(server.process.pid), default=0)


def _replaced(server: Started, old: int) -> bool:
    """Tell whether another process than the old one holds the data, and answers."""
    return _nursery(server) not in (0, old) and bool(_ready(server))


def _family(pid: int) -> list[int]:
    return [pid, *(one for child in children(pid) for one in _family(child))]


def _kill(pid: int) -> float:
    """Kill a process that was started here; return when."""
    now = time.monotonic()
    with suppress(ProcessLookupError):  # replaced at this very moment
        os.kill(pid, signal.SIGKILL)
    return now


def _lives(pid: int) -> bool:
    try:
        text = Path(f"/proc/{pid}/stat").read_text(encoding="ascii")
    except OSError:
        return False
    return text.rpartition(")")[2].split()[0] != "Z"


def _not_in_flight(load: Load, kills: list[float], told: set[int]) -> list[str]:
    """Return failures that no kill explains. A process that is killed takes a moment to end."""
    return [
        f"status {one.status}, {one.body[:100]!r}"
        for one in load.failed()
        if one.status not in told
        or not any(one.began <= kill + 0.5 and kill <= one.finished for kill in kills)
    ]


def _until(true: Callable[[], object]) -> bool:
    """Wait until something holds; false when it takes too long."""
    deadline = time.monotonic() + _SECONDS
    while time.monotonic() < deadline:
        if true():
            return True
        time.sleep(0.05)
    return False


def _ready(server: Server) -> str:
    """Return the version of the data that a service is ready to answer from; empty for none."""
    status, _, body = _get(server, path="/ready")
    return str(json.loads(body)["data_version"]) if status == 200 else ""


def _get(
    server: Server, headers: Mapping[str, str] | None = None, path: str = ""
) -> tuple[int, Mapping[str, str], bytes]:
    connection = http.client.HTTPConnection(HOST, server.port, timeout=_SECONDS)
    try:
        connection.request("GET", path or _VARIANT, headers=dict(headers or {}))
        answer = connection.getresponse()
        told = {name.lower(): value for name, value in answer.getheaders()}
        return answer.status, told, answer.read()
    except (OSError, http.client.HTTPException):
        return 0, {}, b""
    finally:
        connection.close()


def _validators(headers: Mapping[str, str]) -> dict[str, str]:
    return {"If-None-Match": headers["etag"], "If-Modified-Since": headers["last-modified"]}
