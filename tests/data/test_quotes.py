"""Every quoted phrase is found again in the text it was taken from, or named."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from masagraph.dataset.assemble import Assembled
from masagraph.dataset.files import RdfFile, read_file
from masagraph.dataset.quotes import Quote, check_quotes
from masagraph.errors import BadValue
from masagraph.resources import Resources
from masagraph.vocab import GRAPH

if TYPE_CHECKING:
    from tests.conftest import Exampleshire

SOURCE = """Safeguarding in Exampleshire

The partners meet four times
    a year, in public.
Costs are shared ($\\pounds 10,000$ each).
The partners meet four times a year.
"""


class Desk:
    """A folder with one source text, and a data file that quotes it."""

    def __init__(self, root: Path, exampleshire: Exampleshire) -> None:
        self.sources = root / "sources"
        self.sources.mkdir()
        self.source = self.sources / "plan.txt"
        self.source.write_text(SOURCE, encoding="utf-8")
        self._data = root / "example.ttl"
        self._area = exampleshire

    def file(self, phrase: str) -> RdfFile:
        """The data file, with one statement that quotes a phrase."""
        phrase = phrase.replace("\\", "\\\\").replace("\n", "\\n")
        text = self._area.document(
            self._area.statement("plan", wholly=["wt2023-lsp-sign-off"]).replace(
                "words on plan", phrase
            )
        ).text
        digest = hashlib.sha256(SOURCE.encode()).hexdigest()
        self._data.write_text(text.replace("0" * 64, digest), encoding="utf-8")
        return read_file(self._data, f"{GRAPH}areas/exampleshire/example")

    def look(self, phrase: str) -> Quote:
        """Look for one phrase."""
        (quote,) = check_quotes([self.file(phrase)], self.sources)
        return quote


@pytest.fixture
def desk(tmp_path: Path, exampleshire: Exampleshire) -> Desk:
    return Desk(tmp_path, exampleshire)


@pytest.mark.parametrize(
    ("phrase", "line", "times"),
    [
        pytest.param("Safeguarding in Exampleshire", 1, 1, id="as it stands"),
        pytest.param("The partners meet four times a year", 3, 2, id="across a line break, twice"),
        pytest.param("four times\n  a   year, in public", 3, 1, id="white space folded"),
        pytest.param("Costs are shared ($\\pounds 10,000$ each).", 5, 1, id="signs as they stand"),
    ],
)
def test_a_phrase_that_is_there_is_found(desk: Desk, phrase: str, line: int, times: int) -> None:
    quote = desk.look(phrase)
    assert quote.found
    assert (quote.line, quote.times, quote.source) == (line, times, desk.source)
    assert quote.statement.endswith("/statement/exampleshire/plan")
    assert quote.place.line is not None


@pytest.mark.parametrize(
    "phrase",
    [
        pytest.param("The partners meet five times a year", id="another word"),
        pytest.param("the partners meet four times a year", id="another case"),
        pytest.param("The partners meet four times a year, in private", id="another end"),
        pytest.param("The partners meet four timesa year", id="a space less"),
        pytest.param("Costs are shared .*", id="a pattern"),
        pytest.param("The partners' meetings", id="other letters"),
    ],
)
def test_an_altered_phrase_is_named(desk: Desk, phrase: str) -> None:
    quote = desk.look(phrase)
    assert not quote.found
    assert (quote.line, quote.times) == (None, 0)
    said = quote.problem()
    assert f'the phrase "{phrase}" is not in plan.txt' in said
    assert "example.ttl:" in said
    assert "plan" in said
    assert "\n" not in said


def test_a_document_whose_text_is_not_held_is_named(desk: Desk) -> None:
    """One letter more, and it is no longer the text that was read."""
    desk.source.write_text(SOURCE + ".", encoding="utf-8")
    quote = desk.look("Safeguarding in Exampleshire")
    assert (quote.found, quote.source) == (False, None)
    assert "no file in the sources has the SHA-256 of document example" in quote.problem()


def test_a_source_is_known_by_its_hash_whatever_its_name(desk: Desk) -> None:
    (desk.sources / "deep").mkdir()
    desk.source = desk.source.rename(desk.sources / "deep" / "0001.md")
    (desk.sources / "picture.png").write_bytes(b"\x89PNG\xff\xfe")
    quote = desk.look("Safeguarding in Exampleshire")
    assert quote.source == desk.source


def test_a_folder_that_is_not_there(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(BadValue, match="there is no folder"):
        list(check_quotes([desk.file("a")], tmp_path / "absent"))


def test_a_folder_without_sources_finds_nothing(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (quote,) = check_quotes([desk.file("Safeguarding")], tmp_path / "empty")
    assert not quote.found


# The real documents


@pytest.fixture(scope="module")
def sources(resources: Resources) -> Path:
    folder = resources.root.parent / "shared" / "sources"
    if not folder.is_dir():
        pytest.skip("the source documents are not held beside this checkout (../shared/sources)")
    return folder


def test_every_phrase_of_the_data_is_in_its_source(assembled: Assembled, sources: Path) -> None:
    quotes = list(check_quotes(assembled.files, sources))
    assert len(quotes) > 200
    assert [quote.problem() for quote in quotes if not quote.found] == []


def test_one_altered_phrase_of_the_data_is_the_one_named(
    assembled: Assembled, sources: Path, tmp_path: Path
) -> None:
    (file,) = [f for f in assembled.files if f.graph == f"{GRAPH}areas/warwickshire/masa"]
    path = tmp_path / "masa.ttl"
    phrase = "Chief Constable, Warwickshire Police"
    altered = file.text.replace(f'"{phrase}"', '"Chief Inspector, Warwickshire Police"', 1)
    assert altered != file.text
    path.write_text(altered, encoding="utf-8")
    quotes = list(check_quotes([read_file(path, file.graph)], sources))
    (wrong,) = [quote for quote in quotes if not quote.found]
    assert "Chief Inspector, Warwickshire Police" in wrong.problem()
    assert f"{path}:" in wrong.problem()
