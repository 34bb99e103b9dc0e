"""The ontology reference tells every term, and is not the same once the ontology has changed."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from rdflib import OWL, RDF, RDFS, SH, SKOS, Graph, Literal, URIRef

from _generate import reference
from _generate.terms import CannotTellError, Ontology
from masagraph.resources import find_resources
from masagraph.vocab import local_name

ROOT = find_resources().root
REFERENCE = ROOT / "docs" / "ontology"
MODULES = sorted((ROOT / "ontology").glob("*.ttl"))
SVG = "{http://www.w3.org/2000/svg}"
WIDEST = 1000
"""A wider drawing is shrunk on a page until its words are too small to read."""


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A folder with a copy of the ontology, to be changed."""
    shutil.copytree(ROOT / "ontology", tmp_path / "ontology")
    (tmp_path / "shapes").mkdir()
    shutil.copy(ROOT / "shapes" / "evidence.ttl", tmp_path / "shapes")
    return tmp_path


def pages(folder: Path) -> dict[str, str]:
    """The pages for the ontology below a folder."""
    return reference.pages(Ontology(folder))


def add(folder: Path, turtle: str) -> None:
    """Add to the copy of the guidance module."""
    with (folder / "ontology" / "guidance.ttl").open("a", encoding="utf-8") as file:
        file.write(f"\n{turtle}\n")


def text(name: str) -> str:
    return (REFERENCE / name).read_text(encoding="utf-8")


def drawing(name: str) -> ET.Element:
    return ET.fromstring(text(name))  # noqa: S314 (our own drawing)


def plain(markdown: str) -> str:
    """A page without its links, escapes and code marks."""
    unlinked = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", markdown)
    return re.sub(r"\\(.)", r"\1", unlinked).replace("`", "")


@cache
def ontology() -> Graph:
    graph = Graph()
    for path in [*(ROOT / "ontology").rglob("*.ttl"), ROOT / "shapes" / "evidence.ttl"]:
        graph.parse(path)
    return graph


def told() -> Iterator[tuple[str, URIRef]]:
    """Each term with the page on which it must stand."""
    graph = ontology()
    for concept in sorted(set(graph.subjects(SKOS.inScheme))):
        yield "schemes.md", URIRef(concept)
    for component in sorted(set(graph.subjects(RDF.type, SH.ConstraintComponent))):
        yield "assessment.md", URIRef(component)
    for path in MODULES:
        for term in sorted(set(Graph().parse(path).subjects(RDFS.isDefinedBy))):
            yield f"{path.stem}.md", URIRef(term)


def test_every_term_is_told_with_its_meaning() -> None:
    pages = {path.name: plain(path.read_text("utf-8")) for path in REFERENCE.glob("*.md")}
    count = 0
    for page, term in told():
        count += 1
        name = local_name(str(term))
        assert re.search(rf"\b\w+:{re.escape(name)}\b", pages[page]), name
        for predicate in (SKOS.prefLabel, SKOS.definition, SKOS.scopeNote, SKOS.example):
            for words in ontology().objects(term, predicate):
                assert " ".join(str(words).split()) in pages[page], name
        assert re.search(rf"\| \w+:{re.escape(name)} \|", pages["names.md"]), name
    assert count > 350


def test_every_table_row_has_the_cells_of_its_head() -> None:
    for page in REFERENCE.glob("*.md"):
        cells = 0
        for line in page.read_text("utf-8").splitlines():
            bars = len(re.findall(r"(?<!\\)\|", line)) if line.startswith("|") else 0
            assert not (cells and bars) or bars == cells, f"{page.name}: {line}"
            cells = bars


@pytest.mark.parametrize("page", sorted(REFERENCE.glob("*.md")), ids=lambda page: page.name)
def test_no_two_headings_of_a_page_have_one_anchor(page: Path) -> None:
    headings = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.M)
    found = Counter(re.sub(r"[^\w\- ]", "", h.lower()).replace(" ", "-") for h in headings)
    assert [anchor for anchor, count in found.items() if count > 1] == []


