"""What differs between two releases: the change and only it, and why."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from rdflib import RDF, Graph, Namespace, URIRef
from small_release import FINDINGS, STATED, TERMS, Small

from masagraph.release.diff import Difference, compare_releases
from masagraph.release.diff_rdf import as_turtle
from masagraph.release.diff_words import as_json, as_text
from masagraph.release.reading import read_release

ID = "https://w3id.org/masagraph/id/"
CS = Namespace("http://purl.org/vocab/changeset/schema#")
LISTEN = "we listen"


def compared(old: Path, new: Path) -> Difference:
    return compare_releases(read_release(old), read_release(new))


def changed(graph: str, before: str, after: str) -> dict[str, str]:
    assert before in STATED[graph]
    return {**STATED, graph: STATED[graph].replace(before, after)}


def outcomes(found: Difference) -> dict[tuple[str, str], tuple[str, str, list[str]]]:
    return {
        (o.area, o.duty): (o.before, o.after, [reason.text for reason in o.why])
        for o in found.outcomes
    }


def test_a_release_and_itself_do_not_differ(release: Path) -> None:
    found = compared(release, release)
    assert (found.things, found.outcomes, found.terms) == ((), (), ())
    assert "Outcomes: none changed" in as_text(found)


def test_an_order_or_a_name_of_what_is_nameless_is_no_difference(small: Small) -> None:
    stated = dict(reversed(STATED.items()))
    assert compared(small("a"), small("b", stated)).things == ()


def test_words_that_changed_are_told_and_nothing_else(small: Small) -> None:
    found = compared(small("a"), small("b", changed("areas/one/d", LISTEN, "we hear")))
    (thing,) = found.things
    assert (thing.iri, thing.kind, thing.change) == (f"{ID}statement/d/a", "statement", "changed")
    assert found.outcomes == ()
    text = as_text(found)
    assert '"we listen"' in text
    assert '"we hear"' in text
    assert "better" not in text
    assert "improve" not in text


def test_a_finding_that_changed_names_the_statement_it_rested_on(small: Small) -> None:
    without = STATED["areas/one/d"].split(" st:b ")[1]
    findings = {**FINDINGS, ("one", "voice"): ("NotFoundInTextHeld", "")}
    stated = {**STATED, "areas/one/d": f"st:b {without}"}
    found = compared(small("a"), small("b", stated, findings))
    before, after, why = outcomes(found)["one", "voice"]
    assert (before, after) == ("Evidenced", "NotFoundInTextHeld")
    assert why == ["statement d/a: it counts no longer", "statement statement/d/a: removed"]
    assert len(found.outcomes) == 1
    assert [thing.change for thing in found.things] == ["removed"]


def test_a_statement_of_another_area_is_no_reason(small: Small) -> None:
    """Both areas' statements on the duty changed; each outcome is told with its own."""
    stated = changed("areas/one/d", "masa:bearsOn", "masa:bearsPartlyOn")
    findings = {
        **FINDINGS,
        ("one", "voice"): ("PartlyEvidenced", "d/a"),
        ("two", "voice"): ("PartlyEvidenced", "d/b"),
    }
    found = outcomes(compared(small("a"), small("b", stated, findings)))
    assert found["one", "voice"][2] == ["statement statement/d/a: changed"]
    assert found["two", "voice"][2] == ["statement statement/d/b: changed"]


def test_a_duty_or_a_shape_that_changed_is_the_reason(small: Small) -> None:
    shape = "<https://w3id.org/masagraph/id/shape/chair> masa:tests duty:chair ; skos:note"
    before = {**STATED, "shapes/x": f'{shape} "one" .'}
    after = {**changed("guidance/duties/x", '"Chair"', '"A chair"'), "shapes/x": f'{shape} "two" .'}
    findings = {**FINDINGS, ("one", "chair"): ("Evidenced", "")}
    found = outcomes(compared(small("a", before), small("b", after, findings)))
    why = found["one", "chair"][2]
    assert [text.split(" ")[-2:] for text in why] == [
        ["duty/chair:", "changed"],
        ["shape/chair:", "changed"],
    ]


def test_where_nothing_stated_changed_the_program_or_the_date_is_the_reason(small: Small) -> None:
    findings = {**FINDINGS, ("one", "chair"): ("Missing", "")}
    new = small("b", None, findings, shapes_version="s2")
    why = outcomes(compared(small("a"), new))["one", "chair"][2]
    assert why == ["the shapes and rules: s1 before, s2 now"]


def test_a_new_area_was_not_assessed_before(small: Small) -> None:
    findings = {**FINDINGS, ("two", "chair"): ("Evidenced", "d/b")}
    found = compared(small("a"), small("b", None, findings))
    assert outcomes(found)["two", "chair"][:2] == ("", "Evidenced")
    assert "Two, chair: not assessed -> Evidenced" in as_text(found)


