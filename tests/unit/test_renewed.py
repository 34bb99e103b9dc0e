"""What is kept is never stale: whatever changes, a build with it says what one without it says."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random

import pyoxigraph as ox
import pytest

from generated import document, frame, random_plan
from masagraph.assessment import renewed as module
from masagraph.assessment.kept import Kept
from masagraph.assessment.names import list_areas
from masagraph.assessment.renewed import Renewed
from masagraph.dataset.assemble import Assembled
from masagraph.dataset.files import RdfFile
from masagraph.dataset.rules import apply
from masagraph.errors import MasagraphError
from masagraph.resources import Resources
from masagraph.vocab import DERIVED_GRAPHS, EARL, GRAPH, ID, MASA

DAY = date(2024, 12, 1)
NAMES = ["area-1", "area-2", "area-3"]
ARRANGEMENTS = {f"{ID}arrangement/{name}" for name in NAMES}
VOICE = f"{ID}duty/wt2023-pub-voice"
VOICE_SHAPE = f"{ID}shape/wt2023-pub-voice"
Asked = list[tuple[set[str], set[str]]]
Change = Callable[[ox.Triple], ox.Triple | None]


@pytest.fixture(scope="module")
def files(law: list[RdfFile]) -> list[RdfFile]:
    """The law and three invented arrangements."""
    found = [file for file in law if not file.graph.startswith(f"{GRAPH}register/")]
    tests = {
        t.object for file in found for t in file.triples if t.predicate.value == str(MASA.tests)
    }
    slugs = sorted(str(duty).strip("<>").rpartition("/")[2] for duty in tests)
    duties = [slug for slug in slugs if slug.startswith("wt2023-")]
    for number, name in enumerate(NAMES):
        plan = random_plan(Random(number), name, duties)  # noqa: S311
        for part, text in (("frame", frame(plan)), ("document", document(plan))):
            triples = tuple(q.triple for q in ox.parse(text, format=ox.RdfFormat.TURTLE))
            found.append(
                RdfFile(Path(f"{part}.ttl"), f"{GRAPH}areas/{name}/{part}", triples, {}, text)
            )
    return found


def dataset(files: Sequence[RdfFile], resources: Resources) -> Assembled:
    """A dataset of files, without what the build checks in them."""
    store = ox.Store()
    for file in files:
        store.bulk_extend(file.quads())
    apply(store, resources.queries("rules/dataset"), f"{DERIVED_GRAPHS}facts")
    return Assembled(store, tuple(files), DAY, "version", "shapes", "inputs")


def changed(files: Sequence[RdfFile], graph: str, change: Change) -> list[RdfFile]:
    """The files, one of them with other triples."""
    found = []
    for file in files:
        if file.graph == f"{GRAPH}{graph}":
            triples = [new for t in file.triples if (new := change(t)) is not None]
            assert triples != list(file.triples)
            file = replace(file, triples=tuple(triples), text="\n".join(map(str, triples)))
        found.append(file)
    return found


def quads(assembled: Assembled, folder: Path) -> set[ox.Quad]:
    """What is published of all the arrangements with what is kept in a folder."""
    renewed = Renewed(assembled, Kept(folder))
    areas = [area for area in list_areas(renewed.store) if area.has_document]
    assert {area.arrangement for area in areas} == ARRANGEMENTS
    found = renewed.quads(areas, DAY)
    assert len(found) == len(set(found))
    return set(found)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Asked:
    """What was assessed: each time the arrangements and the duties."""
    told: Asked = []
    run = module.assess_all

    def tell(store, editions, day, arrangements, duties):  # type: ignore[no-untyped-def]
        told.append((set(arrangements), set(duties)))
        return run(store, editions, day, arrangements, duties)

    monkeypatch.setattr(module, "assess_all", tell)
    return told


@pytest.fixture(scope="module")
def before(
    files: list[RdfFile], resources: Resources, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, set[ox.Quad]]:
    """A folder in which the assessments of the files are kept, and these. Only copied from."""
    folder = tmp_path_factory.mktemp("kept")
    return folder, quads(dataset(files, resources), folder)


@pytest.fixture
def kept(before: tuple[Path, set[ox.Quad]], tmp_path: Path) -> Path:
    """A folder of the test's own with the same."""
    folder = tmp_path / "kept"
    folder.mkdir()
    for path in before[0].iterdir():
        (folder / path.name).write_bytes(path.read_bytes())
    return folder


def without(name: str) -> Change:
    """A change that leaves out what is said of a thing, or with a property."""
    gone = ox.NamedNode(str(name))
    return lambda t: None if gone in (t.subject, t.predicate) else t


