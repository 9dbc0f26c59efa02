"""The user of the service: it owns the home, and nobody logs in as it."""

import sys
from dataclasses import dataclass

from service.system.commands import ask_system


@dataclass(frozen=True, slots=True)
class ServiceUser:
    """Numbers as the system keeps them."""

    user: int
    group: int


def find_user(name: str) -> ServiceUser | None:
    """Return the user, None if there is none."""
    if sys.platform == "win32":
        return None
    import pwd  # noqa: PLC0415  not on Windows

    try:
        found = pwd.getpwnam(name)
    except KeyError:
        return None
    return ServiceUser(found.pw_uid, found.pw_gid)


def make_user(name: str) -> ServiceUser:
    """Return the user, made if need be: without a home, without a shell, without a password. Raises SystemRefused."""
    if (found := find_user(name)) is None:
        ask_system("useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", name)
        found = find_user(name)
        assert found is not None, "useradd said that it made it"
    return found
