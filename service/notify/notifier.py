"""The thread that tells people: follows the acts log and the alarms, sends what is due, shows that the guard lives."""

import logging
import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path

from dsl.render import render_text
from engine.units import SECOND, Instant
from service.alarms import Alarms
from service.home import Home
from service.iso import iso
from service.notify.following import ActTail
from service.notify.messages import of_act, of_alarm, of_guard
from service.notify.outbox import Outbox
from service.notify.postman import Postman
from service.notify.sending import NoApprise, Send, beat, sender
from service.notify.settings import NotifySettings, read_notify

LOG = logging.getLogger("risk.notify")

LOOK = 0.5
"""Seconds between two looks at the log. A message may take five seconds (`reliability.md` R16)."""

LAST_WORDS = 2.0
"""Seconds that a wanted stop waits for its own message."""


class Notifier:
    """One thread; nothing that it does or fails to do reaches the engine's. Without people it does not run."""

    def __init__(
        self,
        acts: Path,
        outbox: Path,
        settings: NotifySettings,
        alarms: Alarms,
        now: Callable[[], Instant],
        send: Send | None = None,
    ) -> None:
        """`now` is trusted time. `send` stands in for apprise."""
        self._acts = acts
        self._path = outbox
        self._settings = settings
        self._alarms = alarms
        self._now = now
        self._send = send
        self._stopping = threading.Event()
        self._beat_at = Instant(0)
        self._thread = threading.Thread(target=self._work, name="notify", daemon=True)

    def start(self) -> None:
        """Begin, if there is anybody to tell."""
        for place in self._settings.missing:
            self._alarms.raise_(
                f"notify:{place}", f"notify.yaml names somebody, but {place} holds no address"
            )
        if self._settings.people or self._settings.heartbeat_url:
            self._thread.start()

    def stop(self) -> None:
        """Say that nobody guards from here on, and end."""
        self._stopping.set()
        if self._thread.ident is not None:
            self._thread.join(LAST_WORDS)

    def _work(self) -> None:
        try:
            send = self._send or sender()
            outbox = Outbox(self._path)
        except NoApprise:
            text = "notify.yaml names people, but the package for it is not installed: pip install 'risk-manager[notify]'"
            self._alarms.raise_("notify:apprise", text)
            return
        except sqlite3.Error as error:
            self._alarms.raise_(
                "notify:outbox", f"{self._path} cannot be used ({error}): nobody is told of anything"
            )
            return
        outbox.tidy(self._now())
        tail = ActTail(self._acts, outbox.position(iso(self._now())))
        outbox.add(of_guard(iso(self._now()), is_up=True), self._settings.people, self._now())
        postmen = [Postman(person, outbox, send, self._alarms, self._now) for person in self._settings.people]
        for postman in postmen:
            postman.start()
        while not self._stopping.is_set():
            self._round(outbox, tail)
            self._stopping.wait(LOOK)
        outbox.add(of_guard(iso(self._now()), is_up=False), self._settings.people, self._now())
        for postman in postmen:
            postman.stop()
        if all(postman.join() for postman in postmen):
            outbox.close()

    def _round(self, outbox: Outbox, tail: ActTail) -> None:
        """Take what is new; a mistake here costs a message, never the thread."""
        try:
            self._take(outbox, tail)
            self._beat()
        except Exception:
            LOG.exception("an act could not be taken for notification")

    def _take(self, outbox: Outbox, tail: ActTail) -> None:
        now = self._now()
        for act in tail.fresh():
            note = of_act(act)
            if note is not None:
                outbox.add(note, self._settings.people, now)
            outbox.move_to(str(act["at"]))
        for alarm in self._alarms.active():
            if not alarm.code.startswith("notify:"):
                outbox.add(of_alarm(alarm), self._settings.people, now)

    def _beat(self) -> None:
        every, now = self._settings.heartbeat, self._now()
        if every is None or not self._settings.heartbeat_url or now - self._beat_at < every:
            return
        self._beat_at = now
        if not beat(self._settings.heartbeat_url):
            LOG.warning("the heartbeat's address did not answer; tried again in %d s", every // SECOND)


def people_to_tell(home: Home, alarms: Alarms) -> NotifySettings:
    """Return what notify.yaml says; with a mistake in it nobody is told, and that is an alarm."""
    settings, problems = read_notify(home)
    if problems:
        LOG.error("%s", render_text(problems))
        alarms.raise_(
            "notify:settings",
            f"notify.yaml cannot be used ({problems[0].message}): nobody is told of anything",
        )
    return settings
