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
    while at < len(tokens):
        token = tokens[at]
        at += 1
        if token.is_word(*_SKIPPED_TO_BRACE):
            while at < len(tokens) and not tokens[at].is_mark("{", "}"):
                at += 1
        elif token.is_word("FILTER", "BIND", "VALUES"):
            at = _after_expression(tokens, at)
            place = 0
        elif token.is_mark("{", "}", "."):
            place = 0
        elif token.is_mark(";", "["):
            place = 1
        else:
            if place == 1 and (token.kind == "variable" or token.is_mark("!")):
                return True
            if token.is_mark("!"):
                return True
            place += 1
    return False


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
