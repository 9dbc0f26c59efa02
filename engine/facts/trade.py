"""Facts about the trade that just closed, in rules with `scope: trade`."""

from engine.facts.view import View
from engine.streams import RoundTurn
from engine.units import Contracts, Duration, Money


class TradeFacts:
    """`trade.*`: a round turn, flat to flat, net of costs on both sides."""

    __slots__ = ("_view",)

    def __init__(self, view: View) -> None:
        self._view = view

    @property
    def pnl(self) -> Money:
        """Result, signed."""
        return self._trade().pnl

    @property
    def loss(self) -> Money:
        """Size of a negative result."""
        return self._trade().loss

    @property
    def profit(self) -> Money:
        """A positive result."""
        return self._trade().profit

    @property
    def quantity(self) -> Contracts:
        """The largest size it had."""
        return self._trade().quantity

    @property
    def duration(self) -> Duration:
        """From its first fill to its last."""
        return self._trade().duration

    @property
    def is_scratch(self) -> bool:
        """Whether the result lies within the break-even band."""
        return self._trade().is_scratch

    @property
    def is_enforced(self) -> bool:
        """Whether `risk` itself closed it."""
        return self._trade().is_enforced

    def _trade(self) -> RoundTurn:
        trade = self._view.trade
        assert trade is not None, "trade facts are read only while a closed trade is looked at"
        return trade
