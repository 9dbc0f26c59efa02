"""`python -m service.packaging`: build the program folder, and on Windows its installer."""

import argparse
import sys
from pathlib import Path

from service.packaging.installer import build_installer
from service.packaging.program_folder import CannotBuild, build_program, is_for_windows, tried


def main(arguments: list[str]) -> int:
    """Build what was asked for and print where it is. Return an exit code."""
    reader = argparse.ArgumentParser(prog="python -m service.packaging", description=__doc__)
    reader.add_argument("--out", type=Path, default=Path("dist"), help="where to build (default: dist)")
    reader.add_argument(
        "--only", choices=["program", "installer"], help="installer: of a folder built before"
    )
    given = reader.parse_args(arguments)
    try:
        folder = given.out / "risk" if given.only == "installer" else build_program(given.out)
        if given.only != "installer":
            sys.stdout.write(f"{folder}: {tried(folder)}\n")
        if given.only == "installer" or (given.only is None and is_for_windows(folder)):
            sys.stdout.write(f"{build_installer(folder, given.out)}\n")
    except CannotBuild as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
