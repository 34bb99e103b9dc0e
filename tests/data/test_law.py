"""The law as held: every duty whole, every edition dated, every change and paragraph told."""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from datetime import date

import pytest

from masagraph.store.embedded import EmbeddedStore
from masagraph.store.opened import Opened
from masagraph.store.protocol import select, text_of
from masagraph.vocab import local_name

DUTIES = {
    "wt2018": 42,
    "wt2023": 72,
    "wt2026": 4,
    "ca2004": 18,
    "regs2018": 6,
    "ea2002": 1,
    "cwsa2026": 5,
}
SLUGS = "ea9f0baea2b0f970"
"""Start of the SHA-256 of all slugs, sorted, one to a line: others cite duties by them."""

ONCE = (
    "masa:modality",
    "masa:deontic",
    "masa:topic",
    "masa:edition",
    "masa:severity",
    "masa:commencement",
    "masa:locatorStatus",
    "masa:contentBasis",
    "masa:legalBasis",
    "masa:lookedFor",
    "masa:questionToAsk",
    "masa:tier",
    "dcterms:source",
    "skos:prefLabel",
    "skos:definition",
)
ONCE_OR_MORE = ("masa:bearer", "masa:evidencedIn")

COUNTS = {
    "masa:modality": {"Must": 45, "Should": 100, "May": 3},
    "masa:deontic": {"Obligation": 43, "Recommendation": 100, "Permission": 3, "Definition": 2},
    "masa:severity": {"Violation": 23, "Warning": 106, "Info": 19},
    "masa:commencement": {"Superseded": 114, "InForce": 29, "EnactedNotCommenced": 5},
    "masa:contentBasis": {"TextSeen": 30, "Reproduction": 103, "Recalled": 15},
    "masa:locatorStatus": {"LocatorSeen": 31, "LocatorUnverified": 117},
    "masa:tier": {"1": 21, "2": 108, "3": 19},
    "masa:evidencedIn": {
        "PublishedArrangement": 113,
        "YearlyReport": 30,
        "PracticeReviewReport": 7,
        "ThresholdDocument": 3,
        "AgencySelfAssessment": 1,
        "ChildDeathReviewArrangements": 1,
        "TeamMemorandum": 1,
        "Conduct": 1,
    },
}

MODALITIES = {
    "wt2018": {"Must": 10, "Should": 32},
    "wt2023": {"Must": 7, "Should": 64, "May": 1},
    "wt2026": {"Should": 4},
    "ca2004": {"Must": 16, "May": 2},
    "regs2018": {"Must": 6},
    "ea2002": {"Must": 1},
    "cwsa2026": {"Must": 5},
}

USUAL = {"Must": "Violation", "Should": "Warning", "May": "Info"}

EDITIONS = {
    # id: issued, in force from, in force until, precision, held in full, kind, superseded by
    "wt2018": ("2018-07-04", "2018-07-04", "2023-12-15", "", "true", "StatutoryGuidance", "wt2023"),
    "wt2018-2020": ("2020-12-01", "2020-12-01", "2023-12-15", "Month", "", "", ""),
    "wt2023": (
        "2023-12-15", "2023-12-15", "2026-03-19", "Month", "true", "StatutoryGuidance", "wt2026",
    ),
    "wt2026": ("2026-03-19", "2026-03-19", "", "Month", "false", "StatutoryGuidance", ""),
    "ca2004": ("2004-11-15", "2018-06-29", "", "", "true", "Act", ""),
    "cswa2017": ("2017-04-27", "2018-06-29", "", "", "false", "Act", ""),
    "regs2018": ("2018-06-28", "2018-06-29", "", "", "true", "Regulations", ""),
    "wt-transitional-2018": (
        "2018-07-01", "2018-07-01", "2019-09-30", "Month", "false", "StatutoryGuidance", "",
    ),
    "ea2002": ("", "2004-06-01", "", "", "false", "Act", ""),
    "hca2022": ("2022-04-28", "2022-07-01", "", "", "false", "Act", ""),
    "cwsa2026": ("2026-04-29", "2026-04-29", "", "", "false", "Act", ""),
    "ffp-guide-2025": ("2025-03-20", "2025-04-01", "", "Month", "false", "ProgrammeGuidance", ""),
    "panel-guidance-2025": (
        "2025-06-01", "2025-06-01", "", "Month", "false", "ProgrammeGuidance", "",
    ),
    "cdr-guidance-2018": (
        "2018-10-01", "2018-10-01", "", "Month", "false", "StatutoryGuidance", "",
    ),
}  # fmt: skip

