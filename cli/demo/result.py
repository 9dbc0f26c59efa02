"""What the demo showed: each enforcement with its times, and whether the venue itself is as it must be."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from cli.demo.script import Expected

TIMES = ("sent_ms", "acked_ms", "flat_ms")


@dataclass(slots=True)
class Seen:
    """The enforcements that were published so far, by account and id; the newest word on each counts."""

    rows: dict[tuple[str, str], Mapping[str, Any]] = field(default_factory=dict)

    def take(self, document: Mapping[str, Any]) -> None:
        """Take in a published status."""
        for account in document["accounts"]:
            for row in account["enforcements"]:
                self.rows[(account["name"], str(row["id"]))] = row

    @property
    def reentries_closed(self) -> int:
        return sum(bool(row["is_reentry"] and row["verified"]) for row in self.rows.values())

    def is_verified(self, expected: Expected) -> bool:
        """Say whether this enforcement came and the venue showed the wanted state."""
        return any(
            account == expected.account and expected.rule in row["rules"] and row["verified"]
            for (account, _), row in self.rows.items()
        )

    def enforcements(self) -> list[dict[str, Any]]:
        """Return a row for each enforcement and rule, in the order in which they were detected."""
        ordered = sorted(self.rows.items(), key=lambda item: str(item[1]["detected_at"]))
        return [
            {
                "rule": rule,
                "account": account,
                "detected_at": row["detected_at"],
                **{name: row[name] for name in TIMES},
                "verified": row["verified"],
                "is_reentry": row["is_reentry"],
                "reason": row["reason"],
            }
            for (account, _), row in ordered
            for rule in row["rules"]
        ]


@dataclass(frozen=True, slots=True)
class Result:
    """The end of a demo. `left` are positions and working orders that should not be there, in words."""

    seen: Seen
    missing: tuple[Expected, ...]
    left: tuple[str, ...]

    @property
    def unverified(self) -> int:
        return sum(not row["verified"] for row in self.seen.rows.values())

    @property
    def is_ok(self) -> bool:
        return not (self.missing or self.left or self.unverified) and self.seen.reentries_closed > 0

    def as_json(self) -> dict[str, Any]:
        """Return the object that `risk demo --json` prints."""
        return {
            "schema": "risk.demo/1",
            "ok": self.is_ok,
            "enforcements": self.seen.enforcements(),
            "reentries_closed": self.seen.reentries_closed,
            "left_at_the_venue": list(self.left),
        }


def left_at_the_venue(states: Iterable[tuple[str, Mapping[str, Any]]]) -> tuple[str, ...]:
    """Return what the venue itself still holds of each account, in words; suspended orders count as orders."""
    found = []
    for name, state in states:
        found += [f"{name} holds a position in {row.get('contractId', '?')}" for row in state["positions"]]
        live = len(state["working"]) + len(state["suspended"])
        found += [f"{name} has {live} live order(s)"] if live else []
    return tuple(found)
