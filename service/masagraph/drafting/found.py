"""Seats, bodies, lines and relevant agencies that a document names, by patterns."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from masagraph.drafting.cues import Cue, Cues
from masagraph.drafting.names import OtherAreas, People
from masagraph.drafting.passages import Sentence
from masagraph.vocab import MASA

NAMED, POST_ONLY = str(MASA.Named), str(MASA.PostOnly)
AGENCY_WORDS = 15


@dataclass(frozen=True, slots=True)
class Seat:
    """A post in a role.

    Attributes:
        place: the sentence that says so.
        post: the post, as it is written there.
        role: the IRI of its role.
        function: the IRI of the function of the partner whose seat it is; empty for none.
        holder: the IRI of whether a holder is named; empty where that is not sure.
        is_head: whether the post heads its organisation.
    """

    place: int
    post: str
    role: str
    function: str
    holder: str
    is_head: bool


@dataclass(frozen=True, slots=True)
class Body:
    """A board or group: the sentence that first names it, its name, and the IRI of its kind."""

    place: int
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class Line:
    """Who answers to whom: the sentence, both names, and the IRI of the kind of line."""

    place: int
    source: str
    target: str
    kind: str


@dataclass(frozen=True, slots=True)
class Agency:
    """An entry of a list of relevant agencies: its sentence, and its words."""

    place: int
    stated: str


@dataclass
class Left:
    """What is left out, as it may name a person, or is another area's.

    Attributes:
        named: posts, bodies and agencies whose words may hold a person's name.
        elsewhere: posts beside which the organisation of another area stands.
    """

    named: set[str] = field(default_factory=set)
    elsewhere: set[str] = field(default_factory=set)


def find_seats(
    sentences: Sequence[Sentence],
    people: People,
    elsewhere: OtherAreas,
    cues: Cues,
    is_local: Callable[[int], bool],
    left: Left,
) -> list[Seat]:
    """Return posts to which a role is given, where the document says the role.

    Args:
        sentences: the document.
        people: what may be a person's name.
        elsewhere: the names of other areas, whose posts are left out.
        cues: the patterns.
        is_local: tells of a sentence whether it may say what is so here: a post that is its
            own role is taken from no other.
        left: where it is noted what is left out.
    """
    found: dict[tuple[str, str, str], Seat] = {}
    for place, sentence in enumerate(sentences):
        if sentence.is_heading:
            continue
        for match in _all(cues, "PostRule", sentence.text):
            post = _vetted(match[0].split(), people, cues)
            if not post:
                left.named.add(match[0].casefold())
                continue
            own = _first(cues, "PostRoleRule", post)
            role = own or _role(sentence, match, cues)
            if not role or (own and not is_local(place)):
                continue
            part = _about(sentence.text, match)
            function = "" if own else _first(cues, "SlotRule", part)
            if own or function:
                if elsewhere.named_in(part):
                    left.elsewhere.add(f"{part} {post}".casefold())
                    continue
                head = bool(_first_cue(cues, "HeadRule", post))
                seat = Seat(place, post, role, function, _holder(part, people, cues), head)
                found.setdefault((role, function, post.casefold()), seat)
    return list(found.values())


def _vetted(words: Sequence[str], people: People, cues: Cues) -> str:
    """Return the words of a post up to one that may be a name; empty where none tell enough."""
    named = people.places(words)
    end = next(
        (n for n, word in enumerate(words) if n in named or not people.is_vetted(word)), len(words)
    )
    post = " ".join(words[:end])
    is_post = any(cue.words.fullmatch(post) for cue in cues.lists["PostRule"])
    return post if is_post else ""


def _role(sentence: Sentence, post: re.Match[str], cues: Cues) -> str:
    """Return the role that the words before a post give it, or those before its list."""
    before = sentence.text[: post.start()]
    told = _first(cues, "RoleRule", before) or _first(cues, "RoleRule", sentence.text)
    return told or (_first(cues, "RoleRule", sentence.lead) if sentence.is_item else "")


def _about(text: str, post: re.Match[str]) -> str:
    """Return the words about a post: of a long sentence, the part in which it stands."""
    if len(text.split()) <= AGENCY_WORDS:
        return text
    start = max(text.rfind(mark, 0, post.start()) for mark in (";", ". ", ": "))
    end = min((at for mark in (";", ". ") if (at := text.find(mark, post.end())) >= 0),
              default=len(text))  # fmt: skip
    return text[start + 1 : end].strip()


def _holder(text: str, people: People, cues: Cues) -> str:
    """Return the IRI of what is said of the holder; empty where a name is seen, but not surely."""
    told = _first(cues, "HolderRule", text)
    named = people.named(text.split())
    return told or ((NAMED if len(named) > 1 else "") if named else POST_ONLY)


def find_bodies(
    sentences: Sequence[Sentence],
    people: People,
    cues: Cues,
    is_guidance: Callable[[int], bool],
    left: Left,
) -> list[Body]:
    """Return the boards and groups that a document names, each once.

    Args:
        sentences: the document.
        people: what may be a person's name.
        cues: the patterns.
        is_guidance: tells of a sentence whether it may only repeat the guidance, whose boards
            are none of this place.
        left: where it is noted what is left out.
    """
    found: dict[str, Body] = {}
    for place, sentence in enumerate(sentences):
        for name in () if is_guidance(place) else _mentions(sentence.text, cues):
            kind = _first(cues, "BodyRule", name)
            if kind and not _is_vetted(name, people):
                left.named.add(name.casefold())
            elif kind:
                found.setdefault(_folded(name), Body(place, name, kind))
    return list(found.values())


def _is_vetted(name: str, people: People) -> bool:
    words = name.split()
    return not people.in_words(words) and all(people.is_vetted(word) for word in words)


def _mentions(text: str, cues: Cues) -> Iterator[str]:
    for match in _all(cues, "MentionRule", text):
        name = " ".join(match[0].split())
        for cue in cues.lists["ArticleRule"]:
            name = cue.words.sub("", name)
        if len(name.split()) > 1 and not _first_cue(cues, "NoBodyRule", name):
            yield name


def find_lines(sentences: Sequence[Sentence], bodies: Sequence[Body], cues: Cues) -> list[Line]:
    """Return who answers to whom among the bodies that a document names."""
    known = {_folded(body.name): body.name for body in bodies}
    found: dict[tuple[str, str, str], Line] = {}
    for place, sentence in enumerate(sentences):
        if sentence.is_heading:
            continue
        for cue in cues.lists["LineRule"]:
            match = cue.words.search(sentence.text)
            if not match:
                continue
            before = [known[_folded(n)] for n in _mentions(sentence.text[: match.start()], cues)
                      if _folded(n) in known]  # fmt: skip
            head = [known[_folded(n)] for n in _mentions(sentence.section, cues)
                    if _folded(n) in known]  # fmt: skip
            after = [known[_folded(n)] for n in _mentions(sentence.text[match.end() :], cues)
                     if _folded(n) in known]  # fmt: skip
            source = (before[-1:] or head[:1] or [""])[0]
            for target in after[:1] if source else []:
                if _folded(source) != _folded(target):
                    key = (_folded(source), _folded(target), cue.proposes)
                    found.setdefault(key, Line(place, source, target, cue.proposes))
    return list(found.values())


def find_agencies(
    sentences: Sequence[Sentence], people: People, cues: Cues, left: Left
) -> list[Agency]:
    """Return the entries of lists that are said to be of relevant agencies."""
    found: dict[str, Agency] = {}
    for place, sentence in enumerate(sentences):
        told = sentence.lead if sentence.lead != sentence.section else sentence.section
        short = len(sentence.text.split()) <= AGENCY_WORDS
        if sentence.is_item and short and _first_cue(cues, "AgencyListRule", told):
            stated = sentence.text.strip(" .;,")
            if people.in_words(stated.split()):
                left.named.add(stated.casefold())
            else:
                found.setdefault(stated.casefold(), Agency(place, stated))
    return list(found.values())


def _folded(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", " ", name.casefold().replace("&", "and")).strip()


def _all(cues: Cues, kind: str, text: str) -> Iterator[re.Match[str]]:
    for cue in cues.lists[kind]:
        yield from cue.words.finditer(text)


def _first_cue(cues: Cues, kind: str, text: str) -> Cue | None:
    return next((cue for cue in cues.lists[kind] if cue.words.search(text)), None)


def _first(cues: Cues, kind: str, text: str) -> str:
    cue = _first_cue(cues, kind, text)
    return cue.proposes if cue else ""
