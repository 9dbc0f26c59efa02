"""The doctor sees what is wrong, says what to do, tells no secret and trades nothing."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from connectors.simulator.child import SimulatorProcess
from connectors.topstepx.examination.step import Step, Trouble, Verdict
from service.doctor.examine import TIMINGS, examine
from service.home import Home

ALICE = 9120345
QUICK = replace(TIMINGS, connect=1.0, completion=0.7, settle=0.0, rest_connect=1.0, rest_read=1.0)


def steps(home: Path, *, connect: bool = True) -> dict[str, Step]:
    return {step.name: step for step in examine(Home(home), connect=connect, timings=QUICK, patience=1.5)}


def verdicts(found: dict[str, Step], verdict: Verdict) -> set[str]:
    return {name for name, step in found.items() if step.verdict is verdict}


def test_a_home_in_order_with_a_live_gateway_fails_nothing(home: Path, venue: SimulatorProcess) -> None:
    # The venue of the simulator lives on another day; its clock is told of, not hidden.
    found = steps(home)

    assert verdicts(found, Verdict.FAIL) <= {"main: clock", "calendar"}
    assert verdicts(found, Verdict.UNKNOWN) == {"guard", "main: user hub: first event"}
    passed = verdicts(found, Verdict.PASS)
    assert passed >= {
        "home",
        "settings",
        "permissions",
        "key of main",
        "alice: rules",
        "admin password",
        "store",
        "folders",
        "main: api: DNS",
        "main: api: connection",
        "main: login",
        "main: contracts",
        "main: alice: account",
        "main: alice: orders",
        "main: alice: positions",
        "main: alice: fills",
        "main: user hub: handshake",
        "main: user hub: subscribe",
        "main: market hub: handshake",
        "main: market hub: subscribe",
        "main: market hub: first event",
    }


def test_nothing_is_changed_at_the_venue_and_few_requests_are_used(
    home: Path, venue: SimulatorProcess
) -> None:
    venue.place(ALICE, "MNQ", "buy", 1, stopTicks=40)
    venue.wait_until(lambda state: not state["flat"] and state["working"], ALICE)
    before = venue.state(ALICE)

    found = steps(home)

    after = venue.state(ALICE)
    assert (after["positions"], after["orders"], after["trades"]) == (
        before["positions"],
        before["orders"],
        before["trades"],
    )
    asked = venue.control("/sim/connections")["requests"]
    assert not any(path.endswith(("place", "modify", "cancel", "loseContract")) for path in asked)
    assert sum(asked.values()) < 15
    assert not venue.control("/sim/connections")["links"]
    assert found["main: alice: positions"].text == "1 open"


@pytest.mark.parametrize(
    ("fault", "name", "trouble"),
    [
        ("wrong key", "main: login", Trouble.AUTHENTICATION),
        ("closed port", "main: api: connection", Trouble.UNREACHABLE),
        ("no such host", "main: api: DNS", Trouble.UNREACHABLE),
        ("other account", "main: alice: account", Trouble.CONFIGURATION),
        ("no upgrade", "main: user hub: handshake", Trouble.UNREACHABLE),
        ("no handshake", "main: user hub: handshake", Trouble.UNREACHABLE),
        ("no completion", "main: user hub: subscribe", Trouble.UNREACHABLE),
        ("fills refused", "main: alice: fills", Trouble.UNREACHABLE),
        ("limited", "main: contracts", Trouble.UNREACHABLE),
    ],
)
def test_each_trouble_at_the_venue_is_found_at_its_step_with_a_fix(
    fault: str, name: str, trouble: Trouble, home: Path, venue: SimulatorProcess
) -> None:
    CAUSES[fault](home, venue)

    step = steps(home)[name]

    assert (step.verdict, step.trouble) == (Verdict.FAIL, trouble)
    assert step.fix


def _change(home: Path, old: str, new: str) -> None:
    settings = home / "settings.yaml"
    settings.write_text(settings.read_text().replace(old, new))


def _rest(venue: SimulatorProcess, status: int, path: str) -> None:
    venue.control("/sim/faults/rest", {"kind": "status", "status": status, "path": path, "times": 9})


def _hub(venue: SimulatorProcess, **switches: object) -> None:
    venue.control("/sim/faults/hub", switches)


OTHER = "id: 12\nlogin: main\nmode: enforce\nruleset: starter\n"
CAUSES: dict[str, Callable[[Path, SimulatorProcess], object]] = {
    "wrong key": lambda home, venue: (home / "secrets/main.key").write_text("canary-wrong-key"),
    "closed port": lambda home, venue: _change(home, venue.api, "http://127.0.0.1:9"),
    "no such host": lambda home, venue: _change(home, venue.api, "https://nobody.invalid"),
    "other account": lambda home, venue: (home / "accounts/alice.yaml").write_text(OTHER),
    "no upgrade": lambda home, venue: _hub(venue, refuse_status=503),
    "no handshake": lambda home, venue: _hub(venue, no_handshake=True),
    "no completion": lambda home, venue: _hub(venue, no_completions=True),
    "fills refused": lambda home, venue: _rest(venue, 502, "Trade/search"),
    "limited": lambda home, venue: _rest(venue, 429, "available"),
}


def test_a_malformed_frame_of_a_hub_is_a_failure(home: Path, venue: SimulatorProcess) -> None:
    found = {}
    for step in examine(Home(home), connect=True, timings=QUICK, patience=3.0):
        found[step.name] = step
        if step.name == "main: user hub: subscribe":
            venue.control("/sim/faults/send", {"hub": "user", "text": "not json"})
            venue.place(ALICE, "MNQ", "buy", 1)

    assert found["main: user hub: first event"].verdict is Verdict.FAIL
