"""``masagraph network``: measures on the terminal, and the network as a file."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import TYPE_CHECKING

import networkx as nx
import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Cli


def test_the_table_tells_what_sefton_shows(cli: Cli) -> None:
    ran = cli("network", "sefton")
    text = " ".join(ran.out.split())
    assert ran.code == 0
    assert "2 report past the Sefton Safeguarding Forum" in text
    assert "22 listed agencies have no member on any body." in text
    assert "Practice Model Group: none of police." in text
    assert "sefton-arrangements-2021, held and read whole" in text
    assert ran.widest() <= 100


def test_without_areas_it_takes_all_that_have_a_document(cli: Cli) -> None:
    text = cli("network").out
    assert "5 of 153 areas." in text
    assert (
        text.index("Brighton and Hove\n") < text.index("Sefton\n") < text.index("West Sussex\nas")
    )


@pytest.mark.parametrize("form", ["graphml", "gexf", "json"])
def test_files_are_read_by_networkx(cli: Cli, tmp_path: Path, form: str) -> None:
    file = tmp_path / f"sefton.{form}"
    assert cli("network", "sefton", "--format", form, "--output", file).code == 0
    readers = {
        "graphml": lambda: nx.read_graphml(file, force_multigraph=True),
        "gexf": lambda: nx.read_gexf(file),
        "json": lambda: nx.node_link_graph(json.loads(file.read_text("utf-8")), edges="edges"),
    }
    found = readers[form]()
    values = cli("network", "sefton", "--format", "json").json()
    assert found.number_of_nodes() == len(values["nodes"])
    assert found.number_of_edges() == len(values["edges"])


@pytest.mark.parametrize("table", ["edges", "nodes"])
def test_csv_has_a_row_for_each(cli: Cli, table: str) -> None:
    ran = cli("network", "sefton", "--format", "csv", "--table", table)
    values = cli("network", "sefton", "--format", "json").json()
    assert len(list(csv.DictReader(io.StringIO(ran.out)))) == len(values[table])


def test_the_picture_is_the_chart_of_the_area(cli: Cli) -> None:
    drawn = cli("network", "sefton", "--format", "svg").out
    assert "<svg" in drawn
    assert "Who answers to whom in Sefton" in drawn


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["seftn"], "Did you mean sefton"),
        (["sefton", "--as-at", "yesterday"], "is not a date"),
        (["sefton", "--table", "nodes"], "--table is for --format csv"),
        (["--format", "svg"], "a picture is of one area"),
        (["sefton", "kent", "--format", "svg"], "a picture is of one area"),
        (["sefton", "--format", "dot"], "dot"),
        (["sefton", "--output", "x.csv"], "a table is for the terminal"),
    ],
)
def test_bad_input_is_one_line(cli: Cli, arguments: list[str], said: str) -> None:
    assert said in cli("network", *arguments).problem()


@pytest.mark.parametrize("arguments", [["kent"], ["sefton", "--as-at", "2021-10-30"]])
def test_without_a_document_it_says_so(cli: Cli, arguments: list[str]) -> None:
    ran = cli("network", *arguments)
    assert ran.code == 0
    assert "No document is held." in ran.out
    assert "not found in the text held" not in ran.out
