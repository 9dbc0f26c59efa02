"""What holds for all tests: how busy the machine is says nothing about the code, so hypothesis takes no time."""

import runpy
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

REPORT = runpy.run_path(str(Path(__file__).parent / "threats" / "report.py"))

settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")


def pytest_configure(config: pytest.Config) -> None:
    """Let the table of threats be printed by the process that people look at."""
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(REPORT["Report"](config), "threats")
