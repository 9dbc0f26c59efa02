"""Named places at which a test can make the process die, to prove that nothing is lost there."""

import os
import signal
from collections import Counter
from pathlib import Path

POINTS = frozenset(
    {
        "store.before_commit",
        "store.after_commit",
        "enforcer.before_request",
        "enforcer.after_request",
        "loop.after_step",
        "snapshot.before_commit",
        "retention.before_commit",
        "migration.before_version",
        "loop.after_hand",
        "loop.after_told",
    }
)

_seen: Counter[str] = Counter()


def fail_point(name: str) -> None:
    """Kill this process as a power cut would, if `RISK_FAILPOINT=name:n` asks for it at the n-th passing.

    `RISK_FAILPOINT=name:n:hang` turns in a circle there instead, as a mistake of ours could.
    With `RISK_FAILPOINT_FROM=PATH` passings count from the moment on at which that file is there.
    """
    wanted = os.environ.get("RISK_FAILPOINT")
    if not wanted:
        return
    assert name in POINTS, name
    begin = os.environ.get("RISK_FAILPOINT_FROM")
    if begin and not Path(begin).exists():
        return
    _seen[name] += 1
    while wanted == f"{name}:{_seen[name]}:hang":
        pass
    if wanted == f"{name}:{_seen[name]}":
        os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))
