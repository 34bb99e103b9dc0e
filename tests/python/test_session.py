"""What Python is told is what the command line tells, whatever stands behind a session."""

from __future__ import annotations

import csv
import gc
import io
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import networkx as nx
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal
from rdflib import Dataset, URIRef
from tests.python.conftest import Refused

import masagraph as mg
from masagraph.assessment.comparing import compare
from masagraph.network.made import read_network
from masagraph.questions.catalogue import list_questions
from masagraph.report.csvfile import assessments_csv
from masagraph.resources import find_resources
from masagraph.session.session import Session
from masagraph.store.opened import Opened
from masagraph.vocab import ASSESSMENT_GRAPHS, PEOPLE_GRAPH

AREAS = "SELECT ?area ?gss { ?area a masa:SafeguardingArea ; masa:gssCode ?gss } ORDER BY ?gss"

# The same from every store


CALLS: dict[str, Callable[[Session], pd.DataFrame]] = {
    "areas": lambda s: s.areas(),
    "select": lambda s: s.query(AREAS),
    "own prefix": lambda s: s.query(
        "PREFIX masa: <http://www.w3.org/2004/02/skos/core#> SELECT * { ?a masa:notation ?n } "
        "ORDER BY ?a ?n LIMIT 5"
    ),
    "construct": lambda s: s.query(f"CONSTRUCT {{ ?area masa:gssCode ?gss }} {AREAS[18:]}"),
    "ask": lambda s: s.query("# DELETE\nASK { ?area a masa:SafeguardingArea }"),
    "ask no": lambda s: s.query("ASK { ?area a masa:Nothing }"),
    "question": lambda s: s.ask("leads-and-delegates", area="warwickshire", as_at="2024-06-01"),
    "words": lambda s: s.ask("who leads and who is delegated in warwickshire"),
    "assess": lambda s: s.assess("sefton"),
    "assess then": lambda s: s.assess("sefton", edition="wt2018", as_at="2022-01-01"),
    "assess one": lambda s: s.assess("sefton", documents="sefton-council-2024"),
    "assess none": lambda s: s.assess("kent"),
    "matrix": lambda s: s.matrix(),
    "matrix of two": lambda s: s.matrix(["sefton", "E10000031"], edition="wt2018"),
    "changes": lambda s: s.changes("wt2018", "wt2023", "sefton"),
}


@pytest.mark.parametrize("call", CALLS.values(), ids=list(CALLS))
def test_an_endpoint_gives_the_same_frames(
    embedded: Session, remote: Session, call: Callable[[Session], pd.DataFrame]
) -> None:
    here, there = call(embedded), call(remote)
    assert len(here.columns)
    if call is not CALLS["construct"]:
        assert_frame_equal(there, here)
    else:  # triples have no order
        order = ["subject", "object"]
        frames = (frame.sort_values(order, ignore_index=True) for frame in (there, here))
        assert_frame_equal(*frames)
    assert there.attrs == here.attrs


def test_an_endpoint_gives_the_same_network_and_graphs(embedded: Session, remote: Session) -> None:
    here, there = embedded.graph("sefton"), remote.graph(["sefton"])
    assert list(here.nodes(data=True)) == list(there.nodes(data=True))
    assert list(here.edges(keys=True, data=True)) == list(there.edges(keys=True, data=True))
    assert remote.data_date == embedded.data_date
    assert remote.data_version == embedded.data_version
    name = next(n for n in _names(embedded.rdflib()) if n.endswith("sefton/arrangements-2021"))
    assert len(remote.rdflib(name)) == len(embedded.rdflib(name)) > 100


# The same as the command line


def test_findings_are_those_of_the_csv(embedded: Session, opened: Opened) -> None:
    frame = embedded.assess("sefton", edition="wt2018", as_at=date(2022, 1, 1))
    made = compare(opened, ["sefton"], "wt2018", date(2022, 1, 1)).assessments
    rows = list(csv.DictReader(io.StringIO(assessments_csv(made), newline="")))
    shown = frame.astype({"as_at": "string"}).fillna("").to_dict("records")
    assert shown == rows
    assert frame["as_at"].eq(pd.Timestamp(2022, 1, 1)).all()
    assert frame.attrs["counts"] == made[0].counts
    assert frame.attrs["tested"] == (frame["outcome"] != "NotTested").sum()
    assert [d["id"] for d in frame.attrs["documents"]] == ["sefton-arrangements-2021"]


def test_the_matrix_holds_the_findings_of_each_area(embedded: Session) -> None:
    matrix = embedded.matrix(edition="wt2023")
    for area in matrix.index:
        findings = embedded.assess(area, edition="wt2023").set_index("duty")["outcome"]
        assert matrix.loc[area].to_dict() == findings.to_dict()
        tested = (matrix.loc[area] != "NotTested").sum()
        assert matrix.attrs["tested"][area] == tested
        assert sum(matrix.attrs["counts"][area].values()) == matrix.shape[1]
    assert set(matrix.attrs["duties"]) == set(matrix.columns)
    assert matrix.attrs["areas_known"] == len(embedded.areas())


