"""Who else may read secrets or write what the guard obeys. Told plainly, never a reason not to guard.

On Windows the access lists of the folders protect; they are checked by the service's own tests, not by mode bits.
"""

import stat
import sys
from collections.abc import Iterator
from pathlib import Path

from service.home import Home


def wide_permissions(path: Path) -> str | None:
    """Return what is wrong with who may read or write a secret file, with the fix; None when it is closed."""
    mode = _mode(path)
    if mode & 0o077 == 0:
        return None
    return f"{path} can be read by others (mode {mode:04o}): run `chmod 600 {path}`"


def open_secrets(home: Home) -> Iterator[tuple[Path, str]]:
    """Yield each file with a secret that others may read, with what is wrong.

    Keys of logins are looked at one by one elsewhere, and the store is closed by whoever opens it.
    """
    kept = (home.password, home.recovery, home.grant_secret)
    told = sorted((*home.secrets.glob("*.notify"), *home.secrets.glob("*.url")))
    for path in (*kept, *told):
        problem = wide_permissions(path)
        if problem is not None:
            yield path, problem


def open_to_all(home: Home) -> Iterator[str]:
    """Yield what anyone on this machine may change of the home: then anyone may change the rules."""
    places = (home.root, home.settings, home.accounts, home.rulesets, home.data, home.secrets)
    files = sorted((*home.accounts.glob("*.yaml"), *home.rulesets.rglob("*.yaml")))
    for path in (*places, home.holidays, home.news, *files):
        mode = _mode(path)
        if mode & 0o002:
            yield f"anyone on this machine may change {path} (mode {mode:04o}): run `chmod o-w {path}`"


def _mode(path: Path) -> int:
    """Return the permission bits of a path, none where there is nothing or they mean nothing."""
    if sys.platform == "win32" or not path.exists():
        return 0
    return stat.S_IMODE(path.stat().st_mode)
