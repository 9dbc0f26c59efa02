"""Whatever is refused leaves a row in the audit trail: second guards, old clients, half-written files, spent codes."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cli.app import run
from connectors.simulator.child import SimulatorProcess
from engine.units import MINUTE
from service.home import Home
from service.password import AdminPassword

ALICE = 9120345
RIGHT = "correct horse battery"
Start = Callable[..., Any]


def trail(home: Path, kind: str, capsys: pytest.CaptureFixture[str]) -> list[str]:
    capsys.readouterr()
    assert run(["admin", "audit", "--json", "--kind", kind, "--home", str(home)]) == 0
    return [json.loads(line)["body"] for line in capsys.readouterr().out.splitlines()]


def test_a_second_guard_is_written_down_by_the_first(
    house: Any, sim: SimulatorProcess, guard_in: Start, eventually: Start, capsys: pytest.CaptureFixture[str]
) -> None:
    home = house.home(sim)
    guard_in(home).ready()

    code, _ = guard_in(home).end()

    assert code == 8
    [body] = eventually(lambda: trail(home, "ask", capsys), 20.0)
    row = json.loads(body)
    assert (row["door"], row["verb"], row["who"], row["code"]) == (
        "trader", "second_guard", f"uid {os.getuid()}", "ok",
    )  # fmt: skip


def test_half_written_settings_are_written_down_and_end_no_start_with_a_lock_to_hold(
    house: Any, sim: SimulatorProcess, guard_in: Start, eventually: Start, capsys: pytest.CaptureFixture[str]
) -> None:
    home = house.home(sim)
    AdminPassword(Home(home).password).set(RIGHT)
    guard = guard_in(home)
    guard.ready()
    sim.place(ALICE, "MNQ", "buy", 3)
    [held] = eventually(lambda: guard.account()["locks"], 20.0, say=guard.log)
    whole = (home / "settings.yaml").read_text()

    (home / "settings.yaml").write_text(whole[: len(whole) // 2])

    assert "cannot be read" in eventually(lambda: guard.alarms().get("files:home"), 20.0, say=guard.log)
    [body] = eventually(lambda: trail(home, "files", capsys), 20.0)
    assert "the settings cannot be read as they stand" in body
    guard.kill()

    again = guard_in(home)
    again.ready()
    assert [(one["id"], one["until"]) for one in again.account()["locks"]] == [(held["id"], held["until"])]
    assert "files:home" in eventually(again.alarms, 20.0, say=again.log)
    sim.place(ALICE, "MES", "buy", 1)
    eventually(lambda: again.acts("reentry") and sim.state(ALICE)["flat"], 20.0, say=again.log)
    (home / "settings.yaml").write_text(whole)
    eventually(lambda: not again.alarms(), 20.0, say=again.log)


def test_without_a_lock_and_in_a_terminal_half_written_settings_end_the_start(
    house: Any, sim: SimulatorProcess, guard_in: Start
) -> None:
    home = house.home(sim)
    guard = guard_in(home)
    guard.ready()
    guard.stop()
    (home / "settings.yaml").write_text("gateways:\n  sim:\n    api: http")

    code, said = guard_in(home).end()

    assert code == 3
    assert "settings.yaml" in said


@pytest.mark.parametrize("what", ["spent", "too old", "for another lock", "never made"])
def test_a_code_that_opens_nothing_is_written_down(phone: Any, what: str) -> None:
    step = phone.step
    code = phone.code(phone.challenge())
    match what:
        case "spent":
            assert phone.redeem(code)["ok"] is True
            phone.lock_up(1, "another")
        case "too old":
            phone.later(15 * MINUTE)
        case "for another lock":
            code = phone.code(phone.challenge(), lock=phone.lock_up(1, "another"))
        case _:
            code = f"{(int(code) + 1) % 10**8:08d}"

    assert phone.redeem(code)["code"] == "refused"

    last = [row for row in step.trail() if row["verb"] == "redeem"][-1]
    assert (last["door"], last["code"], bool(last["who"]), bool(last["text"])) == (
        "trader", "refused", True, True,
    )  # fmt: skip
    assert code not in json.dumps([row.body for row in step.audit()])
    wrong = [row for row in step.audit() if row.kind == "grant" and "wrong code" in row.body]
    assert len(wrong) == 1


def test_an_old_client_and_a_wrong_password_are_written_down(doors_in: Start) -> None:
    step = doors_in()
    step.password.set(RIGHT)

    step.raw("trader", b'{"schema":"risk.ask/0","verb":"lock","until":"2h"}')
    step.ask("admin", "unlock", password="a guess, and no more")  # noqa: S106

    assert [(row["door"], row["verb"], row["code"]) for row in step.trail()] == [
        ("trader", "", "bad_request"),
        ("admin", "unlock", "wrong_password"),
    ]
    acts = [json.loads(line) for line in step.home.acts.read_text().splitlines()]
    assert [(act["kind"], act["text"]) for act in acts] == [
        ("admin", f"a wrong admin password was tried by uid {os.getuid()}")
    ] * len(step.bench.accounts)
