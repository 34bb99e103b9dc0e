"""A network as a file: other readers read back the same graph, and the bytes never change."""

from __future__ import annotations

import csv
import io
import json
from typing import Any
from xml.etree import ElementTree as ET

import networkx as nx
import pytest

from masagraph.network.gathered import Network
from masagraph.network.made import read_network
from masagraph.network.written import FORMS, TABLES, to_gexf, to_graphml, to_json
from masagraph.store.opened import Opened

GEXF = "{http://www.gexf.net/1.2draft}"


@pytest.fixture(scope="module", params=["sefton", "warwickshire", "kent", None])
def network(opened: Opened, request: pytest.FixtureRequest) -> Network:
    areas = [request.param] if request.param else None
    return read_network(opened.store, areas, opened.data_date)


def nodes(network: Any, *leave_out: str) -> dict[str, dict[str, Any]]:
    return {
        iri: {name: value for name, value in node.items() if name not in leave_out}
        for iri, node in network.nodes(data=True)
    }


def edges(network: Any, *leave_out: str) -> list[tuple[str, str, str]]:
    return sorted(
        (start, end, json.dumps({n: v for n, v in edge.items() if n not in leave_out},
                                sort_keys=True))
        for start, end, edge in network.edges(data=True)
    )  # fmt: skip


def test_graphml_is_read_back_whole(network: Network) -> None:
    found = nx.parse_graphml(to_graphml(network), force_multigraph=True)
    assert nodes(found) == nodes(network)
    assert edges(found, "id") == edges(network)
    assert set(found.edges(keys=True)) == set(network.edges(keys=True))
    assert found.graph["as_at"] == network.graph["as_at"]
    assert found.graph["areas"] == network.graph["areas"]


def test_gexf_is_read_back_whole(network: Network) -> None:
    found = nx.read_gexf(io.BytesIO(to_gexf(network).encode()))
    assert nodes(found) == nodes(network)
    assert edges(found, "id", "networkx_key") == edges(network)


def test_gexf_is_as_its_schema_has_it(network: Network) -> None:
    """Published: meta, then graph; attributes, then nodes, then edges; ids that are used once."""
    root = ET.fromstring(to_gexf(network))  # noqa: S314 (our own)
    assert [part.tag for part in root] == [f"{GEXF}meta", f"{GEXF}graph"]
    assert root[0].attrib == {"lastmodifieddate": network.graph["as_at"]}
    graph = root[1]
    assert set(graph.attrib) <= {"defaultedgetype", "mode", "idtype", "timeformat"}
    kinds = [part.tag.removeprefix(GEXF) for part in graph]
    assert kinds[-2:] == ["nodes", "edges"]
    assert set(kinds[:-2]) == {"attributes"}
    known = {each.attrib["id"] for each in graph.iter(f"{GEXF}node")}
    ids = [each.attrib["id"] for each in graph.iter(f"{GEXF}edge")]
    assert len(known) == network.number_of_nodes()
    assert len(set(ids)) == len(ids) == network.number_of_edges()
    for edge in graph.iter(f"{GEXF}edge"):
        assert {edge.attrib["source"], edge.attrib["target"]} <= known
    for name in ("node", "edge"):
        told = {
            attribute.attrib["id"]: attribute.attrib["type"]
            for group in graph.findall(f"{GEXF}attributes")
            if group.attrib["class"] == name
            for attribute in group
        }
        assert set(told.values()) <= {"string", "boolean", "long", "integer", "double", "float"}
        used = {
            v.attrib["for"] for e in graph.iter(f"{GEXF}{name}") for v in e.iter(f"{GEXF}attvalue")
        }
        assert used <= set(told)


def test_ids_of_edges_are_used_once(network: Network) -> None:
    keys = [key for *_, key in network.edges(keys=True)]
    assert len(set(keys)) == len(keys)


def test_json_is_read_back_with_measures_beside(network: Network) -> None:
    values = json.loads(to_json(network))
    areas = str(network.graph["areas"]).split()
    assert [each["area"] for each in values["measures"]] == [a for a in areas for _ in range(11)]
    found = nx.node_link_graph(values, edges="edges")
    assert nodes(found) == nodes(network)
    assert edges(found) == edges(network)
    assert found.graph == network.graph


def test_tables_have_a_row_for_each(network: Network) -> None:
    counts = {"edges": network.number_of_edges(), "nodes": network.number_of_nodes()}
    for name, table in TABLES.items():
        heads, rows = table(network)
        assert len(set(heads)) == len(heads)
        assert all(len(row) == len(heads) for row in rows)
        assert len(rows) == counts.get(name, len(rows))
        out = io.StringIO()
        csv.writer(out).writerows([heads, *rows])
        assert len(list(csv.reader(io.StringIO(out.getvalue())))) == len(rows) + 1


@pytest.mark.parametrize("form", FORMS)
def test_the_same_network_gives_the_same_bytes(
    opened: Opened, form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = (
        FORMS[form](read_network(opened.store, ["sefton"], opened.data_date)) for _ in range(2)
    )
    monkeypatch.setattr("time.strftime", lambda *_: "1999-01-01")
    later = FORMS[form](read_network(opened.store, ["sefton"], opened.data_date))
    assert one == other == later
