"""Bad data is refused with one line: file, line, what, and the mend.

The data lie in a folder of one's own, beside the shipped ones, as ``--data`` takes them.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from masagraph.dataset.assemble import Assembled, assemble
from masagraph.errors import DataError
from masagraph.resources import Resources

if TYPE_CHECKING:
    from tests.conftest import Exampleshire

GROUND = """
area:exampleshire a masa:SafeguardingArea ;
    skos:prefLabel "Exampleshire"@en ;
    skos:notation "exampleshire" ;
    masa:gssCode "E10000099" .

arrangement:exampleshire a masa:Arrangement ;
    skos:prefLabel "Arrangements of Exampleshire"@en ;
    masa:coversArea area:exampleshire .
"""
DUTY = "wt2023-lsp-sign-off"


class Folder:
    """A data folder of one's own, with the area described and one document to write."""

    def __init__(self, root: Path, resources: Resources, exampleshire: Exampleshire) -> None:
        self.root, self._resources, self._area = root, resources, exampleshire
        self.document = root / "areas" / "exampleshire" / "example.ttl"
        self.document.parent.mkdir(parents=True)

    def write(self, *parts: str) -> Path:
        """Write the document, and the area itself, with these parts."""
        text = self._area.document(GROUND, *parts).text
        self.document.write_text(text, encoding="utf-8")
        return self.document

    def line_of(self, words: str) -> int:
        """The line on which some words stand first."""
        text = self.document.read_text(encoding="utf-8")
        return text.count("\n", 0, text.index(words)) + 1

    def assemble(self) -> Assembled:
        """Read and check the shipped data with these."""
        return assemble(self._resources, [self.root])

    def error(self) -> DataError:
        """The one error of these data."""
        with pytest.raises(DataError) as caught:
            self.assemble()
        assert "\n" not in caught.value.line()
        return caught.value


@pytest.fixture
def folder(tmp_path: Path, resources: Resources, exampleshire: Exampleshire) -> Folder:
    return Folder(tmp_path / "own", resources, exampleshire)


def test_sound_data_of_ones_own_are_taken(folder: Folder, exampleshire: Exampleshire) -> None:
    folder.write(exampleshire.statement("sign-off", wholly=[DUTY]))
    graphs = {quad.graph_name.value for quad in folder.assemble().store}
    assert "https://w3id.org/masagraph/graph/areas/exampleshire/example" in graphs


def test_a_statement_without_a_document(folder: Folder, exampleshire: Exampleshire) -> None:
    statement = exampleshire.statement("sign-off", wholly=[DUTY])
    path = folder.write(statement.replace("oa:hasSource doc:example ;", ""))
    error = folder.error()
    line = folder.line_of("statement:sign-off")
    assert error.line().startswith(f"{path}:{line}: ")
    assert "sign-off: The statement does not come from exactly one document" in error.line()
    assert "Give it one oa:hasSource, the IRI of the document" in error.line()


def test_a_phrase_of_more_than_twelve_words(folder: Folder, exampleshire: Exampleshire) -> None:
    """The phrase stands in a blank node, which has no line: the statement is named."""
    statement = exampleshire.statement("sign-off", wholly=[DUTY])
    folder.write(statement.replace("words on sign-off", "word " * 12 + "word"))
    error = folder.error()
    assert error.place is not None
    assert error.place.line == folder.line_of("statement:sign-off")
    assert "longer than 12 words" in error.line()


def test_a_syntax_error(folder: Folder) -> None:
    path = folder.write("statement:open a masa:Statement ;")
    assert folder.error().line().startswith(f"{path}:")


@pytest.mark.parametrize(
    ("statement", "term"),
    [
        pytest.param("masa:bearsUpon duty:wt2023-lsp-sign-off", "bearsUpon", id="predicate"),
        pytest.param("masa:reviewStatus masa:Checked", "Checked", id="object"),
    ],
)
def test_a_term_that_the_ontology_lacks(
    folder: Folder, exampleshire: Exampleshire, statement: str, term: str
) -> None:
    path = folder.write(exampleshire.statement("sign-off", wholly=[DUTY], more=f"{statement} ;"))
    error = folder.error()
    line = folder.line_of(f"masa:{term}")
    assert error.line().startswith(f"{path}:{line}: masa:{term} is not a term of the ontology")
    assert error.mend


@pytest.mark.parametrize(
    ("parts", "iri"),
    [
        pytest.param({"wholly": ["wt2023-no-such-duty"]}, "duty:wt2023-no-such-duty", id="duty"),
        pytest.param(
            {"more": "masa:evidences appointment:absent ;"}, "appointment:absent", id="appointment"
        ),
    ],
)
def test_a_name_that_leads_nowhere(
    folder: Folder, exampleshire: Exampleshire, parts: dict, iri: str
) -> None:
    path = folder.write(exampleshire.statement("sign-off", **parts))
    error = folder.error()
    assert error.line().startswith(f"{path}:{folder.line_of(iri)}: <https://w3id.org/masagraph/id/")
    assert "described nowhere" in error.line()
    assert iri.split(":")[1] in error.line()


def test_words_of_another_document_have_their_own_file(
    folder: Folder, exampleshire: Exampleshire
) -> None:
    """They would be seen before that document was there."""
    folder.write(exampleshire.statement("sign-off", wholly=[DUTY], of="absent"))
    assert "a statement of another document" in folder.error().line()


def test_names_of_people_may_stay_away(folder: Folder, exampleshire: Exampleshire) -> None:
    """An appointment needs a post and a role, and never the name of a person."""
    folder.write(
        exampleshire.seat("lead-police", organisation="warwickshire-police").replace(
            "slot:police", "<https://w3id.org/masagraph/id/slot/warwickshire/police>"
        ),
        'partnership:exampleshire a masa:Partnership ; skos:prefLabel "Partnership"@en .',
    )
    assert folder.assemble().store


def test_a_second_file_of_one_graph_is_refused(folder: Folder) -> None:
    folder.write()
    (folder.root / "dataset.ttl").write_text(
        "<https://w3id.org/masagraph/id/dataset> <http://purl.org/dc/terms/modified> "
        '"2027-01-01"^^<http://www.w3.org/2001/XMLSchema#date> .\n',
        encoding="utf-8",
    )
    assert "the same place in its folder" in folder.error().line()
