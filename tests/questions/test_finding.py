"""A question is found by plain words; what they name becomes its parameters, or is told apart."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from masagraph.questions.catalogue import list_questions
from masagraph.questions.finding import SHOWN, Found, find, prepare
from masagraph.resources import find_resources
from masagraph.store.opened import Opened

QUESTIONS = list_questions(find_resources())

Find = Callable[..., Found]


@pytest.fixture(scope="session")
def found(opened: Opened) -> Find:
    """Find a question by words."""
    return lambda words, **given: find(words, QUESTIONS, opened, given)


@pytest.mark.parametrize(
    ("words", "name", "parameters"),
    [
        ("who scrutinises sefton", "how-scrutiny-is-arranged", {"area": "sefton"}),
        ("Who pays in Warwickshire?", "contributions", {"area": "warwickshire"}),
        ("who pays in E10000031", "contributions", {"area": "warwickshire"}),
        ("who pays in brighton & hove", "contributions", {"area": "brighton-and-hove"}),
        ("who pays in brighton", "contributions", {"area": "brighton-and-hove"}),
        ("who chairs each group in sefton", "chairs-of-bodies", {"area": "sefton"}),
        (
            "to whom is the practice review group accountable", "ultimately-accountable",
            {"body": "practice-review-group"},
        ),
        (
            "which words does wt2023-partnership-chair rest on in sefton", "words-relied-on",
            {"area": "sefton", "duty": "wt2023-partnership-chair"},
        ),
        (
            "what changed between Working Together 2018 and 2023", "edition-changes",
            {"from_edition": "wt2018", "to_edition": "wt2023"},
        ),
        (
            "which duties of the 2018 guidance are not evidenced in sefton", "duties-not-evidenced",
            {"area": "sefton", "edition": "wt2018"},
        ),
    ],
)  # fmt: skip
def test_what_words_name_becomes_parameters(
    found: Find, words: str, name: str, parameters: dict[str, str]
) -> None:
    best = found(words).best
    assert best is not None
    assert (best.question.name, best.parameters) == (name, parameters)
    assert not best.missing
    given = [f"--param {key}={value}" for key, value in best.parameters.items()]
    assert best.command == " ".join([f"masagraph ask {name}", *given])


@pytest.mark.parametrize(
    ("said", "day", "told"),
    [
        ("on 2022-01-01", "2022-01-01", False),
        ("on 1 January 2022", "2022-01-01", False),
        ("on January 1st, 2022", "2022-01-01", False),
        ("in February 2024", "2024-02-29", True),
        ("in 2021", "2021-12-31", True),
        ("in 2026", "2026-11-22", True),
    ],
)
def test_a_date_is_taken_and_a_month_or_a_year_is_told(
    found: Find, said: str, day: str, told: bool
) -> None:
    hit = found(f"who pays in sefton {said}")
    assert hit.best is not None
    assert hit.best.parameters == {"area": "sefton", "as_at": day}
    assert any(day in remark for remark in hit.remarks) == told


@pytest.mark.parametrize(
    "said",
    [
        "2024-02-31", "31 February 2024", "31st of February 2024", "February 31, 2024",
        "01/02/2021", "1.6.2024", "6/2024", "2024/6/1", "2024-06", "2024-13-01", "20240601",
        "01/02/21", "1 June", "June 1st", "June the 1st 2024", "2024 June", "2024-06-011",
        "2021/23",
    ],
)  # fmt: skip
def test_a_date_that_is_not_understood_is_not_dropped(found: Find, said: str) -> None:
    hit = found(f"who pays in sefton on {said}")
    assert hit.best is None
    assert hit.why_not == "the date is not one that is understood (write it as 2024-06-01)"
    assert hit.ways[0].question.name == "contributions"


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("in 2021/22", "2021-12-31"),
        ("in 2021-22", "2021-12-31"),
        ("2021's", "2021-12-31"),
        ("on the 1st of June 2024", "2024-06-01"),
        ("on 15 Sept 2024", "2024-09-15"),
        ("as at 29 February 2024", "2024-02-29"),
    ],
)
def test_a_date_in_other_words_is_understood(found: Find, said: str, day: str) -> None:
    hit = found(f"who pays in sefton {said}")
    assert hit.best is not None
    assert hit.best.parameters == {"area": "sefton", "as_at": day}


@pytest.mark.parametrize(
    "words",
    [
        "which duties of the 2018 edition are not evidenced in sefton",
        "which of the 3 partners may pay in sefton in 2021",
        "what changed between 2018 and 2023",
        "who offers 1-2-1 training in sefton",
    ],
)
def test_other_numbers_are_no_dates(found: Find, words: str) -> None:
    assert "date" not in found(words).why_not


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("since 2021", "It takes no beginning: 2021 is left out."),
        ("after 1 June 2024", "It takes no beginning: 1 June 2024 is left out."),
        ("before 2022", "It takes one day, no end: 2022 is left out."),
        ("until March 2024", "It takes one day, no end: March 2024 is left out."),
    ],
)
def test_a_span_is_not_taken_for_a_day(found: Find, said: str, told: str) -> None:
    hit = found(f"who pays in sefton {said}")
    best = hit.best
    assert best is not None
    assert best.parameters == {"area": "sefton"}
    assert told in best.not_taken
    assert not hit.remarks


@pytest.mark.parametrize(
    ("said", "days"),
    [
        ("since 2021", {"from_date": "2021-01-01"}),
        ("since June 2024", {"from_date": "2024-06-01"}),
        ("after 2021", {"from_date": "2021-12-31"}),
        ("between 2021 and 2024", {"from_date": "2021-12-31", "as_at": "2024-12-31"}),
        ("from 2021 until 2024", {"from_date": "2021-01-01", "as_at": "2024-12-31"}),
        ("since 2021 and before 2024", {"from_date": "2021-01-01", "as_at": "2023-12-31"}),
    ],
)
def test_a_span_is_taken_where_there_is_room(found: Find, said: str, days: dict[str, str]) -> None:
    hit = found(f"which duties had another outcome on an earlier date in sefton {said}")
    assert hit.ways[0].question.name == "outcomes-between-dates"
    assert hit.ways[0].parameters == {"area": "sefton", **days}
    assert all(day in " ".join(hit.remarks) for day in days.values())


def test_the_year_of_an_edition_is_that_which_was_said(found: Find) -> None:
    hit = found("what changed between Working Together 2018 and before 2023")
    assert hit.ways[0].parameters["to_edition"] == "wt2023"


@pytest.mark.parametrize("said", ["in 2021", "as at 2021", "since 2021", "on 1 June 2024"])
def test_words_that_lead_to_a_date_or_a_place_do_not_count(opened: Opened, said: str) -> None:
    ears, _ = prepare(opened.store, opened.data_version, QUESTIONS)
    for place in ("sefton", "brighton"):
        heard = ears.hear(f"who pays in {place} {said}", opened.data_date)
        assert [word.plain for word in heard.words] == ["who", "pays"]


@pytest.mark.parametrize(
    ("words", "said", "slugs"),
    [
        ("who pays in sussex", "sussex", ["east-sussex", "west-sussex"]),
        ("who pays in seften", "seften", ["sefton"]),
        ("who pays in hull", "hull", ["kingston-upon-hull"]),
        ("who pays in dagenham", "dagenham", ["barking-and-dagenham"]),
    ],
)
def test_a_part_of_a_name_or_a_slip_is_offered_and_not_guessed(
    found: Find, words: str, said: str, slugs: list[str]
) -> None:
    hit = found(words)
    assert hit.best is None
    assert f'"{said}"' in hit.why_not
    assert all(slug in hit.why_not.lower().replace(" ", "-") for slug in slugs)
    assert hit.ways[0].question.name == "contributions"
    assert hit.ways[0].parameters == {"area": slugs[0]}


@pytest.mark.parametrize("words", ["who pays in london", "who pays in the north"])
def test_a_word_of_many_names_tells_no_area(found: Find, words: str) -> None:
    for way in found(words).ways:
        assert "area" not in way.parameters


def test_words_of_an_area_do_not_count(found: Find) -> None:
    plain = [way.question.name for way in found("who chairs each group").ways]
    for area in ("Reading", "Sefton", "East Riding of Yorkshire", "Bath and North East Somerset"):
        hit = found(f"who chairs each group in {area}")
        assert [way.question.name for way in hit.ways] == plain


def test_a_place_is_told_from_a_plain_word(found: Find) -> None:
    assert found("which documents are worth reading").ways[0].parameters == {}
    assert found("which documents are held for reading").ways[0].parameters == {"area": "reading"}


def test_an_agency_is_not_taken_for_the_areas_in_its_name(found: Find) -> None:
    assert found("who leads for Devon and Cornwall Police").ways[0].parameters == {}
    assert found("who leads for Sefton Council").ways[0].parameters == {"area": "sefton"}


def test_what_a_question_cannot_take_is_said(found: Find) -> None:
    hit = found("what does each outcome word mean in sefton in 2021")
    assert hit.best is not None
    assert hit.best.question.name == "outcome-words"
    assert hit.best.parameters == {}
    told = " ".join(hit.best.not_taken).lower()
    assert "no date" in told
    assert "2021" in told
    assert "no area" in told
    assert "sefton" in told


def test_two_areas_are_asked_for_all(found: Find) -> None:
    best = found("who pays in sefton and warwickshire").best
    assert best is not None
    assert best.parameters == {}
    assert "one area or all" in " ".join(best.not_taken)


def test_what_is_given_apart_wins(found: Find) -> None:
    best = found("who pays in sefton in 2021", area="warwickshire", as_at="2024-01-01").best
    assert best is not None
    assert best.parameters == {"area": "warwickshire", "as_at": "2024-01-01"}


def test_an_area_that_is_given_apart_is_clear(found: Find) -> None:
    best = found("who pays in sussex", area="west-sussex").best
    assert best is not None
    assert best.parameters == {"area": "west-sussex"}
    assert found("who pays in sussex", as_at="2024-01-01").best is None


def test_many_words_that_may_mean_two_questions_run_nothing(found: Find) -> None:
    hit = found("is the service manager in warwickshire one of the actual partners or just staff")
    assert hit.best is None
    assert hit.why_not == "more than one stored question may be meant"
    assert len(hit.ways) == SHOWN


@pytest.mark.parametrize("words", ["xyzzy plugh", "?!", "the of and", "🦆", "sefton", "2021"])
def test_words_that_ask_nothing_run_nothing(found: Find, words: str) -> None:
    hit = found(words)
    assert hit.best is None
    assert hit.why_not
    assert hit.as_json()["found"] is None


def test_what_was_not_understood_is_told(found: Find) -> None:
    hit = found("who scrutinises atlantis")
    assert any("atlantis" in remark for remark in hit.remarks)


def test_one_word_lists_and_runs_nothing(found: Find) -> None:
    hit = found("scrutiny")
    assert hit.best is None
    assert len(hit.ways) == SHOWN
    assert {way.question.theme for way in hit.ways} == {"Scrutiny"} or all(
        "scrutin" in way.question.query.lower() for way in hit.ways
    )


def test_a_slip_of_the_pen_in_a_plain_word_is_forgiven(found: Find) -> None:
    names = [way.question.name for way in found("who scrutinsies sefton").ways]
    assert "how-scrutiny-is-arranged" in names


def test_very_long_words_are_cut_and_answered(found: Find) -> None:
    assert found("who pays in sefton " + "and why " * 5_000).ways


@pytest.mark.parametrize("question", QUESTIONS, ids=[q.name for q in QUESTIONS])
def test_each_is_found_by_its_own_title(found: Find, question: object) -> None:
    assert question in [way.question for way in found(question.title).ways]  # type: ignore[attr-defined]
