"""The partner's page: the same codes as the guard's, from one file, without a network."""

import json
import random
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from cli.app import run
from service.grants import codes

PAGE = Path(__file__).resolve().parents[2] / "cli" / "pages" / "grant.html"


def in_node(expression: str) -> Any:
    """Return what a JavaScript expression over the page's functions gives."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("no node: the page's arithmetic was not tested")
    (script,) = re.findall(r"<script>(.*?)</script>", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    program = f"{script}\nconsole.log(JSON.stringify({expression}))"
    ended = subprocess.run([node, "-e", program], capture_output=True, text=True, timeout=60, check=True)
    return json.loads(ended.stdout)


def test_the_page_and_the_guard_agree_on_every_code() -> None:
    chance = random.Random(9)  # noqa: S311  a test must be the same every time
    rows = []
    for _ in range(200):
        account = "".join(chance.choice("abcXYZ-_09 é") for _ in range(chance.randint(1, 70))).strip() or "a"
        minutes = chance.choice((0, 1, 30, 720))
        rows.append(
            (codes.new_secret(), codes.new_challenge(), account, f"L{chance.randint(1, 10**6)}", minutes)
        )
    typed = [
        [codes.secret_text(secret).lower(), codes.spelled(challenge), account, lock.lower(), str(minutes)]
        for secret, challenge, account, lock, minutes in rows
    ]

    assert in_node(f"{json.dumps(typed)}.map((row) => code(...row))") == [codes.code(*row) for row in rows]


def test_a_slip_is_said_and_gives_no_code() -> None:
    secret, challenge = codes.secret_text(codes.new_secret()), codes.new_challenge()
    wrong = challenge[:3] + ("2" if challenge[3] != "2" else "3") + challenge[4:]
    tries = [[secret, wrong, "a", "L1", "30"], [secret[:-1], challenge, "a", "L1", "30"], [secret, challenge, "a", "L1", "721"],
             [secret, challenge, " ", "L1", "30"]]  # fmt: skip

    said = in_node(
        f"{json.dumps(tries)}.map((row) => {{ try {{ return code(...row) }} catch (e) {{ return e.message }} }})"
    )

    assert said == [
        "a letter of the challenge is wrong or missing",
        "a letter of the secret is wrong or missing",
        "minutes: 1 to 720, or 0 for good",
        "account and lock say what you allow",
    ]


def test_the_command_prints_the_page_and_it_reaches_for_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["admin", "grant", "page"]) == 0

    page = capsys.readouterr().out
    assert page.strip() == PAGE.read_text(encoding="utf-8").strip()
    assert "default-src 'none'" in page
    assert not re.search(r"https?://|src=|href=|fetch|localStorage|XMLHttp", page.replace("default-src=", ""))
