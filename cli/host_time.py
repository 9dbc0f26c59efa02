"""The clock of this computer, for drawing only: ages, countdowns and `--since`. Nothing is decided by it."""

import time
from datetime import UTC, datetime, timedelta

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def host_now() -> datetime:
    """Return what this computer believes the time to be, in UTC."""
    return EPOCH + timedelta(microseconds=time.time_ns() // 1000)
