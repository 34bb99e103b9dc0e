"""What needs two files to be seen is refused with one line, wherever the second file lies."""

from __future__ import annotations

from pathlib import Path

import pytest

from masagraph.dataset.assemble import assemble
from masagraph.dataset.whole import message_of
from masagraph.errors import DataError
from masagraph.resources import Resources, find_resources

QUERIES = find_resources().queries("integrity")

PREFIXES = """
@prefix masa: <https://w3id.org/masagraph/ns#> .
@prefix arrangement: <https://w3id.org/masagraph/id/arrangement/> .
@prefix correction: <https://w3id.org/masagraph/id/correction/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix doc: <https://w3id.org/masagraph/id/document/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix holder: <https://w3id.org/masagraph/id/holder/exampleshire/> .
@prefix area: <https://w3id.org/masagraph/id/area/> .
@prefix organisation: <https://w3id.org/masagraph/id/organisation/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""

BOARD = """a masa:IntegratedCareBoard ; skos:prefLabel "NHS Exampleshire Board"@en ;
    masa:gssCode "E54999001" ; masa:odsCode "QZZ" ;
    masa:hasCode [ masa:gss "E54999001" ; masa:validFrom "2022-07-01"^^xsd:date ]"""
OTHER = BOARD.replace("E54999001", "E54999002").replace("QZZ", "QZY")

EXAMPLESHIRE = """
    area:exampleshire a masa:SafeguardingArea ; skos:prefLabel "Exampleshire"@en ;
        skos:notation "exampleshire" ; masa:gssCode "E10000099" .
    arrangement:exampleshire a masa:Arrangement ; masa:coversArea area:exampleshire ;
        skos:prefLabel "Arrangements of Exampleshire"@en ;
        masa:ofPartnership <https://w3id.org/masagraph/id/partnership/exampleshire> .
    <https://w3id.org/masagraph/id/partnership/exampleshire> a masa:Partnership ;
        skos:prefLabel "Exampleshire Partnership"@en ."""
LEAFLET = f"""
    doc:leaflet a masa:SourceDocument ; dcterms:title "Leaflet"@en ;
        dcterms:license "none stated" ; masa:documentKind masa:CouncilPage ;
        masa:describes arrangement:exampleshire ; masa:extentHeld masa:Excerpt ;
        masa:inViewFrom "2024-03-15"^^xsd:date ; masa:dateBasis masa:Issued ;
        masa:sha256 "{"0" * 64}" ."""

WRONG = {
    "area-shipped-too": """
        arrangement:another a masa:Arrangement ; masa:coversArea area:sefton ;
            skos:prefLabel "Another one for Sefton"@en .""",
    "body-without-area": EXAMPLESHIRE
    + """
        <https://w3id.org/masagraph/id/body/the-north/forum> a masa:Body ;
            skos:prefLabel "Forum of the North"@en .""",
    "document-twice": EXAMPLESHIRE + LEAFLET,
    "name-in-correction": """
        holder:e01 a masa:Holder ; foaf:name "Ada O'Example" .
        correction:one a masa:Correction ; masa:correctsArea area:sefton ;
            masa:claimed "The chair is ada o'example."@en ; masa:changed "Nothing."@en ;
            masa:reasonForChange "The document names a post."@en ;
            masa:receivedOn "2026-11-24"^^xsd:date ; masa:claimStanding masa:ClaimDeclined ;
            masa:correctedOn "2026-12-01"^^xsd:date .""",
    "name-of-removed": """
        holder:e01 masa:nameRemovedOn "2026-12-01"^^xsd:date .""",
    "name-outside-people": """
        holder:e01 a masa:Holder ; foaf:name "Ada O'Example" .""",
    "area-twice": """
        area:sefton-again a masa:SafeguardingArea ; skos:prefLabel "Sefton"@en ;
            skos:notation "sefton" ; masa:gssCode "E08999999" .""",
    "code-of-two": """
        area:exampleshire a masa:SafeguardingArea ; skos:prefLabel "Exampleshire"@en ;
            skos:notation "exampleshire" ; masa:gssCode "E08999999" ;
            masa:hasCode [ masa:gss "E08000014" ; masa:validUntil "2020-01-01"^^xsd:date ] ,
                [ masa:gss "E08999999" ; masa:validFrom "2020-01-01"^^xsd:date ] .""",
    "two-codes-on-a-day": """
        area:sefton masa:hasCode
            [ masa:gss "E08999999" ; masa:validUntil "2024-01-01"^^xsd:date ] .""",
    "circle-of-successors": f"""
        organisation:one-board {BOARD} ;
            masa:validUntil "2024-04-01"^^xsd:date ; masa:succeededBy organisation:two-board .
        organisation:two-board {OTHER} ;
            masa:validUntil "2026-04-01"^^xsd:date ; masa:succeededBy organisation:one-board .""",
    "successor-not-there": f"""
        organisation:one-board {BOARD} ;
            masa:validUntil "2024-04-01"^^xsd:date ; masa:succeededBy organisation:two-board .
        organisation:two-board {OTHER} ; masa:validFrom "2026-04-01"^^xsd:date .""",
}


BESIDE = {
    "document-twice": LEAFLET,
    "name-of-removed": """holder:e01 a masa:Holder ; foaf:name "Ada O'Example" .""",
}
"""What stands in a second file, where one file alone would not do."""


@pytest.mark.parametrize("query", [pytest.param(path, id=path.stem) for path in QUERIES])
def test_each_check_finds_what_it_is_for(query: Path, resources: Resources, tmp_path: Path) -> None:
    file = tmp_path / "register" / "more.ttl"
    file.parent.mkdir()
    file.write_text(PREFIXES + WRONG[query.stem], encoding="utf-8")
    if query.stem in BESIDE:
        file = tmp_path / "register" / "then.ttl"
        file.write_text(PREFIXES + BESIDE[query.stem], encoding="utf-8")
    with pytest.raises(DataError) as caught:
        assemble(resources, [tmp_path])
    line = caught.value.line()
    message = message_of(query, query.read_text(encoding="utf-8"))
    assert message.partition(" ($other)")[0] in line
    assert str(file) in line or "register/areas.ttl" in line
    assert "$other" not in line
    assert "\n" not in line


def test_a_query_without_a_message_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "silent.rq"
    with pytest.raises(DataError, match="no message"):
        message_of(path, "SELECT ?focus { ?focus a ?kind }")
