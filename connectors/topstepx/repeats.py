"""Log lines that could come a thousand times: the first at once, then a count now and then."""

import logging
import time
from threading import Lock

from connectors.topstepx.wording import LOG, plain

_EVERY = 60.0


class Repeats:
    """Count trouble by its kind and log each kind at most once a minute."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._logged: dict[str, tuple[float, int]] = {}
        self.total = 0

    def warn(self, kind: str, detail: object, level: int = logging.WARNING) -> None:
        """Count one `kind`, and log it unless the same kind was logged within the last minute."""
        moment = time.monotonic()
        with self._lock:
            self.total += 1
            last, unsaid = self._logged.get(kind, (moment - _EVERY, 0))
            if moment - last < _EVERY:
                self._logged[kind] = (last, unsaid + 1)
                return
            self._logged[kind] = (moment, 0)
        more = f" ({unsaid} more since the last line)" if unsaid else ""
        LOG.log(level, "%s: %s%s", kind, plain(detail), more)
