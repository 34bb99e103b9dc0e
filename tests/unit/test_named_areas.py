"""Several areas at once, as people name them."""

from __future__ import annotations

import pytest

from masagraph.assessment.named_areas import named_areas
from masagraph.assessment.names import Area


def area(number: int, label: str) -> Area:
    slug = label.lower().replace(",", "").replace(" ", "-")
    return Area(f"area:{number}", slug, f"E1000000{number}", label, None, False)


KENT, POOLE, SEFTON = AREAS = [
    area(1, "Kent"),
    area(2, "Bournemouth, Christchurch and Poole"),
    area(3, "Sefton"),
]


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        ([], []),
        (["", " ", ",;\n"], []),
        (["kent", "KENT", "e10000001", " Kent "], [KENT]),
        (["sefton, kent"], [SEFTON, KENT]),
        (["sefton;kent\nE10000002"], [SEFTON, KENT, POOLE]),
        (["Kent, Bournemouth, Christchurch and Poole, Sefton"], [KENT, POOLE, SEFTON]),
        (["bournemouth,  christchurch and POOLE"], [POOLE]),
    ],
)
def test_areas_are_found_by_name_short_name_or_code(texts: list[str], found: list[Area]) -> None:
    named = named_areas(AREAS, texts)
    assert list(named.found) == found
    assert named.unknown == ()
    assert named.problem(AREAS) is None


def test_every_unknown_name_is_told_once_and_the_known_are_kept() -> None:
    named = named_areas(AREAS, ["kint, kent", "kint", "atlantis; Christchurch and Poole"])
    assert named.found == (KENT,)
    assert named.unknown == ("kint", "atlantis", "Christchurch and Poole")
    problem = named.problem(AREAS)
    assert problem is not None
    for name in named.unknown:
        assert f'"{name}"' in problem.what
    assert problem.mend.startswith("Did you mean kent?")


def test_one_unknown_name_like_none_gets_names_to_choose_from() -> None:
    problem = named_areas(AREAS, ["zzzz"]).problem(AREAS)
    assert problem is not None
    assert problem.what == 'there is no area "zzzz"'
    assert problem.mend.startswith("Use a name such as")


def test_a_very_long_name_is_told_in_part() -> None:
    problem = named_areas(AREAS, ["x" * 10_000]).problem(AREAS)
    assert problem is not None
    assert len(problem.line()) < 300
