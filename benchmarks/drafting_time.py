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
    """What a run took: seconds from start to end, and seconds of the processor."""

    seconds: float
    processor: float


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
        program = Path(sys.executable).with_name("masagraph")
        begun, used = perf_counter(), _used()
        subprocess.run(  # noqa: S603 - our own program, on a file made here
            [program, "area", "draft", "--area", "sefton", "--document", document,
             "--output", Path(folder) / "draft.xlsx"],
            check=True, capture_output=True,
        )  # fmt: skip
        return Took(perf_counter() - begun, _used() - used)


def _used() -> float:
    """Return the seconds of the processor that the programs begun by this one have used."""
    told = resource.getrusage(resource.RUSAGE_CHILDREN)
    return told.ru_utime + told.ru_stime
