"""Write the pages of docs/ that are made from other files.

    python docs/generate.py

Run it with the Python of .venv, after a change of ``ontology/``, ``shapes/``, ``data/guidance/``,
``data/areas/``, ``queries/questions/``, ``tests/structures/``, of the Settings class or of what
Python is offered. It writes ``docs/ontology/``, ``docs/duties/`` and ``docs/coverage/``, where it
removes what it does not write, and the pages and the drawing that :func:`pages` names. A test
fails while they are not what this writes.
"""

from __future__ import annotations

from pathlib import Path

from _generate import (
    architecture,
    coverage,
    duties,
    glossary,
    integrity,
    python_api,
    questions,
    reference,
    remote,
    settings,
    structures,
)
from masagraph.questions.catalogue import list_questions
from masagraph.resources import find_resources

DOCS = Path(__file__).resolve().parent
REFERENCE = DOCS / "ontology"
COVERAGE = DOCS / "coverage"
DUTIES = DOCS / "duties"


def pages() -> dict[Path, str]:
    """Return the text of each file that is written here, by its path."""
    resources = find_resources()
    return {
        DOCS / "questions.md": questions.questions_page(list_questions(resources)),
        DOCS / "settings.md": settings.settings_page(),
        DOCS / "remote.md": remote.remote_page(),
        DOCS / "glossary.md": glossary.glossary_page(resources.root),
        DOCS / "integrity.md": integrity.integrity_page(resources.root),
        DOCS / "python-api.md": python_api.python_page(),
        DOCS / "pictures" / "architecture.svg": architecture.architecture_drawing(),
        DOCS / "structures.md": structures.structures_page(DOCS.parent / "tests" / "structures"),
        **{REFERENCE / name: text for name, text in reference.files(resources.root).items()},
        **{
            COVERAGE / name: text
            for name, text in coverage.files(resources.folder("data") / "areas").items()
        },
        **{DUTIES / name: text for name, text in duties.files(resources.root).items()},
    }


def left_over(written: dict[Path, str]) -> list[Path]:
    """Return the files of the written folders that are not among those written."""
    there = {path for folder in (REFERENCE, COVERAGE, DUTIES) for path in folder.rglob("*")}
    return sorted({path for path in there if path.is_file()} - written.keys())


def main() -> None:
    """Write the files, and remove those of its folders that are no longer written."""
    written = pages()
    for folder in (REFERENCE, COVERAGE, DUTIES):
        folder.mkdir(exist_ok=True)
    for path in left_over(written):
        path.unlink()
    for path, text in written.items():
        path.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
