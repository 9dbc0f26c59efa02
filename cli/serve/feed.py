"""What the page is told: the published status with its age, or one sentence why there is none."""

import json
from pathlib import Path
from typing import Any

from cli.failure import Failure
from cli.published import load
from service.home import Home

SCHEMA = "risk.page/1"


class Feed:
    """The latest status of a home, read anew when the guard has written another one."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._path = Home(home).status
        self._stamp: tuple[int, int] | None = None

    def changed(self) -> bool:
        """Say whether another status lies there than at the last call."""
        try:
            found = self._path.stat()
            stamp = (found.st_mtime_ns, found.st_ino)
        except OSError:
            stamp = None
        is_new, self._stamp = stamp != self._stamp, stamp
        return is_new

    def message(self) -> str:
        """Return one JSON object on one line: `status` with `age_s` and `is_running`, or `trouble`."""
        return json.dumps({"schema": SCHEMA, **self._content()}, ensure_ascii=True)

    def _content(self) -> dict[str, Any]:
        try:
            found = load(self._home)
        except Failure as failure:
            return {"trouble": " ".join(failure.lines())}
        return {
            "status": found.document,
            "age_s": round(found.age.total_seconds(), 1),
            "is_running": found.is_running,
        }
