"""Faults that a world brings with it: each at its time, through the same doors as by hand."""

import asyncio
from collections.abc import Sequence
from typing import Any

from connectors.simulator.core.instants import SECOND, Instant
from connectors.simulator.server.control_routes import DOORS
from connectors.simulator.server.host import Host


async def play(host: Host, start: Instant, faults: Sequence[dict[str, Any]]) -> None:
    """Let each fault happen `at` seconds of venue time after `start`."""
    for fault in sorted(faults, key=lambda row: row.get("at", 0)):
        due = start + int(fault.get("at", 0) * SECOND)
        await asyncio.sleep(host.clock.real_seconds_until(due))
        body = {key: value for key, value in fault.items() if key not in ("at", "fault")}
        DOORS[f"/sim/faults/{fault['fault']}"](host, body)
