"""Nonsense for a service: strategies of Hypothesis, from bare noise to what is nearly right."""

from __future__ import annotations

from urllib.parse import urlencode

from hypothesis import strategies as st

UGLY = (
    "\x00", "\x7f", "\ud7ff", "\ufeff", "\uffff", "🏫", "\u202e", "e\u0301", "\u2028", "\\",
    '"', "'", "%", "\r", "\n", "\t", "{{7*7}}", "${x}", "../", "<", ">", "&", ";", "#", "?",
)  # fmt: skip
texts = st.one_of(
    st.text(max_size=30),
    st.sampled_from(UGLY),
    st.lists(st.one_of(st.sampled_from(UGLY), st.text(max_size=3)), max_size=10).map("".join),
)
"""Text of any kind, and what has been trouble elsewhere."""

octets = st.one_of(st.binary(max_size=40), texts.map(lambda text: text.encode("utf-8", "replace")))

WORDS = (
    "SELECT", "ASK", "CONSTRUCT", "DESCRIBE", "WHERE", "FROM", "NAMED", "GRAPH", "OPTIONAL",
    "UNION", "MINUS", "FILTER", "EXISTS", "NOT", "BIND", "AS", "VALUES", "UNDEF", "SERVICE",
    "SILENT", "LATERAL", "ORDER", "BY", "GROUP", "HAVING", "LIMIT", "OFFSET", "DISTINCT", "REDUCED",
    "COUNT", "SUM", "MIN", "AVG", "SAMPLE", "GROUP_CONCAT", "SEPARATOR", "IF", "COALESCE", "REGEX",
    "REPLACE", "SUBSTR", "STRDT", "STRLANG", "IRI", "BNODE", "RAND", "NOW", "UUID", "MD5", "CONCAT",
    "PREFIX", "BASE", "INSERT", "DELETE", "DATA", "LOAD", "CLEAR", "TRUE", "FALSE", "IN", "a",
    "{", "}", "(", ")", "[", "]", "<<", ">>", "<<(", ")>>", ".", ";", ",", "*", "+", "-", "/", "|",
    "^", "!", "&&", "||", "=", "!=", "<", ">", "<=", "?x", "?y", "$z", "_:b", "area:kent",
    "masa:Duty", "skos:prefLabel", "x:y", ":", "<x:y>", "<", "<http://[>", '"text"', '"é"@en',
    '"1"^^xsd:integer', '"x"^^xsd:date', "'''", '"""', "1", "1.5", "1e400", "-0",
    "99999999999999999999", "\\u0022", "\\uD800", "\\U00110000", "#", "\n", "\r",
)  # fmt: skip
GOOD = (
    "SELECT ?x (COUNT(*) AS ?n) { ?x a ?y FILTER ( ?y != masa:Duty ) } GROUP BY ?x LIMIT 5",
    "ASK { area:kent a masa:SafeguardingArea }",
    "CONSTRUCT { ?x skos:prefLabel ?y } WHERE { ?x skos:prefLabel ?y } LIMIT 5",
    "DESCRIBE area:kent",
    "SELECT ?g { GRAPH ?g { area:kent (a|^a)+ ?y } OPTIONAL { ?y a ?z } } ORDER BY ?g LIMIT 5",
    'SELECT (REGEX("a", "(a*)*b") AS ?x) (STRDT("x", xsd:date) AS ?y) { VALUES ?z { 1 UNDEF } }',
)


@st.composite
def mutilated(draw: st.DrawFn, good: tuple[str, ...], words: tuple[str, ...]) -> str:
    """A good text with parts taken out, put in, doubled or exchanged."""
    text = draw(st.sampled_from(good))
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(text)))
        to = min(len(text), at + draw(st.integers(0, 6)))
        put = draw(st.one_of(st.just(""), st.sampled_from(words), texts, st.just(text[at:to] * 2)))
        text = text[:at] + put + text[to:]
    return text


queries = st.one_of(
    st.lists(st.sampled_from(WORDS), max_size=25).map(" ".join), mutilated(GOOD, WORDS), texts
)

