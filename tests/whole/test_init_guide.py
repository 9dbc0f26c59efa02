"""From nothing to a guarded practice account by `risk admin init`, on a terminal, against the simulator: no file edited."""

import json
import os
import pty
import re
import select
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from connectors.simulator.child import SimulatorProcess
from service.home import Home
from service.password_reset import RecoveryCode

ROOT = Path(__file__).resolve().parents[2]
PRACTICE = 9120345
PASSWORD = "correct horse battery"  # noqa: S105  of a home in a temporary folder
MINUTES = 5
PATIENCE = 60.0
"""Seconds for the next words; a busy machine takes some to look at an account."""


class Terminal:
    """A person at a terminal: waits for words on the screen, then types."""

    def __init__(self, *arguments: str) -> None:
        self.seen, self._read = "", 0
        ours, theirs = pty.openpty()
        self._screen = ours
        self.process = subprocess.Popen(
            [sys.executable, "-m", "cli", *arguments],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT), "NO_COLOR": "1", "TERM": "xterm"},
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            start_new_session=True,
        )
        os.close(theirs)

    def type(self, after: str, line: str) -> None:
        """Type a line once these words have come."""
        self.wait_for(after)
        os.write(self._screen, f"{line}\n".encode())

    def wait_for(self, *words: str) -> str:
        """Read until one of these has come after what was waited for before; return which."""
        while True:
            found = {word: place for word in words if (place := self.seen.find(word, self._read)) >= 0}
            if found:
                first = min(found, key=lambda word: found[word])
                self._read = found[first] + len(first)
                return first
            if not select.select([self._screen], [], [], PATIENCE)[0]:
                self.process.kill()
                self.process.wait()
                pytest.fail(f"{words} never came; on the screen:\n{self.seen}")
            self.seen += os.read(self._screen, 4096).decode(errors="replace")

    def end(self) -> int:
        """Read what is left and return how the program ended."""
        while True:
            try:
                self.seen += os.read(self._screen, 4096).decode(errors="replace")
            except OSError:
                os.close(self._screen)
                return self.process.wait(20)


@pytest.fixture(scope="module")
def sim() -> Iterator[SimulatorProcess]:
    with SimulatorProcess("still") as process:
        yield process


def test_a_first_time_admin_guards_a_practice_account_in_minutes(
    sim: SimulatorProcess, tmp_path: Path
) -> None:
    home, started = tmp_path / "home", time.monotonic()
    person = Terminal("admin", "init", "--home", str(home))
    person.type("Gateway:", "2")
    person.type("Address of its API:", sim.api)
    person.type("Address of its user hub:", "")
    person.type("Address of its market hub:", "")
    person.type("User name:", sim.user_name)
    person.type("API key", "not the key")
    person.type("User name:", sim.user_name)
    assert "does not accept" in person.seen
    person.type("API key", sim.api_key)
    person.type("Numbers:", "")  # the practice account is offered
    person.type("What do you call", "practice")
    person.type("Pack:", "1")
    person.type("Go through them now?", "y")
    person.type("patience [", "")
    person.type("small [", "$80")
    person.type("medium [", "much")
    person.type("medium [", "")
    assert "`much` is not an amount I understand" in person.seen
    while person.wait_for("] ", "Admin password") == "] ":  # Enter keeps every other value
        os.write(person._screen, b"\n")
    os.write(person._screen, f"{PASSWORD}\n".encode())
    person.type("The same again:", PASSWORD)

    assert person.end() == 0, person.seen
    assert "What would trip on practice right now" in person.seen
    assert "reset  (when it starts afresh: a cron text, or trading_day) [0 17 * * *]" in person.seen
    assert sim.api_key not in person.seen
    assert PASSWORD not in person.seen
    assert oct((home / "secrets/main.key").stat().st_mode)[-3:] == "600"
    assert "small: $80" in (home / "rulesets/starter/cooldown_after_loss.yaml").read_text()
    (code,) = re.findall(r"^  ([0-9A-Z]{4}(?:-[0-9A-Z]{4})+-[0-9A-Z]{3})\r?$", person.seen, re.MULTILINE)
    assert RecoveryCode(Home(home).recovery).is_right(code)
    account = guarded(home, sim)
    assert time.monotonic() - started < 60 * MINUTES
    assert (account["id"], account["mode"], account["ruleset"]["name"]) == (PRACTICE, "shadow", "starter")


