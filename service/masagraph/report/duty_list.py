"""Duties narrowed down to those with some words in them, and grouped by topic."""

from __future__ import annotations

from collections.abc import Iterable

from masagraph.assessment.duties import Duty

_STRENGTHS = ("Must", "Should", "May")


def with_words(duties: Iterable[Duty], words: str) -> list[Duty]:
    """Return the duties that have every one of some words in their name or what they ask.

    Args:
        duties: the duties.
        words: words, or parts of them, in any case; none leaves nothing out.
    """
    wanted = words.casefold().split()
    return [
        duty
        for duty in duties
        if all(word in f"{duty.label} {duty.definition}".casefold() for word in wanted)
    ]


def by_topic(duties: Iterable[Duty]) -> list[tuple[str, str, list[Duty]]]:
    """Group duties by topic.

    Args:
        duties: the duties, those of the oldest edition first.

    Returns:
        the short name and the name of each topic, in the order of the names, with its
        duties: those of one edition together, musts first.
    """
    found = list(duties)
    editions = list(dict.fromkeys(duty.source.edition for duty in found))
    groups: dict[tuple[str, str], list[Duty]] = {}
    for duty in sorted(
        found,
        key=lambda d: (editions.index(d.source.edition), _STRENGTHS.index(d.modality), d.label),
    ):
        groups.setdefault((duty.topic_label, duty.topic), []).append(duty)
    return [(topic, label, groups[label, topic]) for label, topic in sorted(groups)]
