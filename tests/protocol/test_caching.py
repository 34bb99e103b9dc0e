"""Validators: an answer that has not changed is not sent again."""

from __future__ import annotations

from email.utils import parsedate_to_datetime

import pytest
from fastapi.testclient import TestClient

ASK = "/sparql?query=ASK%20%7B%20area:kent%20a%20masa:SafeguardingArea%20%7D"
URLS = ["/", "/areas/kent/gaps", "/api/areas", "/api/questions", ASK, "/openapi.json"]


@pytest.mark.parametrize("url", URLS)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_what_a_client_has_already_is_not_sent_again(
    client: TestClient, url: str, method: str
) -> None:
    first = client.get(url)
    assert first.status_code == 200
    assert first.headers["etag"].startswith('W/"')
    assert first.headers["cache-control"] == "no-cache"
    for tags in (first.headers["etag"], f'"other", {first.headers["etag"]}', "*"):
        again = client.request(method, url, headers={"if-none-match": tags})
        assert again.status_code == 304
        assert again.content == b""
        assert again.headers["etag"] == first.headers["etag"]
    assert client.get(url, headers={"if-none-match": '"other"'}).status_code == 200


def test_a_date_will_do_where_there_is_no_tag(client: TestClient) -> None:
    first = client.get(ASK)
    changed = first.headers["last-modified"]
    assert parsedate_to_datetime(changed).tzinfo is not None
    assert client.get(ASK, headers={"if-modified-since": changed}).status_code == 304
    old = "Mon, 01 Jan 2024 00:00:00 GMT"
    assert client.get(ASK, headers={"if-modified-since": old}).status_code == 200
    later = "Fri, 01 Jan 2100 00:00:00 GMT"  # the clock may have been set back since
    assert client.get(ASK, headers={"if-modified-since": later}).status_code == 200
    assert client.get(ASK, headers={"if-modified-since": "soon"}).status_code == 200
    both = {"if-modified-since": changed, "if-none-match": '"other"'}
    assert client.get(ASK, headers=both).status_code == 200


def test_another_question_or_format_has_another_tag(client: TestClient) -> None:
    tags = [
        client.get(ASK).headers["etag"],
        client.get(ASK, headers={"accept": "application/sparql-results+xml"}).headers["etag"],
        client.get(ASK + "&format=xml").headers["etag"],
        client.get(ASK.replace("kent", "devon")).headers["etag"],
    ]
    assert len(set(tags)) == 4


@pytest.mark.parametrize("url", ["/sparql?query=nonsense", "/none", "/areas/kint/gaps", "/health",
                                 "/ready", "/metrics"])  # fmt: skip
def test_errors_and_operations_have_no_tag(client: TestClient, url: str) -> None:
    assert "etag" not in client.get(url).headers


def test_links_lead_to_description_licence_and_citation(client: TestClient) -> None:
    links = client.get(ASK).links
    assert links["describedby"]["url"] == "/void"
    assert "open-government-licence" in links["license"]["url"]
    version = client.get("/health").json()["data_version"]
    assert links["cite-as"]["url"] == f"/id/dataset/{version}"
    for name in ("describedby", "cite-as"):
        assert client.get(links[name]["url"]).status_code == 200
