"""The evidence for a dispute: one zip with what was decided and done, the rules that decided it, and the trail's end.

Nothing of it is a secret: keys, tokens and the rows of `meta` (password, partner) are never read, and every line goes
through the same redaction as the logs. `manifest.json` names each file with its SHA-256 and the end of the audit chain;
whoever has the home can prove with `risk admin audit verify` that the chain is whole.
"""

import hashlib
import json
import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from connectors.topstepx.wording import redact
from engine.units import Instant
from service.home import Home
from service.iso import iso
from service.store import audit, kept_rules
from service.version import version

SCHEMA = "risk.evidence/1"

TABLES = {
    "decisions": "SELECT seq, account, number, at, kind, rule, decision AS body FROM decisions WHERE at >= ? ORDER BY seq, number",
    "locks": "SELECT account, id, set_at AS at, ended_at, lock AS body FROM locks WHERE set_at >= ? ORDER BY set_at, id",
    "enforcements": "SELECT account, id, detected_at AS at, progress, enforcement AS body FROM enforcements WHERE detected_at >= ? ORDER BY detected_at, id",
    "journal": "SELECT seq, at, origin, account, kind, event AS body FROM journal WHERE at >= ? ORDER BY seq",
}


class ExportFailed(Exception):
    """There is no bundle. The text says why."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """What was written: the file, how many lines and files it has, and the end of the audit chain."""

    path: Path
    rows: int
    files: int
    head: str


def export(home: Home, path: Path, since: Instant, now: Instant) -> Bundle:
    """Write the bundle, readable by its owner alone. Reads the store on a connection of its own. Raises ExportFailed."""
    unfinished = path.with_name(f"{path.name}.part")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        unfinished.unlink(missing_ok=True)
        unfinished.touch(mode=0o600)
        with closing(
            sqlite3.connect(f"file:{home.store.absolute()}?mode=ro", uri=True, timeout=10.0)
        ) as store:
            store.execute("BEGIN")  # one picture of everything, while the guard goes on writing
            with zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED) as bundle:
                done = _filled(bundle, home, store, since, now)
        unfinished.replace(path)
    except (OSError, sqlite3.Error) as error:
        unfinished.unlink(missing_ok=True)
        raise ExportFailed(f"the evidence cannot be written: {error}") from error
    return Bundle(path, *done)


def _filled(
    bundle: zipfile.ZipFile, home: Home, store: sqlite3.Connection, since: Instant, now: Instant
) -> tuple[int, int, str]:
    digests: dict[str, str] = {}
    rows = 0
    for name, lines in _parts(home, store, since):
        digest = hashlib.sha256()
        with bundle.open(name, "w") as file:
            for line in lines:
                data = redact(line).encode("utf-8") + b"\n"
                digest.update(data)
                file.write(data)
                rows += 1
        digests[name] = digest.hexdigest()
    head = audit.chain_of(store)
    manifest = {
        "schema": SCHEMA,
        "made_at": iso(now),
        "since": iso(since),
        "risk": version(),
        "audit": {"rows": head.seq, "head": head.head},
        "files": digests,
    }
    bundle.writestr("manifest.json", json.dumps(manifest, indent=1))
    return rows, len(digests) + 1, head.head


def _parts(home: Home, store: sqlite3.Connection, since: Instant) -> Iterator[tuple[str, Iterator[str]]]:
    """Yield each file's name with its lines."""
    yield "audit.jsonl", _audit(store, since)
    for name, query in TABLES.items():
        yield f"{name}.jsonl", _rows(store, query, since)
    for (digest,) in store.execute("SELECT digest FROM rulesets ORDER BY kept_at").fetchall():
        kept = kept_rules.find(store, digest)
        if kept is not None:
            settings = {"name": kept.name, "overrides": dict(kept.overrides), "mode": kept.mode}
            yield f"rulesets/{digest[:16]}/account.json", iter([json.dumps(settings)])
            for file, text in sorted(kept.files.items()):
                yield f"rulesets/{digest[:16]}/{file}", iter(text.splitlines())
    for path in sorted([home.status, *home.acts.parent.glob(f"{home.acts.name}*")]):
        if path.is_file():
            yield f"status/{path.name}", iter(path.read_text(encoding="utf-8", errors="replace").splitlines())


def _audit(store: sqlite3.Connection, since: Instant) -> Iterator[str]:
    for row in audit.rows(store):
        if row.at >= since:
            line = {
                "seq": row.seq,
                "at": iso(row.at),
                "account": row.account,
                "kind": row.kind,
                "body": row.body,
                "hash": row.hash,
            }
            yield json.dumps(line)


def _rows(store: sqlite3.Connection, query: str, since: Instant) -> Iterator[str]:
    cursor = store.execute(query, (since,))
    names = [column[0] for column in cursor.description]
    for values in cursor:
        row: dict[str, Any] = dict(zip(names, values, strict=True))
        yield json.dumps(row | {"at": iso(row["at"])})
