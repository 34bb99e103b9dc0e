"""Areas, questions and the matrix as data frames."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from masagraph.assessment.matrix import Matrix
from masagraph.assessment.names import Area
from masagraph.questions.catalogue import Question


def areas_frame(areas: Sequence[Area]) -> pd.DataFrame:
    """Return areas, one a row."""
    columns = {
        "area": [area.slug for area in areas],
        "name": [area.label for area in areas],
        "gss": [area.gss for area in areas],
        "iri": [area.iri for area in areas],
        "arrangement": [area.arrangement for area in areas],
    }
    frame = pd.DataFrame(columns, dtype="string")
    frame["has_document"] = pd.Series([area.has_document for area in areas], dtype="boolean")
    return frame


def questions_frame(questions: Sequence[Question]) -> pd.DataFrame:
    """Return stored questions, one a row; a parameter that may be left out is in brackets."""
    columns = {
        "name": [question.name for question in questions],
        "title": [question.title for question in questions],
        "question": [question.question for question in questions],
        "theme": [question.theme for question in questions],
        "audience": [", ".join(question.audience) for question in questions],
        "parameters": [_usage(question) for question in questions],
    }
    return pd.DataFrame(columns, dtype="string")


def matrix_frame(matrix: Matrix) -> pd.DataFrame:
    """Return a matrix, one area a row and one duty a column."""
    told = matrix.as_json()
    areas, duties = told["areas"], told["duties"]
    frame = pd.DataFrame(
        [[duty["areas"][area["area"]] for duty in duties] for area in areas],
        index=pd.Index([area["area"] for area in areas], name="area", dtype="string"),
        columns=pd.Index([duty["duty"] for duty in duties], name="duty", dtype="string"),
        dtype="string",
    )
    frame.attrs = {
        "edition": told["edition"],
        "remark": told["edition_remark"],
        "as_at": told["as_at"],
        "data_version": told["data_version"],
        "duties": {
            duty["duty"]: {name: duty[name] for name in ("label", "modality", "topic", "tested")}
            for duty in duties
        },
        "tested": {area["area"]: area["tested"] for area in areas},
        "counts": {area["area"]: area["counts"] for area in areas},
        "documents": {area["area"]: area["documents"] for area in areas},
        "without_document": told["without_document"],
    }
    return frame


def _usage(question: Question) -> str:
    names = (f"[{p.name}]" if p.optional or p.default else p.name for p in question.parameters)
    return " ".join(names)
