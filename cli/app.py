"""The command `risk`: shared options, the table of commands, and one line instead of a traceback."""

import sys
import traceback
from typing import Annotated, NoReturn

import typer

from cli.commands import ADMIN, COMMANDS
from cli.exit_codes import ExitCode
from cli.failure import Failure
from cli.plain import plain
from cli.terminal import Color, choose_color, forgive_odd_characters, out, say

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


def main() -> NoReturn:
    """Run `risk` with the process's arguments; always ends the process."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Run one command line. Returns the exit code."""
    forgive_odd_characters()
    try:
        app(_shared_first(arguments), prog_name="risk")
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else ExitCode.DONE
    except Failure as failure:
        for line in failure.lines():
            say(line)
        return _ended("--debug" in arguments, failure.code)
    except Exception as error:  # the outermost loop: whatever it is, a user gets one line
        say(f"risk: this is a mistake in risk itself: {type(error).__name__}: {plain(error)}")
        say("  -> please report it, with what the same command prints with --debug")
        return _ended("--debug" in arguments, ExitCode.USAGE)
    return ExitCode.DONE


def _ended(is_debug: bool, code: ExitCode) -> int:
    if is_debug:
        traceback.print_exc()
    return int(code)


def _shared_first(arguments: list[str]) -> list[str]:
    """Return the arguments with `--color X` and `--debug` in front, wherever they stood before a `--`."""
    end = arguments.index("--") if "--" in arguments else len(arguments)
    front: list[str] = []
    rest: list[str] = []
    words = iter(arguments[:end])
    for word in words:
        if word == "--color":
            front += [word, *([value] if (value := next(words, None)) is not None else [])]
        elif word == "--debug" or word.startswith("--color="):
            front.append(word)
        else:
            rest.append(word)
    return [*front, *rest, *arguments[end:]]
