"""A SELECT or ASK as a tree of groups: as much of SPARQL's grammar as scoping asks for.

Triples and expressions stay text; what matters is which group they stand in, as that decides
which variables they see.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from masagraph.shacl.compiler.refusal import Refusal
from masagraph.shacl.compiler.tokens import Token, variables

_STARTS = ("FILTER", "OPTIONAL", "BIND", "UNION", "GRAPH", "SERVICE", "MINUS", "VALUES")
_PAIRS = {"{": "}", "(": ")", "[": "]"}


@dataclass(frozen=True)
class Triples:
    """Triple patterns up to one full stop."""

    tokens: tuple[Token, ...]


@dataclass(frozen=True)
class Filter:
    """``FILTER`` with an expression."""

    tokens: tuple[Token, ...]

    @property
    def looks_up(self) -> bool:
        """Whether the expression holds an EXISTS."""
        return any(token.is_word("EXISTS") for token in self.tokens)


@dataclass(frozen=True)
class Exists:
    """``FILTER EXISTS`` or ``FILTER NOT EXISTS``."""

    group: Group
    negated: bool


@dataclass(frozen=True)
class Bind:
    """``BIND ( expression AS variable )``."""

    tokens: tuple[Token, ...]
    variable: str


@dataclass(frozen=True)
class Optional:
    """``OPTIONAL`` with its group."""

    group: Group


@dataclass(frozen=True)
class Union:
    """One group in braces, or several joined by ``UNION``."""

    groups: tuple[Group, ...]


@dataclass(frozen=True)
class Nested:
    """A SELECT inside a group."""

    query: Query


Element = Triples | Filter | Exists | Bind | Optional | Union | Nested


@dataclass(frozen=True)
class Group:
    """What stands between two braces."""

    elements: tuple[Element, ...]


@dataclass(frozen=True)
class Query:
    """A SELECT or ASK.

    Attributes:
        prefixes: those that it declares itself.
        head: what is selected, with DISTINCT, without the word SELECT; none for ASK.
        where: its group.
        tail: GROUP BY and what else comes after the group.
    """

    prefixes: dict[str, str]
    head: tuple[Token, ...]
    where: Group
    tail: tuple[Token, ...]

    @property
    def selected(self) -> set[str]:
        """The variables that are selected."""
        names, depth, last = set(), 0, ""
        for token in self.head:
            depth += token.is_mark("(") - token.is_mark(")")
            if token.kind == "variable":
                last = token.text
                if not depth:
                    names.add(token.text)
            elif token.is_mark(")") and not depth:
                names.add(last)
        return names

    @property
    def is_plain(self) -> bool:
        """Whether it only selects variables: no expression, no grouping, no order."""
        return not self.tail and all(
            token.kind == "variable" or token.is_word("DISTINCT", "REDUCED") for token in self.head
        )


def read_query(tokens: Sequence[Token]) -> Query:
    """Read a SELECT or ASK.

    Raises:
        Refusal: when it is none, or uses what a SHACL constraint must not.
    """
    reader = _Reader(tokens)
    query = reader.query()
    if reader.left:
        raise Refusal(f"the SPARQL has {reader.next.text!r} after its end")
    return query


class _Reader:
    """Reads tokens from left to right."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self._tokens, self._at = tokens, 0

    @property
    def left(self) -> bool:
        """Whether there is more to read."""
        return self._at < len(self._tokens)

    @property
    def next(self) -> Token:
        """The token to be read next."""
        if not self.left:
            raise Refusal("the SPARQL ends too soon")
        return self._tokens[self._at]

    def take(self) -> Token:
        """Read a token."""
        token = self.next
        self._at += 1
        return token

    def expect(self, mark: str) -> Token:
        """Read a mark that must come."""
        if not self.next.is_mark(mark):
            raise Refusal(f"the SPARQL has {self.next.text!r} where {mark!r} should stand")
        return self.take()

    def query(self) -> Query:
        """Read a query with its prologue."""
        prefixes = {}
        while self.left and self.next.is_word("PREFIX", "BASE"):
            if self.take().is_word("BASE"):
                raise Refusal("BASE in SPARQL is not compiled")
            prefix = self.take().text.removesuffix(":")
            prefixes[prefix] = self.take().text[1:-1]
        if not self.next.is_word("SELECT", "ASK"):
            raise Refusal("the SPARQL is neither SELECT nor ASK")
        return self._select(prefixes)

    def _select(self, prefixes: dict[str, str]) -> Query:
        """Read from SELECT or ASK to the end of the modifiers."""
        is_ask = self.take().is_word("ASK")
        head = []
        while not (self.next.is_mark("{") or self.next.is_word("WHERE")):
            if self.next.is_word("FROM"):
                raise Refusal("FROM in SPARQL is not compiled")
            head.append(self.take())
        if is_ask and head:
            raise Refusal("the ASK is not well-formed")
        if self.next.is_word("WHERE"):
            self.take()
        where = self.group()
        tail = []
        while self.left and not self.next.is_mark("}"):
            tail += self._balanced()
        for token in tail:
            if token.is_word("VALUES"):
                raise Refusal("VALUES must not stand in the SPARQL of a constraint")
        return Query(prefixes, tuple(head), where, tuple(tail))

    def group(self) -> Group:
        """Read a group with its braces."""
        self.expect("{")
        elements: list[Element] = []
        if self.next.is_word("SELECT"):
            elements.append(Nested(self._select({})))
        while not self.next.is_mark("}"):
            if self.next.is_mark("."):
                self.take()
            else:
                elements.append(self._element())
        self.expect("}")
        return Group(tuple(elements))

    def _element(self) -> Element:
        token = self.next
        if token.is_mark("{"):
            groups = [self.group()]
            while self.next.is_word("UNION"):
                self.take()
                groups.append(self.group())
            return Union(tuple(groups))
        if token.is_word("GRAPH", "SERVICE", "MINUS", "VALUES"):
            word = token.text.upper()
            raise Refusal(f"{word} in the SPARQL of a constraint is not compiled")
        if token.is_word("FILTER"):
            return self._filter()
        if token.is_word("OPTIONAL"):
            self.take()
            return Optional(self.group())
        if token.is_word("BIND"):
            self.take()
            tokens = self._balanced()
            return Bind(tuple(tokens), tokens[-2].text)
        return Triples(tuple(self._sentence()))

    def _filter(self) -> Filter | Exists:
        self.take()
        negated = self.next.is_word("NOT")
        if negated:
            self.take()
        if self.next.is_word("EXISTS"):
            self.take()
            return Exists(self.group(), negated)
        tokens = [] if self.next.is_mark("(") else [self.take()]
        return Filter((*tokens, *self._balanced()))

    def _sentence(self) -> Iterator[Token]:
        """Read triple patterns up to a full stop, or to what is no triple pattern."""
        while not (self.next.is_mark(".", "}", "{") or self.next.is_word(*_STARTS)):
            token = self.next
            if token.kind == "blank":
                raise Refusal("a blank node with a label in SPARQL is not compiled")
            yield from self._balanced()

    def _balanced(self) -> list[Token]:
        """Read one token or, where it opens a bracket, all up to where that is closed."""
        token = self.take()
        tokens = [token]
        if token.kind == "mark" and token.text in _PAIRS:
            while not self.next.is_mark(_PAIRS[token.text]):
                tokens += self._balanced()
            tokens.append(self.take())
        return tokens


def mentioned(element: Element | Group | Query) -> set[str]:
    """Return every variable that stands in an element, at any depth."""
    match element:
        case Group(elements):
            return {name for inner in elements for name in mentioned(inner)}
        case Query(_, head, where, tail):
            return variables(head) | mentioned(where) | variables(tail)
        case Exists(group, _) | Optional(group):
            return mentioned(group)
        case Union(groups):
            return {name for group in groups for name in mentioned(group)}
        case Nested(query):
            return mentioned(query)
        case Triples(tokens) | Filter(tokens) | Bind(tokens, _):
            return variables(tokens)
