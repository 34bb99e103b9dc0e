"""Each operator that is compiled, changed: some test notices.

First the compiler is changed, one operator after another, and compiles the small cases. Then one
thing after another is changed in the queries of our own shapes, and they are run over examples.
What the unchanged queries find is what pySHACL finds: the tests beside this one say so.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox
import pytest
from duty_examples import some_paths, structural_paths
from query_mutations import mutants
from rdflib import SH, Graph
from shacl_oracle import Found, compiled_program, found_by_queries, store_of

from masagraph.assessment.compiled import Compiled, facts_of
from masagraph.shacl.compiler import authored, core, faults, paths, program
from masagraph.shacl.compiler.hierarchy import Hierarchy
from masagraph.shacl.compiler.program import Program

if TYPE_CHECKING:
    from tests.compiler.conftest import Example

EXAMPLES = sorted({*some_paths(), *structural_paths()})

CASES = sorted((Path(__file__).parent / "cases").glob("*/*.ttl"))

Patch = Callable[[pytest.MonkeyPatch], None]


def set_to(module: object, name: str, value: object) -> Patch:
    """Put something else in the place of a function or a table of a module."""
    return lambda patch: patch.setattr(module, name, value)


def entry(table: dict[Any, Any], key: object, value: object) -> Patch:
    """Put something else in the place of an entry of a table."""
    return lambda patch: patch.setitem(table, key, value)


def around(module: Any, name: str, change: Callable[..., Any]) -> Patch:
    """Wrap a function of a module: the change is given the function and its arguments."""
    return set_to(module, name, partial(change, getattr(module, name)))


def nothing(*_: Any, **__: Any) -> tuple[str, ...]:
    return ()


CHANGES: dict[str, Patch] = {
    "core: no MINUS": set_to(core, "minus", nothing),
    "shapes within shapes: no MINUS": set_to(faults, "_conforming", nothing),
    "counts of qualified values: no MINUS": set_to(faults, "minus", nothing),
    "ASK and NOT EXISTS: no MINUS": set_to(authored, "minus", nothing),
    "NOT EXISTS left out": set_to(authored, "_looked_up", nothing),
    "only the first of several patterns, core": around(core, "either", lambda f, p: f(p[:1])),
    "only the last of several patterns, core": around(core, "either", lambda f, p: f(p[-1:])),
    "only the first of several patterns": around(faults, "either", lambda f, p: f(p[:1])),
    "only the last of several patterns": around(faults, "either", lambda f, p: f(p[-1:])),
    "only the first of several targets": around(program, "either", lambda f, p: f(p[:1])),
    "only the last of several targets": around(program, "either", lambda f, p: f(p[-1:])),
    "only the first branch of a UNION": around(authored, "either", lambda f, p: f(p[:1])),
    "no class below another": set_to(Hierarchy, "below", lambda self, top: frozenset({top})),
    "counts one too high": around(core, "counted", lambda f, v, t, n: f(v, t, n + 1)),
    "counts one too low": around(core, "counted", lambda f, v, t, n: f(v, t, max(n - 1, 1))),
    "qualified counts one too high": around(faults, "counted", lambda f, v, t, n: f(v, t, n + 1)),
    "errors pass": set_to(core, "_unless", lambda e: (f"FILTER ( !({e}) )",)),
    "tests turned round": set_to(core, "_unless", lambda e: (f"FILTER COALESCE({e}, false)",)),
    "ill-formed literals pass": set_to(
        core, "is_well_formed", lambda v, d, terms: f"DATATYPE({v}) = {terms.text(d)}"
    ),
    "numbers one too high": around(core, "number_of", lambda f, value: f(value) + 1),
    "flags of patterns lost": around(
        core, "_pattern", lambda f, c, v, s: f(replace(c, flags=""), v, s)
    ),
    "siblings do not count": around(
        faults, "_qualified", lambda f, c, t, s: f(replace(c, siblings=()), t, s)
    ),
    "minimum for maximum": around(
        faults, "_qualified", lambda f, c, t, s: f(replace(c, least=not c.least), t, s)
    ),
    "or: one failure is enough": around(faults, "_all_fail", lambda f, v, parts: f(v, parts[:1])),
    "xone: two may conform": set_to(faults, "_two_conform", lambda *_: []),
    "the whole of or: no domain": set_to(faults, "select", nothing),
    "property shapes left out": set_to(program, "_chains", lambda chain: iter([chain])),
    "property shapes of inner shapes left out": around(
        faults, "_failing", lambda f, shape, n, s: f(replace(shape, properties=()), n, s)
    ),
    "NOT EXISTS always by itself": set_to(authored, "_is_closed", lambda *_: True),
    "NOT EXISTS over what may be unbound": around(
        authored, "_scope", lambda f, *a: replace((s := f(*a)), sure=s.possible)
    ),
    "focus node unknown in nested groups": around(
        authored, "_inside", lambda f, g, b, on_top, optional=False: f(g, b, True, optional)
    ),
    "path of the shape forgotten": around(
        authored,
        "_with_path",
        lambda f, tokens, path: f(tokens, replace(path, text="ex:age")) if path else tokens,
    ),
    "inverse paths the right way round": around(
        paths, "_read", lambda f, g, node, w, n: f(g, g.value(node, SH.inversePath) or node, w, n)
    ),
    "sequences as alternatives": around(paths, "_joined", lambda f, parts, by: f(parts, "|")),
    "alternatives as sequences": around(paths, "_joined", lambda f, parts, by: f(parts, "/")),
    "sequences backwards": around(
        paths, "_joined", lambda f, parts, by: f(parts[::-1] if by == "/" else parts, by)
    ),
    **{
        f"{kind.rpartition('#')[2]} as something else": entry(paths._REPEATED, kind, other)
        for kind, other in (
            (SH.zeroOrMorePath, "+"),
            (SH.oneOrMorePath, "?"),
            (SH.zeroOrOnePath, "*"),
        )
    },
    **{
        f"{name} as {other}": entry(core._COMPARED, name, core._COMPARED[other])
        for name, other in (
            ("minExclusive", "minInclusive"),
            ("minInclusive", "minExclusive"),
            ("maxExclusive", "maxInclusive"),
            ("maxInclusive", "maxExclusive"),
        )
    },
    **{
        f"{name} as {other}": entry(core._PAIRED, name, core._PAIRED[other])
        for name, other in (
            ("lessThan", "lessThanOrEquals"),
            ("lessThanOrEquals", "lessThan"),
            ("minCount", "maxCount"),
            ("maxCount", "minCount"),
        )
    },
    **{
        f"{name} never broken": entry(table, name, lambda *_: None)
        for table in (core._PAIRED, core._LISTED)
        for name in table
    },
    **{
        f"{name} never broken": entry(core._ON_VALUES, name, lambda *_: ("FILTER ( false )",))
        for name in core._ON_VALUES
    },
    **{
        f"nodeKind {str(kind).rpartition('#')[2]} always kept": entry(core._KINDS, kind, "true")
        for kind in core._KINDS
    },
}


@cache
def shapes_of(path: Path) -> Graph:
    return Graph().parse(path)


@pytest.fixture(scope="module")
def held(people: Graph) -> ox.Store:
    return store_of(people)


@pytest.fixture(scope="module")
def kept(people: Graph, held: ox.Store) -> dict[Path, set[Found]]:
    """What the compiler as it is finds in each case."""
    return {path: found(path, people, held) for path in CASES}


def found(path: Path, people: Graph, held: ox.Store) -> set[Found]:
    return found_by_queries(compiled_program(shapes_of(path), people).run(held))


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("change", CHANGES)
def test_a_changed_compiler_is_noticed(
    change: str,
    people: Graph,
    held: ox.Store,
    kept: dict[Path, set[Found]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    CHANGES[change](monkeypatch)
    assert any(found(path, people, held) != kept[path] for path in CASES)


# The queries of our own shapes.


EQUAL = {
    "drop: FILTER ( ?end <= ?date )": "what has not ended is its own exception in the MINUS",
    "drop: FILTER ( ?issued > ?due )": "what is not late is its own exception in the MINUS",
}
"""Changes that no data could show, by what is changed in the query, with the reason."""


@pytest.fixture(scope="module")
def shown(
    arrangements: Graph, example_of: Callable[[Path], Example], compiled: Compiled
) -> tuple[Program, list[ox.Store]]:
    """The queries of our shapes, and the facts of some examples of every duty with a structure."""
    facts = [store_of(arrangements)]
    for path in EXAMPLES:
        view = example_of(path).view.store
        ours = compiled.program(view)
        facts.append(facts_of(view, ours.reads))
    return ours, facts


def rows(query: str, facts: ox.Store) -> set[str]:
    result = facts.query(query)
    assert isinstance(result, ox.QuerySolutions)
    return {str(row) for row in result}


def test_a_changed_query_is_noticed(shown: tuple[Program, list[ox.Store]]) -> None:
    ours, examples = shown
    unnoticed = []
    for query in ours.queries:
        kept = [rows(query.for_all, facts) for facts in examples]
        assert any(kept), "no example breaks the shape"
        for what, changed in mutants(query.for_all):
            pairs = zip(kept, examples, strict=True)
            if what not in EQUAL and all(rows(changed, facts) == was for was, facts in pairs):
                unnoticed.append((query.instances[0].shape.node, what))
    assert unnoticed == []
