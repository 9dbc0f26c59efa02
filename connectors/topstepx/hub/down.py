"""The end of a hub connection, as whoever uses it learns of it."""

from connectors.failures import Unreachable
from connectors.topstepx.wording import plain


class HubDown(Unreachable):
    """The connection is of no use any more. `status`: how the venue answered the upgrade, if it did."""

    def __init__(self, reason: str, status: int | None = None) -> None:
        super().__init__(plain(reason))
        self.status = status