def test_an_area_without_a_document_is_in_no_row(embedded: Session) -> None:
    matrix = embedded.matrix(["kent", "sefton"])
    assert list(matrix.index) == ["sefton"]
    assert matrix.attrs["without_document"] == ["kent"]
    assert embedded.matrix("kent").empty


def test_the_network_is_that_of_the_command(embedded: Session, opened: Opened) -> None:
    network = embedded.graph("sefton", as_at="2022-01-01")
    made = read_network(opened.store, ["sefton"], date(2022, 1, 1))
    assert isinstance(network, nx.MultiDiGraph)
    assert list(network.edges(data=True)) == list(made.edges(data=True))


def test_every_question_is_listed(embedded: Session) -> None:
    assert embedded.questions()["name"].tolist() == [
        question.name for question in list_questions(find_resources())
    ]


def test_a_question_tells_what_was_asked(embedded: Session) -> None:
    found = embedded.ask("leads-and-delegates", area="E10000031", as_at=datetime(2024, 6, 1, 9))
    assert found.attrs["parameters"]["as_at"] == "2024-06-01"
    assert found.attrs["parameters"]["area"].endswith("/warwickshire")
    assert found.attrs["data_version"] == embedded.data_version
    assert found.attrs["truncated"] is False
    assert "police" in set(found["partner"])
    unset = embedded.ask("leads-and-delegates", area="warwickshire", as_at=None)
    assert unset.attrs["parameters"]["as_at"] == embedded.data_date.isoformat()


def test_words_tell_which_question_was_asked(embedded: Session) -> None:
    found = embedded.ask("who leads and who is delegated in warwickshire")
    assert found.attrs["question"] == "leads-and-delegates"
    assert found.attrs["asked"]["next_best"]
    assert_frame_equal(found, embedded.ask("leads-and-delegates", area="warwickshire"))


def test_a_limit_is_told(embedded: Session, remote: Session) -> None:
    for session in (embedded, remote):
        some, all_ = session.query(AREAS, limit=3), session.query(AREAS)
        assert (len(some), some.attrs["truncated"]) == (3, True)
        assert (len(all_), all_.attrs["truncated"]) == (len(session.areas()), False)
        assert session.query(AREAS, limit=len(all_)).attrs["truncated"] is False


# rdflib


def _names(dataset: Dataset) -> list[str]:
    return [str(graph.identifier) for graph in dataset.graphs() if len(graph)]


def test_rdflib_sees_what_a_query_sees(embedded: Session) -> None:
    dataset = embedded.rdflib()
    today = f"/{embedded.data_date.isoformat()}"
    assert all(n.endswith(today) for n in _names(dataset) if n.startswith(ASSESSMENT_GRAPHS))
    for count in (
        "SELECT (COUNT(*) AS ?n) { ?area a masa:SafeguardingArea }",
        "SELECT (COUNT(*) AS ?n) { ?finding a earl:Assertion }",
    ):
        (row,) = dataset.query(count)
        assert int(row[0]) == embedded.query(count)["n"].item() > 0  # type: ignore[index]


def test_rdflib_keeps_every_term(embedded: Session, opened: Opened) -> None:
    name = next(n for n in opened.store.graphs() if n.endswith("sefton/arrangements-2021"))
    dataset = embedded.rdflib([name])
    lines = {str(triple) for triple in opened.store.graph(name) if "_:" not in str(triple)}
    text = dataset.graph(URIRef(name)).serialize(format="nt11", encoding="utf-8").decode()
    assert lines <= {line.removesuffix(" .") for line in text.splitlines()}


def test_rdflib_has_the_names_of_people_only_where_they_are_asked_for(embedded: Session) -> None:
    assert PEOPLE_GRAPH not in _names(embedded.rdflib())
    assert _names(embedded.rdflib(PEOPLE_GRAPH)) == [PEOPLE_GRAPH]


# Opening and closing


def test_import_is_light() -> None:
    code = "import sys, masagraph; print([n for n in ('pandas', 'networkx', 'rdflib', 'SPARQLWrapper') if n in sys.modules])"  # noqa: E501
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_session_closes(store_folder: Path, refused: Refused) -> None:
    with mg.open(str(store_folder)) as data:
        assert len(data.query("SELECT * { ?s ?p ?o } LIMIT 1")) == 1
        assert data.data_version in repr(data)
    refused("closed", data.areas)
    refused("closed", lambda: data.data_date)


