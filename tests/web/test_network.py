"""The page of an area's network, and its files: the same figures as the API gives."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

import networkx as nx
import pytest
from fastapi.testclient import TestClient

if TYPE_CHECKING:
    from tests.web.conftest import Get

PAGE = "/areas/sefton/network"
API = f"/api{PAGE}"


def measures(client: TestClient, area: str = "sefton", **query: str) -> dict[str, dict[str, Any]]:
    values = client.get(f"/api/areas/{area}/network", params=query).json()
    return {each["measure"]: each for each in values["measures"]}


def test_each_measure_is_a_section_with_its_sentence_and_its_query(
    get: Get, client: TestClient
) -> None:
    page = get(PAGE)
    assert page.status == 200
    assert page.root.one("h1").text == "Sefton: lines and seats, measured"
    for name, told in measures(client).items():
        section = page.root.one("section", **{"aria-labelledby": name})
        assert told["sentence"] in section.text
        assert told["about"] in section.text
        assert told["limits"] in section.text
        for document in told["documents"]:
            assert document in section.text
        links = [link.attributes["href"] for link in section.all("a")]
        assert any(f"/questions/{told['question']}?area=sefton" in link for link in links)
        assert len(section.all("li")) == len(told["rows"])


def test_what_sefton_must_show(get: Get) -> None:
    text = get(PAGE).root.text
    assert "2 report past the Sefton Safeguarding Forum" in text
    assert "22 listed agencies have no member on any body." in text
    assert "Practice Model Group: none of police." in text
    assert "Detective Chief Inspector, Merseyside Police, the only one on 3" in text


def test_the_chart_is_that_of_the_area(get: Get) -> None:
    (here,) = get(PAGE).root.all("svg")
    (there,) = get("/areas/sefton").root.all("svg")
    assert here.text == there.text


def test_links_from_the_area_keep_the_date(get: Get) -> None:
    links = [
        link.attributes["href"] for link in get("/areas/sefton?as_at=2022-01-01").root.all("a")
    ]
    assert f"{PAGE}?as_at=2022-01-01" in links
    here = [link.attributes["href"] for link in get(f"{PAGE}?as_at=2022-01-01").root.all("a")]
    assert f"{API}?as_at=2022-01-01&format=graphml" in here


@pytest.mark.parametrize("url", ["/areas/kent/network", f"{PAGE}?as_at=2021-10-30"])
def test_without_a_document_the_page_says_so(get: Get, url: str) -> None:
    page = get(url)
    assert page.status == 200
    assert "No document is held" in page.root.text
    assert "not found in the text held" not in page.root.text
    assert not page.root.all("svg")


@pytest.mark.parametrize(
    ("url", "status", "said"),
    [
        ("/areas/seftn/network", 404, "there is no area"),
        (f"{PAGE}?as_at=yesterday", 400, "is not a date"),
    ],
)
def test_what_cannot_be_shown_is_a_page(get: Get, url: str, status: int, said: str) -> None:
    page = get(url)
    assert page.status == status
    assert said in page.root.text
    assert len(page.root.all("h1")) == 1


def test_files(client: TestClient) -> None:
    values = client.get(API).json()
    graphml = client.get(API, params={"format": "graphml"})
    assert graphml.headers["content-type"].startswith("application/graphml+xml")
    found = nx.parse_graphml(graphml.text, force_multigraph=True)
    assert found.number_of_edges() == len(values["edges"])
    gexf = client.get(API, headers={"accept": "application/gexf+xml"})
    assert nx.read_gexf(io.BytesIO(gexf.content)).number_of_nodes() == len(values["nodes"])
    table = client.get(API, params={"format": "csv", "table": "nodes"})
    assert len(list(csv.DictReader(io.StringIO(table.text)))) == len(values["nodes"])
    assert "<svg" in client.get(API, params={"format": "svg"}).text


@pytest.mark.parametrize(
    ("url", "status"),
    [
        ("/api/areas/seftn/network", 404),
        (f"{API}?as_at=2024-13-01", 422),
        (f"{API}?format=xlsx", 406),
        (f"{API}?format=csv&table=people", 422),
        (f"{API}?colour=red", 422),
    ],
)
def test_bad_input_is_a_problem(client: TestClient, url: str, status: int) -> None:
    answer = client.get(url)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
