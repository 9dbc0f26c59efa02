"""The daemon inside a program of ours, as `risk demo` runs it."""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from connectors.simulator.child import SimulatorProcess
from service import client, host

ALICE = 9120345


def test_run_says_when_it_is_ready_and_ends_with_zero_when_its_event_is_set(
    house: Any, sim: SimulatorProcess, eventually: Callable[..., Any]
) -> None:
    home, stop, ready, codes = house.home(sim), threading.Event(), threading.Event(), list[int]()
    thread = threading.Thread(target=lambda: codes.append(host.run(home, stop=stop, ready=ready.set)))
    thread.start()
    try:
        assert ready.wait(15)
        eventually(lambda: client.read_status(home).document["accounts"][0]["synced_at"], 15)
        sim.place(ALICE, "MNQ", "buy", 3)
        eventually(lambda: any(act["kind"] == "enforcement" for act in client.read_acts(home)), 10)
    finally:
        stop.set()
        thread.join(5)

    assert codes == [0]
    assert not client.read_status(home).is_running


def test_a_home_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    said: list[str] = []

    assert host.run(tmp_path / "nowhere", say=said.append) == 3
    assert said == [
        f"there is no folder {tmp_path / 'nowhere'}: make one with `risk admin init`, or set RISK_HOME"
    ]


def test_a_home_without_accounts_says_where_to_put_one(house: Any) -> None:
    home, said = house.home(), list[str]()
    (home / "accounts" / "alice.yaml").unlink()

    assert host.run(home, say=said.append) == 3
    assert said[0].startswith(f"no account is guarded: there is no file in {home / 'accounts'}")


def test_a_missing_key_says_where_it_is_looked_for(house: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("RISK_API_KEY_MAIN", raising=False)
    home, said = house.home(), list[str]()
    (home / "secrets" / "main.key").unlink()

    assert host.run(home, say=said.append) == 3
    assert "RISK_API_KEY_MAIN" in said[0]


def test_a_ruleset_that_is_not_there_is_named_with_those_that_are_shipped(house: Any) -> None:
    home, said = house.home(), list[str]()
    account = home / "accounts" / "alice.yaml"
    account.write_text(account.read_text().replace("ruleset: limits", "ruleset: limit"))

    assert host.run(home, say=said.append) == 3
    assert "there is no ruleset `limit`" in said[0]
    assert "`starter`" in said[0]


def test_an_override_that_no_rule_declares_is_refused(house: Any) -> None:
    home, said = house.home(), list[str]()
    account = home / "accounts" / "alice.yaml"
    account.write_text(account.read_text() + "set:\n  max_two.limt: 3 contracts\n")

    assert host.run(home, say=said.append) == 3
    assert "limt" in said[0]
    assert "alice.yaml" in said[0], "the mistake is in the account's file"
