"""Each example of a duty: the compiled engine writes the same report as pySHACL, to the triple.

Some examples are run each time: for every fault and note one that shows it. All are run by
``pytest tests/compiler --hypothesis-profile full``.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from duty_examples import PATHS, names_expected, some_paths
from shacl_oracle import canonical
from steady import Steady

from masagraph.assessment.compiled import Compiled

if TYPE_CHECKING:
    from tests.compiler.conftest import Example


ORACLE = Steady()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Give the test of reports all examples in a full run, some in another."""
    if "path" in metafunc.fixturenames:
        full = metafunc.config.getoption("--hypothesis-profile") == "full"
        paths = PATHS if full else some_paths()
        metafunc.parametrize("path", paths, ids=[f"{p.parent.name}/{p.stem}" for p in paths])


def test_report_is_pyshacls(
    path: Path, example_of: Callable[[Path], Example], compiled: Compiled
) -> None:
    example = example_of(path)
    expected = ORACLE.run(example.view.store, [example.duty])
    assert canonical(compiled.run(example.view.store, [example.duty])) == canonical(expected)


def test_what_is_run_each_time_shows_every_fault_and_note() -> None:
    every = {name for path in PATHS for name in names_expected(path)}
    assert len(every) > 40
    assert {name for path in some_paths() for name in names_expected(path)} == every
