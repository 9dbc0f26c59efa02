"""The rulesets that were armed, kept whole in the store: the last good one serves when the files on disk are broken."""

import hashlib
import json
import sqlite3
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from engine.units import Instant
from service.store.rows import Write

KEEP = "INSERT OR REPLACE INTO rulesets (digest, kept_at, body) VALUES (?, ?, ?)"


@dataclass(frozen=True, slots=True)
class KeptRules:
    """A ruleset as text: its files by relative path, the account's overrides, mode and leave to act when live."""

    digest: str
    name: str
    files: Mapping[str, str]
    overrides: Mapping[str, str]
    mode: str
    may_act_live: bool = False


def keep(rules: KeptRules, at: Instant) -> Write:
    """Return the row of a ruleset."""
    body = {
        "name": rules.name,
        "files": dict(rules.files),
        "overrides": dict(rules.overrides),
        "mode": rules.mode,
        "may_act_live": rules.may_act_live,
    }
    return KEEP, (rules.digest, at, json.dumps(body, separators=(",", ":"), ensure_ascii=False))


def find(connection: sqlite3.Connection, digest: str) -> KeptRules | None:
    """Return the ruleset of a digest, None if it was never armed here."""
    row = connection.execute("SELECT body FROM rulesets WHERE digest = ?", (digest,)).fetchone()
    if row is None:
        return None
    body = json.loads(row[0])
    return KeptRules(
        digest, body["name"], body["files"], body["overrides"], body["mode"], body.get("may_act_live", False)
    )


def files_of(folder: Path) -> dict[str, str]:
    """Return the text files of a ruleset folder, its tests left out. Raises OSError, UnicodeDecodeError."""
    found = {}
    for path in sorted(folder.rglob("*.yaml")):
        name = path.relative_to(folder).as_posix()
        if not name.startswith("tests/"):
            found[name] = path.read_text(encoding="utf-8")
    return found


def digests_of(rules: KeptRules) -> dict[str, str]:
    """Return the SHA-256 of each file, by its name."""
    return {name: hashlib.sha256(text.encode()).hexdigest() for name, text in sorted(rules.files.items())}


def unpack(rules: KeptRules) -> tempfile.TemporaryDirectory[str]:
    """Return a folder that holds the ruleset's files again; it goes away when it is closed. Raises ValueError."""
    for name in rules.files:
        if Path(name).is_absolute() or ".." in Path(name).parts:
            raise ValueError(f"a kept ruleset names a file outside its folder: {name}")
    folder = tempfile.TemporaryDirectory(prefix="risk-rules-")
    for name, text in rules.files.items():
        path = Path(folder.name) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder
