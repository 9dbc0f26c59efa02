"""How the outside world lets us down, named after what the caller can do about it."""


class ConnectorError(Exception):
    """Base of these; never raised itself. The text is one sentence for people and never holds a secret."""


class Unreachable(ConnectorError):
    """No usable answer in time. What was asked may or may not have happened: look before asking again."""


class NotSent(Unreachable):
    """The request never left this machine, so nothing happened at the venue. Try again later."""


class Unreadable(Unreachable):
    """The venue answered in words we do not understand. Never read it as "nothing there": ask again."""


class RateLimited(ConnectorError):
    """Too many requests; nothing was executed. Wait `wait` seconds before asking again."""

    def __init__(self, message: str, wait: float) -> None:
        super().__init__(message)
        self.wait = wait


class Unauthorized(ConnectorError):
    """The token was not accepted; nothing was executed. Log in again, then decide whether to ask again."""


class Refused(ConnectorError):
    """The venue answered no. Asking the same again will not help."""

    def __init__(self, message: str, code: int | None = None) -> None:
        super().__init__(message)
        self.code = code


class LoginRefused(Refused):
    """The venue does not let this login in. `is_permanent`: until a person acts, so do not loop on it."""

    def __init__(self, message: str, code: int | None = None, *, is_permanent: bool = True) -> None:
        super().__init__(message, code)
        self.is_permanent = is_permanent


class UnknownAccount(ConnectorError):
    """The login does not see an account that is configured. Correct the account's venue id or its login."""


class UnsafeUrl(ConnectorError, ValueError):
    """A gateway address that must not be used. Correct it in the settings."""
