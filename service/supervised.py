"""The guard with a parent: `risk run --supervised`."""

import threading
from pathlib import Path

from service.host import run
from service.supervise.heart import heart_on_standard_lines


def run_supervised(home: Path) -> int:
    """Guard until the parent's line ends or a signal comes; return an exit code of `Exit`."""
    stop = threading.Event()
    heart = heart_on_standard_lines(stop)
    heart.start()
    return run(home, stop=stop, as_service=True, heart=heart)
