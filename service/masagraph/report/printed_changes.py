"""What a change of edition alters, for paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date

from masagraph.assessment.across_editions import AcrossEditions, ChangedOutcome
from masagraph.assessment.findings import Finding
from masagraph.report.comparison import carried_words
from masagraph.report.pdf import make_pdf, shortened
from masagraph.report.terminal import mark
from masagraph.report.words import CAVEAT, day


@dataclass(frozen=True, slots=True)
class Side:
    """A duty and its outcome in one edition; without a duty, that there is none."""

    duty: str
    mark: str
    outcome: str
    label: str


@dataclass(frozen=True, slots=True)
class Change:
    """What the edition did to a duty, and what that alters."""

    change: str
    before: Side
    after: Side
    why: str


@dataclass(frozen=True, slots=True)
class PrintedChanges:
    """What a change of edition alters for one area, in printed words.

    Attributes:
        area: the name of the area.
        before, after: the editions by name, or their ids.
        remark: a line on the newer edition; empty for none.
        as_at: the date in words.
        data_version: the version of the data.
        read: whether any document was read.
        altered: the changes that alter what is shown.
        same: the duties that are shown as before.
        caveat: what a gap is not.
    """

    area: str
    before: str
    after: str
    remark: str
    as_at: str
    data_version: str
    read: bool
    altered: tuple[Change, ...]
    same: tuple[str, ...]
    caveat: str = CAVEAT

    @property
    def title(self) -> str:
        """What stands on top."""
        return f"{self.area}: from {self.before} to {self.after}"


def changes_in_words(across: AcrossEditions) -> PrintedChanges:
    """Return what a change of edition alters for an area, in printed words."""
    altered = [outcome for outcome in across.outcomes if outcome.altered]
    same = [outcome for outcome in across.outcomes if not outcome.altered]
    return PrintedChanges(
        area=across.area.label,
        before=_edition(across.before.findings, across.before.edition),
        after=_edition(across.after.findings, across.after.edition),
        remark=across.after.remark,
        as_at=day(across.after.as_at),
        data_version=across.after.data_version,
        read=bool(across.after.documents),
        altered=tuple(_change(outcome) for outcome in altered),
        same=tuple(
            finding.label for outcome in same if (finding := outcome.after or outcome.before)
        ),
    )


def changes_pdf(printed: Sequence[PrintedChanges], data_date: date) -> bytes:
    """Return what a change of edition alters as a PDF.

    Args:
        printed: at least one area.
        data_date: the date of the data, which is that of the PDF.

    Raises:
        PdfError: when it cannot be made.
    """
    first = printed[0]
    title = first.title if len(printed) == 1 else f"From {first.before} to {first.after}"
    return make_pdf(
        "changes",
        {
            "title": f"{shortened(title, 100)}, as at {first.as_at}",
            "date": [data_date.year, data_date.month, data_date.day],
            "foot": f"Data {first.data_version}. A gap in a document is not a gap in protection.",
            "areas": [
                {**asdict(each), "title": each.title, "running": shortened(each.title, 100)}
                for each in printed
            ],
        },
    )


def _edition(findings: Sequence[Finding], name: str) -> str:
    return findings[0].source.edition_label if findings else name


def _change(outcome: ChangedOutcome) -> Change:
    why = outcome.change.why
    if outcome.before and outcome.after and outcome.change.carries:
        why += f" {carried_words(outcome)}"
    elif outcome.before and outcome.after:
        why += " The two duties are only related."
    return Change(outcome.change.label, _side(outcome.before), _side(outcome.after), why)


def _side(finding: Finding | None) -> Side:
    if finding is None:
        return Side("", "", "", "not a duty")
    return Side(finding.label, mark(finding.outcome), finding.outcome, finding.outcome_label)
