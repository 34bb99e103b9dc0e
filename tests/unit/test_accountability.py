"""Who answers to whom in an invented area: cycles, loose ends, what newer documents overtake."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from masagraph.assessment.accountability import Accountability, accountability_of
from masagraph.assessment.bodies import find_body
from masagraph.assessment.body_shown import BodyShown
from masagraph.errors import UnknownName
from masagraph.report.accountable import area_as_json, body_as_json, body_in_lines_as_json

if TYPE_CHECKING:
    from tests.conftest import Document, Exampleshire

NAMED = ("forum", "team", "group", "panel", "unit", "office")


def bodies(*names: str, more: str = "") -> str:
    """Bodies of the partnership."""
    return "\n".join(
        f"""body:{name} a masa:Body ; skos:prefLabel "The {name}" ; {more}
            org:subOrganizationOf partnership:exampleshire ."""
        for name in names
    )


def line(start: str, end: str, kind: str = "AccountableTo", name: str = "") -> str:
    """A line between two bodies, with a statement that shows it."""
    name = name or f"{start}-{end}-{kind}".lower()
    return f"""
        line:{name} a masa:ReportingLine ;
            masa:inArrangement arrangement:exampleshire ;
            masa:reportingBody body:{start} ; masa:reportsToBody body:{end} ;
            masa:lineKind masa:{kind} .
    """


def seen(
    exampleshire: Exampleshire, *documents: Document, as_at: str = "2025-01-01"
) -> Accountability:
    store = exampleshire.store(*documents)
    return accountability_of(store, exampleshire.area, date.fromisoformat(as_at), "version")


def names(things: list[dict[str, str]]) -> list[str]:
    return [thing["name"] for thing in things]


def test_lines_have_the_words_that_show_them(exampleshire: Exampleshire) -> None:
    shown = exampleshire.statement("rule", more="masa:evidences line:one ;")
    document = exampleshire.document(bodies("forum", "team"), line("forum", "team", name="one"),
                                     shown)  # fmt: skip
    (found,) = area_as_json(seen(exampleshire, document))["lines"]
    assert (found["from"]["name"], found["kind"], found["to"]["name"]) == (
        "The forum", "AccountableTo", "The team",
    )  # fmt: skip
    (words,) = found["words"]
    assert (words["exact"], words["section"], words["document"]) == (
        "words on rule",
        "1",
        "example",
    )
    assert found["from"]["body"] == "exampleshire/forum"


def test_a_cycle_is_named_and_has_no_top(exampleshire: Exampleshire) -> None:
    lines = (line("forum", "team"), line("team", "group"), line("group", "forum"),
             line("panel", "forum"))  # fmt: skip
    found = area_as_json(seen(exampleshire, exampleshire.document(bodies(*NAMED), *lines)))
    assert [names(cycle) for cycle in found["cycles"]] == [["The forum", "The team", "The group"]]
    assert found["tops"] == []
    (panel,) = [body for body in found["bodies"] if body["body"] == "exampleshire/panel"]
    (way,) = panel["ways_up"]
    assert way["ends_in"] == "cycle"
    assert way["top"] is None
    assert names(way["steps"]) == ["The panel", "The forum", "The team", "The group"]
    assert [iri.rsplit("/", 1)[-1] for iri in way["lines"]] == [
        "panel-forum-accountableto", "forum-team-accountableto", "team-group-accountableto",
        "group-forum-accountableto",
    ]  # fmt: skip


def test_reports_and_links_are_not_followed(exampleshire: Exampleshire) -> None:
    lines = (line("forum", "team"), line("team", "office", "ReportsTo"),
             line("team", "unit", "LinkedTo"))  # fmt: skip
    found = area_as_json(seen(exampleshire, exampleshire.document(bodies(*NAMED), *lines)))
    assert names(found["tops"]) == ["The team"]
    assert found["counts"] == {
        "bodies": 6, "bodies_that_answer_to_another": 1, "lines": 3, "lines_of_accountability": 1,
    }  # fmt: skip


def test_loose_ends_are_named_with_the_reason(exampleshire: Exampleshire) -> None:
    lines = (line("forum", "team"), line("group", "panel", "ReportsTo"))
    found = area_as_json(seen(exampleshire, exampleshire.document(bodies(*NAMED), *lines)))
    assert {(end["name"], end["reason"]) for end in found["loose_ends"]} == {
        ("The group", "NoMasterStated"), ("The panel", "OnlyReceives"),
        ("The unit", "NoLine"), ("The office", "NoLine"),
    }  # fmt: skip
    assert all(end["why"] and end["within_partnership"] for end in found["loose_ends"])


def test_who_answers_to_a_body_that_has_ended_is_a_loose_end(exampleshire: Exampleshire) -> None:
    ended = bodies("team", more='masa:validUntil "2024-12-31"^^xsd:date ;')
    document = exampleshire.document(bodies("forum"), ended, line("forum", "team"))
    (loose,) = area_as_json(seen(exampleshire, document))["loose_ends"]
    assert (loose["name"], loose["reason"]) == ("The forum", "AnswersToEnded")
    before = area_as_json(seen(exampleshire, document, as_at="2024-12-30"))
    assert before["loose_ends"] == []


def test_a_document_counts_from_its_day_on(exampleshire: Exampleshire) -> None:
    document = exampleshire.document(bodies("forum", "team"), line("forum", "team"))
    assert len(seen(exampleshire, document, as_at="2024-03-15").lines) == 1
    before = seen(exampleshire, document, as_at="2024-03-14")
    assert before.lines == ()
    assert before.documents == ()


@pytest.mark.parametrize(
    ("since", "kept"), [("2025-04-01", ["new"]), ("2025-02-01", ["new", "old"])]
)
def test_lines_of_a_newer_document_overtake_those_of_one_a_year_older(
    exampleshire: Exampleshire, since: str, kept: list[str]
) -> None:
    old = exampleshire.document(
        bodies("forum", "team", "group"), line("forum", "team", name="old"),
        line("group", "team", name="other"),
    )  # fmt: skip
    new = exampleshire.document(line("forum", "group", name="new"), name="newer", since=since)
    found = seen(exampleshire, old, new, as_at="2026-01-01").lines
    assert sorted(each.line.rsplit("/", 1)[-1] for each in found) == sorted([*kept, "other"])


def chair(name: str, body: str, post: str) -> str:
    return f"""
        post:{post} a org:Post ; skos:prefLabel "Holder of {post}" .
        appointment:{name} a masa:Appointment ;
            org:organization body:{body} ; org:member post:{post} ; org:role masa:Chair ;
            masa:inArrangement arrangement:exampleshire ;
            masa:holderStatus masa:PostOnly ; masa:roleMapping masa:StatedRole .
    """


def test_chairs_members_and_meetings_of_a_body(exampleshire: Exampleshire) -> None:
    meets = """
        <x:schedule> a masa:MeetingSchedule ; masa:inArrangement arrangement:exampleshire ;
            masa:scheduleOf body:forum ; masa:frequency "monthly" .
    """
    document = exampleshire.document(bodies("forum"), chair("a", "forum", "nurse"), meets)
    store = exampleshire.store(document)
    within = accountability_of(store, exampleshire.area, date(2025, 1, 1), "version")
    (body,) = within.bodies
    shown = body_as_json(BodyShown(within, body, ()))
    assert [each["post"]["name"] for each in shown["chairs"]] == ["Holder of nurse"]
    assert [each["role"] for each in shown["members"]] == ["Chair"]
    assert [each["frequency"] for each in shown["meetings"]] == ["monthly"]


def test_a_newer_rotation_ends_an_older_chair(exampleshire: Exampleshire) -> None:
    old = exampleshire.document(bodies("forum"), chair("a", "forum", "nurse"))
    rotation = """
        <x:rotation> a masa:RotationRule ; masa:inArrangement arrangement:exampleshire ;
            masa:rotationOf body:forum .
    """
    new = exampleshire.document(rotation, name="newer", since="2025-06-01")
    (body,) = area_as_json(seen(exampleshire, old, new, as_at="2026-01-01"))["bodies"]
    assert body["chairs"] == []
    assert len(body["chair_rotates"]) == 1
    (then,) = area_as_json(seen(exampleshire, old, new, as_at="2025-01-01"))["bodies"]
    assert len(then["chairs"]) == 1
    assert then["chair_rotates"] == []


def test_seats_of_every_slot_are_told_the_empty_ones_too(exampleshire: Exampleshire) -> None:
    document = exampleshire.document(exampleshire.seat("lead-police"))
    found = area_as_json(seen(exampleshire, document))["seats"]
    assert [(slot["partner"], len(slot["leads"]), len(slot["delegates"])) for slot in found] == [
        ("local authority", 0, 0), ("health", 0, 0), ("police", 1, 0),
    ]  # fmt: skip
    (seat,) = found[2]["leads"]
    assert seat["post"]["name"] == "Holder of lead-police"
    assert [each["name"] for each in seat["organisations"]] == ["Exampleshire Police"]
    assert seat["words"]


def test_a_body_in_a_cycle_answers_to_itself_in_the_end(exampleshire: Exampleshire) -> None:
    lines = (line("forum", "team"), line("team", "forum"), line("group", "forum"))
    within = seen(exampleshire, exampleshire.document(bodies(*NAMED), *lines))
    (forum,) = [body for body in within.bodies if body.body == "exampleshire/forum"]
    found = body_in_lines_as_json(BodyShown(within, forum, ()))
    assert names(found["answers_to"]) == ["The team"]
    assert found["tops"] == []
    assert [names(cycle) for cycle in found["cycles"]] == [["The forum", "The team"]]
    assert sorted(names(found["answered_to_by"])) == ["The group", "The team"]
    assert len(found["lines"]) == 3
    assert found["loose_end"] is None


def test_the_nearest_body_is_named(exampleshire: Exampleshire) -> None:
    document = exampleshire.document(
        'area:exampleshire masa:gssCode "E10000099" .', bodies("forum", "practice-group")
    )
    store = exampleshire.store(document)
    with pytest.raises(UnknownName, match="Did you mean practice-group"):
        find_body(store, "exampleshire", "practise-group")
    area, body = find_body(store, "exampleshire", "forum")
    assert (area.slug, body.name) == ("exampleshire", "The forum")
