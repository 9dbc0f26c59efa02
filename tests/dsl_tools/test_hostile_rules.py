"""Files made to hang or to blow up the tool are answered at once, and no mistake in them goes unsaid."""

import os
import time
from pathlib import Path

import pytest

from dsl.pipeline import validate
from dsl.render import render_text

HEAD = "rule: r\ntitle: t\nmode: enforce\nscope: account\n"
TAIL = "then:\n  - flatten: account\n"
SECONDS = 10.0
"""The slowest of these takes about one, on an idle machine."""


def lets(count: int, form: str, last: str) -> str:
    rows = "".join(f"  v{place}: {form.format(f'v{place + 1}')}\n" for place in range(count))
    return f"{HEAD}let:\n{rows}  v{count}: {last}\n"


def many(count: int, text: str, between: str = "\n") -> str:
    return between.join(text.format(place) for place in range(1, count + 1))


FILES = {
    "names that double with each step": (
        lets(60, "{0} + {0}", "account.balance") + f"when: v0 >= $1\n{TAIL}",
        "E311",
    ),
    "conditions that double": (
        lets(60, "({0} or {0}) and not {0}", "account.can_trade") + f"when: v0\n{TAIL}",
        "E311",
    ),
    "thousands of names in a row": (lets(8000, "{0}", "account.balance") + f"when: v0 >= $1\n{TAIL}", "E311"),
    "a circle of thousands": (lets(4000, "{0}", "v0") + f"when: v0 >= $1\n{TAIL}", "E311"),
    "many conditions": (f"{HEAD}when: >\n  {many(50, 'account.open_loss != ${0}', ' and ')}\n{TAIL}", "W404"),
    "many windows": (
        f"{HEAD}when: >\n  {many(40, 'count(entries over last {0}m) >= 3', ' or ')}\n{TAIL}",
        "",
    ),
    "a ladder of hundreds": (
        HEAD
        + "tiers:\n"
        + many(300, "  - name: t{0}\n    when: day.realized_loss >= ${0}\n    then: [{{cooldown: 5m}}]"),
        "A303",
    ),
    "a list of thousands": (
        HEAD.replace("account", "symbol")
        + f"params:\n  b: [{many(15000, 'ES', ', ')}]\nwhen: symbol in b\nthen:\n  - flatten: symbol\n",
        "",
    ),
    "a message of thousands": (
        f"{HEAD}when: account.can_trade\n{TAIL}message: >\n  {many(3000, '{{account.equity}}', ' ')}\n",
        "E011",
    ),
    "brackets in brackets": (f"{HEAD}when: {'(' * 500}true{')' * 500}\n{TAIL}", "E108"),
    "lists in lists": (f"{HEAD}params: {'[' * 5000}{']' * 5000}\n", "E011"),
    "a bomb of references": ("a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n", "E010"),
    "a merge": (f"{HEAD}params: {{<<: {{a: 1}}}}\nwhen: true\n{TAIL}", "E010"),
    "a tag": (f"{HEAD}when: !!python/object:os.system true\n{TAIL}", "E010"),
    "a giant text": (f"{HEAD}owner: {'x' * 900_000}\nwhen: account.can_trade\n{TAIL}", "E011"),
    "a giant file": ("#" * 1_100_000, "E0"),
    "a giant number": (f"{HEAD}when: account.balance >= ${'9' * 400}\n{TAIL}", "E208"),
    "a giant window": (f"{HEAD}when: count(entries over last 999999999999w) >= 3\n{TAIL}", ""),
    "a cron of thousands": (
        f"{HEAD}when: account.can_trade\nreset: 0 17 {many(3000, '1-31', ',')} * *\n{TAIL}",
        "E011",
    ),
    "only a dash": ("-", "E007"),
    "nothing": ("", "E009"),
    "nothing but a comment": ("# soon\n", "E009"),
    "a null": ("rule: r\x00\n", "E008"),
    "a turned line": ("rule: r\u202e\n", "E008"),
}


@pytest.mark.parametrize("name", FILES)
def test_a_hostile_file_is_answered_at_once(tmp_path: Path, name: str) -> None:
    text, code = FILES[name]
    path = tmp_path / "r.yaml"
    path.write_text(text, encoding="utf-8")
    begun = time.perf_counter()

    problems = validate(path)

    assert time.perf_counter() - begun < SECONDS
    assert (
        any(problem.code.startswith(code) for problem in problems)
        if code
        else not [problem for problem in problems if problem.is_error]
    )
    assert len(render_text(problems)) < 3_000_000


def test_bytes_that_are_no_text_are_said(tmp_path: Path) -> None:
    (tmp_path / "r.yaml").write_bytes(b"rule: \xff\xfe\n")

    assert [problem.is_error for problem in validate(tmp_path / "r.yaml")] == [True]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no such files")
def test_links_in_circles_folders_and_pipes_among_the_rules_do_not_hang(tmp_path: Path) -> None:
    (tmp_path / "ruleset.yaml").write_text("ruleset: demo\ndsl: 1\n", encoding="utf-8")
    (tmp_path / "round.yaml").symlink_to(tmp_path / "round.yaml")
    (tmp_path / "above").symlink_to(tmp_path)
    (tmp_path / "folder.yaml").mkdir()
    os.mkfifo(tmp_path / "pipe.yaml")
    begun = time.perf_counter()

    problems = validate(tmp_path)

    assert time.perf_counter() - begun < SECONDS
    assert any(problem.is_error for problem in problems)


@pytest.mark.parametrize("files", [{}, {"ruleset.yaml": "ruleset: demo\ndsl: 1\n"}, {"notes.txt": "x"}])
def test_a_folder_without_rules_is_an_error(tmp_path: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")

    assert any("no rule" in problem.message for problem in validate(tmp_path))


def test_a_rule_whose_file_has_another_name_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "one.yaml").write_text(f"{HEAD}when: account.can_trade\n{TAIL}", encoding="utf-8")

    assert [problem.code for problem in validate(tmp_path / "one.yaml")] == ["E006"]
