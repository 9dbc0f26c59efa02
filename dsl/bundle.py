"""The digest that names a set of rules: of the files as they are, and of what an account changed."""

import hashlib
from collections.abc import Iterable, Mapping


def file_digest(text: str) -> str:
    """Return the SHA-256 of one file."""
    return hashlib.sha256(text.encode()).hexdigest()


def bundle_digest(files: Iterable[tuple[str, str]], overrides: Mapping[str, str]) -> str:
    """Return one digest over sorted names and digests of files (`name`, `text`), and an account's own values."""
    lines = [f"{file_digest(text)}  {name}" for name, text in sorted(files)]
    lines += [f"set {name} {value}" for name, value in sorted(overrides.items())]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
