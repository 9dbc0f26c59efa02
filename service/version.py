"""Which version of risk this is."""

from functools import cache
from importlib import metadata


@cache
def version() -> str:
    """Return the version of the installed distribution; a bare source tree says so."""
    try:
        return metadata.version("risk-manager")
    except metadata.PackageNotFoundError:
        return "source"
