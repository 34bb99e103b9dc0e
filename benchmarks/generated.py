"""Realistic arrangements with known faults, for the tests of properties and for measuring.

Everything in them is invented. A :class:`Plan` says what an arrangement shows and where it falls
short; :func:`document` writes it as a data file; :func:`faults_of_seats` and
:func:`faults_of_words` say which faults must be found, and no other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from random import Random

SLOTS = ("local-authority", "health", "police")
WORDS = {
    "whole": ("LocalArrangement", "bearsOn"),
    "part": ("LocalArrangement", "bearsPartlyOn"),
    "promise": ("CommitmentOnly", "bearsOn"),
    "restated": ("GuidanceRestated", "bearsPartlyOn"),
    "heading": ("HeadingOnly", "bearsPartlyOn"),
    "absent": ("StatedAbsent", "bearsOn"),
}
"""Kinds of words: the standing, and the property with which they bear on a duty."""

LEADS = ("head", "level", "tbc", "none")
"""A lead who heads the agency, one at another level, one to be confirmed, or none."""

DELEGATES = ("named", "unnamed", "tbc", "retained", "none")
CHAIRS = ("delegate", "rotating", "two", "outside", "scrutineer", "none")

_ORGANISATIONS = {
    "local-authority": ("council", "LocalAuthority"),
    "health": ("icb", "IntegratedCareBoard"),
    "police": ("police", "PoliceForce"),
}
_FUNCTIONS = {
    "local-authority": "LocalAuthorityFunction",
    "health": "HealthFunction",
    "police": "PoliceFunction",
}
PREFIXES = """\
@prefix masa: <https://w3id.org/masagraph/ns#> .
@prefix area: <https://w3id.org/masagraph/id/area/> .
@prefix arrangement: <https://w3id.org/masagraph/id/arrangement/> .
@prefix doc: <https://w3id.org/masagraph/id/document/> .
@prefix duty: <https://w3id.org/masagraph/id/duty/> .
@prefix edition: <https://w3id.org/masagraph/id/edition/> .
@prefix organisation: <https://w3id.org/masagraph/id/organisation/> .
@prefix partnership: <https://w3id.org/masagraph/id/partnership/> .
@prefix appointment: <https://w3id.org/masagraph/id/appointment/{name}/> .
@prefix body: <https://w3id.org/masagraph/id/body/{name}/> .
@prefix delegation: <https://w3id.org/masagraph/id/delegation/{name}/> .
@prefix line: <https://w3id.org/masagraph/id/line/{name}/> .
@prefix post: <https://w3id.org/masagraph/id/post/{name}/> .
@prefix slot: <https://w3id.org/masagraph/id/slot/{name}/> .
@prefix statement: <https://w3id.org/masagraph/id/statement/{name}/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


@dataclass(frozen=True)
class Plan:
    """What an arrangement shows, and where it falls short.

    Attributes:
        name: slug of the area, of its arrangement and of its document.
        words: the kinds of words that bear on each duty, by the duty's slug.
        leads: how each slot is led, one of :data:`LEADS`.
        delegates: how each slot is delegated, one of :data:`DELEGATES`.
        chair: who chairs, one of :data:`CHAIRS`.
        acting: slots whose lead is acting.
        second: slots that a second organisation fills too.
        bodies: how many groups answer to the partnership's executive, one below the other.
        extent: local name of how much of the document is held.
        kind: local name of the document's kind.
        claims: id of the edition that it claims to follow.
        since: the day from which it counts.
    """

    name: str = "exampleshire"
    words: Mapping[str, frozenset[str]] = field(default_factory=dict)
    leads: Mapping[str, str] = field(default_factory=lambda: dict.fromkeys(SLOTS, "head"))
    delegates: Mapping[str, str] = field(default_factory=lambda: dict.fromkeys(SLOTS, "named"))
    chair: str = "delegate"
    acting: frozenset[str] = frozenset()
    second: frozenset[str] = frozenset()
    bodies: int = 3
    extent: str = "Excerpt"
    kind: str = "PublishedArrangement"
    claims: str = "wt2023"
    since: str = "2024-03-15"


def random_plan(random: Random, name: str, duties: Sequence[str]) -> Plan:
    """Return a plan as documents tend to be: much restated, a good part shown, little denied."""
    kinds = ("whole", "part", "promise", "restated", "heading", "absent")
    weights = (30, 25, 12, 28, 4, 1)
    words = {}
    for duty in duties:
        number = random.choices((0, 1, 2, 3), (25, 45, 20, 10))[0]
        words[duty] = frozenset(random.choices(kinds, weights, k=number))
    return Plan(
        name,
        words,
        {slot: random.choices(LEADS, (70, 15, 5, 10))[0] for slot in SLOTS},
        {slot: random.choices(DELEGATES, (60, 10, 5, 10, 15))[0] for slot in SLOTS},
        random.choices(CHAIRS, (40, 15, 5, 15, 5, 20))[0],
        frozenset(slot for slot in SLOTS if random.random() < 0.1),
        frozenset(slot for slot in SLOTS if random.random() < 0.1),
        random.randint(1, 8),
    )


