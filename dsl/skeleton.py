"""The first version of a rule and of its test, as `risk new rule` writes them: they validate and pass as they stand."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Skeleton:
    """What differs between scopes. `steps` show one moment at which nothing happens and one at which the rule acts."""

    scope_help: str
    params: str
    when: str
    then: str
    message: str
    steps: str


SKELETONS: Mapping[str, Skeleton] = {
    "account": Skeleton(
        "the whole account; also: symbol, position, trade",
        "limit: $300                 # an amount needs its unit: $300, 5 contracts, 10 ticks, 15m, 40%",
        "day.realized_loss >= limit  # losses are sizes: never negative",
        "- lock: account\n    until: reset              # reset | manual | a condition; or `for: 30m`\n  - notify: trader\n\n"
        "reset: trading_day            # or a cron text such as 0 17 * * *",
        "You lost {day.realized_loss} today, the limit is {limit}. Trading opens again {lock.until}.",
        "09:05 trade ES -$299        -> quiet\n      - 09:06 restart\n"
        "      - 09:07 trade ES -$1          -> lock account until 17:00",
    ),
    "symbol": Skeleton(
        "each symbol, its months together; also: account, position, trade",
        "limit: 2 contracts          # an amount needs its unit: $300, 5 contracts, 10 ticks, 15m, 40%",
        "symbol.quantity > limit",
        "- reduce_to: limit\n  - notify: trader",
        "{symbol}: you hold {symbol.quantity}, the limit is {limit}. The newest contracts were closed.",
        "09:05 open ES long 2 at 6000.00   -> quiet\n      - 09:06 restart\n"
        "      - 09:07 open ES long 1 at 6000.00   -> reduce ES to 2",
    ),
    "position": Skeleton(
        "each position; also: account, symbol, trade",
        "grace: 30s                  # an amount needs its unit: $300, 5 contracts, 10 ticks, 15m, 40%",
        "position.uncovered > 0  # contracts without a stop\nfor: grace                    # so long without a break",
        "- close: position\n  - notify: trader",
        "{symbol} had no stop for {grace}, so it was closed.",
        "09:05 open ES long 1 at 6000.00   -> pending 30s\n      - 09:05 restart\n      - 09:05:30                          -> close ES",
    ),
    "trade": Skeleton(
        "looked at once, each time a trade closes; also: account, symbol, position",
        "limit: $100                 # an amount needs its unit: $300, 5 contracts, 10 ticks, 15m, 40%",
        "trade.loss >= limit     # losses are sizes: never negative",
        "- cooldown: 10m\n  - notify: trader",
        "That {symbol} trade lost {trade.loss}. New entries are paused until {lock.until}.",
        "09:05 trade ES -$99         -> quiet\n      - 09:06 restart\n      - 09:07 trade ES -$100        -> cooldown 10m",
    ),
}

_RULE = """\
# yaml-language-server: $schema={schema}
rule: {name}
title: {title}
why: Say in one sentence what this saves the trader from.
mode: shadow                  # off | shadow: recorded only | warn: the trader is told | enforce
severity: medium
scope: {scope:<22} # {scope_help}

params:
  {params}

when: {when}

then:
  {then}

message: >
  {message}
"""

_TEST = """\
# One line a moment: time, what happens, and behind -> what must follow. What is not announced fails.
test: {name}
start: 2025-03-07 09:00 America/Chicago

cases:
  - case: quiet below the limit, acts at the limit, also after a restart
    steps:
      - {steps}
"""


def rule_text(name: str, scope: str, schema: str = "../../schemas/rule.schema.json") -> str:
    """Return the file of a new rule. `schema` is the way from there to the schema that editors read."""
    made = SKELETONS[scope]
    return _RULE.format(
        name=name,
        title=name.replace("_", " ").capitalize(),
        scope=scope,
        scope_help=made.scope_help,
        params=made.params,
        when=made.when,
        then=made.then,
        message=made.message,
        schema=schema,
    )


def test_text(name: str, scope: str) -> str:
    """Return the file of its first test."""
    return _TEST.format(name=name, steps=SKELETONS[scope].steps)
