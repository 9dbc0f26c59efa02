"""What can be asked for at the three doors, verb by verb, and what of it may loosen anything."""

from service.doors.limits import DoorName
from service.doors.opening import TABLES

LOOSENING = {"loosens"}


def verbs(door: DoorName) -> set[str]:
    return set(TABLES[door])


def test_the_doors_and_their_verbs() -> None:
    """A new verb is written down here by hand, by somebody who has thought about it."""
    assert verbs(DoorName.VIEW) == {"ping", "status", "watch", "check", "budget", "calendar"}
    assert verbs(DoorName.TRADER) == {
        "ping",
        "lock",
        "clock_in",
        "clock_out",
        "grant_ask",
        "redeem",
        "second_guard",
    }
    assert verbs(DoorName.ADMIN) == {
        "ping", "unlock", "password", "first_password", "grant_setup",
        "recovery_code", "recover", "reset_ask", "reset_cancel",
        "credentials", "backup", "export", "apply", "call_off",
        "mode", "holiday", "service_stop",
    }  # fmt: skip


def test_at_the_view_and_the_trader_s_door_nothing_but_a_redeemed_code_loosens() -> None:
    loosening = {
        name
        for door in (DoorName.VIEW, DoorName.TRADER)
        for name, verb in TABLES[door].items()
        if verb.loosens
    }

    assert loosening == {"redeem"}


def test_without_the_password_the_admin_door_does_only_what_takes_another_proof_or_a_day() -> None:
    is_open = {name for name, verb in TABLES[DoorName.ADMIN].items() if verb.is_open}

    assert is_open == {"first_password", "recover", "reset_ask"}
