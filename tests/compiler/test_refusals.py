"""What is not compiled is refused by name and place, and goes to pySHACL."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from rdflib import Graph, URIRef
from shacl_oracle import canonical, compiled_program, store_of

from masagraph.assessment.compiled import Compiled
from masagraph.assessment.engine import PySHACL
from masagraph.errors import EngineError, Place
from masagraph.shacl.compiler.program import compile_shapes
from masagraph.vocab import GRAPH, MASA, PREFIXES

if TYPE_CHECKING:
    from tests.conftest import Exampleshire

EX = "https://example.org/"
HEAD = """
@prefix ex: <https://example.org/> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
ex: sh:declare [ sh:prefix "ex" ; sh:namespace "https://example.org/"^^xsd:anyURI ] .
"""


def sparql(text: str) -> str:
    return f'sh:sparql [ sh:prefixes ex: ; sh:select """{text}""" ]'


REFUSED = {
    "sh:js [ ]": "sh:js is not compiled",
    "sh:rule [ ]": "sh:rule is not compiled",
    "sh:datatype xsd:byte": "sh:datatype xsd:byte is not compiled",
    "sh:nodeKind ex:Kind": "sh:nodeKind https://example.org/Kind is not known",
    "sh:minLength 'long'": "long is no whole number",
    "sh:property [ sh:class ex:C ]": "a property shape has no sh:path",
    "sh:property [ sh:path [ ] ]": "the property path is not well-formed",
    "sh:property [ sh:path 'text' ]": "text is no property path",
    "sh:hasValue [ ]": "a blank node stands where a query needs a name",
    "sh:not ex:S": "the shape is part of itself",
    "sh:uniqueLang true": "sh:uniqueLang on a node shape has no meaning",
    sparql("SELECT $this WHERE { $this ex:p ?x } LIMIT 1"): "LIMIT and OFFSET",
    sparql("SELECT $this (COUNT(?x) AS ?n) WHERE { $this ex:p ?x }"): "an aggregate without",
    sparql("SELECT ?x WHERE { $this ex:p ?x } GROUP BY ?x"): "GROUP BY leaves out",
    sparql("SELECT * WHERE { $this ex:p ?x }"): "SELECT *",
    sparql("SELECT $this WHERE { GRAPH ?g { $this ex:p ?x } }"): "GRAPH in",
    sparql("SELECT $this WHERE { $this ex:p ?x MINUS { ?x ex:q ?y } }"): "MINUS in",
    sparql("SELECT $this WHERE { VALUES ?x { 1 } $this ex:p ?x }"): "VALUES in",
    sparql("SELECT $this WHERE { SERVICE ex:s { $this ex:p ?x } }"): "SERVICE in",
    sparql("SELECT $this WHERE { $this ex:p ?x } VALUES ?x { 1 }"): "VALUES must not stand",
    sparql("SELECT $this WHERE { BIND ( 1 AS $this ) }"): "AS gives a value",
    sparql("SELECT $this ?failure WHERE { $this ex:p ?failure }"): "?failure",
    sparql("SELECT $this WHERE { { SELECT ?x WHERE { ?x ex:p $this } } }"): "nested SELECT",
    sparql("SELECT $this WHERE { $this ex:p ?x FILTER NOT EXISTS { { SELECT $this ?x WHERE "
           "{ $this ex:q ?x } } } }"): "a SELECT inside EXISTS",
    sparql("SELECT $this WHERE { $this ex:p ?x FILTER NOT EXISTS { $this ex:q ?y OPTIONAL "
           "{ ?y ex:r ?z FILTER ( ?z < ?x ) } } }"): "a filter of an OPTIONAL inside EXISTS",
    sparql("SELECT $this WHERE { $this $PATH ?x }"): "$PATH stands",
    sparql("SELECT $this WHERE { $this ex:p $currentShape }"): "$currentShape",
    sparql("SELECT $this WHERE { $this other:p ?x }"): "the SPARQL cannot be parsed",
    sparql("SELECT $this WHERE { $this ex:p _:b }"): "a blank node with a label",
    sparql("SELECT $this WHERE { $this ex:p ?x"): "the SPARQL ends too soon",
    sparql("CONSTRUCT { } WHERE { $this ex:p ?x }"): "neither SELECT nor ASK",
}  # fmt: skip


@pytest.mark.parametrize("part", REFUSED)
def test_it_is_refused_by_name(part: str) -> None:
    shapes = Graph().parse(data=f"{HEAD} ex:S a sh:NodeShape ; sh:targetClass ex:C ; {part} .")
    (refused,) = compiled_program(shapes, Graph()).refused
    assert REFUSED[part] in refused.why.what
    assert str(refused.shape) == "https://example.org/S"


def test_it_is_refused_with_its_place() -> None:
    shapes = Graph().parse(data=f"{HEAD} ex:S sh:targetClass ex:C ; sh:js [ ] .")
    program = compile_shapes(shapes, place_of=lambda node: Place("shapes.ttl", 7))
    assert program.refused[0].why.line() == "shapes.ttl:7: sh:js is not compiled"


def test_another_shape_beside_it_is_compiled() -> None:
    shapes = Graph().parse(
        data=f"{HEAD} ex:S sh:targetClass ex:C ; sh:js [ ] . ex:T sh:targetClass ex:C ; sh:in () ."
    )
    program = compiled_program(shapes, Graph())
    assert len(program.refused) == len(program.queries) == 1


LIMITED = """
PREFIX masa: <https://w3id.org/masagraph/ns#>
SELECT $this ?value WHERE { $this masa:coversSlot ?value } ORDER BY ?value LIMIT 1
"""


def with_refused_shape(view: ox.Store, slug: str) -> None:
    """Give the shape of a duty a constraint that is not compiled."""
    graph = ox.NamedNode(f"{GRAPH}shapes/extra")
    text = f"""
        @prefix sh: <http://www.w3.org/ns/shacl#> .
        <{PREFIXES["shape"]}{slug}> sh:sparql [ sh:select \"\"\"{LIMITED}\"\"\" ] .
    """
    for quad in ox.parse(text, format=ox.RdfFormat.TURTLE):
        view.add(ox.Quad(quad.subject, quad.predicate, quad.object, graph))


def test_a_refused_shape_goes_to_pyshacl_and_the_others_do_not(
    exampleshire: Exampleshire, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = exampleshire.view("2024-12-01", exampleshire.document(exampleshire.leads())).store
    with_refused_shape(view, "wt2023-lsp-sign-off")
    duties = [
        PREFIXES["duty"] + slug for slug in ("wt2023-lsp-sign-off", "wt2023-lsp-is-agency-head")
    ]
    asked: list[list[str]] = []

    class Watched(PySHACL):
        def run(self, view: ox.Store, duties: object) -> Graph:
            asked.append(list(duties))  # type: ignore[call-overload]
            return super().run(view, duties)  # type: ignore[arg-type]

    engine = Compiled(Watched())
    found = engine.run(view, duties)
    assert asked == [[PREFIXES["duty"] + "wt2023-lsp-sign-off"]]
    assert canonical(found) == canonical(PySHACL().run(view, duties))
    assert [str(refused.why) for refused in engine.program(view).refused] == [
        "LIMIT and OFFSET in the SPARQL of a constraint are not compiled"
    ]


def test_a_view_without_its_type_is_an_error(exampleshire: Exampleshire) -> None:
    view = exampleshire.view("2024-12-01", exampleshire.document()).store
    for quad in list(view.quads_for_pattern(None, None, ox.NamedNode(MASA.ArrangementInView))):
        view.remove(quad)
    with pytest.raises(EngineError, match="0 arrangements are in view"):
        Compiled().run(view, [PREFIXES["duty"] + "wt2023-lsp-sign-off"])


def test_a_shape_without_a_target_is_an_error(exampleshire: Exampleshire) -> None:
    view = exampleshire.view("2024-12-01", exampleshire.document()).store
    shape = ox.NamedNode(PREFIXES["shape"] + "wt2023-lsp-sign-off")
    target = ox.NamedNode("http://www.w3.org/ns/shacl#targetClass")
    for quad in list(view.quads_for_pattern(shape, target, None)):
        view.remove(quad)
    with pytest.raises(EngineError, match="wt2023-lsp-sign-off looks at nothing"):
        Compiled().run(view, [PREFIXES["duty"] + "wt2023-lsp-sign-off"])


def test_a_changed_view_is_read_again(exampleshire: Exampleshire) -> None:
    duty = PREFIXES["duty"] + "wt2023-lsp-sign-off"
    statement = exampleshire.statement("sign-off", wholly=["wt2023-lsp-sign-off"])
    engine = Compiled()
    nothing = exampleshire.view("2024-12-01", exampleshire.document()).store
    shown = exampleshire.view("2024-12-01", exampleshire.document(statement)).store
    for view in (nothing, shown, nothing):
        assert canonical(engine.run(view, [duty])) == canonical(PySHACL().run(view, [duty]))


def test_no_duty_gives_an_empty_report(exampleshire: Exampleshire) -> None:
    view = exampleshire.view("2024-12-01", exampleshire.document()).store
    assert len(Compiled().run(view, [])) == len(PySHACL().run(view, [])) == 0


def test_a_query_can_look_at_one_node(people: Graph) -> None:
    shapes = Graph().parse(Path(__file__).parent / "cases" / "core" / "min-count-1.ttl")
    (query,) = compiled_program(shapes, people).queries
    store = store_of(people)
    all_rows, one = store.query(query.text()), store.query(query.text(URIRef(f"{EX}dot")))
    assert len(list(all_rows)) > len(list(one)) == 1
