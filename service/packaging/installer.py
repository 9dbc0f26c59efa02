"""The installer for Windows: NSIS reads `risk.nsi` and packs the program folder into one file."""

import os
import shutil
import subprocess
from pathlib import Path

from service.packaging.program_folder import CannotBuild
from service.version import version

SCRIPT = Path(__file__).with_name("risk.nsi")
SECONDS = 600.0


def build_installer(folder: Path, out: Path) -> Path:
    """Return the installer of a program folder, made in `out`. Raises CannotBuild."""
    maker = _maker()
    made = out / f"risk-{version()}-setup.exe"
    defined = {"VERSION": version(), "PROGRAM": str(folder.resolve()), "MADE": str(made.resolve())}
    if _packs_64_bit(maker):
        defined["TARGET"] = "amd64-unicode"
    sign = "/" if os.name == "nt" else "-"
    command = [
        maker,
        f"{sign}V2",
        *(f"{sign}D{name}={value}" for name, value in defined.items()),
        str(SCRIPT),
    ]
    try:
        ended = subprocess.run(  # noqa: S603 - NSIS, with paths of ours
            command, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise CannotBuild(f"{maker}: {error}") from error
    if ended.returncode:
        raise CannotBuild(f"makensis refused: {(ended.stdout + ended.stderr).strip()[-2000:]}")
    return made


def _maker() -> str:
    """Return the path of makensis. Raises CannotBuild."""
    folders = [
        Path(os.environ[name]) / "NSIS"
        for name in ("PROGRAMFILES(X86)", "PROGRAMFILES")
        if name in os.environ
    ]
    found = shutil.which("makensis") or next(
        (str(path) for folder in folders if (path := folder / "makensis.exe").is_file()), None
    )
    if found is None:
        raise CannotBuild(
            "makensis is missing: install NSIS 3 (Windows: winget install NSIS.NSIS; Debian: apt-get install nsis), "
            "or build with --only program"
        )
    return found


def _packs_64_bit(maker: str) -> bool:
    """Say whether this NSIS can make a 64-bit installer; a 32-bit one installs the same."""
    folders = (Path(maker).parent, Path(maker).parent.parent, Path("/usr/share/nsis"))
    return any((folder / "Stubs" / "zlib-amd64-unicode").exists() for folder in folders)
