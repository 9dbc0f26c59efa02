"""What a door answers when it does not do what was asked: a code for programs, a sentence, and what to do."""

from enum import StrEnum
from typing import Any

from service.doors.limits import ANSWER


class Code(StrEnum):
    """Stable words; new ones may come, and an unknown one is a refusal."""

    REFUSED = "refused"  # it cannot be done now, or not in this way
    POLICY = "policy"  # the rules of the house forbid it
    WRONG_PASSWORD = "wrong_password"  # noqa: S105  a word, no secret
    WAIT = "wait"  # too soon after a wrong password or code
    UNKNOWN_VERB = "unknown_verb"
    BAD_REQUEST = "bad_request"
    NOT_FOUND = "not_found"
    BUSY = "busy"  # ask again in a moment; nothing was done
    FAILED = "failed"  # a mistake of the guard: look before asking again


class Refused(Exception):
    """The request is not done and nothing has changed. `help` is what to do next."""

    def __init__(self, code: Code, text: str, help: str = "") -> None:  # noqa: A002  the answer's own word
        super().__init__(text)
        self.code = code
        self.text = text
        self.help = help

    def document(self) -> dict[str, Any]:
        """Return the answer that says so."""
        return {"schema": ANSWER, "ok": False, "code": self.code.value, "text": self.text, "help": self.help}


def bad_request(text: str, help: str = "") -> Refused:  # noqa: A002
    """Return the refusal of a message that cannot be understood."""
    return Refused(Code.BAD_REQUEST, text, help or "send one JSON object on one line; see service/README.md")
