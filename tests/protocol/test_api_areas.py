"""``/api/areas`` and ``/api/areas/{area}``, against the data files read apart from the service."""

from __future__ import annotations

from typing import Any

import pytest
from api_answers import ID, MASA, data, last, rows_of
from fastapi.testclient import TestClient
from rdflib import RDF, SKOS, Graph, URIRef
from rdflib.namespace import FOAF

REGISTER = data("register/areas.ttl")
AREAS = {
    str(slug): str(REGISTER.value(area, SKOS.prefLabel))
    for area, slug in REGISTER.subject_objects(SKOS.notation)
}
DOCUMENTED = {"brighton-and-hove", "east-sussex", "sefton", "warwickshire", "west-sussex"}
OUTCOMES = {
    "Evidenced", "PartlyEvidenced", "Promised", "OnlyRestated", "NotFoundInTextHeld", "Missing",
    "OutOfDate", "StatedNotInPlace", "SourcesDiffer", "DoesNotApply", "NotTested",
}  # fmt: skip


def area(client: TestClient, slug: str, **params: str) -> dict[str, Any]:
    answer = client.get(f"/api/areas/{slug}", params=params)
    assert answer.status_code == 200, answer.text
    body = answer.json()
    assert isinstance(body, dict)
    return body


# All areas


def test_every_area_of_the_register_is_listed(client: TestClient) -> None:
    body = client.get("/api/areas").json()
    assert {each["area"]: each["name"] for each in body["areas"]} == AREAS
    assert (body["areas_known"], len(AREAS)) == (153, 153)
    assert {each["area"] for each in body["areas"] if each["has_document"]} == DOCUMENTED
    assert body["areas_with_documents"] == len(DOCUMENTED)
    assert body["areas_without_documents"] == 153 - len(DOCUMENTED)
    kent = next(each for each in body["areas"] if each["area"] == "kent")
    assert kent["gss"] == "E10000016"
    assert kent["iri"] == f"{ID}area/kent"
    assert kent["arrangement"] is None


@pytest.mark.parametrize(("wanted", "held"), [("yes", True), ("no", False)])
def test_areas_with_and_without_a_document(client: TestClient, wanted: str, held: bool) -> None:
    body = client.get("/api/areas", params={"documents": wanted}).json()
    listed = {each["area"] for each in body["areas"]}
    assert listed == (DOCUMENTED if held else set(AREAS) - DOCUMENTED)
    assert body["areas_known"] == 153
    rows = rows_of(client.get("/api/areas", params={"documents": wanted, "format": "csv"}).text)
    assert {row["area"] for row in rows} == listed
    assert {row["has_document"] for row in rows} == {"true" if held else "false"}


# One area


def test_the_names_and_codes_of_an_area(client: TestClient) -> None:
    """Barnsley has two codes, by the register."""
    body = area(client, "barnsley")
    node = ID["area/barnsley"]
    held = {
        (str(REGISTER.value(code, MASA.gss)), str(REGISTER.value(code, MASA.validFrom)))
        for code in REGISTER.objects(node, MASA.hasCode)
    }
    assert {(code["gss"], code["from"]) for code in body["codes"]} == held
    assert len(held) == 2
    assert body["gss"] == str(REGISTER.value(node, MASA.gssCode))
    assert body["region"] == str(REGISTER.value(node, MASA.region))
    assert body["type"] == str(REGISTER.value(node, MASA.localAuthorityType))


def test_an_area_by_its_code(client: TestClient) -> None:
    assert area(client, "E08000014") == area(client, "sefton")
    assert area(client, "SEFTON")["area"] == "sefton"


def test_the_partners_of_an_area(client: TestClient) -> None:
    found = {(p["partner"], p["organisation"]): p for p in area(client, "warwickshire")["partners"]}
    assert set(found) == {
        ("local authority", "Warwickshire County Council"),
        ("health", "NHS Coventry and Warwickshire Integrated Care Board"),
        ("police", "Warwickshire Police"),
    }
    assert {p["known_from"] for p in found.values()} == {"register"}
    police = found["police", "Warwickshire Police"]
    assert police["organisation_iri"] == f"{ID}organisation/warwickshire-police"


