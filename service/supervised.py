"""The guard with a parent: `risk run --supervised`."""

import sys
import threading
from pathlib import Path

from service.host import run
from service.supervise.heart import heart_on_standard_lines


def run_supervised(home: Path) -> int:
    """Guard until the parent's line ends or a signal comes; return an exit code of `Exit`."""
    if sys.platform == "win32":
        from service.windows.process_rights import close_process  # noqa: PLC0415  Windows alone

        close_process()  # first: the service closed itself only
    stop = threading.Event()
    heart = heart_on_standard_lines(stop)
    heart.start()
    return run(home, stop=stop, as_service=True, heart=heart)
