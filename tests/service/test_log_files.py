"""daemon.log and error.log: whole lines, no secret, no flood."""

import json
import logging
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connectors.secret import Secret
from engine.units import SECOND, Instant
from service import rules_source
from service.clock import TrustedClock
from service.logs import Logs
from service.settings import LogSettings

NOON = Instant(1_794_927_600 * SECOND)  # 2026-11-17 15:00 UTC, a Tuesday
CALENDAR = rules_source.empty().rules.settings.calendar
MNQ = "CON.F.US.MNQ.Z26"


def log_lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text().splitlines()]


@settings(max_examples=60, derandomize=True)
@given(st.text(max_size=60))
def test_text_from_outside_cannot_forge_a_line_of_the_log(text: str) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        with Logs(Path(folder), LogSettings(), TrustedClock(NOON), ()):
            logging.getLogger("risk.test").warning("%s", text)
        lines = log_lines(Path(folder) / "daemon.log")

    assert len(lines) == 1
    assert lines[0]["at"].startswith("2026-11-17T15:00")


def test_secrets_are_blackened_in_texts_and_in_tracebacks(tmp_path: Path) -> None:
    key, token = Secret("s3cret-key-of-alice"), "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abcdef"
    with Logs(tmp_path, LogSettings(), TrustedClock(NOON), (key,)):
        log = logging.getLogger("risk.test")
        log.info("url wss://x/hubs/user?access_token=%s&v=1", token)
        log.info("key %s or %s, header Authorization: Bearer %s", key, key.reveal(), token)
        try:
            raise RuntimeError(f"refused {key.reveal()} {token}")
        except RuntimeError:
            log.exception("failed")

    everything = (tmp_path / "daemon.log").read_text() + (tmp_path / "error.log").read_text()
    assert key.reveal() not in everything
    assert token not in everything
    assert "eyJ" not in everything
    assert len(log_lines(tmp_path / "error.log")) == 1
    assert "RuntimeError" in log_lines(tmp_path / "error.log")[0]["traceback"]


def test_the_hub_library_cannot_print_its_debug_lines(tmp_path: Path) -> None:
    with Logs(tmp_path, LogSettings(level="DEBUG"), TrustedClock(NOON), ()):
        logging.getLogger("SignalRCoreClient").debug("token abc")
        logging.getLogger("urllib3.connectionpool").debug("GET /")
        logging.getLogger("risk.test").debug("ours")

    assert [line["text"] for line in log_lines(tmp_path / "daemon.log")] == ["ours"]


def test_logs_are_rotated_and_only_so_many_stay(tmp_path: Path) -> None:
    with Logs(tmp_path, LogSettings(max_bytes=2_000, keep=2), TrustedClock(NOON), ()):
        for number in range(100):
            logging.getLogger("risk.test").info("line %d of a log that grows", number)

    assert sorted(path.name for path in tmp_path.iterdir()) == ["daemon.log", "daemon.log.1", "daemon.log.2"]
    assert all(path.stat().st_size <= 2_000 for path in tmp_path.iterdir())


def test_a_log_that_cannot_be_written_says_nothing_on_standard_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A traceback for each line filled the pipe behind standard error, and the guard stood still."""
    clock = TrustedClock(NOON)
    with Logs(tmp_path / "not" / "there", LogSettings(), clock, ()):
        logging.getLogger("risk.x").error("nobody can write this")

    assert capsys.readouterr().err == ""
