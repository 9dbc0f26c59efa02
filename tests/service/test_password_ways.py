"""The ways back to a lost password: a code that works once, and a day of waiting that everybody sees."""

import io
import json
from collections.abc import Callable
from typing import Any

import pytest

from cli.app import run
from connectors.topstepx.settings import TimeSource
from engine.units import HOUR, Instant
from service.password_reset import PasswordReset

Open = Callable[..., Any]
RIGHT, NEW = "correct horse battery", "staple and much more"


@pytest.fixture
def step(doors_in: Open) -> Any:
    made = doors_in()
    made.password.set(RIGHT)
    return made


def later(step: Any, length: int) -> None:
    step.bench.boot += length
    step.bench.clock.heard(Instant(step.bench.clock.now()), TimeSource.DATE_HEADER)
    step.house.on_engine(step.doors.look)


def test_the_recovery_code_sets_a_password_at_once_and_works_once(step: Any) -> None:
    code = step.ask("admin", "recovery_code", password=RIGHT)["code"]
    assert step.ask("admin", "recover", code=code[:-1], new=NEW)["code"] == "wrong_password"
    assert step.ask("admin", "recover", code=code, new="short")["code"] == "refused"
    assert step.password.check(RIGHT).is_right, "nothing was changed so far, and the code still works"

    assert step.ask("admin", "recover", code=code.lower(), new=NEW)["ok"] is True

    assert step.password.check(NEW).is_right
    assert step.ask("admin", "recover", code=code, new=RIGHT)["code"] == "policy"
    written = json.dumps([row.body for row in step.audit()])
    assert code not in written
    assert NEW not in written
    assert "the recovery code was used" in written
    acts = step.home.acts.read_text()
    assert "set anew with the recovery code" in acts


def test_a_reset_takes_a_day_is_shown_all_the_while_and_survives_a_restart(step: Any) -> None:
    due = step.ask("admin", "reset_ask", new=NEW)["due"]
    step.publisher.write()
    alarms = step.ask("view", "status")["document"]["daemon"]["alarms"]
    assert [(one["code"], due in one["text"]) for one in alarms] == [("password_reset", True)]

    later(step, 23 * HOUR)
    assert step.password.check(RIGHT).is_right
    bench = step.bench
    again = PasswordReset(bench.store, step.password, bench.clock, bench.alarms)
    assert again.due == step.house.reset.due

    later(step, HOUR + 1_000_000)
    assert step.password.check(NEW).is_right
    assert not bench.alarms.active()


def test_whoever_knows_the_password_ends_the_wait(step: Any) -> None:
    step.ask("admin", "reset_ask", new=NEW)

    assert step.ask("admin", "reset_cancel", password=RIGHT)["ok"] is True

    later(step, 30 * HOUR)
    assert step.password.check(RIGHT).is_right
    assert step.ask("admin", "reset_cancel", password=RIGHT)["code"] == "not_found"


def test_asking_again_begins_the_day_anew(step: Any) -> None:
    first = step.ask("admin", "reset_ask", new=NEW)["due"]
    later(step, 20 * HOUR)

    assert step.ask("admin", "reset_ask", new=NEW)["due"] > first


def test_a_changed_password_is_told_and_a_refused_one_is_not(step: Any) -> None:
    assert step.ask("admin", "password", password=RIGHT, new="short")["code"] == "refused"
    assert not step.home.acts.exists()

    assert step.ask("admin", "password", password=RIGHT, new=NEW)["ok"] is True

    told = [json.loads(line) for line in step.home.acts.read_text().splitlines()]
    assert [(act["account"], act["kind"]) for act in told] == [("alice", "admin"), ("bob", "admin")]
    assert {act["text"] for act in told} == {"the admin password was changed by the admin"}
    assert NEW not in step.home.acts.read_text()


def test_a_weak_password_is_refused_at_the_asking(step: Any) -> None:
    assert step.ask("admin", "reset_ask", new="aaaaaaaaaaaaaaa")["code"] == "refused"
    assert not step.bench.alarms.active()


def test_the_commands_say_what_happens(
    step: Any, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    home = ["--stdin", "--home", str(step.home.root)]
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{RIGHT}\n"))
    assert run(["admin", "password", "recovery", *home]) == 0
    code = capsys.readouterr().out.strip()
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{NEW}\n"))
    assert run(["admin", "password", "reset", *home]) == 0
    assert "takes effect at 2026-11-18" in capsys.readouterr().err
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{code}\n{NEW}\n"))
    assert run(["admin", "password", "recover", *home]) == 0
    assert "The code is used up" in capsys.readouterr().err
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{NEW}\n"))
    assert run(["admin", "password", "cancel", *home]) == 2, "the recovery ended the wait"
