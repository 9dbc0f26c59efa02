"""`risk check` and `risk budget` against a running guard: asked first, then done at the venue, over real sockets."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema

from service import client

ROOT = Path(__file__).resolve().parents[2]
ACCOUNTS: dict[str, tuple[tuple[str, ...], dict[str, str]]] = {
    "asker": (
        (
            "starter/max_contracts",
            "starter/max_contracts_per_instrument",
            "starter/daily_realized_loss",
            "starter/trade_frequency_limit",
        ),
        {"trade_frequency_limit.per_minute": "9"},
    ),
    "loser": (("starter/daily_realized_loss",), {}),
}

ORDERS = (
    "buy 2 MES",
    "buy 2 MNQ",
    "buy 1 GC",  # not listed: none allowed
    "buy 2 MNQ",  # six in all, and four of MNQ
    "sell 4 MES",  # turns round: two short
    "buy 1 ES",
    "sell 1 MNQ",
    "buy 1 NQ",
    "sell 6 MES",
    "buy 1 MES",
    "buy 1 MES",  # the ninth entry within the minute is the last one
    "buy 1 M2K",  # and now it is locked
)


def validated(name: str, document: Any) -> None:
    """Hold what a program is given against the schema that promises its shape."""
    schema = json.loads((ROOT / "schemas" / f"{name}.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(schema).validate(document)


def risk(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "cli", *words, "--home", str(home)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)


def test_twelve_orders_end_as_the_check_said(house: Any) -> None:
    desk = house.desks["asker"]
    verdicts = []
    for order in ORDERS:
        side, size, symbol = order.split()
        before = len(desk.now()["enforcements"])
        said = client.ask(
            house.home, "view", "check", side=side, size=int(size), symbol=symbol, account="asker"
        )
        verdicts.append(said["verdict"])

        desk.do(order)

        wanted = {**desk.holds(), symbol: said["kept"]}
        desk.becomes(lambda desk, w=wanted, s=symbol: desk.holds().get(s, 0) == w[s])
        desk.do("seen")
        is_closed = said["verdict"] == "closed"
        desk.becomes(lambda desk, b=before, c=is_closed: len(desk.now()["enforcements"]) > b or not c)
        desk.becomes(lambda desk: all(one["verified"] for one in desk.now()["enforcements"]))
        assert (len(desk.now()["enforcements"]) > before) == is_closed, (order, said)
        assert bool(desk.locks()) == (said["verdict"] == "last" or bool(verdicts.count("last"))), order
    assert {"fine", "closed", "last"} == set(verdicts)


def test_the_command_says_no_with_the_rule_and_the_most_that_may_be_taken(house: Any) -> None:
    asked = risk(house.home, "check", "buy", "9", "mnq", "--stop", "20t", "--account", "loser")

    assert (asked.returncode, asked.stderr) == (0, "")
    assert "YES" in asked.stdout
    row = json.loads(risk(house.home, "check", "buy", "1", "GC", "--account", "asker", "--json").stdout)
    assert (row["schema"], row["verdict"], row["most"]) == ("risk.check/1", "closed", 0)


def test_what_programs_are_given_keeps_to_its_schema(house: Any) -> None:
    desk = house.desks["asker"]
    if not desk.acts("enforcement"):  # this test alone
        desk.do("buy 1 GC")
        desk.becomes(lambda desk: desk.acts("enforcement"))
    asked = (
        ("status", ["status"]),
        ("check", ["check", "buy", "2", "MES", "--stop", "20t", "--account", "asker"]),
        ("check", ["check", "sell", "1", "GC", "--account", "asker"]),
        ("budget", ["budget", "--account", "asker"]),
        ("calendar_ahead", ["calendar", "--days", "9", "--account", "asker"]),
    )
    for schema, words in asked:
        validated(schema, json.loads(risk(house.home, *words, "--json").stdout))
    lines = risk(house.home, "log", "--json", "--account", "asker").stdout.splitlines()
    assert lines
    for line in lines:
        validated("act", json.loads(line))


def test_the_log_is_cut_by_rule_account_and_time(house: Any) -> None:
    desk = house.desks["asker"]
    if not desk.acts("enforcement"):  # this test alone
        desk.do("buy 1 GC")
        desk.becomes(lambda desk: desk.acts("enforcement"))
    rule = "max_contracts_per_instrument"

    by_rule = risk(house.home, "log", "--rule", rule, "--since", "1h").stdout.splitlines()

    assert by_rule
    assert all(rule in line and "asker" in line for line in by_rule)
    assert risk(house.home, "log", "--account", "nobody").stdout == ""


def test_as_many_losers_as_the_budget_said_end_the_day(house: Any) -> None:
    desk = house.desks["loser"]
    desk.do("buy 1 YM; price YM 46990; sell 1 YM; seen")  # two ticks of $5, and the fees
    spent = float(desk.becomes(lambda desk: desk.gauge("daily_realized_loss")[0]["value"]))
    (row,) = client.ask(house.home, "view", "budget", losses=[f"{spent:.2f}"], account="loser")["losers"]

    for _ in range(row["left"]):
        assert not desk.locks()
        house.sim.price("YM", "47000")
        desk.do("buy 1 YM; price YM 46990; sell 1 YM")
        desk.becomes(lambda desk: desk.now()["positions"] == [])

    desk.becomes(lambda desk: desk.locks() == [("account", "17:00 CST")])
    ended = risk(house.home, "budget", "50", "--account", "loser")
    assert "NONE" in ended.stdout
