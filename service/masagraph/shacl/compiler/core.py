"""The constraints of SHACL Core as graph patterns: each matches where it is broken."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from rdflib import SH, Literal
from rdflib.term import Node

from masagraph.shacl.compiler.hierarchy import Hierarchy
from masagraph.shacl.compiler.lexical import is_well_formed
from masagraph.shacl.compiler.model import Core, Listed, Path, Pattern, Shape
from masagraph.shacl.compiler.patterns import Hit, Lines, Nodes, block, either, minus
from masagraph.shacl.compiler.refusal import Refusal
from masagraph.shacl.compiler.terms import Names, Terms

_KINDS: Final = {
    SH.IRI: "isIRI({0})",
    SH.BlankNode: "isBLANK({0})",
    SH.Literal: "isLITERAL({0})",
    SH.BlankNodeOrIRI: "(isBLANK({0}) || isIRI({0}))",
    SH.BlankNodeOrLiteral: "(isBLANK({0}) || isLITERAL({0}))",
    SH.IRIOrLiteral: "(isIRI({0}) || isLITERAL({0}))",
}
_COMPARED: Final = {
    "minExclusive": ">",
    "minInclusive": ">=",
    "maxExclusive": "<",
    "maxInclusive": "<=",
}


@dataclass(frozen=True)
class Setting:
    """What the patterns of one query share.

    Attributes:
        names: variables that are free.
        terms: writes terms.
        hierarchy: which classes are below which.
    """

    names: Names
    terms: Terms
    hierarchy: Hierarchy


@dataclass(frozen=True)
class Tested:
    """A shape with the nodes that it is tested on.

    Attributes:
        shape: the shape.
        focus: its focus nodes.
        values: its value nodes; the focus nodes themselves for a node shape.
    """

    shape: Shape
    focus: Nodes
    values: Nodes

    @property
    def path(self) -> Path | None:
        """The path of the shape."""
        return self.shape.path


def apply_to(shape: Shape, focus: Nodes, setting: Setting, wish: str = "value") -> Tested:
    """Return a shape with the value nodes that it has for some focus nodes.

    Args:
        shape: the shape.
        focus: the focus nodes.
        setting: what the patterns of the query share.
        wish: the name of the variable of the value nodes, if it is free.
    """
    if shape.path is None:
        return Tested(shape, focus, focus)
    variable = setting.names.fresh(wish)
    triple = f"{focus.variable} {shape.path.step} {variable} ."
    values = Nodes(variable, (*focus.pattern, triple), (*focus.bound, variable))
    return Tested(shape, focus, values)


def members(variable: str, of: Node, setting: Setting) -> Lines:
    """Return the pattern of the nodes that are of a class, or of one below it."""
    classes = setting.hierarchy.below(of)
    if len(classes) == 1:
        return (f"{variable} a {setting.terms.text(of)} .",)
    kind = setting.names.fresh("class")
    texts = " ".join(sorted(map(setting.terms.text, classes)))
    return (f"VALUES {kind} {{ {texts} }}", f"{variable} a {kind} .")


def compile_core(
    constraint: Core | Listed | Pattern, tested: Tested, setting: Setting
) -> Hit | None:
    """Compile a constraint of SHACL Core that names no other shape.

    Returns:
        where it is broken; None when it cannot be.

    Raises:
        Refusal: when its value is not what it must be, or what SPARQL can compare.
    """
    match constraint:
        case Pattern():
            return _of_value(tested, _pattern(constraint, tested.values.variable, setting))
        case Listed():
            return _LISTED[constraint.name](constraint, tested, setting)
    if constraint.name in _PAIRED:
        return _PAIRED[constraint.name](constraint.value, tested, setting)
    return _of_value(tested, _ON_VALUES[constraint.name](constraint, tested, setting))


def _of_value(tested: Tested, test: Lines) -> Hit:
    """Return the hit of a test of each value by itself."""
    lines = (*tested.values.pattern, *test)
    return Hit(lines, tested.focus.variable, tested.values.variable)


def _unless(expression: str) -> Lines:
    """Return the filter that keeps what an expression is not true of; an error is not true."""
    return (f"FILTER ( !COALESCE({expression}, false) )",)


def _class(constraint: Core, tested: Tested, setting: Setting) -> Lines:
    return minus(members(tested.values.variable, constraint.value, setting))


def _datatype(constraint: Core, tested: Tested, setting: Setting) -> Lines:
    return _unless(is_well_formed(tested.values.variable, constraint.value, setting.terms))


def _node_kind(constraint: Core, tested: Tested, _: Setting) -> Lines:
    kind = next((text for node, text in _KINDS.items() if node == constraint.value), None)
    if kind is None:
        raise Refusal(f"sh:nodeKind {constraint.value} is not known")
    return (f"FILTER ( !{kind.format(tested.values.variable)} )",)


def _compared(constraint: Core, tested: Tested, setting: Setting) -> Lines:
    bound = setting.terms.text(constraint.value)
    return _unless(f"{tested.values.variable} {_COMPARED[constraint.name]} {bound}")


def _length(constraint: Core, tested: Tested, _: Setting) -> Lines:
    sign = "<" if constraint.name == "minLength" else ">"
    value, limit = tested.values.variable, number_of(constraint.value)
    return (f"FILTER ( isBLANK({value}) || STRLEN(STR({value})) {sign} {limit} )",)


def _pattern(constraint: Pattern, value: str, setting: Setting) -> Lines:
    arguments = f"STR({value}), {setting.terms.text(Literal(constraint.pattern))}"
    if constraint.flags:
        arguments += f", {setting.terms.text(Literal(constraint.flags))}"
    return (f"FILTER ( isBLANK({value}) || !REGEX({arguments}) )",)


def number_of(value: Node) -> int:
    """Return a literal as a whole number.

    Raises:
        Refusal: when it is none.
    """
    try:
        return int(str(value))
    except ValueError as error:
        raise Refusal(f"{value} is no whole number") from error


def _min_count(value: Node, tested: Tested, _: Setting) -> Hit | None:
    limit = number_of(value)
    if limit < 1:
        return None
    focus = tested.focus
    if limit == 1 and tested.path is not None and not tested.path.may_stay:
        # The triple binds the focus node by itself.
        enough: Lines = (tested.values.pattern[-1],)
    else:
        enough = counted(tested.values, tested, limit)
    return Hit((*focus.pattern, *minus(enough)), focus.variable)


def _max_count(value: Node, tested: Tested, _: Setting) -> Hit:
    focus, limit = tested.focus, number_of(value)
    lines = block("", counted(tested.values, tested, limit + 1))
    return Hit((*focus.pattern, *lines), focus.variable)


def counted(values: Nodes, tested: Tested, least: int) -> Lines:
    """Return the pattern of the focus nodes that have at least so many of some values."""
    focus = tested.focus.variable
    if least == 1:
        return (f"SELECT DISTINCT {focus} WHERE {{", *(f"  {x}" for x in values.pattern), "}")
    return (
        f"SELECT {focus} WHERE {{",
        *(f"  {x}" for x in values.pattern),
        f"}} GROUP BY {focus} HAVING ( COUNT(DISTINCT {values.variable}) >= {least} )",
    )


def _has_value(value: Node, tested: Tested, setting: Setting) -> Hit:
    focus, term = tested.focus, setting.terms.text(value)
    if tested.path is None:
        return Hit(
            (*focus.pattern, f"FILTER ( !sameTerm({focus.variable}, {term}) )"), focus.variable
        )
    again = focus.pattern if tested.path.may_stay else ()
    has = minus((*again, f"{focus.variable} {tested.path.step} {term} ."))
    return Hit((*focus.pattern, *has), focus.variable)


def _equals(value: Node, tested: Tested, setting: Setting) -> Hit:
    focus, found = tested.focus, tested.values
    other = f"{focus.variable} {setting.terms.text(value)}"
    lacking = (*found.pattern, *minus((f"{other} {found.variable} .",)))
    if tested.path is not None:
        beyond = (*focus.pattern, f"{other} {found.variable} .", *minus(found.pattern))
        return Hit(either([lacking, beyond]), focus.variable, found.variable)
    # The value of a node shape is its focus node, so what is beyond it needs another name.
    of, unequal = setting.names.fresh("other"), setting.names.fresh("value")
    beyond = (
        *focus.pattern,
        f"{other} {of} .",
        f"FILTER ( !sameTerm({focus.variable}, {of}) )",
        f"BIND ( {of} AS {unequal} )",
    )
    lines = either([(*lacking, f"BIND ( {focus.variable} AS {unequal} )"), beyond])
    return Hit(lines, focus.variable, unequal)


def _disjoint(value: Node, tested: Tested, setting: Setting) -> Hit:
    triple = f"{tested.focus.variable} {setting.terms.text(value)} {tested.values.variable} ."
    return _of_value(tested, (triple,))


def _less_than(sign: str) -> Callable[[Node, Tested, Setting], Hit]:
    def compile_it(value: Node, tested: Tested, setting: Setting) -> Hit:
        """Find the values that are not so beside each value of the other property."""
        if tested.path is None:
            raise Refusal("a node shape has no values that could be less than others")
        other = setting.names.fresh("other")
        lines = (
            *tested.values.pattern,
            f"{tested.focus.variable} {setting.terms.text(value)} {other} .",
            *_unless(f"{tested.values.variable} {sign} {other}"),
        )
        return Hit(lines, tested.focus.variable, tested.values.variable, more=(other,))

    return compile_it


def _unique_lang(value: Node, tested: Tested, setting: Setting) -> Hit | None:
    if value != Literal(True):
        return None
    if tested.path is None:
        raise Refusal("sh:uniqueLang on a node shape has no meaning")
    focus, one = tested.focus.variable, tested.values.variable
    other, language = setting.names.fresh("other"), setting.names.fresh("language")
    lines = (
        *tested.values.pattern,
        f"{focus} {tested.path.step} {other} .",
        f"FILTER ( LANG({one}) != '' && !sameTerm({one}, {other}) )",
        f"FILTER ( LCASE(LANG({one})) = LCASE(LANG({other})) )",
        f"BIND ( LCASE(LANG({one})) AS {language} )",
    )
    return Hit(lines, focus, more=(language,))


def _in(constraint: Listed, tested: Tested, setting: Setting) -> Hit:
    listed = setting.terms.texts(constraint.values)
    return _of_value(tested, minus((f"VALUES {tested.values.variable} {{ {listed} }}",)))


def _language_in(constraint: Listed, tested: Tested, setting: Setting) -> Hit:
    value = tested.values.variable
    tests = [f"LANGMATCHES(LANG({value}), {setting.terms.text(x)})" for x in constraint.values]
    return _of_value(tested, _unless(" || ".join(tests) or "false"))


def _closed(constraint: Listed, tested: Tested, setting: Setting) -> Hit:
    node = tested.values
    predicate, value = setting.names.fresh("property"), setting.names.fresh("value")
    allowed = setting.terms.texts(constraint.values)
    lines = (
        *node.pattern,
        f"{node.variable} {predicate} {value} .",
        *minus((f"VALUES {predicate} {{ {allowed} }}",)),
    )
    return Hit(lines, node.variable, value, predicate)


_ON_VALUES: Final[dict[str, Callable[[Core, Tested, Setting], Lines]]] = {
    "class": _class,
    "datatype": _datatype,
    "nodeKind": _node_kind,
    "minExclusive": _compared,
    "minInclusive": _compared,
    "maxExclusive": _compared,
    "maxInclusive": _compared,
    "minLength": _length,
    "maxLength": _length,
}
_PAIRED: Final[dict[str, Callable[[Node, Tested, Setting], Hit | None]]] = {
    "minCount": _min_count,
    "maxCount": _max_count,
    "hasValue": _has_value,
    "equals": _equals,
    "disjoint": _disjoint,
    "lessThan": _less_than("<"),
    "lessThanOrEquals": _less_than("<="),
    "uniqueLang": _unique_lang,
}
_LISTED: Final[dict[str, Callable[[Listed, Tested, Setting], Hit]]] = {
    "in": _in,
    "languageIn": _language_in,
    "closed": _closed,
}

CORE: Final = (*_ON_VALUES, *_PAIRED)
"""Parameters of the constraints with one term that are compiled."""
