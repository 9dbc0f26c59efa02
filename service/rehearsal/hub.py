"""The stream from the venue to the guard, and how it loses, repeats, delays and overtakes."""

from collections.abc import Callable
from dataclasses import replace

from connectors.simulator.core.happenings import (
    AccountChanged,
    Happening,
    OrderChanged,
    PositionChanged,
    QuoteChanged,
    TradeMade,
)
from connectors.topstepx.settings import TimeSource
from engine.events import (
    AccountSeen,
    Event,
    FillSeen,
    Link,
    LinkSeen,
    OrderSeen,
    PositionSeen,
    QuoteSeen,
)
from engine.units import Instant, Money
from service.rehearsal.guard import Guard, is_view
from service.rehearsal.reading import Reader
from service.rehearsal.stage import Stage
from service.rehearsal.translate import account_of, fill_of, order_of, position_of, quote_of, spoiled
from service.rehearsal.truth import Truth

Make = Callable[[Instant], Event]


class Hub:
    """The user hub and the market hub. A kind of message keeps its order; kinds can overtake each other."""

    def __init__(self, stage: Stage, guard: Guard, reader: Reader, truth: Truth) -> None:
        self._stage = stage
        self._guard = guard
        self._reader = reader
        self._truth = truth
        self._random = stage.chance("hub")
        self._late_fees = stage.chance("late fees")
        self._line: dict[str, int] = {}
        self._held: list[tuple[Make, dict[str, int]]] | None = None
        self._life = 0
        self.is_up = False
        self.is_quiet = False  # down, and nobody noticed yet

    @property
    def is_speaking(self) -> bool:
        """Say whether something about the account is on its way: what a look at the books must wait for."""
        return any(moment >= self._stage.now for kind, moment in self._line.items() if kind != "quotes")

    def tell_quotes(self, happened: list[Happening]) -> None:
        """Send on the newest quote of each contract."""
        quotes = {change.after.contract_id: change for change in happened if isinstance(change, QuoteChanged)}
        for contract, change in quotes.items() if self._stage.plan.needs_quotes else ():
            if contract in self._guard.state.contracts and self.is_up:
                quote = quote_of(change.after, self._stage.clockwork.stamp)
                self._send("quotes", lambda at, quote=quote: QuoteSeen(at, quote), {})  # type: ignore[misc]

    def tell_nonsense(self, contract: str, kind: str) -> None:
        """Send a quote that cannot be: without a price, with the bid above the ask, or a tenth away."""
        if self.is_up and not self.is_quiet and contract in self._guard.state.contracts:
            quote = quote_of(
                self._stage.exchange.venue.markets[contract].quote(), self._stage.clockwork.stamp
            )
            bad = spoiled(quote, kind)
            self._send("quotes", lambda at: QuoteSeen(at, bad), {})

    def tell(self, happening: Happening) -> None:
        """Send on what happened to our account."""
        account = self._stage.account
        match happening:
            case PositionChanged(position=row) if row.account_id == account:
                position, version = (
                    position_of(row, self._stage.clockwork.stamp),
                    self._truth.versions.get(row.contract_id, 0),
                )
                self._spoil(
                    "position", lambda at: PositionSeen(at, account, position), {row.contract_id: version}
                )
            case OrderChanged(order=order_row) if order_row.account_id == account:
                order = order_of(order_row, self._stage.clockwork.stamp)
                self._spoil("order", lambda at: OrderSeen(at, account, order), {})
            case TradeMade(trade=trade) if trade.account_id == account:
                fill = fill_of(trade, self._stage.clockwork.stamp)
                if self._stage.strikes(self._late_fees, "late_fees"):
                    fill = replace(fill, costs=Money(0))
                self._spoil("fill", lambda at: FillSeen(at, account, fill), {})
            case AccountChanged(account=account_row) if account_row.id == account:
                status = account_of(account_row)
                self._spoil("account", lambda at: AccountSeen(at, account, status), {})

    def _spoil(self, kind: str, make: Make, versions: dict[str, int]) -> None:
        strikes, chance = self._stage.strikes, self._random
        if not self.is_up or self.is_quiet or strikes(chance, "drop"):
            return
        if strikes(chance, "reorder"):
            self._hold(kind, chance.uniform(1, 400))
        if strikes(chance, "late"):
            delay = chance.uniform(100, 6000)
            for name in ("position", "order", "fill", "account"):
                self._hold(name, delay)
        times = chance.randint(2, 3) if strikes(chance, "duplicate") else 1
        for _ in range(times):
            self._send(kind, make, versions)

    def _hold(self, kind: str, milliseconds: float) -> None:
        moment = self._stage.now + int(milliseconds * 1000)
        self._line[kind] = max(self._line.get(kind, 0), moment)

    def _send(self, kind: str, make: Make, versions: dict[str, int]) -> None:
        moment = max(self._stage.now + self._random.randint(5_000, 40_000), self._line.get(kind, 0))
        self._line[kind] = moment
        life = self._life

        def deliver() -> None:
            if life != self._life:
                return
            if self._held is not None and kind != "quotes":
                self._held.append((make, versions))
            else:
                self._stage.spoken(TimeSource.EVENT)
                self._guard.hear(make, versions)

        self._stage.clockwork.at(moment, deliver)

    def connect(self) -> None:
        """Subscribe, read a snapshot, and only then let the stream through (or at once, as the plan says)."""
        self._life += 1
        self._line.clear()
        self.is_up, self.is_quiet = True, False
        self._held = [] if self._stage.plan.held_back else None
        self._fetch(self._life)

    def _fetch(self, life: int) -> None:
        stage = self._stage

        def reply(event: Event, versions: dict[str, int]) -> None:
            if life != self._life or not self._guard.is_running:
                return
            if not is_view(event):
                stage.clockwork.after(1000, lambda: self._fetch(life))
                return
            self._guard.hear(lambda at: event, versions)
            held, self._held = self._held or [], None
            self._guard.hear(lambda at: LinkSeen(at, Link.USER_HUB, True))
            for make, newer in held:
                self._guard.hear(make, newer)

        if life == self._life and self._guard.is_running:
            self._reader.read(self._guard.fills_since(), "", reply)

    def cut(self, noticed: int | None = None) -> None:
        """End the connection without anybody noticing for a while (milliseconds); then connect again."""
        self.is_quiet = True
        if noticed is None:
            noticed = self._random.choice((50, 2000, 15_000))
        life = self._life
        self._stage.clockwork.after(noticed, lambda: self._notice(life))

    def _notice(self, life: int) -> None:
        if life != self._life:
            return
        self.is_up = False
        self._guard.hear(lambda at: LinkSeen(at, Link.USER_HUB, False, "cut"))
        self._stage.clockwork.after(self._random.choice((250, 3000, 10_000)), lambda: self._again(life))

    def _again(self, life: int) -> None:
        if life == self._life and self._guard.is_running:
            self.connect()

    def drop_all(self) -> None:
        """Forget the connection: the process that held it died."""
        self._life += 1
        self.is_up, self._held = False, None
