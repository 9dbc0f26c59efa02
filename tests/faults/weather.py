"""Every fault of the venue that the matrix knows; read with `runpy`, since nothing here is a package."""

from collections.abc import Callable
from typing import Any

Arm = Callable[[Any], object]


def rest(kind: str, seconds: float = 0.0, **more: object) -> Arm:
    body = {"kind": kind, "path": "", "times": 10_000, "seconds": seconds, **more}
    return lambda sim: sim.control("/sim/faults/rest", body)


def hub(**switches: object) -> Arm:
    return lambda sim: sim.control("/sim/faults/hub", switches)


def cut(how: str, **switches: object) -> Arm:
    """End the connections; with `switches` new ones fare badly, too."""
    wall = switches or {"refuse_status": 503}
    return lambda sim: (sim.control("/sim/faults/hub", wall), sim.control("/sim/faults/cut", {"how": how}))


def post(path: str, **body: object) -> Arm:
    return lambda sim: sim.control(path, body)


FAULTS: dict[str, tuple[Arm, bool]] = {  # and whether it belongs to the quick half
    "REST answers 429": (rest("status", status=429), True),
    "REST answers 429, Retry-After 1": (rest("status", status=429, retry_after=1), False),
    "REST answers 500": (rest("status", status=500), True),
    "REST answers 502": (rest("status", status=502), False),
    "REST answers 401": (rest("status", status=401), True),
    "REST answers garbage, executed": (rest("garbage"), True),
    "REST cut before execution": (rest("drop_before"), False),
    "REST cut after execution": (rest("drop_after"), True),
    "REST hangs before execution": (rest("hang_before", 1.5), False),
    "REST hangs after execution": (rest("hang_after", 1.5), True),
    "REST slow": (rest("slow", 0.6), False),
    "hubs reset": (cut("reset"), True),
    "hubs end (FIN)": (cut("fin"), False),
    "hubs end with close frame": (cut("close_frame"), False),
    "hubs end with close record": (cut("close_record"), False),
    "hubs end for good": (cut("close_for_good"), False),
    "hubs mute (deaf)": (hub(mute=True), True),
    "hubs frozen (half-open)": (hub(frozen=True), True),
    "upgrade refused with 401": (cut("reset", refuse_status=401), False),
    "upgrade hangs": (cut("reset", hang_upgrade=True), False),
    "no handshake": (cut("reset", no_handshake=True), True),
    "handshake refused": (cut("reset", refuse_handshake=True), False),
    "no completions": (cut("reset", no_completions=True), False),
    "20 events lost": (hub(drop=20), True),
    "200 events doubled": (hub(duplicate=200), True),
    "50 events out of order": (hub(reorder=50), False),
    "events 0.8 s late": (hub(delay_ms=800), False),
    "logout by the venue": (post("/sim/faults/logout"), True),
    "logout, tokens live on": (post("/sim/faults/logout", keep_tokens=True), False),
    "tokens expired": (post("/sim/faults/expire_tokens"), True),
    "venue restarts (1.2 s)": (post("/sim/faults/restart", seconds=1.2), False),
    "malformed frames": (post("/sim/faults/send", text='{"type":1,"target":"GatewayUserOrder"}'), False),
    "ids as text": (post("/sim/faults/odd", string_ids=True), False),
    "REST lags 0.8 s": (post("/sim/faults/odd", rest_lag_ms=800), False),
}
