"""``masagraph quotes``: every quoted phrase is found again in its source, or named."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Cli, Edited

PHRASE = "publish these arrangements on the partnership's website"


# The sources of the shipped documents are not in this repository; that of the leaflet is.
pytestmark = pytest.mark.usefixtures("quick")


def test_all_found(cli: Cli, own_data: Path, sources: Path) -> None:
    """A phrase may run over a line's end: that of the leaflet does."""
    text = (sources / "exampleshire-leaflet.txt").read_text(encoding="utf-8")
    assert PHRASE not in text
    assert PHRASE in " ".join(text.split())
    ran = cli("quotes", "--sources", sources, "--data", own_data)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == "2 of 2 phrases found, in 1 documents.\n"


def test_the_line_of_each_phrase_is_shown_when_asked(
    cli: Cli, own_data: Path, sources: Path
) -> None:
    ran = cli("quotes", "--sources", sources, "--data", own_data, "--list")
    assert f"exampleshire-leaflet.txt:3: “{PHRASE}”" in ran.out
    assert ran.out.splitlines()[-1] == "2 of 2 phrases found, in 1 documents."


@pytest.mark.parametrize(
    "altered",
    [
        PHRASE.replace("publish", "published"),
        PHRASE.replace("publish", "Publish"),
        PHRASE.replace("these ", ""),
        PHRASE.replace("'", "’"),
        "partnership publish",
    ],
)
def test_an_altered_phrase_is_named(
    cli: Cli, edited: Callable[[str, str], Edited], sources: Path, altered: str
) -> None:
    """White space is folded and nothing else: not case, not an apostrophe, not order."""
    data = edited(PHRASE, altered)
    ran = cli("quotes", "--sources", sources, "--data", data.folder)
    assert ran.code == 1
    assert ran.out == "1 of 2 phrases found, in 1 documents.\n"
    (line,) = ran.err.splitlines()
    assert f"{data.file}:{data.line_of('statement:published a')}: " in line
    assert f'"{altered}"' in line
    assert "exampleshire-leaflet.txt" in line


def test_a_source_that_was_changed_is_no_source(
    cli: Cli, own_data: Path, sources: Path, tmp_path: Path
) -> None:
    """It is known by its hash, not by its name."""
    changed = tmp_path / "sources"
    shutil.copytree(sources, changed)
    with (changed / "exampleshire-leaflet.txt").open("a", encoding="utf-8") as stream:
        stream.write("One more line.\n")
    ran = cli("quotes", "--sources", changed, "--data", own_data)
    assert ran.code == 1
    assert ran.out.startswith("0 of 2 ")
    assert ran.err.count("SHA-256 of document exampleshire-leaflet") == 2


def test_a_source_may_have_any_name_in_any_folder(
    cli: Cli, own_data: Path, sources: Path, tmp_path: Path
) -> None:
    deep = tmp_path / "a" / "b"
    deep.mkdir(parents=True)
    shutil.copy(sources / "exampleshire-leaflet.txt", deep / "000.bin")
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\xff\xfe")
    assert cli("quotes", "--sources", tmp_path, "--data", own_data).code == 0


def test_a_phrase_that_stands_more_than_once_is_told(
    cli: Cli, edited: Callable[[str, str], Edited], sources: Path
) -> None:
    """It is found; that its place is not certain is a remark."""
    data = edited(PHRASE, "Exampleshire")
    text = (sources / "exampleshire-leaflet.txt").read_text(encoding="utf-8")
    ran = cli("quotes", "--sources", sources, "--data", data.folder)
    assert ran.code == 0
    assert ("2 times" in ran.err) == (text.count("Exampleshire") == 2)


def test_data_with_a_slip_is_bad_input(
    cli: Cli, edited: Callable[[str, str], Edited], sources: Path
) -> None:
    data = edited('"1" ;', '"1"')
    assert f"{data.file}:" in cli("quotes", "--sources", sources, "--data", data.folder).problem()
