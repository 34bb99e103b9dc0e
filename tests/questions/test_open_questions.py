"""The 28 questions that were set with their answers, before the documents were read for this graph.

Each is answered by stored questions. Where our count is not the one that was set, the reason
stands in the table, and the test prints it.
"""

from __future__ import annotations

import shlex
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.questions.conftest import Rows

PAGE = Path(__file__).parents[2] / "docs" / "open-questions.md"

NUMBERS = (
    5, 6, 7, 9, 12, 14, 16, 18, 24, 25, 26, 31, 32, 33,
    35, 36, 37, 39, 41, 43, 47, 48, 49, 52, 53, 55, 56, 60,
)  # fmt: skip
SET = [f"Q{number:02}" for number in NUMBERS]

ANY = "any value"
LOCAL = "local arrangement"
LEAD, DELEGATE = "lead safeguarding partner", "delegated safeguarding partner"


@dataclass(frozen=True)
class Ask:
    """A stored question, and how many of its rows are meant.

    Attributes:
        name: the question.
        count: how many there must be.
        given: its parameters.
        where: columns and the value, or one of several values, that a row must have.
        by: count the different values of this column, instead of rows.
    """

    name: str
    count: int
    given: Mapping[str, str] = field(default_factory=dict)
    where: Mapping[str, object] = field(default_factory=dict)
    by: str = ""

    def command(self) -> str:
        """The command that a reader types."""
        params = (f"--param {shlex.quote(f'{k}={v}')}" for k, v in self.given.items())
        return " ".join(["masagraph ask", self.name, *params])

    def found(self, rows: Rows) -> int:
        """Ask it and count."""
        fits = [row for row in rows(self.name, **self.given) if self._fits(row)]
        return len({row[self.by] for row in fits}) if self.by else len(fits)

    def _fits(self, row: Mapping[str, object]) -> bool:
        return all(
            row[column] not in (None, "") if wanted is ANY
            else row[column] in wanted if isinstance(wanted, tuple)
            else row[column] == wanted
            for column, wanted in self.where.items()
        )  # fmt: skip


@dataclass(frozen=True)
class Key:
    """A question as it was set.

    Attributes:
        count: the count that was set.
        asks: what answers it; their counts together are ours.
        beside: what else was set of it, or helps to read the answer.
        reason: why ours differs, where it does.
    """

    count: int
    asks: tuple[Ask, ...]
    beside: tuple[Ask, ...] = ()
    reason: str = ""


SEFTON = {"area": "sefton"}
SCRUTINY = {"topic": "independent-scrutiny"}
THRESHOLD = {"topic": "threshold-document"}
SENT = {"duty": "wt2023-report-distribution"}
SUSSEX_PAGE = {"document": "sussex-procedures-2024", "standing": LOCAL}
PATHFINDER = {"document": "warwickshire-masa", "section": "Aims of Pathfinder"}
IN_2021 = {**SEFTON, "as_at": "2022-01-01"}
IN_2024 = {**SEFTON, "as_at": "2024-06-01"}

