"""A daemon as a process of its own whose waits for the venue are a tenth of the usual; the argument is its home.

The two seconds between polls without a hub stay what they are; beside a live hub it polls as often, not every 10 s. `RISK_TEST_TIMINGS` holds fields that differ (JSON); with
`RISK_TEST_REAL=1` all waits are the real ones.
"""

import json
import os
import sys
from dataclasses import replace
from pathlib import Path

from connectors.topstepx.settings import Timings
from service import host

TENTH = Timings(
    connect=1.0,
    settle=0.05,
    completion=0.5,
    ping=1.0,
    silent=4.0,
    backoff_most=3.0,
    stable=3.0,
    quote_resubscribe=3.0,
    quote_rebuild=6.0,
    logout_pause=0.2,
    logout_window=12.0,
    rest_connect=0.3,
    rest_read=1.0,
    poll_live=2.0,
    poll_live_idle=2.0,
    poll_blind_idle=2.0,
    rest_lag=0.5,
    resync_spacing=0.5,
    account_age=1.0,
    token_retry=6.0,
    login_spacing=0.2,
    limited_pause=0.5,
    requests=20_000,
    requests_background=10_000,
    stop=2.0,
)

if __name__ == "__main__":
    changed = json.loads(os.environ.get("RISK_TEST_TIMINGS", "{}"))
    timings = Timings() if os.environ.get("RISK_TEST_REAL") == "1" else replace(TENTH, **changed)
    sys.exit(host.run(Path(sys.argv[1]), timings=timings))