def frame(plan: Plan) -> str:
    """Write the area with its slots, its partners and its arrangement."""
    name, label = plan.name, plan.name.title()
    parts = [
        PREFIXES.format(name=name),
        f"""
        area:{name} a masa:SafeguardingArea ; skos:prefLabel "{label}"@en ;
            skos:notation "{name}" ; masa:gssCode "{_code(name)}" .
        partnership:{name} a masa:Partnership ;
            skos:prefLabel "{label} Safeguarding Children Partnership"@en .
        arrangement:{name} a masa:Arrangement ;
            skos:prefLabel "Safeguarding arrangements for {label}"@en ;
            masa:coversArea area:{name} ; masa:ofPartnership partnership:{name} ;
            masa:coversSlot {", ".join(f"slot:{slot}" for slot in SLOTS)} .""",
    ]
    for slot in SLOTS:
        short, kind = _ORGANISATIONS[slot]
        parts.append(f"""
        slot:{slot} a masa:PartnerSlot ; masa:forArea area:{name} ;
            masa:partnerFunction masa:{_FUNCTIONS[slot]} .""")
        for which in _fillers(plan, slot):
            parts.append(f"""
        organisation:{name}-{which} a masa:{kind} ;
            skos:prefLabel "{label} {short} {which}"@en .""")
    return "\n".join(parts)


def _code(name: str) -> str:
    """Return a code that no area has, the same for the same name."""
    return f"E06{900000 + sum(map(ord, name)) * 37 % 99999:06d}"


def _fillers(plan: Plan, slot: str) -> list[str]:
    short = _ORGANISATIONS[slot][0]
    return [short, f"{short}-b"] if slot in plan.second else [short]


def document(plan: Plan) -> str:
    """Write what the plan's one document says."""
    name = plan.name
    parts = [
        PREFIXES.format(name=name),
        f"""
        doc:{name} a masa:SourceDocument ; dcterms:title "Arrangements of {name}"@en ;
            dcterms:license "none stated" ; masa:documentKind masa:{plan.kind} ;
            masa:describes arrangement:{name} ; masa:inViewFrom "{plan.since}"^^xsd:date ;
            masa:dateBasis masa:Issued ; masa:claimsEdition edition:{plan.claims} ;
            masa:extentHeld masa:{plan.extent} ; masa:sha256 "{"0" * 64}" .""",
    ]
    for duty, kinds in plan.words.items():
        for kind in sorted(kinds):
            standing, bears = WORDS[kind]
            parts.append(
                _statement(plan, f"{kind}-{duty}", standing, f"masa:{bears} duty:{duty} ;")
            )
    for slot in SLOTS:
        parts += [_lead(plan, slot), _delegate(plan, slot)]
    parts += [_chair(plan), _bodies(plan)]
    return "\n".join(parts)


def _statement(plan: Plan, name: str, standing: str, more: str) -> str:
    return f"""
        statement:{name} a masa:Statement ; oa:hasSource doc:{plan.name} ;
            masa:section "1" ; masa:about arrangement:{plan.name} ; {more}
            oa:hasSelector [ a oa:TextQuoteSelector ; oa:exact "words on {name}"@en ] ;
            masa:standing masa:{standing} ; masa:reviewStatus masa:Unreviewed ."""


def _seat(
    plan: Plan, name: str, role: str, slot: str | None, status: str, post: str, more: str = ""
) -> str:
    held = f"masa:forSlot slot:{slot} ;" if slot else ""
    return f"""
        appointment:{name} a masa:Appointment ; org:organization partnership:{plan.name} ;
            org:member post:{post} ; org:role masa:{role} ; {held} {more}
            masa:inArrangement arrangement:{plan.name} ; masa:holderStatus masa:{status} ;
            masa:roleMapping masa:StatedRole .""" + _statement(
        plan, f"shows-{name}", "LocalArrangement", f"masa:evidences appointment:{name} ;"
    )


def _post(plan: Plan, name: str, slot: str, head: bool) -> str:
    short = _ORGANISATIONS[slot][0]
    heads = "org:role org:Head ;" if head else ""
    return f"""
        post:{name} a org:Post ; skos:prefLabel "Holder of {name}"@en ; {heads}
            org:postIn organisation:{plan.name}-{short} ."""


def _lead(plan: Plan, slot: str) -> str:
    how = plan.leads[slot]
    if how == "none":
        return ""
    status = "ToBeConfirmed" if how == "tbc" else "Named"
    tenure = "masa:tenure masa:Acting ;" if slot in plan.acting else ""
    return _post(plan, f"lead-{slot}", slot, how != "level") + _seat(
        plan, f"lead-{slot}", "LeadSafeguardingPartner", slot, status, f"lead-{slot}", tenure
    )


