"""The absent partner lifts one lock by a code over the phone; every other code opens nothing."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from engine.units import HOUR, MINUTE, SECOND
from service.grants.desk import GrantDesk

Open = Callable[..., Any]
Phone = Any
RIGHT = "correct horse battery"
SCHEMA = json.loads((Path(__file__).resolve().parents[2] / "schemas" / "status.schema.json").read_text())


def test_the_code_lifts_the_lock_for_its_time_and_then_the_lock_is_back_with_its_end(phone: Phone) -> None:
    code = phone.code(phone.challenge())

    done = phone.redeem(f"{code[:4]} {code[4:]}")

    assert (done["ok"], done["lifted"]["id"], done["minutes"]) == (True, phone.lock, 30)
    assert not phone.step.states()[1].locks
    phone.step.publisher.write()
    document = phone.step.ask("view", "status")["document"]
    jsonschema.Draft202012Validator(SCHEMA).validate(document)
    assert document["accounts"][0]["grants"][0]["closes_at"] == done["closes_at"]
    told = [one.message for _, outcome in phone.step.bench.told for one in outcome.decisions]
    assert "lifted by the partner's code, for 30 minutes" in told

    phone.later(29 * MINUTE)
    assert not phone.step.states()[1].locks
    phone.later(MINUTE + SECOND)
    (again,) = phone.step.states()[1].locks.values()
    assert (again.end.at, again.state.value) == (phone.until, "no_increase")
    assert phone.step.bench.recovered().state == phone.step.states()[1]
    trail = json.dumps([row.body for row in phone.step.audit()])
    assert code not in trail


def test_a_used_code_opens_nothing_a_second_time(phone: Phone) -> None:
    code = phone.code(phone.challenge(minutes=0), minutes=0)
    assert phone.redeem(code)["closes_at"] is None
    phone.lock_up(1, "another")

    again = phone.redeem(code)

    assert (again["code"], "used already" in again["text"]) == ("refused", True)
    assert len(phone.step.states()[1].locks) == 1
    assert [row["code"] for row in phone.step.trail() if row["verb"] == "redeem"] == ["ok", "refused"]


@pytest.mark.parametrize(
    ("what", "words"),
    [
        ({"lock": "OTHER"}, "this code is for lock"),
        ({"account": "bob"}, "not the code"),
        ({"minutes": 600}, "not the code"),
    ],
)
def test_a_code_for_something_else_opens_nothing(phone: Phone, what: dict[str, Any], words: str) -> None:
    other = phone.lock_up(1, "another")
    if "lock" in what:
        what = {"lock": other}
    before = phone.step.states()

    refused = phone.redeem(phone.code(phone.challenge(), **what))

    assert refused["code"] == "refused"
    assert words in refused["text"]
    assert phone.step.states() == before


def test_a_code_is_too_old_after_a_quarter_of_an_hour(phone: Phone) -> None:
    code = phone.code(phone.challenge())
    phone.later(15 * MINUTE)

    refused = phone.redeem(code)

    assert (refused["code"], "too old" in refused["text"]) == ("refused", True)
    assert phone.step.states()[1].locks


def test_a_newer_challenge_and_a_newer_secret_make_older_codes_void(phone: Phone) -> None:
    old = phone.code(phone.challenge())
    phone.challenge()
    assert phone.redeem(old)["code"] == "refused"
    phone.later(2 * SECOND)
    current = phone.code(phone.challenge())

    phone.step.ask("admin", "grant_setup", password=RIGHT)

    assert phone.redeem(current)["code"] == "refused"
    assert phone.step.states()[1].locks


def test_guessing_is_slowed_down_and_a_restart_does_not_help(phone: Phone) -> None:
    challenge = phone.challenge()
    right = phone.code(challenge)
    wrong = f"{(int(right) + 1) % 10**8:08d}"
    assert phone.redeem(wrong)["code"] == "refused"
    assert phone.redeem(right)["code"] == "wait", "the right one is not looked at either, too soon"
    for _ in range(12):
        phone.later(301 * SECOND if phone.step.house.grants.book.failures > 8 else 400 * SECOND)
        challenge = phone.challenge()
        phone.redeem(f"{(int(phone.code(challenge)) + 1) % 10**8:08d}")

    bench = phone.step.bench
    again = GrantDesk(bench.store, phone.step.home.grant_secret, bench.accounts)

    assert again.book.failures == 13
    assert 295 <= again.book.wait(bench.clock.now()) <= 300


def test_a_lock_comes_back_after_a_restart_that_took_longer_than_the_grant(phone: Phone) -> None:
    phone.redeem(phone.code(phone.challenge()))
    bench = phone.step.bench
    bench.boot += HOUR

    again = GrantDesk(bench.store, phone.step.home.grant_secret, bench.accounts)
    phone.step.house.on_engine(lambda: again.bring_back(bench.clock.now(), phone.step.house.handle))

    (lock,) = phone.step.states()[1].locks.values()
    assert lock.end.at == phone.until


def test_an_unlock_of_everything_also_ends_what_would_come_back(phone: Phone) -> None:
    phone.redeem(phone.code(phone.challenge()))

    assert phone.step.ask("admin", "unlock", password=RIGHT, account="alice", reason="enough now")["ok"]

    phone.later(HOUR)

    assert not phone.step.states()[1].locks


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"minutes": 721}, "bad_request"),
        ({"minutes": -1}, "bad_request"),
        ({"lock": "L99"}, "not_found"),
        ({"account": "bob", "lock": ""}, "not_found"),
    ],
)
def test_what_cannot_be_granted_is_said_at_once(phone: Phone, fields: dict[str, Any], code: str) -> None:
    answer = phone.step.ask("trader", "grant_ask", **{"account": "alice", "lock": phone.lock} | fields)

    assert answer["code"] == code


def test_a_promise_cannot_be_granted_away(phone: Phone) -> None:
    promise = phone.step.ask("trader", "lock", account="alice", until="2h")["lock"]

    assert phone.step.ask("trader", "grant_ask", account="alice", lock=promise)["code"] == "policy"


def test_without_a_partner_nothing_can_be_asked_for(doors_in: Open) -> None:
    step = doors_in()

    assert "no partner" in step.ask("trader", "grant_ask", account="alice")["text"]
    assert "no partner" in step.ask("trader", "redeem", code="12345678")["text"]


def test_while_an_account_is_halted_nothing_is_lifted_and_what_must_come_back_waits(phone: Phone) -> None:
    account = phone.step.bench.accounts[1]
    code = phone.code(phone.challenge())
    account.halted = "planted"
    assert "is halted" in phone.redeem(code)["text"]
    assert "is halted" in phone.step.ask("trader", "grant_ask", account="alice", lock=phone.lock)["text"]
    account.halted = ""
    assert phone.redeem(code)["ok"] is True, "the code was not used up"
    account.halted = "planted"

    phone.later(HOUR)
    assert not phone.step.states()[1].locks

    account.halted = ""
    phone.later(SECOND)
    assert [lock.end.at for lock in phone.step.states()[1].locks.values()] == [phone.until]
