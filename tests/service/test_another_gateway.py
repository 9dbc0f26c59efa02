"""Another login or gateway for a guarded account could lead to nowhere: by hand it is not used, asked for it waits."""

import dataclasses
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from connectors.simulator.child import SimulatorProcess
from connectors.topstepx.settings import GatewayUrls
from dsl.ratchet.change import Verdict
from engine.units import HOUR, Instant
from service import client
from service.home import Home
from service.password import AdminPassword
from service.ratchet import household
from service.settings import HomeSettings, LoginSettings
from service.settings_read import read_home
from service.store.store import Store

ALICE = 9120345
RIGHT = "correct horse battery"
SCHEMA = json.loads((Path(__file__).resolve().parents[2] / "schemas" / "status.schema.json").read_text())
NOW, DUE = Instant(1_000 * HOUR), Instant(1_008 * HOUR)
Start = Callable[..., Any]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "state.sqlite")


@pytest.fixture
def settings(house: Any) -> HomeSettings:
    found = read_home(Home(house.home(alice=1, bob=2))).settings
    assert found is not None
    return found


def with_login(settings: HomeSettings, **changed: Any) -> HomeSettings:
    """Return settings whose login leads elsewhere."""
    return dataclasses.replace(
        settings, logins={"main": dataclasses.replace(settings.logins["main"], **changed)}
    )


def begun(settings: HomeSettings, store: Store, now: int = NOW, *, is_ruled: bool = True) -> LoginSettings:
    """Begin, and return by which login alice is reached."""
    found, _ = household.at_start(settings, store, Instant(now), is_ruled=is_ruled)
    store.flush()
    return found.logins[found.accounts[0].login]


def asked(store: Store, settings: HomeSettings, due: int = DUE) -> list[tuple[str, Verdict]]:
    known = household.recall(store)
    assert known is not None
    fresh, changes = household.asked(known, settings, Instant(due), {1, 2})
    household.remember(store, fresh)
    store.flush()
    return [(change.text, change.verdict) for change in changes]


ELSEWHERE = GatewayUrls("https://api.example.com", None, None)


@pytest.mark.parametrize(
    "changed",
    [
        {"urls": ELSEWHERE},
        {"urls": GatewayUrls("http://127.0.0.1:9", None, "http://127.0.0.1:9")},
        {"user_name": "somebody"},
        {"gateway": "other"},
    ],
    ids=["gateway", "stream off", "user", "name"],
)
def test_by_hand_another_way_is_never_used(
    settings: HomeSettings, store: Store, changed: dict[str, Any]
) -> None:
    first = begun(settings, store)

    assert begun(with_login(settings, **changed), store, DUE + 100 * HOUR) == first
    assert begun(with_login(settings, **changed), store, is_ruled=False) != first, (
        "without an admin it counts"
    )


def test_asked_for_it_is_used_from_its_day_on_and_what_is_asked_for_again_is_not_put_off(
    settings: HomeSettings, store: Store
) -> None:
    first, moved = begun(settings, store), with_login(settings, urls=ELSEWHERE)

    [(text, verdict), _] = asked(store, moved)
    assert verdict is Verdict.LOOSER
    assert "API at http://127.0.0.1:9" in text
    assert "-> API at https://api.example.com, user_hub off, market_hub off" in text
    asked(store, moved, DUE + HOUR)
    assert begun(moved, store, DUE - 1) == first
    other = with_login(settings, urls=GatewayUrls("https://api.example.org", None, None))
    assert begun(other, store, DUE) == first, "another one than was asked for is not used either"
    assert begun(moved, store, DUE).urls == ELSEWHERE


def test_another_login_of_the_account_waits_too_even_when_the_old_one_is_gone(
    settings: HomeSettings, store: Store
) -> None:
    first = begun(settings, store)
    logins = {"new": dataclasses.replace(first, name="new", user_name="somebody")}
    accounts = tuple(dataclasses.replace(one, login="new") for one in settings.accounts)
    moved = dataclasses.replace(settings, logins=logins, accounts=accounts)

    assert begun(moved, store) == first
    assert [text for text, _ in asked(store, moved)] == [
        f"account {name}: login main, user name demo -> login new, user name somebody"
        for name in ("alice", "bob")
    ]
    assert begun(dataclasses.replace(moved, accounts=()), store) == first, "files gone: guarded as before"


def test_called_off_or_put_back_it_never_comes(settings: HomeSettings, store: Store) -> None:
    first, moved = begun(settings, store), with_login(settings, urls=ELSEWHERE)
    asked(store, moved)
    assert asked(store, settings) == []
    assert begun(moved, store, DUE) == first

    asked(store, moved)
    known = household.recall(store)
    assert known is not None
    household.remember(store, household.called_off(known, {1, 2}))
    store.flush()
    assert begun(moved, store, DUE) == first


def test_a_running_guard_stays_with_its_venue_tells_and_shows_what_waits(
    house: Any, sim: SimulatorProcess, guard_in: Start, eventually: Start
) -> None:
    home = house.home(sim)
    AdminPassword(Home(home).password).set(RIGHT)
    guard = guard_in(home)
    guard.ready()
    whole = (home / "settings.yaml").read_text()
    with SimulatorProcess("still") as quiet:
        (home / "settings.yaml").write_text(
            whole.replace(sim.api, quiet.api)
            .replace(sim.user_hub, quiet.user_hub)
            .replace(sim.market_hub, quiet.market_hub)
        )
        said = eventually(lambda: guard.alarms().get("files:alice"), 20.0, say=guard.log)
        assert "the login or the gateway of account alice is not the one in force" in said
        guard.kill()
        again = guard_in(home)
        again.ready()
        sim.place(ALICE, "MNQ", "buy", 3)
        eventually(lambda: again.acts("lock") and sim.state(ALICE)["flat"], 20.0, say=again.log)

        done = client.ask(home, "admin", "apply", password=RIGHT)

        [row] = eventually(lambda: again.account()["to_come"], 10.0, say=again.log)
        jsonschema.validate(again.status(), SCHEMA)
        assert (row["verdict"], row["due"]) == ("looser", done["home_from"])
        assert quiet.api in row["text"]
        eventually(lambda: "files:alice" not in again.alarms(), 20.0, say=again.log)
        [line] = again.acts("rules")
        assert line["text"].startswith("the admin asked for, from ")
        gone = client.ask(home, "admin", "call_off", password=RIGHT)["called_off"]
        assert [one["beside"][0]["text"] for one in gone] == [row["text"]]
        eventually(lambda: not again.account()["to_come"] and "files:alice" in again.alarms(), 20.0)
        with pytest.raises(client.AskRefused, match="nothing waits"):
            client.ask(home, "admin", "call_off", password=RIGHT)
