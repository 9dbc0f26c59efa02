"""Every `$ risk ...` line of our documents runs and gives the output that is shown below it.

In a block of kind `console`: a line `...` stands for any lines, and a block without output only has to succeed. A
comment `<!-- exit: 1 -->` above a block names another exit code than 0.
"""

import json
import os
import re
import runpy
import shlex
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from cli.app import run

ROOT = Path(__file__).resolve().parents[2]
STATES: dict[str, Callable[[], dict[str, Any]]] = runpy.run_path(str(ROOT / "tests" / "cli" / "states.py"))[
    "STATES"
]

SHOWN_ELSEWHERE = {
    "check": "tests/whole/test_asking_ahead.py asks a running guard",
    "budget": "tests/whole/test_asking_ahead.py asks a running guard",
    "run": "tests/service runs the guard as a process",
    "demo": "tests/cli/test_demo.py plays it",
    "simulate": "tests/simulator serves it",
    "record": "tests/recording records a venue",
    "replay": "tests/recording replays what it recorded",
    "doctor": "tests/doctor looks at homes and venues",
    "why": "tests/cli/test_why_acts.py tells acts, tests/cli/test_why_rule.py rules",
    "audit": "tests/service/test_audit_whole.py reads and proves the trail of a real guard",
    "--watch": "needs a terminal",
    "--follow": "does not end",
    "password": "asks on a terminal; tests/cli/test_admin_password.py answers",
}

BLOCK = re.compile(r"(?:<!-- exit: (\d+) -->\n+)?```console\n(.*?)```", re.DOTALL)

LOG = (
    {"kind": "breach", "rule": "max_contracts", "at": "2026-11-24T20:23:15+00:00",
     "text": "You hold 7 contracts. The limit is 5 contracts, so the newest contracts were closed."},
    {"kind": "enforcement", "rules": ["max_contracts"], "at": "2026-11-24T20:23:15.412+00:00", "flat_ms": 412,
     "text": "reduce long 7 MNQ.Z26 to at most 5 MNQ.Z26: done, the venue shows it", "progress": "proven"},
)  # fmt: skip


@dataclass(frozen=True)
class Example:
    """One command of a document with the lines shown below it."""

    document: str
    command: str
    shown: tuple[str, ...]
    code: int

    def __str__(self) -> str:
        return f"{self.document}: {self.command}"


def documents() -> list[str]:
    listed = subprocess.run(
        ["git", "ls-files", "*.md"], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True
    )
    return [name for name in listed.stdout.split() if (ROOT / name).is_file()]


def examples() -> Iterator[Example]:
    for name in documents():
        for code, block in BLOCK.findall((ROOT / name).read_text(encoding="utf-8")):
            parts = re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]
            for part in parts:
                command, _, shown = part.partition("\n")
                if command.startswith("risk "):
                    lines = tuple(line.rstrip() for line in shown.rstrip("\n").splitlines())
                    yield Example(name, command, lines, int(code or 0))


EXAMPLES = list(examples())
RUN_HERE = {
    (example.command, example.shown, example.code): example
    for example in EXAMPLES
    if not SHOWN_ELSEWHERE.keys() & set(example.command.split())
}
"""Each once, although several documents may show it."""


@pytest.fixture(autouse=True)
def _a_home_with_a_locked_account(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    status = STATES["locked"]() | {"written_at": datetime.now(UTC).isoformat()}  # noqa: TID251 - as the guard's host
    status["daemon"]["pid"] = os.getpid()
    folder = tmp_path / "status"
    folder.mkdir()
    (folder / "status.json").write_text(json.dumps(status))
    lines = [json.dumps({"schema": "risk.act/1", "account": "alice", **row}) for row in LOG]
    (folder / "enforcement.log").write_text("\n".join(lines) + "\n")
    monkeypatch.setenv("RISK_HOME", str(tmp_path))
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.chdir(ROOT)


def test_the_documents_have_examples() -> None:
    assert {example.document for example in EXAMPLES} >= {"cli/docs/trader.md", "cli/docs/admin.md"}


@pytest.mark.parametrize("example", RUN_HERE.values(), ids=str)
def test_an_example_gives_what_it_shows(example: Example, capsys: pytest.CaptureFixture[str]) -> None:
    code = run(shlex.split(example.command)[1:])
    captured = capsys.readouterr()

    assert code == example.code, captured.err
    if example.shown:
        printed = [line.rstrip() for line in (captured.out + captured.err).rstrip("\n").splitlines()]
        assert matches(list(example.shown), printed), "\n".join(printed)


def matches(shown: list[str], printed: list[str]) -> bool:
    """Say whether the printed lines are the shown ones; `...` stands for any number of lines."""
    if not shown:
        return not printed
    if shown[0] == "...":
        return any(matches(shown[1:], printed[skip:]) for skip in range(len(printed) + 1))
    return bool(printed) and shown[0] == printed[0] and matches(shown[1:], printed[1:])


@pytest.mark.parametrize("document", documents())
def test_links_between_documents_lead_somewhere(document: str) -> None:
    text = (ROOT / document).read_text(encoding="utf-8")
    targets = re.findall(r"\]\(([^)#:]+?)(?:#[^)]*)?\)", text)

    assert [target for target in targets if not (ROOT / document).parent.joinpath(target).exists()] == []