@pytest.fixture(scope="session")
def further() -> Iterator[Session]:
    """A session over the shipped data and an invented area."""
    folder = Path(__file__).parents[1] / "cli" / "exampleshire"
    with mg.open(data=str(folder)) as data:
        yield data


def test_ones_own_data_are_read_and_assessed_beside_the_shipped(
    further: Session, embedded: Session
) -> None:
    held = further.areas().set_index("area")["has_document"]
    assert held["exampleshire"]
    assert held["sefton"]
    for area in ("sefton", "exampleshire"):
        found = further.ask("outcomes-by-area", area=area)
        assert len(found)
        if area == "sefton":
            assert_frame_equal(found, embedded.ask("outcomes-by-area", area=area))
    assert len(further.ask("duties-not-evidenced", area="exampleshire"))


def test_a_folder_of_its_own_goes_with_a_session(opened: Opened) -> None:
    for closed in (True, False):
        folder = TemporaryDirectory(prefix="masagraph-")
        session = Session(opened, folder)
        assert Path(folder.name).is_dir()
        if closed:
            session.close()
            session.close()
        del session
        gc.collect()
        assert not Path(folder.name).exists()


def test_what_cannot_be_built_leaves_no_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad, temporary = tmp_path / "bad" / "areas", tmp_path / "temporary"
    bad.mkdir(parents=True)
    temporary.mkdir()
    (bad / "x.ttl").write_text("no Turtle", encoding="utf-8")
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    with pytest.raises(mg.MasagraphError):
        mg.open(data=bad.parent)
    assert list(temporary.iterdir()) == []


# Bad input


BAD: dict[str, tuple[str, Callable[[Session], object]]] = {
    "area": ('no area "seften"', lambda s: s.assess("seften")),
    "edition": ('no edition "wt1999"', lambda s: s.matrix(edition="wt1999")),
    "day": ('"01/06/2024" is not a date', lambda s: s.assess("sefton", as_at="01/06/2024")),
    "early": ("no edition", lambda s: s.assess("sefton", as_at="1990-01-01")),
    "document": ("no document", lambda s: s.assess("sefton", documents=["x"])),
    "question": ("no question", lambda s: s.ask("leads")),
    "words": ("was not run", lambda s: s.ask("purple elephants dancing")),
    "unknown": ("no parameter", lambda s: s.ask("leads-and-delegates", areas="sefton")),
    "number": ("neither text nor a date", lambda s: s.ask("leads-and-delegates", area=7)),  # type: ignore[arg-type]
    "not neighbours": ("wt2018", lambda s: s.changes("wt2018", "wt2018")),
    "no areas": ("list of areas is empty", lambda s: s.matrix([])),
    "no areas to change": ("list of areas is empty", lambda s: s.changes("wt2018", "wt2023", [])),
    "no areas of a network": ("list of areas is empty", lambda s: s.graph(())),
    "network": ("no area", lambda s: s.graph(["atlantis"])),
    "graph": ("no graph", lambda s: s.rdflib("https://example.org/none")),
    "parse": ("error at 1:8", lambda s: s.query("SELECT WHERE { ?s ?p ?o }")),
    "update": ("", lambda s: s.query("DELETE WHERE { ?s ?p ?o }")),
    "service": ("SERVICE", lambda s: s.query("SELECT * { SERVICE <http://x.org/> { ?s ?p ?o } }")),
    "from": ("FROM", lambda s: s.query("SELECT * FROM <http://x.org/> { ?s ?p ?o }")),
    "limit": ("limit -1", lambda s: s.query("ASK {}", limit=-1)),
}


@pytest.mark.parametrize(("words", "call"), BAD.values(), ids=list(BAD))
def test_bad_input_is_told_alike_by_every_store(
    embedded: Session,
    remote: Session,
    refused: Refused,
    words: str,
    call: Callable[[Session], object],
) -> None:
    here = refused(words, lambda: call(embedded))
    there = refused(words, lambda: call(remote))
    assert str(there) == str(here)
    assert type(there) is type(here)


def test_what_cannot_be_opened(tmp_path: Path, refused: Refused) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    address = "http://127.0.0.1:9/sparql"
    refused("a file", lambda: mg.open(tmp_path / "file"))
    refused("no folder", lambda: mg.open(data=tmp_path / "none"))
    refused("does not go with", lambda: mg.open(tmp_path, endpoint=address))
    refused("does not go with", lambda: mg.open(tmp_path, data=[tmp_path]))
    refused("cannot be reached", lambda: mg.open(endpoint=address))
    for bad in ("", "sparql", "ftp://example.org/", "file:///etc/passwd", "http://",
                "http://[/", "http://user:word@example.org/sparql"):  # fmt: skip
        error = refused("not an address", lambda bad=bad: mg.open(endpoint=bad))  # type: ignore[misc]
        assert "word@" not in str(error)
