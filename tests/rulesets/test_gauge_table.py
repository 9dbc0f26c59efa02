"""The gauge of every shipped rule, calm, near and broken: one table to judge by eye, each state really reached."""

from dataclasses import replace
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import yaml
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode

from dsl.pipeline import load_ruleset
from dsl.problems import Source, Span
from dsl.rule_tests.acting import act
from dsl.rule_tests.moments import moment_of
from dsl.rule_tests.steps_reading import read_step
from dsl.rule_tests.world import World
from dsl.say import time_of_day
from engine.commands import Command
from engine.events import Event
from engine.rule import RuleSet
from engine.units import HOUR, Instant
from engine.view import GaugeReading, gauges
from service.wording import gauge_words

HERE = Path(__file__).parent
RULESETS = HERE.parents[1] / "rulesets"
FOLDERS = ("starter", "examples", "topstep-combine-50k")
DAYS: dict[str, dict[str, Any]] = yaml.safe_load((HERE / "gauge_days.yaml").read_text(encoding="utf-8"))
CHICAGO = ZoneInfo("America/Chicago")
MORNING = Instant(1_741_359_600_000_000)
"""Friday 2025-03-07 09:00 in Chicago."""


class TextSnapshot(SingleFileSnapshotExtension):
    """One plain text file for each snapshot."""

    _write_mode = WriteMode.TEXT
    file_extension = "txt"


class Watched(World):
    """A world that notes the gauge before each command is carried out: what was broken is mended at once."""

    noted: list[GaugeReading]

    def __init__(self, rules: RuleSet) -> None:
        self.noted = []
        super().__init__(rules, MORNING)

    def _answers(self, command: Command) -> list[Event]:
        self.noted += self.readings()
        return super()._answers(command)

    def readings(self) -> tuple[GaugeReading, ...]:
        return gauges(self.state, self.rules)

    def live(self, lines: list[str]) -> None:
        """Do the steps, stopping at each deadline on the way."""
        self.noted.clear()
        for line in lines:
            step = read_step(Span(Source("a day", line), 0, len(line)), [])
            assert step is not None, line
            at = moment_of(step.when, self.now, CHICAGO)
            assert at is not None, line
            while (deadline := self.next_deadline(at)) is not None:
                self.wait_until(deadline)
            self.wait_until(at)
            if step.event is not None:
                act(self, step.event, CHICAGO, lambda path: self.rules)
        self.noted += self.readings()

    def first(self, color: str) -> GaugeReading | None:
        """Return the reading with which the steps done last reached a color, None if they did not."""
        return next((one for one in self.noted if one.color == color), None)


def alone(name: str) -> RuleSet:
    folder, _, rule = name.partition("/")
    loaded = load_ruleset(RULESETS / folder).ruleset
    assert loaded is not None
    return replace(loaded, rules=tuple(one for one in loaded.rules if one.name == rule))


@pytest.fixture(scope="module")
def lived() -> dict[str, dict[str, GaugeReading | None]]:
    """Return for each rule its readings calm, near and broken."""
    found = {}
    for name, day in DAYS.items():
        world = Watched(alone(name))
        readings = {}
        for steps, color in (("calm", "green"), ("yellow", "yellow"), ("red", "red")):
            world.live(day.get(steps, []))
            readings[color] = world.first(color) or (world.first("active") if color == "red" else None)
        found[name] = readings
    return found


def test_every_shipped_rule_has_its_line() -> None:
    shipped = {
        f"{folder}/{path.stem}"
        for folder in FOLDERS
        for path in (RULESETS / folder).glob("*.yaml")
        if path.stem not in ("ruleset", "lists")
    }

    assert set(DAYS) == shipped


@pytest.mark.parametrize("name", [name for name, day in DAYS.items() if "none" not in day])
def test_a_gauge_shows_numbers_in_yellow_and_in_red(
    lived: dict[str, dict[str, GaugeReading | None]], name: str
) -> None:
    yellow, red = lived[name]["yellow"], lived[name]["red"]

    assert yellow is not None
    assert red is not None
    for one in (yellow, red):
        assert one.value is not None
        assert one.limit is not None
        assert one.limit > 0
        assert one.label
    assert (yellow.unit, yellow.label) == (red.unit, red.label)


@pytest.mark.parametrize("name", [name for name, day in DAYS.items() if "none" in day])
def test_a_rule_that_measures_nothing_shows_no_numbers(
    lived: dict[str, dict[str, GaugeReading | None]], name: str
) -> None:
    readings = [one for one in lived[name].values() if one is not None]

    assert lived[name]["red"] is not None
    assert {(one.value, one.limit, one.unit, one.label) for one in readings} == {(None, None, "", "")}


def test_the_table_of_gauges_is_the_reviewed_one(
    lived: dict[str, dict[str, GaugeReading | None]], snapshot: Any
) -> None:
    lines = []
    for name, readings in lived.items():
        reason = DAYS[name].get("none")
        lines.append(name + (f": no gauge, {reason}" if reason else ""))
        lines += [f"    {color:7} {in_words(one)}" for color, one in readings.items() if one is not None]

    assert "\n".join(lines) + "\n" == snapshot.use_extension(TextSnapshot)


def in_words(one: GaugeReading) -> str:
    """Return subject, numbers with their unit, tier and lock, for example `3/3 trades this hour | number | hour`."""
    closes = f"closes at {time_of_day(one.closes_at - MORNING + 9 * HOUR)}" if one.closes_at else ""
    words = [
        f"{one.subject}: " * bool(one.subject) + (gauge_words(one) or closes or "(no words)"),
        one.unit,
        f"tier {one.tier}" * bool(one.tier),
        "locked" * one.is_locked,
    ]
    return " | ".join(word for word in words if word)


def test_the_brake_shows_the_hour_once_it_is_the_hour_that_locks() -> None:
    world = Watched(alone("starter/trade_frequency_limit"))

    world.live([f"{9 + minute // 60:02}:{minute % 60:02} trade ES $10" for minute in range(1, 56, 6)])

    (reading,) = world.readings()
    assert gauge_words(reading) == "10/10 trades this hour"
    assert (reading.tier, reading.color, reading.is_locked) == ("hour", "red", True)
    assert reading.locked_until == MORNING + HOUR + HOUR // 60

    world.live(["10:01:00"])
    (after,) = world.readings()
    assert (gauge_words(after), after.color, after.is_locked) == ("9/10 trades this hour", "yellow", False)
