"""A filled workbook that is taken in again says what it was made of: no triple more, none less."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path

import pyoxigraph as ox
import pytest

from masagraph.assessment.names import list_areas
from masagraph.authoring.areas import AREAS, held_files
from masagraph.authoring.cells import read_words
from masagraph.authoring.imported import Imported, import_workbook
from masagraph.authoring.rows import Row
from masagraph.authoring.taken import RawRow, take
from masagraph.authoring.template import Filled, make_template
from masagraph.authoring.written import write_template
from masagraph.dataset.assemble import assemble
from masagraph.dataset.files import RdfFile, read_folder
from masagraph.dataset.integrity import SOURCE_DOCUMENT
from masagraph.resources import Resources
from masagraph.store.embedded import EmbeddedStore

SHIPPED = ("brighton-and-hove", "east-sussex", "sefton", "warwickshire", "west-sussex")
STRUCTURES = Path(__file__).parents[1] / "structures"
FOLDERS = sorted(path for path in STRUCTURES.glob("*/") if (path / "areas").is_dir())


def canonical(triples: Iterable[ox.Triple]) -> set[str]:
    """The triples of a graph, with the same names for the same blank nodes."""
    graph = ox.Dataset(ox.Quad(t.subject, t.predicate, t.object) for t in triples)
    graph.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return {str(quad) for quad in graph}


def by_document(files: Iterable[Sequence[ox.Triple]]) -> dict[str, set[str]]:
    """What is said by each document, and by no document."""
    found: dict[str, list[ox.Triple]] = {}
    for triples in files:
        names = [str(t.subject) for t in triples if t.object == SOURCE_DOCUMENT]
        found.setdefault(names[0] if names else "", []).extend(triples)
    return {name: canonical(triples) for name, triples in found.items()}


def test_the_shipped_areas_are_all_there(store: EmbeddedStore) -> None:
    assert {area.slug for area in list_areas(store) if area.has_document} == set(SHIPPED)


@pytest.fixture(scope="module")
def round_trip(
    make: Callable[..., Filled], store: EmbeddedStore, resources: Resources
) -> Callable[[str], Imported]:
    def made(slug: str) -> Imported:
        data = write_template(make(slug, filled=True))
        return import_workbook(data, f"{slug}.xlsx", store, resources)

    return made


@pytest.mark.parametrize("slug", SHIPPED)
def test_a_filled_workbook_gives_the_same_triples(
    round_trip: Callable[[str], Imported], data_files: list[RdfFile], slug: str
) -> None:
    imported = round_trip(slug)
    folder = f"{AREAS}{imported.scope.folder}/"
    held = [file for file in data_files if file.graph.startswith(folder)]
    assert held
    assert by_document(f.triples for f in imported.files) == by_document(f.triples for f in held)
    # A person reads what is taken: hardly anything of it needs the sheet of loose facts.
    assert imported.taken.counts["Other facts"] < sum(imported.taken.counts.values()) / 10
    assert not imported.taken.read_as
    assert not imported.taken.left


def test_its_files_have_the_names_and_the_look_of_the_curated_ones(
    round_trip: Callable[[str], Imported], data_files: list[RdfFile]
) -> None:
    imported = round_trip("warwickshire")
    assert [str(file.path) for file in imported.files] == [
        "areas/warwickshire/arrangement.ttl",
        "areas/warwickshire/masa.ttl",
    ]
    curated = {file.path.name: file.text for file in data_files if "warwickshire" in file.graph}
    for file in imported.files:
        shared = set(file.text.splitlines()) & set(curated[file.path.name].splitlines())
        assert len(shared) > 0.9 * len(set(curated[file.path.name].splitlines()) - {""}) - 20


def test_the_same_workbook_gives_the_same_bytes(
    round_trip: Callable[[str], Imported], make: Callable[..., Filled]
) -> None:
    first, second = round_trip("brighton-and-hove"), round_trip("brighton-and-hove")
    assert [file.text for file in first.files] == [file.text for file in second.files]
    assert write_template(make("kent")) == write_template(make("kent"))


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_a_workbook_and_saves_the_same(
    make: Callable[..., Filled], store: EmbeddedStore, resources: Resources, tmp_path: Path
) -> None:
    data = write_template(make("warwickshire", filled=True))
    file, saved = tmp_path / "warwickshire.xlsx", tmp_path / "saved"
    file.write_bytes(data)
    home = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
    subprocess.run(
        ["soffice", home, "--headless", "--convert-to", "xlsx", "--outdir", saved, file],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    before = import_workbook(data, file.name, store, resources)
    after = import_workbook((saved / file.name).read_bytes(), file.name, store, resources)
    assert [each.text for each in after.files] == [each.text for each in before.files]


class Structures:
    """The invented areas of other structures, beside the real data."""

    def __init__(self, resources: Resources) -> None:
        self.store = EmbeddedStore(assemble(resources, FOLDERS).store)
        self.files = [file for folder in FOLDERS for file in read_folder(folder, "data")]
        self.areas = list_areas(self.store)


@pytest.fixture(scope="session")
def structures(resources: Resources) -> Structures:
    return Structures(resources)


LOOSE = {
    # What is said of holders stands apart from posts.
    "masa:holder", "rdf:type",
    # That a page was changed in place; the end of a partnership and what came after it; the
    # day on which one seat was taken.
    "prov:specializationOf", "masa:validUntil", "masa:succeededBy", "masa:validFrom",
}  # fmt: skip
"""The properties of structures for which no sheet has a column."""


@pytest.mark.skipif(not FOLDERS, reason="no structures are held")
@pytest.mark.parametrize("folder", [pytest.param(path, id=path.name) for path in FOLDERS])
def test_every_structure_survives(
    structures: Structures, resources: Resources, folder: Path
) -> None:
    mine = {path.name for path in (folder / "areas").iterdir()}
    seen = 0
    for area in structures.areas:
        name, held, _ = held_files(structures.files, structures.store, [area])
        if name not in mine:
            continue
        seen += 1
        made = make_template(
            structures.store, structures.files, [area], None, date(2025, 6, 1), True, resources
        )
        words = read_words(structures.store, made.layout, resources)
        rows = {kind: [raw(row, at) for at, row in enumerate(rows, 4)]
                for kind, rows in made.rows.items()}  # fmt: skip
        taken = take(rows, made.layout, words, made.scope.slug)
        assert taken.faults == []
        said: dict[str, list[ox.Triple]] = {}
        for row in taken.rows:
            said.setdefault(row.document, []).extend(row.triples)
        assert by_document(said.values()) == by_document(each.triples for each in held)
        loose = made.rows[made.layout.facts.kind]
        assert {row["property"] for row in loose} <= LOOSE
        assert len(loose) <= sum(len(each.triples) for each in held) / 10
    assert seen


def raw(row: Row, number: int) -> RawRow:
    return RawRow(number, row, dict.fromkeys(row, "A"))
