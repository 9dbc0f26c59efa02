"""The admin's password against guessing."""

import json
import stat
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from argon2.profiles import CHEAPEST

from engine.units import DAY, SECOND
from service.password import LONGEST_WAIT, AdminPassword, PasswordRefused, boot_name

RIGHT = "a long sentence of mine"


class Machine:
    """A machine whose boot clock and name the test sets."""

    def __init__(self, path: Path) -> None:
        self.path, self.clock, self.boot = path, 0, "first"

    def password(self) -> AdminPassword:
        hasher = PasswordHasher.from_parameters(CHEAPEST)
        return AdminPassword(self.path, hasher=hasher, clock=lambda: self.clock, boot=lambda: self.boot)


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    machine = Machine(tmp_path / "data" / "password")
    machine.password().set(RIGHT)
    return machine


def test_the_right_password_is_right_and_its_text_is_nowhere(machine: Machine) -> None:
    assert machine.password().check(RIGHT).is_right
    assert RIGHT not in machine.path.read_text()
    assert "argon2id" in machine.path.read_text()
    assert stat.S_IMODE(machine.path.stat().st_mode) == 0o600


def test_wrong_tries_wait_1_2_4_up_to_300_seconds_across_restarts(machine: Machine) -> None:
    waits = []
    for _ in range(12):
        checked = machine.password().check("wrong")  # a new object each time: nothing is in memory
        waits.append(checked.wait)
        machine.clock += int(checked.wait * SECOND)

    assert waits == [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300]


def test_before_its_time_not_even_the_right_password_is_looked_at(machine: Machine) -> None:
    machine.password().check("wrong")
    machine.clock += SECOND // 2

    early = machine.password().check(RIGHT)
    assert (early.is_right, early.wait) == (False, 0.5)

    machine.clock += SECOND // 2
    assert machine.password().check(RIGHT).is_right
    assert machine.password().check("wrong").wait == 1, "the right one clears the count"


def test_a_thousand_guesses_take_at_least_three_days(machine: Machine) -> None:
    for _ in range(1_000):
        machine.clock += int(machine.password().check("wrong").wait * SECOND)

    assert machine.clock >= 3 * DAY


def test_a_reboot_begins_the_wait_anew_and_never_shortens_it(machine: Machine) -> None:
    for _ in range(12):
        machine.clock += int(machine.password().check("wrong").wait * SECOND)
    machine.password().check("wrong")

    machine.boot, machine.clock = "second", 5
    assert machine.password().check(RIGHT).wait == LONGEST_WAIT

    machine.clock += LONGEST_WAIT * SECOND
    assert machine.password().check(RIGHT).is_right


@pytest.mark.parametrize("password", ["short", "elevenchars", "aaaaaaaaaaaaaaaa", "abababababababab"])
def test_a_password_that_is_easy_to_guess_is_refused(machine: Machine, password: str) -> None:
    with pytest.raises(PasswordRefused):
        machine.password().set(password)

    assert machine.password().check(RIGHT).is_right


def test_a_missing_or_damaged_file_never_lets_anyone_in(machine: Machine) -> None:
    machine.path.write_text("{}")
    with pytest.raises(PasswordRefused, match="cannot be read"):
        machine.password().check(RIGHT)

    machine.path.write_text(json.dumps({"hash": "nonsense"}))
    with pytest.raises(PasswordRefused, match="damaged"):
        machine.password().check(RIGHT)

    machine.path.unlink()
    assert not machine.password().exists
    with pytest.raises(PasswordRefused, match="no admin password"):
        machine.password().check(RIGHT)


def test_a_hash_of_older_parameters_is_made_anew_after_the_right_password(machine: Machine) -> None:
    before = machine.path.read_text()
    stronger = AdminPassword(
        machine.path,
        hasher=PasswordHasher(time_cost=2, memory_cost=64),
        clock=lambda: 0,
        boot=lambda: "first",
    )

    assert stronger.check(RIGHT).is_right
    assert machine.path.read_text() != before
    assert machine.password().check(RIGHT).is_right


def test_the_real_boot_has_a_name() -> None:
    assert boot_name() == boot_name() != ""
