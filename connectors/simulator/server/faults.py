"""What shall go wrong: switches and counters that the REST layer and the hubs look at before they act."""

from dataclasses import dataclass, field

REST_KINDS = (
    "status",
    "code",
    "slow",
    "drop_before",
    "drop_after",
    "hang_before",
    "hang_after",
    "garbage",
)


@dataclass
class RestFault:
    """What happens to the next `times` calls whose path ends in `path` ("" is every path).

    status: answer with HTTP `status` and no body, nothing is executed. code: answer 200 with error `code`.
    slow: execute, answer after `seconds`. drop_*: the connection is cut before or after execution.
    hang_*: no answer for `seconds`, before or after execution. garbage: execute, answer with no JSON.
    """

    kind: str
    path: str = ""
    times: int = 1
    status: int = 500
    code: int = 0
    seconds: float = 0.0
    message: str | None = None
    retry_after: int | None = None


@dataclass
class HubFaults:
    """What happens on one hub. Counters count messages from now on; 0 is none."""

    mute: bool = False
    """Events are swallowed, pings and completions go on: connected but deaf."""
    frozen: bool = False
    """Nothing is read or sent, the connection stays open: half-open."""
    refuse_status: int = 0
    """HTTP status for every upgrade while set; 0 lets them in."""
    hang_upgrade: bool = False
    no_handshake: bool = False
    refuse_handshake: bool = False
    no_completions: bool = False
    drop: int = 0
    duplicate: int = 0
    reorder: int = 0
    delay_ms: int = 0
    _kept: str | None = None

    def shape(self, text: str) -> list[str]:
        """Return what is really sent in place of one event."""
        if self.mute:
            return []
        if self.drop:
            self.drop -= 1
            return []
        if self.duplicate:
            self.duplicate -= 1
            return [text, text]
        if self._kept is not None:
            kept, self._kept = self._kept, None
            return [text, kept]
        if self.reorder:
            self.reorder -= 1
            self._kept = text
            return []
        return [text]


@dataclass
class Faults:
    """All faults of the venue."""

    rest: list[RestFault] = field(default_factory=list)
    hubs: dict[str, HubFaults] = field(default_factory=lambda: {"user": HubFaults(), "market": HubFaults()})
    odd_ids: bool = False
    rest_lag_ms: int = 0

    def clear(self) -> None:
        """Let everything go right again."""
        fresh = Faults()
        self.rest, self.hubs, self.odd_ids, self.rest_lag_ms = fresh.rest, fresh.hubs, False, 0

    def next_rest(self, path: str) -> RestFault | None:
        """Return and count down the fault that this call meets, if any."""
        for fault in self.rest:
            if fault.times > 0 and path.lower().endswith(fault.path.lower()):
                fault.times -= 1
                if fault.times == 0:
                    self.rest.remove(fault)
                return fault
        return None
