"""The states that a trader meets, each as the guard publishes it: what `states.py` has not.

Read with `runpy` by conftest.py, as that one is.
"""

import runpy
from pathlib import Path
from typing import Any

_FIRST = runpy.run_path(str(Path(__file__).with_name("states.py")))
account, act, gauge, links, status = (_FIRST[name] for name in ("account", "act", "gauge", "links", "status"))
LOCK, STATES, LOST = _FIRST["LOCK"], _FIRST["STATES"], _FIRST["LOST"]
Row = dict[str, Any]

GONE = {"is_live": False, "since": "2026-11-24T20:22:48+00:00", "reason": "no answer to pings"}


def verdict(level: str, text: str, until: str | None = None, because: str = "") -> Row:
    return {"level": level, "text": text, "until": until, "because": because}


def flat(**changed: Any) -> Row:
    return dict(account(positions=[], orders=[], way="stream", **changed))


def fresh_start() -> Row:
    row = flat(verdict=verdict("ok", "OK to trade"))
    for rule in row["rules"]:
        rule |= {"value": "0" if rule["value"] else None, "fraction": "0" if rule["fraction"] else None}
    return dict(status(row))


def near_a_limit() -> Row:
    text = (
        "WARNING: 1 loss of $93 away from: Daily loss limit (closed trades) ($412 / $500 closed losses today)"
    )
    row = account(verdict=verdict("warning", text), way="stream")
    row["rules"][3] |= {"value": "412", "fraction": "0.82", "color": "yellow"}
    row["positions"][0] |= {"size": 2, "stop": "25490", "covered": 1}
    return dict(status(row))


def locked_by_count() -> Row:
    until = "2026-11-24T20:51:44+00:00"
    ends = "count(entries over last 1h) < per_hour (about 14:51:44 CST)"
    text = f"LOCKED until {ends}: Too many trades (hour limit). New entries are paused until 14:51:44 CST."
    lock = LOCK | {"rule": "trade_frequency_limit", "state": "no_increase", "until": until, "end": ends,
                   "reason": "Too many trades (hour limit). New entries are paused until 14:51:44 CST.",}  # fmt: skip
    row = account(verdict=verdict("locked", text, until, "3/3 trades this hour"), locks=[lock], way="stream")
    row["rules"][4] = gauge("trade_frequency_limit", "Overtrading brake", "3", "3", "number", tier="hour",
                            label="trades this hour", color="red", is_locked=True, locked_until=until)  # fmt: skip
    return dict(status(row))


def locked_by_loss() -> Row:
    text = f"LOCKED until 17:00 CST: {LOCK['reason']}"
    words = "$512.40 / $500 closed losses today"
    row = flat(verdict=verdict("locked", text, LOCK["until"], words), locks=[LOCK | {"waits_for": ""}])
    row["rules"][3] |= {"value": "512.40", "fraction": "1.02", "color": "red", "is_locked": True,
                        "locked_until": LOCK["until"], "label": LOST}  # fmt: skip
    row["enforcements"] = [act("20:20:02", ["daily_realized_loss"], "", LOCK["reason"], flat_ms="412")]
    return dict(status(row))


def cooldown() -> Row:
    until, rule = "2026-11-24T20:27:05+00:00", "cooldown_after_loss"
    reason = "That MNQ trade lost $124. Take a break: new entries are paused until 14:27:05 CST."
    lock = LOCK | {"kind": "cooldown", "state": "no_increase", "rule": rule, "reason": reason,
                   "until": until, "end": "14:27:05 CST"}  # fmt: skip
    row = flat(verdict=verdict("locked", f"LOCKED until 14:27:05 CST: {reason}", until), locks=[lock])
    row["rules"].append(gauge(rule, "Pause after a losing trade", None, None, "", color="red", is_locked=True,
                              locked_until=until))  # fmt: skip
    return dict(status(row))


def unknown_quotes() -> Row:
    row = account(verdict=verdict("warning", "WARNING: Open loss limit, whole account (? / $300 open loss)"),
                  links=links(market_hub=GONE), way="stream")  # fmt: skip
    row["rules"].append(gauge("daily_unrealized_loss", "Open loss limit, whole account", None, "300", "money",
                              label="open loss", color="unknown"))  # fmt: skip
    row["positions"][0] |= {"open_pnl": None, "stop": "25490", "covered": 1}
    return dict(status(row))


