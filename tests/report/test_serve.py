"""`risk serve`: a real process, asked over a real socket, looked at in a real browser."""

import json
import os
import runpy
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from cli.host_time import host_now

ROOT = Path(__file__).resolve().parents[2]
STATES = runpy.run_path(str(ROOT / "tests" / "cli" / "states.py"))["STATES"]


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


class Page:
    """The served page of one home."""

    def __init__(self, home: Path) -> None:
        self.home, self.port = home, free_port()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "cli", "serve", "--home", str(home), "--port", str(self.port)],
            cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert self.process.stdout is not None
        self.address = self.process.stdout.readline().strip()
        self.token = self.address.partition("token=")[2]

    def publish(self, document: dict[str, Any]) -> None:
        """Put a status in place as the guard does, written just now by a process that lives."""
        now = host_now()
        document = json.loads(json.dumps(document))
        document["written_at"] = now.isoformat()
        document["daemon"]["pid"] = os.getpid()
        fresh = self.home / "status" / "status.part"
        fresh.write_text(json.dumps(document))
        fresh.replace(self.home / "status" / "status.json")

    def ask(self, path: str, **headers: str) -> tuple[int, str, dict[str, str]]:
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", headers=headers)
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310
                return answer.status, answer.read().decode(), dict(answer.headers)
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode(), dict(error.headers)

    def send(self, text: str) -> str:
        with socket.create_connection(("127.0.0.1", self.port), timeout=10) as raw:
            raw.sendall(text.encode())
            return raw.makefile("rb").read().decode("utf-8", "replace")


@pytest.fixture
def page(tmp_path: Path) -> Iterator[Page]:
    (tmp_path / "status").mkdir()
    served = Page(tmp_path)
    yield served
    served.process.terminate()
    served.process.communicate(timeout=10)


def test_without_the_token_nothing_is_shown_and_with_it_no_answer_may_be_kept_or_framed(page: Page) -> None:
    page.publish(next(iter(STATES.values()))())

    assert page.ask("/")[0] == 403
    assert page.ask("/status.json", Cookie="risk_token=guess")[0] == 403
    code, text, headers = page.ask("/status.json", Cookie=f"risk_token={page.token}")
    assert code == 200
    assert json.loads(text)["status"]["schema"] == "risk.status/1"
    assert headers["Cache-Control"] == "no-store"
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]


def test_another_name_another_method_and_another_path_are_refused(page: Page) -> None:
    cookie = {"Cookie": f"risk_token={page.token}"}

    assert page.ask("/", Host="evil.example", **cookie)[0] == 403
    assert page.ask("/../../etc/passwd", **cookie)[0] == 404
    posted = f"POST /status.json HTTP/1.1\r\nHost: 127.0.0.1:{page.port}\r\nCookie: risk_token={page.token}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
    assert page.send(posted).startswith("HTTP/1.1 403")


def test_it_listens_on_the_loopback_address_alone(page: Page) -> None:
    outside = [
        one[4][0]
        for one in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)
        if not one[4][0].startswith("127.")
    ]

    for address in outside:
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection((address, page.port), timeout=2)
    with socket.create_connection(("127.0.0.1", page.port), timeout=2):
        pass


def test_the_page_follows_the_guard_without_an_error_or_a_foreign_request(page: Page, look_at: Any) -> None:
    names = list(STATES)
    page.publish(STATES[names[0]]())
    with look_at(320) as look:
        look.page.goto(page.address)
        look.page.wait_for_selector("article")
        for name in names:
            document = STATES[name]()
            page.publish(document)
            for account in document["accounts"]:
                for text in (account["verdict"]["text"], *(rule["title"] for rule in account["rules"])):
                    look.page.wait_for_function(
                        "text => document.body.textContent.includes(text)", arg=text, timeout=10_000
                    )
            assert look.overflow() <= 0, name

        assert "token" not in look.page.url
        assert look.complaints == []
        assert {
            url.partition("?")[0].rpartition("/")[0] for url in look.asked if not url.startswith("data:")
        } == {f"http://127.0.0.1:{page.port}"}


def test_a_guard_that_died_is_told_in_red_within_seconds(page: Page, look_at: Any) -> None:
    page.publish(next(iter(STATES.values()))())
    with look_at() as look:
        look.page.goto(page.address)
        look.page.wait_for_selector("article")
        document = json.loads((page.home / "status" / "status.json").read_text())
        ended = subprocess.Popen([sys.executable, "-c", ""])
        ended.wait()
        document["daemon"]["pid"] = ended.pid
        document["written_at"] = (host_now() - timedelta(seconds=5)).isoformat()
        (page.home / "status" / "status.json").write_text(json.dumps(document))
        started = time.monotonic()
        look.page.wait_for_selector("#state.bad")

        assert time.monotonic() - started < 5
        assert "GUARD NOT RUNNING" in look.page.inner_text("#state")


def test_a_taken_port_is_told_in_one_sentence(page: Page) -> None:
    second = subprocess.run(
        [sys.executable, "-m", "cli", "serve", "--home", str(page.home), "--port", str(page.port)],
        cwd=ROOT, capture_output=True, text=True, timeout=30, check=False,
    )  # fmt: skip

    assert second.returncode == 3
    assert f"cannot listen on 127.0.0.1:{page.port}" in second.stderr
    assert "Traceback" not in second.stderr
