"""The page on reliability: each fault that can be tried has been, and nothing was lost."""

from __future__ import annotations

import re

import pytest

from faults import FAULTS, PAGE

ROWS = {
    row[1]: (int(row[2]), int(row[3]), int(row[4]))
    for row in re.finditer(
        r"^\| `([a-z-]+)`: .* \| (\d+) \| (\d+) \| (\d+) \| ", PAGE.read_text("utf-8"), re.MULTILINE
    )
}


def test_each_row_is_of_a_fault_that_can_be_tried() -> None:
    assert ROWS.keys() == FAULTS.keys()


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_was_tried_as_often_as_a_full_run_does(name: str) -> None:
    tries, survived, lost = ROWS[name]
    assert tries == FAULTS[name][1]
    assert (survived, lost) == (tries, 0)
