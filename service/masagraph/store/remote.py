"""A store behind a SPARQL 1.1 endpoint."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

import pyoxigraph as ox

from masagraph.errors import QueryError, StoreError
from masagraph.resources import find_resources
from masagraph.store.endpoint import GRAPH, RESULTS, Endpoint
from masagraph.store.formats import NO_LIMITS, Choose, Limits, Written, write, write_triples
from masagraph.store.guard import refuse_outsized, refuse_unheld, scope_of
from masagraph.store.mistakes import mistake
from masagraph.store.opened import Opened
from masagraph.store.protocol import (
    ALL_GRAPHS,
    Answer,
    Bindings,
    Rows,
    Scope,
    Term,
    Triples,
    Truth,
    select,
    text_of,
)
from masagraph.store.written_in import write_in
from masagraph.vocab import PREFIXES

SECONDS = 60
"""How long an answer is waited for, unless somebody says otherwise."""

_DAYS = "lookup/days-of-findings.rq"
_QUADS = "lookup/quads-held.rq"
_HIDDEN = "lookup/anything.rq"
_NOTHING = Scope(default_graphs=("urn:masagraph:none",))
"""A scope in which nothing is to be seen: there is no such graph."""

_JSON = ox.QueryResultsFormat.JSON


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a query asks for: the form of its answer and, for rows, the columns; and of what."""

    form: type[Answer]
    variables: tuple[str, ...] = ()
    scope: Scope = ALL_GRAPHS


class Asker(Protocol):
    """A way to an endpoint, such as :class:`masagraph.store.endpoint.Endpoint`."""

    @property
    def default_graph(self) -> str:
        """The named graph that is to be the default one; empty where the endpoint has its own."""

    def ask(self, query: str, scope: Scope, media_type: str) -> bytes:
        """Send a query, and return the answer."""

    def strange(self) -> Exception:
        """Return the error for an answer that is not one, or not a whole one."""


class RemoteStore:
    """A read-only store behind an endpoint. Satisfies :class:`masagraph.store.protocol.Store`.

    Its default graph is that of the endpoint, or the one that the way to it names: each query
    then tells that graph, and all others as named ones. A query is parsed here before it is sent,
    so its mistakes are told as those of any other store are.

    Args:
        endpoint: where to ask.
        graphs: the names of all graphs, sorted, where they are known; else they are asked for.
        keeps_scopes: whether the endpoint is known to keep to a scope; else that is looked at
            before the first query that has one.
    """

    def __init__(
        self, endpoint: Asker, graphs: Sequence[str] | None = None, keeps_scopes: bool = False
    ) -> None:
        self._endpoint, self._graphs, self._keeps_scopes = endpoint, graphs, keeps_scopes

    def graphs(self) -> Sequence[str]:
        """Return the names of all graphs, sorted; they are asked for once."""
        if self._graphs is None:
            query = find_resources().read_query("lookup/graphs.rq")
            # With no scope: which graphs there are is not known yet.
            content = self._endpoint.ask(query, ALL_GRAPHS, RESULTS)
            names = {text_of(row[0]) for row in self._rows(("graph",), content, {})}
            self._graphs = tuple(sorted(names - {self._endpoint.default_graph}))
        return self._graphs

    def graph(self, name: str) -> Sequence[ox.Triple]:
        """Return the triples of one graph."""
        text = find_resources().read_query("lookup/triples-of-graph.rq")
        sent = write_in(text, {"graph": ox.NamedNode(name)})
        return self._triples(sent, self._asked(sent, ALL_GRAPHS).scope)

    def query(
        self,
        text: str,
        bindings: Bindings | None = None,
        scope: Scope = ALL_GRAPHS,
        limit: int | None = None,
    ) -> Answer:
        """Evaluate a query; see :meth:`masagraph.store.protocol.Store.query`.

        Raises:
            Unavailable: when the endpoint does not answer, or not in time.
            StoreError: when it answers with something else, or not with all, or pays no heed
                to a scope that was given.
        """
        asked = self._asked(text, scope)
        terms = bindings or {}
        sent = write_in(text, terms) if terms else text
        if asked.form is Triples:
            triples = self._triples(sent, asked.scope)
            return Triples(triples[:limit], limit is not None and len(triples) > limit)
        content = self._endpoint.ask(sent, asked.scope, RESULTS)
        if asked.form is Truth:
            return self._truth(content)
        rows = self._rows(asked.variables, content, terms)
        return Rows(asked.variables, rows[:limit], limit is not None and len(rows) > limit)

    def written(
        self,
        text: str,
        choose: Choose,
        scope: Scope = ALL_GRAPHS,
        limits: Limits = NO_LIMITS,
    ) -> Written:
        """Evaluate a query and write its answer; see :class:`masagraph.store.protocol.Store`."""
        asked = self._asked(text, scope)
        if asked.form is Triples:
            return write_triples(self._triples(text, asked.scope), choose, limits)
        content = self._endpoint.ask(text, asked.scope, RESULTS)
        if asked.form is Truth:
            self._truth(content)
        else:
            self._rows(asked.variables, content, {})
        return write(ox.parse_query_results(content, format=_JSON), choose, limits)

    def refuse_unscoped(self) -> None:
        """Refuse an endpoint that pays no heed to a scope: it would give other rows than asked for.

        Raises:
            StoreError: when it sees something in a scope that holds nothing.
        """
        if self._keeps_scopes:
            return
        query = find_resources().read_query(_HIDDEN)
        try:
            seen = self._truth(self._endpoint.ask(query, _NOTHING, RESULTS))
        except QueryError:
            seen = Truth(False)  # it knows that there is no such graph
        if seen.value:
            raise StoreError(
                "the endpoint pays no heed to default-graph-uri: it answers from all graphs, "
                "whichever are named",
                "Load the data into a server that keeps to it: docs/remote.md.",
            )
        self._keeps_scopes = True

    def _asked(self, text: str, scope: Scope) -> _Asked:
        """Refuse what no store is asked, and return what a query asks for, with its scope."""
        refuse_outsized(text)
        named = scope_of(text)
        if named != ALL_GRAPHS:
            refuse_unheld(named, self.graphs())
        asked = _parsed_query(text)
        default = self._endpoint.default_graph
        if scope == ALL_GRAPHS and default:
            # Some servers that take the union do so for a query with FROM too.
            scope = Scope((default,), tuple(self.graphs())) if named == ALL_GRAPHS else named
        if scope != ALL_GRAPHS:
            self.refuse_unscoped()
        return replace(asked, scope=scope)

    def _truth(self, content: bytes) -> Truth:
        found = _parsed(content)
        if not isinstance(found, Truth):
            raise self._endpoint.strange()
        return found

    def _rows(
        self, names: Sequence[str], content: bytes, terms: Bindings
    ) -> tuple[tuple[Term | None, ...], ...]:
        """Return rows with the columns of the query, those too whose values were written in."""
        found = _parsed(content)
        if not isinstance(found, Rows):
            raise self._endpoint.strange()
        places = {name: place for place, name in enumerate(found.variables)}
        if not places.keys() >= {name for name in names if name not in terms}:
            raise self._endpoint.strange()
        return tuple(
            tuple(row[places[name]] if name in places else terms[name] for name in names)
            for row in found.rows
        )

    def _triples(self, query: str, scope: Scope) -> tuple[ox.Triple, ...]:
        content = self._endpoint.ask(query, scope, GRAPH)
        try:
            return tuple(quad.triple for quad in ox.parse(content, format=ox.RdfFormat.N_TRIPLES))
        except (SyntaxError, ValueError) as error:
            raise self._endpoint.strange() from error


