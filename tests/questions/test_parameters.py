"""What a user types becomes a term, or one line that says what to type instead."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from masagraph.errors import BadValue, DataError, UnknownName
from masagraph.questions.answers import answer
from masagraph.questions.catalogue import Parameter, Question
from masagraph.questions.parameters import DATA_DATE, bind
from masagraph.store.embedded import EmbeddedStore
from masagraph.vocab import ID, MASA, PREFIXES

if TYPE_CHECKING:
    from tests.questions.conftest import Ask

TODAY = date(2026, 11, 22)


def question(*parameters: Parameter, query: str = "SELECT ?s { ?s ?p ?o }") -> Question:
    return Question("example", "An example", "What?", ("analyst",), "Gaps", parameters, query)


BODY = Parameter("body", "iri", of=str(MASA.Body), example="sefton/forum")
WHEN = Parameter("as_at", "date", default=DATA_DATE)
WORDS = Parameter("words", "text", optional=True)


@pytest.fixture
def store() -> EmbeddedStore:
    """Two areas that both have a forum, and one board."""
    held = ox.Store()
    for name in ("sefton/forum", "kent/forum", "kent/board"):
        held.add(
            ox.Quad(
                ox.NamedNode(f"{ID}body/{name}"),
                ox.NamedNode(f"{PREFIXES['rdf']}type"),
                ox.NamedNode(MASA.Body),
                ox.NamedNode("urn:graph"),
            )
        )
    return EmbeddedStore(held)


@pytest.mark.parametrize(
    "text",
    ["kent/board", "board", "body/kent/board", "Kent/Board", f"{ID}body/kent/board"],
)
def test_a_thing_is_found_by_any_of_its_names(store: EmbeddedStore, text: str) -> None:
    bound = bind(question(BODY), {"body": text}, store, TODAY)
    assert bound == {"body": ox.NamedNode(f"{ID}body/kent/board")}


def test_a_name_of_two_things_asks_which(store: EmbeddedStore) -> None:
    with pytest.raises(BadValue, match='body "forum" may mean kent/forum, sefton/forum') as caught:
        bind(question(BODY), {"body": "forum"}, store, TODAY)
    assert caught.value.mend


def test_a_near_miss_names_what_was_meant(store: EmbeddedStore) -> None:
    with pytest.raises(UnknownName, match='no body "kent/bord"') as caught:
        bind(question(BODY), {"body": "kent/bord"}, store, TODAY)
    assert "kent/board" in caught.value.mend


@pytest.mark.parametrize("text", ["zzz", "http://example.org/board", "<board>", "board }"])
def test_an_unknown_thing_still_gets_a_mend(store: EmbeddedStore, text: str) -> None:
    with pytest.raises(UnknownName) as caught:
        bind(question(BODY), {"body": text}, store, TODAY)
    assert caught.value.mend
    assert "\n" not in caught.value.line()


@pytest.mark.parametrize("given", [{}, {"body": ""}])
def test_a_parameter_that_is_needed(store: EmbeddedStore, given: dict[str, str]) -> None:
    with pytest.raises(BadValue, match="example needs the parameter body") as caught:
        bind(question(BODY), given, store, TODAY)
    assert "body=sefton/forum" in caught.value.mend


def test_a_parameter_that_the_question_lacks(store: EmbeddedStore) -> None:
    with pytest.raises(BadValue, match='has no parameter "boddy"') as caught:
        bind(question(BODY, WHEN), {"boddy": "board"}, store, TODAY)
    assert caught.value.mend == "Its parameters are body, as_at."
    with pytest.raises(BadValue, match="It has none"):
        bind(question(), {"body": "board"}, store, TODAY)


@pytest.mark.parametrize(
    ("given", "expected"), [({}, "2026-11-22"), ({"as_at": "2021-01-01"}, "2021-01-01")]
)
def test_a_date_has_the_datas_date_for_default(
    store: EmbeddedStore, given: dict[str, str], expected: str
) -> None:
    date_type = ox.NamedNode(PREFIXES["xsd"] + "date")
    assert bind(question(WHEN), given, store, TODAY) == {
        "as_at": ox.Literal(expected, datatype=date_type)
    }


@pytest.mark.parametrize("text", ["yesterday", "2021", "2021-02-29", "21-01-01"])
def test_what_is_no_date(store: EmbeddedStore, text: str) -> None:
    with pytest.raises(BadValue, match=f'"{text}" is not a date'):
        bind(question(WHEN), {"as_at": text}, store, TODAY)


def test_a_text_is_taken_as_it_is(store: EmbeddedStore) -> None:
    text = 'x" } # $words'
    assert bind(question(WORDS), {"words": text}, store, TODAY) == {"words": ox.Literal(text)}
    assert bind(question(WORDS), {}, store, TODAY) == {}


@pytest.mark.parametrize("query", ["ASK { ?s ?p ?o }", "CONSTRUCT WHERE { ?s ?p ?o }"])
def test_a_question_must_be_a_select(store: EmbeddedStore, query: str) -> None:
    with pytest.raises(DataError, match="not a SELECT"):
        answer(question(query=query), {}, store, TODAY, "")


# Over the real store


@pytest.mark.parametrize(
    ("given", "message", "mend"),
    [
        ({"area": "warwikshire"}, 'no area "warwikshire"', "warwickshire"),
        ({"area": "E99999999"}, 'no area "E99999999"', "such as"),
        ({"are": "sefton"}, 'no parameter "are"', "area"),
        ({"as_at": "soon"}, '"soon" is not a date', "2024-06-01"),
    ],
)
def test_bad_values_of_a_real_question(
    ask: Ask, given: dict[str, str], message: str, mend: str
) -> None:
    with pytest.raises((BadValue, UnknownName), match=message) as caught:
        ask("leads-and-delegates", **given)
    assert mend in caught.value.mend


def test_an_unknown_edition_of_a_real_question(ask: Ask) -> None:
    with pytest.raises(UnknownName, match='no edition "wt2020"') as caught:
        ask("duties-not-evidenced", edition="wt2020")
    assert "wt20" in caught.value.mend


def test_an_unknown_question_is_told_the_nearest_names(ask: Ask) -> None:
    with pytest.raises(UnknownName, match='no question "leads-and-delegate"') as caught:
        ask("leads-and-delegate")
    assert "leads-and-delegates" in caught.value.mend


@pytest.mark.parametrize(("limit", "truncated"), [(7, True), (8, False), (None, False)])
def test_a_cut_answer_says_so(ask: Ask, limit: int | None, truncated: bool) -> None:
    answered = ask("leads-and-delegates", limit=limit, area="warwickshire")
    assert answered.truncated is truncated
    assert len(answered.rows) == (limit or 8)
    assert answered.as_json()["truncated"] is truncated
