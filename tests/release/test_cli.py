"""The commands: what they refuse, and that nothing is left behind."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from small_release import FINDINGS, Small
from typer.main import get_command

from masagraph.cli.main import run
from masagraph.cli.release import release_app
from masagraph.questions import opening

ROOT = Path(__file__).parents[2]
SUBCOMMANDS = get_command(release_app).commands  # type: ignore[attr-defined]


def ran(capfd: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as ended:
        run(list(arguments))
    out, err = capfd.readouterr()
    return int(str(ended.value.code)), out, err


def test_a_folder_that_is_not_empty_is_refused_and_stays_as_it_was(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    code, out, err = ran(capfd, "release", "export", "--output", str(tmp_path))
    assert (code, out) == (2, "")
    assert err.startswith(f"masagraph: {tmp_path} is a folder that is not empty.")
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_a_file_is_no_folder(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "file"
    file.write_text("mine")
    code, _, err = ran(capfd, "release", "export", "--output", str(file))
    assert (code, file.read_text()) == (2, "mine")
    assert "is no folder" in err


def test_a_store_older_than_the_files_is_refused(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "inputs_hash", lambda resources, extra: "another")
    code, out, err = ran(capfd, "release", "export", "--output", str(tmp_path / "out"))
    assert (code, out) == (2, "")
    assert err.endswith("Run: masagraph build\n")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", SUBCOMMANDS)
def test_each_command_and_its_options_are_told(name: str) -> None:
    whole = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    page = whole.split("\n## masagraph release\n")[1].split("\n## ")[0]
    assert f"\n### masagraph release {name}\n" in page
    shared = {"--help", "--store", "--output"}
    for option in {o for p in SUBCOMMANDS[name].params for o in p.opts if o[:2] == "--"} - shared:
        assert f"`{option}" in page
    assert "Example: masagraph release" in str(SUBCOMMANDS[name].help)


def test_diff_in_words_json_and_turtle(
    small: Small, capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    old, new = small("a"), small("b", None, {**FINDINGS, ("one", "chair"): ("Missing", "")})
    code, out, err = ran(capfd, "release", "diff", str(old), str(new))
    assert (code, err) == (0, "")
    assert "One, chair: NotFoundInTextHeld -> Missing" in out
    _, out, _ = ran(capfd, "release", "diff", str(old), str(new), "--format", "json")
    assert [each["duty"] for each in json.loads(out)["outcomes"]] == ["chair"]
    file = tmp_path / "diff.ttl"
    code, out, _ = ran(
        capfd, "release", "diff", str(old), str(new), "--format", "turtle", "--output", str(file)
    )
    assert (code, out) == (0, "")
    assert "ChangeSet" in file.read_text()


def test_what_is_no_release_is_told(
    small: Small, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "empty").mkdir()
    for name in ("empty", "not there"):
        code, out, err = ran(
            capfd, "release", "diff", str(small(f"a {name}")), str(tmp_path / name)
        )
        assert (code, out) == (2, "")
        assert f"{tmp_path / name} is no release" in err


def test_a_release_of_a_newer_form_is_told(small: Small, capfd: pytest.CaptureFixture[str]) -> None:
    code, _, err = ran(capfd, "release", "diff", str(small("a")), str(small("b", format=99)))
    assert code == 2
    assert "was written by a newer masagraph (form 99" in err


def test_a_damaged_release_is_told_in_one_line(
    small: Small, capfd: pytest.CaptureFixture[str]
) -> None:
    folder = small("a")
    (folder / "tables" / "terms.csv").write_text("other")
    code, _, err = ran(capfd, "release", "diff", str(folder), str(folder))
    assert code == 2
    assert err.count("\n") == 1
    assert "terms.csv: the file is damaged" in err
