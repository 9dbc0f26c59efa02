"""Which contract is meant by what a trader types: `MNQ`, `MNQZ6` or the venue's whole id."""

from difflib import get_close_matches

from engine.state import State


class NoContract(Exception):
    """What was typed is no contract here. `help` says what could be typed."""

    def __init__(self, text: str, help: str) -> None:  # noqa: A002  the answer's own word
        super().__init__(text)
        self.text = text
        self.help = help


def contract_of(state: State, typed: str) -> str:
    """Return the contract: of a symbol the month that is held, else traded before, else listed first. Raises NoContract."""
    wanted = typed.upper()
    exact = next((one for one in state.instruments.values() if wanted in (one.contract, one.name)), None)
    if exact is not None:
        return exact.contract
    months = [contract for contract, one in state.instruments.items() if one.root == wanted]
    if not months:
        roots = sorted({one.root for one in state.instruments.values()})
        near = get_close_matches(wanted, roots, n=3, cutoff=0.4)
        raise NoContract(
            f"the venue lists no symbol `{typed[:20]}`",
            f"did you mean {' or '.join(near)}?" if near else "symbols look like MNQ, ES, MCL",
        )
    return min(months, key=lambda one: (one not in state.positions, one not in state.contracts))


def quiet_contract(state: State, typed: str) -> str:
    """Return a contract that is flat, for trades that only have to lose: the one meant, or any. Raises NoContract."""
    if typed:
        return contract_of(state, typed)
    flat = [one for one in state.instruments if one not in state.positions]
    if not flat:
        raise NoContract("the venue's contracts are not known yet", "ask again once the guard is connected")
    return min(flat, key=lambda one: one not in state.contracts)
