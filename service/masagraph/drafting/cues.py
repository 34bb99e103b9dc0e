"""What is looked for in a document, as ``queries/drafting/cues.ttl`` has it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from rdflib import RDF, RDFS, Graph, Namespace, URIRef
from rdflib.namespace import SKOS
from rdflib.term import Node

from masagraph.resources import Resources

CUE = Namespace("https://w3id.org/masagraph/id/drafting#")
FILE = "drafting/cues.ttl"


@dataclass(frozen=True, slots=True)
class Bar:
    """Words that keep a rule from fitting.

    Attributes:
        words: the words; one of them is enough.
        places: where they are looked for: ``sentence``, ``lead`` and ``section``.
    """

    words: tuple[re.Pattern[str], ...]
    places: frozenset[str]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule on standing. What it says nothing of may be as it will.

    Attributes:
        name: what it is called.
        proposes: the IRI of the standing that it proposes.
        why: why, in words.
        heading: whether the words must be a heading.
        words: what the sentence must say.
        not_words: what the sentence must not say.
        bars: what keeps the rule from fitting.
        lead: what the words must say that lead in to its list.
        local: whether the sentence must name somebody here.
        lead_local: whether the words that lead in to its list must do so.
        elsewhere: whether it must name another area, or somebody of it.
        like_guidance: how like guidance it must at least be.
        unmeasured: what is told where that cannot be measured, and the rule is taken to fit.
    """

    name: str
    proposes: str
    why: str
    heading: bool | None
    words: re.Pattern[str] | None
    not_words: re.Pattern[str] | None
    bars: tuple[Bar, ...]
    lead: re.Pattern[str] | None
    local: bool | None
    lead_local: bool | None
    elsewhere: bool | None
    like_guidance: float
    unmeasured: str


@dataclass(frozen=True, slots=True)
class Cue:
    """A pattern, and what it proposes: a kind of document, or what a date rests on."""

    proposes: str
    words: re.Pattern[str]


@dataclass(frozen=True)
class Cues:
    """All that is looked for.

    Attributes:
        rules: on standing, in order.
        weights: how much each signal counts.
        numbers: limits and shares, by name.
        common_words: the commonest words of the language.
        no_names: words that are part of no person's name.
        titles, private: what no phrase may hold.
        shortened: how words end that have a full stop and end no sentence.
        leads_in: how words end that lead in to a list.
        lists: further patterns, by the kind of rule.
    """

    rules: tuple[Rule, ...]
    weights: Mapping[str, float]
    numbers: Mapping[str, float]
    common_words: frozenset[str]
    no_names: frozenset[str]
    titles: re.Pattern[str]
    private: re.Pattern[str]
    shortened: re.Pattern[str]
    leads_in: re.Pattern[str]
    lists: Mapping[str, Sequence[Cue]]


@cache
def read_cues(resources: Resources) -> Cues:
    """Read the file; it is read once."""
    graph = Graph().parse(data=resources.read_query(FILE), format="turtle")
    rules = sorted(graph.subjects(RDF.type, CUE.Rule), key=lambda each: _number(graph, each))
    kinds = {str(o).rpartition("#")[2] for o in graph.objects(None, RDF.type)}
    return Cues(
        rules=tuple(_rule(graph, each) for each in rules),
        weights=_numbers(graph, CUE.Signal, CUE.weight),
        numbers=_numbers(graph, CUE.Number, CUE.value),
        common_words=_words(graph, CUE["common-words"]),
        no_names=_words(graph, CUE["no-names"]),
        titles=re.compile(str(graph.value(CUE.titles, SKOS.hiddenLabel))),
        private=re.compile(str(graph.value(CUE.private, SKOS.hiddenLabel))),
        shortened=re.compile(str(graph.value(CUE.shortened, SKOS.hiddenLabel)), re.IGNORECASE),
        leads_in=re.compile(str(graph.value(CUE["leads-in"], SKOS.hiddenLabel))),
        lists={
            kind: tuple(
                Cue(str(graph.value(each, CUE.proposes) or ""), _pattern(graph, each, CUE.words)
                    or re.compile(""))
                for each in sorted(
                    graph.subjects(RDF.type, CUE[kind]), key=lambda each: _number(graph, each)
                )
            )
            for kind in kinds - {"Rule", "Bar", "Signal", "Number"}
        },
    )  # fmt: skip


def _rule(graph: Graph, me: Node) -> Rule:
    return Rule(
        name=str(me).rpartition("#")[2],
        proposes=str(graph.value(me, CUE.proposes)),
        why=str(graph.value(me, RDFS.comment) or ""),
        heading=_truth(graph, me, CUE.heading),
        words=_pattern(graph, me, CUE.words),
        not_words=_pattern(graph, me, CUE.notWords),
        bars=tuple(_bar(graph, each) for each in sorted(graph.objects(me, CUE.bar), key=str)),
        lead=_pattern(graph, me, CUE.lead),
        local=_truth(graph, me, CUE.local),
        lead_local=_truth(graph, me, CUE.leadLocal),
        elsewhere=_truth(graph, me, CUE.elsewhere),
        like_guidance=float(str(graph.value(me, CUE.likeGuidance) or 0)),
        unmeasured=str(graph.value(me, CUE.unmeasured) or ""),
    )


def _bar(graph: Graph, me: Node) -> Bar:
    words = sorted(map(str, graph.objects(me, CUE.words)))
    return Bar(
        tuple(re.compile(each, re.IGNORECASE) for each in words),
        frozenset(map(str, graph.objects(me, CUE.readIn))),
    )


def _numbers(graph: Graph, kind: URIRef, which: URIRef) -> dict[str, float]:
    return {
        str(each).rpartition("#")[2]: float(str(graph.value(each, which)))
        for each in graph.subjects(RDF.type, kind)
    }


def _number(graph: Graph, me: Node) -> int:
    return int(str(graph.value(me, CUE.place)))


def _truth(graph: Graph, me: Node, which: URIRef) -> bool | None:
    value = graph.value(me, which)
    return None if value is None else str(value) == "true"


def _pattern(graph: Graph, me: Node, which: URIRef) -> re.Pattern[str] | None:
    value = graph.value(me, which)
    return re.compile(str(value), re.IGNORECASE) if value else None


def _words(graph: Graph, me: URIRef) -> frozenset[str]:
    return frozenset(" ".join(map(str, graph.objects(me, SKOS.hiddenLabel))).split())
