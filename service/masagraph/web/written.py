"""An answer that a query worker has written, as an HTTP response."""

from __future__ import annotations

from fastapi import Response

from masagraph.report.csvfile import csv_for_excel
from masagraph.store.formats import Written
from masagraph.web.state import Service


def respond(service: Service, written: Written, excel: bool = False) -> Response:
    """Answer with what a worker has written; the headers say of which data, and of a cut.

    Args:
        service: what the request reads.
        written: the answer.
        excel: whether CSV is to be made ready for Excel.
    """
    form, content = written.form, written.content
    if excel and form.name == "csv":
        content = csv_for_excel(content.decode())
    charset = "; charset=utf-8" if form.media_type.startswith("text/") else ""
    headers = {"Vary": "Accept", "Masagraph-Data-Version": service.data_version}
    if written.truncated:
        headers["Masagraph-Truncated"] = "true"
    return Response(content, 200, headers, form.media_type + charset)