def guarded(home: Path, sim: SimulatorProcess) -> dict:
    """Run the guard, breach a rule, and return the account as the status shows it."""
    guard = subprocess.Popen(
        [sys.executable, "-m", "cli", "run", "--home", str(home)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stderr=subprocess.DEVNULL,
    )
    try:
        path, deadline = home / "status" / "status.json", time.monotonic() + 60
        while time.monotonic() < deadline:
            account = json.loads(path.read_text())["accounts"][0] if path.exists() else {}
            if account.get("synced_at"):
                sim.place(PRACTICE, "MNQ", "buy", 7)
                break
            time.sleep(0.1)
        log = home / "status" / "enforcement.log"
        while time.monotonic() < deadline:
            text = log.read_text() if log.exists() else ""
            if '"rule": "max_contracts"' in text and '"kind": "breach"' in text:
                assert (
                    sim.state(PRACTICE)["flat"] is False
                )  # in shadow it is written down, and nothing is done
                return json.loads(path.read_text())["accounts"][0]
            time.sleep(0.1)
        pytest.fail(f"the guard recorded no breach; {log.read_text() if log.exists() else 'no log'}")
    finally:
        guard.terminate()
        guard.wait(10)


def test_a_home_is_set_up_without_questions_and_a_wrong_key_stores_nothing(
    sim: SimulatorProcess, tmp_path: Path
) -> None:
    answers = tmp_path / "desk.json"
    gateway = {"api": sim.api, "user_hub": sim.user_hub, "market_hub": sim.market_hub}
    row = {"id": PRACTICE, "name": "alice", "set": {"max_contracts.limit": "3 contracts"}}
    setup = {"schema": "risk.setup/1", "gateway": gateway, "user_name": sim.user_name, "accounts": [row]}
    answers.write_text(json.dumps(setup | {"values": {"daily_realized_loss.reset": "30 16 * * 1-5"}}))

    def init(key: str, *more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "cli", "admin", "init", "--answers", str(answers), "--stdin", "--json", "--home",
             str(tmp_path / "home"), *more],
            input=f"{key}\n{PASSWORD}\n", text=True, capture_output=True, check=False, cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )  # fmt: skip

    refused = init("not the key")
    assert refused.returncode == 4, refused.stderr
    assert not (tmp_path / "home").exists()

    assert init(sim.api_key, "--recovery-file", str(answers)).returncode == 2, "it overwrites nothing"
    assert not (tmp_path / "home").exists()

    done = init(sim.api_key)
    assert done.returncode == 0, done.stderr
    code = json.loads(done.stdout)["recovery_code"]
    assert RecoveryCode(Home(tmp_path / "home").recovery).is_right(code)
    assert code not in done.stderr
    rule = (tmp_path / "home/rulesets/starter/daily_realized_loss.yaml").read_text()
    assert "cron: 30 16 * * 1-5" in rule
    (account,) = json.loads(done.stdout)["accounts"]
    assert "max_contracts" in account["rules"]["enforce"]
    shutil.rmtree(tmp_path / "home")
    written = init(sim.api_key, "--recovery-file", str(tmp_path / "code"))
    assert json.loads(written.stdout)["recovery_code"] is None
    assert RecoveryCode(Home(tmp_path / "home").recovery).is_right((tmp_path / "code").read_text())
    assert oct((tmp_path / "code").stat().st_mode)[-3:] == "600"
    assert init(sim.api_key).returncode == 3  # what is there is changed with configure
