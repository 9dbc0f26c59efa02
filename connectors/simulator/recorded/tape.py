"""What a recording holds (`risk.recording/1`, one JSON object a line), sorted for playing."""

import json
from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from connectors.simulator.core.instants import Instant, parse
from connectors.simulator.server.hub_link import RECORD_END
from connectors.simulator.server.json_text import load
from connectors.simulator.world import WorldError

SCHEMA = "risk.recording/1"
HUBS = {"user_hub": "user", "market_hub": "market"}
Key = tuple[str, object, object]


@dataclass(frozen=True, slots=True)
class Cue:
    """One thing that a hub did: it sent `text`, or (None) it went down."""

    at: Instant
    hub: str
    text: str | None


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer by REST as it came."""

    at: Instant
    status: int
    body: str


@dataclass(slots=True)
class Tape:
    """A whole recording. `start` is the moment from which it plays: when the first hub had said its first word."""

    start: Instant = 0
    accounts: tuple[int, ...] = ()
    cues: list[Cue] = field(default_factory=list)
    answers: dict[Key, list[Answer]] = field(default_factory=lambda: defaultdict(list))
    contracts: list[str] = field(default_factory=list)

    @property
    def end(self) -> Instant:
        return max([self.start, *(cue.at for cue in self.cues[-1:])])

    def answer(self, path: str, asked: dict[str, Any], now: Instant) -> Answer | None:
        """Return what was answered to such a question last before `now`; else first; None if never."""
        known = self.answers.get(key_of(path, asked), [])
        before = bisect_right([one.at for one in known], now)
        return known[max(before - 1, 0)] if known else None


def key_of(path: str, asked: dict[str, Any]) -> Key:
    """Return what tells one question from another: the account, the contract, the page."""
    inner = asked.get("filter")
    account = inner.get("accountId") if isinstance(inner, dict) else asked.get("accountId")
    return path, account if account is not None else asked.get("contractId"), asked.get("pageOffset")


def read_tape(path: Path) -> Tape:
    """Return a recording. Raises WorldError, naming the line, if it cannot be read or nothing was heard in it."""
    tape = Tape()
    try:
        with path.open(encoding="utf-8") as lines:
            for number, text in enumerate(lines, 1):
                if text.endswith("\n"):  # a last line that was cut off is left out
                    _take(tape, path, number, text)
    except OSError as error:
        raise WorldError(f"{path} cannot be read: {error.strerror}") from error
    if not tape.cues:
        raise WorldError(f"{path} holds no word of any hub: there is nothing to play")
    tape.start = min(cue.at for cue in tape.cues)
    return tape


def _take(tape: Tape, path: Path, number: int, text: str) -> None:
    try:
        line = json.loads(text)
        if not isinstance(line, dict) or line.get("schema") != SCHEMA:
            raise ValueError(f"its schema is not {SCHEMA}")
        at = parse(line["at"])
        match line["kind"]:
            case "start":
                tape.accounts = tuple(line["accounts"])
            case "rest" if line["asked"] is not None:
                key = key_of(line["path"], load(line["asked"] or "{}"))
                tape.answers[key].append(Answer(at, line["status"], line["body"]))
            case "frame":
                _take_frame(tape, at, HUBS[line["link"]], line["text"])
            case "link" if line["link"] in HUBS and not line["is_live"] and tape.cues:
                tape.cues.append(Cue(at, HUBS[line["link"]], None))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise WorldError(f"{path} line {number} is not from a recording: {error}") from error


def _take_frame(tape: Tape, at: Instant, hub: str, text: str) -> None:
    """Keep what the hub told. Handshakes, completions, pings and its goodbye belong to that connection alone."""
    told = [
        record for record in text.split(RECORD_END) if record.strip() and not _is_about_connection(record)
    ]
    for record in told:
        tape.cues.append(Cue(at, hub, record + RECORD_END))
        _note_contract(tape, record)


def _is_about_connection(record: str) -> bool:
    message = _message(record)
    return message is not None and message.get("type") in (None, 3, 6, 7) and "target" not in message


def _note_contract(tape: Tape, record: str) -> None:
    arguments = (_message(record) or {}).get("arguments")
    contract = arguments[0] if isinstance(arguments, list) and len(arguments) > 1 else None
    if isinstance(contract, str) and contract not in tape.contracts:
        tape.contracts.append(contract)


def _message(record: str) -> dict[str, Any] | None:
    try:
        message = load(record)
    except ValueError:
        return None  # malformed frames are told again as they were
    return message if isinstance(message, dict) else None
