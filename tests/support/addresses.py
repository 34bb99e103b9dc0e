"""An address of every route, for tests of what all routes have in common."""

from __future__ import annotations

from masagraph.questions.catalogue import list_questions
from masagraph.resources import find_resources

ANSWERED = {
    "/sparql": "/sparql?query=ASK%7B%7D",
    "/api/areas": "/api/areas",
    "/api/areas/{area}": "/api/areas/sefton",
    "/api/areas/{area}/assessment": "/api/areas/sefton/assessment?edition=wt2023",
    "/api/areas/{area}/accountability": "/api/areas/sefton/accountability",
    "/api/areas/{area}/chart": "/api/areas/sefton/chart",
    "/api/areas/{area}/network": "/api/areas/sefton/network",
    "/api/bodies/{area}/{slug}": "/api/bodies/sefton/practice-review-group",
    "/api/bodies/{area}/{slug}/accountability": (
        "/api/bodies/sefton/practice-review-group/accountability"
    ),
    "/api/compare": "/api/compare?area=sefton&area=warwickshire&edition=wt2023",
    "/api/duties": "/api/duties?edition=wt2023",
    "/api/duties/{slug}": "/api/duties/wt2023-pub-custody-residential",
    "/api/questions": "/api/questions",
    "/void": "/void",
    "/data/ns": "/data/ns",
    "/data/graph/{path}": "/data/graph/register/areas",
    "/data/{path}": "/data/area/kent",
    "/health": "/health",
    "/ready": "/ready",
    "/metrics": "/metrics",
}
"""Each route that answers GET with 200, and an example of it; questions are added below."""

SENT_ON = {
    "/.well-known/void": "/.well-known/void",
    "/id/{path}": "/id/area/kent",
    "/graph/{path}": "/graph/register/areas",
    "/ns": "/ns",
}
"""Each route that answers GET with 303."""

EMPTY = {"/ns/{path}": "/ns/Duty", "/data/ns/{path}": "/data/ns/Duty"}
"""Each route that only says that there is nothing: names of terms have ``#`` in them."""

POSTED = ("/api/check",)
"""Each route that is for POST only."""

PAGES = ("/", "/areas/kent/gaps")
"""Pages, and what is not in the description of the API."""

ONE_QUESTION = "/api/questions/leads-and-delegates"

for _question in list_questions(find_resources()):
    _given = "&".join(f"{p.name}={p.example}" for p in _question.parameters if p.example)
    ANSWERED[f"/api/questions/{_question.name}"] = f"/api/questions/{_question.name}?{_given}"

SOME = (*(r for r in ANSWERED if not r.startswith("/api/questions/")), ONE_QUESTION)
"""Every route that answers GET with 200, but one question for all: they are made alike."""
