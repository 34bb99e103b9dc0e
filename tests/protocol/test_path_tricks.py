"""Tricks with a path, a format or a host lead to nothing, and nowhere else."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from linked_data import DUTY
from raw_http import sent

from masagraph.vocab import ID
from masagraph.web.linked.addresses import local_path


def raw(server: str, target: bytes, host: bytes | None = None) -> tuple[int, bytes, bytes]:
    """Ask for Turtle with exactly these bytes; return status, headers and body as they came."""
    answer = b""
    with sent(server, target, [("Accept", "text/turtle")], host=host) as talk:
        while chunk := talk.recv(65536):
            answer += chunk
    head, _, body = answer.partition(b"\r\n\r\n")
    return int(head.split()[1]), head.lower(), body


TRICKS = [
    b"../../etc/passwd", b"..", b"../", b"./area/sefton/..", b"area/../../../../etc/passwd",
    b"%2e%2e/%2e%2e/etc/passwd", b"%2e%2e%2f%2e%2e%2fetc%2fpasswd", b"..%2f..%2fetc%2fpasswd",
    b"%252e%252e%252fetc%252fpasswd", b"..%5c..%5cwindows", b"..%255cx", b"/area/sefton",
    b"/example.org", b"/example.org/%2e%2e", b"%2fexample.org", b"%2f%2fexample.org",
    b"%5cexample.org", b"%5c%5cexample.org", b"https://example.org/",
    b"https:%2f%2fexample.org", b"@example.org", b"area/sefton%00", b"%00", b"area%00/sefton",
    b"%ff%fe", b"area/%c3%28", b"%ed%a0%80", b"%c0%ae%c0%ae/", b"%f4%90%80%80", b"area/%zz",
    b"%", b"area/sefton%20", b"area/a%20b", b"area/%3csefton%3e",
    b"area/%3Cscript%3Ealert(1)%3C/script%3E", b"%22", b"%7b%7d", b"%5b%5d", b"%7c", b"%60",
    b"area/sefton%3e%20%3chttps://example.org/", b"area/sefton%23x", b"area/sefton%3fx",
    b"area/sefton%0d%0aX-Made-Up:%20yes", b"%0aSet-Cookie:a=b", b"area/sefton%e2%80%ae",
    b"area/sefton%c2%a0", b"?x", b"area/sefton;x=1", b"a" * 2_000, b"a/" * 1_000,
    b"%41" * 5_000, b"%c3%a9" * 900,
]  # fmt: skip


@pytest.mark.parametrize("trick", TRICKS, ids=lambda trick: trick[:40].decode())
@pytest.mark.parametrize("route", [b"/id/", b"/data/", b"/graph/", b"/data/graph/", b"/ns/"])
def test_a_trick_with_a_path_finds_nothing(server: str, route: bytes, trick: bytes) -> None:
    status, head, body = raw(server, route + trick)
    assert status in (400, 404)
    assert b"\r\nlocation:" not in head
    assert b"x-made-up" not in head
    assert b"set-cookie" not in head
    assert b"content-type: application/problem+json" in head
    assert b"root:" not in body
    assert b"<script>" not in body


@pytest.mark.parametrize("byte", range(0x80))
def test_any_byte_in_a_name_finds_nothing(server: str, byte: int) -> None:
    status, head, _ = raw(server, f"/id/area/sefton%{byte:02x}".encode())
    assert status == 404
    assert b"\r\nlocation:" not in head


def test_an_encoded_name_is_the_same_name(server: str) -> None:
    """Whatever is encoded, it leads to one place, here."""
    encoded = "/id/" + "".join(f"%{ord(each):02X}" for each in "area/sefton")
    for target in (encoded, "/id/area%2Fsefton", "/id/area/s%65fton"):
        status, head, _ = raw(server, target.encode())
        assert status == 303
        assert b"\r\nlocation: /data/area/sefton\r\n" in head


@pytest.mark.parametrize(
    "format_", ["//example.org", "%0d%0aX-Made-Up:1", "https://example.org", "turtle&x=//e.org"]
)
def test_a_format_leads_nowhere_else(server: str, format_: str) -> None:
    status, head, _ = raw(server, f"/id/area/sefton?format={format_}".encode())
    assert status in (303, 406)
    assert b"x-made-up" not in head
    if status == 303:
        assert b"\r\nlocation: /data/area/sefton?format=turtle\r\n" in head


@pytest.mark.parametrize("host", [b'a"b', b"<x>", b"a b", b"[", b"\xff", b"a{b}", b"%zz", b"a\\b"])
def test_a_host_that_is_none_is_not_believed(server: str, host: bytes) -> None:
    """It would stand in the addresses of the answer."""
    for target in (b"/void", b"/data/" + DUTY.encode()):
        status, _, body = raw(server, target, host)
        assert status in (200, 400)
        if status == 200:
            assert server.encode() in body
            assert b"//" + host not in body


def test_a_host_never_changes_where_a_name_leads(server: str) -> None:
    status, head, _ = raw(server, b"/id/area/sefton", b"example.org")
    assert status == 303
    assert b"\r\nlocation: /data/area/sefton\r\n" in head
    assert b"example.org" not in head


def test_names_with_odd_letters_can_be_followed() -> None:
    """Of one's own data: what a page links to is what is looked up."""
    iri = f"{ID}organisation/café (north)"
    path = local_path(iri)
    assert path == f"/id/{quote('organisation/café (north)')}"
