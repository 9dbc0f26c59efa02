"""`risk doctor` as a command: what it prints about a home, and with which number it ends."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ALICE = 9120345


def risk(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "cli", "doctor", "--home", str(home), *arguments],
        cwd=ROOT,
        env={**os.environ, "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize(
    ("spoil", "name", "code"),
    [
        (lambda home: (home / "settings.yaml").unlink(), "settings", 3),
        (lambda home: (home / "settings.yaml").write_text("gatewais: {}\n"), "settings", 3),
        (lambda home: (home / "accounts/alice.yaml").unlink(), "accounts", 3),
        (lambda home: (home / "secrets/main.key").unlink(), "key of main", 3),
        (lambda home: (home / "secrets/main.key").chmod(0o644), "key of main", 3),
        (lambda home: (home / "accounts").chmod(0o777), "permissions", 3),
        (lambda home: (home / "data/password").unlink(), "admin password", 1),
        (lambda home: (home / "data/state.sqlite").write_bytes(b"x" * 5000), "store", 7),
        (
            lambda home: (home / "accounts/alice.yaml").write_text(
                f"id: {ALICE}\nlogin: main\nmode: enforce\nruleset: startr\n"
            ),
            "alice: rules",
            3,
        ),
    ],
)
def test_each_trouble_in_a_home_is_found_and_ends_with_its_code(
    spoil: Callable[[Path], object], name: str, code: int, home: Path
) -> None:
    spoil(home)

    done = risk(home, "--json")

    found = {step["name"]: step for step in json.loads(done.stdout)["steps"]}
    assert found[name]["verdict"] == "fail", found
    assert found[name]["fix"]
    assert done.returncode == code, done.stderr


def test_a_home_that_is_not_there_is_said_in_one_line_with_what_to_do(tmp_path: Path) -> None:
    done = risk(tmp_path / "nowhere")

    assert done.returncode == 3
    assert "FAIL        home: there is no folder" in done.stdout
    assert "-> make one with" in done.stdout
    assert "Traceback" not in done.stderr


def test_no_secret_is_printed(home: Path) -> None:
    (home / "secrets/main.key").write_text("canary-wrong-key")

    done = risk(home, "--connect")

    assert done.returncode == 4
    assert "FAIL        main: login: login demo: the venue does not accept" in done.stdout
    assert "canary-wrong-key" not in done.stdout + done.stderr
    assert "eyJ" not in done.stdout + done.stderr
