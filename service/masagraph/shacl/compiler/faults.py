"""Where a shape is broken: every kind of constraint, and the shapes that others are made of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations

from masagraph.shacl.compiler.authored import compile_authored
from masagraph.shacl.compiler.core import (
    Setting,
    Tested,
    apply_to,
    compile_core,
    counted,
)
from masagraph.shacl.compiler.model import (
    Authored,
    Constraint,
    Core,
    Listed,
    Logical,
    Pattern,
    Qualified,
    Shape,
)
from masagraph.shacl.compiler.patterns import (
    Hit,
    Lines,
    Nodes,
    block,
    either,
    minus,
    select,
)
from masagraph.shacl.compiler.refusal import Refusal


def compile_constraint(
    constraint: Constraint, tested: Tested, setting: Setting, inner: bool = False
) -> Hit | None:
    """Return the pattern that matches where a constraint is broken.

    Args:
        constraint: the constraint.
        tested: its shape, with the nodes that the shape is tested on.
        setting: what the patterns of the query share.
        inner: whether the shape is part of another constraint.

    Returns:
        the pattern; None when the constraint cannot be broken.

    Raises:
        Refusal: when it uses what is not compiled.
    """
    match constraint:
        case Core() | Listed() | Pattern():
            return compile_core(constraint, tested, setting)
        case Logical():
            return _logical(constraint, tested, setting)
        case Qualified():
            return _qualified(constraint, tested, setting)
        case Authored():
            return compile_authored(
                constraint,
                tested.focus,
                tested.values,
                tested.path,
                setting.names,
                setting.terms,
                inner,
            )
    raise Refusal(f"{constraint.component} is not compiled")


def _failing(shape: Shape, nodes: Nodes, setting: Setting) -> Iterator[Lines]:
    """Yield the patterns of which one matches each node that does not conform to a shape."""
    tested = apply_to(shape, nodes, setting)
    for constraint in shape.constraints:
        hit = compile_constraint(constraint, tested, setting, inner=True)
        if hit is not None:
            yield hit.lines
    for part in shape.properties:
        yield from _failing(part, tested.values, setting)


def _conforming(failing: Iterable[Lines]) -> Lines:
    """Return what takes away the nodes that fail in one of several ways."""
    parts = list(failing)
    return minus(either(parts)) if parts else ()


def _logical(constraint: Logical, tested: Tested, setting: Setting) -> Hit | None:
    values = tested.values
    failing = [list(_failing(shape, values, setting)) for shape in constraint.shapes]
    match constraint.name:
        case "node" | "and":
            parts = [part for parts in failing for part in parts]
        case "not":
            parts = [(*values.pattern, *_conforming(failing[0]))]
        case "or":
            parts = _all_fail(values, failing)
        case _:
            parts = [*_all_fail(values, failing), *_two_conform(values, failing)]
    if not parts:
        return None
    return Hit(either(parts), tested.focus.variable, values.variable)


def _all_fail(values: Nodes, failing: list[list[Lines]]) -> list[Lines]:
    """Return the pattern of the values that conform to none of several shapes, if there is one."""
    if not all(failing):
        return []
    fails = (line for parts in failing for line in select(values.bound, either(parts)))
    return [(*values.pattern, *fails)]


def _two_conform(values: Nodes, failing: list[list[Lines]]) -> list[Lines]:
    """Return the patterns of the values that conform to two of several shapes."""
    return [
        (*values.pattern, *_conforming(one), *_conforming(other))
        for one, other in combinations(failing, 2)
    ]


def _qualified(constraint: Qualified, tested: Tested, setting: Setting) -> Hit | None:
    focus, values = tested.focus, tested.values
    if tested.path is None:
        raise Refusal("sh:qualifiedValueShape on a node shape has no meaning")
    if constraint.least and constraint.count < 1:
        return None
    lines = [*values.pattern, *_conforming(_failing(constraint.shape, values, setting))]
    for sibling in constraint.siblings:
        fails = list(_failing(sibling, values, setting))
        # What conforms to everything leaves nothing to be counted.
        lines += select(values.bound, either(fails)) if fails else ("FILTER ( false )",)
    told = Nodes(values.variable, tuple(lines), values.bound)
    if constraint.least:
        enough = counted(told, tested, constraint.count)
        return Hit((*focus.pattern, *minus(enough)), focus.variable)
    too_many = counted(told, tested, constraint.count + 1)
    return Hit((*focus.pattern, *block("", too_many)), focus.variable)
