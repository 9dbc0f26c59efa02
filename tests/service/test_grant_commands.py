"""`risk redeem` and `risk admin grant`, the two ends of a phone call."""

import io
from pathlib import Path
from typing import Any

import pytest

from cli.app import run
from service.grants import codes

Phone = Any


def test_the_two_commands_agree_over_the_phone(
    phone: Phone, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    home = ["--home", str(phone.step.home.root)]
    assert run(["redeem", "--account", "alice", "--for", "2h", *home]) == 0
    challenge = capsys.readouterr().out.splitlines()[0].split()[1]
    monkeypatch.setattr("sys.stdin", io.StringIO(codes.secret_text(phone.secret) + "\n"))
    partner = ["admin", "grant", challenge.lower(), "--account", "alice", "--lock", phone.lock, "--for", "2h"]
    assert run([*partner, "--stdin", "--home", str(tmp_path / "elsewhere")]) == 0
    code = capsys.readouterr().out.strip()

    assert run(["redeem", code, *home]) == 0

    assert f"lifted {phone.lock} of alice" in capsys.readouterr().out
    assert not phone.step.states()[1].locks


def test_a_slip_of_the_tongue_is_noticed_before_it_is_sent() -> None:
    challenge = codes.new_challenge()
    for place in range(8):
        for letter in set(codes.LETTERS) - {challenge[place], "0", "Z"}:
            slip = challenge[:place] + letter + challenge[place + 1 :]
            with pytest.raises(codes.Unreadable):
                codes.read_challenge(slip)
    assert codes.read_challenge(codes.spelled(challenge).lower()) == challenge
    secret = codes.new_secret()
    assert codes.read_secret(codes.secret_text(secret).replace("0", "o").replace("1", "l")) == secret
