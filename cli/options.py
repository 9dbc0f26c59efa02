"""Options that several commands share, each with one meaning."""

from pathlib import Path
from typing import Annotated

import typer

HomeOption = Annotated[
    Path | None,
    typer.Option(
        "--home", help="The home folder; else RISK_HOME, else the user's data folder.", show_default=False
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]
AccountOption = Annotated[
    str | None, typer.Option("--account", help="Only this account.", show_default=False)
]
