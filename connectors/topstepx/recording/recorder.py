"""The recorder: everything that a client hears, written down as it came, without secrets."""

import os
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from threading import Lock
from typing import Any

from connectors.secret import Secret
from connectors.topstepx.decode.stamps import instant_from_date_header
from connectors.topstepx.recording.lines import written
from connectors.topstepx.recording.scrub import Scrubber
from connectors.topstepx.rest.transport import Reply
from connectors.topstepx.settings import TimeSource
from engine.events import Link, LinkSeen
from engine.units import Instant

LOGINS = "/api/Auth/"


class Recorder:
    """A tap that writes to a file of its own, readable by its owner alone. An existing file is never touched.

    `failure` says why nothing is written any more: the threads of the client must not end because of a full disk.
    """

    def __init__(
        self,
        path: Path,
        key: Secret,
        start: dict[str, Any],
        *,
        now: Callable[[], Instant],
        heard: Callable[[Instant, TimeSource], None],
    ) -> None:
        """Make the file; its first line holds `start`. Raises OSError."""
        self.counts: Counter[str] = Counter()
        self.failure: OSError | None = None
        self._now = now
        self._heard = heard
        self._scrubber = Scrubber(key)
        self._lock = Lock()
        self._start: dict[str, Any] | None = start
        self._path = path
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        self._file = os.fdopen(handle, "w", encoding="ascii", newline="\n")

    def answered(self, path: str, asked: str, reply: Reply) -> None:
        """Write down an answer. What was asked at a login is left out: it is all secret."""
        # The client reads the venue's clock off the same header, but only after us.
        if (instant := instant_from_date_header(reply.date)) is not None:
            self._heard(instant, TimeSource.DATE_HEADER)
        is_login = path.startswith(LOGINS)
        if is_login:
            self._scrubber.learn_from(reply.body)
        fields = {
            "path": path,
            "asked": None if is_login else self._scrubber.clean(asked),
            "status": reply.status,
            "date": reply.date,
            "body": self._scrubber.clean(reply.body.decode("utf-8", errors="backslashreplace")),
        }
        self._write("rest", fields)

    def frame(self, link: Link, text: str) -> None:
        """Write down a frame, malformed or not."""
        if text:
            self._write("frame", {"link": link.value, "text": self._scrubber.clean(text)})

    def link(self, seen: LinkSeen) -> None:
        """Write down that a way to the venue came up or went down."""
        self._write(
            "link",
            {"link": seen.link.value, "is_live": seen.is_live, "reason": self._scrubber.clean(seen.reason)},
        )

    def close(self) -> None:
        """Write the last line and close the file; one in which the venue never said anything is removed."""
        lines = sum(self.counts.values())
        if lines:
            self._write("end", {"lines": lines})
        with self._lock:
            self._file.close()
        if not lines:
            self._path.unlink(missing_ok=True)

    def _write(self, kind: str, fields: dict[str, Any]) -> None:
        with self._lock:
            if self.failure is not None or self._file.closed or (self._start is not None and kind != "rest"):
                return
            try:
                if self._start is not None:  # not before the first answer: only now the venue's time is known
                    self._put("start", self._start)
                    self._start = None
                self._put(kind, fields)
            except OSError as error:
                self.failure = error

    def _put(self, kind: str, fields: dict[str, Any]) -> None:
        self._file.write(written(self._now(), kind, fields) + "\n")
        self._file.flush()
        self.counts[kind] += 1
