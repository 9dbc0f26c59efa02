"""A new API key for a login: tried at the venue first, kept in its file only when it works, the old one until then."""

import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from connectors.failures import ConnectorError
from connectors.secret import Secret
from service.api_keys import key_file
from service.connecting import Connection
from service.home import Home
from service.logs import hide


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
        _write(fresh, key)
        connection.use_key(key)
        fresh.replace(path)
    except ConnectorError as error:
        with suppress(OSError):  # it is not the key that is used, whether it can be removed or not
            fresh.unlink()
        raise KeyRefused(f"the venue does not let the new key in: {error}") from error
    except OSError as error:
        raise KeyRefused(f"the new key cannot be kept in {path.parent}: {error.strerror}") from error


def _write(path: Path, key: Secret) -> None:
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(f"{key.reveal()}\n")
        file.flush()
        os.fsync(file.fileno())
