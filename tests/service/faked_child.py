"""A daemon under a host clock that a test turns: the argument is its home.

The library that turns the clock (libfaketime 0.9.10) breaks `time.sleep`, so sleeping goes another way here; all clocks
are the library's.
"""

import select
import sys
import time
from pathlib import Path

time.sleep = lambda seconds: select.select([], [], [], seconds)  # type: ignore[assignment]

from service import host  # noqa: E402  after `sleep` was replaced

if __name__ == "__main__":
    sys.exit(host.run(Path(sys.argv[1])))
