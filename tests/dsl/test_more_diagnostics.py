"""More mistakes than the samples show, each reported to the same standard: place, words, and the edit."""

import re
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

import dsl
from dsl.pipeline import compile_rule
from dsl.problems import Problem, Source
from dsl.render import render_text
from dsl.ruleset_build import default_info

CASES = [
    ("account", "let:\n  lost: loss(sum(pnl of fills over session))\nwhen: lost <= -$500"),
    ("account", "when: -$500 >= day.realized_loss"),
    ("account", "when: count(entries over session) > -1"),
    (
        "symbol",
        "params:\n  rows: {ESZ6: 1 contract, other: 2 contracts}\nwhen: symbol.quantity > rows[symbol]",
    ),
    ("position", "when: count(trades where symbol == ESZ6 over session) > 3"),
    ("account", "when: 10 ticks >= 2 points"),
    ("account", "when: account.can_trade\nclear_for: connection.blind_for"),
    ("account", "when: account.open_pnl + 5 contracts > $3"),
    ("account", "when: account.open_pnl * day.total_pnl > $3"),
    ("account", "when: account.open_pnl / 0 > $3"),
    ("account", "when: account.gross_contracts > 2.5 contracts"),
    ("account", "when: clock > 25:10"),
    ("account", "when: connection.blind_for > 30m1h"),
    ("account", "when: account.open_pnl"),
    ("account", "when: account.can_trade and account.equity"),
    ("account", "when: account.can_trade > 5"),
    ("symbol", "when: symbol > ES"),
    ("symbol", "when: symbol in ES"),
    ("symbol", "when: symbol in [5, 6]"),
    ("symbol", "when: symbol in [ES, 5]"),
    ("account", "params:\n  limits: {ES: $5}\nwhen: limits[symbol] > $5"),
    ("symbol", "params:\n  limits: {ES: 1 contract}\nwhen: symbol.quantity > limits[symbol]"),
    ("symbol", "params:\n  limits: {ES: 1 contract, other: $5}\nwhen: symbol.quantity > limits[symbol]"),
    ("account", "when: lost(account.equity) > $5"),
    ("account", "when: loss($5, $6) > $5"),
    ("account", "when: loss(5 contracts) > $5"),
    ("account", "when: sum(trades over session) > $5"),
    ("account", "when: sum(size of trades over session) > $5"),
    ("account", "when: count(pnl of trades over session) > 5"),
    ("account", "when: count(trade over session) > 5"),
    ("account", "when: sum(pnl of trade over session) > $5"),
    ("account", "when: sum(quantity of positions over session) > 5 contracts"),
    ("account", "when: sum(account.equity over session) > $5"),
    ("account", "when: max(pnl of trades where account.can_trade over session) > $5"),
    ("account", "when: max(max(account.equity since start) since start) > $5"),
    ("account", "when: sum(pnl of trades since reset) > $5"),
    ("account", "when: sum(pnl of trades since week) > $5"),
    ("account", "when: sum(pnl of trades over last 1d) > $5"),
    ("account", "let:\n  a: b + $1\n  b: a - $1\nwhen: a > $5"),
    (
        "account",
        "params:\n  now: 5m\n  trades: $5\n  loss: $5\nwhen: account.open_loss > loss\nif_unknown: hold",
    ),
    ("account", "params:\n  pnl: $5\nwhen: count(trades where pnl < $0 over session) > 5"),
    ("account", "params:\n  limit: {value: $500, min: $600, max: $1000}\nwhen: day.realized_loss >= limit"),
    ("account", "params:\n  limit: $500 * 2\nwhen: day.realized_loss >= limit"),
    ("position", "when: position.entry_price > 5"),
    ("position", "when: position.entry_price + position.last_price > position.entry_price"),
    ("account", "when: account.gross_contracts > 5 ticks"),
    ("account", "when: now in 08:30..15:00"),
    ("account", "when: symbol.quantity > 5 contracts"),
    ("account", "when: account.can_trade\nthen:\n  - flaten: account"),
    ("account", "when: account.can_trade\nthen:\n  - flatten: symbol"),
    ("account", "when: account.can_trade\nthen:\n  - move_stop: 5 ticks"),
    ("account", "when: account.can_trade\nthen:\n  - reduce_to: $5\n    by: oldest_first\n    foo: 1"),
    ("account", "when: account.can_trade\nthen:\n  - lock: account\n    until: reset"),
    ("account", "when: account.can_trade\nthen:\n  - lock: account\n    until: manual\n    for: 5m"),
    ("account", "when: account.can_trade\nthen:\n  - lock: account\n    until: 17:00"),
    ("account", "when: account.can_trade\nthen:\n  - cooldown: -5m\n  - cooldown: 5\n  - notify: [traderr]"),
    ("account", 'when: account.can_trade\nmessage: "You {lock.until} {tier} {account.equity"'),
    ("account", 'when: account.can_trade\nmessage: "You {lock.until} {tier} {account.equity}"'),
    (
        "account",
        "tiers:\n  - name: say\n    when: account.can_trade\n    then:\n      - notify: trader\n"
        "  - name: pause\n    when: account.can_trade\n    then:\n      - cooldown: 5m\n"
        'message: "Paused until {lock.until} at {stop} ({tier})"\n'
        'warn:\n  when: account.can_trade\n  message: "until {lock.until}"',
    ),
    (
        "account",
        'params:\n  t: {ES: $1, other: $2}\nwhen: account.can_trade and t[ES] > $1\nmessage: "You {t}"',
    ),
    ("account", "when: account.can_trade\nfor: $5\nclear_for: 5"),
    (
        "account",
        "when: account.can_trade\nfor_each: scale_in\nsince: session\nexceptions:\n  - {symbols: [CL], until: 2026-01-01, by: me}",
    ),
    ("account", "when: account.can_trade\nreset:\n  cron: 0 25 * * *"),
    ("account", "when: account.can_trade\nreset:\n  cron: 0 17 * * *\n  tz: America/Chicagoo"),
    ("symbol", "params:\n  hours: {tz: Mars/Base, days: [MON], hours: 08:30..15:00}\nwhen: outside(hours)"),
    ("symbol", "when: outside(lists.foo)"),
    ("symbol", "when: symbol in [ESZ6]"),
    ("account", "let:\n  unused: $5\nwhen: account.open_loss > $5\nthen:\n  - flatten: account"),
    ("account", "gauge: {value: account.equity, limit: 5 contracts}\nwhen: account.can_trade"),
    ("account", "when: account.gross_contracts >= 2 points"),
    ("symbol", "when: symbol.open_loss >= -$5"),
    ("account", "when: account.can_trade == true\nthen:\n  - cooldown: 5"),
    ("symbol", "when: symbol.quantity > limits[symbol]\nparams:\n  limits: {ES: 1, other: 2}"),
    ("position", "when: position.side == 5"),
    ("account", "params:\n  pauses: [10m, 5]\nwhen: account.can_trade"),
    ("account", "when: nth([5m, 10m], 1) > 5"),
    ("account", "when: min(account.open_pnl, 5 contracts) > $3"),
    ("position", "when: position.entry_price >= position.stop_price + $5"),
    ("account", "when: count(entries over last 0s) > 3"),
    ("account", "when: firings > 3"),
    ("symbol", "when: inside(symbol)"),
    ("account", "when: step(account.eod_balance, [5 contracts], [1, 2]) > 3"),
    ("account", "when: day.realized_loss >= 500"),
    ("account", "when: day.realized_loss >= 40%"),
    ("account", "params:\n  limit: 5 contracts\nwhen: day.realized_loss >= limit"),
    ("account", "params:\n  limit: 40%\nwhen: day.realized_loss >= limit"),
    ("account", "when: account.can_trade\nstops: {max_distance: account.stopped_out_loss * 25%}"),
    ("account", "when: account.can_trade\nstops: {max_distance: 25%}"),
]


