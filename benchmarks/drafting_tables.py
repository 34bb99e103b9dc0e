"""The part of docs/drafting.md that is measured."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from drafting_measures import EXAMPLES, HELD_OUT, LOCAL, RESTATED, TOPS, Counted, Measured
from tables import table

BEGIN = "<!-- benchmarks/drafting.py writes from here -->"
_ORDER = (LOCAL, "CommitmentOnly", RESTATED, "HeadingOnly", "StatedAbsent")
_CALLED = {
    LOCAL: "local arrangement",
    "CommitmentOnly": "commitment only",
    RESTATED: "guidance restated",
    "HeadingOnly": "heading only",
    "StatedAbsent": "stated absent",
}


def markdown(measured: Sequence[Measured]) -> str:
    """Return the section."""
    tuned = [each for each in measured if each.name != HELD_OUT]
    held = [each for each in measured if each.name == HELD_OUT]
    parts = [
        "### Against the aims",
        _aims(tuned, held),
        "### The right passage",
        _passages(measured, tuned, "any words"),
        "The same for those duties only on which some of the words tell of a local arrangement:",
        _passages(measured, tuned, "local words"),
        _sentences(measured),
        "### The standing",
        "Rows are what people chose, columns what is proposed. First the four documents by which "
        "the rules were made:",
        _confusion(tuned),
        _danger(tuned),
        "Then the document that was kept apart:",
        _confusion(held),
        _danger(held),
        "### Who and what is named",
        _things(measured),
        "### Time",
        _times(measured),
        "### What it gets wrong",
        "Duties for which the first passage is a wrong one. Of each document at most "
        f"{EXAMPLES} are shown.",
        _missed(measured),
        "Words whose standing is proposed as a stronger one than people chose:",
        _mistaken(measured),
    ]
    return "\n\n".join(parts) + "\n"


def _aims(tuned: Sequence[Measured], held: Sequence[Measured]) -> str:
    rows = []
    for name, of in (("these four", tuned), ("the one kept apart", held)):
        total = sum((each.duties["any words"] for each in of), Counter[str]())
        local = sum((each.duties["local words"] for each in of), Counter[str]())
        wrong, there = danger(of)
        pages, seconds = sum(each.pages for each in of), sum(each.seconds for each in of)
        rows.append((
            name,
            f"{100 * total['3'] / total['all']:.0f}", f"{100 * local['3'] / local['all']:.0f}",
            f"{100 * wrong / max(there, 1):.1f}", f"{40 * seconds / pages:.0f} s",
        ))  # fmt: skip
    head = [
        "documents", "right passage in the first 3, of 100 duties", "of 100 with local words",
        "guidance proposed as local, of 100", "40 pages at their rate",
    ]  # fmt: skip
    aim = ("**aim**", "85", "85", "3 at most", "10 s at most")
    return table(head, [aim, *rows])


def passages_row(name: str, total: Counter[str]) -> tuple[str, ...]:
    """Return the row of a document in the tables on passages."""
    shares = (f"{total[key]} ({_share(total[key], total['all'])})" for key in map(str, TOPS))
    rows = f"{total['rows']} ({_share(total['rows'], total['all'])})"
    return name, str(total["all"]), *shares, rows


def _passages(measured: Sequence[Measured], tuned: Sequence[Measured], which: str) -> str:
    head = ["document", "duties", *(f"in the first {top}" for top in TOPS), "among the rows"]
    rows = [passages_row(f"`{each.name}`", each.duties[which]) for each in tuned]
    total = sum((each.duties[which] for each in tuned), Counter[str]())
    rows.append(passages_row("**these four**", total))
    rows += [
        passages_row(f"**`{each.name}`, kept apart**", each.duties[which])
        for each in measured
        if each not in tuned
    ]
    return table(head, rows)


def _sentences(measured: Sequence[Measured]) -> str:
    total = sum((each.sentence for each in measured), Counted())
    return (
        f"Where the first passage is right, the words proposed stand in a sentence that people "
        f"quoted in {total.right} of {total.there} cases."
    )


def _confusion(measured: Sequence[Measured]) -> str:
    counts = sum((each.standings for each in measured), Counter[tuple[str, str]]())
    head = ["people chose", *(_CALLED[each] for each in _ORDER), "right"]
    rows = []
    for true in _ORDER:
        row = [counts[true, proposed] for proposed in _ORDER]
        if sum(row):
            share = f"{counts[true, true]} of {sum(row)}"
            rows.append((_CALLED[true], *map(str, row), share))
    return table(head, rows)


def _danger(measured: Sequence[Measured]) -> str:
    wrong, there = danger(measured)
    return (
        f"Guidance proposed as a local arrangement: {wrong} of {there}, "
        f"{100 * wrong / max(there, 1):.1f} in 100."
    )


def danger(measured: Sequence[Measured]) -> tuple[int, int]:
    """Return how much guidance is proposed as a local arrangement, and how much there is."""
    counts = sum((each.standings for each in measured), Counter[tuple[str, str]]())
    return counts[RESTATED, LOCAL], sum(n for (true, _), n in counts.items() if true == RESTATED)


def _things(measured: Sequence[Measured]) -> str:
    head = ["document", "what", "there", "proposed", "right", "precision", "recall"]
    rows = []
    for each in measured:
        for what, counted in (
            ("seats", each.seats),
            ("bodies", each.bodies),
            ("lines", each.lines),
        ):
            if counted.there or counted.proposed:
                rows.append((
                    f"`{each.name}`", what, str(counted.there), str(counted.proposed),
                    str(counted.right), _share(counted.right, counted.proposed),
                    _share(counted.right, counted.there),
                ))  # fmt: skip
    return table(head, rows)


def _times(measured: Sequence[Measured]) -> str:
    head = ["document", "pages", "seconds", "seconds a page", "seconds for 40 pages at that rate"]
    rows = [
        (f"`{m.name}`", f"{m.pages:.1f}", f"{m.seconds:.1f}", f"{m.seconds / m.pages:.2f}",
         f"{40 * m.seconds / m.pages:.0f}")
        for m in measured
    ]  # fmt: skip
    return table(head, rows)


def _missed(measured: Sequence[Measured]) -> str:
    rows = [
        (f"`{each.name}`", duty, f"“{_cell(mine)}”" if mine else "(none may be quoted)",
         f"“{_cell(theirs)}”")
        for each in measured
        for duty, mine, theirs in each.missed
    ]  # fmt: skip
    return table(["document", "duty", "proposed first", "people quoted"], rows)


def _mistaken(measured: Sequence[Measured]) -> str:
    rows = [
        (f"`{each.name}`", f"“{_cell(words)}”", _CALLED[true], _CALLED[proposed])
        for each in measured
        for words, true, proposed in each.mistaken
        if proposed == LOCAL or (proposed == "CommitmentOnly" and true == RESTATED)
    ]
    return table(["document", "words", "people chose", "proposed"], rows)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f} %" if whole else "–"
