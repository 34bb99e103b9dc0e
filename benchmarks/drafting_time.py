"""How long the whole command takes on a document of forty pages, as a user runs it."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

import typst

PAGES = 40
WORDS_A_PAGE = 400


@dataclass(frozen=True, slots=True)
class Took:
    """What a run took, from start to end.

    Attributes:
        seconds: where a store is built, as it is after ``masagraph build``.
        processor: seconds of the processor that it used.
        unbuilt: where none is, so that all data are read first.
    """

    seconds: float
    processor: float
    unbuilt: float


def time_of_command(texts: Sequence[Path]) -> Took:
    """Return what the program took of a PDF of forty pages, from its start to its end.

    Args:
        texts: the texts of which its pages are made, one after the other, begun anew at the end.

    Raises:
        subprocess.CalledProcessError: when the command fails.
    """
    words = [word for path in texts for word in path.read_text(encoding="utf-8").split()]
    every = list(islice(cycle(words), PAGES * WORDS_A_PAGE))
    pages = [every[n : n + WORDS_A_PAGE] for n in range(0, len(every), WORDS_A_PAGE)]
    parts = [f"#{json.dumps(' '.join(page), ensure_ascii=False)}" for page in pages]
    source = "#set page(height: auto)\n" + "\n#pagebreak()\n".join(parts)
    with TemporaryDirectory() as folder:
        document = Path(folder) / "document.pdf"
        document.write_bytes(typst.compile(source.encode()))
        store = Path(folder) / "store"
        draft = ("area", "draft", "--area", "sefton", "--document", document, "--store", store)
        unbuilt = _run(*draft, "--output", Path(folder) / "first.xlsx")
        _run("build", "--store", store)
        used = _used()
        seconds = _run(*draft, "--output", Path(folder) / "second.xlsx")
        return Took(seconds, _used() - used, unbuilt)


def _run(*arguments: str | Path) -> float:
    """Run the program, and return how many seconds it took."""
    program, begun = Path(sys.executable).with_name("masagraph"), perf_counter()
    subprocess.run([program, *arguments], check=True, capture_output=True)  # noqa: S603 - our own
    return perf_counter() - begun


def _used() -> float:
    """Return the seconds of the processor that the programs begun by this one have used."""
    told = resource.getrusage(resource.RUSAGE_CHILDREN)
    return told.ru_utime + told.ru_stime
