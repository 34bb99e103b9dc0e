"""The W3C test suite for SHACL: each test passes, or its shape is refused and goes to pySHACL."""

from __future__ import annotations

from pathlib import Path

import pytest
from shacl_suite import FAILS, PASSES, REFUSES, paths_of_tests, run_test

SUITE = Path(__file__).resolve().parents[3] / "shared" / "conformance" / "shacl" / "tests"
"""Where the suite is beside the checkout. It is not part of the repository."""

REFUSED = {
    "core/property/datatype-ill-formed": "sh:datatype xsd:byte",
    "sparql/pre-binding/shapesGraph-001": "GRAPH",
}
"""Tests of what the compiler does not claim, with what it names."""

PATHS = paths_of_tests(SUITE)

pytestmark = pytest.mark.filterwarnings("ignore")


@pytest.mark.skipif(not PATHS, reason=f"the W3C suite is not in {SUITE}")
def test_the_suite_is_whole() -> None:
    assert len(PATHS) == 121


@pytest.mark.parametrize(
    "path", [pytest.param(p, id=str(p.relative_to(SUITE).with_suffix(""))) for p in PATHS]
)
def test_w3c(path: Path) -> None:
    name = str(path.relative_to(SUITE).with_suffix(""))
    outcome = run_test(path)
    assert outcome.verdict != FAILS, outcome.why
    assert outcome.verdict == (REFUSES if name in REFUSED else PASSES)
    assert REFUSED.get(name, "") in outcome.why