def test_terms_added_retired_and_gone(small: Small) -> None:
    old, new = TERMS
    terms = {old: ("true", new), "https://w3id.org/masagraph/ns#more": ("false", "")}
    found = compared(small("a"), small("b", terms=terms))
    assert {(t.iri.split("#")[1], t.change) for t in found.terms} == {
        ("old", "retired"),
        ("new", "gone"),
        ("more", "added"),
    }
    assert "retired: masa:old (old), replaced by masa:new" in as_text(found)


def test_as_json_and_as_rdf_it_is_the_same_change(small: Small) -> None:
    findings = {**FINDINGS, ("one", "voice"): ("PartlyEvidenced", "d/a")}
    found = compared(small("a"), small("b", changed("areas/one/d", LISTEN, "we hear"), findings))
    said: dict[str, Any] = json.loads(as_json(found))
    assert [thing["iri"] for thing in said["things"]] == [f"{ID}statement/d/a"]
    assert said["outcomes"][0]["why"][0]["iri"] == f"{ID}statement/d/a"
    graph = Graph().parse(data=as_turtle(found), format="turtle")
    subjects = {str(s) for s in graph.objects(None, CS.subjectOfChange)}
    assert subjects == {f"{ID}statement/d/a", f"{ID}assertion/one/voice/2026-01-01#result"}
    added = {
        str(graph.value(s, RDF.object))
        for node in graph.subjects(
            CS.subjectOfChange, URIRef(f"{ID}assertion/one/voice/2026-01-01#result")
        )
        for s in graph.objects(node, CS.addition)
    }
    assert added == {"https://w3id.org/masagraph/ns#PartlyEvidenced"}
    assert as_turtle(found) == as_turtle(found)


def test_a_real_release_with_one_statement_less(release: Path, tmp_path: Path) -> None:
    """The dump and the table of findings of a real release, one statement and one row changed."""
    import gzip
    import hashlib
    import shutil

    from masagraph.release.quads import compress

    copy = tmp_path / "newer"
    shutil.copytree(release, copy)
    gone = "statement/warwickshire-masa/"
    quads = gzip.decompress((copy / "rdf/masagraph.nq.gz").read_bytes()).decode().splitlines(True)
    name = next(q.split(">")[0][1:] for q in quads if gone in q.split(">")[0] and "bearsOn" in q)
    kept = [q for q in quads if not q.startswith(f"<{name}>")]
    assert 0 < len(quads) - len(kept) < 20
    replaced = {"rdf/masagraph.nq.gz": compress("".join(kept).encode())}
    sums = (copy / "SHA256SUMS").read_text()
    for path, content in replaced.items():
        before = hashlib.sha256((copy / path).read_bytes()).hexdigest()
        (copy / path).write_bytes(content)
        sums = sums.replace(before, hashlib.sha256(content).hexdigest())
    (copy / "SHA256SUMS").write_text(sums)
    found = compared(release, copy)
    assert [(t.iri, t.change, t.kind) for t in found.things] == [(name, "removed", "statement")]
    assert found.outcomes == ()


def damage(folder: Path, path: str) -> None:
    content = (folder / path).read_bytes()
    (folder / path).write_bytes(content[:-1] + b"?")


@pytest.mark.parametrize("path", ["tables/findings.csv", "rdf/masagraph.nq.gz", "release.json"])
def test_a_damaged_file_is_named(small: Small, path: str) -> None:
    from masagraph.errors import BadValue

    folder = small("a")
    damage(folder, path)
    with pytest.raises(BadValue) as caught:
        read_release(folder)
    assert path in caught.value.line()
    assert "damaged" in caught.value.line()


@pytest.mark.parametrize("path", ["tables/findings.csv", "release.json", "people/people.ttl"])
def test_a_file_without_a_checksum_is_no_file_that_was_checked(small: Small, path: str) -> None:
    """A line less in the checksums would let any change of that file pass."""
    from masagraph.errors import BadValue

    folder = small("a", files=[{"path": "people/people.ttl"}, {"path": "tables/findings.csv"}])
    (folder / "people").mkdir()
    (folder / "people/SHA256SUMS").write_text("")
    if not path.startswith("people"):
        (folder / "people/SHA256SUMS").unlink()
        (folder / "people").rmdir()
        lines = (folder / "SHA256SUMS").read_text().splitlines(keepends=True)
        (folder / "SHA256SUMS").write_text("".join(x for x in lines if not x.endswith(f"{path}\n")))
    with pytest.raises(BadValue) as caught:
        read_release(folder)
    assert f"no checksum of {path} " in caught.value.line()
    assert "Get the release again" in caught.value.line()


@pytest.mark.parametrize("files", [None, "all", [{}], ["tables/findings.csv"]])
def test_a_list_of_files_that_is_none_is_told(small: Small, files: object) -> None:
    from masagraph.errors import BadValue

    with pytest.raises(BadValue, match=r"release\.json: it does not list its files"):
        read_release(small("a", files=files))


def test_a_missing_file_is_named(small: Small) -> None:
    from masagraph.errors import BadValue

    folder = small("a")
    (folder / "tables/terms.csv").unlink()
    with pytest.raises(BadValue, match=r"tables/terms\.csv: the file cannot be read"):
        read_release(folder)
