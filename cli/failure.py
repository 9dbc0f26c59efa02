"""How a command says that it could not do what was asked: one line, what to do, an exit code."""

from cli.exit_codes import ExitCode


class Failure(Exception):
    """A command cannot go on. `text` says what is wrong, `advice` what to type or change next."""

    def __init__(self, text: str, advice: str = "", code: ExitCode = ExitCode.FINDINGS) -> None:
        super().__init__(text)
        self.text = text
        self.advice = advice
        self.code = code

    def lines(self) -> list[str]:
        """Return what a person reads, without colour."""
        return [f"risk: {self.text}"] + ([f"  -> {self.advice}"] if self.advice else [])
