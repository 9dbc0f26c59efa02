"""`risk serve`: the live status on a page of this computer."""

import os
from pathlib import Path
from typing import Annotated

import typer

from cli.command import Command
from cli.exit_codes import ExitCode
from cli.failure import Failure
from cli.options import HomeOption
from cli.terminal import out, say
from service.home import find_home

PORT = 8788


def serve(
    home: HomeOption = None,
    port: Annotated[int, typer.Option(help="Where to listen on 127.0.0.1.", min=1024, max=65535)] = PORT,
    token_file: Annotated[
        Path | None,
        typer.Option(
            help="Keep the token in this file, so that the address stays the same.", show_default=False
        ),
    ] = None,
    show: Annotated[bool, typer.Option("--open", help="Open it in the browser.")] = False,
) -> None:
    """Serve until Ctrl-C."""
    from cli.serve.gate import Gate
    from cli.serve.server import Server

    root = find_home(home).root
    if not root.is_dir():
        raise Failure(
            f"there is no folder {root}", "choose the home with --home or RISK_HOME", ExitCode.CONFIGURATION
        )
    gate = Gate(port, _token(token_file))
    address = f"http://127.0.0.1:{port}/?token={gate.token}"

    def ready() -> None:
        out(address)
        say("the page shows and changes nothing; the address carries its token; Ctrl-C ends it")
        if show:
            import webbrowser

            webbrowser.open(address)

    try:
        Server(root, gate).serve(ready)
    except OSError as error:
        raise Failure(
            f"cannot listen on 127.0.0.1:{port}: {error.strerror or error}",
            "choose another one with --port",
            ExitCode.CONFIGURATION,
        ) from error


def _token(path: Path | None) -> str:
    """Return a new token, or the one that is kept; a file that others may read is refused."""
    from cli.serve.gate import new_token

    if path is None:
        return new_token()
    try:
        if path.exists():
            if os.name == "posix" and path.stat().st_mode & 0o077:
                raise Failure(f"others may read {path}", f"chmod 600 {path}", ExitCode.CONFIGURATION)
            kept = path.read_text(encoding="utf-8").strip()
            if len(kept) >= 32 and kept.isascii():
                return kept
            raise Failure(f"{path} holds no token", "delete it, then it is made anew", ExitCode.CONFIGURATION)
        token = new_token()
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(f"{token}\n")
    except OSError as error:
        raise Failure(f"cannot use {path}: {error.strerror}", code=ExitCode.CONFIGURATION) from error
    return token


COMMAND = Command(
    serve,
    "Show the live status on a page of this computer.",
    (
        "Serve the live status as a page for a second screen. It listens on this computer alone, shows and changes "
        "nothing, and wants the token that stands in the address it prints. Nothing is served unless you start this."
    ),
    ["risk serve --open", "risk serve --port 9000 --token-file ~/.risk-page-token"],
    [ExitCode.USAGE, ExitCode.CONFIGURATION, ExitCode.INTERRUPTED],
)
