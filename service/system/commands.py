"""Asking the system's own service manager. Its output is for people; only exit codes decide."""

import subprocess


class SystemRefused(Exception):
    """The system did not do it. The text says what was asked and what it answered, `said` the answer alone."""

    def __init__(self, text: str, said: str = "") -> None:
        super().__init__(text)
        self.said = said


def ask_system(*command: str, seconds: float = 60.0) -> str:
    """Return what the command printed. Raises SystemRefused."""
    try:
        ended = subprocess.run(  # noqa: S603 - fixed names, no shell
            command, capture_output=True, text=True, timeout=seconds, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise SystemRefused(f"`{' '.join(command)}`: {error}") from error
    if ended.returncode:
        said = (ended.stderr or ended.stdout).strip().splitlines()
        text = f"`{' '.join(command)}`: {said[-1] if said else f'exit {ended.returncode}'}"
        raise SystemRefused(text, ended.stdout.strip())
    return ended.stdout.strip()
