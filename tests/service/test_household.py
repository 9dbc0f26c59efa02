"""An account whose file is gone, and a shorter delay, loosen too: neither a restart nor one line in a file does it."""

from pathlib import Path

import pytest

from dsl.ratchet.change import Verdict
from engine.units import HOUR, MINUTE, Duration, Instant
from service.home import Home
from service.ratchet import household
from service.settings import HomeSettings
from service.settings_read import read_home
from service.store.store import Store

NOW, DUE = Instant(1_000 * HOUR), Instant(1_008 * HOUR)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "state.sqlite")


@pytest.fixture
def settings(house: object) -> HomeSettings:
    found = read_home(Home(house.home(alice=1, bob=2))).settings  # type: ignore[attr-defined]
    assert found is not None
    return found


def with_accounts(settings: HomeSettings, *names: str, delay: Duration = Duration(HOUR)) -> HomeSettings:
    accounts = tuple(one for one in settings.accounts if one.name in names)
    return HomeSettings(settings.logins, accounts, loosen_delay=delay)


def begun(settings: HomeSettings, store: Store, now: int = NOW, *, is_ruled: bool = True) -> HomeSettings:
    found, _ = household.at_start(settings, store, Instant(now), is_ruled=is_ruled)
    store.flush()
    return found


def names(settings: HomeSettings) -> list[str]:
    return [account.name for account in settings.accounts]


def asked(store: Store, settings: HomeSettings) -> list[Verdict]:
    known = household.recall(store)
    assert known is not None
    fresh, changes = household.asked(known, settings, DUE, {1, 2})
    household.remember(store, fresh)
    store.flush()
    return [change.verdict for change in changes]


def test_an_account_stays_guarded_when_its_file_goes(settings: HomeSettings, store: Store) -> None:
    begun(settings, store)
    alone = with_accounts(settings, "alice")

    assert names(begun(alone, store)) == ["alice", "bob"]
    assert names(begun(alone, store)) == ["alice", "bob"]


def test_without_an_admin_the_files_count(settings: HomeSettings, store: Store) -> None:
    begun(settings, store, is_ruled=False)

    assert names(begun(with_accounts(settings, "alice"), store, is_ruled=False)) == ["alice"]


def test_who_was_asked_to_be_left_out_is_guarded_until_the_next_session(
    settings: HomeSettings, store: Store
) -> None:
    begun(settings, store)
    alone = with_accounts(settings, "alice")

    assert asked(store, alone) == [Verdict.LOOSER]
    assert names(begun(alone, store, DUE - 1)) == ["alice", "bob"]
    assert names(begun(alone, store, DUE)) == ["alice"]


def test_whoever_comes_back_is_not_left_out_any_more(settings: HomeSettings, store: Store) -> None:
    begun(settings, store)
    asked(store, with_accounts(settings, "alice"))
    asked(store, settings)

    assert names(begun(with_accounts(settings, "alice"), store, DUE + HOUR)) == ["alice", "bob"]


def test_a_shorter_delay_waits_as_long_as_the_old_one_says(settings: HomeSettings, store: Store) -> None:
    begun(settings, store)
    short = with_accounts(settings, "alice", "bob", delay=Duration(MINUTE))

    assert begun(short, store).loosen_delay == HOUR
    assert asked(store, short) == [Verdict.LOOSER]
    assert begun(short, store, DUE - 1).loosen_delay == HOUR
    assert begun(short, store, DUE).loosen_delay == MINUTE


def test_a_longer_delay_holds_at_once(settings: HomeSettings, store: Store) -> None:
    begun(settings, store)
    long = with_accounts(settings, "alice", "bob", delay=Duration(3 * HOUR))

    assert asked(store, long) == [Verdict.STRICTER]
    known = household.recall(store)
    assert known is not None
    assert known.delay == 3 * HOUR
    assert begun(with_accounts(settings, "alice", "bob"), store).loosen_delay == 3 * HOUR
