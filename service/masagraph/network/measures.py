"""What is measured of a network. Bodies, lines and seats are counted; no person is, or is scored.

Each function takes a network as :func:`masagraph.network.made.read_network` makes it, and returns
rows of plain values in the order of names. What a measure means, and its limits, stands in
``queries/network/measures.ttl``. No rows means that nothing was found in the text held.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import combinations, pairwise
from typing import Any

import networkx as nx

from masagraph.assessment import chains
from masagraph.assessment.lines import ACCOUNTABLE
from masagraph.network.gathered import Network

Row = dict[str, str | int | float | None]
Measure = Callable[[Network], list[Row]]

LINES = (ACCOUNTABLE, "ReportsTo", "LinkedTo")
UNFILLED = ("ToBeConfirmed", "Vacant")


def longest_chains(network: Network) -> list[Row]:
    """Return the ways up to a top that have most steps, for each area."""
    found: dict[str, list[chains.Way]] = {}
    for area, above in _above(network).items():
        starts = sorted(above)
        ways = [way for start in starts for way in chains.ways_up(start, above) if way.top]
        most = max((len(way.steps) for way in ways), default=0)
        found[area] = [way for way in ways if len(way.steps) == most]
    return _ordered(
        {
            "area": area,
            "steps": len(way.steps) - 1,
            "chain": " → ".join(_label(network, iri) for iri in way.steps),
            "document": _documents(_lines(network, ACCOUNTABLE), way.steps),
        }
        for area, ways in found.items()
        for way in ways
    )


def bodies_without_line(network: Network) -> list[Row]:
    """Return the bodies from which and to which no document in view states a line."""
    joined = {iri for line in _edges(network, *LINES) for iri in line[:2]}
    return _ordered(
        {"area": node["area"], "body": node["label"], "within": node["within_partnership"]}
        for iri, node in network.nodes(data=True)
        if node["kind"] == "body" and not node["ended"] and iri not in joined
    )


def bodies_with_several_masters(network: Network) -> list[Row]:
    """Return the bodies that answer to more than one."""
    lines = _lines(network, ACCOUNTABLE)
    return _ordered(
        {
            "area": area,
            "body": _label(network, start),
            "count": len(masters),
            "masters": "; ".join(_labels(network, masters)),
            "document": _documents(lines, [start], masters),
        }
        for area, above in _above(network).items()
        for start, masters in above.items()
        if len(masters) > 1
    )


def circles(network: Network) -> list[Row]:
    """Return the circles in which each answers to the next, and the last to the first."""
    return _ordered(
        {
            "area": area,
            "count": len(cycle),
            "circle": " → ".join(_label(network, iri) for iri in (*cycle, cycle[0])),
            "document": _documents(_lines(network, ACCOUNTABLE), (*cycle, cycle[0])),
        }
        for area, above in _above(network).items()
        for cycle in chains.cycles(above)
    )


def reports_past_master(network: Network) -> list[Row]:
    """Return to whom bodies report that answer to somebody else, and past whom."""
    above = _above(network)
    found: dict[tuple[str, str, str], list[tuple[str, Mapping[str, Any]]]] = {}
    for start, end, line in _edges(network, "ReportsTo"):
        masters = above.get(line["area"], {}).get(start, ())
        if end not in masters:
            for master in masters:
                found.setdefault((line["area"], end, master), []).append((start, line))
    return _ordered(
        {
            "area": area,
            "to": _label(network, end),
            "past": _label(network, master),
            "count": len({start for start, _ in reports}),
            "bodies": "; ".join(_labels(network, {start for start, _ in reports})),
            "document": _joined(line["document"] for _, line in reports),
        }
        for (area, end, master), reports in found.items()
    )


def posts_that_alone_join(network: Network) -> list[Row]:
    """Return the posts without which bodies share no member, not even through others."""
    seats = [(post, body, seat) for post, body, seat in _members(network)]
    graph = nx.Graph((post, body) for post, body, _ in seats)
    documents = {(post, body): seat["document"] for post, body, seat in seats}
    areas = {post: seat["area"] for post, _, seat in seats}
    rows: list[Row] = []
    for post in nx.articulation_points(graph):
        if network.nodes[post]["kind"] != "post":
            continue
        rest = graph.copy()
        rest.remove_node(post)
        around = nx.node_connected_component(graph, post)
        parts = [
            _labels(network, (iri for iri in part if network.nodes[iri]["kind"] == "body"))
            for part in nx.connected_components(rest)
            if part <= around
        ]
        parts.sort(key=lambda part: (-len(part), part))
        rows.append(
            {
                "area": areas[post],
                "post": _post(network, post),
                "cut_off": "; ".join(body for part in parts[1:] for body in part),
                "from": "; ".join(parts[0]),
                "document": _joined(documents[post, body] for body in graph[post]),
            }
        )
    return _ordered(rows)


def agencies_without_seat(network: Network) -> list[Row]:
    """Return the listed agencies of which no member of any body is, where members are listed."""
    seated = _organisations_seated(network)
    rows: list[Row] = []
    for entry, _, listed in _edges(network, "ListedIn"):
        meant = {end for _, end, edge in network.out_edges(entry, data=True)
                 if edge["kind"] == "Means"}  # fmt: skip
        if listed["lists_members"] and not meant & seated.get(listed["document"], set()):
            rows.append(
                {
                    "area": listed["area"],
                    "agency": network.nodes[entry]["label"],
                    "position": listed.get("position"),
                    "document": listed["document"],
                }
            )
    return _ordered(rows)


def bodies_that_share_members(network: Network) -> list[Row]:
    """Return pairs of bodies with posts in common, and which part of their posts that is."""
    posts: dict[str, set[str]] = {}
    documents: dict[str, set[str]] = {}
    for post, body, seat in _members(network):
        posts.setdefault(body, set()).add(post)
        documents.setdefault(body, set()).add(seat["document"])
    named = sorted(posts, key=lambda iri: (_label(network, iri), iri))
    rows: list[Row] = []
    for one, other in combinations(named, 2):
        shared, together = len(posts[one] & posts[other]), len(posts[one] | posts[other])
        if shared:
            rows.append(
                {
                    "area": network.nodes[one]["area"],
                    "body": _label(network, one),
                    "other": _label(network, other),
                    "shared": shared,
                    "together": together,
                    "overlap": (200 * shared + together) // (2 * together) / 100,
                    "document": _joined(documents[one] | documents[other]),
                }
            )
    return _ordered(rows)


def lone_representatives(network: Network) -> list[Row]:
    """Return where the only member of a partner on a body is one officer, by officer."""
    found: dict[tuple[str, str, str], list[tuple[str, str, Mapping[str, Any]]]] = {}
    for (area, partner, body), (who, _, _) in _partners_on_bodies(network).items():
        if len(who) == 1:
            ((post, seat),) = who.values()
            officer = seat.get("holder") or post
            found.setdefault((area, partner, officer), []).append((body, post, seat))
    return _ordered(
        {
            "area": area,
            "partner": partner,
            "post": _joined(_post(network, post) for _, post, _ in those),
            "count": len({body for body, _, _ in those}),
            "bodies": "; ".join(_labels(network, {body for body, _, _ in those})),
            "document": _joined(seat["document"] for _, _, seat in those),
        }
        for (area, partner, _), those in found.items()
    )


def partners_without_member(network: Network) -> list[Row]:
    """Return the bodies on which a partner has no member, where members are listed."""
    found = _partners_on_bodies(network)
    return _ordered(
        {
            "area": area,
            "partner": partner,
            "body": _label(network, body),
            "to_be_confirmed": len(unfilled),
            "document": _joined(documents),
        }
        for (area, partner, body), (who, unfilled, documents) in found.items()
        if not who
    )


def interlocks(network: Network) -> list[Row]:
    """Return organisations that are a partner of several areas, and posts with seats in several."""
    wanted = set(str(network.graph["areas"]).split())
    names = {node["area"]: node["label"] for _, node in network.nodes(data=True)
             if node["kind"] == "area"}  # fmt: skip
    areas: dict[tuple[str, str], dict[str, set[str]]] = {}
    for start, _, edge in _edges(network, "Fills", "SlotSeat", "Seat", "SeatElsewhere"):
        by_register = edge["kind"] != "Fills" or edge["in_force"]
        if by_register and not edge.get("expected"):
            what = edge.get("partner", "") if edge["kind"] == "Fills" else ""
            documents = areas.setdefault((start, what), {}).setdefault(edge["area"], set())
            documents.update({edge.get("document", "")} - {""})
    return _ordered(
        {
            "area": area,
            "partner": partner or "post",
            "shared": _post(network, iri) if not partner else _label(network, iri),
            "count": len(of) - 1,
            "others": "; ".join(sorted(names[other] for other in of if other != area)),
            "document": _joined(document for each in of.values() for document in each),
        }
        for (iri, partner), of in areas.items()
        if len(of) > 1
        for area in sorted(wanted & set(of))
    )


def _edges(network: Network, *kinds: str) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    for start, end, edge in network.edges(data=True):
        if edge["kind"] in kinds:
            yield start, end, edge


def _above(network: Network) -> dict[str, dict[str, list[str]]]:
    """Return to whom each answers directly, by area."""
    found: dict[str, dict[str, dict[str, None]]] = {}
    for start, end, line in _edges(network, ACCOUNTABLE):
        found.setdefault(line["area"], {}).setdefault(start, {})[end] = None
    return {area: {start: list(ends) for start, ends in each.items()}
            for area, each in found.items()}  # fmt: skip


def _lines(network: Network, kind: str) -> dict[tuple[str, str], set[str]]:
    """Return the documents that state lines of a kind, by their ends."""
    found: dict[tuple[str, str], set[str]] = {}
    for start, end, line in _edges(network, kind):
        found.setdefault((start, end), set()).add(line["document"])
    return found


def _documents(
    lines: Mapping[tuple[str, str], set[str]],
    starts: Iterable[str],
    ends: Iterable[str] | None = None,
) -> str:
    """Return the documents of lines: along steps or, with ends, from each start to each end."""
    steps = list(starts)
    pairs = pairwise(steps) if ends is None else ((start, end) for start in steps for end in ends)
    return _joined(document for pair in pairs for document in lines.get(pair, ()))


def _members(network: Network) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """Yield post, body and seat of all who are told to be on a body, not only expected there."""
    for post, body, seat in _edges(network, "Seat"):
        if not seat["expected"] and network.nodes[body]["kind"] == "body":
            yield post, body, seat


def _wholes(network: Network, post: str) -> set[str]:
    """Return the organisations that a post is in, and those that they are parts of."""
    found: set[str] = set()
    waiting = [post]
    while waiting:
        for _, end, edge in network.out_edges(waiting.pop(), data=True):
            if edge["kind"] in ("PostIn", "PartOf") and end not in found:
                found.add(end)
                waiting.append(end)
    return found


def _organisations_seated(network: Network) -> dict[str, set[str]]:
    """Return the organisations of which a post has a seat, by the document that says so."""
    found: dict[str, set[str]] = {}
    for post, _, seat in _edges(network, "Seat", "SlotSeat"):
        if not seat["expected"]:
            found.setdefault(seat["document"], set()).update(_wholes(network, post))
    return found


Seated = tuple[dict[str, tuple[str, Mapping[str, Any]]], set[str], set[str]]
"""Who has a seat: post and seat, by the id of the officer or, without one, by the seat; the seats
that are to be confirmed; and the documents that list members."""


def _partners_on_bodies(network: Network) -> dict[tuple[str, str, str], Seated]:
    """Return who has a seat by area, statutory partner and body, by all documents in view.

    One document may list only a few of a body's members.
    """
    fillers: dict[tuple[str, str], set[str]] = {}
    for organisation, _, edge in _edges(network, "Fills"):
        if edge["statutory"]:
            fillers.setdefault((edge["area"], edge["partner"]), set()).add(organisation)
    found: dict[tuple[str, str, str], Seated] = {}
    for post, body, seat in _members(network):
        wholes = _wholes(network, post)
        for (area, partner), organisations in fillers.items():
            if area != seat["area"]:
                continue
            who, unfilled, documents = found.setdefault((area, partner, body), ({}, set(), set()))
            documents.add(seat["document"])
            if not wholes & organisations:
                continue
            if seat["status"] in UNFILLED:
                unfilled.add(seat["fact"])
            else:
                who[seat.get("holder") or seat["fact"]] = (post, seat)
    return found


def _label(network: Network, iri: str) -> str:
    return str(network.nodes[iri]["label"])


def _labels(network: Network, iris: Iterable[str]) -> list[str]:
    return sorted(_label(network, iri) for iri in iris)


def _post(network: Network, iri: str) -> str:
    """Return a post with the organisations that it is in."""
    within = [end for _, end, edge in network.out_edges(iri, data=True) if edge["kind"] == "PostIn"]
    return ", ".join((_label(network, iri), *_labels(network, within)))


def _joined(names: Iterable[str]) -> str:
    return "; ".join(sorted(set(names) - {""}))


def _ordered(rows: Iterable[Row]) -> list[Row]:
    """Return rows in the order of their texts; a position in a list comes first."""
    return sorted(
        rows,
        key=lambda row: (
            str(row.get("area")),
            row.get("position") or 0,
            [str(value) for value in row.values()],
        ),
    )
