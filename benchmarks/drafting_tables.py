"""The part of docs/drafting.md that is measured."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from drafting_measures import EXAMPLES, HELD_OUT, LOCAL, RESTATED, TOPS, Counted, Measured
from drafting_time import PAGES, WORDS_A_PAGE, Took
from tables import table

BEGIN = "<!-- benchmarks/drafting.py writes from here -->"
RIGHT, DANGER, SECONDS = 85, 3, 10
"""The aims: right passages and wrong standings of 100, and the time of the command."""
AIMS = (
    "right passage in the first 3, of 100 duties",
    "the same, of 100 duties with local words",
    "weaker words proposed as local, of 100",
)
_ORDER = (LOCAL, "CommitmentOnly", RESTATED, "HeadingOnly", "StatedAbsent")
_CALLED = {
    LOCAL: "local arrangement",
    "CommitmentOnly": "commitment only",
    RESTATED: "guidance restated",
    "HeadingOnly": "heading only",
    "StatedAbsent": "stated absent",
}


def markdown(measured: Sequence[Measured], took: Took) -> str:
    """Return the section.

    Args:
        measured: what was measured of each document.
        took: what the whole command took on a document of forty pages.
    """
    tuned = [each for each in measured if each.name != HELD_OUT]
    held = [each for each in measured if each.name == HELD_OUT]
    parts = [
        "### Against the aims",
        _aims(tuned, held, took.seconds),
        "### The right passage",
        _passages(measured, tuned, "any words"),
        "The same for those duties only on which some of the words tell of a local arrangement:",
        _passages(measured, tuned, "local words"),
        _sentences(measured),
        "### The rows that a person has to read",
        "For all duties of the editions against which people read the document:",
        _rows(measured),
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
        f"From start to end, `masagraph area draft` took **{took.seconds:.1f} s** on a PDF of "
        f"{PAGES} pages with {WORDS_A_PAGE} words each, made of these texts, and used "
        f"{took.processor:.1f} s of the processor. The aim is {SECONDS} s at most. Where no store "
        f"is built all data are read first, and it took {took.unbuilt:.1f} s.",
        "### What it gets wrong",
        "Duties for which the first passage is a wrong one. Of each document at most "
        f"{EXAMPLES} are shown.",
        _missed(measured),
        "Words whose standing is proposed as a stronger one than people chose:",
        _mistaken(measured),
    ]
    return "\n\n".join(parts) + "\n"


def _aims(tuned: Sequence[Measured], held: Sequence[Measured], seconds: float) -> str:
    rows: list[tuple[str, ...]] = []
    missed: list[str] = []
    for name, of in (("these four", tuned), ("the one kept apart", held)):
        total = sum((each.duties["any words"] for each in of), Counter[str]())
        local = sum((each.duties["local words"] for each in of), Counter[str]())
        wrong, there = danger(of)
        figures = (
            100 * total["3"] / total["all"], 100 * local["3"] / local["all"],
            100 * wrong / max(there, 1),
        )  # fmt: skip
        rows.append((name, *(f"{figure:.1f}" for figure in figures)))
        for what, figure, least in zip(AIMS, figures[:2], (RIGHT, RIGHT), strict=False):
            if figure < least:
                missed.append(f"{what} of {name} ({figure:.0f}, not {least})")
        if figures[2] > DANGER:
            missed.append(f"{AIMS[2]} of {name} ({figures[2]:.1f}, not {DANGER} at most)")
    if seconds > SECONDS:
        missed.append(f"the time of the command ({seconds:.0f} s, not {SECONDS} s at most)")
    told = f"**Missed:** {'; '.join(missed)}." if missed else "All aims are met."
    aim = ("**aim**", f"{RIGHT}", f"{RIGHT}", f"{DANGER} at most")
    return f"{table(['documents', *AIMS], [aim, *rows])}\n\n{told}"


def _rows(measured: Sequence[Measured]) -> str:
    head = [
        "document", "rows proposed", "of them right", "rows proposed as local",
        "of them on words people took for local", "duties without words", "of them with a row",
    ]  # fmt: skip
    rows = []
    for each in measured:
        with_row, without = each.empty
        rows.append((
            f"`{each.name}`" + (", kept apart" if each.name == HELD_OUT else ""),
            str(each.rows.proposed),
            f"{each.rows.right} ({_share(each.rows.right, each.rows.proposed)})",
            str(each.local_rows.proposed), str(each.local_rows.right),
            str(without), f"{with_row} ({_share(with_row, without)})",
        ))  # fmt: skip
    return table(head, rows)


def passages_row(name: str, total: Counter[str]) -> tuple[str, ...]:
    """Return the row of a document in the tables on passages."""
    shares = (f"{total[key]} ({_share(total[key], total['all'])})" for key in map(str, TOPS))
    rows = f"{total['rows']} ({_share(total['rows'], total['all'])})"
    first = f"{total['first row']} ({_share(total['first row'], total['all'])})"
    return name, str(total["all"]), *shares, rows, first


def _passages(measured: Sequence[Measured], tuned: Sequence[Measured], which: str) -> str:
    head = [
        "document",
        "duties",
        *(f"in the first {top}" for top in TOPS),
        "among the rows",
        "first of the rows",
    ]
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
        f"Words that are worth less, proposed as a local arrangement: {wrong} of {there}, "
        f"{100 * wrong / max(there, 1):.1f} in 100."
    )


def danger(measured: Sequence[Measured]) -> tuple[int, int]:
    """Return how many weaker words are proposed as a local arrangement, and how many there are.

    Weaker are promises, guidance, headings, and what is said not to be in place.
    """
    counts = sum((each.standings for each in measured), Counter[tuple[str, str]]())
    weaker = {key: number for key, number in counts.items() if key[0] != LOCAL}
    return sum(n for (_, mine), n in weaker.items() if mine == LOCAL), sum(weaker.values())


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