# Drawings


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.stem)
def test_a_drawing_shows_every_class_of_its_module(module: Path) -> None:
    root = drawing(f"{module.stem}.svg")
    shown = {element.text for element in root.iter(f"{SVG}text")}
    classes = Graph().parse(module).subjects(RDF.type, OWL.Class)
    names = {local_name(str(c)) for c in classes if isinstance(c, URIRef)}
    assert names
    assert names <= shown


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.stem)
def test_a_drawing_can_be_read(module: Path) -> None:
    """It has a title and a description, no link to elsewhere, and fits a page."""
    root = drawing(f"{module.stem}.svg")
    assert root.get("role") == "img"
    for name, element in (("labelledby", "title"), ("describedby", "desc")):
        node = root.find(f"{SVG}{element}")
        assert node is not None
        assert node.text
        assert root.get(f"aria-{name}") == node.get("id")
    assert float(root.attrib["width"]) <= WIDEST
    assert {"http://www.w3.org/2000/svg"} >= set(
        re.findall(r"https?:[^\"']*", text(f"{module.stem}.svg"))
    )
    assert f"]({module.stem}.svg)" in text(f"{module.stem}.md")


# What the generator does with a changed ontology


def test_the_files_are_those_that_stand_there(copy: Path) -> None:
    """And they are the same each time."""
    standing = {path.name: text(path.name) for path in REFERENCE.iterdir()}
    assert reference.files(copy) == reference.files(ROOT) == standing


def test_a_new_class_makes_page_index_and_drawing_stale(copy: Path) -> None:
    add(copy, 'masa:Novelty a owl:Class ; skos:prefLabel "novelty"@en .')
    stale = {name for name, fresh in reference.files(copy).items() if fresh != text(name)}
    assert stale == {"README.md", "names.md", "guidance.md", "guidance.svg"}


def test_a_removed_module_leaves_files_over(copy: Path) -> None:
    (copy / "ontology" / "register.ttl").unlink()
    gone = set(reference.files(ROOT)) - set(reference.files(copy))
    assert gone == {"register.md", "register.svg"}


def test_a_class_and_a_property_of_one_label_get_headings_that_differ(copy: Path) -> None:
    add(copy, 'masa:Topic a owl:Class ; skos:prefLabel "topic"@en .')
    headings = re.findall(r"^### (topic.*)$", pages(copy)["guidance.md"], re.M)
    assert headings == ["topic (class)", "topic (property)"]


@pytest.mark.parametrize(
    ("turtle", "complaint"),
    [
        ('masa:subject a owl:ObjectProperty ; skos:prefLabel "topic"@en .', "labels that differ"),
        ("[] a owl:AllDifferent .", "nameless .*AllDifferent"),
        ("masa:topic rdfs:range [ owl:complementOf masa:Duty ] .", "topic.*range.*named class"),
        ("masa:topic a owl:DeprecatedProperty .", "topic.*DeprecatedProperty"),
        ("masa:topic rdfs:seeAlso [] .", "topic.*seeAlso.*without a name"),
    ],
    ids=["label", "axiom", "range", "type", "value"],
)
def test_what_has_no_words_stops_the_generator(copy: Path, turtle: str, complaint: str) -> None:
    """Nothing is left out in silence."""
    add(copy, turtle)
    with pytest.raises(CannotTellError, match=complaint):
        pages(copy)


def test_unions_inverses_and_kinds_are_told_from_both_sides(copy: Path) -> None:
    add(
        copy,
        """masa:older a owl:ObjectProperty , owl:FunctionalProperty ;
    skos:prefLabel "older"@en ;
    rdfs:subPropertyOf masa:topic ;
    owl:inverseOf masa:bearer ;
    rdfs:domain [ a owl:Class ; owl:unionOf ( masa:Duty masa:EditionChange ) ] .""",
    )
    page = plain(pages(copy)["guidance.md"])
    assert "- Domain: duty or edition change" in page
    assert "- Character: functional: it leads to one thing at most" in page
    assert "- Inverse: bearer" in page
    assert "- Inverse: older" in page
    assert "- Kinds of it: older" in page


def test_marks_in_a_text_stay_text(copy: Path) -> None:
    words = Literal("a|b *c* <d> [e](f) `g` masa:topic masa:no no:such").n3()
    add(copy, f'masa:Marked a owl:Class ; skos:prefLabel "marked" ; skos:definition {words} .')
    told = r"a\|b \*c\* \<d\> \[e\](f) \`g\` [`masa:topic`](#topic) `masa:no` no:such"
    assert told in pages(copy)["guidance.md"]
