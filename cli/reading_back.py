"""A rule file read back, or its problems on stderr."""

from pathlib import Path
from typing import TYPE_CHECKING

from cli.exit_codes import ExitCode
from cli.failure import Failure
from cli.given_paths import require_paths
from cli.terminal import console

if TYPE_CHECKING:
    from dsl.read_back import ReadBack


def read_back_or_fail(path: Path) -> "ReadBack":
    """Return the rule of a file in English and as Python. Raises Failure when it has errors; they are printed."""
    require_paths([path])
    if path.is_dir():
        raise Failure(
            f"`{path}` is a folder", f"name the file of one rule, such as {path}/NAME.yaml", ExitCode.USAGE
        )
    from dsl.read_back import read_back

    read = read_back(path)
    if not read.source:
        from cli.views.problems import colored
        from dsl.render import render_text

        console(stderr=True).print(colored(render_text(read.problems)), soft_wrap=True)
        raise Failure(f"{path} cannot be compiled", f"risk validate {path}", ExitCode.FINDINGS)
    return read
