"""Bad input: exit code 2 and one line that says what is wrong, where, and what to do."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Cli, Edited

LEADS = "leads-and-delegates"

CASES = [
    (["assess", "warwikshire"], '"warwikshire"', "warwickshire"),
    (["assess", "kent", "brigton-and-hove"], '"brigton-and-hove"', "brighton-and-hove"),
    (["assess", "E10000999"], '"E10000999"', "Use a name such as"),
    (["assess", ""], '""', "Use a name such as"),
    (["assess", "kent", "--edition", "wt2099"], '"wt2099"', "wt2018, wt2023"),
    (["assess", "kent", "--as-at", "2024-13-01"], '"2024-13-01"', "year-month-day"),
    (["assess", "kent", "--as-at", "yesterday"], '"yesterday"', "year-month-day"),
    (["assess", "kent", "--as-at", ""], '""', "year-month-day"),
    (["assess", "kent", "--as-at", "1900-01-01"], "1900-01-01", "later date"),
    (["assess", "kent", "--document", "masa"], '"masa"', "In view: none"),
    (["assess", "warwickshire", "--document", "masa"], '"masa"', "warwickshire-masa"),
    (["assess", "kent", "--format", "docx"], "docx", "--help"),
    (["assess", "kent", "--fail-on", "info"], "info", "--help"),
    (["assess", "kent", "--data", "no-such-folder"], "no-such-folder", "path of a folder"),
    (["assess", "kent", "--colour"], "--colour", "--help"),
    (["explain", "kent", "wt2023-partnership-chai"], "chai", "wt2023-partnership-chair"),
    (["explain", "kint", "wt2023-partnership-chair"], '"kint"', "kent"),
    (["explain", "kent"], "duty", "--help"),
    (["explain", "kent", "wt2023-partnership-chair", "--as-at", "x"], '"x"', "year-month-day"),
    (["ask", "leads"], '"leads"', LEADS),
    (["ask", LEADS, "--param", "area"], '"area"', "NAME=VALUE"),
    (["ask", LEADS, "--param", "=kent"], '"=kent"', "NAME=VALUE"),
    (["ask", LEADS, "--param", "county=kent"], '"county"', "area, as_at"),
    (["ask", LEADS, "--param", "area=kint"], '"kint"', "kent"),
    (["ask", LEADS, "--as-at", "2024-02-30"], '"2024-02-30"', "year-month-day"),
    (["ask", LEADS, "--format", "turtle"], "turtle", "--help"),
    (["ask", "only-restated", "--as-at", "2024-01-01"], '"as_at"', "area"),
    (["query", "no-such-file.rq"], "no-such-file.rq", "path of a file"),
    (["query", "."], "query file .", "path of a file"),
    (["query"], "FILE|-", "--help"),
    (["quotes", "--sources", "no-such-folder"], "no-such-folder", "folder of the source"),
    (["quotes", "--sources", ".", "--data", "nowhere"], "nowhere", "path of a data folder"),
    (["quotes"], "--sources", "--help"),
    (["build", "--data", "no-such-folder"], "no-such-folder", "path of a folder"),
    (["serve", "--port", "70000"], "--port", "--help"),
    (["serve", "--workers", "0"], "--workers", "--help"),
    (["assassinate"], "assassinate", "--help"),
    (["--colour"], "--colour", "--help"),
]


@pytest.mark.parametrize(
    ("arguments", "what", "mend"), [pytest.param(*case, id=" ".join(case[0])) for case in CASES]
)
def test_one_line_with_what_and_mend(
    cli: Cli, arguments: list[str], what: str, mend: str, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    line = cli(*arguments).problem()
    assert what in line
    assert mend in line


def test_every_area_is_known_before_any_is_assessed(cli: Cli) -> None:
    """A slip in the second name gives no half of a report."""
    assert '"kint"' in cli("assess", "warwickshire", "kint", "--format", "csv").problem()


def test_names_hold_nothing_that_is_run(cli: Cli) -> None:
    """A name is a term, never a piece of a query."""
    for name in ('kent" } #', "kent> } INSERT", "../kent", "kent\nkent", "k" * 10_000):
        cli("assess", name).problem()
        cli("ask", LEADS, "--param", f"area={name}").problem()


@pytest.mark.parametrize(
    ("old", "new", "near", "what", "mend"),
    [
        ('masa:section "1" ;', 'masa:section "1" ', "oa:hasSelector", "Turtle", "';'"),
        ("duty:wt2023-publish", "dooty:wt2023-publish", "dooty:", "dooty", "Correct that line"),
        (
            "    oa:hasSource doc:exampleshire-leaflet ;\n", "", "statement:published a",
            "published: The statement does not come from exactly one document", "oa:hasSource",
        ),
        (
            "masa:standing masa:LocalArrangement", "masa:standing masa:LocalArangement",
            "statement:published a", "standing", "LocalArrangement",
        ),
        (
            "masa:reviewStatus", "masa:reviewState", "masa:reviewState",
            "masa:reviewState is not a term of the ontology", "ontology/",
        ),
        (
            "duty:wt2023-publish-arrangements", "duty:wt2023-publish-agreements",
            "duty:wt2023-publish-agreements", "described nowhere", "Correct the name",
        ),
        (
            '"2024-03-15"^^xsd:date', '"15 March 2024"', "doc:exampleshire-leaflet a",
            "exampleshire-leaflet: ", "xsd:date",
        ),
        (
            "publish these arrangements on", f"publish {'very ' * 12}",
            "statement:published a", "longer than 12 words", "Shorten it",
        ),
    ],
    ids=["syntax", "prefix", "no document", "no standing", "no term", "no duty", "no date", "long"],
)  # fmt: skip
@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("command", [("assess", "kent"), ("build",)], ids=["assess", "build"])
def test_bad_data_names_file_line_what_and_mend(
    cli: Cli, edited: Callable[[str, str], Edited], tmp_path: Path,
    command: tuple[str, ...], old: str, new: str, near: str, what: str, mend: str,
) -> None:  # fmt: skip
    data = edited(old, new)
    store = ("--store", tmp_path / "store") if command == ("build",) else ()
    line = cli(*command, "--data", data.folder, *store).problem()
    assert f"{data.file}:{data.line_of(near)}: " in line
    assert what in line
    assert mend in line
    assert not (tmp_path / "store").exists()


def test_a_file_that_cannot_be_read_is_named(
    cli: Cli, edited: Callable[[str, str], Edited], tmp_path: Path
) -> None:
    """Such as the link that an editor leaves beside a file that is open in it."""
    made = edited("1", "1")
    link = made.folder / "areas" / ".#leaflet.ttl"
    link.symlink_to("nobody@nowhere")
    line = cli("build", "--store", str(tmp_path / "store"), "--data", made.folder).problem()
    assert str(link) in line
    assert "cannot be read" in line


def test_data_that_is_no_text(cli: Cli, edited: Callable[[str, str], Edited]) -> None:
    data = edited("1", "1")
    data.file.write_bytes(b"\xff\xfe\x00")
    line = cli("assess", "kent", "--data", data.folder).problem()
    assert f"{data.file}: " in line
    assert "UTF-8" in line
