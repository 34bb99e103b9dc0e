"""Posts are given to those whom the words name; what may be another's is left out, and told."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from masagraph.assessment.names import Area, find_area
from masagraph.dataset.assemble import Assembled
from masagraph.drafting.draft import Drafted, make_draft, tell_draft
from masagraph.resources import Resources
from masagraph.store.embedded import EmbeddedStore

OPENING = (
    "Safeguarding arrangements for children in Kent\n\n"
    "This page tells how the partners work together in Kent for all the children there.\n\n"
)
LEADS = OPENING + "The lead safeguarding partners in Kent are:\n\n"
Row = dict[str, object]


def rows_of(drafted: Drafted, table: str) -> list[Row]:
    kind = next(t.kind for t in drafted.filled.layout.tables if t.title == table)
    return [dict(row) for row in drafted.filled.rows[kind] if row.get("found")]


@pytest.fixture(scope="module")
def for_area(
    store: EmbeddedStore, areas: list[Area], assembled: Assembled, resources: Resources
) -> Callable[..., Drafted]:
    """Draft a workbook of a text for an area, or for several."""

    def made(text: str, *names: str) -> Drafted:
        chosen = [find_area(areas, name) for name in names or ("kent",)]
        day = assembled.data_date
        return make_draft(store, text.encode(), "page.txt", chosen, "wt2023", day, resources)

    return made


@pytest.mark.parametrize(
    ("item", "organisation"),
    [
        ("Police: Chief Constable, Kent Police", "Kent Police"),
        ("Local authority: Chief Executive, Kent County Council", "Kent County Council"),
        ("Health: Chief Executive of the integrated care board", None),
        ("Police: Chief Constable", None),
        ("Local authority: Chief Executive of the council", None),
        ("Police: Chief Constable, KENT POLICE", None),
    ],
)
def test_an_organisation_is_filled_in_only_where_it_is_named(
    for_area: Callable[..., Drafted], item: str, organisation: str | None
) -> None:
    (post,) = rows_of(for_area(f"{LEADS}- {item}"), "Posts")
    assert post["organisation"] == organisation
    assert bool(post["head"]) == bool(organisation)


def test_the_words_before_a_list_may_name_the_organisation(
    for_area: Callable[..., Drafted],
) -> None:
    text = (
        f"{OPENING}The lead safeguarding partners of Kent Police are:\n\n- Chief Constable, police"
    )
    (post,) = rows_of(for_area(text), "Posts")
    assert post["organisation"] == "Kent Police"


@pytest.mark.parametrize(
    "item",
    [
        "Police: Chief Constable, Warwickshire Police",
        "Local authority: Chief Executive, Medway Council",
        "Health: Chief Executive, NHS Coventry & Warwickshire Integrated Care Board",
    ],
)
def test_the_post_of_another_area_is_left_out_and_told(
    for_area: Callable[..., Drafted], item: str
) -> None:
    made = for_area(f"{LEADS}- {item}\n\n- Police: Chief Constable, Kent Police")
    assert [row["organisation"] for row in rows_of(made, "Posts")] == ["Kent Police"]
    assert len(rows_of(made, "Seats")) == 1
    assert "Posts: 1 left out, as it is that of another area." in tell_draft(made)


def test_a_post_of_both_an_own_organisation_and_another_is_kept(
    for_area: Callable[..., Drafted],
) -> None:
    item = "Police: Chief Constable, Kent Police, with Warwickshire Police"
    made = for_area(f"{LEADS}- {item}")
    assert len(rows_of(made, "Posts")) == 1
    assert "another area" not in tell_draft(made)


def test_each_area_of_a_joint_arrangement_is_an_own_one(for_area: Callable[..., Drafted]) -> None:
    made = for_area(f"{LEADS}- Local authority: Chief Executive, Medway Council", "kent", "medway")
    (post,) = rows_of(made, "Posts")
    assert post["organisation"] == "Medway Council"


def test_a_document_that_never_names_the_area_is_told_with_those_that_it_names(
    for_area: Callable[..., Drafted],
) -> None:
    text = LEADS.replace("Kent", "Warwickshire") + "- Police: Chief Constable, Warwickshire Police"
    made = for_area(text)
    assert not rows_of(made, "Posts")
    line = "The document never names Kent. It names Warwickshire:"
    assert line in tell_draft(made)


@pytest.mark.parametrize("place", ["this county", "kentish towns", "Kentford"])
def test_a_document_that_names_no_area_is_told_without(
    for_area: Callable[..., Drafted], place: str
) -> None:
    told = tell_draft(for_area(OPENING.replace("Kent", place)))
    assert "The document never names Kent.\n" in told


def test_a_document_that_names_the_area_has_no_warning(for_area: Callable[..., Drafted]) -> None:
    told = tell_draft(for_area(f"{LEADS}- Police: Chief Constable, Kent Police"))
    assert "never names" not in told
    assert "left out" not in told


def test_an_area_with_and_in_its_name_may_be_written_with_a_sign(
    for_area: Callable[..., Drafted],
) -> None:
    made = for_area(OPENING.replace("Kent", "Telford & Wrekin"), "telford-and-wrekin")
    assert "never names" not in tell_draft(made)


@pytest.mark.parametrize(
    ("item", "holder"),
    [
        ("Police: Quillon Vantreese, Chief Constable, Kent Police", "named"),
        ("Police: Chief Constable Grace Hope, Kent Police", "named"),
        ("Police: Chief Constable, Kent Police", "post only"),
        ("Police: Chief Constable, Kent Police, 01622 696677", "post only"),
        ("Police: Chief Constable, Kent Police, TBC", "to be confirmed"),
        ("Police: Chief Constable, Kent Police (vacant)", "vacant"),
        ("Police: Chief Constable, Kent Police, Vantreese", None),
    ],
)
def test_a_seat_is_post_only_where_no_name_is_seen(
    for_area: Callable[..., Drafted], item: str, holder: str | None
) -> None:
    (seat,) = rows_of(for_area(f"{LEADS}- {item}"), "Seats")
    assert seat["holder"] == holder


@pytest.mark.parametrize(
    ("item", "post"),
    [
        ("Council: Director of Children's Services Quillon Vantreese, Kent County Council",
         "Director of Children's Services"),
        ("Education: Director of Education Mark Brown", "Director of Education"),
        ("Council: Director of Early Help Grace Young, Kent County Council",
         "Director of Early Help"),
    ],
)  # fmt: skip
def test_a_post_ends_before_a_name(for_area: Callable[..., Drafted], item: str, post: str) -> None:
    (row,) = rows_of(for_area(f"{LEADS}- {item}"), "Posts")
    assert row["label"] == post


def test_what_may_hold_a_name_is_left_out_and_counted(for_area: Callable[..., Drafted]) -> None:
    text = (
        f"{LEADS}- Council: Director of Vantreese, Kent County Council\n\n"
        "The Quillon Vantreese Group reports to the Kent Executive Board.\n\n"
        "The Kent Rose Group reports to the Kent Executive Board.\n\n"
        "Relevant agencies in Kent are:\n\n"
        "- Quillon Vantreese, childminder\n\n- Kent Fire and Rescue Service"
    )
    made = for_area(text)
    assert not rows_of(made, "Posts")
    assert [row["label"] for row in rows_of(made, "Bodies")] == ["Kent Executive Board"]
    assert not rows_of(made, "Lines")
    (agency,) = rows_of(made, "Relevant agencies")
    assert agency["stated"] == "Kent Fire and Rescue Service"
    assert "4 left out, as they may name a person." in tell_draft(made)
