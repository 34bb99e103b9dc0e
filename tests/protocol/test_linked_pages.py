"""What a page of the data gives to read, and that it shows no name of a person."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

import pytest
from fastapi.testclient import TestClient
from linked_data import DUTY, HTML, STATEMENT
from rdflib.namespace import FOAF

from masagraph.store.formats import GRAPHS
from masagraph.store.opened import Opened
from masagraph.store.protocol import text_of
from masagraph.vocab import GRAPH, ID, MASA, PEOPLE_GRAPH
from masagraph.web.linked.addresses import link
from masagraph.web.linked.html import breaks

# For reading


def test_the_page_of_a_thing_says_where_each_statement_stands(client: TestClient) -> None:
    page = client.get(f"/data/{STATEMENT}", headers={"Accept": HTML}).text
    assert "Sefton Safeguarding Children Partnership (SSCP) Arrangements 2021" in page
    assert 'href="/graph/areas/sefton/arrangements-2021"' in page
    assert f"<code>{ID}{STATEMENT}</code>" in page
    assert 'href="/ns#standing"' in page
    assert "part 1" in page
    assert 'id="part-1"' in page
    assert "https://w3id.org" not in "".join(re.findall(r'href="[^"]*"', page))


@pytest.mark.parametrize(
    "path",
    [f"/data/{DUTY}", f"/data/{STATEMENT}", "/data/area/sefton", "/data/graph/dataset",
     "/data/shape/integrity-statement-standing", "/data/ns/evidence", "/data/holder/sefton/s01"],
)  # fmt: skip
def test_links_of_pages_lead_somewhere(client: TestClient, path: str) -> None:
    page = client.get(path, headers={"Accept": HTML}).text
    anchors = set(re.findall(r'id="([^"]*)"', page))
    found = set(re.findall(r'href="([^"]*)"', page))
    assert len(found) > 8
    for each in sorted(found):
        address = urlsplit(each)
        if address.netloc:
            assert address.scheme in ("http", "https")
        elif not address.path:
            assert address.fragment in anchors, each
        else:
            url = each.replace("&amp;", "&")
            assert client.get(url, headers={"Accept": HTML}).status_code == 200, each


def test_words_of_the_data_are_never_markup(opened: Opened) -> None:
    """What is no address of the web is no link."""
    assert link("javascript:alert(1)", "") == ""
    assert link("data:text/html,x", "") == ""
    assert link("https://example.org/", "/base") == "https://example.org/"
    assert link(f"{ID}area/a?b", "/base") == "/base/id/area/a%3Fb"
    assert link(f"{MASA}Duty", "") == "/ns#Duty"
    assert link(f"{GRAPH}areas/x", "") == "/graph/areas/x"


def test_a_long_name_is_broken_and_stays_words() -> None:
    assert breaks("a/<b>") == "a/<wbr>&lt;b&gt;"


# Names of people


class Names:
    """The names of people that the store holds; a failed test prints none of them."""

    def __init__(self, opened: Opened) -> None:
        graph = opened.store.graph(PEOPLE_GRAPH)
        of_people = [t for t in graph if t.predicate.value == str(FOAF.name)]
        self._names = [text_of(triple.object) for triple in of_people]
        self.holders = {text_of(triple.subject) for triple in of_people}

    def shown_in(self, text: str) -> int:
        return sum(name in text or quote(name) in text for name in self._names)


@pytest.fixture(scope="module")
def names(opened: Opened) -> Names:
    found = Names(opened)
    if not found.holders:
        pytest.skip("the folder of names was removed; then there is none to show")
    return found


@pytest.mark.parametrize("accept", [HTML, *(form.media_type for form in GRAPHS)])
def test_no_name_of_a_person_is_shown(
    client: TestClient, opened: Opened, names: Names, accept: str
) -> None:
    seats = {
        text_of(triple.subject)
        for name in opened.store.graphs()
        for triple in opened.store.graph(name)
        if text_of(triple.object) in names.holders
    }
    assert len(seats) >= len(names.holders)
    for iri in sorted({*names.holders, *seats, f"{ID}document/sefton-arrangements-2021"}):
        answer = client.get(f"/data/{iri.removeprefix(ID)}", headers={"Accept": accept})
        assert answer.status_code == 200
        assert names.shown_in(answer.text) == 0
        assert "foaf/0.1/name" not in answer.text
        if iri in names.holders:
            assert "posts are shown, not people" in answer.text


@pytest.mark.parametrize("path", ["/graph/people", "/data/graph/people"])
@pytest.mark.parametrize("accept", [HTML, "text/turtle"])
def test_the_graph_of_names_is_not_handed_out(
    client: TestClient, names: Names, path: str, accept: str
) -> None:
    answer = client.get(path, headers={"Accept": accept}, follow_redirects=False)
    assert answer.status_code == 403
    kind = "text/html; charset=utf-8" if accept == HTML else "application/problem+json"
    assert answer.headers["content-type"] == kind
    assert "SPARQL" in answer.text
    assert names.shown_in(answer.text) == 0
