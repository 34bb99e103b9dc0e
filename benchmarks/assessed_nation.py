"""Measure the assessment of one invented nation, in a process of its own.

    python benchmarks/assessed_nation.py ARRANGEMENTS SAMPLE [--hold]

Prints one JSON object. With ``--hold`` the nation is only held, to see how much memory that takes.
"""

from __future__ import annotations

import gc
import json
import resource
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from random import Random

import pyoxigraph as ox
from rdflib import SH, BNode, Graph
from rdflib.term import Node

from generated import document, random_plan
from masagraph.assessment.assess import add_assertions
from masagraph.assessment.compiled import Compiled
from masagraph.assessment.engine import PySHACL
from masagraph.assessment.names import Area, Edition, list_areas, list_editions
from masagraph.assessment.national import NationalView, national_view
from masagraph.assessment.national_reports import Reports, run_over
from masagraph.assessment.view import build_view
from masagraph.resources import Resources, find_resources
from masagraph.shacl.compiler.program import Program
from masagraph.store.embedded import EmbeddedStore
from masagraph.vocab import GRAPH, MASA, local_name
from nation import nation, tested_duties

DAY, EDITION = date(2026, 11, 22), "wt2023"
CHANGED_SHAPE = "wt2023-partnership-chair"
RECHECKED = 9
"""How many areas are rechecked one after another, after one that does not count."""

_SCAN = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
_MESSAGE = ox.NamedNode(str(SH.message))
Fault = tuple[str, str, str]


@dataclass
class Spent:
    """Seconds by the clock, and seconds of the processor that this process had."""

    wall: float = 0
    cpu: float = 0


@dataclass(frozen=True)
class Size:
    """What was measured of one nation.

    Attributes:
        areas: how many arrangements it has.
        duties: how many duties of the edition some shape tests.
        triples: how many triples the dataset holds, in its graphs.
        view_triples: how many the view holds that the shapes run over.
        layers: in how many stores the view stands.
        faults: how many results the shapes had, over all arrangements.
        view: building the view of all, and putting its facts together.
        scan: counting the triples of that view.
        cold: compiling the shapes and finding all faults.
        warm: finding them with the shapes compiled; the middle one of several.
        pyshacl: pySHACL over the sampled arrangements, all together.
        sampled: how many these were.
        findings_equal: whether both found the same in them.
        recheck_view: the view of one area after its document changed; the middle one of several.
        recheck_findings: its findings, as published, made from that.
        shape_changed: compiling after one shape changed, and running it over all arrangements.
        held_mb: memory at most while the dataset was made, before any view.
        peak_mb: memory at most, in all.
    """

    areas: int
    duties: int
    triples: int
    view_triples: int
    layers: int
    faults: int
    view: Spent
    scan: Spent
    cold: Spent
    warm: Spent
    pyshacl: Spent
    sampled: int
    findings_equal: bool
    recheck_view: Spent
    recheck_findings: Spent
    shape_changed: Spent
    held_mb: float
    peak_mb: float


