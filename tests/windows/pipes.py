"""Run inside a Windows Python, beside a guard that runs: what a client may do to its pipes. Prints JSON.

`python pipes.py HOME`. The guard is another process; nothing here but the two ends of a pipe is ours.
"""

import json
import sys
import threading
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import pywintypes
import win32file
import win32pipe

from service.asking import AskRefused, ask
from service.doors.limits import DoorName, Limits
from service.doors.named_pipes import PipeListener, connect
from service.doors.pipe_names import PREFIX, pipe_name
from service.doors.transport import Gone, TooSlow

HOME = Path(sys.argv[1])
FIRST = 0x80000


def squatted() -> dict[str, Any]:
    """Try to be the first at the guard's name while it is there, and be there before a guard comes.

    Wine 8 takes no notice of the flag that this rests on: then that is told, and nothing else.
    """
    once, twice = made(PREFIX + "risk-try"), made(PREFIX + "risk-try")
    if once is not None and twice is not None:
        return {"is_told_apart": False}
    own = HOME.with_name("Another")
    taken = made(pipe_name(own, "view", is_protected=False))
    try:
        PipeListener(own, DoorName.VIEW).close()
        late = ""
    except OSError as error:
        late = str(error)
    finally:
        if taken is not None:
            win32file.CloseHandle(taken)
    while_it_runs = made(pipe_name(HOME, "view", is_protected=False)) is None
    return {"is_told_apart": True, "while_it_runs": while_it_runs, "before_it_came": late}


def made(name: str) -> Any:
    """Return a pipe of this name if nobody has it yet, else None."""
    try:
        return win32pipe.CreateNamedPipe(
            name, win32pipe.PIPE_ACCESS_DUPLEX | FIRST, 0, win32pipe.PIPE_UNLIMITED_INSTANCES, 64, 64, 0, None
        )
    except pywintypes.error:
        return None


def said_to(message: bytes) -> str:
    """Return the code of the answer to a message, sent as it is."""
    with closing(connect(HOME, "view", 5.0)) as line:
        try:
            line.send(message, 10.0)
        except (Gone, TooSlow):
            return "cut off"
        return str(json.loads(line.receive(100_000, 20.0)).get("code"))


def stalled() -> dict[str, Any]:
    """Fill all places but one with clients that send half a line and wait; ask beside them; see when they are let go."""
    time.sleep(1.5)  # whoever was served last counts for a moment
    lines = [connect(HOME, "view", 5.0) for _ in range(Limits().clients - 1)]
    started = time.monotonic()
    for line in lines:
        line.send(b'{"schema": "risk.ask/1", ', 5.0)
    beside = answered_within(4.0)
    asked_after = time.monotonic() - started
    codes = []
    for line in lines:
        codes.append(json.loads(line.receive(100_000, 20.0))["code"])
        line.close()
    return {"beside": beside, "asked_s": asked_after, "codes": codes, "let_go_s": time.monotonic() - started}


def crowded() -> set[str]:
    """Knock with three times as many clients as there are places; every one gets an answer of some kind."""
    heard: set[str] = set()

    def knock() -> None:
        try:
            heard.add("ok" if ask(HOME, "view", "ping") else "empty")
        except AskRefused as error:
            heard.add(error.code)

    threads = [threading.Thread(target=knock) for _ in range(3 * Limits().clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return heard


def answered_within(seconds: float) -> bool:
    """Say whether the door serves again; a client counts for a moment after its answer."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            return bool(ask(HOME, "view", "ping"))
        except AskRefused:
            time.sleep(0.2)
    return False


def told() -> dict[str, Any]:
    return {
        "status": ask(HOME, "view", "status")["document"]["schema"],
        "squatted": squatted(),
        "too_big": said_to(b"x" * (Limits().size + 20_000) + b"\n"),
        "no_json": said_to(b"not a message\n"),
        "stalled": stalled(),
        "crowded": sorted(crowded()),
        "afterwards": answered_within(10.0),
    }


if __name__ == "__main__":
    sys.stdout.write(f"ANSWER {json.dumps(told())}\n")
