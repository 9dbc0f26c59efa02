"""What the number means with which `risk` ends. Stable: a script may rely on it; an unknown number is a failure."""

from enum import IntEnum


class ExitCode(IntEnum):
    """One number, one meaning (`risk help exit-codes`)."""

    DONE = 0
    FINDINGS = 1
    USAGE = 2
    CONFIGURATION = 3
    AUTHENTICATION = 4
    NOT_RUNNING = 5
    UNREACHABLE = 6
    DAMAGED = 7
    OCCUPIED = 8
    REFUSED = 9
    INTERRUPTED = 130
    TERMINATED = 143


MEANINGS: dict[ExitCode, str] = {
    ExitCode.DONE: "done, nothing to report",
    ExitCode.FINDINGS: "done, with findings: invalid rules, failed rule tests, a lock with `status --check`",
    ExitCode.USAGE: "used wrongly: an unknown command or option, a path that does not exist",
    ExitCode.CONFIGURATION: "a setting or a file cannot be read, or is unsafe",
    ExitCode.AUTHENTICATION: "the venue refused the login",
    ExitCode.NOT_RUNNING: "the guard is not running or does not answer",
    ExitCode.UNREACHABLE: "the gateway cannot be reached, or limits the rate",
    ExitCode.DAMAGED: "stored state is damaged",
    ExitCode.OCCUPIED: "another guard already runs with this home",
    ExitCode.REFUSED: "refused by policy: locked, or a wrong password",
    ExitCode.INTERRUPTED: "interrupted with Ctrl-C",
    ExitCode.TERMINATED: "terminated by the system",
}


def in_words(*codes: ExitCode) -> str:
    """Return the line about exit codes that stands under a command's help."""
    return "Exit codes: " + "; ".join(f"{code.value} {MEANINGS[code]}" for code in codes) + "."
