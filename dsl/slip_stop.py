"""Where the reading of an expression stopped, and the words around that place."""

import re
from dataclasses import dataclass

_WORD = re.compile(r"[A-Za-z_][\w.]*|\"[^\"\n]*\"|\$?[0-9](?:[\w.:%]|,(?=[0-9]))*|[<>=!]=|\S")


@dataclass(frozen=True, slots=True)
class Stop:
    """Where reading stopped. `token` is the parser's name of what stood there, empty for a sign it does not know."""

    text: str
    at: int
    token: str
    what: str

    @property
    def is_end(self) -> bool:
        return self.at >= len(self.text.rstrip())

    def word(self) -> re.Match[str] | None:
        """Return the word that holds the place."""
        return next((found for found in _WORD.finditer(self.text) if found.end() > self.at), None)

    def words_before(self) -> list[re.Match[str]]:
        """Return the words that end before the place."""
        return [found for found in _WORD.finditer(self.text) if found.end() <= self.at]