NAMES = (
    "query", "default-graph-uri", "named-graph-uri", "format", "excel", "update", "area", "edition",
    "as_at", "document", "documents", "from", "to", "modality", "topic", "slug",
)  # fmt: skip
VALUES = (
    "json", "csv", "turtle", "html", "1", "true", "wt2023", "in-force", "sefton", "E08000014",
    "2024-06-01", "2024-02-30", "0000-00-00", "9999-12-31", "-1", "1900-01-01", "2024-06-01T",
    "٢٠٢٤-٠٦-٠١", "https://w3id.org/masagraph/graph/people", "sefton-council-2024",
)  # fmt: skip
pairs = st.tuples(
    st.one_of(st.sampled_from(NAMES), texts), st.one_of(st.sampled_from(VALUES), texts, queries)
)


def as_query(given: list[tuple[str, str]]) -> str:
    """Write parameters as they stand in an address or a form."""
    encoded = [(n.encode("utf-8", "replace"), v.encode("utf-8", "replace")) for n, v in given]
    return urlencode(encoded)


HEADERS = (
    "Accept", "Accept-Encoding", "Accept-Language", "Authorization", "Content-Type",
    "Content-Encoding", "Cookie", "Forwarded", "X-Forwarded-For", "X-Forwarded-Proto",
    "If-Match", "If-None-Match", "If-Modified-Since", "If-Range", "Link", "Origin", "Range",
    "Access-Control-Request-Method", "Access-Control-Request-Headers", "X-Request-ID",
    "X-HTTP-Method-Override", "Upgrade", "TE", "Prefer", "Referer", "User-Agent",
)  # fmt: skip
KINDS = (
    "application/sparql-query", "application/x-www-form-urlencoded", "text/turtle", "text/csv",
    "application/ld+json", "application/trig", "application/rdf+xml", "application/json",
    "text/html", "multipart/form-data; boundary=x", "application/sparql-update", "*/*",
    "text/*;q=0.5", "*", "bytes=0-1", "*/*;q=x", "Sun, 22 Nov 2026 10:00:00 GMT",
    "Sun, 99 Nov 99999999999 99:00:00 GMT", 'W/"x"', "gzip", "null", "websocket",
)  # fmt: skip
values_of_headers = st.one_of(
    st.sampled_from(KINDS).map(str.encode),
    octets.map(lambda value: bytes(byte for byte in value if byte not in b"\r\n\x00")),
)
headers = st.lists(st.tuples(st.sampled_from(HEADERS), values_of_headers), max_size=4)
"""Headers whose values may be those of another header, or noise without an end of line."""


TURTLE_WORDS = (
    "@prefix", "@base", "PREFIX", "BASE", "@version", "a", "x:a", ":", "<x:a>", "<", ">", "_:b",
    "[", "]", "(", ")", "<<", ">>", "<<(", ")>>", "{|", "|}", "{", "}", "GRAPH", ".", ";", ",",
    "1", "-", "1.", "1e400", '"', '"""', "'''", '"x"@en', '"x"@en--ltr', '"x"^^<x:d>', "true",
    "\\u0000", "\\uD800", "#", "\n", "@context", "@id", "@graph", ":", "null", "[{}]",
)  # fmt: skip
DRAFTS = (
    "@prefix masa: <https://w3id.org/masagraph/ns#> . <x:a> a masa:SourceDocument ; masa:describes "
    "<https://w3id.org/masagraph/id/arrangement/kent> ; masa:inViewFrom '2025-01-01' .",
    '{"@context": {"masa": "https://w3id.org/masagraph/ns#"}, "@id": "x:a", "@type": "masa:Body"}',
    "<x:g> { <x:a> <x:b> ( 1 2.5 true 'x'@en ) , [ <x:c> << <x:a> <x:b> 1 >> ] }",
)


drafts = mutilated(DRAFTS, TURTLE_WORDS)
"""Turtle, TriG and JSON-LD with something wrong in it."""
