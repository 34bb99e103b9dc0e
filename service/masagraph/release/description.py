"""What a release is, as RDF: DCAT 3 for its files, VoID for the dataset, PROV for how it was made.

Addresses of files are relative: they stand beside this description, wherever that is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from masagraph import __version__
from masagraph.assessment.names import lookup
from masagraph.release.content import DESCRIPTION, EARLIER, Entry, Listed
from masagraph.release.contents import describe_contents, version_of
from masagraph.release.graphs import NQUADS, TURTLE
from masagraph.store.opened import Opened
from masagraph.store.protocol import text_of
from masagraph.vocab import DATASET, ID, PREFIXES

BASE = "release://files/"
"""Stands for where a release lies while its description is made; it is never written.

Of a scheme of its own: names with the same scheme would be written without theirs."""

_VOCABULARIES = {
    **PREFIXES,
    "dcat": "http://www.w3.org/ns/dcat#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "owl": "http://www.w3.org/2002/07/owl#",
    "spdx": "http://spdx.org/rdf/terms#",
    "vann": "http://purl.org/vocab/vann/",
    "void": "http://rdfs.org/ns/void#",
}
_MEDIA = "https://www.iana.org/assignments/media-types/"


def describe_release(
    opened: Opened, files: Sequence[Listed], licence: str, shapes_version: str
) -> Entry:
    """Return the description of a release.

    Args:
        opened: the store.
        files: the files that were written.
        licence: the licence of the dataset as a whole, an IRI.
        shapes_version: the version of the shapes and rules.
    """
    release = version_of(opened.data_version)
    triples = {
        *describe_contents(opened),
        *_release(opened, release, licence),
        *_made(opened, release, shapes_version),
        *(t for file in files if file.licence for t in _distribution(release, file)),
    }
    content = ox.serialize(
        sorted(triples, key=str), format=ox.RdfFormat.TURTLE, prefixes=_VOCABULARIES, base_iri=BASE
    )
    lines = (content or b"").splitlines(keepends=True)
    heads = sorted(line for line in lines if line.startswith(b"@prefix "))
    body = [line for line in lines if not line.startswith((b"@prefix ", b"@base "))]
    title = "What this release is, as DCAT, VoID and PROV"
    return Entry(DESCRIPTION, b"".join([*heads, *body]), title, TURTLE, licence)


@dataclass(frozen=True, slots=True)
class _Thing:
    """Something to say several things of."""

    node: ox.NamedNode

    def says(self, name: str, *values: ox.NamedNode | ox.Literal) -> Iterator[ox.Triple]:
        """Yield one triple a value, with a property by its short name."""
        for value in values:
            yield ox.Triple(self.node, _term(name), value)


def _term(name: str) -> ox.NamedNode:
    prefix, _, local = name.partition(":")
    return ox.NamedNode(_VOCABULARIES[prefix] + local)


def _text(text: str) -> ox.Literal:
    return ox.Literal(text, language="en")


def _typed(text: str, kind: str) -> ox.Literal:
    return ox.Literal(text, datatype=_term(f"xsd:{kind}"))


def _release(opened: Opened, release: ox.NamedNode, licence: str) -> Iterator[ox.Triple]:
    series = _Thing(ox.NamedNode(f"{DATASET}/releases"))
    yield from series.says("rdf:type", _term("dcat:DatasetSeries"))
    yield from series.says("dcterms:title", _text("Releases of masagraph, by the date of the data"))
    thing, day = _Thing(release), _typed(opened.data_date.isoformat(), "date")
    yield from thing.says("rdf:type", _term("dcat:Dataset"), _term("prov:Entity"))
    yield from thing.says("dcat:inSeries", series.node)
    yield from thing.says("dcterms:title", _text(f"masagraph, release {opened.data_version}"))
    yield from thing.says("dcterms:issued", day)
    yield from thing.says("dcterms:license", ox.NamedNode(licence))
    # Findings of earlier days lie beside the dataset, and have their own dump.
    yield from _Thing(ox.NamedNode(f"{DATASET}/earlier-assessments")).says(
        "void:dataDump", ox.NamedNode(BASE + EARLIER)
    )


def _made(opened: Opened, release: ox.NamedNode, shapes_version: str) -> Iterator[ox.Triple]:
    """Yield from what, and by which version of the program, the release was made."""
    export = _Thing(ox.NamedNode(f"{release.value}/export"))
    program = _Thing(ox.NamedNode(f"{ID}software/{__version__}"))
    yield from _Thing(release).says("prov:wasGeneratedBy", export.node)
    yield from export.says("rdf:type", _term("prov:Activity"))
    yield from export.says("prov:wasAssociatedWith", program.node)
    yield from program.says("rdf:type", _term("prov:SoftwareAgent"))
    yield from program.says("schema:softwareVersion", ox.Literal(__version__))
    yield from program.says("masa:shapesVersion", ox.Literal(shapes_version))
    yield from program.says("prov:specializationOf", ox.NamedNode(ID + "software"))
    for row in lookup(opened.store, "texts-read"):
        read = _Thing(ox.NamedNode(text_of(row["document"])))
        yield from export.says("prov:used", read.node)
        yield from _Thing(release).says("prov:wasDerivedFrom", read.node)
        yield from read.says("rdf:type", _term("prov:Entity"))
        yield from _checksum(read, text_of(row["sha256"]))


def _distribution(release: ox.NamedNode, file: Listed) -> Iterable[ox.Triple]:
    node = ox.NamedNode(BASE + file.path)
    thing = _Thing(node)
    yield from _Thing(release).says("dcat:distribution", node)
    yield from thing.says("rdf:type", _term("dcat:Distribution"))
    yield from thing.says("dcterms:title", _text(file.title))
    yield from thing.says("dcat:downloadURL", node)
    yield from thing.says("dcat:byteSize", _typed(str(file.size), "nonNegativeInteger"))
    yield from thing.says("dcat:mediaType", ox.NamedNode(_MEDIA + file.media_type))
    if file.compressed:
        yield from thing.says("dcat:compressFormat", ox.NamedNode(_MEDIA + "application/gzip"))
    yield from thing.says("dcterms:license", ox.NamedNode(file.licence))
    yield from _checksum(thing, file.sha256)
    if file.media_type == NQUADS and file.path != EARLIER:
        yield from _Thing(ox.NamedNode(DATASET)).says("void:dataDump", node)


def _checksum(thing: _Thing, sha256: str) -> Iterator[ox.Triple]:
    checksum = _Thing(ox.NamedNode(f"{thing.node.value}#sha256"))
    yield from thing.says("spdx:checksum", checksum.node)
    yield from checksum.says("rdf:type", _term("spdx:Checksum"))
    yield from checksum.says("spdx:algorithm", _term("spdx:checksumAlgorithm_sha256"))
    yield from checksum.says("spdx:checksumValue", _typed(sha256, "hexBinary"))
