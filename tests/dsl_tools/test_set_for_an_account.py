"""`risk set --account`: the value stands in the account's file, checked with the account's whole ruleset."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
Tool = Callable[..., Any]
HEAD = "# alice\nid: 9120345\nlogin: main\nmode: shadow\nruleset: starter\n"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copyfile(ROOT / "service" / "examples" / "settings.yaml", tmp_path / "settings.yaml")
    (tmp_path / "accounts").mkdir()
    monkeypatch.setenv("RISK_HOME", str(tmp_path))
    return tmp_path


def alice(home: Path, rest: str) -> Path:
    path = home / "accounts" / "alice.yaml"
    path.write_text(HEAD + rest, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "\nset:\n  max_contracts.limit: 2 contracts\n"),
        (
            "set:   # own\n    max_contracts.limit: 3 contracts   # for now\nwatch: [ES]\n",
            "set:   # own\n    max_contracts.limit: 2 contracts   # for now\nwatch: [ES]\n",
        ),
        (
            "set:\n    daily_realized_loss.limit: $300   # strict\n\nwatch: [ES]\n",
            "set:\n    daily_realized_loss.limit: $300   # strict\n    max_contracts.limit: 2 contracts\n\nwatch: [ES]\n",
        ),
        (
            "set: {daily_realized_loss.limit: $300}\n",
            "set: {daily_realized_loss.limit: $300, max_contracts.limit: 2 contracts}\n",
        ),
    ],
)
def test_a_value_is_set_in_the_file_of_the_account(tool: Tool, home: Path, before: str, after: str) -> None:
    path = alice(home, before)

    ended = tool("set", "max_contracts.limit", "2 contracts", "--account", "alice")

    assert ended.code == 0, ended.err
    assert ended.out.endswith(" -> 2 contracts\n")
    assert path.read_text(encoding="utf-8") == HEAD + after


def test_an_account_may_have_its_own_reset(tool: Tool, home: Path) -> None:
    path = alice(home, "set:\n  max_contracts.limit: 2 contracts\n")

    assert tool("set", "daily_realized_loss.reset", "0 0 * * *", "--account", "alice").code == 0
    assert "  daily_realized_loss.reset: 0 0 * * *\n" in path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("target", "value", "account", "code"),
    [
        ("max_contracts.limit", "2", "alice", 1),
        ("max_contracts.limt", "2 contracts", "alice", 1),
        ("nothing.limit", "2 contracts", "alice", 1),
        ("daily_realized_loss.reset", "0 25 * * *", "alice", 1),
        ("max_contracts.limit", "2 contracts", "bob", 2),
    ],
)
def test_what_is_wrong_changes_nothing(
    tool: Tool, home: Path, target: str, value: str, account: str, code: int
) -> None:
    path = alice(home, "set:\n  max_contracts.limit: 3 contracts\n")
    before = path.read_bytes()

    assert tool("set", target, value, "--account", account).code == code
    assert path.read_bytes() == before
