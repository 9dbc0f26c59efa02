"""Writes a text file so that whoever reads it sees the old text or the new one, never half of it."""

import os
import shutil
import tempfile
from pathlib import Path


def write_whole(path: Path, text: str) -> None:
    """Replace the text of a file, UTF-8 with plain line ends. A link stays a link. Raises OSError; then nothing changed."""
    target = path.resolve()
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".tmp", dir=target.parent)
    written = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            shutil.copymode(target, written)
        else:
            written.chmod(0o644)
        written.replace(target)
    except BaseException:
        written.unlink(missing_ok=True)
        raise
