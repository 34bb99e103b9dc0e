"""What a command writes for paper: packs, matrices and changes of edition, as HTML or PDF."""

from __future__ import annotations

from collections.abc import Sequence

from masagraph.assessment.across_editions import AcrossEditions
from masagraph.assessment.findings import Assessment
from masagraph.assessment.matrix import Matrix
from masagraph.errors import BadValue
from masagraph.report.pack import Told
from masagraph.report.pack_made import pack_of
from masagraph.report.pack_pdf import packs_pdf
from masagraph.report.printed_changes import changes_in_words, changes_pdf
from masagraph.report.printed_matrix import matrix_in_words, matrix_pdf
from masagraph.settings import read_settings
from masagraph.store.opened import Opened

PAPER = ("html", "pdf")
"""The forms that this module writes."""


def packs(source: Opened, made: Sequence[Assessment], form: str) -> str | bytes:
    """Return the packs of assessments.

    Args:
        source: the open store.
        made: the assessments.
        form: one of ``PAPER``.

    Raises:
        BadValue: when there is none.
        PdfError: when the PDF cannot be made.
    """
    if not made:
        raise BadValue("no area has a document in view", "Name an area, or a later date.")
    settings = read_settings()
    told = Told(settings.contact, settings.base_url if source.published else "")
    each = [pack_of(source, assessment, told) for assessment in made]
    if form == "pdf":
        return packs_pdf(each)
    # Imported when first used: other forms need no templates, and start sooner.
    from masagraph.web.printed import packs_file

    return packs_file(each)


def compared(source: Opened, found: Matrix, areas_known: int | None, form: str) -> str | bytes:
    """Return areas side by side.

    Args:
        source: the open store.
        found: the areas.
        areas_known: how many areas there are, when all were asked for.
        form: one of ``PAPER``.

    Raises:
        PdfError: when the PDF cannot be made.
    """
    printed = matrix_in_words(found, areas_known)
    if form == "pdf":
        return matrix_pdf(printed, source.data_date)
    from masagraph.web.printed import matrix_file

    return matrix_file(printed)


def changed(source: Opened, found: Sequence[AcrossEditions], form: str) -> str | bytes:
    """Return what a change of edition alters.

    Args:
        source: the open store.
        found: what it alters, an area each.
        form: one of ``PAPER``.

    Raises:
        BadValue: when there is no area.
        PdfError: when the PDF cannot be made.
    """
    if not found:
        raise BadValue("no area has a document", "Name an area.")
    printed = [changes_in_words(each) for each in found]
    if form == "pdf":
        return changes_pdf(printed, source.data_date)
    from masagraph.web.printed import changes_file

    return changes_file(printed)
