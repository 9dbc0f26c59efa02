"""What follows a step, once it is stored: the trader's log, the status, and quotes for what is held."""

from collections.abc import Callable, Mapping

from engine.events import Event, InstrumentsSeen, QuoteSeen
from engine.outcome import Outcome
from service.acts import Acts
from service.anchors import Anchors
from service.guarded import Guarded
from service.publish import Publisher

Watch = Callable[[Guarded], None]


class Telling:
    """Called by the engine thread after each step. `watches` asks for an account's quotes, by its login."""

    def __init__(
        self, acts: Acts, publisher: Publisher, watches: Mapping[str, Watch], anchors: Anchors
    ) -> None:
        self._acts = acts
        self._anchors = anchors
        self._publisher = publisher
        self._watches = watches
        self._watched: dict[int, frozenset[str]] = {}

    def told(self, account: Guarded, event: Event, outcome: Outcome) -> None:
        """Tell whoever wants to know."""
        if outcome.decisions or outcome.enforcements:
            self._acts.told(account, outcome)
            self._anchors.look(account.state.now)
        if not isinstance(event, QuoteSeen) or outcome.decisions or outcome.enforcements or outcome.locks:
            self._publisher.changed()
        contracts = account.state.contracts
        if contracts != self._watched.get(account.id) or isinstance(event, InstrumentsSeen):
            self._watched[account.id] = contracts
            watch = self._watches.get(account.origin)
            if watch is not None:
                watch(account)
