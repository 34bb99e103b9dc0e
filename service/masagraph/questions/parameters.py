"""From what a user typed to the RDF terms that are bound to a question's variables."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pyoxigraph as ox

from masagraph.assessment.names import choose_editions, date_literal, lookup, nearest, parse_date
from masagraph.errors import BadValue, UnknownName
from masagraph.questions.catalogue import Parameter, Question
from masagraph.store.protocol import Store, text_of
from masagraph.vocab import ID

DATA_DATE = "the data's date"
DEFAULT_EDITION = "the default edition"


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