CATEGORIES = {
    "education-and-childcare": range(1, 15),
    "health-and-social-care": range(15, 24),
    "local-government": range(24, 25),
    "criminal-justice": range(25, 32),
    "police-and-immigration": range(32, 36),
    "miscellaneous": range(36, 39),
}

Values = dict[str, list[str]]


def rows(store: EmbeddedStore, query: str) -> list[dict[str, str]]:
    """The rows of an answer, as text."""
    return [{name: text_of(term) for name, term in row.items()} for row in select(store, query)]


def short(value: str) -> str:
    """The last part of an IRI; a text as it is."""
    return local_name(value) if value.startswith("http") else value


def values(store: EmbeddedStore, predicate: str) -> Values:
    """What each duty has of a property."""
    found: Values = {
        local_name(row["duty"]): [] for row in rows(store, "SELECT ?duty { ?duty a masa:Duty }")
    }
    query = f"SELECT DISTINCT ?duty ?value {{ ?duty a masa:Duty ; {predicate} ?value }}"
    for row in rows(store, query):
        found[local_name(row["duty"])].append(short(row["value"]))
    return found


def one(store: EmbeddedStore, predicate: str) -> dict[str, str]:
    """The one value of a property, by duty."""
    return {duty: found[0] for duty, found in values(store, predicate).items()}


# Duties


def test_each_edition_has_its_duties(store: EmbeddedStore) -> None:
    assert Counter(one(store, "masa:edition").values()) == DUTIES
    assert sum(DUTIES.values()) == 148


def test_no_duty_changed_its_name(store: EmbeddedStore) -> None:
    slugs = "".join(f"{slug}\n" for slug in sorted(values(store, "masa:edition")))
    assert hashlib.sha256(slugs.encode()).hexdigest().startswith(SLUGS)


@pytest.mark.parametrize("predicate", ONCE)
def test_each_duty_has_exactly_one(store: EmbeddedStore, predicate: str) -> None:
    found = values(store, predicate)
    assert len(found) == 148
    assert {duty: given for duty, given in found.items() if len(given) != 1} == {}
    assert all(given[0].strip() for given in found.values())


def test_no_two_duties_of_an_edition_have_the_same_question(store: EmbeddedStore) -> None:
    edition = one(store, "masa:edition")
    asked = Counter(
        (edition[duty], " ".join(question.lower().split()))
        for duty, question in one(store, "masa:questionToAsk").items()
    )
    assert [each for each, times in asked.items() if times > 1] == []


def test_a_question_asks_for_what_shows_the_answer(store: EmbeddedStore) -> None:
    """It asks for the place or the evidence, or what is ready by when, and blames nobody."""
    questions = one(store, "masa:questionToAsk")
    shows = re.compile(r"\b(where|which|evidence|records?|shows?|preparation)\b", re.IGNORECASE)
    asked = r"\bwhy (have|has|do|does|did|is|are|was|were)"
    blames = re.compile(rf"\bfail|\bwhy not\b|{asked}n't\b|{asked}\b[^,?]*\bnot\b", re.IGNORECASE)
    assert [duty for duty, question in questions.items() if not shows.search(question)] == []
    assert [duty for duty, question in questions.items() if blames.search(question)] == []


def test_a_question_fits_its_edition(store: EmbeddedStore) -> None:
    """Lead and delegated partners, boards and the chair came with 2023; groups went in 2022."""
    later = re.compile(r"\b(lead|delegated) partners?\b|integrated care|Foundations|the chair\b")
    earlier = re.compile(r"clinical commissioning|What Works Centre|lead representative")
    not_yet = "EnactedNotCommenced"
    commencement = one(store, "masa:commencement")
    for duty, question in one(store, "masa:questionToAsk").items():
        assert not (duty.startswith("wt2018") and later.search(question)), duty
        assert not (duty.startswith(("wt2023", "wt2026")) and earlier.search(question)), duty
        assert ("by what date" in question.lower()) == (commencement[duty] == not_yet), duty


@pytest.mark.parametrize("predicate", ONCE_OR_MORE)
def test_each_duty_has_one_or_more(store: EmbeddedStore, predicate: str) -> None:
    assert [duty for duty, given in values(store, predicate).items() if not given] == []


@pytest.mark.parametrize(
    ("predicate", "scheme"), [("masa:bearer", "bearer"), ("masa:topic", "topic")]
)
def test_bearers_and_topics_are_of_their_scheme(
    store: EmbeddedStore, predicate: str, scheme: str
) -> None:
    strangers = rows(
        store,
        f"""SELECT ?duty ?value {{
            ?duty a masa:Duty ; {predicate} ?value .
            FILTER NOT EXISTS {{
                ?value skos:inScheme <https://w3id.org/masagraph/id/concept/{scheme}> ;
                    skos:prefLabel ?label .
            }}
        }}""",
    )
    assert strangers == []


