"""Two real users of this machine: what the trader can reach of a guard that runs as somebody else."""

import json
import os
import runpy
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from connectors.simulator.child import SimulatorProcess

if sys.platform == "win32" or os.geteuid() != 0 or shutil.which("useradd") is None:
    pytest.skip("needs root and useradd: the two users were not tried", allow_module_level=True)

import pwd

from service.system.files import close_home, home_steps, replaceable
from service.system.posix_user import make_user

GUARD, TRADER = "riskmanager", "risktrader"
ROOT = Path(__file__).resolve().parents[2]
HOUSE = runpy.run_path(str(ROOT / "tests" / "service" / "house.py"))
SYSTEM_PYTHON = (
    shutil.which(f"python{sys.version_info[0]}.{sys.version_info[1]}", path="/usr/bin:/bin") or sys.executable
)
"""Ours may lie in a home that other users cannot enter."""


@pytest.fixture(scope="module")
def users() -> tuple[int, int]:
    return make_user(GUARD).user, make_user(TRADER).user


def as_trader(code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a few lines of Python as the trader, with the system's own interpreter."""
    return subprocess.run(
        [SYSTEM_PYTHON, "-c", code, *arguments],
        user=TRADER, group=pwd.getpwnam(TRADER).pw_gid, extra_groups=[], cwd="/", capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip


@pytest.fixture(scope="module")
def guarded(users: tuple[int, int], tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Any]]:
    """Start the guard as its own user, in a home that belongs to it, in a place that everybody may pass."""
    place = Path("/tmp") / f"risk-two-users-{os.getpid()}"  # noqa: S108 - pytest's own folder is closed to others
    group = pwd.getpwnam(GUARD).pw_gid
    paths = os.pathsep.join([str(ROOT), sysconfig.get_path("purelib")])
    seen = subprocess.run(
        [SYSTEM_PYTHON, "-c", "import cli.app, signalrcore, lark, aiohttp"], env={"PYTHONPATH": paths},
        user=GUARD, group=group, extra_groups=[], cwd="/", capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    if seen.returncode:
        pytest.skip(f"another user cannot run our code from here: {seen.stderr.strip().splitlines()[-1]}")
    with SimulatorProcess("still") as sim:
        shutil.rmtree(place, ignore_errors=True)
        shutil.copytree(HOUSE["House"](tmp_path_factory.mktemp("two")).home(sim), place)
        close_home(place, users[0], group)
        process = subprocess.Popen(
            [SYSTEM_PYTHON, "-m", "cli", "run", "--home", str(place)], env={"PYTHONPATH": paths},
            user=GUARD, group=group, extra_groups=[], cwd="/", stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
        )  # fmt: skip

        def ready() -> bool:
            path = place / "status" / "status.json"
            return path.exists() and any(one["synced_at"] for one in json.loads(path.read_text())["accounts"])

        try:
            HOUSE["wait_for"](ready, 60.0, say=lambda: f"exit {process.poll()}")
            yield place, process
        finally:
            process.kill()
            process.communicate()
            shutil.rmtree(place, ignore_errors=True)


@pytest.mark.parametrize(
    "name",
    [
        "settings.yaml",
        "accounts/alice.yaml",
        "secrets/main.key",
        "data/state.sqlite",
        "rulesets/limits/max_two.yaml",
        "logs/daemon.log",
    ],
)
def test_config_state_and_secrets_cannot_be_read_or_written(guarded: tuple[Path, Any], name: str) -> None:
    path = guarded[0] / name
    assert path.exists()

    for mode in ("r", "a"):
        tried = as_trader("import sys; open(sys.argv[1], sys.argv[2])", str(path), mode)
        assert "PermissionError" in tried.stderr, (name, mode)


def test_no_folder_can_be_moved_away_or_swapped_for_a_link(guarded: tuple[Path, Any]) -> None:
    home = guarded[0]

    for name in ("accounts", "rulesets", "secrets", "data", "logs", "status", "doors", "settings.yaml"):
        path = str(home / name)
        for code in ("os.rename(sys.argv[1], '/tmp/mine')", "os.symlink('/tmp', sys.argv[1] + '-new')"):
            tried = as_trader(f"import os, sys; {code}", path)
            assert "PermissionError" in tried.stderr, (name, code, tried.stderr)
        assert not (home / name).is_symlink()
    moved = as_trader("import os, sys; os.rename(sys.argv[1], sys.argv[1] + '-mine')", str(home))
    assert "Error" in moved.stderr, "the folder above is sticky: what belongs to somebody else stays"


def test_the_status_can_be_read_and_neither_changed_nor_replaced(guarded: tuple[Path, Any]) -> None:
    path = guarded[0] / "status" / "status.json"

    read = as_trader("import sys; print(open(sys.argv[1]).read())", str(path))
    assert json.loads(read.stdout)["schema"] == "risk.status/1"
    for code in ("open(sys.argv[1], 'w')", "os.remove(sys.argv[1])", "open(sys.argv[1] + '.mine', 'w')"):
        assert "PermissionError" in as_trader(f"import os, sys; {code}", str(path)).stderr


def test_the_process_cannot_be_signalled_or_traced(guarded: tuple[Path, Any]) -> None:
    pid = str(guarded[1].pid)

    for name in ("SIGTERM", "SIGKILL", "SIGSTOP"):
        tried = as_trader(
            "import os, signal, sys; os.kill(int(sys.argv[1]), getattr(signal, sys.argv[2]))", pid, name
        )
        assert "PermissionError" in tried.stderr
    assert "PermissionError" in as_trader("import sys; open(f'/proc/{sys.argv[1]}/mem', 'rb')", pid).stderr
    assert (
        "PermissionError"
        in as_trader("import sys; print(open(f'/proc/{sys.argv[1]}/environ').read())", pid).stderr
    )
    assert guarded[1].poll() is None


def test_the_admin_door_is_shut_and_the_view_door_open(guarded: tuple[Path, Any]) -> None:
    code = "import socket, sys; s = socket.socket(socket.AF_UNIX); s.settimeout(5); s.connect(sys.argv[1]); s.sendall(sys.argv[2].encode()); print(s.makefile().readline())"
    ask = json.dumps({"schema": "risk.ask/1", "verb": "ping"}) + "\n"
    doors = guarded[0] / "doors"

    assert "PermissionError" in as_trader(code, str(doors / "admin.sock"), ask).stderr
    assert json.loads(as_trader(code, str(doors / "view.sock"), ask).stdout)["ok"] is True
    assert (
        "PermissionError"
        in as_trader("import os, sys; os.remove(sys.argv[1])", str(doors / "view.sock")).stderr
    )


def test_a_folder_that_was_opened_by_hand_is_found(tmp_path: Path, users: tuple[int, int]) -> None:
    for name in ("secrets", "data"):
        (tmp_path / name).mkdir()
    close_home(tmp_path, users[0], pwd.getpwnam(GUARD).pw_gid)
    assert [step.verdict.value for step in home_steps(tmp_path, users[0])] == ["pass"]

    (tmp_path / "secrets").chmod(0o755)

    [step] = home_steps(tmp_path, users[0])
    assert (step.verdict.value, "secrets" in step.text) == ("fail", True)


def test_a_program_below_a_folder_that_others_may_write_can_be_replaced(
    tmp_path: Path, users: tuple[int, int]
) -> None:
    program = tmp_path / "bin" / "python"
    program.parent.mkdir()
    program.write_text("")
    program.chmod(0o755)
    before = set(replaceable(program))

    program.parent.chmod(0o777)
    os.chown(program, users[1], -1)

    found = set(replaceable(program)) - before
    assert any("can be written by others" in text for text in found)
    assert any(f"belongs to user {users[1]}" in text for text in found)
    assert replaceable(Path("/bin/true")) is not None
    assert list(replaceable(Path("/bin/true"))) == []


def test_a_link_in_a_home_is_refused(tmp_path: Path, users: tuple[int, int]) -> None:
    (tmp_path / "secrets").symlink_to("/etc")

    with pytest.raises(OSError, match="is a link"):
        close_home(tmp_path, users[0], 0)
