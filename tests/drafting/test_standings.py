"""What sentences are proposed to be worth: in doubt the weaker claim, with and without vectors."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from masagraph.assessment.duties import list_duties
from masagraph.assessment.names import Area, find_area
from masagraph.drafting.cues import Cues
from masagraph.drafting.document import Document
from masagraph.drafting.draft import Drafted, tell_draft
from masagraph.drafting.reading import read_document
from masagraph.resources import Resources
from masagraph.store.embedded import EmbeddedStore
from masagraph.vocab import local_name

LOCAL, PROMISED = "LocalArrangement", "CommitmentOnly"
RESTATED, ABSENT = "GuidanceRestated", "StatedAbsent"
Read = Callable[[str], Document]

HERE = (
    "Kent County Council chairs the executive group and funds the business unit.",
    "Kent Police publishes its yearly report on the website each September.",
    "NHS Kent and Medway Integrated Care Board employs the designated nurse.",
    "The lead partners in Kent meet four times a year.",
    "The partners in Kent have appointed an independent scrutineer.",
    "The audit group in Kent is chaired by a headteacher.",
    "Schools in Kent sit on the education group.",
    "Kent County Council has a dispute procedure with three steps.",
    "Serious incidents in Kent are reviewed within fifteen days.",
    "The yearly report on Kent is sent to the national panel.",
)
DENIED = (
    "Kent Police does not pay for the business unit in any year.",
    "Neither Kent Police nor Kent County Council chairs the group.",
    "Kent Police isn't a member of the audit group.",
    "Kent Police no longer chairs the audit group.",
    "Kent County Council failed to publish its threshold document.",
    "Kent Police lacks a seat on the audit group.",
    "There are few groups in Kent and audit is left undone.",
    "The scrutineer's post in Kent is vacant.",
    "There is no wrong door in Kent.",
)
DOUBTED = (
    "Kent Police may chair the audit group and could fund it.",
    "Kent County Council can fund audits in its schools.",
    "Perhaps Kent Police chairs the audit group.",
    "The audit group in Kent meets only in theory.",
    "Kent Police is supposed to send audits to the group.",
    "Kent County Council needs to publish its audits.",
    "Partners in Kent are to review their audits each year.",
    "If Kent Police agrees, Kent County Council chairs the group.",
    "Kent Police shares audits with schools, subject to consent.",
    "Kent Police sits on the group where possible.",
    "Does Kent Police chair the audit group each month and who in Kent has a seat on it?",
    "Who in Kent County Council has a seat on the group and how often is it there?",
)
PENDING = (
    "It is proposed that Kent Police chairs the audit group.",
    "It is recommended that Kent County Council funds audits.",
    "A draft of the Kent audit plan is with partners and awaits approval.",
    "Kent Police is recruiting an auditor and has a list.",
    "Funding from Kent County Council is under discussion.",
    "Kent County Council has gone out to consultation on its audits.",
    "From September 2031 the Kent audit group meets monthly.",
    "By April Kent Police has a seat on the group.",
    "Next year Kent Police chairs the group.",
)
PAST = (
    "The Kent audit board was abolished in 2019 and has a successor.",
    "The Kent audit group used to meet monthly and has minutes.",
    "In 2016 Kent County Council chaired the board and has a record of it.",
    "Kent County Council was to appoint an auditor.",
)
ATTRIBUTED = (
    "The guidance says Kent partners agree how audits are funded.",
    "Working Together asks that Kent County Council leads on audits.",
    "Kent Police is under a statutory duty to share its audits.",
    "The role of Kent County Council is to provide auditors.",
    "Kent Police expects agencies to share their audits.",
    "The Department for Education funds audits in Kent.",
    "The guidance says that Kent partners will publish audits.",
)
ELSEWHERE = (
    "In Essex the council chairs the group and Kent attends.",
    "Surrey Police and Kent Police share one auditor.",
    "Unlike Kent, Sussex publishes its audits each year.",
    "Medway Council publishes its audits, as Kent Police knows.",
)
MISSING = (
    "Kent County Council is yet to appoint an independent scrutineer.",
    "Kent Police has never published a yearly report.",
    "Kent County Council hasn't agreed a dispute procedure.",
    "Kent County Council does not yet have a scrutineer.",
)
UNTOLD = (
    "If there is no scrutineer in place, Kent Police tells the group.",
    "The post was not in place in 2018.",
    "The guidance says there is currently no better model.",
    "In Essex there is currently no audit group.",
)
PROMISES = (
    "Kent Police will publish its audits in the autumn.",
    "Kent County Council is due to publish its threshold document.",
)
EMPTY_PROMISES = (
    "Kent County Council will not publish its audits.",
    "If money allows, Kent Police will fund audits.",
    "Essex Police will publish its audits in the autumn.",
)
EXPECTED = [
    *((each, LOCAL) for each in HERE),
    *(
        (each, RESTATED)
        for group in (DENIED, DOUBTED, PENDING, PAST, ATTRIBUTED, ELSEWHERE, UNTOLD, EMPTY_PROMISES)
        for each in group
    ),
    *((each, ABSENT) for each in MISSING),
    *((each, PROMISED) for each in PROMISES),
]
PADDING = "This page is about audits, and tells partners and families who does what and how. "


@pytest.fixture(scope="module")
def read(store: EmbeddedStore, areas: list[Area], cues: Cues, resources: Resources) -> Read:
    """Read a text as a document of an area of which nothing is held."""

    def made(words: str) -> Document:
        text = read_document((f"Audits\n\n{PADDING * 6}\n\n{words}").encode(), "page.txt", cues)
        return Document(text, [find_area(areas, "kent")], store, cues, resources)

    return made


@pytest.fixture(scope="module")
def told(read: Read) -> Document:
    """All sentences in one document, each a paragraph."""
    return read("\n\n".join(sentence for sentence, _ in EXPECTED))


def standing(document: Document, words: str) -> str:
    place = next(n for n, each in enumerate(document.sentences) if each.text == words)
    return local_name(document.standing(place).standing)


@pytest.mark.parametrize(("sentence", "expected"), EXPECTED)
def test_only_a_plain_statement_of_what_is_done_here_is_a_local_arrangement(
    told: Document, sentence: str, expected: str
) -> None:
    assert standing(told, sentence) == expected


def test_items_are_worth_no_more_than_the_words_that_lead_in_to_them(read: Read) -> None:
    items = "\n".join(f"- {each} of Kent" for each in ("The head of audit", "The auditor"))
    leads = {
        "The audit group has these members:": LOCAL,
        "It is proposed that these join:": RESTATED,
    }
    for lead, expected in leads.items():
        document = read(f"{lead}\n\n{items}")
        assert standing(document, "The auditor of Kent") == expected


def test_a_part_of_a_sentence_is_worth_no_more_than_what_it_began_with(read: Read) -> None:
    document = read("It is proposed that Kent Police pays; Kent County Council funds the audits.")
    assert standing(document, "Kent County Council funds the audits.") == RESTATED


def test_what_stands_under_the_heading_of_a_proposal_is_not_done(read: Read) -> None:
    words = "Kent County Council chairs the audit group."
    for heading, expected in (("Membership", LOCAL), ("Proposals", RESTATED)):
        assert standing(read(f"{heading}\n\n{words}"), words) == expected


def test_neighbours_in_the_name_of_a_partner_are_not_another_area(read: Read) -> None:
    words = "Kent & Medway Integrated Care Board hosts the unit and funds the auditor."
    assert standing(read(words), words) == LOCAL


STRENGTH: Sequence[str] = ("HeadingOnly", RESTATED, PROMISED, LOCAL)


def test_nothing_stronger_is_proposed_without_word_vectors(
    read: Read,
    store: EmbeddedStore,
    draft: Callable[..., Drafted],
    plain: bytes,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    words = [sentence for sentence, _ in EXPECTED]
    text = "\n\n".join([*words, plain.decode()])
    full = read(text)

    def missing(texts: object) -> None:
        raise ImportError

    monkeypatch.setattr("masagraph.drafting.ranking.vectors_of", missing)
    monkeypatch.setattr("masagraph.drafting.standing.vectors_of", missing)
    bare = read(text)
    for place in range(len(full.sentences)):
        one, other = (local_name(each.standing(place).standing) for each in (full, bare))
        assert other not in {LOCAL, PROMISED}
        if ABSENT in {one, other}:
            assert one == other
        else:
            assert STRENGTH.index(other) <= STRENGTH.index(one)
    duty = next(each for each in list_duties(store) if each.duty == "wt2023-pub-funding")
    assert all(likely.sense < 1 for likely in bare.likely(duty, 3))
    place = next(n for n, each in enumerate(bare.sentences) if each.text == HERE[0])
    assert "was not measured" in bare.standing(place).why
    assert "no words are proposed as a local arrangement" in tell_draft(draft(plain))
