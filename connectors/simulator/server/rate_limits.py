"""The two request budgets of the venue: bars on their own, everything else together, per login."""

import time
from collections import defaultdict, deque
from dataclasses import dataclass, field

BARS_PATH = "/api/History/retrieveBars"


@dataclass
class Budget:
    """At most `most` requests in any `seconds` of real time; 0 means no limit."""

    most: int
    seconds: float
    _seen: dict[str, deque[float]] = field(default_factory=lambda: defaultdict(deque))

    def allows(self, who: str) -> bool:
        """Count one request of `who` and return whether it is within the budget; a refused one is not counted."""
        if not self.most:
            return True
        now = time.monotonic()
        seen = self._seen[who]
        while seen and seen[0] <= now - self.seconds:
            seen.popleft()
        if len(seen) >= self.most:
            return False
        seen.append(now)
        return True


@dataclass
class RateLimits:
    """The sliding windows of the venue's documentation."""

    general: Budget = field(default_factory=lambda: Budget(200, 60))
    bars: Budget = field(default_factory=lambda: Budget(50, 30))
    refused: int = 0

    def allows(self, who: str, path: str) -> bool:
        """Return whether one more request of `who` to `path` is within its budget."""
        budget = self.bars if path.lower() == BARS_PATH.lower() else self.general
        allowed = budget.allows(who)
        self.refused += not allowed
        return allowed
