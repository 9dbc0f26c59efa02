"""credentials: a new API key for a login, tried at the venue and in use at once; the old one stays until it works."""

import os
from dataclasses import dataclass

from connectors.secret import Secret
from service.api_keys import variable
from service.credentials import KeyRefused, set_key
from service.doors.house import House
from service.doors.refused import Code, Refused
from service.doors.verb import Answer, Verb


@dataclass(frozen=True, slots=True)
class Credentials:
    """The login's name in settings.yaml, and its new key."""

    login: str
    key: Secret


def answer(request: Credentials, house: House) -> Answer:
    """Log in with the new key. The venue is asked on this thread, so the guard goes on meanwhile."""
    if request.login not in house.settings.logins:
        names = ", ".join(f"`{name}`" for name in house.settings.logins) or "none"
        raise Refused(Code.NOT_FOUND, f"there is no login `{request.login[:40]}`", f"logins: {names}")
    connection = house.connections.get(request.login)
    if connection is None:
        text = f"login `{request.login}` is not in use: no account needs it, or it had no key at the start"
        raise Refused(Code.REFUSED, text, "stop the guard, run this again, and start it")
    if not request.key.reveal().strip():
        raise Refused(Code.BAD_REQUEST, "the key is empty", "nothing was changed")
    try:
        set_key(house.home, connection, Secret(request.key.reveal().strip()))
    except KeyRefused as refused:
        raise Refused(Code.REFUSED, str(refused), "nothing was changed: the old key is in use") from None
    house.on_engine(lambda: _tell(request.login, house))
    named = variable(request.login)
    return {"login": request.login, "overridden_by": named if os.environ.get(named) else ""}


def _tell(login: str, house: House) -> None:
    for account in house.accounts.values():
        if account.origin == login:
            house.acts.said(
                account.name, house.clock.now(), f"the API key of login {login} was changed by the admin"
            )


VERB = Verb(Credentials, answer, loosens=True)
