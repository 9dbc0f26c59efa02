"""Whatever happens and whenever rules are loaded anew: nothing that was held is forgotten by it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dsl.pipeline import load_ruleset
from dsl.rule_tests import steps
from dsl.rule_tests.acting import act
from dsl.rule_tests.world import World
from dsl.wall_time import place_on
from engine.held import Phase
from engine.rule import RuleSet
from engine.state import State
from engine.units import HOUR, PRICE_SCALE, SCALE, SECOND, Instant, Money, Price
from engine.venue import Side

ZONE = ZoneInfo("America/Chicago")
START = place_on(date(2025, 3, 7), 9 * HOUR, ZONE)
HEAD = "title: t\nmode: enforce\nscope: {}\nwhen: {}\n"
RULES = {
    "day_loss": HEAD.format("account", "loss(sum(pnl of fills over trading_day)) >= limit")
    + "params: {limit: $300}\nif_unknown: no_increase\nreset: trading_day\nthen:\n  - lock: account\n    until: reset\n",
    "naked": HEAD.format("position", "position.uncovered > 0") + "for: 30s\nthen:\n  - close: position\n",
    "fallen": HEAD.format("account", "max(account.equity since start) - account.equity >= limit")
    + "params: {limit: $400}\nif_unknown: hold\nthen:\n  - flatten: account\n  - lock: account\n    until: manual\n",
    "big": HEAD.format("account", "account.gross_contracts > 2 contracts") + "then:\n  - notify: trader\n",
    "under_water": HEAD.format("position", "position.open_loss >= $150")
    + "if_unknown: hold\nthen:\n  - lock: symbol\n    until: not position.open_loss >= $150\n",
}
STEPS = st.one_of(
    st.builds(
        steps.Open,
        st.sampled_from(["ES", "MES"]),
        st.just(Side.BUY),
        st.integers(1, 2),
        st.just(Price(6000 * PRICE_SCALE)),
    ),
    st.builds(
        steps.Quoted,
        st.just("ES"),
        st.integers(5990, 6006).map(lambda points: Price(points * PRICE_SCALE)),
    ),
    st.builds(steps.Trade, st.just("NQ"), st.integers(-200, 200).map(lambda result: Money(result * SCALE))),
    st.builds(steps.Stop, st.just("ES"), st.sampled_from([Price(5980 * PRICE_SCALE), None])),
    st.just(steps.SetField("day.realized_pnl", None)),
    st.integers(1, 40),
)
LATER = st.lists(STEPS, max_size=12)


@pytest.fixture(scope="module")
def rules(tmp_path_factory: Any) -> dict[str, RuleSet]:
    """Return the rules as they are, with words changed, and with other limits."""
    folder = tmp_path_factory.mktemp("rules")

    def written(name: str, edit: Callable[[str], str]) -> RuleSet:
        (folder / name).mkdir()
        (folder / name / "ruleset.yaml").write_text("ruleset: r\ndsl: 1\n", encoding="utf-8")
        for rule, text in RULES.items():
            (folder / name / f"{rule}.yaml").write_text(f"rule: {rule}\n{edit(text)}", encoding="utf-8")
        loaded = load_ruleset(folder / name)
        assert loaded.ruleset is not None, [str(problem.message) for problem in loaded.problems]
        return loaded.ruleset

    return {
        "same": written("same", lambda text: text),
        "worded": written("worded", lambda text: text.replace("title: t", "title: other words")),
        "looser": written("looser", lambda text: text.replace("$300", "$900").replace("$400", "$950")),
    }


def play(world: World, happenings: list[Any]) -> None:
    """Let the steps happen; a number is seconds that pass. A stop or price for what was never opened happens to nobody."""
    for step in happenings:
        if isinstance(step, int):
            end = Instant(world.now + step * SECOND)
            while (due := world.next_deadline(end)) is not None:
                world.wait_until(due)
            world.wait_until(end)
            continue
        try:
            act(world, step, ZONE, lambda _: world.rules)
        except ValueError:
            continue


def timers(state: State) -> dict[str, Any]:
    """Return what runs; that a breached rule acts anew once its facts are known again (`renew`) is no timer."""
    latches = state.latches.items()
    return {key: replace(latch, since=Instant(0), renew=False) for key, latch in latches if "/!/" not in key}


@settings(max_examples=60)
@given(before=LATER, after=LATER)
def test_a_reload_that_changes_words_only_changes_nothing(
    rules: dict[str, RuleSet], before: list[Any], after: list[Any]
) -> None:
    plain, reloaded = World(rules["same"], START), World(rules["same"], START)
    for world in (plain, reloaded):
        play(world, before)
    held = reloaded.state.windows
    plain.reload(rules["same"])

    reloaded.reload(rules["worded"])

    assert reloaded.state.windows.keys() >= held.keys()
    for world in (plain, reloaded):
        play(world, after)
    assert timers(reloaded.state) == timers(plain.state)
    assert reloaded.state.windows == plain.state.windows
    assert {lock.source: lock.end for lock in reloaded.state.locks.values()} == {
        lock.source: lock.end for lock in plain.state.locks.values()
    }


@settings(max_examples=60)
@given(before=LATER, to=st.sampled_from(["worded", "looser"]), is_unknown=st.booleans())
def test_no_reload_ends_a_lock_or_a_breach_that_cannot_be_seen(
    rules: dict[str, RuleSet], before: list[Any], to: str, is_unknown: bool
) -> None:
    world = World(rules["same"], START)
    play(world, before)
    if is_unknown:
        world.forget_fills()
    breached = {
        key
        for key, latch in world.state.latches.items()
        if latch.phase is Phase.BREACHED and "/!/" not in key
    }
    unknown = {key for key in breached if world.state.latches[key].unknown_since is not None}
    locks = dict(world.state.locks)

    world.reload(rules[to])

    still = world.state.latches
    assert all(still[key].phase is Phase.BREACHED for key in (unknown if to == "looser" else breached))
    for key, lock in locks.items():
        assert key in world.state.locks or lock.end.kind.value == "condition"


def test_a_tighter_limit_keeps_the_highest_equity_that_was_seen(
    rules: dict[str, RuleSet], tmp_path: Path
) -> None:
    world = World(rules["same"], START)
    play(world, [steps.Trade("NQ", Money(1_000 * SCALE)), steps.Trade("NQ", Money(-250 * SCALE))])
    assert not world.state.locks

    (tmp_path / "ruleset.yaml").write_text("ruleset: r\ndsl: 1\n", encoding="utf-8")
    text = f"rule: fallen\n{RULES['fallen']}".replace("$400", "$200")
    (tmp_path / "fallen.yaml").write_text(text, encoding="utf-8")
    tighter = load_ruleset(tmp_path).ruleset
    assert tighter is not None
    world.reload(tighter)

    assert [lock.rule for lock in world.state.locks.values()] == ["fallen"]
