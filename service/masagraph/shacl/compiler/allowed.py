"""Which SPARQL a constraint may hold; what SHACL forbids, or is not compiled, is refused."""

from __future__ import annotations

from masagraph.shacl.compiler.groups import (
    Bind,
    Exists,
    Group,
    Nested,
    Optional,
    Query,
    Union,
)
from masagraph.shacl.compiler.model import Authored, Path
from masagraph.shacl.compiler.refusal import Refusal
from masagraph.shacl.compiler.tokens import Token, variables

_AGGREGATES = ("COUNT", "SUM", "MIN", "MAX", "AVG", "SAMPLE", "GROUP_CONCAT")


def check_names(
    constraint: Authored, query: Query, renamed: dict[str, str], path: Path | None
) -> None:
    """Refuse variables that have no meaning over many focus nodes, or none that is agreed."""
    for name in ("shapesGraph", "currentShape"):
        if f"?{name}" in renamed:
            raise Refusal(f"${name} is not compiled")
    if renamed.get("?failure") in query.selected:
        raise Refusal("?failure is not compiled")
    if constraint.source is not None or constraint.is_ask:
        return
    if path is None and "?value" in renamed:
        # pySHACL binds it to the focus node, and then finds nothing.
        raise Refusal("?value in the SELECT of a validator for node shapes is not compiled")
    if path is not None and renamed.get("?value") not in query.selected:
        # pySHACL runs it once for each value node, and never where there is none.
        raise Refusal(
            "a SELECT validator for property shapes that selects no ?value is not compiled"
        )


def check_query(query: Query, bound: frozenset[str]) -> None:
    """Refuse a query that SHACL forbids, or that over many focus nodes means something else.

    Args:
        query: the query.
        bound: the variables that are bound before it runs.

    Raises:
        Refusal: when it is such a query.
    """
    _check_query(query, bound, nested=False)
    _check_group(query.where, bound)


def _check_query(query: Query, bound: frozenset[str], nested: bool) -> None:
    if any(token.is_word("LIMIT", "OFFSET") for token in query.tail):
        raise Refusal("LIMIT and OFFSET in the SPARQL of a constraint are not compiled")
    if nested and not bound <= query.selected:
        raise Refusal("a nested SELECT does not select every variable that is bound before it")
    if any(token.is_mark("*") for token in query.head[:2]):
        raise Refusal("SELECT * in the SPARQL of a constraint is not compiled")
    words = [token for token in (*query.head, *query.tail) if token.kind == "word"]
    grouped = any(token.is_word("GROUP") for token in query.tail)
    if grouped and not bound <= _grouped_by(query):
        raise Refusal("GROUP BY leaves out a variable that is bound before the query")
    if not grouped and any(word.is_word(*_AGGREGATES) for word in words):
        raise Refusal("an aggregate without GROUP BY is not compiled")
    for token, following in zip(query.head, query.head[1:], strict=False):
        if token.is_word("AS") and following.text in bound:
            raise Refusal("AS gives a value to a variable that is bound before the query")


def _grouped_by(query: Query) -> set[str]:
    grouped: list[Token] = []
    for token in query.tail:
        if token.is_word("HAVING", "ORDER"):
            break
        grouped.append(token)
    return variables(grouped)


def _check_group(group: Group, bound: frozenset[str]) -> None:
    for element in group.elements:
        match element:
            case Bind(_, variable) if variable in bound:
                raise Refusal("AS gives a value to a variable that is bound before the query")
            case Nested(query):
                _check_query(query, bound, nested=True)
                _check_group(query.where, bound)
            case Exists(inner, _) | Optional(inner):
                _check_group(inner, bound)
            case Union(groups):
                for inner in groups:
                    _check_group(inner, bound)
            case _:
                pass
