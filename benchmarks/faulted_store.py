"""A store to do harm to: built again and again with other data, and looked at afterwards."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph as ox

from masagraph.dataset.snapshot import Current, read_current
from masagraph.store.opened import open_store

HERE = Path(__file__).resolve().parent
EXAMPLE = HERE.parent / "tests" / "cli" / "exampleshire"
LEAFLET = Path("areas", "exampleshire", "leaflet.ttl")
TITLE = "Safeguarding children in Exampleshire"
_QUERY = (HERE / "queries" / "gap-matrix.rq").read_text(encoding="utf-8")
_VARIANT = (HERE / "queries" / "faults" / "variant.rq").read_text(encoding="utf-8")
_SECONDS = 300
"""After these a build that does not end counts as failed."""

Command = Callable[[Path, Path], Sequence[str]]
"""Returns the command that builds a store's folder with a further data folder."""


@dataclass(frozen=True)
class Outcome:
    """What came of one kind of fault.

    Attributes:
        name: a word for the command line.
        text: what was done, in words.
        tries: how often.
        lost: what went wrong, one line for each try that did not survive.
        seen: what else there is to say.
    """

    name: str
    text: str
    tries: int
    lost: Sequence[str]
    seen: str = ""

    @property
    def survived(self) -> int:
        """How many tries ended as they should."""
        return self.tries - len(self.lost)


@dataclass(frozen=True)
class Ran:
    """How a command ended: its exit code, and what it said on standard error."""

    code: int
    said: str

    def refused(self, *words: str) -> str:
        """Return what is wrong with a refusal: exit code 2 and one line with some words."""
        lines = self.said.strip().splitlines()
        if self.code != 2:
            return f"exit code {self.code}: {self.said[-200:]}"
        if not lines or "Traceback" in self.said or not all(w in lines[-1] for w in words):
            return f"it said: {self.said[-300:]}"
        return ""


@dataclass(frozen=True)
class Seen:
    """What a store says: which variant it holds, and all else that must be the same."""

    variant: int
    graphs: Mapping[str, int]
    matrix: Sequence[str]


def build_command(store: Path, data: Path) -> Sequence[str]:
    """Return ``masagraph build`` of the real data and a further folder."""
    return (sys.executable, "-m", "masagraph", "build", "--store", str(store), "--data", str(data))


@dataclass
class Faulted:
    """A store folder and its data, of which each variant differs in one title.

    Attributes:
        folder: everything lies below it; the store in ``store``.
        command: what builds, as ``python -m …``.
        right: what the first variant says.
        held: the variant that the store held when it was last looked at.
    """

    folder: Path
    command: Command = build_command
    right: Seen | None = field(default=None, init=False)
    held: int = field(default=0, init=False)

    @property
    def store(self) -> Path:
        """The store's folder."""
        return self.folder / "store"

    def data(self, variant: int, name: str = "data") -> Path:
        """Write the further data of a variant, and return their folder."""
        folder = self.folder / name
        if not folder.exists():
            shutil.copytree(EXAMPLE, folder)
        text = (EXAMPLE / LEAFLET).read_text(encoding="utf-8")
        new = text.replace(TITLE, f"{TITLE}, variant {variant}")
        (folder / LEAFLET).write_text(new, encoding="utf-8")
        return folder

    def start(
        self,
        variant: int,
        name: str = "data",
        prefix: Sequence[str] = (),
        store: Path | None = None,
    ) -> subprocess.Popen[bytes]:
        """Start a build of a variant."""
        command = self.command(store or self.store, self.data(variant, name))
        return subprocess.Popen(  # noqa: S603 - a command of ours
            [*prefix, *command],
            env=clean(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )

    def build(self, variant: int, prefix: Sequence[str] = (), store: Path | None = None) -> Ran:
        """Build a variant and wait for the end."""
        return ended(self.start(variant, prefix=prefix, store=store))

    def begin(self) -> None:
        """Build the first variant; all later ones must say the same but for the title.

        Raises:
            RuntimeError: when it cannot be built.
        """
        ran = self.build(0)
        if ran.code:
            raise RuntimeError(f"the store cannot be built: {ran.said[-300:]}")
        self.right = look(self.store)

    def copied(self, folder: Path) -> Faulted:
        """Return a copy of the store as it is, to do harm to."""
        made = Faulted(folder, self.command)
        shutil.copytree(self.store, made.store)
        # Where the data lie is part of what a store is: it holds the first variant from there.
        made.build(0)
        made.right = self.right
        return made

    def wrong(self, *variants: int, store: Path | None = None) -> str:
        """Return what is wrong with the store as it is: empty when it is one of some variants."""
        try:
            seen = look(store or self.store)
        except Exception as error:
            return f"it does not open: {type(error).__name__} {error}"
        self.held = seen.variant
        if seen.variant not in variants:
            return f"it holds variant {seen.variant}, not {' or '.join(map(str, variants))}"
        if self.right and (seen.graphs, seen.matrix) != (self.right.graphs, self.right.matrix):
            return "it gives another answer"
        return ""


def look(store: Path) -> Seen:
    """Open a store as a service does, every byte checked, and read what it says.

    Raises:
        StoreError: when it cannot be opened or is damaged.
    """
    return read(open_store(store, in_memory=True).store._source)  # type: ignore[attr-defined]


def read(source: ox.Store) -> Seen:
    """Return what an open store says."""
    graphs = Counter(str(quad.graph_name) for quad in source)
    (row,) = source.query(_VARIANT)  # type: ignore[misc]
    number = re.search(r"variant (\d+)", row["title"].value)
    matrix = sorted(str(solution) for solution in source.query(_QUERY))  # type: ignore[union-attr]
    return Seen(int(number[1]) if number else -1, graphs, matrix)


def ended(process: subprocess.Popen[bytes]) -> Ran:
    """Wait for a command that was started, and return how it ended."""
    try:
        _, said = process.communicate(timeout=_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        _, said = process.communicate()
    return Ran(process.returncode, said.decode(errors="replace"))


def run(*arguments: str | Path, stdout: int = subprocess.DEVNULL) -> Ran:
    """Run a ``masagraph`` command."""
    command = [sys.executable, "-m", "masagraph", *map(str, arguments)]
    process = subprocess.Popen(  # noqa: S603
        command, env=clean(), stdin=subprocess.DEVNULL, stdout=stdout, stderr=subprocess.PIPE
    )
    return ended(process)


def left_over(store: Path) -> list[str]:
    """Return the names of what no finished build leaves: half of a snapshot, a file aside."""
    names = [path.name for path in (store / "snapshots").glob("building-*")]
    names += [path.name for path in store.glob("current.*.json")]
    names += [path.name for path in (store / "kept").glob("*.part")]
    if len(list((store / "snapshots").iterdir())) > 2:
        names.append("more than two snapshots")
    return names


def pointer(store: Path) -> Current:
    """Return what a store's pointer says; there must be one."""
    current = read_current(store)
    assert current is not None
    return current


def clean() -> dict[str, str]:
    """Return the environment without any setting of masagraph.

    No process under test writes bytecode: one whose disk is full, or that is killed, would leave
    half a file of it among the program's own, and Python 3.11 does not notice that.
    """
    kept = {key: value for key, value in os.environ.items() if not key.startswith("MASAGRAPH_")}
    return {**kept, "PYTHONDONTWRITEBYTECODE": "1"}
