"""Which triples a query can match, so that no others need be held for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rdflib import RDF

from masagraph.shacl.compiler.tokens import Token, read_tokens

_SKIPPED_TO_BRACE = ("SELECT", "GROUP", "HAVING", "ORDER")


def predicates_read(text: str, prefixes: Mapping[str, str]) -> frozenset[str] | None:
    """Return the IRIs that may be predicates of the triples that a query matches.

    Every IRI of the text is among them, as an IRI that is no predicate does no harm.

    Args:
        text: the query, as :meth:`Query.text` writes it.
        prefixes: its prefixes.

    Returns:
        the IRIs; None when the query may match triples with any predicate.
    """
    tokens = read_tokens(text)
    start = next(at for at, token in enumerate(tokens) if token.is_word("SELECT"))
    if _has_open_predicate(tokens[start:]):
        return None
    found = {str(RDF.type)}
    for token in tokens[start:]:
        if token.kind == "iri":
            found.add(token.text[1:-1])
        elif token.kind == "name":
            prefix, _, local = token.text.partition(":")
            found.add(prefixes[prefix] + local)
    return frozenset(found)


def _has_open_predicate(tokens: Sequence[Token]) -> bool:
    """Whether a variable, or the negation of some properties, stands where a predicate does."""
    at, place = 0, 0
    around: list[int] = []
    while at < len(tokens):
        token, start = tokens[at], at + 1
        at = _after_clause(tokens, start)
        if (
            _holds_group(tokens[start:at])
            or token.is_mark("!")
            or (place == 1 and token.kind == "variable")
        ):
            return True
        if at > start or token.is_mark("{", "}", "."):
            place = 0
        elif token.is_mark("["):
            around.append(place)
            place = 1
        elif token.is_mark("]"):
            place = around.pop() + 1
        else:
            place = 1 if token.is_mark(";") else place + 1
    return False


def _holds_group(tokens: Sequence[Token]) -> bool:
    """Whether an expression holds the whole group of an EXISTS, which is not looked into."""
    words = [token.is_word("EXISTS") for token in tokens]
    return any(token.is_mark("{") for token in tokens[words.index(True) :]) if any(words) else False


def _after_clause(tokens: Sequence[Token], at: int) -> int:
    """Return where what a word introduces ends, if it matches no triples; else the place given.

    Args:
        tokens: the tokens of a query.
        at: the place after the word.
    """
    word = tokens[at - 1]
    if word.is_word(*_SKIPPED_TO_BRACE):
        while at < len(tokens) and not tokens[at].is_mark("{", "}"):
            at += 1
    elif word.is_word("FILTER", "BIND", "VALUES"):
        return _after_expression(tokens, at)
    return at


def _after_expression(tokens: Sequence[Token], at: int) -> int:
    """Return where the brackets after FILTER, BIND or VALUES end; a group is not skipped."""
    is_values = tokens[at - 1].is_word("VALUES")
    while not tokens[at].is_mark("(", "{"):
        at += 1
    if tokens[at].is_mark("{") and not is_values:
        return at
    depth = 0
    while True:
        opened, closed = tokens[at].is_mark("(", "{"), tokens[at].is_mark(")", "}")
        depth += opened - closed
        at += 1
        if not depth and not (is_values and at < len(tokens) and tokens[at].is_mark("{")):
            return at
