"""What one explanation is."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Explained:
    """A code's meaning: a title, and why it matters, with an example where that helps."""

    title: str
    text: str
