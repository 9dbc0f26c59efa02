"""One row that is not what it was when it was written."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Damage:
    """`table` and `row` name it, `text` says what is wrong with it in one sentence."""

    table: str
    row: str
    text: str