def feed_down() -> Row:
    row = account(verdict=verdict("blind", "BLIND: no way to the venue answers"), way="none",
                  links=links(user_hub=GONE, market_hub=GONE, rest=GONE))  # fmt: skip
    row["positions"][0] |= {"open_pnl": None}
    return dict(status(row))


def guard_down() -> Row:
    document = near_a_limit()
    document["daemon"]["state"] = "stopping"
    return document


def holiday() -> Row:
    row = flat(
        verdict=verdict("warning", "MNQ: LOCKED until Fri 08:30 CST: MNQ is outside your trading hours.")
    )
    row["rules"][2] |= {
        "color": "red",
        "is_locked": True,
        "locked_until": "2026-11-27T14:30:00+00:00",
        "closes_at": None,
    }
    row["session"] |= {
        "is_open": False, "changes_at": "2026-11-27T14:30:00+00:00", "market_is_open": False,
        "market_changes_at": "2026-11-26T23:00:00+00:00",
        "odd_days": [{"day": "2026-11-26", "closes_at": None},
                     {"day": "2026-11-27", "closes_at": "2026-11-27T18:15:00+00:00"}],
    }  # fmt: skip
    return dict(status(row, venue_time="2026-11-26T20:23:30+00:00", written_at="2026-11-26T20:23:30+00:00"))


def outside_the_session() -> Row:
    opens, reason = (
        "2026-11-25T14:30:00+00:00",
        "MNQ is outside your trading hours. It opens again Wed 08:30 CST.",
    )
    lock = LOCK | {"scope": "MNQ", "kind": "block", "rule": "session_block_outside", "reason": reason,
                   "until": opens, "end": "Wed 08:30 CST"}  # fmt: skip
    text = f"MNQ: LOCKED until Wed 08:30 CST: {reason}"
    row = flat(verdict=verdict("warning", text, opens), locks=[lock])
    row["rules"][2] |= {"color": "red", "is_locked": True, "locked_until": opens, "closes_at": None}
    row["session"] |= {"is_open": False, "changes_at": opens,
                       "odd_days": [{"day": "2026-11-26", "closes_at": "2026-11-26T18:00:00+00:00"}]}  # fmt: skip
    return dict(status(row))


def voluntary_lock() -> Row:
    until = "2026-11-24T22:23:30+00:00"
    lock = LOCK | {"kind": "voluntary", "state": "no_increase", "rule": "voluntary", "until": until,
                   "reason": "asked by trader", "end": "16:23:30 CST"}  # fmt: skip
    text = "LOCKED until 16:23:30 CST: asked by trader"
    return dict(status(account(verdict=verdict("locked", text, until), locks=[lock], way="rest")))


def waiting_to_be_flat() -> Row:
    lock = LOCK | {"until": "2026-11-24T20:23:00+00:00",
                   "waits_for": "the account is flat: +1 MNQ"}  # fmt: skip
    text = f"LOCKED until the account is flat: {LOCK['reason']}"
    row = account(verdict=verdict("locked", text, lock["until"]), locks=[lock], way="stream")
    return dict(status(row, clock={"offset_s": "0.1", "source": "unconfirmed"}))


def granted() -> Row:
    again = {"lock": "L7", "rule": "daily_realized_loss", "opened_at": "2026-11-24T20:05:00+00:00",
             "closes_at": "2026-11-24T20:35:00+00:00", "locked_until": "2026-11-24T23:00:00+00:00"}  # fmt: skip
    asked = {"lock": "L9", "rule": "cooldown_after_loss", "challenge": "K7QM-2FXP", "minutes": 30,
             "expires_at": "2026-11-24T20:31:10+00:00"}  # fmt: skip
    moves = {"text": "account alice: API at https://api.topstepx.com -> API at https://api.example.com",
             "verdict": "looser", "due": "2026-11-25T23:00:00+00:00"}  # fmt: skip
    waiting = {"due": "2026-11-24T23:00:00+00:00", "changes": [
        {"text": "max_contracts.limit: 5 contracts -> 6 contracts", "verdict": "looser"}]}  # fmt: skip
    row = account(grants=[again], grants_asked=[asked], waiting=waiting, to_come=[moves])
    return dict(status(row))


MORE = "granted fresh_start near_a_limit locked_by_count locked_by_loss cooldown unknown_quotes feed_down guard_down holiday outside_the_session voluntary_lock waiting_to_be_flat"
STATES = STATES | {name: globals()[name] for name in MORE.split()}
