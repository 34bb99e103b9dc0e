"""The wheel carries all that an installed copy needs, and an installed copy finds it.

The wheel is unpacked into a folder that stands before the checkout on Python's path, as an
installed copy would; nothing is installed.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import zipfile
from email.parser import Parser
from pathlib import Path

import lxml.html
import pytest
from tests.authoring.test_newcomer import ROWS, SHOWN, fill

from masagraph.resources import FOLDERS, Resources

ROOT = Path(__file__).resolve().parents[2]
BUNDLED = "masagraph/_bundled"


@pytest.fixture(scope="session")
def names(wheel: zipfile.ZipFile) -> list[str]:
    return wheel.namelist()


@pytest.fixture(scope="session")
def metadata(wheel: zipfile.ZipFile, names: list[str]) -> str:
    (name,) = (name for name in names if name.endswith(".dist-info/METADATA"))
    return wheel.read(name).decode("utf-8")


# What it holds


@pytest.mark.parametrize("folder", FOLDERS)
def test_the_rdf_folders_are_in_it_byte_for_byte(
    wheel: zipfile.ZipFile, names: list[str], resources: Resources, folder: str
) -> None:
    root = resources.folder(folder)
    files = [path for path in root.rglob("*") if path.suffix in {".ttl", ".rq", ".ru", ".txt"}]
    assert files
    held = {name for name in names if name.startswith(f"{BUNDLED}/{folder}/")}
    assert held == {f"{BUNDLED}/{folder}/{path.relative_to(root).as_posix()}" for path in files}
    for path in files:
        name = f"{BUNDLED}/{folder}/{path.relative_to(root).as_posix()}"
        assert wheel.read(name) == path.read_bytes()


def test_the_texts_of_licences_are_beside_them(names: list[str]) -> None:
    """A release carries them, wherever it is made."""
    texts = {f"{BUNDLED}/LICENSES/{path.name}" for path in (ROOT / "LICENSES").iterdir()}
    assert {name for name in names if name.startswith(f"{BUNDLED}/LICENSES/")} == texts


def test_the_package_is_in_it_with_types_templates_and_static_files(names: list[str]) -> None:
    package = ROOT / "service" / "masagraph"
    files = {
        f"masagraph/{path.relative_to(package).as_posix()}"
        for path in package.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert "masagraph/py.typed" in files
    assert any(name.startswith("masagraph/web/templates/") for name in files)
    assert any(name.startswith("masagraph/web/static/") for name in files)
    assert {name for name in names if not name.startswith(BUNDLED)} >= files


def test_the_licences_are_in_it(names: list[str]) -> None:
    held = {name.rsplit("/", 1)[-1] for name in names if ".dist-info/licenses/" in name}
    assert held == {path.name for path in (ROOT / "LICENSES").iterdir()}


def test_nothing_else_is_in_it(names: list[str]) -> None:
    """No tests, no sources that are not ours, no store, no caches."""
    assert {name.split("/")[0].split("-")[0] for name in names} == {"masagraph"}
    for name in names:
        parts = name.split("/")
        assert not {"tests", "__pycache__", ".masagraph", "sources"} & set(parts)
        assert not name.endswith((".pyc", ".sst", ".env", ".whl"))
    assert len(names) == len(set(names))


def test_its_metadata(metadata: str) -> None:
    fields = Parser().parsestr(metadata)
    assert fields["Name"] == "masagraph"
    assert fields["License-Expression"] == "Apache-2.0"
    assert fields["Requires-Python"]
    assert {"all", "dev"} <= set(fields.get_all("Provides-Extra", []))
    needed = fields.get_all("Requires-Dist", [])
    assert needed
    assert not [each for each in needed if each.startswith("torch")]


def test_the_command_is_declared(wheel: zipfile.ZipFile, names: list[str]) -> None:
    (name,) = (name for name in names if name.endswith("entry_points.txt"))
    assert "masagraph = masagraph.cli.main:run" in wheel.read(name).decode("utf-8")


# Away from the checkout


@pytest.fixture(scope="session")
def installed(wheel: zipfile.ZipFile, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("installed")
    wheel.extractall(folder)
    return folder


def python(installed: Path, cwd: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run Python with the unpacked wheel first on its path, away from the checkout."""
    clean = {name: v for name, v in os.environ.items() if not name.startswith("MASAGRAPH_")}
    env = {**clean, "PYTHONPATH": str(installed), "HOME": str(cwd), "XDG_DATA_HOME": str(cwd)}
    return subprocess.run(
        [sys.executable, *arguments], cwd=cwd, env=env, capture_output=True, text=True,
        check=False, timeout=120,
    )  # fmt: skip