def measure(
    resources: Resources,
    arrangements: int,
    sample: int,
    times: int = 3,
    alter: Callable[[Program], Program] = lambda program: program,
) -> Size:
    """Measure a nation.

    Args:
        resources: where the RDF folders are.
        arrangements: how many it has.
        sample: how many of them pySHACL is run over.
        times: how often what is short is measured.
        alter: changes the queries, to see that the comparison notices.
    """
    source = nation(resources, arrangements, EDITION)
    store, triples, held = EmbeddedStore(source), len(source), peak_mb()
    areas = list_areas(store)
    edition = next(edition for edition in list_editions(store) if edition.id == EDITION)
    slugs = tested_duties(source, EDITION)
    duties = sorted(iri for iri in _duties(source, edition) if local_name(iri) in set(slugs))

    with spent() as view_spent:
        view = national_view(store, DAY)
    reads = alter(Compiled().narrowed(view.layers[0].store, duties)).reads
    with spent() as merging:
        for layer in view.layers:
            layer.facts(reads)
    view_spent.wall, view_spent.cpu = view_spent.wall + merging.wall, view_spent.cpu + merging.cpu
    scans = []
    for _ in range(times):
        with spent() as scan:
            for layer in view.layers:
                list(layer.store.query(_SCAN, use_default_graph_as_union=True))
        scans.append(scan)
    engine = Compiled()
    with spent() as cold:
        found = _find(view, duties, engine, alter)
    again = []
    for _ in range(times):
        with spent() as warm:
            _find(view, duties, engine, alter)
        again.append(warm)

    equal, oracle = True, Spent()
    sampled = areas[:: -(-len(areas) // sample)] if sample else []
    ours = {area.arrangement: faults_found(found, area) for area in sampled}
    faults = sum(len(some) for reports in found for some in reports.results.values())
    with spent() as changed:
        _after_a_shape_changed(view, engine, duties)
    view_triples, layers = sum(len(layer.store) for layer in view.layers), len(view.layers)
    del view, found, layer
    gc.collect()
    for area in sampled:
        alone = build_view(store, area, DAY)
        with spent() as one:
            report = PySHACL().run(alone.store, duties)
        oracle.wall, oracle.cpu = oracle.wall + one.wall, oracle.cpu + one.cpu
        equal = equal and faults_reported(report) == ours[area.arrangement]
    recheck_view, recheck_findings = _rechecked(source, areas, edition, slugs)
    return Size(
        len(areas),
        len(duties),
        triples,
        view_triples,
        layers,
        faults,
        view_spent,
        middle(scans),
        cold,
        middle(again),
        oracle,
        len(sampled),
        equal,
        recheck_view,
        recheck_findings,
        changed,
        held,
        peak_mb(),
    )


def faults_found(found: list[Reports], area: Area) -> set[Fault]:
    """Return what the queries found in an area: focus node, shape and component."""
    return {
        (str(result.focus.value), _told(i.shape.node), _told(i.constraint.component))
        for reports in found
        for (arrangement, _), results in reports.results.items()
        if arrangement == area.arrangement
        for result in results
        for i in (result.instance,)
    }


def faults_reported(report: Graph) -> set[Fault]:
    """Return what a SHACL report tells: focus node, shape and component."""
    found = set()
    for result in report.objects(None, SH.result):
        told = (SH.focusNode, SH.sourceShape, SH.sourceConstraintComponent)
        focus, shape, component = (_told(report.value(result, link)) for link in told)
        found.add((focus, shape, component))
    return found


def _told(node: Node | None) -> str:
    """Return a node as text: blank nodes are named otherwise in each graph."""
    return "" if node is None or isinstance(node, BNode) else str(node)


def _find(
    view: NationalView,
    duties: list[str],
    engine: Compiled,
    alter: Callable[[Program], Program],
) -> list[Reports]:
    """Find the faults of all arrangements of a view under one edition."""
    asked = {ox.NamedNode(duty): EDITION for duty in duties}
    return [
        run_over(alter(engine.narrowed(each.store, duties)), each, asked) for each in view.layers
    ]


def _after_a_shape_changed(view: NationalView, engine: Compiled, duties: list[str]) -> None:
    """Change what one shape says, and find its faults in all arrangements."""
    (duty,) = (duty for duty in duties if local_name(duty) == CHANGED_SHAPE)
    shape = ox.NamedNode(f"https://w3id.org/masagraph/id/shape/{CHANGED_SHAPE}")
    for layer in view.layers:
        graphs = [q.graph_name for q in layer.store.quads_for_pattern(shape, None, None)]
        layer.store.add(ox.Quad(shape, _MESSAGE, ox.Literal("changed"), graphs[0]))
    _find(view, [duty], engine, lambda program: program)


def _rechecked(
    source: ox.Store, areas: list[Area], edition: Edition, duties: list[str]
) -> tuple[Spent, Spent]:
    """Change the document of one area after another, and assess that area again."""
    engine, views, findings = Compiled(), [], []
    step = max(1, len(areas) // (RECHECKED + 1))
    for number, area in enumerate(areas[::step][: RECHECKED + 1]):
        name = ox.NamedNode(f"{GRAPH}areas/{area.slug}/document")
        plan = random_plan(Random(f"changed {number}"), area.slug, duties)  # noqa: S311
        source.remove_graph(name)
        for t in ox.parse(document(plan), format=ox.RdfFormat.TURTLE):
            source.add(ox.Quad(t.subject, t.predicate, t.object, name))
        store = EmbeddedStore(source)
        store.graphs()  # read once for a dataset, not for an area
        with spent() as viewing:
            view = build_view(store, area, DAY)
        with spent() as finding:
            add_assertions(view, [edition], engine)
        views.append(viewing)
        findings.append(finding)
    # The first compiles the shapes.
    return middle(views[1:] or views), middle(findings[1:] or findings)


def _duties(source: ox.Store, edition: Edition) -> Iterator[str]:
    link = ox.NamedNode(MASA.edition)
    for quad in source.quads_for_pattern(None, link, ox.NamedNode(edition.iri)):
        if isinstance(quad.subject, ox.NamedNode):
            yield quad.subject.value


@contextmanager
def spent() -> Iterator[Spent]:
    """Measure what is done within."""
    told = Spent()
    wall, cpu = time.perf_counter(), time.process_time()
    yield told
    told.wall, told.cpu = time.perf_counter() - wall, time.process_time() - cpu


def middle(several: list[Spent]) -> Spent:
    """Return the one with the median of the processor's seconds."""
    median = statistics.median_low(one.cpu for one in several)
    return next(one for one in several if one.cpu == median)


def peak_mb() -> float:
    """Return how many megabytes this process has held at most."""
    try:
        # Not of getrusage: on Linux that begins with what the parent held.
        lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024
    except (OSError, StopIteration):
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> int:
    """Measure what the arguments ask for, and print it."""
    arrangements, sample = int(sys.argv[1]), int(sys.argv[2])
    if "--hold" in sys.argv:
        source = nation(find_resources(), arrangements, EDITION)
        told = {"triples": len(source), "held_mb": peak_mb()}
    else:
        told = asdict(measure(find_resources(), arrangements, sample))
    sys.stdout.write(json.dumps(told) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
