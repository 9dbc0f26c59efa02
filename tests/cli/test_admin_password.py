"""`risk admin password`: asked for, never given on the command line, kept as a hash."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from service.password import AdminPassword

Risk = Callable[..., Any]
FIRST, SECOND = "correct horse battery", "staple and much more"


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Answer prompts of a terminal with these words, one after the other."""

    def give(*words: str) -> None:
        answers = iter(words)
        monkeypatch.setattr("getpass.getpass", lambda prompt: next(answers))
        monkeypatch.setattr("sys.stdin", io.StringIO())
        monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)

    return give


def piped(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(text))


def is_password(home: Path, password: str) -> bool:
    return AdminPassword(home / "data" / "password").check(password).is_right


def test_the_password_is_asked_for_twice_and_kept_as_a_hash(
    risk: Risk, tmp_path: Path, typed: Callable[..., None]
) -> None:
    typed(FIRST, FIRST)

    ended = risk("admin", "password", "--home", str(tmp_path))

    assert ended.code == 0
    assert is_password(tmp_path, FIRST)
    kept = tmp_path / "data" / "password"
    assert FIRST not in kept.read_text()
    assert FIRST not in ended.out + ended.err
    assert kept.stat().st_mode & 0o077 == 0


def test_two_different_words_change_nothing(risk: Risk, tmp_path: Path, typed: Callable[..., None]) -> None:
    typed(FIRST, SECOND)

    ended = risk("admin", "password", "--home", str(tmp_path))

    assert ended.code == 9
    assert "differ" in ended.err
    assert not (tmp_path / "data" / "password").exists()


def test_changing_it_needs_the_old_one(risk: Risk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    piped(monkeypatch, f"{FIRST}\n")
    assert risk("admin", "password", "--stdin", "--home", str(tmp_path)).code == 0

    piped(monkeypatch, f"wrong guess at it\n{SECOND}\n")
    assert risk("admin", "password", "--stdin", "--home", str(tmp_path)).code == 9
    assert "wrong guess" not in (tmp_path / "data" / "password").read_text()


def test_the_right_old_one_opens_the_way(risk: Risk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    piped(monkeypatch, f"{FIRST}\n")
    risk("admin", "password", "--stdin", "--home", str(tmp_path))

    piped(monkeypatch, f"{FIRST}\n{SECOND}\n")
    assert risk("admin", "password", "--stdin", "--home", str(tmp_path)).code == 0
    assert is_password(tmp_path, SECOND)


@pytest.mark.parametrize("word", ["", "short", "aaaaaaaaaaaaaaaa"])
def test_a_weak_password_is_refused_with_a_reason(
    risk: Risk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, word: str
) -> None:
    piped(monkeypatch, f"{word}\n")

    ended = risk("admin", "password", "--stdin", "--home", str(tmp_path))

    assert ended.code == 9
    assert "the password" in ended.err


def test_without_a_terminal_it_does_not_wait_for_anybody(
    risk: Risk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    piped(monkeypatch, "")

    assert risk("admin", "password", "--home", str(tmp_path)).code == 2
    assert risk("admin", "password", "--stdin", "--home", str(tmp_path)).code == 2


def test_a_home_that_is_not_there_is_not_made(risk: Risk, tmp_path: Path) -> None:
    ended = risk("admin", "password", "--home", str(tmp_path / "nowhere"))

    assert ended.code == 3
    assert not (tmp_path / "nowhere").exists()
