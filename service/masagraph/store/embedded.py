"""The embedded store: Oxigraph, from a snapshot on disk or in memory."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from itertools import islice
from typing import Any, TypeVar

import pyoxigraph as ox

from masagraph.errors import QueryError
from masagraph.store.formats import NO_LIMITS, Choose, Limits, Written, write
from masagraph.store.guard import refuse_forbidden, refuse_outsized
from masagraph.store.mistakes import mistake
from masagraph.store.protocol import ALL_GRAPHS, Answer, Bindings, Rows, Scope, Triples, Truth
from masagraph.vocab import PREFIXES

T = TypeVar("T")
_Found = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples


class EmbeddedStore:
    """A read-only store in this process. Satisfies :class:`masagraph.store.protocol.Store`.

    Args:
        source: an Oxigraph store; it is never written to.
        merged: whether its default graph holds the merge of all graphs, each triple once
            (see :func:`masagraph.dataset.assemble.merge_graphs`). Without, the union of
            the graphs is taken, in which a triple of two graphs comes twice.
    """

    def __init__(self, source: ox.Store, merged: bool = False) -> None:
        self._source = source
        self._merged = merged

    @classmethod
    def in_memory(cls, source: ox.Store) -> EmbeddedStore:
        """Copy a merged store into memory, where scans are several times as fast as on disk."""
        memory = ox.Store()
        memory.bulk_extend(source)
        return cls(memory, merged=True)

    @cached_property
    def _graphs(self) -> tuple[str, ...]:
        names = (g.value for g in self._source.named_graphs() if isinstance(g, ox.NamedNode))
        return tuple(sorted(names))

    def graphs(self) -> Sequence[str]:
        """Return the names of all graphs, sorted."""
        return self._graphs

    def graph(self, name: str) -> Sequence[ox.Triple]:
        """Return the triples of one graph."""
        quads = self._source.quads_for_pattern(None, None, None, ox.NamedNode(name))
        return [quad.triple for quad in quads]

    def query(
        self,
        text: str,
        bindings: Bindings | None = None,
        scope: Scope = ALL_GRAPHS,
        limit: int | None = None,
    ) -> Answer:
        """Evaluate a query; see :meth:`masagraph.store.protocol.Store.query`."""
        return self._evaluated(text, bindings or {}, scope, lambda found: _answer(found, limit))

    def written(
        self,
        text: str,
        choose: Choose,
        scope: Scope = ALL_GRAPHS,
        limits: Limits = NO_LIMITS,
    ) -> Written:
        """Evaluate a query and write its answer; see :class:`masagraph.store.protocol.Store`."""
        return self._evaluated(text, {}, scope, lambda found: write(found, choose, limits))

    def _evaluated(
        self, text: str, bindings: Bindings, scope: Scope, read: Callable[[_Found], T]
    ) -> T:
        refuse_outsized(text)
        refuse_forbidden(text, self._graphs)
        # Not in this frame: the parser of the guard leaves cycles that keep it alive, and
        # Oxigraph's results must be let go in the thread that made them.
        return self._read(text, bindings, scope, read)

    def _read(self, text: str, bindings: Bindings, scope: Scope, read: Callable[[_Found], T]) -> T:
        try:
            return read(
                self._source.query(
                    text,
                    prefixes=dict(PREFIXES),
                    substitutions={ox.Variable(k): v for k, v in bindings.items()},
                    **self._dataset(scope),
                )
            )
        except SyntaxError as error:
            raise mistake(text, error) from error
        except (ValueError, OSError, RuntimeError) as error:
            raise QueryError(f"the query could not be evaluated: {error}") from error

    def _dataset(self, scope: Scope) -> dict[str, Any]:
        if not scope.default_graphs and not scope.named_graphs:
            return {} if self._merged else {"use_default_graph_as_union": True}
        # Both are always set: a default graph alone would leave GRAPH ?g free to see all.
        return {
            "default_graph": [ox.NamedNode(g) for g in scope.default_graphs],
            "named_graphs": [ox.NamedNode(g) for g in scope.named_graphs],
        }


def _answer(result: _Found, limit: int | None) -> Answer:
    if isinstance(result, ox.QueryBoolean):
        return Truth(bool(result))
    most = None if limit is None else limit + 1
    if isinstance(result, ox.QueryTriples):
        triples = tuple(islice(result, most))
        cut = limit is not None and len(triples) > limit
        return Triples(triples[:limit] if cut else triples, cut)
    names = tuple(variable.value for variable in result.variables)
    rows = tuple(tuple(solution[name] for name in names) for solution in islice(result, most))
    cut = limit is not None and len(rows) > limit
    return Rows(names, rows[:limit] if cut else rows, cut)
