"""Where something holds: the whole account, one symbol (all its months), or one contract."""

from dataclasses import dataclass
from enum import StrEnum


class ScopeKind(StrEnum):
    """How wide a scope is."""

    ACCOUNT = "account"
    SYMBOL = "symbol"
    CONTRACT = "contract"


@dataclass(frozen=True, slots=True, order=True)
class Scope:
    """`key` is empty for the account, a root (`ES`) for a symbol, the venue's id for a contract."""

    kind: ScopeKind
    key: str = ""

    def __str__(self) -> str:
        return self.key or self.kind.value


ACCOUNT = Scope(ScopeKind.ACCOUNT)


def of_symbol(root: str) -> Scope:
    """Return the scope of a root with all its months."""
    return Scope(ScopeKind.SYMBOL, root)


def of_contract(contract: str) -> Scope:
    """Return the scope of one contract month."""
    return Scope(ScopeKind.CONTRACT, contract)


def covers(scope: Scope, contract: str, root: str) -> bool:
    """Say whether a contract of this root lies inside the scope."""
    match scope.kind:
        case ScopeKind.ACCOUNT:
            return True
        case ScopeKind.SYMBOL:
            return scope.key == root
        case ScopeKind.CONTRACT:
            return scope.key == contract
