"""The command line as typer sees it: shared options and the tables of commands."""

from typing import Annotated

import typer

from cli.commands import ADMIN, COMMANDS
from cli.terminal import Color, choose_color, out

PURPOSE = """Keep a futures trader from blowing the account: rules as data, enforcement proven at the venue.

Begin with `risk demo`: it needs no account, no password and changes nothing.
--color and --debug may stand anywhere on the line. `risk help exit-codes` explains how commands end."""

HELP_OPTIONS = {"help_option_names": ["-h", "--help"], "max_content_width": 100}

app = typer.Typer(
    name="risk",
    help=PURPOSE,
    context_settings=HELP_OPTIONS,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    pretty_exceptions_show_locals=False,
)
for name, entry in COMMANDS.items():
    app.command(name, help=entry.help, short_help=entry.short)(entry.function)

admin = typer.Typer(help="What only the holder of the admin password does.", no_args_is_help=True)
for name, entry in ADMIN.items():
    admin.command(name, help=entry.help, short_help=entry.short)(entry.function)
app.add_typer(admin, name="admin")


def _show_version(is_wanted: bool) -> None:
    if is_wanted:
        from service.version import version as installed

        out(f"risk {installed()}")
        raise typer.Exit


@app.callback()
def shared(
    color: Annotated[Color, typer.Option(help="When to color the output.")] = Color.AUTO,
    debug: Annotated[bool, typer.Option("--debug", help="Show the traceback of an error.")] = False,
    version: Annotated[
        bool,
        typer.Option("--version", "-V", is_eager=True, callback=_show_version, help="Print the version."),
    ] = False,
) -> None:
    """Keep what holds for every command."""
    choose_color(color)
