"""All that is known of one area: codes, partners, documents, neighbours, and counts of outcomes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

import pyoxigraph as ox

from masagraph.assessment.edition_counts import EditionCounts, counts_in_force
from masagraph.assessment.names import Area, list_areas, lookup
from masagraph.assessment.view import documents_in_view
from masagraph.questions.answers import answer
from masagraph.questions.catalogue import read_question
from masagraph.resources import find_resources
from masagraph.store.opened import Opened
from masagraph.store.protocol import Store, Term, text_of
from masagraph.vocab import local_name

NOTE = (
    "A gap in a document is not a gap in protection. Counts are of the documents held, and no "
    "ranking; the denominator of each is the number of duties tested."
)


@dataclass(frozen=True, slots=True)
class AreaOverview:
    """One area on a date. The parts are JSON already, as only people and programs read them.

    Attributes:
        area: the area.
        as_at: the date.
        data_version: the version of the data.
        register: region, type and every code with its dates.
        partnership: the partnership that documents name, with all forms of its name, if any.
        partners: organisations by partner function, as the question of that name answers.
        documents: every document held; each says whether it is in view.
        sharing: areas that share a force or a board, as the question of that name answers.
        editions: counts of outcomes against each edition in force.
        remark: a line on the editions, if any.
    """

    area: Area
    as_at: date
    data_version: str
    register: dict[str, Any]
    partnership: dict[str, Any] | None
    partners: tuple[dict[str, Any], ...]
    documents: tuple[dict[str, Any], ...]
    sharing: tuple[dict[str, Any], ...]
    editions: tuple[EditionCounts, ...]
    remark: str

    def things(self) -> list[str]:
        """Return the IRIs of the area and of what describes it, for a description in RDF."""
        found = [self.area.iri, self.area.arrangement]
        found += [self.partnership["iri"]] if self.partnership else []
        found += [document["iri"] for document in self.documents]
        found += [partner["organisation_iri"] for partner in self.partners]
        return [iri for iri in found if iri]

    def as_json(self) -> dict[str, Any]:
        """Return the form that the HTTP API gives."""
        area, base = self.area, f"/api/areas/{self.area.slug}"
        return {
            "area": area.slug,
            "name": area.label,
            "gss": area.gss,
            "iri": area.iri,
            **self.register,
            "arrangement": area.arrangement,
            "as_at": self.as_at.isoformat(),
            "data_version": self.data_version,
            "note": NOTE,
            "partnership": self.partnership,
            "partners": list(self.partners),
            "documents_held": len(self.documents),
            "documents_in_view": sum(document["in_view"] for document in self.documents),
            "documents": list(self.documents),
            "sharing": list(self.sharing),
            "edition_remark": self.remark or None,
            "editions_in_force": [asdict(each) for each in self.editions],
            "links": {
                "assessment": f"{base}/assessment",
                "accountability": f"{base}/accountability",
                "compare": f"/api/compare?area={area.slug}",
                "page": f"/areas/{area.slug}",
                "gaps": f"/areas/{area.slug}/gaps",
            },
        }


def overview_of(opened: Opened, area: Area, as_at: date) -> AreaOverview:
    """Return all that is known of an area.

    Args:
        opened: the open store.
        area: the area.
        as_at: the date of partners, sharing and outcomes; all documents held are told.
    """
    store = opened.store
    organisations = _organisations(store, area)
    editions, remark = counts_in_force(store, area, as_at, opened.data_version)
    return AreaOverview(
        area=area,
        as_at=as_at,
        data_version=opened.data_version,
        register=_register(store, area),
        partnership=_partnership(store, area),
        partners=tuple(
            _with_iri(row, organisations)
            for row in rows_of(opened, "statutory-partners", area, as_at)
        ),
        documents=tuple(_documents(store, area, as_at)),
        sharing=tuple(_sharing(opened, area, as_at, organisations)),
        editions=tuple(editions),
        remark=remark,
    )


def rows_of(opened: Opened, name: str, area: Area, as_at: date) -> list[dict[str, Any]]:
    """Ask a stored question about an area on a date, and return its rows.

    Args:
        opened: the open store.
        name: the name of the question.
        area: the area.
        as_at: the date.
    """
    path = find_resources().folder("queries") / "questions" / f"{name}.rq"
    given = {"area": area.slug, "as_at": as_at.isoformat()}
    question = read_question(path)
    answered = answer(question, given, opened.store, opened.data_date, opened.data_version)
    rows: list[dict[str, Any]] = answered.as_json()["rows"]
    return [{k: v for k, v in row.items() if k != "area_name"} for row in rows]


def _organisations(store: Store, area: Area) -> dict[str, str]:
    """Return the IRIs of the organisations that may fill the slots of an area, by name."""
    rows = lookup(store, "organisations-of-slots", area=ox.NamedNode(area.iri))
    return {text_of(row["name"]): text_of(row["organisation"]) for row in rows}


def _with_iri(row: dict[str, Any], organisations: Mapping[str, str]) -> dict[str, Any]:
    return {**row, "organisation_iri": organisations.get(row["organisation"])}


def _sharing(
    opened: Opened, area: Area, as_at: date, organisations: Mapping[str, str]
) -> list[dict[str, Any]]:
    areas = {each.label: each for each in list_areas(opened.store)}
    return [
        {
            "area": areas[row["shared_with"]].slug,
            "name": row["shared_with"],
            "iri": areas[row["shared_with"]].iri,
            "partner": row["partner"],
            "organisation": row["organisation"],
            "organisation_iri": organisations.get(row["organisation"]),
            "share": row["share"],
        }
        for row in rows_of(opened, "areas-sharing", area, as_at)
    ]


def _register(store: Store, area: Area) -> dict[str, Any]:
    rows = lookup(store, "area", area=ox.NamedNode(area.iri))
    first: dict[str, Term] = rows[0] if rows else {}
    return {
        "region": text_of(first.get("region")) or None,
        "type": text_of(first.get("type")) or None,
        "codes": [
            {
                "gss": text_of(row["code"]),
                "from": text_of(row.get("from")) or None,
                "until": text_of(row.get("until")) or None,
            }
            for row in rows
        ],
    }


def _partnership(store: Store, area: Area) -> dict[str, Any] | None:
    rows = lookup(store, "partnerships-of-area", area=ox.NamedNode(area.iri))
    if not rows:
        return None
    return {
        "iri": text_of(rows[0]["partnership"]),
        "name": text_of(rows[0]["name"]),
        "other_names": [text_of(row["other"]) for row in rows if "other" in row],
    }


def _documents(store: Store, area: Area, as_at: date) -> list[dict[str, Any]]:
    in_view = {document.iri for document in documents_in_view(store, area, as_at)}
    found: dict[str, dict[str, Any]] = {}
    for row in lookup(store, "documents-of-area", area=ox.NamedNode(area.iri)):
        iri = text_of(row["document"])
        document = found.setdefault(
            iri,
            {
                "id": local_name(iri),
                "iri": iri,
                "title": text_of(row["title"]),
                "publisher": text_of(row.get("publisher")) or None,
                "kind": local_name(text_of(row["kind"])),
                "kind_label": text_of(row.get("kindName")) or None,
                "in_view_from": text_of(row["from"]),
                "date_basis": local_name(text_of(row.get("basis"))) or None,
                "in_effect_from": text_of(row.get("effect")) or None,
                "extent_held": local_name(text_of(row["extent"])),
                "url": text_of(row.get("url")) or None,
                "claims_editions": [],
                "wording_shows_editions": [],
                "in_view": iri in in_view,
            },
        )
        for key, name in (("claims_editions", "claims"), ("wording_shows_editions", "shows")):
            edition = local_name(text_of(row.get(name)))
            if edition and edition not in document[key]:
                document[key].append(edition)
    return list(found.values())
