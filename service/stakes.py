"""Whether an account is to be watched closely."""

from service.guarded import Guarded


def is_at_stake(account: Guarded) -> bool:
    """Return whether the account holds, works, is locked out of or was asked for anything, or is not known yet."""
    state = account.state
    return not state.is_confirmed or bool(
        state.positions
        or state.orders
        or state.locks
        or state.in_flight
        or any(not record.is_over for record in state.enforcements.values())
    )
