"""What a service manager starts: the supervisor with its log, stopped by signals, telling systemd how it goes."""

import logging
import signal
import sys
import threading
from collections.abc import Callable
from logging.handlers import RotatingFileHandler
from pathlib import Path

from service.exits import Exit
from service.home import Home, HomeUnusable
from service.stopping import SIGNALS
from service.supervise.supervisor import Supervisor
from service.supervise.systemd_notify import tell_systemd
from service.system.plan import is_frozen

LOG_BYTES, LOG_KEEP = 1_000_000, 3
LOG = logging.getLogger("risk.supervise")


def guard_command(home: Path) -> list[str]:
    """Return the command line of a guard that has a parent: isolated from PYTHON* variables and the current folder."""
    tail = ["run", "--home", str(home), "--supervised"]
    if is_frozen():  # on Windows `risk-service.exe` asks, and `risk.exe` beside it guards
        return [str(Path(sys.executable).with_stem("risk")), *tail]
    return [sys.executable, "-I", "-X", "utf8", "-m", "cli", *tail]


def supervisor_of(home: Path, armed: Callable[[], None] = lambda: None) -> Supervisor:
    """Return the supervisor of a home, with its log open. Raises HomeUnusable."""
    folders = Home(home)
    folders.prepare()
    handler = RotatingFileHandler(
        folders.logs / "service.log", maxBytes=LOG_BYTES, backupCount=LOG_KEEP, encoding="utf-8"
    )
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    root = logging.getLogger("risk")
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    return Supervisor(
        guard_command(home),
        home,
        ready=lambda: tell_systemd("READY=1"),
        alive=lambda: tell_systemd("WATCHDOG=1"),
        armed=armed,
    )


def host_forever(home: Path) -> int:
    """Keep a guard of this home running until a signal asks to stop. Return an exit code."""
    try:
        supervisor = supervisor_of(home)
    except HomeUnusable as error:
        sys.stderr.write(f"{error}\n")
        return Exit.UNUSABLE
    if threading.current_thread() is threading.main_thread():
        for number in SIGNALS:
            signal.signal(number, lambda *_: supervisor.stop())
    code = supervisor.run()
    tell_systemd("STOPPING=1")
    LOG.info("stopped; the guard ended with %d", code)
    return Exit.DONE
