"""What a command is: the function that runs, and its help with purpose, two examples and exit codes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from cli.exit_codes import MEANINGS, ExitCode

KEEP = "\b\n"
"""Tells the command line library not to wrap the paragraph that follows."""


@dataclass(frozen=True, slots=True)
class Command:
    """One command. `short` stands in the list of commands, `purpose` above the examples; DONE need not be named."""

    function: Callable[..., None]
    short: str
    purpose: str
    examples: Sequence[str]
    codes: Sequence[ExitCode]

    @property
    def help(self) -> str:
        """The text for `-h`."""
        shown = "\n".join(f"  {example}" for example in self.examples)
        meanings = "\n".join(f"  {code.value:<3} {MEANINGS[code]}" for code in (ExitCode.DONE, *self.codes))
        return f"{self.purpose}\n\n{KEEP}Examples:\n{shown}\n\n{KEEP}Exit codes:\n{meanings}"
