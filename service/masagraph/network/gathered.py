"""Nodes and edges as they are met, made into a graph whose order does not tell in which."""

from __future__ import annotations

from typing import TypeAlias

import networkx as nx

from masagraph.vocab import ID

Network: TypeAlias = "nx.MultiDiGraph[str]"
"""A graph whose nodes are named by IRI."""

Value = str | int | bool | None


class Gathered:
    """Nodes and edges of a network to come."""

    def __init__(self) -> None:
        self._nodes: dict[str, dict[str, Value]] = {}
        self._areas: dict[str, set[str]] = {}
        self._edges: dict[tuple[str, str, str], dict[str, Value]] = {}

    def node(self, iri: str, label: str, kind: str | None, area: str, **more: Value) -> None:
        """Add a node, or what more is known of it.

        Args:
            iri: its IRI.
            label: its name; empty where another call tells it.
            kind: what it is; None to read that off its IRI.
            area: short name of the area for which it is read; empty for none.
            more: further attributes; those that are None or empty are left out.
        """
        node = self._nodes.setdefault(iri, {"label": iri, "kind": kind or _kind(iri)})
        node |= {name: value for name, value in more.items() if value not in (None, "")}
        node["label"] = label or node["label"]
        self._areas.setdefault(iri, set()).update({area} - {""})

    def edge(self, start: str, end: str, kind: str, key: str = "", **more: Value) -> None:
        """Add an edge; one with the same ends and key only once.

        Args:
            start: IRI of its start.
            end: IRI of its end.
            kind: what it is.
            key: tells it from all others; made of kind and ends by default.
            more: its attributes; those that are None or empty are left out.
        """
        given = {name: value for name, value in more.items() if value not in (None, "")}
        key = key or " ".join((kind, start, end, str(more.get("document") or ""))).strip()
        self._edges[start, end, key] = {"kind": kind, **given}

    def of_kind(self, kind: str) -> list[str]:
        """Return the IRIs of the nodes of a kind."""
        return sorted(iri for iri, node in self._nodes.items() if node["kind"] == kind)

    def network(self, **attributes: str) -> Network:
        """Return the graph, with attributes of its own."""
        network: Network = nx.MultiDiGraph()
        network.graph.update(attributes)
        for iri in sorted(self._nodes):
            area = " ".join(sorted(self._areas[iri]))
            network.add_node(iri, **self._nodes[iri], area=area)
        for start, end, key in sorted(self._edges):
            network.add_edge(start, end, key=key, **self._edges[start, end, key])
        return network


def _kind(iri: str) -> str:
    """Return what an IRI says it names: the word after the base; ``thing`` for one of others.

    >>> _kind("https://w3id.org/masagraph/id/scrutiny/sefton")
    'scrutiny'
    """
    base = str(ID)
    return iri.removeprefix(base).partition("/")[0] if iri.startswith(base) else "thing"
