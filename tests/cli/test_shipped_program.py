"""Where the shipped program begins: it stands in for the Python that its children ask for, for our modules alone."""

import subprocess
import sys
from pathlib import Path

import pytest

BEGINNING = Path(__file__).resolve().parents[2] / "cli" / "shipped_program.py"


def asked(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(BEGINNING), *arguments],
        env={"PYTHONPATH": str(BEGINNING.parents[1])}, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip


@pytest.mark.parametrize("arguments", [["--version"], ["-m", "cli", "--version"]], ids=" ".join)
def test_it_is_the_command_line_and_python_with_that_module(arguments: list[str]) -> None:
    ended = asked(*arguments)

    assert (ended.returncode, ended.stdout[:5]) == (0, "risk "), ended.stderr


def test_the_venue_of_the_demo_is_a_module_of_ours() -> None:
    assert "no world" in asked("-m", "connectors.simulator", "--world", "nowhere").stderr


def test_no_other_module_is_run() -> None:
    ended = asked("-m", "http.server", "0")

    assert ended.returncode == 2
    assert "Serving" not in ended.stdout
