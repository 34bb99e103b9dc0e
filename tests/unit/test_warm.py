"""What the process that query workers are forked from has read; and what it never logs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

CHECKED = """
import resource, sys
from pathlib import Path
from masagraph.assessment.uploaded import check_upload
from masagraph.store.opened import open_store
from masagraph.web.warm import warm

opened = open_store(Path(sys.argv[1]), in_memory=True)
warm(opened)
draft = Path(sys.argv[2]).read_bytes()
resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))
made = check_upload(opened, draft, "text/turtle", "wt2026", None)
print(made.area.slug, len(made.findings))
"""
WORDS = "the-canary-sings"
MORE = f"""
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
statement:title <x:note> "{WORDS}"^^xsd:date , "{WORDS} &"^^rdf:XMLLiteral , "<p>"^^rdf:HTML .
"""


def run(script: str, *arguments: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", script, *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_draft_is_checked_with_every_door_shut_and_its_words_go_into_no_log(
    store_folder: Path, tmp_path: Path
) -> None:
    """Not even where a library would say which text it could not read."""
    shipped = Path(__file__).parents[2] / "data" / "areas" / "warwickshire" / "masa.ttl"
    draft = tmp_path / "draft.ttl"
    draft.write_text(shipped.read_text("utf-8") + MORE, "utf-8")
    ran = run(CHECKED, store_folder, draft)
    assert ran.returncode == 0, ran.stderr[-2000:]
    assert ran.stdout.split() == ["warwickshire", "4"]
    assert WORDS not in ran.stderr
    assert "Errno" not in ran.stderr


def test_the_library_would_say_it() -> None:
    """Else the test above would show nothing."""
    script = f"from rdflib import Literal, XSD; Literal({WORDS!r}, datatype=XSD.date)"
    assert WORDS in run(script).stderr
