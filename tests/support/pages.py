"""Pages of every kind, for tests of what all pages have in common."""

from __future__ import annotations

BY_ROUTE = {
    "/": "/",
    "/areas/{area}": "/areas/sefton",
    "/areas/{area}/gaps": "/areas/sefton/gaps?edition=wt2018&as_at=2022-01-01",
    "/areas/{area}/network": "/areas/sefton/network",
    "/areas/{area}/pack": "/areas/sefton/pack",
    "/compare": "/compare?area=sefton&area=warwickshire",
    "/duties": "/duties?edition=wt2023",
    "/duties/{slug}": "/duties/wt2023-partnership-chair",
    "/bodies/{area}/{slug}": "/bodies/sefton/practice-review-group",
    "/questions": "/questions",
    "/questions/{name}": "/questions/leads-and-delegates?area=warwickshire",
    "/queries": "/queries",
    "/queries/{name:path}": "/queries/lookup/areas",
    "/query": "/query",
    "/check": "/check",
    "/corrections": "/corrections?area=sefton&duty=wt2023-partnership-chair",
    "/method": "/method",
    "/glossary": "/glossary",
    "/about": "/about",
    "/api": "/api",
}
"""Each route of a page, and an example of it that is answered with 200."""

OTHERS = (
    "/?q=sussex",
    "/areas/warwickshire",
    "/areas/brighton-and-hove?as_at=2026-06-01",
    "/areas/kent",
    "/areas/kent/network",
    "/areas/kent/pack",
    "/areas/brighton-and-hove/pack?edition=wt2018",
    "/areas/warwickshire/gaps",
    "/areas/kent/gaps",
    "/areas/sefton/gaps?outcome=NotFoundInTextHeld&modality=Must",
    "/areas/sefton/gaps?outcome=gaps&topic=voice",
    "/compare?differ=1",
    "/compare?what=seats",
    "/compare?from=wt2018&to=wt2023&area=sefton",
    "/questions/standing-by-duty",
    "/questions?q=chair",
    "/questions/words-relied-on?area=sefton&duty=wt2023-partnership-chair",
    "/questions/leads-and-delegates?area=kent",
    "/duties",
    "/duties?q=nothing+of+the+kind",
    "/duties/wt2018-report-distribution?as_at=2018-01-01",
    "/queries/lookup/lines?area=area:sefton&as_at=2026-11-22",
    "/queries/rules/view/1-lines",
    "/query?example=leads-and-delegates",
    "/query?query=SELECT+%3Fname+%3Fkind+%7B+%3Farea+masa%3AlocalAuthorityType+%3Fkind+%3B+"
    "skos%3AprefLabel+%3Fname+%7D+ORDER+BY+%3Fname",
    "/query?query=ASK+%7B+area%3Akent+a+masa%3ASafeguardingArea+%7D",
    "/query?query=SELECT+%3Fx+%7B+%3Fx+a+masa%3ANothing+%7D",
    "/check?example=1",
    "/corrections",
    "/data/shape/integrity-statement-standing",
    "/data/graph/areas/warwickshire/masa",
    "/data/ns",
    "/void",
)
"""Other pages that are answered with 200."""

REFUSED = {
    "/?q=atlantis": 404,
    "/areas/warwikshire": 404,
    "/areas/warwikshire/gaps": 404,
    "/areas/warwikshire/pack": 404,
    "/areas/kent/pack?as_at=yesterday&edition=wt2018": 400,
    "/areas/sefton/pack?format=docx": 406,
    "/areas/kent?as_at=yesterday": 400,
    "/areas/kent/gaps?as_at=yesterday&edition=wt2018": 400,
    "/areas/sefton/gaps?topic=nonsense&outcome=Evidenced": 404,
    "/compare?area=sefton&area=atlantis&edition=wt2018": 404,
    "/compare?as_at=yesterday": 400,
    "/duties?modality=perhaps": 400,
    "/duties/wt2023-nothing": 404,
    "/bodies/sefton/nothing": 404,
    "/questions/nothing": 404,
    "/questions/leads-and-delegates?area=atlantis": 404,
    "/duties/wt2023-partnership-chair?as_at=yesterday": 400,
    "/questions/leads-and-delegates?as_at=yesterday&area=sefton": 400,
    "/queries/lookup/nothing": 404,
    "/query?query=SELECT+*+%7B+%3Fs+foaf%3Aname+%3Fname": 400,
    "/query?query=": 400,
    "/query?example=nothing": 404,
    "/queries/lookup/lines?nothing=x": 400,
    "/nothing": 404,
}
"""Pages that say why they are refused, with the status."""

PAGES = (*BY_ROUTE.values(), *OTHERS)
"""Every page above that is answered."""
