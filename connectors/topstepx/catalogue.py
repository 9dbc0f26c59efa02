"""The contracts known so far: the venue's list, plus every other month that turns up in an account."""

import time
from collections.abc import Callable, Iterable
from threading import Lock

from connectors.failures import ConnectorError, LoginRefused, Refused, Unreadable
from connectors.topstepx.repeats import Repeats
from connectors.topstepx.rest.budget import Use
from connectors.topstepx.rest.reads import Reads
from engine.events import Event, InstrumentsSeen
from engine.instruments import Instrument
from engine.units import Instant

_LOAD_AGAIN = 5.0  # seconds until a list that could not be read is asked for once more
_ASK_AGAIN = 300.0  # seconds until a contract that the venue does not know is asked for once more


class Catalogue:
    """Knows what contracts are worth, and tells the engine whenever it learns of one."""

    def __init__(
        self, reads: Reads, sink: Callable[[Event], None], now: Callable[[], Instant], repeats: Repeats
    ) -> None:
        self._reads = reads
        self._sink = sink
        self._now = now
        self._repeats = repeats
        self._lock = Lock()
        self._known: dict[str, Instrument] = {}
        self._loaded_at: float | None = None
        self._load_after = 0.0
        self._not_before: dict[str, float] = {}

    def instruments(self) -> tuple[Instrument, ...]:
        with self._lock:
            return tuple(self._known.values())

    def knows(self, contract: str) -> bool:
        with self._lock:
            return contract in self._known

    def find(self, contract: str) -> Instrument | None:
        with self._lock:
            return self._known.get(contract)

    def load(self, use: Use) -> None:
        """Read the venue's list. Raises Unreachable, RateLimited, LoginRefused, Refused."""
        self._load_after = time.monotonic() + _LOAD_AGAIN
        self._learn(self._reads.contracts(use))
        self._loaded_at = time.monotonic()

    def load_if_older(self, age: float, use: Use) -> None:
        """Read the list again when that was not done for `age` seconds: months roll. Raises as `load`."""
        moment = time.monotonic()
        is_old = self._loaded_at is None or moment - self._loaded_at > age
        if is_old and moment >= self._load_after:
            self.load(use)

    def ensure(self, contracts: Iterable[str], use: Use) -> None:
        """Look up those that are not known yet. A failure is logged; the engine treats them as unknown."""
        for contract in sorted({contract for contract in contracts if not self.knows(contract)}):
            if self._not_before.get(contract, 0.0) > time.monotonic():
                continue
            try:
                self._learn((self._reads.contract(contract, use),))
            except LoginRefused:
                raise
            except (Refused, Unreadable) as error:
                self._not_before[contract] = time.monotonic() + _ASK_AGAIN
                self._repeats.warn(f"contract {contract} is not known to the venue", error)
            except ConnectorError as error:
                self._repeats.warn(f"contract {contract} could not be looked up", error)

    def _learn(self, instruments: Iterable[Instrument]) -> None:
        with self._lock:
            before = dict(self._known)
            self._known.update({instrument.contract: instrument for instrument in instruments})
            if self._known != before:
                self._sink(InstrumentsSeen(self._now(), tuple(self._known.values())))
