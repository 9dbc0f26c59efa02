"""Where API keys come from: the environment or a file of their own. Never a setting, never an argument."""

import os
from pathlib import Path

from connectors.secret import Secret
from service.home import Home
from service.secrecy.seal import CannotOpen, Seal
from service.secrecy.seal_here import seal_here
from service.secrecy.secret_files import read_secret


class KeyMissing(Exception):
    """No key for a login, or one that cannot be read. The text says where it is looked for."""


def variable(login: str) -> str:
    """Return the name of the environment variable that holds a login's key."""
    return f"RISK_API_KEY_{login.upper().replace('-', '_')}"


def api_key(home: Home, login: str, seal: Seal | None = None) -> Secret:
    """Return the key of a login: from the environment, else from `secrets/<login>.key`. Raises KeyMissing.

    `seal` None: that of this system.
    """
    from_environment = os.environ.get(variable(login), "").strip()
    if from_environment:
        return Secret(from_environment)
    path = key_file(home, login)
    try:
        text = read_secret(path, seal or seal_here(home.secrets)).strip()
    except FileNotFoundError:
        raise KeyMissing(
            f"login `{login}` has no API key: put it into {path} (readable by you alone) or into {variable(login)}"
        ) from None
    except CannotOpen as error:
        fix = f"set it again with `risk admin credentials set {login}`, or put it into the file"
        raise KeyMissing(f"the API key of login `{login}` in {path} does not open: {error}. {fix}") from None
    except (OSError, UnicodeDecodeError):
        raise KeyMissing(f"the API key of login `{login}` cannot be read from {path}") from None
    if not text:
        raise KeyMissing(f"{path} is empty: put the API key of login `{login}` into it")
    return Secret(text)


def key_file(home: Home, login: str) -> Path:
    """Return the file that may hold a login's key."""
    return home.secrets / f"{login}.key"
