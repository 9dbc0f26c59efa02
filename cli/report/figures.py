"""What a stretch of trading amounts to: results, hits and misses, streaks."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from cli.report.day_lines import DayLines, TradeLine

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Figures:
    """Money in dollars, net of costs. `profit_factor`: won by lost, None without a loss. Streaks in trades."""

    net: Decimal
    trades: int
    won: int
    lost: int
    average_win: Decimal | None
    average_loss: Decimal | None
    best: Decimal | None
    worst: Decimal | None
    profit_factor: Decimal | None
    longest_won: int
    longest_lost: int
    own: int


def figures(days: Sequence[DayLines]) -> Figures:
    """Return the figures of all days together. The net result is that of all fills, so open trades' costs count."""
    trades = [trade for day in days for trade in day.trades]
    wins = [trade.pnl for trade in trades if trade.pnl > 0]
    losses = [trade.pnl for trade in trades if trade.pnl < 0]
    return Figures(
        net=sum((fill.net for day in days for fill in day.fills), ZERO),
        trades=len(trades),
        won=len(wins),
        lost=len(losses),
        average_win=_average(wins),
        average_loss=_average(losses),
        best=max((trade.pnl for trade in trades), default=None),
        worst=min((trade.pnl for trade in trades), default=None),
        profit_factor=_cents(sum(wins, ZERO) / -sum(losses, ZERO)) if losses else None,
        longest_won=_longest(trade.pnl > 0 for trade in trades),
        longest_lost=_longest(trade.pnl < 0 for trade in trades),
        own=sum(trade.is_own for trade in trades),
    )


def day_net(day: DayLines) -> Decimal:
    """Return what a day's fills booked."""
    return sum((fill.net for fill in day.fills), ZERO)


def trade_net(trades: Iterable[TradeLine]) -> Decimal:
    """Return the sum of completed trades."""
    return sum((trade.pnl for trade in trades), ZERO)


def _average(amounts: list[Decimal]) -> Decimal | None:
    return _cents(sum(amounts, ZERO) / len(amounts)) if amounts else None


def _cents(amount: Decimal) -> Decimal:
    return amount.quantize(Decimal("0.01"))


def _longest(hits: Iterable[bool]) -> int:
    """Return the length of the longest run."""
    best = run = 0
    for hit in hits:
        run = run + 1 if hit else 0
        best = max(best, run)
    return best
