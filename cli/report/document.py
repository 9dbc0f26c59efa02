"""The report as plain data, schema `risk.report/1`: what the page shows and `--json` prints."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from cli.act_log import ActLine
from cli.report.acts import Attended, attended, breaches
from cli.report.curves import curve, gauge_curves
from cli.report.day_lines import DayLines, TradeLine
from cli.report.figures import day_net, figures
from cli.report.left_alone import LeftAlone, left_alone
from cli.report.stretch import Stretch

SCHEMA = "risk.report/1"
NEAR = timedelta(seconds=90)
"""An enforcement and the fills that it led to lie no farther apart."""


def document(stretch: Stretch, acts: Sequence[ActLine], written_at: datetime) -> dict[str, Any]:
    """Return everything that is reported; `acts` are the lines of the log for the same days."""
    return {
        "schema": SCHEMA,
        "written_at": _iso(written_at),
        "first": stretch.first.isoformat(),
        "last": stretch.last.isoformat(),
        "unreadable_lines": stretch.unreadable,
        "accounts": [
            _account(name, days, [act for act in acts if act.account == name])
            for name, days in stretch.accounts.items()
        ],
    }


def _account(name: str, days: Sequence[DayLines], acts: Sequence[ActLine]) -> dict[str, Any]:
    enforced = [act for act in acts if act.kind == "enforcement"]
    saved = [_left_alone(one, enforced) for day in days for one in left_alone(day)]
    known = [Decimal(row["at_end"]) for row in saved if row["at_end"] is not None]
    at: Attended = attended(acts)
    return {
        "name": name,
        "figures": _plain(asdict(figures(days))),
        "curve": curve(days),
        "gauges": gauge_curves(days),
        "days": [_day(day, acts) for day in days],
        "trades": [_trade(trade) for day in days for trade in day.trades],
        "breaches": breaches(acts),
        "enforcements": [_enforcement(act) for act in enforced],
        "left_alone": saved,
        "saved": _text(-sum(known, Decimal(0))) if known else None,
        "clock": at.rows,
        "streaks": at.streaks,
    }


def _day(day: DayLines, acts: Sequence[ActLine]) -> dict[str, Any]:
    first, last = _span(day)
    own = [act for act in acts if first is not None and last is not None and first <= act.at <= last]
    return {
        "day": day.day.isoformat(),
        "net": _text(day_net(day)),
        "trades": len(day.trades),
        "first_trade": _iso(day.trades[0].opened_at) if day.trades else None,
        "last_trade": _iso(day.trades[-1].at) if day.trades else None,
        "breaches": sum(act.kind == "breach" for act in own),
        "locks": sum(act.kind == "lock" for act in own),
        "guarded_from": _iso(first) if first else None,
        "guarded_to": _iso(last) if last else None,
    }


def _span(day: DayLines) -> tuple[datetime | None, datetime | None]:
    """Return first and last moment of which the day's file tells."""
    moments = [one.at for one in day.points] + [one.at for one in day.fills]
    return min(moments, default=None), max(moments, default=None)


def _trade(trade: TradeLine) -> dict[str, Any]:
    return {
        "opened_at": _iso(trade.opened_at),
        "closed_at": _iso(trade.at),
        "name": trade.name,
        "side": "long" if trade.side == "buy" else "short",
        "size": trade.size,
        "pnl": _text(trade.pnl),
        "closed_by_guard": trade.is_own,
    }


def _enforcement(act: ActLine) -> dict[str, Any]:
    return {
        "at": _iso(act.at),
        "id": str(act.values.get("id", "")),
        "rules": list(act.rules),
        "text": act.text,
        "reason": act.reason,
        "progress": act.progress,
        "flat_ms": None if act.flat_ms is None else int(act.flat_ms),
    }


def _left_alone(one: LeftAlone, enforced: Sequence[ActLine]) -> dict[str, Any]:
    near = [act for act in enforced if abs(act.at - one.at) <= NEAR]
    closest = min(near, key=lambda act: abs(act.at - one.at), default=None)
    return {
        "at": _iso(one.at),
        "name": one.name,
        "size": one.size,
        "rules": list(closest.rules) if closest else [],
        "at_end": _text(one.at_end),
        "worst": _text(one.worst),
        "best": _text(one.best),
    }


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    return {key: _text(value) if isinstance(value, Decimal) else value for key, value in values.items()}


def _text(amount: Decimal | None) -> str | None:
    return None if amount is None else f"{amount:f}"


def _iso(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds")
