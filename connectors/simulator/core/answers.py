"""What the venue answers to a command: a code of that endpoint's own table, sometimes a text, sometimes an id."""

from dataclasses import dataclass
from enum import IntEnum

NOT_ACTIVE = "Trading is currently unavailable. The instrument is not in an active trading status."


@dataclass(frozen=True, slots=True)
class Answer:
    """`code` 0 is success. `order_id` can be set although the order was refused."""

    code: int = 0
    message: str | None = None
    order_id: int | None = None

    @property
    def success(self) -> bool:
        """Whether the command was accepted (which is not yet: carried out)."""
        return self.code == 0


class PlaceCode(IntEnum):
    """Order/place."""

    ACCOUNT_NOT_FOUND = 1
    REJECTED = 2
    INSUFFICIENT_FUNDS = 3
    ACCOUNT_VIOLATION = 4
    OUTSIDE_HOURS = 5
    PENDING = 6
    UNKNOWN = 7
    CONTRACT_NOT_FOUND = 8
    CONTRACT_NOT_ACTIVE = 9
    ACCOUNT_REJECTED = 10


class ChangeCode(IntEnum):
    """Order/modify and Order/cancel; the last exists for modify only."""

    ACCOUNT_NOT_FOUND = 1
    ORDER_NOT_FOUND = 2
    REJECTED = 3
    PENDING = 4
    UNKNOWN = 5
    ACCOUNT_REJECTED = 6
    CONTRACT_NOT_FOUND = 7


class CloseCode(IntEnum):
    """Position/closeContract. Partial close is the same up to 4, then INVALID_SIZE and all later ones one higher."""

    ACCOUNT_NOT_FOUND = 1
    POSITION_NOT_FOUND = 2
    CONTRACT_NOT_FOUND = 3
    CONTRACT_NOT_ACTIVE = 4
    REJECTED = 5
    PENDING = 6
    UNKNOWN = 7
    ACCOUNT_REJECTED = 8


PARTIAL_INVALID_SIZE = 5


def partial_close_code(code: CloseCode) -> int:
    """Return the number that partialCloseContract uses for what closeContract calls `code`."""
    return code + 1 if code >= CloseCode.REJECTED else int(code)
