"""No name of a person stands outside ``data/people/``: not in data, tests, docs or code.

``names.sha256`` holds the hashes of the names that the source texts print, each in lower case
with one space between its words, so that this test holds no name either.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
HASHES = frozenset((Path(__file__).parent / "names.sha256").read_text(encoding="ascii").split())
PEOPLE = ROOT / "data" / "people"
NOT_OURS = {".git", ".venv", ".masagraph", "node_modules", "__pycache__", "dist", "build"}
WORD = re.compile(r"[A-Za-z]+")


@cache
def is_name(words: tuple[str, ...]) -> bool:
    return hashlib.sha256(" ".join(words).encode()).hexdigest() in HASHES


def places_of_names(text: str) -> Iterator[int]:
    """The lines, from 1, on which a name begins, however its words are joined."""
    words = [(m.group().lower(), m.start()) for m in WORD.finditer(text)]
    for length in (2, 3):
        for start in range(len(words) - length + 1):
            if is_name(tuple(word for word, _ in words[start : start + length])):
                yield text.count("\n", 0, words[start][1]) + 1


def texts() -> Iterator[tuple[Path, str]]:
    """Every text file of the repository, but those about people."""
    for path in sorted(ROOT.rglob("*")):
        inside = path.relative_to(ROOT)
        if NOT_OURS & set(inside.parts) or any(p.endswith("_cache") for p in inside.parts):
            continue
        if path.is_file() and not path.is_relative_to(PEOPLE):
            try:
                yield inside, path.read_text(encoding="utf-8")
            except UnicodeDecodeError:
                continue


def test_no_name_stands_outside_the_people_files() -> None:
    found = [f"{path}:{line}" for path, text in texts() for line in places_of_names(text)]
    assert found == []


def test_many_files_were_looked_at() -> None:
    suffixes = {path.suffix for path, _ in texts()}
    assert {".ttl", ".py", ".md", ".rq", ".html"} <= suffixes


@pytest.mark.parametrize("joint", [" ", "-", "_", "\n    "])
def test_a_name_would_be_found(monkeypatch: pytest.MonkeyPatch, joint: str) -> None:
    made_up = hashlib.sha256(b"ada o example").hexdigest()
    monkeypatch.setattr(f"{__name__}.HASHES", frozenset({made_up}))
    is_name.cache_clear()
    text = f"first\nthe post of Ada{joint}O'Example, as printed"
    assert list(places_of_names(text)) == [2]
    is_name.cache_clear()


@pytest.mark.skipif(not PEOPLE.is_dir(), reason="the folder may be removed; then nothing to check")
def test_the_people_files_hold_names_that_the_texts_print() -> None:
    for path in set(PEOPLE.glob("*.ttl")) - {PEOPLE / "removed.ttl"}:  # that one holds no name
        assert list(places_of_names(path.read_text(encoding="utf-8"))), path.name