TABLE: dict[str, Key] = {
    "Q05": Key(
        6,
        (Ask("chairs-of-bodies", 6, SEFTON, {"status": "named"}),),
        (
            Ask("chairs-of-bodies", 5, SEFTON, {"status": "named"}, by="holder"),
            Ask("chairs-of-bodies", 1, SEFTON, {"chaired_by": "in rotation"}),
        ),
    ),
    "Q06": Key(
        35,
        (Ask("relevant-agencies-listed", 35, SEFTON),),
        (Ask("relevant-agencies-listed", 3, SEFTON, {"status": "itself a partner"}),),
    ),
    "Q07": Key(
        3,
        (Ask("contacts-for-concerns", 3, SEFTON),),
        (Ask("contacts-for-concerns", 1, SEFTON, {"hours": ANY}),),
    ),
    "Q09": Key(
        5,
        (Ask("contributions", 5, SEFTON, {"form": "cash"}),),
        (Ask("contributions", 0, SEFTON, {"amount": ANY}),),
    ),
    "Q12": Key(1, (Ask("partners-on-bodies", 1, SEFTON, {"partner": "police", "members": 0}),)),
    "Q14": Key(
        6,
        (Ask("seats-to-be-confirmed", 6),),
        (
            Ask("seats-to-be-confirmed", 4, where={"shown_as": "to be confirmed"}),
            Ask("seats-to-be-confirmed", 1, where={"shown_as": "interim"}),
            Ask("seats-to-be-confirmed", 1, where={"shown_as": "no name"}),
        ),
    ),
    "Q16": Key(
        6,
        (
            Ask(
                "names-of-a-partnership", 6, SEFTON,
                {"kind": "partnership", "words": ANY}, by="name",
            ),
        ),
    ),
    "Q18": Key(
        5,
        (Ask("seats-by-document", 5, where={"partner": "police", "role": (LEAD, DELEGATE)}),),
        (Ask("seats-by-document", 3, where={"partner": "police", "role": LEAD}),),
    ),
    "Q24": Key(
        3,
        (
            Ask("sources-that-differ", 2, SEFTON, {"document": "sefton-arrangements-2021"}),
            Ask(
                "seats-by-document", 1, SEFTON,
                {
                    "document": "sefton-procedures-2024",
                    "partner": "local authority",
                    "role": DELEGATE,
                },
            ),
        ),
    ),
    "Q25": Key(
        2,
        (
            Ask(
                "sources-that-differ", 2, IN_2024,
                {"document": ("sefton-council-2024", "sefton-procedures-2024")},
            ),
        ),
        (Ask("statutory-partners", 1, IN_2024, {"partner": "health"}),),
    ),
    "Q26": Key(
        5,
        (Ask("scrutiny-reports-to", 5, SEFTON),),
        (Ask("scrutiny-reports-to", 0, SEFTON, {"how_often": ANY}),),
    ),
    "Q31": Key(
        5,
        (Ask("standing-by-topic", 5, SCRUTINY, by="document_name"),),
        (
            Ask("standing-by-topic", 1, SCRUTINY, {"best": LOCAL}),
            Ask("standing-by-topic", 1, SCRUTINY, {"best": "commitment only"}),
            Ask("standing-by-topic", 3, SCRUTINY, {"best": "guidance restated"}),
            Ask("standing-by-topic", 2, SCRUTINY, {"best": "nothing found"}),
        ),
    ),
    "Q32": Key(
        3,
        (Ask("partners-on-bodies", 3, SEFTON, {"partner": "police", "only_holder": ANY}),),
        (
            Ask(
                "partners-on-bodies", 1, SEFTON,
                {"partner": "police", "only_holder": ANY}, by="only_holder",
            ),
            Ask("partners-on-bodies", 1, SEFTON, {"partner": "police", "members": 0}),
        ),
    ),
    "Q33": Key(
        21,
        (Ask("agencies-without-a-member", 22, SEFTON),),
        (Ask("agencies-without-a-member", 1, SEFTON, {"expected_on": ANY}),),
        "Local Authority Early Help is told too, as the key allows: locality managers sit on "
        "groups, and the text does not say that they are of Early Help. The row says so.",
    ),
    "Q35": Key(
        8,
        (Ask("expected-seats-unmatched", 8, SEFTON, {"taken_by": "nobody"}),),
        (Ask("expected-seats-unmatched", 2, SEFTON, {"taken_by": "to be confirmed"}),),
    ),
    "Q36": Key(
        0,
        (Ask("standing-by-topic", 0, THRESHOLD, {"best": LOCAL}),),
        (Ask("standing-by-topic", 1, THRESHOLD, {"best": "commitment only"}),),
    ),
    "Q37": Key(
        0,
        (Ask("standing-by-duty", 0, SENT, {"best": LOCAL}),),
        (Ask("standing-by-duty", 1, SENT, {"best": "guidance restated"}, by="document_name"),),
    ),
    "Q39": Key(
        0,
        (
            Ask(
                "seats-by-document", 0, {"area": "warwickshire"},
                {"post": "Service Manager", "partner": ANY},
            ),
        ),
        (Ask("seats-by-document", 1, {"area": "warwickshire"}, {"post": "Service Manager"}),),
    ),
    "Q41": Key(
        1,
        (Ask("statutory-partners", 1, IN_2021, {"partner": "health"}, by="partner"),),
        (Ask("statutory-partners", 2, IN_2021, {"partner": "health"}),),
    ),
    "Q43": Key(
        5,
        (Ask("dates-stated", 5, SEFTON),),
        (Ask("dates-stated", 1, SEFTON, {"kind": "in effect"}),),
    ),
    "Q47": Key(
        5,
        (Ask("documents-and-editions", 5, by="document"),),
        (Ask("documents-and-editions", 1, where={"edition_claimed": None}),),
    ),
    "Q48": Key(4, (Ask("statements-of-a-document", 4, PATHFINDER, {"number": ANY}),)),
    "Q49": Key(
        8,
        (
            Ask(
                "duties-new-in-newer-documents", 6,
                where={
                    "in_older_ones_in_part": None,
                    "duty": (
                        "wt2023-lsp-is-agency-head", "wt2023-education-strategic-inclusion",
                        "wt2023-report-deadline", "wt2023-report-distribution",
                        "wt2023-data-protected-characteristics", "wt2023-link-boards",
                    ),
                },
            ),
        ),
        (
            Ask(
                "duties-new-in-newer-documents", 1,
                where={"in_older_ones_in_part": ANY, "duty": "wt2023-partnership-chair"},
            ),
            Ask(
                "duties-new-in-newer-documents", 0, where={"duty": "wt2023-report-restraint"},
            ),
        ),
        "The key names eight subjects; the answer lists more than forty duties. Six of the eight "
        "are among those of which no older document speaks. A partnership chair is told as one "
        "on which an older document bears in part, as it rotates the chair of its top body. A "
        "review of restraint is carried from the edition of 2018, so it is not new.",
    ),
    "Q52": Key(
        1,
        (Ask("documents-pointed-to", 1, {"area": "brighton-and-hove"}, {"address": ANY}),),
        (Ask("documents-pointed-to", 4, {"area": "brighton-and-hove"}),),
    ),
    "Q53": Key(0, (Ask("secure-establishments", 0, where={"establishment": ANY}),)),
    "Q55": Key(5, (Ask("statements-of-a-document", 5, SUSSEX_PAGE),)),
    "Q56": Key(
        11,
        (Ask("topics-without-local-arrangement", 3),),
        (
            Ask(
                "duties-without-local-arrangement", 6,
                where={
                    "duty": (
                        "wt2018-funding-equitable", "wt2023-report-deadline",
                        "wt2023-report-restraint", "ca2004-s16h-information",
                        "wt2018-threshold-document", "ca2004-s16m-child-death-review",
                    )
                },
            ),
        ),
        "The key cuts 43 topics, the ontology 24. Of its eleven, two are topics here and have no "
        "local statement, and four are single duties without one. A chair, custody and homes, and "
        "contributions have one in part; sending a report to the panel is one duty with making it "
        "public, which has one; that a scrutineer is named is no duty. The third topic here is "
        "law that is not yet in force.",
    ),
    "Q60": Key(
        1,
        (Ask("meetings-of-bodies", 1, SEFTON, {"frequency_stated": "meetings"}),),
        (Ask("meetings-of-bodies", 7, SEFTON),),
    ),
}  # fmt: skip


def test_each_question_that_was_set_is_in_the_table() -> None:
    assert list(TABLE) == SET
    assert len(SET) == 28


@pytest.mark.parametrize("number", TABLE)
def test_the_answer(number: str, rows: Rows) -> None:
    key = TABLE[number]
    for ask in (*key.asks, *key.beside):
        assert ask.found(rows) == ask.count, f"{ask.command()} {dict(ask.where)}"
    ours = sum(ask.count for ask in key.asks)
    assert bool(key.reason) is (ours != key.count)
    if key.reason:
        sys.stdout.write(f"{number}: {ours} where {key.count} was set. {key.reason}\n")


@pytest.mark.parametrize("number", TABLE)
def test_the_page_tells_how_to_ask(number: str) -> None:
    """The page of the docs has the question, each command and our count."""
    page = " ".join(PAGE.read_text(encoding="utf-8").split())
    _, found, rest = page.partition(f"**{number}.**")
    assert found
    told = rest.partition("**Q")[0]
    for ask in TABLE[number].asks:
        assert f"`{ask.command()}`" in told
        assert str(ask.count) in told
