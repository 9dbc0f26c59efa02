"""The accounts under guard, by the venue's number. One may be added while the guard runs, none is ever taken away."""

from collections.abc import Iterator, Mapping

from service.guarded import Guarded


class Accounts(Mapping[int, Guarded]):
    """Read from any thread; whoever goes through it meanwhile sees those that were there when it began."""

    def __init__(self, known: Mapping[int, Guarded]) -> None:
        self._known = dict(known)

    def __getitem__(self, number: int) -> Guarded:
        return self._known[number]

    def __iter__(self) -> Iterator[int]:
        return iter(self._known)

    def __len__(self) -> int:
        return len(self._known)

    def add(self, account: Guarded) -> None:
        """Guard one account more. On the engine thread."""
        self._known = {**self._known, account.id: account}
