"""A draft of an area that has published nothing: as a whole, and in its parts."""

from __future__ import annotations

PREFIXES = """\
@prefix masa: <https://w3id.org/masagraph/ns#> .
@prefix area: <https://w3id.org/masagraph/id/area/> .
@prefix arrangement: <https://w3id.org/masagraph/id/arrangement/> .
@prefix doc: <https://w3id.org/masagraph/id/document/> .
@prefix duty: <https://w3id.org/masagraph/id/duty/> .
@prefix edition: <https://w3id.org/masagraph/id/edition/> .
@prefix statement: <https://w3id.org/masagraph/id/statement/draft/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
FRAME = """
arrangement:kent a masa:Arrangement ;
    skos:prefLabel "Safeguarding arrangements for Kent"@en ;
    masa:coversArea area:kent .
"""
DOCUMENT = f"""
doc:kent-draft a masa:SourceDocument ;
    dcterms:title "A draft"@en ;
    dcterms:license "none stated" ;
    masa:documentKind masa:PublishedArrangement ;
    masa:describes arrangement:kent ;
    masa:inViewFrom "2027-01-15"^^xsd:date ;
    masa:dateBasis masa:Issued ;
    masa:claimsEdition edition:wt2023 ;
    masa:extentHeld masa:Excerpt ;
    masa:sha256 "{"0" * 64}" .
"""
STATEMENT = """
statement:voice a masa:Statement ;
    oa:hasSource doc:kent-draft ;
    masa:section "Voice"@en ;
    oa:hasSelector [ a oa:TextQuoteSelector ;
        oa:exact "Our youth board meets the partners in May and November"@en ] ;
    masa:about arrangement:kent ;
    masa:standing masa:LocalArrangement ;
    masa:bearsOn duty:wt2023-pub-voice ;
    masa:reviewStatus masa:Unreviewed .
"""
GOOD = PREFIXES + FRAME + DOCUMENT + STATEMENT
