"""What a forge reads: forms for issues, the one for a change, and the hooks before a commit."""

from __future__ import annotations

import re
from datetime import date
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import pytest
import yaml

from masagraph.web.pages.corrections import message

ROOT = Path(__file__).parents[2]
GITHUB = ROOT / ".github"
FORMS = sorted((GITHUB / "ISSUE_TEMPLATE").glob("[0-9]*.yml"))
KINDS = {"markdown", "textarea", "input", "dropdown", "checkboxes"}


def form(path: Path) -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return read


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_a_form_is_one_that_a_forge_takes(path: Path) -> None:
    read = form(path)
    assert set(read) <= {"name", "description", "title", "labels", "body"}
    assert read["name"]
    assert read["description"]
    fields = [part for part in read["body"] if part["type"] != "markdown"]
    assert {part["type"] for part in read["body"]} <= KINDS
    for part in fields:
        assert part["attributes"]["label"]
        assert re.fullmatch(r"[a-z-]+", part["id"])
        assert part["type"] != "dropdown" or len(part["attributes"]["options"]) > 1
    assert len({part["id"] for part in fields}) == len(fields) > 0


def test_a_correction_comes_first_and_asks_for_what_is_needed() -> None:
    """What the page of corrections writes, so that it can be pasted; and no name of a person."""
    first = form(FORMS[0])
    assert first["name"] == "Correction of data"
    asked = {part.get("id"): part["attributes"] for part in first["body"]}
    lines = asked["about"]["placeholder"].splitlines()
    named = {"area": "a", "duty": "b", "edition": "c", "as_at": "d", "outcome": "e"}
    written = message(named, None, "2026-11-22-00000000", date(2026, 11, 22)).split("\n\n")[0]
    assert lines == [f"{line.partition(':')[0]}:" for line in written.splitlines()]
    assert {"about", "wrong", "shown"} <= asked.keys()
    assert "name no person" in asked[None]["value"]
    assert "SECURITY.md" in asked[None]["value"]


def test_what_a_change_is_asked_for_is_there() -> None:
    told = (GITHUB / "PULL_REQUEST_TEMPLATE.md").read_text(encoding="utf-8")
    for path in re.findall(r"`((?:[\w-]+/)*[\w-]+\.(?:md|py))`|`python (\S+)`", told):
        assert (ROOT / (path[0] or path[1])).exists()
    assert "python3 dev.py test" in told


def test_the_hooks_are_the_steps_of_lint() -> None:
    """In the same order and by the same commands, so that a commit fails where the server would."""
    spec = spec_from_file_location("dev", ROOT / "dev.py")
    assert spec
    assert spec.loader
    dev = module_from_spec(spec)
    spec.loader.exec_module(dev)
    steps = {
        title: " ".join(
            each.relative_to(ROOT).as_posix() if isinstance(each, Path) else each
            for each in command
        )
        for title, command in dev.lints().items()
    }
    (local,) = form(ROOT / ".pre-commit-config.yaml")["repos"]
    assert local["repo"] == "local"
    assert {hook["name"]: hook["entry"] for hook in local["hooks"]} == steps
    assert [hook["name"] for hook in local["hooks"]] == list(steps)
    assert {(hook["language"], hook["pass_filenames"]) for hook in local["hooks"]} == {
        ("system", False)
    }
