"""What no request is, and what comes too big, too slow or too often: a sentence, a row in the trail, no change."""

import socket
from collections.abc import Callable
from typing import Any

import pytest

Open = Callable[..., Any]

BAD = {
    "nothing": (b"", "not JSON"),
    "words": (b"please let me trade", "not JSON"),
    "bytes": (b"\xff\xfe\x00", "not JSON"),
    "a list": (b"[1,2]", "not a JSON object"),
    "a fraction": (b'{"schema":"risk.ask/1","verb":"ping","n":1.5}', "no whole number"),
    "not a number": (b'{"schema":"risk.ask/1","verb":"ping","n":NaN}', "no whole number"),
    "a key twice": (b'{"schema":"risk.ask/1","verb":"ping","verb":"lock"}', "is there twice"),
    "nested": (b"[" * 60_000, "nested too deeply"),
    "half a character": (b'{"schema":"risk.ask/1","verb":"\\ud800"}', "cannot be printed"),
    "a bell": (b'{"schema":"risk.ask/1","verb":"a\\u0007"}', "cannot be printed"),
    "an old client": (b'{"schema":"risk.ask/0","verb":"ping"}', "this guard speaks `risk.ask/1`"),
    "no schema": (b'{"verb":"ping"}', "schema is missing"),
    "a pickle": (b"\x80\x04\x95\x05.", "not JSON"),
}


@pytest.mark.parametrize("what", BAD)
def test_what_is_no_request_gets_a_sentence_and_a_row(doors_in: Open, what: str) -> None:
    step = doors_in()
    message, words = BAD[what]
    before = step.states()

    for door in ("view", "trader", "admin"):
        answer = step.raw(door, message)
        assert (answer["ok"], answer["code"]) == (False, "bad_request"), answer
        assert words in answer["text"]
        assert answer["help"]

    assert step.states() == before
    assert [(row["door"], row["code"]) for row in step.trail()] == [
        ("trader", "bad_request"),
        ("admin", "bad_request"),
    ]


def test_an_unknown_verb_is_told_which_there_are(doors_in: Open) -> None:
    answer = doors_in().ask("trader", "unlock")

    assert answer["code"] == "unknown_verb"
    assert "`lock`" in answer["help"]


def test_a_message_that_is_too_big_is_answered_before_it_is_whole(doors_in: Open) -> None:
    step = doors_in()

    answer = step.raw("trader", b'{"schema":"risk.ask/1","verb":"lock","until":"' + b"x" * 300_000, end=False)

    assert answer["code"] == "bad_request"
    assert "longer than 65536 bytes" in answer["text"]
    assert [row["code"] for row in step.trail()] == ["bad_request"]


def test_a_message_that_dribbles_in_is_cut_off(doors_in: Open) -> None:
    step = doors_in(seconds=0.2)

    answer = step.raw("trader", b'{"schema":"risk.ask/1"', end=False)

    assert answer["code"] == "bad_request"
    assert "not complete within 0.2 s" in answer["text"]


def test_a_ninth_client_is_told_that_the_door_is_full_and_a_free_place_is_used_again(
    doors_in: Open, eventually: Callable[..., Any]
) -> None:
    step = doors_in(clients=2)
    idle = [socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) for _ in range(2)]
    for one in idle:
        one.connect(str(step.home.doors / "trader.sock"))
    eventually(lambda: step.ask("trader", "ping").get("code") == "busy", 5)
    assert step.ask("view", "ping")["ok"], "each door has places of its own"

    for one in idle:
        one.close()

    eventually(lambda: step.ask("trader", "ping").get("ok"), 5)


def test_a_flood_is_counted_and_not_written_row_by_row(doors_in: Open) -> None:
    step = doors_in(rows=5)

    for _ in range(12):
        step.raw("trader", b"nonsense")
    step.doors._trails["trader"]._since -= 61  # a minute later
    step.house.on_engine(step.doors.look)

    assert len(step.trail()) == 6
    assert step.trail()[-1] == {"door": "trader", "skipped": 7}


def test_what_the_trader_has_done_in_a_minute_is_bounded_so_that_nobody_fills_the_disk(
    doors_in: Open,
) -> None:
    step = doors_in(per_minute=3)

    answers = [step.ask("trader", "lock", account="alice", until=f"{hours}h") for hours in range(1, 6)]

    assert [answer.get("code", "ok") for answer in answers] == ["ok", "ok", "ok", "busy", "busy"]
    assert step.ask("view", "ping")["ok"], "looking is not bounded by it"


def test_a_slow_flood_is_counted_too_once_a_day_s_rows_are_written(doors_in: Open) -> None:
    step = doors_in(rows_a_day=4)

    for _ in range(9):
        step.raw("trader", b"nonsense")

    assert len(step.trail()) == 4
    step.doors._trails["trader"]._since -= 61
    step.house.on_engine(step.doors.look)
    assert step.trail()[-1] == {"door": "trader", "skipped": 5}
