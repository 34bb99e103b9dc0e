"""Toolkits that are neither rdflib nor Oxigraph read all files, and find the same in them."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import subprocess
import warnings
from collections import Counter
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from csvw import CSVW
from pyld import jsonld

from masagraph.store.opened import Opened

HERE = Path(__file__).parent
NODE_MODULES = HERE.parent / "protocol" / "comunica" / "node_modules"
CSV_OF_EACH_SHEET = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
JSONLD_IN_FULL = ("areas/warwickshire/masa", "ontology/evidence", "shapes/evidence", "dataset")


@pytest.fixture(scope="module")
def listed(release: Path) -> list[dict[str, Any]]:
    return json.loads((release / "release.json").read_text(encoding="utf-8"))["files"]


@pytest.fixture(scope="module")
def counted(release: Path, listed: list[dict[str, Any]]) -> dict[str, int]:
    """How many statements N3.js and the JSON-LD parser of rdf.js find in each file of RDF."""
    node = shutil.which("node")
    if node is None or not (NODE_MODULES / ".package-lock.json").is_file():
        reason = "no Node.js, or not installed: npm --prefix tests/protocol/comunica ci"
        pytest.fail(reason) if os.environ.get("REQUIRE_NODE") else pytest.skip(reason)
    read = (".ttl", ".nq.gz", ".jsonld")
    names = [f["path"] for f in listed if f["path"].endswith(read)]
    paths = [str(release / name) for name in names if name != "rdf/context.jsonld"]
    done = subprocess.run(
        [node, str(HERE / "read.mjs"), str(NODE_MODULES / "n3" / "package.json")],
        input=json.dumps(paths), capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    found = json.loads(done.stdout)
    return {Path(path).relative_to(release).as_posix(): n for path, n in found.items()}


def test_another_toolkit_finds_as_many_statements_in_every_file(
    counted: dict[str, int], listed: list[dict[str, Any]]
) -> None:
    rows = {file["path"]: file["rows"] for file in listed if file["path"] in counted}
    assert len(counted) > 300
    assert counted["dataset.ttl"] > 4_000
    told = {path: count for path, count in rows.items() if count is not None}
    assert {path: counted[path] for path in told} == told


def test_the_dumps_hold_what_the_store_holds(counted: dict[str, int], opened: Opened) -> None:
    dumps = [count for path, count in counted.items() if path.endswith(".nq.gz")]
    assert len(dumps) == 3
    assert sum(dumps) == sum(len(opened.store.graph(name)) for name in opened.store.graphs())


def test_nothing_nameless_is_in_two_dumps(release: Path) -> None:
    """Or it would be two things for who loads them one by one, or one for who joins them."""
    seen = Counter[str]()
    for path in sorted(release.rglob("*.nq.gz")):
        quads = ox.parse(gzip.decompress(path.read_bytes()), format=ox.RdfFormat.N_QUADS)
        terms = (t for q in quads for t in (q.subject, q.object) if isinstance(t, ox.BlankNode))
        seen.update({term.value for term in terms})
    assert seen
    assert max(seen.values()) == 1


@pytest.mark.parametrize("graph", JSONLD_IN_FULL)
def test_json_ld_means_what_the_graph_means(release: Path, opened: Opened, graph: str) -> None:
    """By pyld, which is neither the writer nor the toolkit above."""
    document = json.loads((release / f"rdf/jsonld/{graph}.jsonld").read_text(encoding="utf-8"))
    here = release / f"rdf/jsonld/{graph}.jsonld"
    context = (here.parent / document["@context"]).resolve()
    assert context == (release / "rdf/context.jsonld").resolve()
    document["@context"] = json.loads(context.read_text(encoding="utf-8"))["@context"]
    name = f"https://w3id.org/masagraph/graph/{graph}"
    assert document["@id"] == name
    quads = ox.parse(
        jsonld.to_rdf(document, {"format": "application/n-quads"}), format=ox.RdfFormat.N_QUADS
    )
    node = ox.NamedNode(name)
    found, held = ox.Dataset(quads), ox.Dataset(
        ox.Quad(t.subject, t.predicate, t.object, node) for t in opened.store.graph(name)
    )  # fmt: skip
    for dataset in (found, held):
        dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    assert set(found) == set(held)


def test_json_ld_reads_like_plain_json(release: Path) -> None:
    path = release / "rdf/jsonld/areas/warwickshire/masa.jsonld"
    nodes = {node["@id"]: node for node in json.loads(path.read_text(encoding="utf-8"))["@graph"]}
    (document,) = (n for n in nodes.values() if n.get("@type") == "masa:SourceDocument")
    assert document["@id"] == "doc:warwickshire-masa"
    assert document["inViewFrom"] == "2023-12-15"
    assert document["describes"] == "arrangement:warwickshire"
    statements = [n for n in nodes.values() if n.get("@type") == "masa:Statement"]
    assert all(n["hasSelector"]["exact"] for n in statements)


def read_with_csvw(metadata: Path) -> int:
    """Hold every cell against its datatype, every key against its rows; return the tables."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        read = CSVW(str(metadata), validate=True)
        assert read.is_valid
        for table in read.tables:
            # What it only logs when it is asked whether all is valid is an error so.
            list(table.iterdicts(strict=True))
        return len(read.tables)


def test_csvw_is_valid(release: Path) -> None:
    tables = list(release.glob("*/*.csv"))
    assert read_with_csvw(release / "csv-metadata.json") == len(tables)


def test_csvw_of_one_table_is_valid_and_a_wrong_cell_is_not(release: Path, tmp_path: Path) -> None:
    for name in ("documents.csv", "documents.csv-metadata.json"):
        shutil.copy(release / "tables" / name, tmp_path)
    metadata, table = tmp_path / "documents.csv-metadata.json", tmp_path / "documents.csv"
    assert read_with_csvw(metadata) == 1
    table.write_bytes(table.read_bytes().replace(b"2021-10-31", b"some day", 1))
    with pytest.raises((ValueError, UserWarning), match="some day"):
        read_with_csvw(metadata)


def test_the_workbook_opens_in_libreoffice(release: Path, tmp_path: Path) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("no LibreOffice found")
    subprocess.run(
        [office, f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless",
         "--convert-to", CSV_OF_EACH_SHEET,
         "--outdir", str(tmp_path), str(release / "masagraph.xlsx")],
        capture_output=True, check=True, timeout=120,
    )  # fmt: skip
    sheets = {path.stem.removeprefix("masagraph-"): path for path in tmp_path.glob("*.csv")}
    assert {"Read me", "Matrix", "Seats", "Bodies", "Money", "Change log"} <= set(sheets)
    seats = sheets["Seats"].read_text(encoding="utf-8").splitlines()
    assert seats[0].startswith("Area,")
    assert "E08000014" in seats[1]
