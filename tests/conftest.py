"""What every test may ask for: the real dataset, a store built from it, and an invented area.

The build takes a minute where no earlier assessments are kept, so workers of pytest-xdist share
one. Shape and engine tests do not need it: they put documents of the invented area of Exampleshire
beside the real law (`exampleshire`), and no name of a real person or place stands in them.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

import pyoxigraph as ox
import pytest
from browsing import _tabs, browser, look, site, visit
from filelock import FileLock
from rdflib import Graph
from steady import Steady

from masagraph.assessment.assess import add_assertions
from masagraph.assessment.engine import INTEGRITY
from masagraph.assessment.findings import Finding, read_findings
from masagraph.assessment.names import Area, Edition, list_areas, list_editions
from masagraph.assessment.publish import build
from masagraph.assessment.view import View, build_view
from masagraph.dataset.assemble import Assembled, assemble
from masagraph.dataset.files import RdfFile, read_file, read_shipped
from masagraph.questions.as_rdf import questions_graph
from masagraph.resources import Resources, find_resources
from masagraph.settings import Settings
from masagraph.store.embedded import EmbeddedStore
from masagraph.store.opened import Opened, open_store
from masagraph.store.workers.live import Live
from masagraph.vocab import GRAPH, ID, PREFIXES
from masagraph.web.app import open_live

__all__ = ["_tabs", "browser", "look", "site", "visit"]

TESTS = Path(__file__).parent

HEADER = "".join(
    f"@prefix {prefix}: <{namespace}> .\n"
    for prefix, namespace in (
        *PREFIXES.items(),
        ("appointment", f"{ID}appointment/exampleshire/"),
        ("body", f"{ID}body/exampleshire/"),
        ("line", f"{ID}line/exampleshire/"),
        ("partnership", f"{ID}partnership/"),
        ("post", f"{ID}post/exampleshire/"),
        ("slot", f"{ID}slot/exampleshire/"),
        ("statement", f"{ID}statement/exampleshire/"),
    )
)
"""The prefixes of every Turtle text that a test writes."""


def pytest_collection_finish() -> None:
    """Look through what modules and tests are made of for cycles no more: it stays to the end.

    pySHACL and rdflib make millions of small objects, each few hundred of which would have all
    the others looked through again: a fifth of the time of the tests of shapes.
    """
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


@pytest.fixture(scope="session")
def resources() -> Resources:
    """The RDF folders of the checkout."""
    return find_resources()


@pytest.fixture(scope="session")
def assembled(resources: Resources) -> Assembled:
    """The whole dataset in memory, without assessments. Never write to it."""
    return assemble(resources)


@pytest.fixture(scope="session")
def store(assembled: Assembled) -> EmbeddedStore:
    """A store over the dataset in memory, without assessments."""
    return EmbeddedStore(assembled.store)


@pytest.fixture(scope="session")
def areas(store: EmbeddedStore) -> list[Area]:
    """Every area of the register."""
    return list_areas(store)


@pytest.fixture(scope="session")
def shared_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for what all workers of one run share."""
    base = tmp_path_factory.getbasetemp()
    # Alone, the parent folder is shared with earlier runs; with xdist, with the other workers.
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


@pytest.fixture(scope="session")
def store_folder(resources: Resources, shared_folder: Path) -> Path:
    """The folder of a real store, built once for all workers. Never build into it again."""
    folder = shared_folder / "masagraph-store"
    with FileLock(shared_folder / "masagraph-store.lock"):
        if not (folder / "current.json").is_file():
            # An assessment that an earlier run has made is the same: its name is the hash of
            # all that it follows from.
            kept = resources.root / ".masagraph" / "kept"
            build(resources, folder, kept_in=kept, beside=questions_graph)
    return folder


@pytest.fixture(scope="session")
def opened(store_folder: Path) -> Opened:
    """The real store, open for reading, with assessments."""
    return open_store(store_folder)


