"""The catalogue of questions as RDF, so that SPARQL editors list them and can run them.

Each question is an executable of SHACL, as in collections of example queries elsewhere: its text
can be run as it stands. Defaults, and the examples of parameters that are needed, are written in;
what may be left out is left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pyoxigraph as ox

from masagraph.questions.catalogue import Parameter, Question, list_questions
from masagraph.questions.columns import Column, column_triples, columns_of
from masagraph.questions.parameters import bind
from masagraph.resources import Resources, find_resources
from masagraph.store.protocol import Store
from masagraph.store.written_in import write_in
from masagraph.vocab import GRAPH, ID, PREFIXES

QUESTIONS_GRAPH = GRAPH + "questions"
QUESTION = ID + "question/"
COLUMN = ID + "column/"

_RDF, _RDFS, _SH, _SCHEMA = (PREFIXES[name] for name in ("rdf", "rdfs", "sh", "schema"))
_CSVW = "http://www.w3.org/ns/csvw#"
_TYPE = ox.NamedNode(_RDF + "type")
_CONCEPT = ox.NamedNode(PREFIXES["skos"] + "Concept")
_DATATYPES = {"date": PREFIXES["xsd"] + "date", "text": PREFIXES["xsd"] + "string"}

Value = ox.NamedNode | ox.BlankNode | ox.Literal
Bound = dict[str, ox.NamedNode | ox.Literal]


def questions_graph(
    store: Store, data_date: date, endpoint: str = "", resources: Resources | None = None
) -> list[ox.Quad]:
    """Return the catalogue as a graph of its own.

    Args:
        store: the dataset, where the defaults of parameters are looked up.
        data_date: the default date.
        endpoint: the address at which the queries can be run, where it is known.
        resources: where the questions are; by default those of the program.
    """
    resources = resources or find_resources()
    # Here a column is no concept: among those, what parameters name is looked for.
    triples = [t for t in column_triples(resources) if t.object != _CONCEPT]
    for question in list_questions(resources):
        triples += _question(question, store, data_date, endpoint)
    graph = ox.NamedNode(QUESTIONS_GRAPH)
    return [ox.Quad(t.subject, t.predicate, t.object, graph) for t in triples]


def runnable(question: Question, bound: Bound) -> str:
    """Return the text of a question with values written in, and without its header."""
    lines = write_in(question.query, bound).splitlines()
    return "".join(f"{line}\n" for line in lines if not line.startswith("#+ "))


def _question(
    question: Question, store: Store, data_date: date, endpoint: str
) -> Iterator[ox.Triple]:
    me = ox.NamedNode(QUESTION + question.name)
    needed = {p.name: p.example for p in question.parameters if not (p.optional or p.default)}
    bound = bind(question, needed, store, data_date)
    yield ox.Triple(me, _TYPE, ox.NamedNode(_SH + "SPARQLExecutable"))
    yield ox.Triple(me, _TYPE, ox.NamedNode(_SH + "SPARQLSelectExecutable"))
    yield _said(me, _RDFS + "label", _english(question.title))
    yield _said(me, _RDFS + "comment", _english(question.question))
    yield _said(me, PREFIXES["dcterms"] + "title", _english(question.title))
    yield _said(me, PREFIXES["dcterms"] + "identifier", ox.Literal(question.name))
    yield _said(me, _SH + "select", ox.Literal(runnable(question, bound)))
    for word in (question.theme, *question.keywords):
        yield _said(me, _SCHEMA + "keywords", ox.Literal(word))
    for words in question.asked:
        yield _said(me, PREFIXES["skos"] + "altLabel", _english(words))
    for reader in question.audience:
        yield _said(me, _SCHEMA + "audience", ox.Literal(reader))
    if question.note:
        yield _said(me, PREFIXES["skos"] + "note", _english(question.note))
    if endpoint:
        yield _said(me, _SCHEMA + "target", ox.NamedNode(endpoint))
    columns = columns_of(question)
    for number, parameter in enumerate(question.parameters, start=1):
        about = next((c.about for c in columns if c.name == parameter.name), "")
        yield from _parameter(me, number, parameter, about, bound)
    yield from _answer(me, [column for column in columns if column.name not in bound])


def _parameter(
    question: ox.NamedNode, number: int, parameter: Parameter, about: str, bound: Bound
) -> Iterator[ox.Triple]:
    me = ox.NamedNode(f"{question.value}#{parameter.name}")
    left_out = parameter.optional or bool(parameter.default)
    kind, of = ("class", parameter.of) if parameter.kind == "iri" else (
        "datatype", _DATATYPES[parameter.kind])  # fmt: skip
    yield _said(question, _SH + "parameter", me)
    yield ox.Triple(me, _TYPE, ox.NamedNode(_SH + "Parameter"))
    # The last word of the path is the name of the variable: so SHACL has it.
    yield _said(me, _SH + "path", ox.NamedNode(COLUMN + parameter.name))
    yield _said(me, _SH + "name", _english(parameter.name.replace("_", " ")))
    yield _said(me, _SH + "order", ox.Literal(number))
    yield _said(me, _SH + "optional", ox.Literal(left_out))
    yield _said(me, _SH + kind, ox.NamedNode(of))
    if about:
        yield _said(me, _SH + "description", _english(about))
    if parameter.default:
        yield _said(me, _SH + "defaultValue", bound[parameter.name])
    if parameter.example:
        yield _said(me, PREFIXES["skos"] + "example", ox.Literal(parameter.example))


def _answer(question: ox.NamedNode, columns: list[Column]) -> Iterator[ox.Triple]:
    """Yield the columns of the answer, in order, as CSV on the Web describes them."""
    schema = ox.NamedNode(f"{question.value}#answer")
    yield _said(question, _CSVW + "tableSchema", schema)
    yield ox.Triple(schema, _TYPE, ox.NamedNode(_CSVW + "Schema"))
    # Names of its own keep the graph the same from build to build.
    places = [ox.NamedNode(f"{question.value}#list-{n}") for n, _ in enumerate(columns, start=1)]
    ends = [*places, ox.NamedNode(_RDF + "nil")]
    yield _said(schema, _CSVW + "column", ends[0])
    for place, rest, column in zip(places, ends[1:], columns, strict=True):
        me = ox.NamedNode(f"{question.value}#column-{column.name}")
        yield _said(place, _RDF + "first", me)
        yield _said(place, _RDF + "rest", rest)
        yield ox.Triple(me, _TYPE, ox.NamedNode(_CSVW + "Column"))
        yield _said(me, _CSVW + "name", ox.Literal(column.name))
        yield _said(me, _CSVW + "title", _english(column.title))
        yield _said(me, PREFIXES["dcterms"] + "description", _english(column.about))


def _said(subject: ox.NamedNode, predicate: str, value: Value) -> ox.Triple:
    return ox.Triple(subject, ox.NamedNode(predicate), value)


def _english(text: str) -> ox.Literal:
    return ox.Literal(text, language="en")