def test_the_partners_on_a_date(client: TestClient) -> None:
    """In January 2022 there was no board; a document names two groups, which had not ended."""
    health = [
        (p["organisation"], p["known_from"])
        for p in area(client, "sefton", as_at="2022-01-01")["partners"]
        if p["partner"] == "health"
    ]
    assert health == [
        ("NHS South Sefton CCG", "sefton-arrangements-2021"),
        ("NHS Southport and Formby CCG", "sefton-arrangements-2021"),
    ]


def test_the_documents_held(client: TestClient) -> None:
    body = area(client, "sefton", as_at="2024-05-18")
    found = {document["id"]: document for document in body["documents"]}
    files = {name: data(f"areas/sefton/{name}.ttl") for name in
             ("arrangements-2021", "council-2024", "procedures-2024")}  # fmt: skip
    assert set(found) == {f"sefton-{name}" for name in files}
    for name, graph in files.items():
        node, document = ID[f"document/sefton-{name}"], found[f"sefton-{name}"]
        assert document["in_view_from"] == str(graph.value(node, MASA.inViewFrom))
        assert document["extent_held"] == last(graph.value(node, MASA.extentHeld))
        claims = sorted(last(edition) for edition in graph.objects(node, MASA.claimsEdition))
        assert document["claims_editions"] == claims
    assert {name: each["in_view"] for name, each in found.items()} == {
        "sefton-arrangements-2021": True, "sefton-council-2024": True,
        "sefton-procedures-2024": False,
    }  # fmt: skip
    assert (body["documents_held"], body["documents_in_view"]) == (3, 2)


def test_areas_that_share_a_force_or_a_board(client: TestClient) -> None:
    """Merseyside Police serves five areas, by the register."""
    forces = data("register/police-forces.ttl")
    served = {
        last(a) for a in forces.objects(ID["organisation/merseyside-police"], MASA.servesArea)
    }
    assert len(served) == 5
    sharing = area(client, "sefton")["sharing"]
    police = {each["area"] for each in sharing if each["partner"] == "police"}
    assert police == served - {"sefton"}
    health = {each["area"] for each in sharing if each["partner"] == "health"}
    assert {"liverpool", "wirral", "cheshire-east"} < health
    assert all(each["organisation_iri"].startswith(ID) for each in sharing)


def test_counts_of_each_edition_in_force_add_up(client: TestClient) -> None:
    body = area(client, "warwickshire")
    counted = {each["edition"]: each for each in body["editions_in_force"]}
    assert next(iter(counted)) == "wt2023"
    assert set(counted) == {"wt2023", "ca2004", "ea2002", "regs2018", "cwsa2026"}
    assert "Working Together 2026" in body["edition_remark"]
    for edition, each in counted.items():
        assessed = client.get(f"/api/areas/warwickshire/assessment?edition={edition}").json()
        assert each["counts"] == assessed["counts"]
        assert each["tested"] == assessed["tested"]
        assert set(each["counts"]) == OUTCOMES
        assert sum(each["counts"].values()) == each["duties"] == len(assessed["findings"])


def test_an_area_without_a_document(client: TestClient) -> None:
    body = area(client, "kent")
    assert (body["documents"], body["documents_held"], body["partnership"]) == ([], 0, None)
    assert body["arrangement"] is None
    for each in body["editions_in_force"]:
        assert each["tested"] == 0
        assert each["counts"]["NotTested"] == each["duties"] > 0


def test_before_any_guidance(client: TestClient) -> None:
    body = area(client, "sefton", as_at="1990-01-01")
    assert body["editions_in_force"] == []
    assert body["documents_in_view"] == 0


def test_the_links_lead_somewhere(client: TestClient) -> None:
    for slug in ("sefton", "kent"):
        for link in area(client, slug)["links"].values():
            assert client.get(link).status_code == 200, link


def test_an_area_as_turtle(client: TestClient) -> None:
    """What the files say of it, and no name of a person."""
    answer = client.get("/api/areas/warwickshire?format=turtle")
    graph = Graph().parse(data=answer.text, format="turtle")
    node = ID["area/warwickshire"]
    said = {(p, o) for p, o in REGISTER.predicate_objects(node) if isinstance(o, URIRef)}
    assert said <= set(graph.predicate_objects(node))
    assert (ID["document/warwickshire-masa"], RDF.type, MASA.SourceDocument) in graph
    assert (ID["organisation/warwickshire-police"], MASA.servesArea, node) in graph
    assert not list(graph.subject_objects(FOAF.name))
