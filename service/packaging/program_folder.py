"""The folder with the program: PyInstaller reads `risk.spec`, and the programs in it are asked once for their version."""

import shutil
import subprocess
import sys
from pathlib import Path

SPEC = Path(__file__).with_name("risk.spec")
SECONDS = 120.0
"""So long the fresh program may take for its first start; a virus scanner looks at every file then."""


class CannotBuild(Exception):
    """Something that building needs is missing, or what was built does not run. The text says what to do."""


def build_program(out: Path) -> Path:
    """Return the folder `risk` below `out`, made anew. Raises CannotBuild."""
    try:
        from PyInstaller.__main__ import run  # noqa: PLC0415  only who builds has it
    except ImportError as error:
        raise CannotBuild("PyInstaller is missing: pip install 'risk-manager[package]'") from error
    folder = out / "risk"
    shutil.rmtree(folder, ignore_errors=True)
    work = out / "work"
    run(["--noconfirm", "--log-level", "WARN", "--distpath", str(out), "--workpath", str(work), str(SPEC)])
    shutil.rmtree(work, ignore_errors=True)
    tried(folder)
    return folder


def program_of(folder: Path) -> Path:
    """Return the command line program of a built folder. Raises CannotBuild."""
    for name in ("risk.exe", "risk"):
        if (folder / name).is_file():
            return folder / name
    raise CannotBuild(f"there is no program in {folder}: build it first")


def tried(folder: Path) -> str:
    """Return what the program says of its version. Raises CannotBuild."""
    program = program_of(folder)
    try:
        ended = subprocess.run(  # noqa: S603 - the program that was just built
            [program, "--version"], stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=SECONDS, check=False
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired) as error:
        raise CannotBuild(f"{program} does not run: {error}") from error
    if ended.returncode or not ended.stdout.startswith("risk "):
        raise CannotBuild(f"{program} does not run: {(ended.stderr or ended.stdout).strip()[-2000:]}")
    return ended.stdout.strip()


def is_for_windows(folder: Path) -> bool:
    """Say whether a built folder is one for Windows; only that has an installer."""
    return sys.platform == "win32" or (folder / "risk.exe").is_file()
