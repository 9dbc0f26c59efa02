"""A session written down over real sockets, and read back through the real decoders."""

import json
import stat
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from connectors.secret import Secret
from connectors.simulator.child import SimulatorProcess
from connectors.topstepx.recording.scrub import Scrubber
from service.exits import CannotStart, Exit
from service.home import Home
from service.recording import record
from service.replaying import Replay

ALICE = 9120345
KEY = 'canary/key+"4711'


def test_every_kind_of_line_is_written_with_schema_and_venue_time(recording: Any) -> None:
    lines = [json.loads(text) for text in recording.path.read_text().splitlines()]

    assert {line["schema"] for line in lines} == {"risk.recording/1"}
    assert (lines[0]["kind"], lines[-1]["kind"]) == ("start", "end")
    assert lines[0]["accounts"] == [ALICE]
    assert {line["kind"] for line in lines} == {"start", "rest", "frame", "link", "end"}
    assert all(line["at"].startswith("2026-11-17T15:0") for line in lines), (
        "the venue's time, not this host's"
    )
    paths = {line["path"] for line in lines if line["kind"] == "rest"}
    assert paths >= {
        "/api/Auth/loginKey",
        "/api/Contract/available",
        "/api/Account/search",
        "/api/Order/v2/query",
        "/api/Position/searchOpen",
        "/api/Trade/search",
    }
    assert any("GatewayLogout" in line.get("text", "") for line in lines)
    assert stat.S_IMODE(recording.path.stat().st_mode) == 0o600


def test_no_key_and_no_token_is_in_a_recording(recording: Any) -> None:
    text = recording.path.read_text()

    for secret in ("canary", "4711", "eyJ", "access_token=", "Bearer "):
        assert secret not in text
    logins = [line for line in map(json.loads, text.splitlines()) if line.get("path") == "/api/Auth/loginKey"]
    assert len(logins) == 2
    assert {line["asked"] for line in logins} == {None}
    assert all('"token":"***"' in line["body"] for line in logins)


def test_a_recording_read_back_leads_to_the_same_account_and_the_decisions_of_its_rules(
    recording: Any,
) -> None:
    home, path = recording.home, recording.path
    played = Replay(path, Home(home), "limits", None)

    told = list(played.decisions())

    assert [(one.account, one.decision.kind, one.decision.rule) for one in told] == [
        (ALICE, "breach", "max_two"),
        (ALICE, "release", "max_two"),
    ]
    assert told[0].decision.message == "You hold 3 contracts, the limit is 2 contracts."
    assert told[0].decision.mode == "shadow"
    state = played.states[ALICE]
    assert not any(position.size for position in state.positions.values())
    assert [fill.size for fill in state.ledger.fills] == [3, 3]
    assert state.status is not None
    assert state.status.balance == recording.state["account"]["balance"] * 1_000_000
    assert len(played.unreadable) == 1
    assert "GatewayUserOrder" in played.unreadable[0]


def test_a_replay_decides_the_same_every_time(recording: Any) -> None:
    home, path = recording.home, recording.path

    first, second = (list(Replay(path, Home(home), "starter", ALICE).decisions()) for _ in range(2))

    assert first == second
    assert first


def test_a_recording_never_overwrites_a_file(venue: SimulatorProcess, home: Path, tmp_path: Path) -> None:
    path = tmp_path / "mine.txt"
    path.write_text("precious")

    with pytest.raises(CannotStart, match="never overwrite") as refused:
        record(Home(home), path, login=None, seconds=1, stop=Event())

    assert refused.value.code is Exit.UNUSABLE
    assert path.read_text() == "precious"


def test_a_refused_login_is_one_sentence_and_the_wrong_key_is_in_no_file(
    venue: SimulatorProcess, home: Path, tmp_path: Path
) -> None:
    path = tmp_path / "refused.jsonl"
    (home / "secrets/main.key").write_text("another-canary")

    with pytest.raises(CannotStart, match="login `main` is refused") as refused:
        record(Home(home), path, login=None, seconds=1, stop=Event())

    assert refused.value.code is Exit.REFUSED
    assert "another-canary" not in str(refused.value) + path.read_text()


def test_a_venue_that_does_not_answer_leaves_no_empty_file(
    venue: SimulatorProcess, home: Path, tmp_path: Path
) -> None:
    path = tmp_path / "nobody.jsonl"
    venue.close()

    with pytest.raises(CannotStart, match="does not answer") as refused:
        record(Home(home), path, login=None, seconds=1, stop=Event())

    assert refused.value.code is Exit.UNREACHABLE
    assert not path.exists()


@pytest.mark.parametrize("text", ["not json\n", '{"schema": "other/1"}\n', "[]\n", "\x00\n"])
def test_a_file_that_is_no_recording_is_refused_with_its_line(text: str, tmp_path: Path) -> None:
    path = tmp_path / "odd.jsonl"
    path.write_text(text)

    with pytest.raises(CannotStart, match="line 1 is not from a recording"):
        list(Replay(path, Home(tmp_path), "starter", None).decisions())


def test_a_recording_cut_off_in_a_line_is_read_up_to_there(recording: Any) -> None:
    home, path = recording.home, recording.path
    whole = path.read_text()
    cut = path.with_name("cut.jsonl")
    cut.write_text(whole[: len(whole) - 10])

    assert list(Replay(cut, Home(home), "limits", None).decisions())


def test_a_secret_is_found_however_it_is_escaped() -> None:
    scrubber = Scrubber(Secret(KEY))
    scrubber.learn_from(b'{"token":"plain-token","success":true}')
    scrubber.learn_from(b'{"newToken":"newer/token","success":true}')

    dirty = (
        f'{KEY} canary%2Fkey%2B%224711 canary/key+\\"4711 plain-token newer%2Ftoken newer/token Bearer abc'
    )

    assert scrubber.clean(dirty) == "*** *** *** *** *** *** Bearer ***"
