"""SPARQL that a person wrote for one focus node, made to run over all of them at once.

SHACL puts the focus node in the place of ``$this`` before it runs such a query. Here ``?this``
stays a variable. The pattern that binds it is put into every group that speaks of it, as a
group sees only what it binds itself. ``FILTER NOT EXISTS`` becomes ``MINUS`` where both are
sure to mean the same; where they might not, it stays.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from masagraph.shacl.compiler.allowed import check_names, check_query
from masagraph.shacl.compiler.groups import (
    Bind,
    Exists,
    Filter,
    Group,
    Nested,
    Optional,
    Query,
    Triples,
    Union,
    mentioned,
    read_query,
)
from masagraph.shacl.compiler.model import Authored, Path
from masagraph.shacl.compiler.patterns import (
    INSTANCES,
    PARAMETERS,
    Hit,
    Lines,
    Nodes,
    block,
    either,
    minus,
)
from masagraph.shacl.compiler.refusal import Refusal
from masagraph.shacl.compiler.terms import Names, Terms
from masagraph.shacl.compiler.tokens import Token, read_tokens, variables, written

_COUNTING = ("GROUP", "HAVING", "COUNT", "SUM", "AVG", "MIN", "MAX", "SAMPLE", "GROUP_CONCAT")
"""Words of queries to which it matters how many rows there are."""

_IN_MESSAGE = re.compile(r"\{[?$](\w+)\}")


@dataclass(frozen=True)
class _Before:
    """What is bound before the query runs.

    Attributes:
        lines: the pattern that binds it.
        names: its variables.
    """

    lines: Lines
    names: frozenset[str]


_NOTHING = _Before((), frozenset())


def compile_authored(
    constraint: Authored,
    focus: Nodes,
    values: Nodes,
    path: Path | None,
    names: Names,
    terms: Terms,
    inner: bool,
) -> Hit:
    """Compile a SPARQL constraint.

    Args:
        constraint: the constraint.
        focus: the focus nodes.
        values: the value nodes, for an ASK.
        path: the path of the shape, which stands for ``$PATH``.
        names: variables that are free.
        terms: writes the parameters.
        inner: whether the constraint is part of another, so that one shape alone has it.

    Raises:
        Refusal: when it uses what is not compiled.
    """
    tokens = _with_path(read_tokens(constraint.text), path)
    renamed = {"?this": focus.variable}
    own = [names.fresh(parameter) for parameter, _ in constraint.parameters]
    for (parameter, _), variable in zip(constraint.parameters, own, strict=True):
        renamed[f"?{parameter}"] = variable
    given: Lines = ()
    if own:
        row = terms.texts(term for _, term in constraint.parameters)
        given = (f"VALUES ({' '.join(own)}) {{ ({row}) }}",) if inner else (PARAMETERS,)
    # A validator is asked of each value node. A SELECT that is no validator finds its values.
    of_values = constraint.is_ask or (constraint.source is None and path is not None)
    nodes = values if of_values else focus
    if path is not None or of_values:
        renamed["?value"] = values.variable
    for token in tokens:
        if token.kind == "variable" and token.text not in renamed:
            renamed[token.text] = names.fresh(token.text[1:])
    query = read_query([_renamed(token, renamed) for token in tokens])
    bound = {*own, focus.variable, nodes.variable}
    looked_at = nodes.pattern
    if any(token.is_word(*_COUNTING) for token in tokens):
        looked_at = _each_once(nodes.pattern, {focus.variable, nodes.variable})
    before = _Before((*given, *looked_at), frozenset(bound))
    check_names(constraint, query, renamed, path)
    check_query(query, before.names)
    lead = given if inner else (INSTANCES,)
    if constraint.is_ask:
        asked = minus((*before.lines, *_inside(query.where, before, on_top=True)))
        lines = (*lead, *nodes.pattern, *asked)
        return Hit(lines, focus.variable, values.variable, parameters=tuple(own))
    value = renamed.get("?value", "")
    chosen = query.selected
    found = Hit(
        (),
        focus.variable,
        value if value in chosen else (None if path else focus.variable),
        renamed["?path"] if renamed.get("?path") in chosen else None,
        _for_message(constraint, renamed, chosen - {value, focus.variable}),
        tuple(own),
    )
    if query.is_plain and not inner:
        inside = _inside(query.where, before, on_top=True)
        if own and set(own) <= _bound_by_triples(query.where):
            # The triples come first then: Oxigraph would pair each focus node with each shape.
            return replace(found, lines=(*nodes.pattern, *inside, INSTANCES))
        return replace(found, lines=(*lead, *nodes.pattern, *inside))
    lines = _as_subselect(query, before)
    return replace(found, lines=(*lead, *nodes.pattern, *lines))


def _each_once(pattern: Lines, names: set[str]) -> Lines:
    """Write the nodes that are looked at so that each is one row, however often it is a target.

    A query that counts would count it once for each way in which it is one.
    """
    return block("", block(f"SELECT DISTINCT {' '.join(sorted(names))} WHERE", pattern))


def _with_path(tokens: list[Token], path: Path | None) -> list[Token]:
    """Put the path of the shape in the place of ``$PATH``."""
    if not any(token.text == "?PATH" for token in tokens):
        return tokens
    if path is None:
        raise Refusal("$PATH stands in the SPARQL of a shape that has no path")
    made: list[Token] = []
    for token in tokens:
        if token.text == "?PATH":
            first, *rest = read_tokens(path.text)
            made += [replace(first, gap=token.gap), *rest]
        else:
            made.append(token)
    return made


def _renamed(token: Token, names: dict[str, str]) -> Token:
    return replace(token, text=names[token.text]) if token.kind == "variable" else token


def _for_message(
    constraint: Authored, renamed: dict[str, str], chosen: set[str]
) -> tuple[str, ...]:
    """Return the selected variables that the constraint's message speaks of."""
    spoken = {name for m in constraint.messages for name in _IN_MESSAGE.findall(str(m))}
    return tuple(sorted({renamed.get(f"?{name}", "") for name in spoken} & chosen))


