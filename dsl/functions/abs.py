"""abs: a size without its sign."""

from typing import TypeVar

Amount = TypeVar("Amount", bound=int)


def absolute(amount: Amount) -> Amount:
    """Return the size of an amount, whatever its sign.

    >>> value("abs(3 contracts - 5 contracts)")
    '2 contracts'
    """
    return amount if amount >= 0 else -amount  # type: ignore[return-value]
