"""Hostile messages, seeded: mutations of good requests, of every verb, and plain nonsense."""

import json
import random
from collections.abc import Iterator
from dataclasses import fields
from typing import Any

from service.doors.opening import TABLES

STRANGE: tuple[Any, ...] = (
    None, True, -1, 0, 10**30, 1.5, "", "x" * 5000, "\u0000", "\ud800", "\u202e", "';DROP--",
    "../x", "${HOME}", "%s%n", [], {}, [[]], {"a": {"b": {}}}, ["a"] * 300, {"__class__": "os.system"},
)  # fmt: skip


def messages(door: Any, seed: int) -> Iterator[tuple[bytes, bool]]:
    """Yield messages without end, each with whether its line is ended."""
    chance = random.Random(seed)  # noqa: S311  a test must be the same every time
    while True:
        message = _request(door, chance)
        for _ in range(chance.choice((0, 1, 1, 3, 10))):
            message = _mangled(message, chance)
        yield message.replace(b"\n", b" "), chance.random() > 0.01


def _request(door: Any, chance: random.Random) -> bytes:
    table = TABLES[door]
    name = chance.choice([*sorted(table), "unlock", "shutdown", ""])
    verb = table.get(name)
    names = [field.name for field in fields(verb.fields)] if verb else ["a"]
    body: dict[str, Any] = {"schema": chance.choice(("risk.ask/1",) * 9 + ("risk.ask/0", 7)), "verb": name}
    for field in names:
        if chance.random() < 0.8:
            body[field] = chance.choice((*STRANGE, "alice", "2h", 5))
    if chance.random() < 0.3:
        body[chance.choice(("password", "extra", "verb ", "__init__"))] = chance.choice(STRANGE)
    return json.dumps(body).encode()


def _mangled(message: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(message) + 1)
    match chance.randrange(6):
        case 0:
            return message[:at] + bytes([chance.randrange(256)]) + message[at + 1 :]
        case 1:
            return message[:at]
        case 2:
            return message[:at] + message[at:] * 2
        case 3:
            return message[:at] + chance.randbytes(chance.randrange(40)) + message[at:]
        case 4:
            return message + b"[" * chance.randrange(2000)
        case _:
            return chance.randbytes(chance.randrange(200)) if chance.random() < 0.2 else message
