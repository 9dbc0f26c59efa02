"""The tables, and the steps from one version of them to the next."""

from sqlite_utils import Database, Migrations

from service.store.audit import GENESIS, row_hash

SCHEMA = 2
"""Version of the tables. A file of a newer version is refused: a half understood lock would be a lost lock."""

migrations = Migrations("risk")


@migrations()
def first(db: Database) -> None:
    """Create the tables of version 1. Times are microseconds of trusted time."""
    db.table("meta").create({"key": str, "value": str}, pk="key", strict=True)
    db.table("journal").create(
        {"seq": int, "at": int, "origin": str, "account": int, "kind": str, "event": str},
        pk="seq",
        not_null={"at", "origin", "kind", "event"},
        strict=True,
    )
    db.table("snapshots").create(
        {"account": int, "seq": int, "at": int, "state": str}, pk=("account", "seq"), strict=True
    )
    db.table("locks").create(
        {"account": int, "id": str, "set_at": int, "ended_at": int, "lock": str},
        pk=("account", "id"),
        strict=True,
    )
    db.table("enforcements").create(
        {"account": int, "id": str, "detected_at": int, "progress": str, "enforcement": str},
        pk=("account", "id"),
        strict=True,
    )
    db.table("decisions").create(
        {"seq": int, "account": int, "number": int, "at": int, "kind": str, "rule": str, "decision": str},
        pk=("seq", "account", "number"),
        strict=True,
    )
    db.table("audit").create(
        {"seq": int, "at": int, "account": int, "kind": str, "body": str, "hash": str}, pk="seq", strict=True
    )
    db.table("rulesets").create({"digest": str, "kept_at": int, "body": str}, pk="digest", strict=True)
    db.table("locks").create_index(["account", "ended_at"])
    db.table("enforcements").create_index(["account", "detected_at"])


@migrations()
def second(db: Database) -> None:
    """Give journal rows the hash of all before them, and small facts a seal: a changed row is found in every table."""
    db.table("journal").add_column("hash", str)
    db.table("meta").add_column("seal", str)
    previous = GENESIS
    found = db.execute("SELECT seq, at, origin, account, kind, event FROM journal ORDER BY seq").fetchall()
    for row in found:
        previous = row_hash(previous, tuple(row))
        db.execute("UPDATE journal SET hash = ? WHERE seq = ?", (previous, row[0]))
    for key, value in db.execute("SELECT key, value FROM meta").fetchall():
        db.execute("UPDATE meta SET seal = ? WHERE key = ?", (row_hash(GENESIS, (key, value)), key))
