"""``masagraph check``: a draft is assessed as the real thing would be, and nothing is kept."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import pyoxigraph as ox
import pytest
from drafts import DOCUMENT, FRAME, GOOD, PREFIXES, STATEMENT

from masagraph.dataset.draft import MOST_BYTES, MOST_TRIPLES
from masagraph.resources import Resources

if TYPE_CHECKING:
    from tests.cli.conftest import Cli


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    """Where a draft may be written."""
    return tmp_path / "draft.ttl"


def outcomes(report: dict[str, list[dict[str, str]]]) -> dict[str, str]:
    return {finding["duty"]: finding["outcome"] for finding in report["findings"]}


def test_a_draft_of_an_area_without_a_document(cli: Cli, draft: Path) -> None:
    draft.write_text(GOOD, encoding="utf-8")
    ran = cli("check", draft, "--edition", "wt2023", "--format", "json")
    report = ran.json()
    assert report["area"] == "kent"
    assert report["as_at"] == "2027-01-15"
    assert [d["id"] for d in report["documents_read"]] == ["kent-draft"]
    found = outcomes(report)
    assert found["wt2023-pub-voice"] == "Evidenced"
    assert found["wt2023-partnership-chair"] == "NotFoundInTextHeld"
    assert "nothing of it was stored" in ran.err


@pytest.mark.parametrize("form", [ox.RdfFormat.TRIG, ox.RdfFormat.JSON_LD])
def test_the_form_makes_no_difference(cli: Cli, tmp_path: Path, form: ox.RdfFormat) -> None:
    quads = list(ox.parse(GOOD, format=ox.RdfFormat.TURTLE))
    path = tmp_path / f"draft.{form.file_extension}"
    path.write_bytes(ox.serialize(quads, format=form) or b"")
    turtle = tmp_path / "draft.ttl"
    turtle.write_text(GOOD, encoding="utf-8")
    one, other = (
        cli("check", file, "--edition", "wt2023", "--format", "json").json()
        for file in (path, turtle)
    )
    assert outcomes(one) == outcomes(other)


def test_a_draft_in_two_files(cli: Cli, tmp_path: Path) -> None:
    frame, document = tmp_path / "frame.ttl", tmp_path / "document.ttl"
    frame.write_text(PREFIXES + FRAME, encoding="utf-8")
    document.write_text(PREFIXES + DOCUMENT + STATEMENT, encoding="utf-8")
    report = cli("check", frame, document, "--edition", "wt2023", "--format", "json").json()
    assert outcomes(report)["wt2023-pub-voice"] == "Evidenced"


def test_the_published_document_as_a_draft_gives_its_own_findings(
    cli: Cli, resources: Resources
) -> None:
    """The frame of the arrangement is taken from what is held."""
    page = resources.folder("data") / "areas" / "warwickshire" / "masa.ttl"
    checked = cli("check", page, "--edition", "wt2023", "--format", "json").json()
    assessed = cli("assess", "warwickshire", "--edition", "wt2023", "--format", "json").json()
    assert outcomes(checked) == outcomes(assessed)


def test_nothing_is_kept(cli: Cli, draft: Path, store_folder: Path) -> None:
    def digest() -> dict[str, str]:
        return {
            str(path): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted(store_folder.rglob("*"))
            if path.is_file()
        }

    before = digest()
    draft.write_text(GOOD, encoding="utf-8")
    assert cli("check", draft).code == 0
    assert digest() == before
    assert "kent-draft" not in cli("assess", "kent", "--format", "json").out


WRONG = {
    "no RDF": ("This is no RDF at all", "cannot be parsed as Turtle", True),
    "an unknown term": (
        GOOD + "statement:voice masa:smells masa:Good .",
        "is not a term of the ontology",
        True,
    ),
    "an unknown duty": (
        GOOD.replace("duty:wt2023-pub-voice", "duty:wt2023-pub-voices"),
        "wt2023-pub-voices> is named here and described nowhere",
        True,
    ),
    "two arrangements": (
        GOOD.replace(
            "masa:describes arrangement:kent", "masa:describes arrangement:kent, arrangement:b"
        )
        + 'arrangement:b a masa:Arrangement ; skos:prefLabel "B"@en ; masa:coversArea area:essex .',
        "describes 2 arrangements",
        False,
    ),
    "no area": (
        GOOD.replace('skos:prefLabel "Safeguarding arrangements for Kent"@en ;', "").replace(
            "masa:coversArea area:kent", 'skos:prefLabel "Kent"@en'
        ),
        "covers no area",
        False,
    ),
    "an unknown area": (GOOD.replace("area:kent", "area:camelot"), "area/camelot", True),
    "no document": (PREFIXES + FRAME, "no source document", False),
    "a wrong date": (
        GOOD.replace('"2027-01-15"^^xsd:date', '"January 2027"'),
        "not a whole date",
        True,
    ),
    "a phrase of many words": (
        GOOD.replace("in May and November", "in May and November and again in the long summer"),
        "longer than 12 words",
        True,
    ),
    "triples as terms, so deep that the parser would end the process": (
        GOOD + "doc:a doc:b " + "<<( doc:a doc:b " * 60_000 + "doc:c" + " )>>" * 60_000 + " .",
        "nested more than 100 deep",
        False,
    ),
    "a change of the law": (
        GOOD + "duty:wt2023-partnership-chair masa:evidencedIn masa:Conduct .",
        "says something of duty/wt2023-partnership-chair",
        True,
    ),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_bad_input_is_one_line_with_its_place(cli: Cli, draft: Path, wrong: str) -> None:
    text, said, has_line = WRONG[wrong]
    draft.write_text(text, encoding="utf-8")
    line = cli("check", draft).problem()
    assert said in line
    assert str(draft) in line
    assert bool(re.search(rf"{re.escape(str(draft))}:\d+: ", line)) is has_line


def test_a_context_elsewhere_is_not_fetched(cli: Cli, tmp_path: Path) -> None:
    draft = tmp_path / "draft.jsonld"
    draft.write_text('{"@context": "https://example.org/context.jsonld", "@id": "x"}')
    assert "nothing is fetched" in cli("check", draft).problem()


def test_a_huge_draft_is_refused(cli: Cli, tmp_path: Path) -> None:
    many = tmp_path / "many.ttl"
    many.write_text(
        "@prefix e: <urn:e:> .\n" + "".join(f"e:s e:p {n} .\n" for n in range(MOST_TRIPLES + 1))
    )
    assert f"more than {MOST_TRIPLES:,} triples" in cli("check", many).problem()
    large = tmp_path / "large.ttl"
    large.write_bytes(b"#" * (MOST_BYTES + 1))
    assert "bytes" in cli("check", large).problem()


@pytest.mark.parametrize(
    ("name", "said"), [("draft.xml", "not known by its name"), ("gone.ttl", "cannot be read")]
)
def test_a_file_that_is_none(cli: Cli, tmp_path: Path, name: str, said: str) -> None:
    path = tmp_path / name
    if name == "draft.xml":
        path.write_text("<rdf/>")
    assert said in cli("check", path).problem()


def test_bytes_that_are_no_text(cli: Cli, draft: Path) -> None:
    draft.write_bytes(b"\xff\xfe\x00")
    assert "not UTF-8" in cli("check", draft).problem()


def test_on_paper_a_draft_is_cited_as_what_it_is(
    cli: Cli, draft: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It has no address, and the version of the data alone would name what is published."""
    monkeypatch.setenv("MASAGRAPH_BASE_URL", "https://masagraph.example")
    draft.write_text(GOOD, encoding="utf-8")
    file, paper = tmp_path / "draft.xlsx", tmp_path / "draft.html"
    for out, form in ((file, "xlsx"), (paper, "html")):
        assert cli("check", draft, "--format", form, "--output", out).code == 0
    book = openpyxl.load_workbook(file)
    rows = book["Read me"].iter_rows(values_only=True)
    read_me = [" ".join(str(cell) for cell in row if cell) for row in rows]
    (version,) = [line for line in read_me if line.startswith("Data version")]
    assert version.endswith(" and a draft")
    (cite,) = [line for line in read_me if line.startswith("To cite it")]
    assert cite.endswith(" and a draft.")
    assert "https://masagraph.example" not in "".join(read_me)
    assert "https://masagraph.example/areas/kent" not in paper.read_text(encoding="utf-8")
