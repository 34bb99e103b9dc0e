"""What a release holds, and what it says of itself."""

from __future__ import annotations

import csv
import gzip
import json
import shutil
import subprocess
import sys
import zipfile
from collections import Counter
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
import yaml
from rdflib import DCTERMS, PROV, RDF, VOID, Graph, Namespace, URIRef

from masagraph.assessment.names import list_areas
from masagraph.release.reading import read_release
from masagraph.resources import Resources
from masagraph.store.opened import Opened
from masagraph.store.protocol import Truth
from masagraph.vocab import DATASET, PEOPLE_GRAPH

DCAT = Namespace("http://www.w3.org/ns/dcat#")  # of rdflib it is DCAT 2
SPDX = Namespace("http://spdx.org/rdf/terms#")


def rows(release: Path, table: str) -> list[dict[str, str]]:
    with (release / "tables" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def description(release: Path) -> Graph:
    return Graph().parse(release / "dataset.ttl", publicID="https://example.org/here/")


def test_checksums_hold_for_every_file(release: Path) -> None:
    summed = set()
    for folder in (release, release / "people"):
        done = subprocess.run(
            ["sha256sum", "--check", "--strict", "SHA256SUMS"],
            cwd=folder, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout
        summed |= {folder / line.split(": ")[0] for line in done.stdout.splitlines()}
    held = {path for path in release.rglob("*") if path.is_file() and path.name != "SHA256SUMS"}
    assert summed == held


def test_every_file_is_described_as_it_is(release: Path, description: Graph) -> None:
    files = json.loads((release / "release.json").read_text(encoding="utf-8"))["files"]
    licensed = {f["path"]: f for f in files if f["licence"]}
    here = "https://example.org/here/"
    found = {str(d).removeprefix(here) for d in description.objects(None, DCAT.distribution)}
    # Itself it cannot describe: its hash would be in it.
    assert found == set(licensed) - {"dataset.ttl"}
    for path in found:
        node = URIRef(here + path)
        assert int(description.value(node, DCAT.byteSize)) == (release / path).stat().st_size
        checksum = description.value(node, SPDX.checksum)
        value = description.value(checksum, SPDX.checksumValue)
        assert value is not None
        assert value.value.hex() == licensed[path]["sha256"]
        assert str(description.value(node, DCTERMS.license)) == licensed[path]["licence"]
        assert description.value(node, DCAT.mediaType)


def test_it_tells_its_version_its_series_and_what_it_was_made_from(
    description: Graph, opened: Opened, release: Path
) -> None:
    version = URIRef(f"{DATASET}/{opened.data_version}")
    assert (version, RDF.type, DCAT.Dataset) in description
    series = description.value(version, DCAT.inSeries)
    assert (series, RDF.type, DCAT.DatasetSeries) in description
    assert description.value(version, DCTERMS.issued).toPython() == opened.data_date
    activity = description.value(version, PROV.wasGeneratedBy)
    used = set(description.objects(activity, PROV.used))
    documents = rows(release, "documents")
    assert {str(u).rsplit("/", 1)[1] for u in used} == {d["document"] for d in documents}
    for document in used:
        checksum = description.value(document, SPDX.checksum)
        value = description.value(checksum, SPDX.checksumValue).value.hex()
        assert value in {d["sha256"] for d in documents}
    (triples,) = description.objects(URIRef(DATASET), VOID.triples)
    assert int(triples) > 50_000


def test_names_of_people_stand_in_their_own_folder_alone(release: Path, opened: Opened) -> None:
    foaf_name = "http://xmlns.com/foaf/0.1/name"
    names = [
        t.object.value.encode()
        for t in opened.store.graph(str(PEOPLE_GRAPH))
        if t.predicate.value == foaf_name
    ]
    assert names
    for path in release.rglob("*"):
        if not path.is_file():
            continue
        content = path.read_bytes()
        if path.suffix == ".gz":
            content = gzip.decompress(content)
        elif path.suffix == ".xlsx":
            with zipfile.ZipFile(BytesIO(content)) as book:
                content = b"".join(book.read(name) for name in book.namelist())
        found = [name for name in names if name in content]
        assert bool(found) == (path.parent.name == "people" and path.name != "SHA256SUMS"), path


def test_all_else_stays_whole_without_the_names(release: Path, tmp_path: Path) -> None:
    copy = tmp_path / "without"
    shutil.copytree(release, copy, ignore=shutil.ignore_patterns("people"))
    assert not (copy / "people").exists()
    subprocess.run(["sha256sum", "--check", "--quiet", "SHA256SUMS"], cwd=copy, check=True)
    check_licences(copy)
    assert read_release(copy).data_version == read_release(release).data_version


def test_licences_are_told_as_reuse_asks(release: Path) -> None:
    check_licences(release)


def check_licences(folder: Path) -> None:
    done = subprocess.run(
        [Path(sys.executable).with_name("reuse"), "--root", str(folder), "lint"],
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-2000:]


def test_it_can_be_cited(release: Path, opened: Opened) -> None:
    cff = yaml.safe_load((release / "CITATION.cff").read_text(encoding="utf-8"))
    assert cff["type"] == "dataset"
    assert cff["version"] == opened.data_version
    assert cff["date-released"] == opened.data_date.isoformat()
    readme = (release / "README.md").read_text(encoding="utf-8")
    assert f"version {opened.data_version}" in readme


def test_the_readme_puts_limits_first_and_names_nothing_that_is_not_there(
    release: Path, opened: Opened
) -> None:
    readme = (release / "README.md").read_text(encoding="utf-8")
    heads = [line for line in readme.splitlines() if line.startswith("## ")]
    assert heads[0] == "## Limits first"
    assert "compliant" not in readme.lower()
    areas = list_areas(opened.store)
    held = sum(area.has_document for area in areas)
    assert f"{held} of {len(areas)} areas" in readme
    for line in readme.splitlines():
        if line.startswith("| [`"):
            path, count = line.split("`")[1], int(line.split(" | ")[1])
            assert len(rows(release, Path(path).stem)) == count


def test_the_matrix_counts_what_the_findings_tell(release: Path) -> None:
    findings = rows(release, "findings")
    found = Counter((row["duty"], row["outcome"]) for row in findings)
    tested = Counter(row["duty"] for row in findings if row["tested"] == "true")
    columns = {
        "evidenced": "Evidenced", "partly_evidenced": "PartlyEvidenced", "promised": "Promised",
        "only_restated": "OnlyRestated", "not_found": "NotFoundInTextHeld",
        "missing_from_whole_text": "Missing", "out_of_date": "OutOfDate",
        "stated_not_in_place": "StatedNotInPlace", "sources_differ": "SourcesDiffer",
        "does_not_apply": "DoesNotApply", "not_tested": "NotTested",
    }  # fmt: skip
    for row in rows(release, "matrix"):
        counts = {name: int(row[name]) for name in columns}
        assert counts == {n: found[row["duty"], o] for n, o in columns.items()}
        assert int(row["tested"]) == tested[row["duty"]]
        assert sum(counts.values()) == int(row["areas_with_document"])


def test_what_findings_rest_on_stands_among_the_statements(release: Path) -> None:
    statements = {row["statement"] for row in rows(release, "statements")}
    rests = {s for row in rows(release, "findings") for s in row["rests_on"].split("; ") if s}
    assert rests
    assert rests <= statements


def test_tables_have_each_area_and_its_code(release: Path, opened: Opened) -> None:
    areas = {area.slug: area.gss for area in list_areas(opened.store)}
    assert {row["area"]: row["gss"] for row in rows(release, "areas")} == areas
    for table in ("findings", "seats", "lines", "money", "agencies", "bodies"):
        held = rows(release, table)
        assert held
        assert {row["area"]: row["gss"] for row in held}.items() <= areas.items()


def test_every_column_is_described(release: Path) -> None:
    group = json.loads((release / "csv-metadata.json").read_text(encoding="utf-8"))
    silent = [
        f"{table['url']}: {column['name']}"
        for table in group["tables"]
        for column in table["tableSchema"]["columns"]
        if not column.get("dc:description")
    ]
    assert silent == []


def test_the_workbook_begins_with_what_it_is(release: Path) -> None:
    book = openpyxl.load_workbook(release / "masagraph.xlsx", read_only=True)
    assert book.sheetnames[0] == "Read me"
    assert [n for n in book.sheetnames if n in ("Matrix", "Seats", "Bodies", "Lines", "Money")] == [
        "Matrix", "Seats", "Bodies", "Lines", "Money",
    ]  # fmt: skip
    assert len(list(book["Money"].rows)) == 1 + len(rows(release, "money"))


def test_what_a_sheet_speaks_of_stands_in_the_workbook_and_addresses_are_links(
    release: Path,
) -> None:
    book = openpyxl.load_workbook(release / "masagraph.xlsx")
    held = {row[0].value for row in book["Statements"].iter_rows(min_row=2)}
    heads = {cell.value: number for number, cell in enumerate(book["Findings"][1])}
    cells = [row[heads["Rests on"]].value for row in book["Findings"].iter_rows(min_row=2)]
    rests = {name for cell in cells if cell for name in cell.split("; ")}
    assert rests
    assert rests <= held
    heads = {cell.value: number for number, cell in enumerate(book["Documents"][1])}
    address = [row[heads["Address"]] for row in book["Documents"].iter_rows(min_row=2)]
    told = [cell for cell in address if cell.value]
    assert told
    assert all(cell.hyperlink.target == cell.value for cell in told)


def test_a_finding_is_named_as_in_the_rdf(release: Path, opened: Opened) -> None:
    names = {row["finding"] for row in rows(release, "findings")}
    assert len(names) == len(rows(release, "findings"))
    asked = f"ASK {{ <{min(names)}> a <http://www.w3.org/ns/earl#Assertion> }}"
    assert opened.store.query(asked) == Truth(value=True)


def test_licence_texts_are_those_of_the_project(release: Path, resources: Resources) -> None:
    for path in (release / "LICENSES").iterdir():
        assert path.read_bytes() == (resources.root / "LICENSES" / path.name).read_bytes()
    # Code has its own licence, and no code is here.
    assert not (release / "LICENSES" / "Apache-2.0.txt").exists()
