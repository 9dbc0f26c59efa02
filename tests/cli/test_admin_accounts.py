"""`risk admin accounts`: what the files say."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

Risk = Callable[..., Any]
SETTINGS = "gateways:\n  a: {api: https://x.example, user_hub: https://x.example/u, market_hub: https://x.example/m}\n"


def furnish(home: Path, **accounts: int) -> None:
    (home / "settings.yaml").write_text(SETTINGS + "logins:\n  main: {gateway: a, user_name: demo}\n")
    (home / "accounts").mkdir()
    for name, number in accounts.items():
        text = f"id: {number}\nlogin: main\nmode: shadow\nruleset: starter\n"
        (home / "accounts" / f"{name}.yaml").write_text(text)


def test_each_account_is_listed_with_its_file(risk: Risk, tmp_path: Path) -> None:
    furnish(tmp_path, alice=1, bob=2)

    shown = risk("admin", "accounts", "--home", str(tmp_path))
    rows = json.loads(risk("admin", "accounts", "--json", "--home", str(tmp_path)).out)["accounts"]

    assert shown.code == 0
    assert "alice  1  login main" in shown.out
    assert "shadow, ruleset starter" in shown.out
    assert [(row["name"], row["mode"], row["in_force"]) for row in rows] == [
        ("alice", "shadow", None),
        ("bob", "shadow", None),
    ]


def test_a_home_without_accounts_or_settings_says_so(risk: Risk, tmp_path: Path) -> None:
    assert risk("admin", "accounts", "--home", str(tmp_path)).code == 3
    furnish(tmp_path)
    assert risk("admin", "accounts", "--home", str(tmp_path)).code == 1