def otherwise(predicate: str, value: str) -> Change:
    """A change that says another thing with a predicate."""
    return lambda t: (
        ox.Triple(t.subject, t.predicate, ox.NamedNode(value))
        if t.predicate.value == str(predicate)
        else t
    )


def test_where_nothing_has_changed_nothing_is_assessed(
    files: list[RdfFile], resources: Resources, before: tuple[Path, set[ox.Quad]], asked: Asked
) -> None:
    assert quads(dataset(files, resources), before[0]) == before[1]
    assert asked == []


CHANGES = [
    # One document: that arrangement, all duties.
    ("areas/area-2/document", without(MASA.bearsOn), {f"{ID}arrangement/area-2"}, None),
    # One shape: all arrangements, that duty.
    ("shapes/duties/wt2023/voice", without(VOICE_SHAPE), ARRANGEMENTS, {VOICE}),
    # What shapes share, the law, and what a class is: everything.
    (
        "shapes/evidence",
        otherwise(MASA.meansOutcome, MASA.NotFoundInTextHeld),
        ARRANGEMENTS,
        None,
    ),
    (
        "guidance/duties/wt2023",
        otherwise(MASA.commencement, MASA.EnactedNotCommenced),
        ARRANGEMENTS,
        None,
    ),
]


@pytest.mark.parametrize(
    ("graph", "change", "arrangements", "duties"), CHANGES, ids=[case[0] for case in CHANGES]
)
def test_what_has_changed_is_assessed_again_and_nothing_else(
    files: list[RdfFile],
    resources: Resources,
    before: tuple[Path, set[ox.Quad]],
    kept: Path,
    tmp_path: Path,
    asked: Asked,
    graph: str,
    change: Change,
    arrangements: set[str],
    duties: set[str] | None,
) -> None:
    new = dataset(changed(files, graph, change), resources)
    found = quads(new, kept)
    ((told, tested),) = asked
    assert told == arrangements
    if duties is not None:
        assert tested == duties
    else:
        assert len(tested) > 140
    assert found == quads(new, tmp_path / "empty")
    assert found != before[1], "the change must show, or this test proves nothing"
    if duties is not None:
        shown = {q.subject.value for q in found ^ before[1] if isinstance(q.subject, ox.NamedNode)}
        (slug,) = (duty.rpartition("/")[2] for duty in duties)
        assert shown
        assert all(f"/{slug}/" in subject for subject in shown)


def test_a_shape_that_comes_back_is_found_again(
    files: list[RdfFile],
    resources: Resources,
    before: tuple[Path, set[ox.Quad]],
    kept: Path,
    asked: Asked,
) -> None:
    gone = changed(files, "shapes/duties/wt2023/voice", without(VOICE_SHAPE))
    quads(dataset(gone, resources), kept)
    assert quads(dataset(files, resources), kept) == before[1]
    assert [duties for _, duties in asked] == [{VOICE}, {VOICE}]


def test_before_any_document_there_is_nothing_and_that_is_kept(
    files: list[RdfFile], resources: Resources, tmp_path: Path, asked: Asked
) -> None:
    assembled = dataset(files, resources)
    areas = list_areas(Renewed(assembled, Kept(tmp_path)).store)
    some = [area for area in areas if area.has_document]
    for _ in range(2):
        assert Renewed(assembled, Kept(tmp_path)).quads(some, date(2018, 1, 1)) == []
    assert len(asked) == 1


@pytest.mark.parametrize("seed", range(8))
def test_whatever_is_left_out_no_stale_finding_is_served(
    files: list[RdfFile], resources: Resources, kept: Path, tmp_path: Path, seed: int
) -> None:
    """One triple of any file, drawn at random; a wrong dataset must be refused both ways."""
    random = Random(seed)  # noqa: S311
    starts = ("areas/area-", "shapes/duties/", "shapes/", "guidance/", "ontology/")
    start = f"{GRAPH}{starts[seed % len(starts)]}"
    file = random.choice([file for file in files if file.graph.startswith(start)])
    gone = random.choice(file.triples)
    new = changed(files, file.graph.removeprefix(GRAPH), lambda t: None if t == gone else t)

    def told(folder: Path) -> set[ox.Quad] | str:
        try:
            return quads(dataset(new, resources), folder)
        except (MasagraphError, AssertionError) as error:
            return str(type(error))

    assert told(kept) == told(tmp_path / "empty"), f"without {gone}"


def test_outcomes_are_among_what_is_published(before: tuple[Path, set[ox.Quad]]) -> None:
    """The tests above compare what is there: that it is there is said here."""
    tested = {q.object for q in before[1] if q.predicate.value == str(EARL.test)}
    assert ox.NamedNode(VOICE) in tested