@pytest.mark.parametrize("predicate", COUNTS)
def test_how_many_duties_have_which_value(store: EmbeddedStore, predicate: str) -> None:
    found = Counter(value for given in values(store, predicate).values() for value in given)
    assert found == COUNTS[predicate]


def test_what_is_to_be_published_is_must_or_should(store: EmbeddedStore) -> None:
    """No duty has a modality of its own for publishing."""
    edition = one(store, "masa:edition")
    found: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for duty, modality in one(store, "masa:modality").items():
        found[edition[duty]][modality] += 1
    assert found == MODALITIES


def test_modality_and_kind_of_norm_agree(store: EmbeddedStore) -> None:
    modality, norm = one(store, "masa:modality"), one(store, "masa:deontic")
    pairs = Counter((modality[duty], norm[duty]) for duty in modality)
    assert pairs == {
        ("Must", "Obligation"): 43,
        ("Must", "Definition"): 2,
        ("Should", "Recommendation"): 100,
        ("May", "Permission"): 3,
    }


def test_a_severity_other_than_the_modalitys_says_why(store: EmbeddedStore) -> None:
    modality, severity = one(store, "masa:modality"), one(store, "masa:severity")
    comments = values(store, "rdfs:comment")
    lowered = {duty for duty in modality if severity[duty] != USUAL[modality[duty]]}
    explained = {
        duty
        for duty, given in comments.items()
        if any(comment.startswith("Severity lowered: ") for comment in given)
    }
    assert explained == lowered
    assert len(lowered) == 22
    assert {modality[duty] for duty in lowered} == {"Must"}


def test_conduct_stands_alone(store: EmbeddedStore) -> None:
    """A duty is shown in documents, or in none."""
    kinds = values(store, "masa:evidencedIn")
    assert [duty for duty, given in kinds.items() if "Conduct" in given and len(given) > 1] == []


def test_what_is_recalled_has_no_place_that_was_seen(store: EmbeddedStore) -> None:
    basis, locator = one(store, "masa:contentBasis"), one(store, "masa:locatorStatus")
    recalled = [duty for duty in basis if basis[duty] == "Recalled"]
    assert {locator[duty] for duty in recalled} == {"LocatorUnverified"}
    edition = one(store, "masa:edition")
    assert Counter(edition[duty] for duty in recalled) == {"wt2018": 2, "wt2023": 13}


def test_the_law_was_read_and_the_guidance_only_in_other_texts(store: EmbeddedStore) -> None:
    basis, locator = one(store, "masa:contentBasis"), one(store, "masa:locatorStatus")
    guidance = {duty for duty in basis if duty.startswith("wt")}
    assert {basis[duty] for duty in basis.keys() - guidance} == {"TextSeen"}
    assert {locator[duty] for duty in basis.keys() - guidance} == {"LocatorSeen"}
    assert {basis[duty] for duty in guidance} == {"Reproduction", "Recalled"}
    seen = [duty for duty in guidance if locator[duty] == "LocatorSeen"]
    assert seen == ["wt2023-lsp-is-agency-head"]


def test_a_provision_is_part_of_its_edition(store: EmbeddedStore) -> None:
    """But for the first transition, which rests on guidance of its own."""
    strays = rows(
        store,
        """SELECT ?duty {
            ?duty a masa:Duty ; masa:edition ?edition ; dcterms:source ?provision .
            FILTER NOT EXISTS { ?provision eli:is_part_of+ ?edition ; masa:locator ?locator }
        }""",
    )
    assert [local_name(row["duty"]) for row in strays] == ["wt2018-transition-2019"]


def test_law_that_is_not_commenced_is_never_a_gap(opened: Opened) -> None:
    """On no date of which an assessment is held: each is a graph of its own."""
    found = rows(
        opened.store,
        """SELECT DISTINCT ?duty ?outcome ?graph {
            ?duty masa:commencement masa:EnactedNotCommenced .
            GRAPH ?graph { ?assertion earl:test ?duty ; earl:result/earl:outcome ?outcome }
        }""",
    )
    assert {local_name(row["outcome"]) for row in found} == {"NotTested"}
    assert len({row["graph"] for row in found}) >= 5
    assert len({row["duty"] for row in found}) == DUTIES["cwsa2026"]


# Editions


