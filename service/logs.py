"""The log files: daemon.log takes everything, error.log what went wrong. JSON lines, rotated, without a secret.

Only the daemon writes them. Nothing that came from outside can forge a line: each record is one JSON object.
"""

import json
import logging
import traceback
from collections.abc import Callable
from logging.handlers import RotatingFileHandler
from pathlib import Path

from connectors.secret import Secret
from connectors.topstepx.wording import redact
from service.clock import TrustedClock
from service.iso import iso
from service.settings import LogSettings

QUIET = ("SignalRCoreClient", "signalrcore", "urllib3", "requests", "websocket", "asyncio", "filelock")
"""Libraries that would print addresses with tokens in them, or simply too much."""


class JsonLines(logging.Formatter):
    """One JSON object a record: trusted time, level, logger, thread and text; a traceback where there is one."""

    def __init__(self, now: Callable[[], str], secrets: tuple[Secret, ...]) -> None:
        super().__init__()
        self._now = now
        self._secrets = tuple(secret.reveal() for secret in secrets if secret)

    def also_hide(self, secret: Secret) -> None:
        """Take one secret more out of every line from now on."""
        self._secrets = (*self._secrets, secret.reveal())

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": self._now(),
            "level": record.levelname.lower(),
            "logger": record.name,
            "thread": record.threadName,
            "text": self._clean(record.getMessage()),
        }
        if record.exc_info and record.exc_info[1] is not None:
            line["traceback"] = self._clean("".join(traceback.format_exception(record.exc_info[1])))
        return json.dumps(line, ensure_ascii=True)

    def _clean(self, text: str) -> str:
        """Return the text without tokens, and without any key that this process knows."""
        for secret in self._secrets:
            text = text.replace(secret, "***")
        return redact(text)


class Logs:
    """Opens the files on entering and closes them on leaving; several daemons in one process do not mix."""

    def __init__(
        self, folder: Path, settings: LogSettings, clock: TrustedClock, secrets: tuple[Secret, ...]
    ) -> None:
        formatter = JsonLines(lambda: iso(clock.now()), secrets)
        self._root = logging.getLogger()
        self._level = settings.level
        self._handlers = [
            _file(folder / "daemon.log", settings, formatter, logging.NOTSET),
            _file(folder / "error.log", settings, formatter, logging.ERROR),
        ]

    def __enter__(self) -> None:
        for name in QUIET:
            library = logging.getLogger(name)
            library.setLevel(logging.WARNING)
            library.handlers.clear()
        self._root.setLevel(self._level)
        for handler in self._handlers:
            self._root.addHandler(handler)

    def __exit__(self, *_: object) -> None:
        for handler in self._handlers:
            self._root.removeHandler(handler)
            handler.close()


class _LogFile(RotatingFileHandler):
    """A log file whose trouble stays its own.

    The library would print a traceback for every line that a full disk refuses; where nobody reads standard error that
    stops the guard as soon as the pipe is full. The alarm about the store tells people of the disk.
    """

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802  the library's name
        pass


def _file(path: Path, settings: LogSettings, formatter: logging.Formatter, level: int) -> RotatingFileHandler:
    handler = _LogFile(
        path, maxBytes=settings.max_bytes, backupCount=settings.keep, encoding="utf-8", delay=True
    )
    handler.setFormatter(formatter)
    handler.setLevel(level)
    return handler


def hide(secret: Secret) -> None:
    """Keep a secret that came later out of all log files that are open."""
    for handler in logging.getLogger().handlers:
        if isinstance(handler.formatter, JsonLines):
            handler.formatter.also_hide(secret)