ELSEWHERE = {"W505", "E303", "E308", "E316", "E315", "E502", "E503", "E504", "E607", "W401", "W405"}
"""Codes that the samples of the diagnostics page or the tests of whole rulesets show."""

CHECKER = re.compile(r"\"([EW][2-7][0-9]{2})\"")


def found(scope: str, body: str) -> list[Problem]:
    then = "" if "then:" in body else "then:\n  - notify: trader\n"
    text = f"rule: x\ntitle: t\nmode: enforce\nscope: {scope}\n{body}\n{then}"
    return compile_rule(Source("x.yaml", text), default_info(), {})[1]


def slug(case: tuple[str, str]) -> str:
    return re.sub(r"\W+", "-", " ".join(case))[:70]


@pytest.mark.parametrize(("scope", "body"), CASES, ids=[slug(case) for case in CASES])
def test_a_mistake_is_reported_where_it_must_be_changed(
    scope: str, body: str, snapshot: SnapshotAssertion
) -> None:
    problems = found(scope, body)

    assert problems
    assert render_text(problems) == snapshot


def test_the_cases_show_every_code_of_the_checker() -> None:
    sources = [*Path(dsl.__file__).parent.glob("check_*.py"), *Path(dsl.__file__).parent.glob("const*.py")]
    codes = {code for path in sources for code in CHECKER.findall(path.read_text(encoding="utf-8"))}

    shown = {problem.code for case in CASES for problem in found(*case)}

    assert codes - shown - ELSEWHERE == set()
