"""Contracts as the venue lists them, with the name traders use for their product."""

import re

from connectors.topstepx.decode.fields import Row
from connectors.topstepx.decode.roots import ROOTS
from engine.instruments import Instrument

_ID = re.compile(r"CON\.F\.[A-Z]+\.(?P<product>[A-Z0-9]+)\.(?P<month>[FGHJKMNQUVXZ])(?P<year>\d\d)", re.ASCII)


def instrument_from(fields: object) -> Instrument:
    """Return a contract one can trade. Raises Unreadable, also when a tick has no size or no value."""
    row = Row(fields, "a contract")
    contract = row.text("id")
    parts = _ID.fullmatch(contract)
    if parts is None:
        raise row.wrong("id")
    tick_size, tick_value = row.price("tickSize"), row.money("tickValue")
    if tick_size <= 0:
        raise row.wrong("tickSize")
    if tick_value <= 0:
        raise row.wrong("tickValue")
    name = row.text_or_none("name") or ""
    root = _root(name, parts["month"], parts["year"]) or ROOTS.get(parts["product"], parts["product"])
    return Instrument(
        contract=contract,
        root=root,
        name=name or f"{root}{parts['month']}{parts['year'][1]}",
        product=parts["product"],
        tick_size=tick_size,
        tick_value=tick_value,
    )


def _root(name: str, month: str, year: str) -> str:
    """Return the name without its month and its year of one or two digits; empty when it does not end so."""
    for suffix in (month + year, month + year[1]):
        if name.endswith(suffix) and name != suffix:
            return name.removesuffix(suffix)
    return ""
