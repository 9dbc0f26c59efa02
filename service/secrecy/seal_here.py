"""The seal that this system offers."""

import sys
from pathlib import Path

from service.secrecy.seal import Seal


def seal_here(secrets: Path) -> Seal | None:
    """Return the seal for a home's folder of secrets; None where the system has none and the file's mode protects."""
    if sys.platform == "win32":
        from service.secrecy.machine_seal import MachineSeal  # noqa: PLC0415  each system has its own

        return MachineSeal(secrets / "entropy")
    return None
