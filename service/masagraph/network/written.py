"""A network as a file: GraphML, GEXF, JSON or CSV. The same network gives the same bytes."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any
from xml.etree import ElementTree as ET

import networkx as nx

from masagraph.network.gathered import Network
from masagraph.network.measured import measured

_GEXF = "{http://www.gexf.net/1.2draft}"
_ABOUT = "masagraph: who answers to whom and who sits where, as documents state it"

Table = tuple[tuple[str, ...], list[list[str]]]
"""Heads and rows of a table."""


def to_graphml(network: Network) -> str:
    """Return a network as GraphML."""
    return "\n".join(['<?xml version="1.0" encoding="UTF-8"?>', *_graphml(network), ""])


def _graphml(network: Network) -> list[str]:
    # The first line that networkx writes may be a declaration; one is enough.
    return [line for line in nx.generate_graphml(network) if not line.startswith("<?xml")]


def to_gexf(network: Network) -> str:
    """Return a network as GEXF 1.2, dated by its as-at date and not by the clock."""
    copy: Network = nx.MultiDiGraph()
    copy.add_nodes_from(network.nodes(data=True))
    for start, end, key, edge in network.edges(keys=True, data=True):
        copy.add_edge(start, end, key=key, id=key, **edge)
    root = ET.fromstring("\n".join(nx.generate_gexf(copy)))  # noqa: S314 (our own)
    meta = root.find(f"{_GEXF}meta")
    if meta is not None:
        meta.set("lastmodifieddate", str(network.graph["as_at"]))
        for creator in meta.findall(f"{_GEXF}creator"):
            creator.text = "masagraph"
        about = ET.SubElement(meta, f"{_GEXF}description")
        told = " ".join(f"{name} {value}." for name, value in network.graph.items() if value)
        about.text = f"{_ABOUT}. {told}"
    graph = root.find(f"{_GEXF}graph")
    if graph is not None:
        graph.attrib.pop("name", None)  # no attribute of a graph in GEXF
    ET.register_namespace("", _GEXF.strip("{}"))
    ET.indent(root)
    return ET.tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def to_json(network: Network) -> str:
    """Return a network as the node-link JSON of networkx, with what is measured beside it."""
    return json.dumps(as_values(network), ensure_ascii=False, indent=1) + "\n"


def as_values(network: Network) -> dict[str, Any]:
    """Return a network as plain values: its nodes, its edges and what is measured."""
    linked: dict[str, Any] = nx.node_link_data(network, edges="edges")
    return {**linked, "measures": [each.as_json() for each in measured(network)]}


def nodes_table(network: Network) -> Table:
    """Return a row for each node."""
    return _table(("id",), [({"id": iri}, node) for iri, node in network.nodes(data=True)])


def edges_table(network: Network) -> Table:
    """Return a row for each edge, with the names of its ends."""
    names = {iri: node["label"] for iri, node in network.nodes(data=True)}
    rows = [
        (
            {"source": start, "target": end, "source_label": names[start],
             "target_label": names[end]},
            edge,
        )
        for start, end, edge in network.edges(data=True)
    ]  # fmt: skip
    return _table(("source", "target", "source_label", "target_label"), rows)


def measures_table(network: Network) -> Table:
    """Return a row for each thing found by a measure, and one for each that found nothing."""
    heads = ("measure", "title", "number", "finding", "area", "document", "about", "limits")
    rows = [
        [
            each.words.name, each.words.title, str(len(each.rows)) if each.answered else "", said,
            each.area, str(row.get("document") or " ".join(each.documents)),
            each.words.about, each.words.limits,
        ]
        for each in measured(network)
        for row, said in (zip(each.rows, each.told, strict=True) if each.rows
                          else [({}, each.sentence)])
    ]  # fmt: skip
    return heads, rows


TABLES: dict[str, Callable[[Network], Table]] = {
    "edges": edges_table,
    "nodes": nodes_table,
    "measures": measures_table,
}
"""What CSV can have a row for."""

FORMS: dict[str, Callable[[Network], str]] = {
    "graphml": to_graphml,
    "gexf": to_gexf,
    "json": to_json,
}
"""The files that hold the whole of a network."""


def _table(first: Sequence[str], rows: Sequence[tuple[dict[str, Any], dict[str, Any]]]) -> Table:
    """Return rows under the heads that any of them has, in the order of the alphabet."""
    others = sorted({name for _, more in rows for name in more})
    heads = (*first, *others)
    return heads, [[_cell({**one, **more}.get(head)) for head in heads] for one, more in rows]


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)
