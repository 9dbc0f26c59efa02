"""Scripted traders: people at the platform's own screen, who act at set times or when something has come true."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from connectors.simulator.core.brackets import Bracket
from connectors.simulator.core.exchange import Exchange
from connectors.simulator.core.instants import MILLISECOND, SECOND, Instant
from connectors.simulator.core.kinds import Side
from connectors.simulator.core.placing import PlaceRequest

POLL = 50 * MILLISECOND


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do. `after` counts from the end of the step before, `at` from the start of the script."""

    verb: str
    of: str = ""
    size: int = 0
    price: Decimal | None = None
    stop: int | None = None
    target: int | None = None
    wait_for: str = ""
    yes: bool = True
    at: Decimal | None = None
    after: Decimal = Decimal(0)
    within: Decimal = Decimal(30)


@dataclass
class Trader:
    """Works through its steps in order; a wait that takes longer than `within` seconds is given up."""

    account_id: int
    steps: tuple[Step, ...]
    loops: bool = False
    _index: int = 0
    _started: Instant = 0
    _ready: Instant = 0

    def start(self, exchange: Exchange) -> None:
        """Begin the script now."""
        self._started = self._ready = exchange.venue.now
        self._index = 0
        self._poll(exchange)

    @property
    def is_done(self) -> bool:
        """Whether the script has come to its end."""
        return self._index >= len(self.steps)

    def _poll(self, exchange: Exchange) -> None:
        now = exchange.venue.now
        while not self.is_done and self._due(self.steps[self._index]) <= now:
            step = self.steps[self._index]
            if (
                step.verb == "wait"
                and not self._given_up(exchange, step)
                and not self._is_true(exchange, step)
            ):
                break
            if step.verb != "wait":
                ACTIONS[step.verb](exchange, self.account_id, step)
            self._index += 1
            self._ready = now
        if self.is_done and self.loops:
            self._started, self._index = now, 0
        if not self.is_done:
            exchange.venue.agenda.add(now + POLL, lambda: self._poll(exchange))

    def _due(self, step: Step) -> Instant:
        if step.at is not None:
            return self._started + int(step.at * SECOND)
        return self._ready + int(step.after * SECOND)

    def _given_up(self, exchange: Exchange, step: Step) -> bool:
        if exchange.venue.now < self._due(step) + int(step.within * SECOND):
            return False
        exchange.notes.append(f"account {self.account_id} waited {step.within} s in vain for {step.wait_for}")
        return True

    def _is_true(self, exchange: Exchange, step: Step) -> bool:
        venue = exchange.venue
        held = any(account_id == self.account_id for account_id, _ in venue.positions)
        match step.wait_for:
            case "flat":
                return not held
            case "position":
                return held
            case "quiet":
                return not held and not venue.live_orders(self.account_id)
            case _:
                raise ValueError(f"nobody can wait for {step.wait_for!r}")


def _trade(side: Side) -> Callable[[Exchange, int, Step], None]:
    def act(exchange: Exchange, account_id: int, step: Step) -> None:
        exchange.place(
            PlaceRequest(
                account_id,
                contract_id(exchange, step.of),
                1 if step.price is not None else 2,
                side,
                step.size,
                limit_price=step.price,
                stop_loss=Bracket(-step.stop * side.sign, 4) if step.stop else None,
                take_profit=Bracket(step.target * side.sign, 1) if step.target else None,
                from_platform=True,
            )
        )

    return act


def _close(exchange: Exchange, account_id: int, step: Step) -> None:
    exchange.close(account_id, contract_id(exchange, step.of), from_platform=True)


def _cancel(exchange: Exchange, account_id: int, step: Step) -> None:
    exchange.cancel_all(account_id)


def _set_price(exchange: Exchange, account_id: int, step: Step) -> None:
    exchange.set_price(contract_id(exchange, step.of), step.price or Decimal(0), moving=step.yes)


def _move_price(exchange: Exchange, account_id: int, step: Step) -> None:
    contract = contract_id(exchange, step.of)
    market = exchange.venue.markets[contract]
    last = market.contract.price(market.last)
    moved = market.contract.price(market.contract.ticks(last + (step.price or Decimal(0))))
    exchange.set_price(contract, moved, moving=step.yes)


def _can_trade(exchange: Exchange, account_id: int, step: Step) -> None:
    exchange.set_account(account_id, [("can_trade", step.yes)])


def contract_id(exchange: Exchange, word: str) -> str:
    """Return the id of the front contract that a trader calls `word`. Raises ValueError if its market is not open."""
    found = exchange.venue.catalogue.resolve(word)
    if found is None or found.id not in exchange.venue.markets:
        raise ValueError(f"{word!r} is no market of this world")
    return found.id


ACTIONS: Mapping[str, Callable[[Exchange, int, Step], None]] = {
    "buy": _trade(Side.BUY),
    "sell": _trade(Side.SELL),
    "close": _close,
    "cancel": _cancel,
    "price": _set_price,
    "move": _move_price,
    "can_trade": _can_trade,
}
