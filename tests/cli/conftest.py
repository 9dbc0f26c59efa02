"""What tests of the screens share: published states, a home that holds one, and the command in this process."""

import json
import os
import runpy
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode

from cli.app import run
from cli.terminal import Color, choose_color

STATES: dict[str, Callable[[], dict[str, Any]]] = runpy.run_path(
    str(Path(__file__).with_name("more_states.py"))
)["STATES"]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Give a test that asks for `state_name` every state in turn."""
    if "state_name" in metafunc.fixturenames:
        metafunc.parametrize("state_name", list(STATES))


@pytest.fixture
def state_of() -> Callable[[str], dict[str, Any]]:
    """Return the published state of a name, as parsed JSON."""
    return lambda name: STATES[name]()


class TextFile(SingleFileSnapshotExtension):
    """One text file a picture."""

    _write_mode = WriteMode.TEXT
    file_extension = "txt"


@pytest.fixture
def picture(snapshot: SnapshotAssertion) -> SnapshotAssertion:
    return snapshot.use_extension(TextFile)


@pytest.fixture(autouse=True)
def _plain_surroundings(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No color choice, home or width of whoever runs the tests may reach them."""
    for name in ("RISK_HOME", "NO_COLOR", "FORCE_COLOR", "COLORTERM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "80")
    yield
    choose_color(Color.AUTO)


@dataclass(frozen=True)
class Ended:
    """How a command ended."""

    code: int
    out: str
    err: str


@pytest.fixture
def risk(capsys: pytest.CaptureFixture[str]) -> Callable[..., Ended]:
    """Run one command line in this process."""

    def call(*arguments: str) -> Ended:
        code = run(list(arguments))
        captured = capsys.readouterr()
        return Ended(int(code), captured.out, captured.err)

    return call


@pytest.fixture
def home_with(tmp_path: Path) -> Callable[..., Path]:
    """Make a home in which a guard has published a state (name or document), now or `age` seconds ago."""

    def make(state: str | dict[str, Any], age: float = 0.0, pid: int | None = None) -> Path:
        document = STATES[state]() if isinstance(state, str) else state
        document["daemon"]["pid"] = os.getpid() if pid is None else pid
        path = tmp_path / "status" / "status.json"
        path.parent.mkdir(exist_ok=True)
        written = datetime.fromtimestamp(time.time_ns() / 1e9 - age, UTC)
        path.write_text(json.dumps(document | {"written_at": written.isoformat()}), encoding="utf-8")
        return tmp_path

    return make
