"""Where the doors are: a client sends nothing to a place where somebody else could be listening."""

import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from service import client
from service.doors.places import untrusted

Open = Callable[..., Any]
STRANGER = 65534


@pytest.mark.parametrize("mode", [0o777, 0o775, 0o757])
def test_a_folder_that_others_may_write_to_is_not_trusted(doors_in: Open, mode: int) -> None:
    step = doors_in()
    step.home.doors.chmod(mode)

    with pytest.raises(client.AskRefused, match="others may write") as refused:
        client.ask(step.home.root, "admin", "ping", password="not sent to anybody")  # noqa: S106
    assert refused.value.code == "policy"


def test_the_guard_mends_the_mode_of_its_own_folder(doors_in: Open, tmp_path: Path) -> None:
    (tmp_path / "doors").mkdir()
    (tmp_path / "doors").chmod(0o777)

    step = doors_in()

    assert stat.S_IMODE(step.home.doors.stat().st_mode) == 0o755
    assert client.ask(step.home.root, "view", "ping")["accounts"] == ["alice", "bob"]


def test_a_folder_of_somebody_else_or_a_file_in_its_place_is_not_trusted(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    assert "belongs to user" in str(untrusted(tmp_path, frozenset({STRANGER})))
    assert "no folder of its own" in str(untrusted(tmp_path / "file", frozenset({tmp_path.stat().st_uid})))
    assert "cannot be looked at" in str(untrusted(tmp_path / "none", frozenset()))
    tmp_path.chmod(0o755)
    assert untrusted(tmp_path, frozenset({tmp_path.stat().st_uid})) is None


def test_nothing_is_sent_to_a_stranger_who_listens_in_the_guard_s_place(tmp_path: Path) -> None:
    import os

    if os.getuid() != 0:
        pytest.skip("not root: a listener of another user was not tried")
    (tmp_path / "doors").mkdir(mode=0o755)
    path = tmp_path / "doors" / "admin.sock"
    code = (
        "import os, socket, sys; line = socket.socket(socket.AF_UNIX); line.bind(sys.argv[1]);"
        f"os.chmod(sys.argv[1], 0o666); os.setresgid({STRANGER}, {STRANGER}, {STRANGER});"
        f"os.setresuid({STRANGER}, {STRANGER}, {STRANGER}); line.listen(); print('ready', flush=True);"
        "there, _ = line.accept(); print(repr(there.recv(1000)), flush=True)"
    )
    with subprocess.Popen(
        [sys.executable, "-I", "-c", code, str(path)], stdout=subprocess.PIPE, text=True
    ) as stranger:
        assert stranger.stdout is not None
        assert stranger.stdout.readline() == "ready\n"

        with pytest.raises(client.AskRefused, match=f"user {STRANGER} listens"):
            client.ask(tmp_path, "admin", "ping", password="not sent to anybody")  # noqa: S106

        assert stranger.stdout.readline() == "b''\n", "not a byte"