def test_every_edition_is_held_with_its_dates(store: EmbeddedStore) -> None:
    found = rows(
        store,
        """SELECT ?id ?issued ?from ?until ?precision ?whole ?kind ?next {
            ?edition skos:notation ?id ; dcterms:title ?title ; masa:inForceFrom ?from .
            OPTIONAL { ?edition dcterms:issued ?issued }
            OPTIONAL { ?edition masa:inForceUntil ?until }
            OPTIONAL { ?edition masa:datePrecision ?precision }
            OPTIONAL { ?edition masa:catalogued ?whole }
            OPTIONAL { ?edition masa:editionKind ?kind }
            OPTIONAL { ?edition masa:supersededBy/skos:notation ?next }
        }""",
    )
    columns = ("issued", "from", "until", "precision", "whole", "kind", "next")
    told = {row["id"]: tuple(short(row.get(name, "")) for name in columns) for row in found}
    assert told == EDITIONS


def test_editions_of_one_work_follow_without_a_break(store: EmbeddedStore) -> None:
    for row in rows(
        store,
        """SELECT ?until ?from {
            ?older masa:supersededBy ?newer ; masa:inForceUntil ?until .
            ?newer masa:inForceFrom ?from .
        }""",
    ):
        assert row["until"] == row["from"]
    for issued, since, until, *_ in EDITIONS.values():
        days = [date.fromisoformat(day) for day in (issued, since, until) if day]
        assert days == sorted(days)


# What an edition changed


def test_every_duty_of_the_guidance_has_its_change(store: EmbeddedStore) -> None:
    duties = values(store, "masa:edition")
    changed = rows(
        store,
        """SELECT ?older ?newer {
            ?change a masa:EditionChange ; masa:changeKind ?kind ; rdfs:comment ?why .
            OPTIONAL { ?change masa:fromDuty ?older }
            OPTIONAL { ?change masa:toDuty ?newer }
        }""",
    )
    older = {local_name(row["older"]) for row in changed if row.get("older")}
    newer = {local_name(row["newer"]) for row in changed if row.get("newer")}
    assert {duty for duty in duties if duty.startswith("wt2018")} <= older
    assert {duty for duty in duties if duty.startswith(("wt2023", "wt2026"))} == newer


@pytest.mark.parametrize(
    ("predicate", "kinds"),
    [
        ("masa:carriedInto", "masa:Carried, masa:Narrowed"),
        ("masa:widenedInto", "masa:Widened, masa:Merged"),
    ],
)
def test_what_goes_on_follows_the_kind_of_change(
    store: EmbeddedStore, predicate: str, kinds: str
) -> None:
    def pairs(pattern: str) -> set[tuple[str, str]]:
        found = rows(store, f"SELECT ?older ?newer {{ {pattern} }}")
        return {(local_name(row["older"]), local_name(row["newer"])) for row in found}

    direct = pairs(f"?older {predicate} ?newer")
    assert direct
    assert direct == pairs(
        f"""?change masa:fromDuty ?older ; masa:toDuty ?newer ; masa:changeKind ?kind
            FILTER ( ?kind IN ( {kinds} ) )"""
    )


# The Schedule of relevant agencies


def test_the_schedule_has_38_paragraphs_in_order_each_in_its_group(store: EmbeddedStore) -> None:
    found = rows(
        store,
        """SELECT ?position ?paragraph ?locator ?category ?group {
            ?paragraph a masa:AgencyKind ;
                masa:listPosition ?position ;
                masa:locator ?locator ;
                masa:agencyGroup ?group ;
                eli:is_part_of edition:regs2018 .
            OPTIONAL { ?group skos:broader ?above }
            BIND ( COALESCE(?above, ?group) AS ?category )
        } ORDER BY ?position""",
    )
    assert [int(row["position"]) for row in found] == list(range(1, 39))
    for row in found:
        assert row["locator"] == f"Schedule para. {row['position']}"
        assert row["paragraph"].endswith(f"/2018/789/schedule/paragraph/{row['position']}")
        assert int(row["position"]) in CATEGORIES[local_name(row["category"])]


def test_what_stands_beside_the_schedule_has_no_paragraph(store: EmbeddedStore) -> None:
    found = rows(
        store,
        """SELECT ?kind ?status ?position ?group {
            ?kind a masa:AgencyKind ; masa:scheduleStatus ?status .
            OPTIONAL { ?kind masa:listPosition ?position }
            OPTIONAL { ?kind masa:agencyGroup ?group }
        }""",
    )
    assert Counter(local_name(row["status"]) for row in found) == {
        "OutsideSchedule": 4,
        "PartnerItself": 4,
    }
    assert not [row for row in found if row.get("position") or row.get("group")]
    kinds = rows(store, "SELECT ?kind { ?kind a masa:AgencyKind }")
    assert len(kinds) == 38 + len(found)
