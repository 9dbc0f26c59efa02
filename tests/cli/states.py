"""Published states of the guard, as `status.json` holds them: one function each, for the screens to draw.

Read with `runpy` by conftest.py, since nothing under tests is a package.
"""

from copy import deepcopy
from typing import Any

type_of = dict[str, Any]
HELD, LOST = "contracts held", "closed losses today"
VERDICT = {"level": "ok", "text": "OK TO TRADE", "until": None}
NOW = "2026-11-24T20:23:30+00:00"  # Tuesday 14:23:30 in Chicago


def gauge(name: str, title: str, value: str | None, limit: str | None, unit: str, **more: Any) -> type_of:
    fraction = f"{float(value) / float(limit):.2f}" if value and limit and float(limit) else None
    row = {
        "name": name, "title": title, "mode": "enforce", "subject": "account", "value": value, "limit": limit,
        "unit": unit, "label": "", "color": "green", "fraction": fraction, "locked_until": None,
        "is_locked": False, "message": "", "tier": "", "closes_at": None,
    }  # fmt: skip
    return row | more


def links(**changed: Any) -> type_of:
    live = {"is_live": True, "since": "2026-11-24T14:30:00+00:00", "reason": ""}
    return {"user_hub": live, "market_hub": live, "rest": live, "login": live} | changed


def act(at: str, rules: list[str], text: str, reason: str, **more: Any) -> type_of:
    row = {
        "id": at, "rules": rules, "reason": reason, "detected_at": f"2026-11-24T{at}+00:00", "sent_ms": "4",
        "acked_ms": "61", "flat_ms": "412", "verified": True, "progress": "proven", "is_reentry": False,
        "text": text, "contracts": {"CON.F.US.MNQ.Z26": {"before": 7, "target": 5}},
    }  # fmt: skip
    return row | more


def account(**changed: Any) -> type_of:
    row = {
        "name": "alice", "id": 9120345, "venue_name": "PRAC-V2-481207-66190342", "mode": "enforce",
        "ruleset": {"name": "starter", "digest": "3f2a9c"}, "balance": "149848.64", "can_trade": True,
        "simulated": True, "synced_at": NOW, "links": links(),
        "session": {
            "is_open": True, "changes_at": "2026-11-24T21:00:00+00:00", "market_is_open": True,
            "market_changes_at": "2026-11-24T21:10:00+00:00", "trading_day": "2026-11-24",
            "calendar_warning": None,
        },
        "trading_state": "open", "verdict": VERDICT,
        "rules": [
            gauge("max_contracts", "Maximum contracts, whole account", "1", "5", "contracts", label=HELD),
            gauge("max_contracts_per_instrument", "Maximum contracts in one instrument", "1", "2", "contracts",
                  subject="MNQ", label=HELD),
            gauge("session_block_outside", "Trade only in your session", None, None, "", subject="MNQ",
                  closes_at="2026-11-24T20:58:00+00:00"),
            gauge("daily_realized_loss", "Daily loss limit (closed trades)", "120.50", "500", "money", label=LOST),
            gauge("trade_frequency_limit", "Overtrading brake", "1", "3", "number", label="trades this minute",
                  tier="minute"),
        ],
        "positions": [{"contract": "CON.F.US.MNQ.Z26", "symbol": "MNQ", "name": "MNQZ6", "size": 1,
                       "average_price": "25510.25", "open_pnl": "12.00", "has_stop": True}],
        "orders": [{"id": "41", "contract": "CON.F.US.MNQ.Z26", "symbol": "MNQ", "side": "sell", "kind": "stop",
                    "size": 1, "price": None, "stop": "25490"}],
        "locks": [], "enforcements": [],
    }  # fmt: skip
    return row | changed


def daemon(state: str, *alarms: type_of) -> type_of:
    return {"version": "0.1.0", "pid": 4242, "started_at": NOW, "state": state, "alarms": list(alarms)}


def status(*accounts: type_of, **changed: Any) -> type_of:
    row = {
        "schema": "risk.status/1", "written_at": NOW, "venue_time": NOW,
        "clock": {"offset_s": "0.1", "source": "venue"},
        "daemon": daemon("running"),
        "accounts": list(accounts),
    }  # fmt: skip
    return deepcopy(row | changed)


LOCK = {
    "id": "1", "scope": "account", "kind": "lockout", "state": "flat_only", "rule": "daily_realized_loss",
    "reason": "You have lost $512.40 today and the limit is $500. Everything was closed.",
    "set_at": "2026-11-24T20:20:02+00:00", "until": "2026-11-24T23:00:00+00:00", "end": "17:00 CST", "side": None,
}  # fmt: skip

OVER = act("20:23:15", ["max_contracts"], "closed 2 MNQ",
           "You hold 7 contracts. The limit is 5, so the newest contracts were closed.")  # fmt: skip
LOSS = act("20:20:02", ["daily_realized_loss", "max_contracts"], "closed 3 MNQ, cancelled 2 orders",
           "You have lost $512.40 today and the limit is $500.", flat_ms="86")  # fmt: skip
AGAIN = act("20:21:40", ["daily_realized_loss"], "closed 1 MNQ", "locked until 17:00 CST", is_reentry=True)


def ok() -> type_of:
    return status(account())


def warning() -> type_of:
    near = account(verdict={"level": "warning", "text": "80% of the daily loss limit is used", "until": None})
    near["rules"][3] |= {"value": "400", "fraction": "0.80", "color": "yellow"}
    near["positions"][0] |= {"size": -2, "has_stop": False, "open_pnl": "-34.50"}
    near["enforcements"] = [OVER]
    return status(near)


