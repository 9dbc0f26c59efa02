"""The command `risk`: one line instead of a traceback, and short ways to the status and to checking rules."""

import sys
from typing import NoReturn

from cli.exit_codes import ExitCode
from cli.failure import Failure
from cli.plain import plain
from cli.short_validate import validate_request
from cli.short_way import status_request
from cli.terminal import choose_color, forgive_odd_characters, say


def main() -> NoReturn:
    """Run `risk` with the process's arguments; always ends the process."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Run one command line. Returns the exit code."""
    forgive_odd_characters()
    try:
        return _run(arguments)
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else ExitCode.DONE
    except KeyboardInterrupt:
        return ExitCode.INTERRUPTED
    except BrokenPipeError:  # whoever read our output has seen enough
        sys.stdout = None  # nothing is left to flush at exit
        return ExitCode.DONE
    except Failure as failure:
        for line in failure.lines():
            say(line)
        return _ended("--debug" in arguments, failure.code)
    except Exception as error:  # the outermost loop: whatever it is, a user gets one line
        say(f"risk: this is a mistake in risk itself: {type(error).__name__}: {plain(error)}")
        say("  -> please report it, with what the same command prints with --debug")
        return _ended("--debug" in arguments, ExitCode.USAGE)


def _run(arguments: list[str]) -> int:
    request = status_request(arguments)
    if request is not None:
        from cli.show_status import show_status

        choose_color(request.color)
        return show_status(request)
    check = validate_request(arguments)
    if check is not None:
        from cli.show_problems import show_problems

        choose_color(check.color)
        return show_problems(check)
    from cli.command_line import app

    app(shared_first(arguments), prog_name="risk")
    return ExitCode.DONE


def _ended(is_debug: bool, code: ExitCode) -> int:
    if is_debug:
        import traceback

        traceback.print_exc()
    return int(code)


def shared_first(arguments: list[str]) -> list[str]:
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