def _as_subselect(query: Query, before: _Before) -> Lines:
    """Write a query as a group of its own, with what is bound before it inside."""
    where = (*before.lines, *_inside(query.where, before, on_top=True))
    # What was bound before comes out again, or rows of one shape would join those of another.
    again = sorted(before.names - query.selected)
    head = " ".join([*written(query.head), *again])
    lines = block(f"SELECT {head} WHERE", where)
    return block("", (*lines, *written(query.tail)))


@dataclass(frozen=True)
class _Scope:
    """What a group binds.

    Attributes:
        sure: variables that every row of it binds.
        possible: variables that some row may bind.
        core: its triples, and what is bound before it.
        by_core: variables that the core binds.
    """

    sure: frozenset[str]
    possible: frozenset[str]
    core: Lines
    by_core: frozenset[str]


def _inside(group: Group, before: _Before, on_top: bool, optional: bool = False) -> Lines:
    """Write the elements of a group.

    Args:
        group: the group.
        before: what is bound before.
        on_top: whether the lines that bind it stand in front already.
        optional: whether it is the group of an OPTIONAL, whose filters see more than it binds.
    """
    lines: list[str] = []
    speaks = bool(mentioned(group) & before.names)
    if speaks and not on_top:
        lines += before.lines
    scope = _scope(group, before if speaks or on_top else _NOTHING)
    last: list[str] = []
    for element in group.elements:
        match element:
            case Exists() if not optional:
                last += _looked_up(element, scope)
            case Exists():
                last += _filtered(element)
            case Optional(inner):
                lines += block("OPTIONAL", _inside(inner, before, on_top=False, optional=True))
            case Union(groups):
                parts = [_inside(inner, before, on_top=False) for inner in groups]
                lines += either(parts) if len(parts) > 1 else block("", parts[0])
            case Nested(query):
                lines += _as_subselect(query, before)
            case _:
                # What binds the focus node may be what the author says first.
                lines += [line for line in _plain(element) if line not in before.lines]
    return (*lines, *last)


def _plain(element: Triples | Filter | Bind) -> Lines:
    """Write triples, a filter or a BIND as their author did."""
    match element:
        case Triples(tokens):
            *lines, end = written(tokens)
            return (*lines, f"{end} .")
        case Filter(tokens):
            head, tokens = "FILTER ", element.tokens
        case Bind(tokens, _):
            head = "BIND "
    first, *rest = written(tokens)
    return (head + first, *rest)


