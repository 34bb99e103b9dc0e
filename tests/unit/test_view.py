"""What is in view of an arrangement on a date: which documents, and which of their facts."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from masagraph.assessment.names import Area
from masagraph.assessment.view import View, build_view, documents_in_view
from masagraph.errors import UnknownName
from masagraph.vocab import ID, MASA, PREFIXES

if TYPE_CHECKING:
    from tests.conftest import Document, Exampleshire

TYPE = ox.NamedNode(f"{PREFIXES['rdf']}type")
IN_VIEW = ox.NamedNode(MASA.ArrangementInView)


def ids(view: View) -> list[str]:
    return [document.id for document in view.documents]


def says_something_of(view: View, name: str) -> bool:
    """Whether anything is in view of a thing, named as below ``id/``."""
    return (
        next(view.store.quads_for_pattern(ox.NamedNode(f"{ID}{name}"), None, None), None)
        is not None
    )


def fillers(view: View, slot: str) -> set[str]:
    """Who fills a slot in view, by the end of the name."""
    node = ox.NamedNode(f"{ID}slot/exampleshire/{slot}")
    quads = view.store.quads_for_pattern(node, ox.NamedNode(MASA.filledBy), None)
    return {quad.object.value.rsplit("/", 1)[1] for quad in quads}


def test_before_every_document_nothing_is_in_view(exampleshire: Exampleshire) -> None:
    document = exampleshire.document(exampleshire.leads(), since="2024-03-15")
    view = exampleshire.view("2024-03-14", document)
    assert view.documents == ()
    assert not says_something_of(view, "appointment/exampleshire/lead-police")
    assert not list(view.store.quads_for_pattern(None, TYPE, IN_VIEW))


def test_from_its_first_day_a_document_is_in_view(exampleshire: Exampleshire) -> None:
    document = exampleshire.document(exampleshire.leads(), since="2024-03-15")
    view = exampleshire.view("2024-03-15", document)
    assert ids(view) == ["example"]
    assert says_something_of(view, "appointment/exampleshire/lead-police")
    focus = {quad.subject.value for quad in view.store.quads_for_pattern(None, TYPE, IN_VIEW)}
    assert focus == {view.focus} == {f"{ID}arrangement/exampleshire"}


def test_a_document_is_described_as_it_is(exampleshire: Exampleshire) -> None:
    document = exampleshire.document(
        name="page",
        kind="CouncilPage",
        extent="WholeText",
        claims="wt2018",
        since="2021-05-06",
        more="dcterms:source <https://example.org/page> ; masa:claimsEdition edition:wt2023 ;",
    )
    (found,) = exampleshire.view("2024-01-01", document).documents
    assert (found.id, found.kind, found.extent_held) == ("page", "CouncilPage", "WholeText")
    assert (found.in_view_from, found.date_basis) == (date(2021, 5, 6), "Issued")
    assert (found.url, found.claims) == ("https://example.org/page", ("wt2018", "wt2023"))


def test_an_area_of_which_nothing_is_described(exampleshire: Exampleshire) -> None:
    area = Area(f"{ID}area/kent", "kent", "E10000016", "Kent", None, has_document=False)
    view = build_view(exampleshire.store(), area, date(2026, 11, 22))
    assert (view.focus, view.documents) == (area.iri, ())


def two_documents(
    exampleshire: Exampleshire, *, old: str, new: str, slot: str = "police", role: str = ""
) -> tuple[Document, Document]:
    """An older document with a lead for the police, and a newer one with another seat."""
    chosen = {"role": role} if role else {}
    older = exampleshire.document(
        "slot:police masa:filledBy organisation:exampleshire-police .",
        exampleshire.seat("former", of="old"),
        exampleshire.statement("on-both", of="old",
                               more="masa:evidences appointment:former , slot:police ;"),
        exampleshire.statement("on-a-duty", of="old", wholly=["wt2018-yearly-report"]),
        name="old", since=old, claims="wt2018",
    )  # fmt: skip
    newer = exampleshire.document(
        f"slot:{slot} masa:filledBy organisation:exampleshire-icb .",
        exampleshire.seat("present", of="new", slot=slot, **chosen),
        name="new", since=new,
    )  # fmt: skip
    return older, newer


@pytest.mark.parametrize(
    ("old", "new", "kept"),
    [
        pytest.param("2022-03-15", "2024-03-15", False, id="two years"),
        pytest.param("2023-03-14", "2024-03-15", False, id="a year and a day"),
        pytest.param("2023-03-15", "2024-03-15", True, id="a year"),
        pytest.param("2023-10-01", "2024-03-15", True, id="months"),
        pytest.param("2024-03-15", "2024-03-15", True, id="the same day"),
    ],
)
def test_a_newer_document_makes_older_seats_history(
    exampleshire: Exampleshire, old: str, new: str, kept: bool
) -> None:
    """Within twelve months both may be true: documents of one time are read together."""
    view = exampleshire.view("2024-12-01", *two_documents(exampleshire, old=old, new=new))
    assert ids(view) == ["old", "new"] if old != new else ["new", "old"]
    assert says_something_of(view, "appointment/exampleshire/former") is kept
    assert says_something_of(view, "statement/exampleshire/shows-former") is kept
    assert fillers(view, "police") == {"exampleshire-icb"} | (
        {"exampleshire-police"} if kept else set()
    )
    assert says_something_of(view, "appointment/exampleshire/present")
    assert says_something_of(view, "statement/exampleshire/shows-present")


def test_what_an_older_document_shows_besides_stays_in_view(exampleshire: Exampleshire) -> None:
    """Only words that show nothing but what is history go with it."""
    documents = two_documents(exampleshire, old="2022-03-15", new="2024-03-15")
    view = exampleshire.view("2024-12-01", *documents)
    assert says_something_of(view, "statement/exampleshire/on-a-duty")
    assert says_something_of(view, "post/exampleshire/former")


def test_words_on_a_duty_outlive_the_seat_that_they_show_too(exampleshire: Exampleshire) -> None:
    """The seat has become history, and not what the same words say of a duty."""
    older = exampleshire.document(
        exampleshire.seat("former", of="old"),
        exampleshire.statement("signs-off", of="old", wholly=["wt2018-yearly-report"],
                               more="masa:evidences appointment:former ;"),
        name="old", since="2022-03-15", claims="wt2018",
    )  # fmt: skip
    newer = exampleshire.document(
        exampleshire.seat("present", of="new"), name="new", since="2024-03-15"
    )
    view = exampleshire.view("2024-12-01", older, newer)
    said = ox.NamedNode(f"{ID}statement/exampleshire/signs-off")
    assert not says_something_of(view, "appointment/exampleshire/former")
    assert list(view.store.quads_for_pattern(said, ox.NamedNode(MASA.bearsOn), None))
    assert not list(view.store.quads_for_pattern(said, ox.NamedNode(MASA.evidences), None))


@pytest.mark.parametrize(
    ("slot", "role"),
    [
        pytest.param("health", "", id="another slot"),
        pytest.param("police", "DelegatedSafeguardingPartner", id="another role"),
    ],
)
def test_a_seat_of_another_slot_or_role_makes_nothing_history(
    exampleshire: Exampleshire, slot: str, role: str
) -> None:
    documents = two_documents(
        exampleshire, old="2022-03-15", new="2024-03-15", slot=slot, role=role
    )
    view = exampleshire.view("2024-12-01", *documents)
    assert says_something_of(view, "appointment/exampleshire/former")
    assert says_something_of(view, "statement/exampleshire/shows-former")


def test_on_a_date_before_the_newer_document_nothing_is_history(exampleshire: Exampleshire) -> None:
    documents = two_documents(exampleshire, old="2022-03-15", new="2024-03-15")
    view = exampleshire.view("2024-03-14", *documents)
    assert ids(view) == ["old"]
    assert says_something_of(view, "appointment/exampleshire/former")
    assert not says_something_of(view, "appointment/exampleshire/present")


def test_a_superseded_document_is_left_out_from_then_on(exampleshire: Exampleshire) -> None:
    old = exampleshire.document(name="old", since="2024-01-10")
    new = exampleshire.document(name="new", since="2024-03-15", more="masa:supersedes doc:old ;")
    assert ids(exampleshire.view("2024-03-14", old, new)) == ["old"]
    assert ids(exampleshire.view("2024-03-15", old, new)) == ["new"]


def test_only_the_documents_named_are_read(exampleshire: Exampleshire) -> None:
    documents = two_documents(exampleshire, old="2022-03-15", new="2024-03-15")
    view = exampleshire.view("2024-12-01", *documents, only=["old"])
    assert ids(view) == ["old"]
    assert says_something_of(view, "appointment/exampleshire/former")
    assert not says_something_of(view, "appointment/exampleshire/present")
    assert ids(exampleshire.view("2024-12-01", *documents, only=["new", "old"])) == ["old", "new"]


@pytest.mark.parametrize(
    ("as_at", "name", "told"),
    [
        pytest.param("2024-12-01", "absent", "In view: new, old.", id="unknown"),
        pytest.param("2024-01-01", "new", "In view: old.", id="not yet in view"),
        pytest.param("2020-01-01", "old", "In view: none.", id="none in view"),
    ],
)
def test_a_document_that_is_not_in_view_cannot_be_chosen(
    exampleshire: Exampleshire, as_at: str, name: str, told: str
) -> None:
    documents = two_documents(exampleshire, old="2022-03-15", new="2024-03-15")
    with pytest.raises(UnknownName, match=f'no document "{name}" of Exampleshire') as caught:
        exampleshire.view(as_at, *documents, only=[name])
    assert caught.value.mend == told


def test_the_documents_can_be_listed_without_a_view(exampleshire: Exampleshire) -> None:
    store = exampleshire.store(*two_documents(exampleshire, old="2022-03-15", new="2024-03-15"))
    found = documents_in_view(store, exampleshire.area, date(2023, 1, 1))
    assert [document.id for document in found] == ["old"]


def test_a_view_leaves_the_store_as_it_was(exampleshire: Exampleshire) -> None:
    store = exampleshire.store(exampleshire.document(exampleshire.leads()))
    before = {name: list(store.graph(name)) for name in store.graphs()}
    build_view(store, exampleshire.area, date(2024, 12, 1))
    assert {name: list(store.graph(name)) for name in store.graphs()} == before


def test_another_area_is_not_in_view(exampleshire: Exampleshire) -> None:
    other = exampleshire.document(
        exampleshire.statement("elsewhere", of="other", wholly=["wt2023-lsp-sign-off"])
        .replace("arrangement:exampleshire", "arrangement:sampleton"),
        name="other",
    )  # fmt: skip
    elsewhere = type(other)(
        "other", other.text.replace("arrangement:exampleshire", "arrangement:sampleton")
    )
    view = exampleshire.view("2024-12-01", exampleshire.document(), elsewhere)
    assert ids(view) == ["example"]
    assert not says_something_of(view, "statement/exampleshire/elsewhere")
