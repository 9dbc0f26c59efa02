"""The exchange: the one object that others hold. Commands and time go in, answers and events come out."""

import random
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from functools import partial

from connectors.simulator.core import changing, closing, ledger, matching, placing
from connectors.simulator.core.answers import Answer
from connectors.simulator.core.catalogue import Catalogue
from connectors.simulator.core.happenings import Happening
from connectors.simulator.core.hours import next_flatten, quotes_flow
from connectors.simulator.core.instants import MILLISECOND, Instant
from connectors.simulator.core.market import Market
from connectors.simulator.core.past import minutes_before
from connectors.simulator.core.records import Account, Trade
from connectors.simulator.core.settings import Settings
from connectors.simulator.core.venue import Venue

MOST_STEPS_IN_A_JUMP = 600


class Exchange:
    """A venue in virtual time: nothing happens but in `advance` and in the commands. Same seed, same day."""

    def __init__(
        self, catalogue: Catalogue, seed: int, start: Instant, settings: Settings | None = None
    ) -> None:
        self.seed = seed
        self.venue = Venue(catalogue, settings or Settings(), random.Random(f"{seed} orders"), start)  # noqa: S311 - a game, not a secret
        self.notes: list[str] = []
        """What scripted traders waited for in vain."""
        self._step = self.venue.settings.market_step_ms * MILLISECOND
        self.venue.agenda.add(start + self._step, self._market_step)
        self.venue.agenda.add(next_flatten(start), self._flatten)

    def add_account(self, account: Account) -> None:
        """Open an account."""
        self.venue.save_account(account)

    def add_market(
        self,
        contract_id: str,
        *,
        price: Decimal | None = None,
        depth: int = 10,
        moving: bool = True,
        has_past: bool = True,
    ) -> None:
        """Open the market of a contract of the catalogue. `depth` is how many contracts each price level holds.

        Without a past there are no bars from before the start, which saves time where nobody asks for them.
        """
        contract = self.venue.catalogue.contracts[contract_id]
        rng = random.Random(f"{self.seed} {contract_id}")  # noqa: S311 - a game, not a secret
        market = Market(contract, rng, depth, moving)
        market.start(contract.ticks(price or contract.start_price), self.venue.now)
        if has_past:
            past = random.Random(f"{self.seed} {contract_id} past")  # noqa: S311 - a game, not a secret
            market.bars.fill_past(minutes_before(contract, market.last, self.venue.now, past))
        self.venue.markets[contract_id] = market

    def take(self) -> list[Happening]:
        """Return what happened since the last call, in order."""
        happened, self.venue.happened = self.venue.happened, []
        return happened

    def next_due(self) -> Instant:
        """Return the instant of the next thing that will happen by itself."""
        due = self.venue.agenda.next_due()
        return self.venue.now + self._step if due is None else due

    def advance(self, until: Instant) -> list[Happening]:
        """Let everything happen that is due by `until`, and return what happened since the last `take`."""
        while (due := self.venue.agenda.pop_due(until)) is not None:
            at, action = due
            self.venue.now = max(self.venue.now, at)
            action()
        self.venue.now = max(self.venue.now, until)
        return self.take()

    def jump(self, until: Instant, most_steps: int = MOST_STEPS_IN_A_JUMP) -> list[Happening]:
        """Advance over a long stretch with fewer, wider market steps, so that hours take milliseconds."""
        usual = self._step
        self._step = max(usual, (until - self.venue.now) // most_steps)
        happened = self.advance(until)
        self._step = usual
        return happened

    def place(self, wanted: placing.PlaceRequest) -> Answer:
        """Order/place."""
        return placing.place(self.venue, wanted)

    def modify(self, wanted: changing.ModifyRequest) -> Answer:
        """Order/modify."""
        return changing.modify(self.venue, wanted)

    def cancel(self, account_id: int, order_id: int, *, from_platform: bool = False) -> Answer:
        """Order/cancel."""
        return changing.cancel(self.venue, account_id, order_id, from_platform=from_platform)

    def cancel_all(self, account_id: int) -> None:
        """Press the platform's cancel-all button."""
        changing.cancel_all(self.venue, account_id)

    def close(self, account_id: int, contract_id: str, *, from_platform: bool = False) -> Answer:
        """Position/closeContract."""
        return closing.close(self.venue, account_id, contract_id, from_platform=from_platform)

    def partial_close(self, account_id: int, contract_id: str, size: int) -> Answer:
        """Position/partialCloseContract."""
        return closing.partial_close(self.venue, account_id, contract_id, size)

    def liquidate(self, account_id: int, *, block: bool) -> None:
        """Let the platform's own risk control act: cancel, close, and perhaps forbid trading."""
        closing.liquidate(self.venue, account_id, block=block)

    def set_price(self, contract_id: str, price: Decimal, *, moving: bool | None = None) -> None:
        """Let the market jump to `price`; `moving` says whether it walks on by itself from there."""
        market = self.venue.markets[contract_id]
        if moving is not None:
            market.moving = moving
        self.venue.happened.extend(market.set_price(market.contract.ticks(price), self.venue.now))
        matching.match_all(self.venue, contract_id)

    def burst(self, contract_id: str, count: int) -> None:
        """Let one market move `count` times at this instant; orders are matched once, at the end."""
        market = self.venue.markets[contract_id]
        for _ in range(count):
            self.venue.happened.extend(market.step(self.venue.now))
        matching.match_all(self.venue, contract_id)

    def set_account(self, account_id: int, changes: Iterable[tuple[str, object]]) -> Account:
        """Change fields of an account (canTrade switched off, a payout, a hidden account) and tell of it."""
        account = replace(self.venue.accounts[account_id], **dict(changes))  # type: ignore[arg-type]
        self.venue.save_account(account)
        return account

    def void(self, trade_id: int) -> Trade:
        """Bust a trade."""
        return ledger.void(self.venue, trade_id)

    def _market_step(self) -> None:
        venue = self.venue
        flowing = quotes_flow(venue.now, venue.settings.holidays) or not venue.settings.enforce_hours
        for contract_id, market in venue.markets.items():
            if flowing:
                venue.happened.extend(market.step(venue.now))
            if venue.live.get(contract_id):
                matching.match_all(venue, contract_id)
        venue.agenda.add(venue.now + self._step, self._market_step)

    def _flatten(self) -> None:
        venue = self.venue
        if venue.settings.enforce_hours and venue.settings.flatten_at_1510:
            for account_id in list(venue.accounts):
                # Orders are no longer accepted, but the platform's own closing orders still fill.
                venue.agenda.add(venue.now, partial(closing.liquidate, venue, account_id, block=False))
        venue.agenda.add(next_flatten(venue.now), self._flatten)