def _scope(group: Group, before: _Before) -> _Scope:
    """Return what a group binds, with what is bound before it."""
    by_core, core = set(before.names), list(before.lines)
    sure: set[str] = set()
    possible: set[str] = set()
    for element in group.elements:
        match element:
            case Triples(tokens):
                by_core |= variables(tokens)
                core += _plain(element)
            case Union(groups):
                scopes = [_scope(inner, _NOTHING) for inner in groups]
                sure |= frozenset.intersection(*(scope.sure for scope in scopes))
            case _:
                pass
        if not isinstance(element, Filter | Exists):
            possible |= mentioned(element)
    return _Scope(
        frozenset(sure | by_core), frozenset(possible | by_core), tuple(core), frozenset(by_core)
    )


def _looked_up(exists: Exists, scope: _Scope) -> Lines:
    """Write EXISTS as a join and NOT EXISTS as MINUS, or leave them where that is not safe.

    MINUS compares rows, so its group must bind every variable that it shares with the rows
    it takes from, and those rows must all bind it. Where its group uses a variable that it does
    not bind, the triples around it are said again inside.
    """
    shared = mentioned(exists.group) & scope.possible
    if not shared or not shared <= scope.sure:
        return _filtered(exists)
    alone: tuple[Lines, frozenset[str]] = ((), frozenset())
    if _differs(exists.group, shared):
        raise Refusal("a filter of an OPTIONAL inside EXISTS uses a variable of another group")
    for again, given in (alone, (scope.core, scope.by_core)):
        if _is_closed(exists.group, shared, given):
            inner = (*again, *_as_is(exists.group))
            if exists.negated:
                return minus(inner)
            lines = block(f"SELECT DISTINCT {' '.join(sorted(shared))} WHERE", inner)
            return block("", lines)
    return _filtered(exists)


def _bound_by_triples(group: Group) -> set[str]:
    """Return the variables that every row of a group's own triples binds to what the data holds.

    A path of no steps is left out: it binds a variable to whatever is put there.
    """
    found: set[str] = set()
    for element in group.elements:
        if isinstance(element, Triples) and not _may_stay(element):
            found |= variables(element.tokens)
    return found


def _may_stay(triples: Triples) -> bool:
    """Whether a path in triples may have no steps."""
    return any(token.is_mark("*", "?") for token in triples.tokens)


def _is_closed(group: Group, shared: set[str], given: frozenset[str]) -> bool:
    """Whether a group means the same by itself as where shared variables were put in before.

    Only triples, filters and simple OPTIONALs are judged; anything else is not.
    """
    seen = set(given)
    for element in group.elements:
        match element:
            case Triples(tokens):
                if not _may_stay(element):
                    seen |= variables(tokens)
            case Filter() if not element.looks_up:
                pass
            case Optional(inner):
                plain = all(
                    isinstance(e, Triples) or (isinstance(e, Filter) and not e.looks_up)
                    for e in inner.elements
                )
                if not plain or not mentioned(inner) & shared <= seen:
                    return False
            case _:
                return False
    return shared <= seen


def _differs(group: Group, shared: set[str]) -> bool:
    """Whether filters of an OPTIONAL use what only the rows outside bind: engines differ on it."""
    seen: set[str] = set()
    for element in group.elements:
        if isinstance(element, Triples):
            seen |= variables(element.tokens)
        if isinstance(element, Optional):
            inner = element.group.elements
            told = seen.union(*(variables(e.tokens) for e in inner if isinstance(e, Triples)))
            asked = [variables(e.tokens) for e in inner if isinstance(e, Filter)]
            if any(names & shared - told for names in asked):
                return True
    return False


def _filtered(exists: Exists) -> Lines:
    """Write EXISTS as it is."""
    return block("FILTER NOT EXISTS" if exists.negated else "FILTER EXISTS", _as_is(exists.group))


def _as_is(group: Group) -> Lines:
    """Write a group that is part of an EXISTS, with nothing added."""
    lines: list[str] = []
    for element in group.elements:
        match element:
            case Exists():
                lines += _filtered(element)
            case Optional(inner):
                lines += block("OPTIONAL", _as_is(inner))
            case Union(groups):
                parts = [_as_is(inner) for inner in groups]
                lines += either(parts) if len(parts) > 1 else block("", parts[0])
            case Nested():
                raise Refusal("a SELECT inside EXISTS is not compiled")
            case _:
                lines += _plain(element)
    return tuple(lines)
