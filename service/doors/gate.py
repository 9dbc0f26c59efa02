"""Who may come in at the admin's door: the right user first, and then the password, in every message."""

from contextlib import suppress
from typing import Any

from service.doors.house import House
from service.doors.refused import Code, Refused, bad_request
from service.password import PasswordRefused


def admit(house: House, given: object) -> None:
    """Let the peer in with the password `given`. Raises Refused; only the right users' wrong tries count."""
    require_admin(house)
    if given is None:
        raise bad_request("the admin password is missing", "send it as `password` in every message")
    if type(given) is not str:
        raise bad_request("`password` must be a text")
    try:
        checked = house.password.check(given)
    except PasswordRefused as refused:
        raise Refused(Code.POLICY, str(refused), "nothing was changed") from None
    if checked.is_right:
        return
    seconds = int(checked.wait) + 1
    if checked.was_looked_at:
        with suppress(Refused):  # the engine is not there at the moment: the try is counted all the same
            house.on_engine(lambda: _tell(house))
        raise Refused(
            Code.WRONG_PASSWORD,
            "this is not the admin password",
            f"nothing was changed; try again after {seconds} s",
        )
    raise Refused(
        Code.WAIT,
        "too soon after a wrong password; this one was not looked at",
        f"nothing was changed; try again after {seconds} s",
    )


def _tell(house: House) -> None:
    """Let everybody read that somebody guesses; the waits keep this rare."""
    for account in house.accounts.values():
        text = f"a wrong admin password was tried by {house.peer.who}"
        house.acts.said(account.name, house.clock.now(), text)


def require_admin(house: House) -> None:
    """Refuse whoever is neither root or elevated nor the daemon's own user."""
    if not house.peer.is_admin:
        raise Refused(
            Code.POLICY,
            f"{house.peer.who} may not knock at the admin's door",
            "do it as root (elevated on Windows), or as the user who runs the guard",
        )


def without_password(values: dict[str, Any]) -> object:
    """Take the password out of a message and return it, so that nothing else ever sees it."""
    return values.pop("password", None)
