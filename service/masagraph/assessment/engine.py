"""What runs shapes over a view, and pySHACL as one such, one arrangement at a time.

The interface is the SHACL report, so that another engine can stand behind it.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache
from typing import Any, Protocol

import pyoxigraph as ox
from pyshacl import validate
from rdflib import RDF, SH, Graph, URIRef
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.sparql import Query
from rdflib.query import Result

from masagraph.errors import EngineError
from masagraph.shacl.terms import to_rdflib
from masagraph.vocab import GRAPH, MASA

SHAPES = str(GRAPH + "shapes/")
INTEGRITY = (SHAPES + "integrity/", SHAPES + "shape-for-shapes")


class Engine(Protocol):
    """Runs shapes over a view."""

    def run(self, view: ox.Store, duties: Collection[str]) -> Graph:
        """Return the SHACL report of the shapes that test some duties.

        Args:
            view: facts of one arrangement, with the law and the shapes.
            duties: IRIs of the duties to test.

        Raises:
            EngineError: when the shapes could not be run, or looked at nothing.
        """
        ...


@lru_cache(maxsize=1024)
def _prepared(text: str) -> Query:
    return prepareQuery(text)


class _PreparedGraph(Graph):
    """A graph that parses each query text once.

    PySHACL runs the same few texts for every shape with other bindings, and parsing them
    is most of what it does.
    """

    def query(self, query_object: str | Query, *args: Any, **options: Any) -> Result:
        """Evaluate a query; see :meth:`rdflib.Graph.query`."""
        if isinstance(query_object, str):
            query_object = _prepared(query_object)
        return super().query(query_object, *args, **options)


class PySHACL:
    """The engine that defines what is right: pySHACL.

    An instance keeps the last view in rdflib's form, as one view is asked for several editions.
    """

    def __init__(self) -> None:
        self._view: ox.Store | None = None
        self._size = 0
        self._data = _PreparedGraph()
        self._shapes = Graph()

    def run(self, view: ox.Store, duties: Collection[str]) -> Graph:
        """Return the SHACL report; see :meth:`Engine.run`."""
        self._read(view)
        focus = set(self._data.subjects(RDF.type, MASA.ArrangementInView))
        if len(focus) != 1:
            raise EngineError(f"{len(focus)} arrangements are in view, one was expected")
        # A copy each time: validate() adds triples to the shapes it is given.
        shapes = Graph() + self._shapes
        if not _keep_only(shapes, duties):
            return Graph()
        _, report, text = validate(
            self._data, shacl_graph=shapes, advanced=False, inference="none", inplace=True
        )
        if not isinstance(report, Graph):
            # pySHACL returns some failures instead of raising them; silence is no pass.
            raise EngineError(f"the shapes could not be run: {text}")
        return report

    def _read(self, view: ox.Store) -> None:
        if self._view is view and self._size == len(view):
            return
        self._data, self._shapes = _PreparedGraph(), Graph()
        for quad in view:
            name = quad.graph_name.value if isinstance(quad.graph_name, ox.NamedNode) else ""
            if name.startswith(INTEGRITY):
                continue
            into = self._shapes if name.startswith(SHAPES) else self._data
            into.add((to_rdflib(quad.subject), to_rdflib(quad.predicate), to_rdflib(quad.object)))
        self._view, self._size = view, len(view)


def _keep_only(shapes: Graph, duties: Collection[str]) -> int:
    """Take the target from every duty shape but those of the duties; return how many stay."""
    kept = 0
    for shape, duty in list(shapes.subject_objects(MASA.tests)):
        if str(duty) in duties and isinstance(shape, URIRef):
            if (shape, SH.targetClass, MASA.ArrangementInView) not in shapes:
                raise EngineError(
                    f"{shape} looks at nothing", "Give it sh:targetClass masa:ArrangementInView."
                )
            kept += 1
        else:
            shapes.remove((shape, SH.targetClass, None))
    return kept
