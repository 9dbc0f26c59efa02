"""Asking the running daemon something at one of its doors, and following what it publishes."""

import json
import sys
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

from service.doors.limits import ASK
from service.doors.transport import Gone, Line, TooBig, TooSlow
from service.home import Home

PATIENCE = 45.0
"""Seconds for an answer: longer than the guard itself waits for anything."""

LONGEST_ANSWER = 16 * 1024 * 1024

MISSING_GUARD = "start it with `risk run`, or look at its service"


class GuardNotRunning(Exception):
    """Nobody answers at the door. The text is one sentence, `help` what to do."""

    def __init__(self, text: str, help: str = MISSING_GUARD) -> None:  # noqa: A002
        super().__init__(text)
        self.text = text
        self.help = help


class AskRefused(Exception):
    """The guard will not do it. `code` is a word of `service.doors.refused.Code`."""

    def __init__(self, code: str, text: str, help: str) -> None:  # noqa: A002
        super().__init__(text)
        self.code = code
        self.text = text
        self.help = help


def ask(home: Path, door: str, verb: str, **fields: Any) -> dict[str, Any]:
    """Ask once and return the answer's fields. Raises GuardNotRunning and AskRefused."""
    with closing(_line(Home(home), door)) as line:
        return _asked(line, verb, fields)


def follow(home: Path) -> Iterator[dict[str, Any]]:
    """Yield each status as it is published, the newest at once. Raises GuardNotRunning and AskRefused."""
    with closing(_line(Home(home), "view")) as line:
        answer = _asked(line, "watch", {})
        while True:
            yield answer["document"]
            answer = _answer(line)


def _asked(line: Line, verb: str, fields: dict[str, Any]) -> dict[str, Any]:
    message = json.dumps({"schema": ASK, "verb": verb, **fields}, ensure_ascii=True).encode("ascii")
    with suppress(Gone, TooSlow):  # turned away before it was heard: the answer says why, if there is one
        line.send(message + b"\n", PATIENCE)
    return _answer(line)


def _answer(line: Line) -> dict[str, Any]:
    try:
        answer = json.loads(line.receive(LONGEST_ANSWER, PATIENCE))
        is_done = answer["ok"]
    except (Gone, TooSlow) as error:
        raise GuardNotRunning("the guard was there and gave no answer; it may have stopped") from error
    except (TooBig, ValueError, KeyError, TypeError) as error:
        raise AskRefused("failed", "the answer of the guard cannot be understood", "update risk") from error
    if not is_done:
        raise AskRefused(str(answer.get("code")), str(answer.get("text")), str(answer.get("help", "")))
    return {key: value for key, value in answer.items() if key not in ("schema", "ok")}


if sys.platform == "win32":

    def _line(home: Home, door: str) -> Line:
        """Return the connection to a door. Raises GuardNotRunning and AskRefused."""
        from service.doors.named_pipes import connect  # noqa: PLC0415  only who asks needs it

        try:
            return connect(home.root, door, PATIENCE)
        except FileNotFoundError as error:
            raise GuardNotRunning(f"no guard is running for {home.root}") from error
        except PermissionError as error:
            raise AskRefused("policy", f"you may not use the {door} door", "do it elevated") from error
        except Gone as error:
            raise AskRefused("policy", str(error), "tell the admin; nothing was sent") from error
        except OSError as error:
            raise GuardNotRunning(f"the {door} door cannot be reached: {error.strerror}") from error

else:

    def _line(home: Home, door: str) -> Line:
        """Return the connection to a door. Raises GuardNotRunning and AskRefused, also for a stranger behind it."""
        from service.doors.unix_client import Stranger, connect  # noqa: PLC0415  only who asks needs it

        try:
            return connect(home, door)
        except FileNotFoundError as error:
            raise GuardNotRunning(f"no guard is running for {home.root}") from error
        except ConnectionRefusedError as error:
            raise GuardNotRunning(f"no guard is running for {home.root}; the last one was killed") from error
        except PermissionError as error:
            text, advice = (
                f"you may not use the {door} door of {home.root}",
                "do it as root, or as the guard's user",
            )
            raise AskRefused("policy", text, advice) from error
        except Stranger as error:
            raise AskRefused("policy", str(error), "tell the admin; nothing was sent") from error
        except OSError as error:
            text = f"the {door} door of {home.root} cannot be reached: {error.strerror}"
            raise GuardNotRunning(text) from error
