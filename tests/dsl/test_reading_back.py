"""Rules read back in English, and the Python they become, are what a person expects to read."""

from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from dsl.read_back import read_back

RULES = {
    "floor": """scope: account
params: {allowance: "$2,000"}
let:
  peak: max(account.equity since start)
  floor: min(peak - allowance, account.start_balance + $100)
when: account.equity <= floor
if_unknown: hold
then:
  - flatten: account
  - lock: account
    until: manual
warn:
  when: account.equity - floor <= allowance * 20%
  message: Only {account.equity - floor} left.
""",
    "ladder": """scope: symbol
params:
  most: {ES: 1 contract, other: 0 contracts}
  hours: {days: [MON, TUE], hours: 08:30..15:00}
tiers:
  - name: size
    when: symbol.quantity > most[symbol]
    for: 5s
    then:
      - reduce_to: most[symbol]
      - cancel_orders: symbol
        side: buy
  - name: time
    when: not (inside(hours) and symbol in [ES]) or clock in 22:00..06:00
    then:
      - lock: symbol
        until: inside(hours)
exceptions:
  - {symbols: [CL], until: 2026-01-01, by: maria, reason: hedge}
expires: 2026-10-01
""",
    "room": """scope: account
let:
  floor: min(account.start_balance, account.eod_high - $2,000)
  room: account.equity - floor
  worst: fallback(account.open_loss, account.stopped_out_loss)
when: room <= $300 or worst >= $500
if_unknown: hold
then:
  - warn: trader
""",
    "release": """scope: account
params:
  hours: {days: [MON, TUE], hours: 08:30..15:00}
when: near(news.high_impact, 5m, 10m) or not inside(hours)
then:
  - lock: account
    until: not near(news.high_impact, 5m, 10m) and not outside(hours)
""",
    "trail": """scope: position
when: position.profit_ticks >= 10 ticks and not position.has_target
clear_for: 5s
then:
  - move_stop: ahead(position.breakeven_price, 1 tick)
  - require_stop: 20 ticks
""",
    "pause": """scope: trade
reset: {cron: 0 17 * * *, tz: America/Chicago}
when: streak(trades where pnl < $0 since reset) >= 3 or trade.loss >= fallback(account.open_loss, $100) / 2
then:
  - cooldown: nth([10m, 30m], count(firings since reset) + 1)
    on: symbol
  - notify: [trader, admin]
""",
}


@pytest.mark.parametrize("name", RULES)
def test_a_rule_reads_back(name: str, tmp_path: Path, snapshot: SnapshotAssertion) -> None:
    path = tmp_path / f"{name}.yaml"
    path.write_text(f"rule: {name}\ntitle: t\nmode: shadow\n{RULES[name]}", encoding="utf-8")

    read = read_back(path)

    assert [problem.code for problem in read.problems if problem.is_error] == []
    assert read.words == snapshot(name="words")
    assert read.source == snapshot(name="source")


def test_a_rule_with_errors_has_no_words(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_text(
        "rule: x\ntitle: t\nmode: shadow\nscope: account\nwhen: nothing\nthen:\n  - notify: trader\n"
    )

    assert (read_back(path).words, [problem.code for problem in read_back(path).problems]) == ("", ["E301"])
