"""A reload in the middle of a timer: what leaves `when` and `for` alone keeps it, what changes them does not."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from dsl.pipeline import load_ruleset
from dsl.rule_tests.acting import act
from dsl.rule_tests.steps import Open
from dsl.rule_tests.world import World
from dsl.wall_time import place_on
from engine.outcome import DecisionKind
from engine.rule import RuleSet
from engine.units import HOUR, PRICE_SCALE, SECOND, Instant, Price
from engine.venue import Side

STARTER = Path(__file__).resolve().parents[2] / "rulesets" / "starter"
ZONE = ZoneInfo("America/Chicago")
START = place_on(date(2025, 3, 7), 9 * HOUR, ZONE)
NAKED = Open("ES", Side.BUY, 1, Price(6000 * PRICE_SCALE))
Edit = Callable[[str], str]


def edited(folder: Path, edit: Edit) -> RuleSet:
    """Return the shipped rule about missing stops from a folder of its own, its text edited."""
    folder.mkdir()
    for name in ("ruleset", "lists"):
        (folder / f"{name}.yaml").write_text((STARTER / f"{name}.yaml").read_text(encoding="utf-8"))
    text = (STARTER / "no_stop_loss_grace.yaml").read_text(encoding="utf-8")
    changed = edit(text)
    assert changed != text
    (folder / "no_stop_loss_grace.yaml").write_text(changed, encoding="utf-8")
    loaded = load_ruleset(folder)
    assert loaded.ruleset is not None, loaded.problems
    return loaded.ruleset


def breached_at(tmp_path: Path, edit: Edit) -> list[int]:
    """Reload ten seconds into the grace of thirty; return the seconds at which the naked position was closed."""
    world = World(edited(tmp_path / "before", lambda text: text + "\n# as shipped\n"), START)
    act(world, NAKED, ZONE, lambda _: world.rules)
    world.wait_until(Instant(START + 10 * SECOND))
    world.reload(edited(tmp_path / "after", edit))
    end = Instant(START + 120 * SECOND)
    while (due := world.next_deadline(end)) is not None:
        world.wait_until(due)
    told = [decision for outcome in world.take() for decision in outcome.decisions]
    return [round((each.at - START) / SECOND) for each in told if each.kind is DecisionKind.BREACH]


KEEP: dict[str, Edit] = {
    "a comment": lambda text: text + "# reviewed in spring\n",
    "the title": lambda text: text.replace("Every position needs a stop", "Stops, please"),
    "the message": lambda text: text.replace("You may enter again", "Enter again"),
    "the severity": lambda text: text.replace("severity: high", "severity: critical"),
    "the mode": lambda text: re.sub(r"(?m)^mode: \w+", "mode: enforce", text),
    "an action": lambda text: text.replace("- notify: trader", "- notify: [trader, admin]"),
}
RESTART: dict[str, tuple[Edit, int]] = {
    "the condition": (
        lambda text: text.replace("position.uncovered > 0\nfor", "position.uncovered >= 1 contract\nfor"),
        40,
    ),
    "the grace": (lambda text: text.replace("grace: 30s", "grace: 45s"), 55),
}


@pytest.mark.parametrize("what", KEEP)
def test_a_reload_that_leaves_when_and_for_alone_keeps_the_timer(tmp_path: Path, what: str) -> None:
    assert breached_at(tmp_path, KEEP[what]) == [30]


@pytest.mark.parametrize("what", RESTART)
def test_a_reload_that_changes_when_or_for_starts_the_timer_anew(tmp_path: Path, what: str) -> None:
    edit, closes_at = RESTART[what]

    assert breached_at(tmp_path, edit) == [closes_at]