def locked() -> type_of:
    row = account(
        verdict={"level": "locked", "text": "LOCKED until 17:00 CST: daily loss limit", "until": LOCK["until"]},
        trading_state="flat_only", positions=[], orders=[], locks=[LOCK], enforcements=[OVER, LOSS, AGAIN],
    )  # fmt: skip
    row["rules"][3] |= {"value": "512.40", "fraction": "1.02", "color": "red", "is_locked": True,
                        "locked_until": LOCK["until"]}  # fmt: skip
    return status(row)


def ladder_of_locks() -> type_of:
    block = LOCK | {"id": "2", "scope": "MNQ", "kind": "block", "state": "no_increase",
                    "rule": "session_block_outside", "reason": "MNQ is outside your trading hours.",
                    "until": "2026-11-25T14:30:00+00:00", "end": "08:30 CST"}  # fmt: skip
    buys = LOCK | {"id": "3", "scope": "ES", "state": "no_increase", "side": "buy", "until": None,
                   "end": "manual", "rule": "by_hand", "reason": "asked for by the desk"}  # fmt: skip
    over = LOCK | {"id": "4", "until": "2026-11-24T20:23:00+00:00"}
    open_act = act("20:23:29", ["session_block_outside"], "closing 1 MNQ", "outside your trading hours",
                   verified=False, flat_ms=None, acked_ms=None, progress="open")  # fmt: skip
    lost_act = open_act | {"detected_at": "2026-11-24T20:10:00+00:00", "progress": "escalated"}
    row = account(
        verdict={"level": "locked", "text": "LOCKED: MNQ until 08:30 CST", "until": block["until"]},
        locks=[block, buys, over], enforcements=[open_act, lost_act],
    )  # fmt: skip
    row["rules"][2] |= {"color": "red", "is_locked": True, "locked_until": block["until"], "closes_at": None}
    row["rules"][4] = gauge("trade_frequency_limit", "Overtrading brake", "3", "3", "number", tier="hour",
                            label="trades this hour", color="red", is_locked=True,
                            locked_until="2026-11-24T20:51:44+00:00")  # fmt: skip
    row["rules"][0] |= {"color": "red", "value": "7", "fraction": "1.4"}
    return status(row)


def blind() -> type_of:
    gone = {"is_live": False, "since": "2026-11-24T20:22:48+00:00", "reason": "the connection was reset"}
    row = account(
        verdict={"level": "blind", "text": "BLIND: no word from the venue for 42 s", "until": None},
        links=links(user_hub=gone, market_hub=gone, rest={"is_live": None, "since": None, "reason": ""}),
        session={"is_open": None, "changes_at": None, "market_is_open": None, "market_changes_at": None},
        can_trade=None, balance=None,
    )  # fmt: skip
    row["rules"][0] |= {"color": "unknown", "value": None, "fraction": None}
    row["rules"][3] |= {"color": "unknown", "value": None, "fraction": None}
    row["positions"][0] |= {"open_pnl": None, "has_stop": None}
    return status(row, clock={"offset_s": None, "source": "unconfirmed"})


def shadow() -> type_of:
    row = account(mode="shadow", simulated=False, can_trade=False, positions=[], orders=[])
    for rule in row["rules"]:
        rule["mode"] = "shadow"
    row["rules"][1]["mode"] = "off"
    return status(row)


def closed() -> type_of:
    row = account(positions=[], orders=[], verdict=VERDICT | {"text": "the market is closed"})
    row["session"] |= {
        "is_open": False, "changes_at": "2026-11-25T14:30:00+00:00", "market_is_open": False,
        "market_changes_at": "2026-11-24T23:00:00+00:00",
        "calendar_warning": "The calendar ends on 2027-12-31; update risk.",
    }  # fmt: skip
    return status(row)


def two_accounts() -> type_of:
    other = account(name="bob", id=9087711, venue_name="50KTC-V2-DLL-481207-20417755", balance="50000",
                    ruleset={"name": "strict", "digest": "77"}, positions=[], orders=[])  # fmt: skip
    return status(locked()["accounts"][0], other)


def halted() -> type_of:
    text = "The store is damaged: every account is treated as locked."
    alarm = {"code": "store", "text": text, "since": NOW}
    blind = account(verdict={"level": "blind", "text": "state unknown", "until": None})
    return status(blind, daemon=daemon("halted", alarm))


def empty() -> type_of:
    return status(daemon=daemon("starting"))


def hostile() -> type_of:
    nasty = "[bold red]OK[/bold] \x1b[2J\x1b]0;owned\x07 \u202etrats\u202c [/no] \r\nTwo lines " + "x" * 400
    row = account(name=nasty, venue_name=nasty, verdict={"level": "locked", "text": nasty, "until": None},
                  locks=[LOCK | {"scope": nasty, "reason": nasty, "rule": nasty}],
                  enforcements=[act("20:23:15", [nasty], nasty, nasty)])  # fmt: skip
    row["rules"][0] |= {"title": nasty, "subject": nasty, "mode": nasty}
    row["positions"][0]["symbol"] = nasty
    return status(row)


NAMES = "ok warning locked ladder_of_locks blind shadow closed two_accounts halted empty hostile"
STATES = {name: globals()[name] for name in NAMES.split()}
