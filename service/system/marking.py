"""The mark in a home whose guard a service manager was told to run: from then on somebody looks whether it still is."""

from pathlib import Path

from service.home import Home


def mark(home: Path) -> None:
    """Note that the service is installed. Raises OSError."""
    place = Home(home)
    place.data.mkdir(mode=0o700, exist_ok=True)
    place.service.touch(mode=0o600)


def unmark(home: Path) -> None:
    """Note that an admin removed the service. Raises OSError."""
    Home(home).service.unlink(missing_ok=True)


def is_marked(home: Path) -> bool:
    """Say whether the service was installed, as far as we may look."""
    try:
        return Home(home).service.exists()
    except PermissionError:
        return False
