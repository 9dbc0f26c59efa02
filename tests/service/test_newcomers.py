"""An account that an admin adds is guarded from that moment on, by the guard that runs; the others notice nothing."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from cli.app import run
from connectors.simulator.child import SimulatorProcess
from service import client
from service.home import Home
from service.password import AdminPassword

ALICE, BOB = 9120345, 9087711
RIGHT = "correct horse battery"
SCHEMA = json.loads((Path(__file__).resolve().parents[2] / "schemas" / "status.schema.json").read_text())
Start = Callable[..., Any]


@pytest.fixture
def home(house: Any, sim: SimulatorProcess) -> Path:
    made: Path = house.home(sim, alice=ALICE)
    AdminPassword(Home(made).password).set(RIGHT)
    return made


def add(home: Path, name: str = "bob", number: int = BOB, login: str = "main") -> None:
    text = f"id: {number}\nlogin: {login}\nmode: enforce\nruleset: limits\n"
    (home / "accounts" / f"{name}.yaml").write_text(text)


def apply(home: Path, **more: Any) -> dict[str, Any]:
    return client.ask(home, "admin", "apply", password=RIGHT, **more)


def test_it_is_guarded_at_once_and_stays_so(
    home: Path, sim: SimulatorProcess, guard_in: Start, eventually: Start
) -> None:
    guard = guard_in(home)
    guard.ready()
    sim.place(ALICE, "MNQ", "buy", 1)
    add(home)
    assert apply(home, is_dry_run=True)["added"] == ["bob"]
    assert guard.account("bob") == {}

    done = apply(home)

    assert (done["added"], done["needs_start"]) == (["bob"], [])
    guard.ready("bob")
    jsonschema.validate(guard.status(), SCHEMA)
    assert [act["account"] for act in guard.acts("rules")] == ["bob"]
    sim.place(BOB, "MNQ", "buy", 3)
    eventually(lambda: guard.account("bob")["locks"] and sim.state(BOB)["flat"], 20.0, say=guard.log)
    [record] = eventually(
        lambda: [one for one in guard.account("bob")["enforcements"] if one["verified"]], 20.0, say=guard.log
    )
    assert record["rules"] == ["max_two"]
    assert not guard.account("alice")["locks"]
    assert [row["size"] for row in guard.account("alice")["positions"]] == [1]
    assert not guard.acts("gap")
    assert apply(home)["added"] == [], "it is no newcomer any more"

    held = [(one["id"], one["until"]) for one in guard.account("bob")["locks"]]
    (home / "accounts" / "bob.yaml").unlink()
    guard.kill()
    again = guard_in(home)
    again.ready("bob")
    assert [(one["id"], one["until"]) for one in again.account("bob")["locks"]] == held
    assert "the account stays guarded" in eventually(lambda: again.alarms().get("files:bob"), 20.0)


def test_the_stream_hears_of_it_without_a_moment_of_silence_for_the_others(
    home: Path, sim: SimulatorProcess, guard_in: Start, eventually: Start
) -> None:
    guard = guard_in(home)
    guard.ready()
    since = guard.account("alice")["links"]["user_hub"]["since"]
    add(home)

    apply(home)
    guard.ready("bob")
    sim.place(BOB, "MES", "buy", 1)
    eventually(lambda: guard.account("bob")["positions"], 1.5, say=guard.log)

    assert guard.account("alice")["links"]["user_hub"] == {"is_live": True, "since": since, "reason": ""}
    assert guard.account("bob")["links"]["market_hub"]["is_live"] is True
    eventually(lambda: guard.account("bob")["positions"][0]["open_pnl"] is not None, 20.0, say=guard.log)


def test_a_login_that_is_not_in_use_needs_a_start_and_wrong_rules_change_nothing(
    home: Path, guard_in: Start, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    import io

    guard = guard_in(home)
    guard.ready()
    settings = home / "settings.yaml"
    settings.write_text(settings.read_text() + "  second:\n    gateway: sim\n    user_name: somebody\n")
    add(home, login="second")
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{RIGHT}\n"))

    assert run(["admin", "apply", "--stdin", "--home", str(home)]) == 0
    assert "bob: new, and its login is not in use: restart the guard" in capsys.readouterr().err
    assert guard.account("bob") == {}

    add(home)
    text = (home / "accounts" / "bob.yaml").read_text()
    (home / "accounts" / "bob.yaml").write_text(text.replace("limits", "no_such_rules"))
    done = apply(home)
    assert done["is_usable"] is False
    assert "no_such_rules" in done["problems"]
    assert guard.account("bob") == {}
