"""From what a user typed to the RDF terms that are bound to a question's variables."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

import pyoxigraph as ox

from masagraph.assessment.names import choose_editions, date_literal, lookup, nearest, parse_date
from masagraph.errors import BadValue, UnknownName
from masagraph.questions.catalogue import Parameter, Question
from masagraph.store.protocol import Store, text_of
from masagraph.vocab import ID, PREFIXES

DATA_DATE = "the data's date"
DEFAULT_EDITION = "the default edition"

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://\S*|urn:\S+")
_SHORT = re.compile(r"(\w+):([\w/.-]+)")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
LONGEST = 1_000
"""Characters of a value; no name and no words of the dataset are as long."""


def bind(
    question: Question, given: Mapping[str, str], store: Store, data_date: date
) -> dict[str, ox.NamedNode | ox.Literal]:
    """Return the term of each parameter that was given or has a default.

    Args:
        question: the question.
        given: values as typed, by parameter name.
        store: where names are looked up.
        data_date: the default date.

    Raises:
        BadValue: for a parameter that the question does not have, one that is missing, or
            a date that is none.
        UnknownName: for a name that the dataset does not hold.
    """
    names = [parameter.name for parameter in question.parameters]
    for name in given:
        if name not in names:
            raise BadValue(
                f'the question {question.name} has no parameter "{name}"',
                f"Its parameters are {', '.join(names)}." if names else "It has none.",
            )
    bound: dict[str, ox.NamedNode | ox.Literal] = {}
    for parameter in question.parameters:
        text = given.get(parameter.name) or ""
        if text:
            bound[parameter.name] = _term(parameter, text, store)
        elif parameter.default:
            bound[parameter.name] = _default(parameter, store, data_date)
        elif not parameter.optional:
            example = f", such as {parameter.name}={parameter.example}" if parameter.example else ""
            raise BadValue(
                f"the question {question.name} needs the parameter {parameter.name}",
                f"Give it{example}.",
            )
    return bound


def _default(parameter: Parameter, store: Store, data_date: date) -> ox.NamedNode | ox.Literal:
    if parameter.default == DATA_DATE:
        return date_literal(data_date)
    if parameter.default == DEFAULT_EDITION:
        return ox.NamedNode(choose_editions(store, None, data_date).editions[0].iri)
    return _term(parameter, parameter.default, store)


def _term(parameter: Parameter, text: str, store: Store) -> ox.NamedNode | ox.Literal:
    if parameter.kind == "date":
        return date_literal(parse_date(text))
    if parameter.kind == "text":
        return ox.Literal(text)
    return ox.NamedNode(_find(parameter, text, store))


def _find(parameter: Parameter, text: str, store: Store) -> str:
    """Find what a name means: an IRI, its last part, a notation or a code."""
    rows = lookup(store, "named", class_=ox.NamedNode(parameter.of))
    known = {text_of(row["thing"]): text_of(row.get("code")) for row in rows}
    iri = str(ID) + text.lower() if "/" in text and "://" not in text else text
    fits = sorted(
        thing
        for thing, code in known.items()
        if thing in (text, iri) or thing.endswith(f"/{text.lower()}") or code == text.upper()
    )
    if len(fits) == 1:
        return fits[0]
    names = {thing.removeprefix(str(ID)).partition("/")[2] for thing in known}
    if fits:
        more = ", ".join(thing.removeprefix(str(ID)).partition("/")[2] for thing in fits)
        raise BadValue(f'{parameter.name} "{text}" may mean {more}', "Give the whole name.")
    raise UnknownName(f'there is no {parameter.name} "{text}"', nearest(text, sorted(names)))


def read_term(name: str, text: str) -> ox.NamedNode | ox.Literal:
    """Return what a typed value means: a name, a date, or else plain text.

    Args:
        name: of the parameter, told when the value is none.
        text: an IRI, one in short such as ``area:sefton``, a date, or words.

    Raises:
        BadValue: for an address that is no IRI, a date that there is not, or too long a text.
    """
    if len(text) > LONGEST:
        raise BadValue(
            f"the value of {name} has {len(text):,} characters", f"Give {LONGEST:,} at most."
        )
    short = _SHORT.fullmatch(text)
    if short and short[1] in PREFIXES:
        return ox.NamedNode(PREFIXES[short[1]] + short[2])
    if _NAME.match(text):
        try:
            return ox.NamedNode(text)
        except ValueError as error:
            raise BadValue(
                f'{name} "{text[:100]}" is not an IRI', "Write it whole, without spaces."
            ) from error
    return date_literal(parse_date(text)) if _DAY.fullmatch(text) else ox.Literal(text)
