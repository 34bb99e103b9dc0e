"""What the parameters of a question may be given: lists for people to choose from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import pyoxigraph as ox

from masagraph.assessment.names import lookup
from masagraph.questions.catalogue import Parameter, Question
from masagraph.store.protocol import Store, text_of
from masagraph.vocab import ID, local_name


@dataclass(frozen=True, slots=True)
class Choice:
    """A thing that a parameter may name.

    Attributes:
        iri: its name.
        value: the shortest name that means it and nothing else.
        label: what people read.
        held: whether a document held describes it.
    """

    iri: str
    value: str
    label: str
    held: bool


def choices_of(store: Store, question: Question) -> dict[str, tuple[Choice, ...]]:
    """Return the choices of each parameter that names a thing, by the parameter's name."""
    return {p.name: _choices(store, p) for p in question.parameters if p.kind == "iri"}


def short_of(choices: Iterable[Choice], iri: str) -> str:
    """Return the short name of a thing among those to choose from; else the name as it is."""
    return next((choice.value for choice in choices if choice.iri == iri), iri)


def _choices(store: Store, parameter: Parameter) -> tuple[Choice, ...]:
    rows = {
        text_of(row["thing"]): row
        for row in lookup(store, "choices", class_=ox.NamedNode(parameter.of))
    }
    # A class may hold far more than is meant, as that of all concepts does. Where names tell
    # by one of their parts that they are of the parameter's kind, only those are offered.
    meant = [iri for iri in rows if f"/{parameter.name}/" in iri] or list(rows)
    endings = Counter(local_name(iri).lower() for iri in rows)
    return tuple(
        Choice(
            iri,
            _short(iri, endings),
            text_of(rows[iri].get("label")) or local_name(iri),
            text_of(rows[iri].get("held")) == "true",
        )
        for iri in meant
    )


def _short(iri: str, endings: Counter[str]) -> str:
    """Return the last part of a name where no other ends alike, else more of it."""
    last = local_name(iri)
    if not iri.startswith(str(ID)):
        return iri
    if endings[last.lower()] == 1:
        return last
    return "/".join(iri.removeprefix(str(ID)).split("/")[-2:])
