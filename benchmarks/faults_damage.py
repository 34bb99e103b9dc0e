"""Faults of the disk: one byte of a store's files is another than was written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from random import Random

from faulted_store import Faulted, Outcome, Ran, pointer, read, run
from masagraph.dataset.snapshot import open_snapshot
from servers import free_port


def serve(store: Path) -> Ran:
    """Start the service over a store, which it must refuse."""
    return run("serve", "--store", store, "--port", str(free_port()))


def flipped_bytes(
    faulted: Faulted, tries: int, random: Random, start: Callable[[Path], Ran] = serve
) -> Outcome:
    """Change one byte of one file after another; a start must name it, a build must mend it."""
    lost, names, silent = [], set(), 0
    for number in range(tries):
        file = _files(faulted.store, random)[number % _count(faulted.store)]
        names.add(file.suffix or file.name.split("-")[0])
        at = flip(file, random)
        wrong = start(faulted.store).refused(file.name, "damaged", "Run: masagraph build")
        if not wrong and file.parent != faulted.store:
            wrong, told = _read_anyway(faulted)
            silent += not told
        ran = faulted.build(0)
        wrong = wrong or faulted.wrong(0)
        if ran.code or wrong:
            lost.append(f"byte {at:,} of {file.name}: {wrong} {ran.said[-200:]}")
    return Outcome(
        "flipped-bytes",
        "one byte of one file of the store changed",
        tries,
        lost,
        f"files of the kinds {', '.join(sorted(names))}; each named at the start of the service, "
        f"and mended by a build. Read without that check, {silent} gave the right answers, as the "
        "byte bears on none, and no other gave any",
    )


def flipped_kept(faulted: Faulted, tries: int, random: Random) -> Outcome:
    """Change one byte of what is kept for the next build; no finding may change by it."""
    lost = []
    for number in range(1, tries + 1):
        files = sorted((faulted.store / "kept").glob("*.nq"))
        at = {file.name: flip(file, random) for file in files}
        ran = faulted.build(number)
        wrong = faulted.wrong(number)
        if ran.code or wrong:
            lost.append(f"{at}: {wrong} {ran.said[-200:]}")
    text = "one byte changed in each file of what builds keep"
    return Outcome("flipped-kept", text, tries, lost, "what is damaged is assessed again")


def flip(file: Path, random: Random) -> int:
    """Change one byte of a file, no space of a text; return its place, from 0."""
    data = bytearray(file.read_bytes())
    at = random.choice([n for n, byte in enumerate(data) if byte not in b" \n"])
    data[at] ^= random.randrange(1, 256)
    file.write_bytes(data)
    return at


def _files(store: Path, random: Random) -> list[Path]:
    """Return the files of a store that hold anything, in an order that one seed gives."""
    folder = store / "snapshots" / pointer(store).snapshot
    found = sorted(path for path in folder.iterdir() if path.stat().st_size)
    random.shuffle(found)
    return [store / "current.json", *found]


def _count(store: Path) -> int:
    return len(_files(store, Random(0)))  # noqa: S311 - no secret


def _read_anyway(faulted: Faulted) -> tuple[str, bool]:
    """Read a damaged snapshot with the database's own checksums alone.

    Returns:
        What is wrong, which is an answer that differs; and whether reading was refused.
    """
    try:
        seen = read(open_snapshot(faulted.store, pointer(faulted.store)))
    except Exception:
        return "", True
    right = faulted.right
    assert right is not None
    same = (seen.graphs, seen.matrix) == (right.graphs, right.matrix)
    return ("" if same else "it gave another answer"), False