def open_endpoint(address: str, seconds: float = SECONDS) -> Opened:
    """Open the dataset behind an endpoint.

    Args:
        address: the endpoint, with http or https.
        seconds: how long an answer is waited for.

    Raises:
        BadValue: for an address that is none.
        Unavailable: when nobody answers.
        StoreError: when it answers otherwise than an endpoint, or holds other data, or a
            part of them, or takes the union of all graphs for its default graph: findings would
            count once for each day.
    """
    store = RemoteStore(Endpoint(address, seconds))
    name = name_held(store, address)
    version = name.split()[0]
    day = version[: len("2000-01-01")]
    days = {text_of(row["day"]) for row in select(store, find_resources().read_query(_DAYS))}
    if not days <= {day}:
        raise StoreError(
            f"the default graph of {address} holds the findings on other days too",
            "Have it keep the default graph apart from the named ones, or tell what it calls the "
            "graph of triples that stand in none, with ?default-graph-uri=NAME: docs/remote.md.",
        )
    _refuse_part(store, address)
    return Opened(store, date.fromisoformat(day), version, "", (), name)


def _refuse_part(store: RemoteStore, address: str) -> None:
    """Refuse data of which a part is lacking: what is not there would look like a gap."""
    rows = select(store, find_resources().read_query(_QUADS))
    told, held = (int(text_of(rows[0][name])) if rows else 0 for name in ("told", "held"))
    if not rows or held < told:
        count = f"{held:,} of the {told:,} statements" if rows else "a part"
        raise StoreError(
            f"{address} holds {count} of its data",
            "Load the whole of a store, named graphs and default graph: docs/remote.md.",
        )


def name_held(store: RemoteStore, address: str) -> str:
    """Return what names all that an endpoint holds: findings may change while the data do not.

    It is the versions of the data, of the shapes and of the software that made the findings.

    Args:
        store: the store behind it.
        address: the endpoint.

    Raises:
        Unavailable: when nobody answers.
        StoreError: when it holds no data of masagraph, or more than one version.
    """
    rows = select(store, find_resources().read_query("lookup/data-versions.rq"))
    if len(rows) != 1:
        held = "more than one version of" if rows else "no"
        raise StoreError(
            f"the default graph of {address} holds {held} data of masagraph",
            "Give the address of a masagraph service, or load one store into the endpoint.",
        )
    return " ".join(text_of(rows[0][part]) for part in ("version", "shapes", "software"))


def _parsed_query(text: str) -> _Asked:
    """Return what a query asks for, by the answer that an empty store gives."""
    try:
        found = ox.Store().query(text, prefixes=dict(PREFIXES))
    except SyntaxError as error:
        raise mistake(text, error) from error
    except (ValueError, OSError, RuntimeError) as error:
        raise QueryError(f"the query could not be evaluated: {error}") from error
    if isinstance(found, ox.QueryTriples):
        return _Asked(Triples)
    if isinstance(found, ox.QueryBoolean):
        return _Asked(Truth)
    return _Asked(Rows, tuple(variable.value for variable in found.variables))


def _parsed(content: bytes) -> Rows | Truth | None:
    """Return an answer; None for one that is none, or not whole.

    Nothing is raised where Oxigraph's results are at hand: an error would keep them, and they
    must be let go in the thread that made them.
    """
    try:
        found = ox.parse_query_results(content, format=_JSON)
        if isinstance(found, ox.QueryBoolean):
            return Truth(bool(found))
        names = tuple(variable.value for variable in found.variables)
        return Rows(names, tuple(tuple(solution[n] for n in names) for solution in found))
    except (SyntaxError, ValueError):
        return None
