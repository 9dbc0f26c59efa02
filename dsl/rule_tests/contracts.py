"""Contracts that rule tests may trade: real tick sizes and values, a price to begin with, any month."""

import re

from dsl.amounts import scaled
from engine.instruments import Instrument
from engine.units import PRICE_SCALE, SCALE, Money, Price

TABLE = """
ES 0.25 12.50 6000     MES 0.25 1.25 6000     NQ 0.25 5.00 21000     MNQ 0.25 0.50 21000
RTY 0.1 5.00 2200      M2K 0.1 0.50 2200      YM 1 5.00 44000        MYM 1 0.50 44000
NKD 5 25.00 39000      EMD 0.1 10.00 3200     CL 0.01 10.00 70       MCL 0.01 1.00 70
QM 0.025 12.50 70      NG 0.001 10.00 4       MNG 0.001 1.00 4       QG 0.005 12.50 4
RB 0.0001 4.20 2       HO 0.0001 4.20 2       PL 0.1 5.00 1000       GC 0.1 10.00 2900
MGC 0.1 1.00 2900      SI 0.005 25.00 32      SIL 0.005 5.00 32      HG 0.0005 12.50 5
MHG 0.0005 1.25 5      6E 0.00005 6.25 1      E7 0.0001 6.25 1       M6E 0.0001 1.25 1
6B 0.0001 6.25 1       M6B 0.0001 0.625 1     6A 0.00005 5.00 1      M6A 0.0001 1.00 1
6C 0.00005 5.00 1      6J 0.0000005 6.25 1    6S 0.00005 6.25 1      6N 0.00005 5.00 1
6M 0.00001 5.00 1      BTC 5 25.00 90000      MBT 5 0.50 90000       ETH 0.5 25.00 2000
MET 0.5 0.05 2000      ZT 0.00390625 7.8125 100    ZF 0.0078125 7.8125 100    ZN 0.015625 15.625 100
TN 0.015625 15.625 100 ZB 0.03125 31.25 100   UB 0.03125 31.25 100   ZC 0.25 12.50 450
ZW 0.25 12.50 550      ZS 0.25 12.50 1000     ZM 0.1 10.00 300       ZL 0.01 6.00 45
HE 0.025 10.00 90      LE 0.025 10.00 200     GF 0.025 12.50 280
"""
"""Root, tick size, tick value, price. Source: the exchange's contract specifications."""

FRONT = "H5"
_MONTH = re.compile(r"(.+)([FGHJKMNQUVXZ][0-9])")


def _read() -> dict[str, tuple[Price, Money, Price]]:
    words = TABLE.split()
    rows = zip(words[::4], words[1::4], words[2::4], words[3::4], strict=True)
    return {
        root: (
            Price(scaled(tick, PRICE_SCALE)),
            Money(scaled(value, SCALE)),
            Price(scaled(price, PRICE_SCALE)),
        )
        for root, tick, value, price in rows
    }


_ROWS = _read()
ROOTS = frozenset(_ROWS)


def instrument(symbol: str) -> Instrument | None:
    """Return the contract of a symbol (`ES`: its front month) or of a symbol with a month (`ESM5`); None if unknown."""
    root, month = symbol, FRONT
    if root not in _ROWS and (found := _MONTH.fullmatch(symbol)):
        root, month = found[1], found[2]
    if root not in _ROWS:
        return None
    tick_size, tick_value, _ = _ROWS[root]
    return Instrument(
        f"CON.F.US.{root}.{month[0]}2{month[1]}", root, f"{root}{month}", root, tick_size, tick_value
    )


def first_price(root: str) -> Price:
    """Return a price at which a contract of this root may begin when a test names none."""
    return _ROWS[root][2]
