"""Secret files: written whole or not at all, under the seal where there is one; plain ones are read as well."""

import base64
import binascii
import os
from collections.abc import Iterator
from pathlib import Path

from service.secrecy.seal import CannotOpen, Seal

MARK = "risk-sealed/1 "
"""How a sealed file begins; base64 follows, so that an editor shows what it is and destroys nothing."""

KINDS = frozenset({".key", ".notify", ".url"})
"""The endings of the secret files of a home."""


def read_secret(path: Path, seal: Seal | None) -> str:
    """Return the text of a secret file. Raises OSError, UnicodeDecodeError and CannotOpen."""
    text = path.read_text(encoding="utf-8")
    if not text.startswith(MARK):
        return text
    if seal is None:
        raise CannotOpen("it is sealed, and this system has no seal")
    try:
        closed = base64.b64decode(text.removeprefix(MARK), validate=False)
    except binascii.Error as error:
        raise CannotOpen("it is damaged") from error
    return seal.open(closed).decode("utf-8")


def write_secret(path: Path, text: str, seal: Seal | None) -> None:
    """Write a secret, for its owner alone from its first byte on. Raises OSError and CannotOpen: the old one stays."""
    content = text.encode() if seal is None else _sealed(text, seal)
    fresh = path.with_name(f"{path.name}.part")
    fresh.unlink(missing_ok=True)
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)


def seal_plain(folder: Path, seal: Seal | None) -> Iterator[str]:
    """Put plain secret files under the seal, as a new home or an older version left them; yield what failed."""
    if seal is None or not folder.is_dir():
        return
    for path in sorted(folder.iterdir()):
        if path.suffix not in KINDS:
            continue
        try:
            text = path.read_text(encoding="utf-8")
            if not text.startswith(MARK):
                write_secret(path, text, seal)
        except (OSError, UnicodeDecodeError, CannotOpen) as error:
            yield f"{path} stays unsealed: {error}"


def _sealed(text: str, seal: Seal) -> bytes:
    """Return the content of a sealed file. It is opened again first: a secret that cannot be read back is lost."""
    closed = seal.close(text.encode())
    if seal.open(closed) != text.encode():
        raise CannotOpen("the seal does not give back what was put under it")
    return f"{MARK}{base64.b64encode(closed).decode()}\n".encode()
