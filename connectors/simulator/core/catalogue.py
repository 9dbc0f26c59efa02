"""The contracts that can be traded: one front month per product, with real tick sizes, tick values and costs."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from pathlib import Path

MONTHS = "FGHJKMNQUVXZ"
_MONTH_NAMES = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_FILE = Path(__file__).with_name("catalogue.json")


@dataclass(frozen=True)
class Contract:
    """One contract. `tick_value`, `fee` and `commission` are dollars per contract; the last two also per side.

    Sizes and values are the live list of August 2026; `fee` where the public table has none, and every
    commission but that of the micros, are guesses of this simulator.
    """

    root: str
    product: str
    month: str
    description: str
    tick_size: Decimal
    tick_value: Decimal
    fee: Decimal
    commission: Decimal
    start_price: Decimal
    active: bool = True

    @cached_property
    def id(self) -> str:
        """Such as CON.F.US.EP.Z26."""
        return f"CON.F.US.{self.product}.{self.month}"

    @property
    def symbol_id(self) -> str:
        """The product without its month, such as F.US.EP."""
        return f"F.US.{self.product}"

    @property
    def name(self) -> str:
        """What the exchange calls it, with a one-digit year: ESZ6."""
        return f"{self.root}{self.month[0]}{self.month[-1]}"

    @property
    def display_name(self) -> str:
        """What positions call it, with a two-digit year: ESZ26."""
        return f"{self.root}{self.month}"

    def price(self, ticks: int) -> Decimal:
        """Return the price that is `ticks` ticks above zero."""
        return self.tick_size * ticks

    def ticks(self, price: Decimal) -> int:
        """Return the number of ticks nearest to `price`, half to even."""
        return round(price / self.tick_size)

    def is_aligned(self, price: Decimal) -> bool:
        """Return whether `price` is a whole number of ticks."""
        return price % self.tick_size == 0


class Catalogue:
    """All front contracts by id; answers searches the way the venue does."""

    def __init__(self, contracts: Iterable[Contract]) -> None:
        self.contracts = {contract.id: contract for contract in contracts}
        self._by_product = {contract.product: contract for contract in self.contracts.values()}

    def active(self, contract_id: str) -> Contract | None:
        """Return the front contract with this id, or None."""
        return self.contracts.get(contract_id)

    def find(self, contract_id: str) -> Contract | None:
        """Return a contract of any month of a known product; every month but the front one is not active."""
        if contract_id in self.contracts:
            return self.contracts[contract_id]
        parts = contract_id.split(".")
        if len(parts) != 5 or parts[:3] != ["CON", "F", "US"] or parts[3] not in self._by_product:
            return None
        month = parts[4]
        if len(month) != 3 or month[0] not in MONTHS or not month[1:].isdigit():
            return None
        front = self._by_product[parts[3]]
        return _with_month(front, month, active=False)

    def open_month(self, front: Contract, month: str) -> Contract:
        """Return another month of a front contract, which can be traded from now on but is not the front one."""
        contract = _with_month(front, month, active=front.month == month)
        return self.contracts.setdefault(contract.id, contract)

    def fronts(self) -> list[Contract]:
        """Return the front contract of every product: all that the venue lists."""
        return [contract for contract in self.contracts.values() if contract.active]

    def search(self, text: str) -> list[Contract]:
        """Return up to 20 contracts whose name, product or description contains `text`: as fuzzy as the venue."""
        wanted = text.upper()
        hits = (
            contract
            for contract in self.fronts()
            if wanted in contract.name
            or wanted in contract.product
            or wanted in contract.description.upper().split(":")[0]
        )
        return list(hits)[:20]

    def resolve(self, word: str) -> Contract | None:
        """Return the front contract for an id, a trader's symbol (ES), a name (ESZ6) or a product (EP)."""
        if word in self.contracts:
            return self.contracts[word]
        for contract in self.contracts.values():
            if word in (contract.root, contract.name, contract.display_name):
                return contract
        return self._by_product.get(word)


def load(months: Mapping[str, str] | None = None) -> Catalogue:
    """Return the shipped catalogue; `months` moves the front month of some roots, such as {"ES": "H27"}."""
    rows = json.loads(_FILE.read_text(encoding="utf-8"))
    contracts = [_contract(row) for row in rows]
    moved = months or {}
    return Catalogue(
        _with_month(contract, moved[contract.root]) if contract.root in moved else contract
        for contract in contracts
    )


def _contract(row: dict[str, str]) -> Contract:
    return Contract(
        root=row["root"],
        product=row["product"],
        month=row["month"],
        description=row["description"],
        tick_size=Decimal(row["tick_size"]),
        tick_value=Decimal(row["tick_value"]),
        fee=Decimal(row["fee"]),
        commission=Decimal(row["commission"]),
        start_price=Decimal(row["price"]),
    )


def _with_month(contract: Contract, month: str, *, active: bool = True) -> Contract:
    what = contract.description.split(":")[0]
    return Contract(
        contract.root,
        contract.product,
        month,
        f"{what}: {_MONTH_NAMES[MONTHS.index(month[0])]} 20{month[1:]}",
        contract.tick_size,
        contract.tick_value,
        contract.fee,
        contract.commission,
        contract.start_price,
        active,
    )
