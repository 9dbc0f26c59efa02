"""A309: a rule that starts its day at another time than the ruleset: two clocks for "today"."""

import re
from collections.abc import Iterator

from dsl.analysis.finding import Pack, Subject, doubt
from dsl.problems import Problem
from dsl.resets import CronReset

DAILY = re.compile(r"(\d{1,2}) (\d{1,2}) \* \* (\*|[\d,\-a-zA-Z]+)")
"""A cron expression for one time of the day; hourly, weekly and monthly resets mean something else than "today"."""

ONE_DAY = re.compile(r"\d|[a-zA-Z]{3}")


def two_clocks(pack: Pack) -> Iterator[Problem]:
    """Yield each rule whose daily reset is not the ruleset's trading day."""
    for subject in pack.subjects:
        own = _daily(subject)
        if own is None or own == (pack.ruleset.trading_day, pack.ruleset.tz):
            continue
        node = subject.rule.document.reset
        if node is None:
            continue
        place = "" if own[1] == pack.ruleset.tz else f" {own[1]}"
        ours = "" if own[1] == pack.ruleset.tz else f" {pack.ruleset.tz}"
        because = (
            f"`{subject.name}` starts afresh at {own[0]}{place}, "
            f"the trading day of the ruleset at {pack.ruleset.trading_day}{ours}"
        )
        advice = "write `reset: trading_day`, or change `trading_day:` in `ruleset.yaml`"
        yield doubt("A309", 'there are two clocks for "today"', node.span, because, advice)


def _daily(subject: Subject) -> tuple[str, str] | None:
    """Return time of day and zone of a daily reset by cron."""
    reset = subject.rule.reset
    found = DAILY.fullmatch(reset.cron) if isinstance(reset, CronReset) else None
    if not isinstance(reset, CronReset) or found is None or ONE_DAY.fullmatch(found[3]):
        return None
    return f"{int(found[2]):02}:{int(found[1]):02}", reset.tz
