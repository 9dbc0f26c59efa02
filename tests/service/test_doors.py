"""The three doors over real sockets: who gets in, what is asked, what is answered, what is written down."""

import json
import os
import socket
import stat
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from service.doors.opening import TABLES

Open = Callable[..., Any]
RIGHT = "correct horse battery"
WRONG = "guess at it now"


def test_the_sockets_are_open_to_those_they_are_for(doors_in: Open) -> None:
    step = doors_in()

    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in step.home.doors.iterdir()}

    assert modes == {"view.sock": 0o666, "trader.sock": 0o666, "admin.sock": 0o600}
    assert stat.S_IMODE(step.home.doors.stat().st_mode) == 0o755


def test_the_view_door_answers_and_leaves_no_trace(doors_in: Open) -> None:
    step = doors_in()
    step.publisher.write()

    answer = step.ask("view", "ping")

    assert answer["ok"] is True
    assert answer["schema"] == "risk.answer/1"
    assert answer["accounts"] == ["alice", "bob"]
    assert step.ask("view", "status")["document"]["schema"] == "risk.status/1"
    assert step.trail() == []


def test_a_lock_by_the_trader_is_set_on_the_engine_thread_and_written_down(doors_in: Open) -> None:
    step = doors_in()

    answer = step.ask("trader", "lock", account="alice", until="2h")

    assert answer["ok"] is True
    (lock,) = step.states()[1].locks.values()
    assert (lock.kind.value, lock.state.value, lock.by) == ("voluntary", "no_increase", "trader")
    assert answer["lock"] == lock.id
    assert not step.states()[2].locks
    assert step.trail() == [
        {"door": "trader", "verb": "lock", "who": f"uid {os.getuid()}", "pid": os.getpid(),
         "fields": {"until": "2h", "account": "alice"}, "code": "ok"}
    ]  # fmt: skip
    assert step.bench.recovered().state == step.states()[1], "a replay of the journal gives the same"


def test_a_shorter_lock_changes_nothing_and_says_which_end_holds(doors_in: Open) -> None:
    step = doors_in()
    first = step.ask("trader", "lock", account="alice", until="2h")

    second = step.ask("trader", "lock", account="alice", until="30m")

    assert second["until"] == first["until"]
    assert second["asked_until"] < first["until"]
    assert len(step.states()[1].locks) == 1


@pytest.mark.parametrize(
    ("fields", "code", "words"),
    [
        ({"until": "soon", "account": "alice"}, "bad_request", "no time to lock until"),
        ({"until": "40d", "account": "alice"}, "policy", "more than 31 days"),
        ({"until": "2020-01-01T00:00+00:00", "account": "alice"}, "bad_request", "over already"),
        ({"until": "2026-12-01T00:00", "account": "alice"}, "bad_request", "no time to lock until"),
        ({"account": "carol"}, "not_found", "there is no account `carol`"),
        ({}, "not_found", "say which account"),
        ({"account": "alice", "symbol": "MMQ"}, "not_found", "lists no symbol `MMQ`"),
        ({"account": "alice", "untill": "2h"}, "bad_request", "there is no field `untill`"),
        ({"account": 1}, "bad_request", "`account` must be a text"),
    ],
)
def test_a_lock_that_cannot_be_is_said_in_words_and_changes_nothing(
    doors_in: Open, fields: dict[str, Any], code: str, words: str
) -> None:
    step = doors_in()
    before = step.states()

    answer = step.ask("trader", "lock", **fields)

    assert (answer["ok"], answer["code"]) == (False, code)
    assert words in answer["text"]
    assert step.states() == before
    assert [row["code"] for row in step.trail()] == [code]


def test_the_admin_door_asks_for_the_password_in_every_message(doors_in: Open) -> None:
    step = doors_in()
    assert step.ask("admin", "ping", password=RIGHT)["code"] == "policy", "there is none yet"
    step.password.set(RIGHT)

    assert step.ask("admin", "ping")["code"] == "bad_request"
    assert step.ask("admin", "ping", password=7)["code"] == "bad_request"
    assert step.ask("admin", "ping", password=RIGHT)["ok"] is True
    assert step.ask("admin", "ping", password=WRONG)["code"] == "wrong_password"
    assert step.ask("admin", "ping", password=RIGHT)["code"] == "wait", "not looked at so soon"
    written = json.dumps(step.trail())
    assert RIGHT not in written
    assert "guess" not in written
    assert [row["code"] for row in step.trail()] == [
        "policy", "bad_request", "bad_request", "ok", "wrong_password", "wait",
    ]  # fmt: skip


def test_watching_gives_each_new_status_and_ends_with_the_guard(doors_in: Open) -> None:
    step = doors_in()
    step.publisher.write()
    heard: list[str] = []

    def watch() -> None:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
            line.connect(str(step.home.doors / "view.sock"))
            line.sendall(b'{"schema":"risk.ask/1","verb":"watch"}\n')
            for text in line.makefile():
                heard.append(json.loads(text)["document"]["daemon"]["state"])
                if len(heard) == 1:
                    step.publisher.enter("running")
                elif len(heard) == 2:
                    step.publisher.enter("stopping")

    watcher = threading.Thread(target=watch)
    watcher.start()
    watcher.join(10)

    assert heard == ["starting", "running", "stopping"]


def test_a_folder_that_others_may_write_to_is_no_place_for_doors(
    doors_in: Open, tmp_path: Path, eventually: Callable[..., Any]
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (tmp_path / "link").mkdir()
    (tmp_path / "link" / "doors").symlink_to(elsewhere)

    step = doors_in(tmp_path / "link")

    assert "no folder of its own" in {one.code: one.text for one in step.bench.alarms.active()}["doors"]
    assert list(elsewhere.iterdir()) == []


def test_a_path_that_is_too_long_for_a_socket_works_all_the_same(doors_in: Open, tmp_path: Path) -> None:
    from service import client

    deep = tmp_path / ("a" * 60) / ("b" * 60)
    deep.mkdir(parents=True)
    step = doors_in(deep)
    step.publisher.write()

    assert client.ask(deep, "view", "ping")["accounts"] == ["alice", "bob"]
    assert next(client.follow(deep))["schema"] == "risk.status/1"
    assert not list(Path(deep).glob("risk-*"))


def test_the_tables_have_every_verb_file() -> None:
    folder = Path(__file__).resolve().parents[2] / "service" / "doors" / "verbs"
    files = {path.stem for path in folder.glob("*.py")} - {"__init__"}
    used = {verb.answer.__module__.rpartition(".")[2] for table in TABLES.values() for verb in table.values()}

    assert files == used
