"""The findings of every arrangement on one date, at once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

import pyoxigraph as ox

from masagraph.assessment.assess import assessment_graph
from masagraph.assessment.compiled import Compiled
from masagraph.assessment.names import Edition
from masagraph.assessment.national import Layer, NationalView, national_view
from masagraph.assessment.national_reports import Part, Reports, run_over
from masagraph.assessment.report_names import as_one, named_alike
from masagraph.dataset.rules import apply
from masagraph.errors import EngineError
from masagraph.resources import find_resources
from masagraph.store.protocol import Store
from masagraph.vocab import EARL, GRAPH, MASA, local_name

_GIVEN = ox.NamedNode(str(GRAPH + "national/given"))
_TOLD = ox.NamedNode(str(GRAPH + "national/told"))
_EDITION = ox.NamedNode(MASA.edition)
_TESTS = ox.NamedNode(MASA.tests)
_UNDER = ox.NamedNode(MASA.assessedUnder)
_SUBJECT = ox.NamedNode(EARL.subject)
_TEST = ox.NamedNode(EARL.test)
_RESULT = ox.NamedNode(EARL.result)
_OUTCOME = ox.NamedNode(EARL.outcome)
_RESTS_ON = ox.NamedNode(MASA.restsOn)


@dataclass(frozen=True, slots=True)
class LayerFindings:
    """The findings of the arrangements of one layer.

    Attributes:
        outcomes: local name of the outcome, by IRI of the arrangement and IRI of the duty.
        assertions: what is asserted, by arrangement and edition and then by IRI of the duty;
            what is of none of them stands under "".
        reports: what the shapes found.
    """

    outcomes: Mapping[tuple[str, str], str]
    assertions: Mapping[Part, Mapping[str, Sequence[ox.Triple]]]
    reports: Reports


@dataclass(frozen=True, slots=True)
class NationalFindings:
    """The findings of every arrangement that has a document in view.

    Attributes:
        view: what is in view.
        layers: the findings, layer by layer.
    """

    view: NationalView
    layers: tuple[LayerFindings, ...]

    @property
    def outcomes(self) -> dict[tuple[str, str], str]:
        """Local name of the outcome, by IRI of the arrangement and IRI of the duty."""
        return {key: said for layer in self.layers for key, said in layer.outcomes.items()}

    def graphs(self) -> Iterator[tuple[str, list[ox.Quad]]]:
        """Yield each assessment graph: its name, and its quads with the SHACL report.

        They are those that :func:`masagraph.assessment.assess.add_assertions` makes one by one.
        """
        for part, by_duty in self.parts():
            name = assessment_graph(*part, self.view.as_at)
            said = (triple for triples in by_duty.values() for triple in triples)
            yield name, as_one(named_alike(said, name))

    def parts(self) -> Iterator[tuple[Part, dict[str, list[ox.Triple]]]]:
        """Yield what each assessment says, with the SHACL report, by IRI of the duty.

        What is of none of them stands under "".
        """
        for layer in self.layers:
            for part, assertions in layer.assertions.items():
                found = {duty: list(triples) for duty, triples in assertions.items()}
                for duty, triples in layer.reports.report(part).items():
                    found.setdefault(duty, []).extend(triples)
                yield part, found


def assess_all(
    store: Store,
    editions: Iterable[Edition],
    as_at: date,
    arrangements: Collection[str] | None = None,
    duties: Collection[str] | None = None,
) -> NationalFindings:
    """Test the duties of some editions on every arrangement that has a document in view.

    Args:
        store: the dataset.
        editions: the editions.
        as_at: the date.
        arrangements: the only ones to assess, by IRI; None means all.
        duties: the only duties to test, by IRI; None means all.

    Raises:
        EngineError: when a tested duty has neither a fault nor evidence, or a shape no query.
    """
    editions, engine = tuple(editions), _engine()
    view = national_view(store, as_at, arrangements)
    layers = (_assess(layer, editions, engine, duties) for layer in view.layers)
    return NationalFindings(view, tuple(layers))


@cache
def _engine() -> Compiled:
    """Return one engine a process, which keeps what it has compiled."""
    return Compiled()


def _assess(
    layer: Layer, editions: Sequence[Edition], engine: Compiled, only: Collection[str] | None
) -> LayerFindings:
    """Test the arrangements of a layer, and leave its store as it was."""
    store = layer.store
    edition_of = {
        quad.subject: edition.id
        for edition in editions
        for quad in store.quads_for_pattern(None, _EDITION, ox.NamedNode(edition.iri))
        if isinstance(quad.subject, ox.NamedNode) and (only is None or quad.subject.value in only)
    }
    tested = {quad.object for quad in store.quads_for_pattern(None, _TESTS, None)}
    asked = {duty: edition for duty, edition in edition_of.items() if duty in tested}
    program = engine.narrowed(store, [duty.value for duty in asked])
    if program.refused:
        names = ", ".join(str(refused.shape) for refused in program.refused)
        raise EngineError(f"there is no query for {names}", "Assess one area at a time.")
    reports = run_over(program, layer, asked)
    under = {
        (name, edition.id): ox.Triple(ox.NamedNode(name), _UNDER, ox.NamedNode(edition.iri))
        for name in layer.arrangements
        for edition in editions
    }
    try:
        given = (*under.values(), *reports.faults())
        store.bulk_extend(ox.Quad(t.subject, t.predicate, t.object, _GIVEN) for t in given)
        apply(store, find_resources().queries("rules/outcome"), _TOLD.value)
        told = [quad.triple for quad in store.quads_for_pattern(None, None, None, _TOLD)]
    finally:
        store.remove_graph(_GIVEN)
        store.remove_graph(_TOLD)
    assertions = _Assertions(told, edition_of)
    return LayerFindings(
        assertions.proved(layer.arrangements, edition_of),
        assertions.by_part(under, edition_of),
        reports,
    )


class _Assertions:
    """What the rules of outcomes told.

    Args:
        told: the triples.
        duties: those that were asked of; what is told of others, whose shapes were not run, is
            left out.
    """

    def __init__(self, told: Sequence[ox.Triple], duties: Collection[ox.NamedNode]) -> None:
        about: dict[object, dict[ox.NamedNode, ox.NamedNode]] = {}
        for t in told:
            if t.predicate in (_SUBJECT, _TEST, _RESULT) and isinstance(t.object, ox.NamedNode):
                about.setdefault(t.subject, {})[t.predicate] = t.object
        self._about = {it: said for it, said in about.items() if said[_TEST] in duties}
        kept = {*self._about, *(said[_RESULT] for said in self._about.values())}
        self._told = [t for t in told if t.subject in kept]

    def by_part(
        self, under: Mapping[Part, ox.Triple], edition_of: Mapping[ox.NamedNode, str]
    ) -> dict[Part, dict[str, list[ox.Triple]]]:
        """Return the triples by arrangement and edition, and what each was tested under."""
        found: dict[Part, dict[str, list[ox.Triple]]] = {}
        for part, triple in under.items():
            found[part] = {"": [triple]}
        into: dict[object, list[ox.Triple]] = {}
        for assertion, said in self._about.items():
            of_part = found[said[_SUBJECT].value, edition_of[said[_TEST]]]
            triples = of_part.setdefault(said[_TEST].value, [])
            into[assertion] = into[said[_RESULT]] = triples
        for t in self._told:
            into[t.subject].append(t)
        return found

    def proved(
        self, arrangements: Iterable[str], duties: Collection[ox.NamedNode]
    ) -> dict[tuple[str, str], str]:
        """Return the outcomes, once it is clear that there is one each, and every pass rests.

        Raises:
            EngineError: when that is not so.
        """
        outcomes: dict[object, list[str]] = {}
        for t in self._told:
            if t.predicate == _OUTCOME and isinstance(t.object, ox.NamedNode):
                outcomes.setdefault(t.subject, []).append(local_name(t.object.value))
        resting = {t.subject for t in self._told if t.predicate == _RESTS_ON}
        found: dict[tuple[str, str], list[str]] = {}
        for assertion, said in self._about.items():
            outcome = outcomes.get(said[_RESULT], [])
            key = said[_SUBJECT].value, said[_TEST].value
            found.setdefault(key, []).extend(outcome)
            if outcome == [local_name(MASA.Evidenced)] and assertion not in resting:
                raise EngineError(f"{_said(key)} would pass with no words to rest on")
        wanted = [(name, duty.value) for name in arrangements for duty in duties]
        unproved = [_said(key) for key in wanted if len(found.get(key, ())) != 1]
        if unproved:
            raise EngineError(
                f"no outcome could be proved for {', '.join(unproved)}",
                "Their shapes found neither a fault nor evidence; see docs/method.md.",
            )
        return {key: said for key, (said,) in found.items()}


def _said(key: tuple[str, str]) -> str:
    """Return how an arrangement and a duty are told."""
    return f"{local_name(key[1])} in {local_name(key[0])}"