def _delegate(plan: Plan, slot: str) -> str:
    how = plan.delegates[slot]
    if how == "none":
        return ""
    if how == "retained":
        delegator = (
            f"masa:delegator appointment:lead-{slot} ;" if plan.leads[slot] != "none" else ""
        )
        return f"""
        delegation:{slot} a masa:Delegation ; masa:inArrangement arrangement:{plan.name} ;
            masa:forSlot slot:{slot} ; {delegator}
            masa:delegationMode masa:RetainedByLead .""" + _statement(
            plan, f"retains-{slot}", "LocalArrangement", f"masa:evidences delegation:{slot} ;"
        )
    status = {"named": "Named", "unnamed": "PostOnly", "tbc": "ToBeConfirmed"}[how]
    return _post(plan, f"delegate-{slot}", slot, False) + _seat(
        plan, f"delegate-{slot}", "DelegatedSafeguardingPartner", slot, status, f"delegate-{slot}"
    )


def _chair(plan: Plan) -> str:
    scrutineer = """
        post:scrutineer a org:Post ; skos:prefLabel "Independent Scrutineer"@en .""" + _seat(
        plan, "scrutineer", "IndependentScrutineer", None, "Named", "scrutineer"
    )
    if plan.chair == "none":
        return scrutineer
    if plan.chair == "scrutineer":
        return scrutineer + _seat(plan, "chair", "PartnershipChair", None, "Named", "scrutineer")
    if plan.chair == "outside":
        return (
            scrutineer
            + """
        post:chair a org:Post ; skos:prefLabel "Independent Chair"@en ."""
            + _seat(plan, "chair", "PartnershipChair", None, "Named", "chair")
        )
    slots = [slot for slot in SLOTS if plan.delegates[slot] in ("named", "unnamed", "tbc")]
    many = {"delegate": 1, "two": 2, "rotating": 1}[plan.chair]
    return scrutineer + "".join(
        _seat(plan, f"chair-{slot}", "PartnershipChair", None, "Named", f"delegate-{slot}")
        for slot in slots[:many]
    )


def _bodies(plan: Plan) -> str:
    parts = []
    for number in range(plan.bodies):
        parts.append(f"""
        body:group-{number} a masa:Body ; skos:prefLabel "Group {number}"@en ;
            org:subOrganizationOf partnership:{plan.name} .""")
        if number:
            parts.append(
                f"""
        line:group-{number} a masa:ReportingLine ; masa:reportingBody body:group-{number} ;
            masa:reportsToBody body:group-{(number - 1) // 2} ; masa:lineKind masa:AccountableTo ;
            masa:inArrangement arrangement:{plan.name} ."""
                + _statement(
                    plan,
                    f"line-{number}",
                    "LocalArrangement",
                    f"masa:evidences line:group-{number} ;",
                )
            )
    return "\n".join(parts)


def faults_of_words(kinds: frozenset[str]) -> set[str]:
    """Return the faults that words of some kinds must give, on a duty tested by words alone."""
    faults = set()
    if "absent" in kinds:
        faults.add("SaidNotInPlace")
        if kinds & {"whole", "part"}:
            faults.add("SourcesInConflict")
    for kind, fault in (
        ("whole", ""),
        ("part", "PartFound"),
        ("promise", "PromiseFound"),
        ("restated", "GuidanceOnlyFound"),
        ("heading", "GuidanceOnlyFound"),
    ):
        if kind in kinds:
            return faults | ({fault} if fault else set())
    return faults or {"NothingFound"}


def faults_of_seats(plan: Plan) -> dict[str, set[str]]:
    """Return the faults that the seats of a plan must give, by duty of 2023."""
    leads = {
        {"level": "wt2023-lead-not-head", "tbc": "wt2023-lead-to-be-confirmed",
         "none": "wt2023-slot-without-lead"}.get(plan.leads[slot], "")
        for slot in SLOTS
    }  # fmt: skip
    delegates = {
        {"unnamed": "wt2023-delegate-not-named", "tbc": "wt2023-delegate-to-be-confirmed",
         "none": "wt2023-slot-without-delegate"}.get(plan.delegates[slot], "")
        for slot in SLOTS
    }  # fmt: skip
    chair = {
        "outside": {"wt2023-chair-not-delegate"},
        "scrutineer": {"wt2023-chair-not-delegate", "wt2023-chair-also-scrutineer"},
    }.get(plan.chair, set())
    return {
        "wt2023-lsp-is-agency-head": leads - {""},
        "wt2023-dsp-appointed-named": delegates - {""},
        "wt2023-partnership-chair": chair,
    }
