"""Which files of the rule language a path on the command line stands for."""

from pathlib import Path

from cli.exit_codes import ExitCode
from cli.failure import Failure

RULESET = "ruleset.yaml"
LISTS = "lists.yaml"
CLAIMS = "claims.yaml"


def files_of(path: Path) -> list[Path]:
    """Return a file itself, or the files of a ruleset or of the rulesets in a folder; tests are not among them."""
    if path.is_file():
        return [path]
    folders = (
        [path] if (path / RULESET).exists() else sorted(each.parent for each in path.glob(f"*/{RULESET}"))
    )
    return [
        file for folder in folders or [path] for file in sorted(folder.glob("*.yaml")) if file.name != CLAIMS
    ]


def rules_of(path: Path) -> list[Path]:
    """Return the rules among them."""
    return [file for file in files_of(path) if file.name not in (RULESET, LISTS)]


def ruleset_folder(given: Path | None) -> Path:
    """Return the ruleset to work on: the one that was named, else the folder one stands in, else the only one in sight.

    Raises Failure when there is none, or more than one.
    """
    if given is not None:
        if not given.is_dir():
            raise Failure(
                f"there is no ruleset folder `{given}`", "name a folder with `ruleset.yaml`", ExitCode.USAGE
            )
        return given
    here = Path()
    if (here / RULESET).is_file():
        return here
    found = sorted(
        each.parent for pattern in (f"*/{RULESET}", f"rulesets/*/{RULESET}") for each in here.glob(pattern)
    )
    if len(found) == 1:
        return found[0]
    names = ", ".join(each.as_posix() for each in found)
    what = f"there are several rulesets here: {names}" if found else "there is no ruleset here"
    raise Failure(what, "say which with `--ruleset DIR`", ExitCode.USAGE)
