"""What holds for all tests: how busy the machine is says nothing about the code, so hypothesis takes no time."""

import runpy
import signal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

REPORT = runpy.run_path(str(Path(__file__).parent / "threats" / "report.py"))

settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")


def pytest_configure(config: pytest.Config) -> None:
    """Let the table of threats be printed by the process that people look at, and let Ctrl-C reach what tests start.

    A shell that runs the tests in the background has them, and all their children, ignore it.
    """
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(REPORT["Report"](config), "threats")