@pytest.fixture(scope="session")
def live(store_folder: Path) -> Iterator[Live]:
    """Workers over the real store, for every service of this process that changes no limit of
    theirs: to start them takes seconds.
    """
    made = open_live(Settings(store=store_folder))
    yield made
    made.close()


@dataclass(frozen=True)
class Document:
    """A document of the invented area: its id, and all that is said in its file."""

    name: str
    text: str


class Exampleshire:
    """An invented area beside the real law: write its documents, see what is found in them."""

    area = Area(
        iri=f"{ID}area/exampleshire",
        slug="exampleshire",
        gss="E10000099",
        label="Exampleshire",
        arrangement=f"{ID}arrangement/exampleshire",
        has_document=True,
    )

    def __init__(self, law: Iterable[RdfFile]) -> None:
        self._ground, self._engine = ox.Store(), Steady()
        for file in law:
            # What data and shapes must keep is asked of no arrangement.
            if not file.graph.startswith(INTEGRITY):
                self._ground.extend(file.quads())

    def document(
        self,
        *parts: str,
        name: str = "example",
        kind: str = "PublishedArrangement",
        extent: str = "Excerpt",
        since: str = "2024-03-15",
        claims: str | None = "wt2023",
        more: str = "",
    ) -> Document:
        """A document with its statements and seats.

        Args:
            parts: what :meth:`statement` and :meth:`seat` return, or other Turtle.
            name: its id.
            kind: the local name of its kind.
            extent: the local name of how much of it is held.
            since: the day from which it counts.
            claims: the edition that it claims to follow, if any.
            more: further predicates and objects of the document, each ended with ``;``.
        """
        claimed = f"masa:claimsEdition edition:{claims} ;" if claims else ""
        head = f"""
            doc:{name} a masa:SourceDocument ;
                dcterms:title "Arrangements of Exampleshire, {since}"@en ;
                dcterms:license "none stated" ;
                masa:documentKind masa:{kind} ;
                masa:describes arrangement:exampleshire ;
                masa:inViewFrom "{since}"^^xsd:date ;
                masa:dateBasis masa:Issued ;
                {claimed} {more}
                masa:extentHeld masa:{extent} ;
                masa:sha256 "{"0" * 64}" .
        """
        return Document(name, "\n".join((HEADER, head, *parts)))

    def statement(
        self,
        name: str,
        *,
        of: str = "example",
        standing: str = "LocalArrangement",
        wholly: Collection[str] = (),
        partly: Collection[str] = (),
        more: str = "",
    ) -> str:
        """A statement with a quoted phrase.

        Args:
            name: the end of its IRI, and part of its phrase.
            of: the id of its document.
            standing: the local name of its standing.
            wholly: duties on which it bears, by slug.
            partly: duties on which it bears in part.
            more: further predicates and objects, each ended with ``;``.
        """
        bears = "".join(f"masa:bearsOn duty:{slug} ; " for slug in wholly)
        bears += "".join(f"masa:bearsPartlyOn duty:{slug} ; " for slug in partly)
        return f"""
            statement:{name} a masa:Statement ;
                oa:hasSource doc:{of} ;
                masa:section "1" ;
                oa:hasSelector [ a oa:TextQuoteSelector ; oa:exact "words on {name}"@en ] ;
                masa:about arrangement:exampleshire ;
                {bears} {more}
                masa:standing masa:{standing} .
        """

    def seat(
        self,
        name: str,
        *,
        of: str = "example",
        slot: str = "police",
        role: str = "LeadSafeguardingPartner",
        organisation: str = "exampleshire-police",
        status: str = "Named",
        head: bool = True,
    ) -> str:
        """A post appointed to a slot, and a local statement that shows it."""
        heads = "org:role org:Head ;" if head else ""
        return f"""
            post:{name} a org:Post ;
                skos:prefLabel "Holder of {name}"@en ;
                {heads}
                org:postIn organisation:{organisation} .

            appointment:{name} a masa:Appointment ;
                org:organization partnership:exampleshire ;
                org:member post:{name} ;
                org:role masa:{role} ;
                masa:forSlot slot:{slot} ;
                masa:inArrangement arrangement:exampleshire ;
                masa:holderStatus masa:{status} ;
                masa:roleMapping masa:StatedRole .
        """ + self.statement(f"shows-{name}", of=of, more=f"masa:evidences appointment:{name} ;")

    def leads(self, *, of: str = "example", **police: str) -> str:
        """A lead for each statutory partner; keywords change the seat of the police."""
        return "\n".join(
            (
                self.seat("lead-council", of=of, slot="local-authority",
                          organisation="exampleshire-council"),
                self.seat("lead-health", of=of, slot="health", organisation="exampleshire-icb"),
                self.seat("lead-police", of=of, **police),
            )
        )  # fmt: skip

    def store(self, *documents: Document) -> EmbeddedStore:
        """A store of the law, the area and some documents, each in a graph of its own."""
        held = ox.Store()
        held.bulk_extend(self._ground)
        for document in documents:
            graph = ox.NamedNode(f"{GRAPH}areas/exampleshire/{document.name}")
            for quad in ox.parse(document.text, format=ox.RdfFormat.TURTLE):
                held.add(ox.Quad(quad.subject, quad.predicate, quad.object, graph))
        return EmbeddedStore(held)

    def view(self, as_at: str, *documents: Document, only: Collection[str] | None = None) -> View:
        """What is in view of the area on a date."""
        return build_view(self.store(*documents), self.area, date.fromisoformat(as_at), only)

    @cached_property
    def editions(self) -> dict[str, Edition]:
        """The editions of the law, by their short names."""
        return {edition.id: edition for edition in list_editions(self.store())}

    def assess(
        self, view: View, edition: str = "wt2023", duties: Iterable[str] | None = None
    ) -> dict[str, Finding]:
        """Test a view, and return the findings by duty.

        Args:
            view: the view.
            edition: whose duties.
            duties: the only duties to test and to return, by slug: testing all takes seconds.
        """
        wanted = None if duties is None else tuple(duties)
        tested = None if wanted is None else [PREFIXES["duty"] + slug for slug in wanted]
        (graph,) = add_assertions(view, [self.editions[edition]], self._engine, tested)
        findings = read_findings(EmbeddedStore(view.store), graph)
        return {f.duty: f for f in findings if wanted is None or f.duty in wanted}

    def findings(
        self,
        as_at: str,
        *documents: Document,
        edition: str = "wt2023",
        duties: Iterable[str] | None = None,
    ) -> dict[str, Finding]:
        """Find what some documents show on a date; see :meth:`assess`."""
        return self.assess(self.view(as_at, *documents), edition, duties)


@pytest.fixture(scope="session")
def law(resources: Resources) -> list[RdfFile]:
    """The ontology, the law, the shapes, and the ground of the invented area."""
    wanted = tuple(f"{GRAPH}{name}/" for name in ("ontology", "shapes", "guidance"))
    ground = TESTS / "shapes" / "example-area.ttl"
    return [
        *(file for file in read_shipped(resources) if file.graph.startswith(wanted)),
        read_file(ground, f"{GRAPH}register/exampleshire"),
    ]


@pytest.fixture(scope="session")
def law_graph(law: list[RdfFile]) -> Graph:
    """The ontology, the duties and the shapes as one rdflib graph."""
    graph = Graph()
    for file in law:
        graph.parse(data=file.text, format="turtle")
    return graph


@pytest.fixture(scope="session")
def exampleshire(law: list[RdfFile]) -> Exampleshire:
    """The invented area beside the real law."""
    return Exampleshire(law)


@pytest.fixture(scope="session")
def as_document() -> type[Document]:
    """How a test that has a Turtle text of its own makes a document of it."""
    return Document
