"""A new API key for a login: tried at the venue first, kept in its file only when it works, the old one until then."""

from contextlib import suppress
from dataclasses import dataclass

from connectors.failures import ConnectorError
from connectors.secret import Secret
from service.api_keys import key_file
from service.connecting import Connection
from service.home import Home
from service.logs import hide
from service.secrecy.seal import CannotOpen
from service.secrecy.seal_here import seal_here
from service.secrecy.secret_files import write_secret


@dataclass(frozen=True, slots=True)
class KeyRefused(Exception):
    """The new key does not work, or cannot be kept. Nothing was changed; the text says why."""

    text: str

    def __str__(self) -> str:
        return self.text


def set_key(home: Home, connection: Connection, key: Secret) -> None:
    """Log in with the new key and keep it. Raises KeyRefused; then the old one is in use as before.

    The new key is on the disk, beside the old one, before it is tried: whatever fails, a key that works is there.
    """
    hide(key)
    path = key_file(home, connection.name)
    fresh = path.with_name(f"{path.name}.new")
    try:
        write_secret(fresh, f"{key.reveal()}\n", seal_here(home.secrets))
        connection.use_key(key)
        fresh.replace(path)
    except ConnectorError as error:
        with suppress(OSError):  # it is not the key that is used, whether it can be removed or not
            fresh.unlink()
        raise KeyRefused(f"the venue does not let the new key in: {error}") from error
    except (OSError, CannotOpen) as error:
        why = error.strerror if isinstance(error, OSError) else error
        raise KeyRefused(f"the new key cannot be kept in {path.parent}: {why}") from error