LIST_AREAS = """
import masagraph
from masagraph.assessment.names import list_areas
from masagraph.dataset.assemble import assemble
from masagraph.resources import find_resources, store_folder
from masagraph.settings import Settings
from masagraph.store.embedded import EmbeddedStore

found = find_resources()
print(masagraph.__file__)
print(found.root, found.is_checkout)
print(store_folder(Settings()))
print(*(area.slug for area in list_areas(EmbeddedStore(assemble(found).store))))
"""


def test_an_installed_copy_finds_what_it_carries(
    installed: Path, tmp_path: Path, areas: list[object]
) -> None:
    ran = python(installed, tmp_path, "-c", LIST_AREAS)
    assert ran.returncode == 0, ran.stderr
    module, root, store, slugs = ran.stdout.splitlines()
    assert Path(module).is_relative_to(installed)
    assert root == f"{installed / BUNDLED} False"
    # Its store is the user's: a package's own folder is not for writing.
    assert Path(store).is_relative_to(tmp_path)
    assert "warwickshire" in slugs.split()
    assert len(slugs.split()) == len(areas)


def test_an_installed_copy_answers_from_a_store(
    installed: Path, tmp_path: Path, store_folder: Path
) -> None:
    ran = python(installed, tmp_path, "-m", "masagraph", "assess", "kent", "--store",
                 str(store_folder))  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    assert "No document is held" in ran.stdout


def test_an_installed_copy_serves_its_pages(
    installed: Path, tmp_path: Path, store_folder: Path
) -> None:
    code = f"""
from pathlib import Path
from fastapi.testclient import TestClient
from masagraph.settings import Settings
from masagraph.web.app import create_app
client = TestClient(create_app(Settings(store=Path({str(store_folder)!r}))))
for url in ("/", "/areas/kent/gaps", "/static/masagraph.css"):
    print(client.get(url).status_code)
"""
    ran = python(installed, tmp_path, "-c", code)
    assert ran.stdout.split() == ["200", "200", "200"], ran.stderr


SHOW = """
import sys
from pathlib import Path
from fastapi.testclient import TestClient
from masagraph.settings import Settings
from masagraph.web.app import create_app
client = TestClient(create_app(Settings(store=Path("store"))))
page = client.get("/areas/kent/gaps?edition=wt2023", headers={"Accept": "text/html"})
print(page.status_code)
print(page.text)
"""


def test_somebody_with_an_installed_copy_alone_adds_an_area_and_sees_its_gaps(
    installed: Path, tmp_path: Path, store_folder: Path
) -> None:
    """The steps of docs/workbook.md, from an empty folder to the page."""

    def masagraph(*arguments: str, store: Path | str = store_folder) -> str:
        ran = python(installed, tmp_path, "-m", "masagraph", *arguments, "--store", str(store))
        assert ran.returncode == 0, ran.stderr
        return ran.stdout

    masagraph("area", "template", "--area", "kent", "--output", "kent.xlsx")
    assert len(ROWS) == 10
    fill(tmp_path / "kent.xlsx")
    assert "Each home in Kent is visited" in masagraph("check", "kent.xlsx")
    assert "3 rows of Statements" in masagraph("area", "import", "kent.xlsx", "--data", "my-data")
    masagraph("build", "--data", "my-data", store="store")
    shown = python(installed, tmp_path, "-c", SHOW)
    status, page = shown.stdout.split("\n", 1)
    assert status == "200", shown.stderr
    text = " ".join(" ".join(lxml.html.fromstring(page).itertext()).split())
    assert "Kent: what the documents show, gaps first" in text
    assert "How we work together" in text
    assert "Our arrangements cover all of Kent and nowhere else" in text
    counts = re.search(r"✓ Evidenced ([0-9]+) ([0-9]+) ([0-9]+) ([0-9]+) ", text)
    assert counts
    assert counts[4] == str(len(SHOWN))


def test_a_copy_that_has_lost_its_folders_says_so(
    installed: Path, tmp_path: Path, wheel: zipfile.ZipFile
) -> None:
    del installed
    bare = tmp_path / "bare"
    wheel.extractall(bare, [name for name in wheel.namelist() if not name.startswith(BUNDLED)])
    ran = python(bare, tmp_path, "-m", "masagraph", "ask")
    assert (ran.returncode, ran.stdout) == (2, "")
    (line,) = ran.stderr.splitlines()
    assert "_bundled" in line
    assert "Install masagraph again" in line


def test_a_checkout_wins_over_the_copy_in_the_package(resources: Resources) -> None:
    """An editable install carries a copy too, made when it was installed."""
    assert resources.root == ROOT
    assert resources.is_checkout
