"""The service's log: one JSON object a line on standard error."""

from __future__ import annotations

import logging
import queue
import time
from collections.abc import Callable
from logging.handlers import QueueHandler, QueueListener
from typing import Any

import structlog

MOST_WAITING = 10_000
"""Lines that wait to be written; when whoever reads them has stopped, the next are lost."""

_SHARED: list[structlog.typing.Processor] = [
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.StackInfoRenderer(),
    structlog.processors.format_exc_info,
]


def configure(level: str) -> Callable[[], None]:
    """Send every line of the log, those of libraries too, to standard error as JSON.

    A thread of its own writes: should nobody read, the service goes on all the same.

    Args:
        level: the least weight of a line: ``debug``, ``info``, ``warning`` or ``error``.

    Returns:
        what to call at the end, so that the last lines are written; it waits for two seconds
        at most.
    """
    writer = logging.StreamHandler()
    writer.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
            foreign_pre_chain=_SHARED,
        )
    )
    waiting: queue.Queue[logging.LogRecord] = queue.Queue(MOST_WAITING)
    QueueListener(waiting, writer).start()
    root = logging.getLogger()
    root.handlers = [_Later(waiting)]
    root.setLevel(level.upper())

    def finish() -> None:
        """Wait until what was said is written."""
        deadline = time.monotonic() + 2
        while waiting.unfinished_tasks and time.monotonic() < deadline:
            time.sleep(0.01)

    return finish


class _Later(QueueHandler):
    """Hands records to the thread that writes them; never waits for it."""

    def prepare(self, record: logging.LogRecord) -> Any:
        """Leave the record as it is: it stays in this process."""
        return record

    def enqueue(self, record: logging.LogRecord) -> None:
        """Drop a record when too many wait."""
        try:
            self.queue.put_nowait(record)
        except queue.Full:
            return


def request_logger() -> structlog.stdlib.BoundLogger:
    """Return the logger of requests. It goes through the standard one, wherever that leads."""
    logger: structlog.stdlib.BoundLogger = structlog.wrap_logger(
        logging.getLogger("masagraph.request"),
        processors=[
            structlog.stdlib.filter_by_level,
            *_SHARED,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        wrapper_class=structlog.stdlib.BoundLogger,
    )
    return logger
