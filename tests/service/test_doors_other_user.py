"""Another user of the machine at the doors: may look and tighten, and never gets through the admin's door.

Needs root, to become somebody else; CI runs as root. Elsewhere it is skipped and says so.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

STRANGER = 65534
RIGHT = "correct horse battery"
Open = Callable[..., Any]

BECOME = f"import os; os.setgroups([]); os.setresgid({STRANGER}, {STRANGER}, {STRANGER}); os.setresuid({STRANGER}, {STRANGER}, {STRANGER})"
"""A process becomes somebody else after its start: the interpreter may lie where only root can read."""

KNOCK = f"""
import json, socket, sys
{BECOME}
line = socket.socket(socket.AF_UNIX)
try:
    line.connect(sys.argv[1])
except OSError as error:
    print(json.dumps({{"error": type(error).__name__}}))
else:
    line.sendall(sys.argv[2].encode() + b"\\n")
    print(line.makefile().readline())
"""


def knock(step: Any, door: str, verb: str, **fields: Any) -> dict[str, Any]:
    """Ask as another user."""
    message = json.dumps({"schema": "risk.ask/1", "verb": verb, **fields})
    ended = subprocess.run(
        [sys.executable, "-I", "-c", KNOCK, str(step.home.doors / f"{door}.sock"), message], capture_output=True, text=True, timeout=30, check=True, cwd="/",
    )  # fmt: skip
    answer: dict[str, Any] = json.loads(ended.stdout)
    return answer


@pytest.fixture
def step(doors_in: Open) -> Iterator[Any]:
    if os.getuid() != 0:
        pytest.skip("not root: what another user may do was not tested")
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        made = doors_in(Path(folder))
        made.home.data.chmod(0o700)
        made.password.set(RIGHT)
        made.publisher.write()
        yield made
        made.doors.close()


def test_a_stranger_sees_the_status_and_may_lock_and_stands_in_the_trail(step: Any) -> None:
    assert knock(step, "view", "status")["document"]["schema"] == "risk.status/1"
    assert knock(step, "trader", "lock", account="alice", until="2h")["ok"] is True
    assert [(row["who"], row["verb"]) for row in step.trail()] == [(f"uid {STRANGER}", "lock")]


def test_the_admin_s_socket_does_not_even_open(step: Any) -> None:
    assert knock(step, "admin", "ping", password=RIGHT) == {"error": "PermissionError"}


def test_behind_a_socket_that_was_opened_by_mistake_the_user_is_refused_before_the_password(
    step: Any,
) -> None:
    (step.home.doors / "admin.sock").chmod(0o666)

    for verb in ("unlock", "first_password", "reset_ask", "recover"):
        answer = knock(step, "admin", verb, password="a guess, not looked at")  # noqa: S106
        assert answer["code"] == "policy"
        assert f"uid {STRANGER}" in answer["text"]

    assert step.password.check(RIGHT).is_right, "a stranger's tries do not even count"


def test_a_stranger_cannot_put_a_socket_of_his_own_there(step: Any) -> None:
    code = f"import socket, sys; {BECOME}; socket.socket(socket.AF_UNIX).bind(sys.argv[1])"
    command = [sys.executable, "-I", "-c", code, str(step.home.doors / "mine.sock")]

    ended = subprocess.run(
        command,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )

    assert "PermissionError" in ended.stderr
