"""One door: accepts clients, gives each a thread and a moment, answers, and writes down what was asked."""

import logging
import threading
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from time import sleep
from typing import Any

from service.doors import wire
from service.doors.fields import read_fields, shown
from service.doors.gate import admit, require_admin, without_password
from service.doors.house import House
from service.doors.limits import DoorName, Limits
from service.doors.pace import Pace
from service.doors.refused import Code, Refused, bad_request
from service.doors.trail import Trail, code_of
from service.doors.transport import Gone, Line, Listener, TooBig, TooSlow
from service.doors.verb import Answer, Verb

LOG = logging.getLogger("risk.doors")


class Door:
    """Serves one listener until it is stopped. Nothing that a client sends can end it."""

    def __init__(
        self,
        name: DoorName,
        listener: Listener,
        verbs: Mapping[str, Verb],
        house: House,
        trail: Trail | None,
        limits: Limits,
    ) -> None:
        """`trail` None: requests at this door are not written down, since they change nothing."""
        self._name = name
        self._listener = listener
        self._verbs = verbs
        self._house = house
        self._trail = trail
        self._limits = limits
        self._places = threading.BoundedSemaphore(limits.clients)
        self._streams = threading.BoundedSemaphore(limits.watchers)
        self._pace = Pace(limits.per_minute)
        self._thread = threading.Thread(target=self._accept, name=f"door-{name}", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Take no new client. Requests under way end by themselves."""
        self._listener.close()
        self._thread.join(1.0)

    def _accept(self) -> None:
        while True:
            try:
                line = self._listener.accept()
            except OSError:  # out of handles, say: clients wait, the guard goes on
                LOG.exception("the %s door cannot take a client", self._name)
                sleep(1.0)
                continue
            if line is None:
                return
            if self._places.acquire(blocking=False):
                threading.Thread(
                    target=self._serve, args=(line,), name=f"{self._name}-client", daemon=True
                ).start()
            else:
                self._turn_away(line)

    def _turn_away(self, line: Line) -> None:
        busy = Refused(Code.BUSY, f"{self._limits.clients} others are being served", "try again in a moment")
        with suppress(Gone, TooSlow):
            line.send(wire.answer_line(busy.document()), 0.01)
        line.close()

    def _serve(self, line: Line) -> None:
        try:
            self._talk(line)
        except (Gone, TooSlow):
            pass  # whoever asked does not listen any more
        except Exception:
            LOG.exception("a client of the %s door met a mistake", self._name)
        finally:
            line.close()
            sleep(self._limits.rest)
            self._places.release()

    def _talk(self, line: Line) -> None:
        heard = self._heard(line)  # first: a pipe tells who it is only after something was read from it
        answer = self._answer(replace(self._house, peer=line.peer), heard)
        if isinstance(answer, dict):
            line.send(wire.answer_line(answer), self._limits.seconds)
            return
        if not self._streams.acquire(blocking=False):
            busy = Refused(
                Code.BUSY, f"{self._limits.watchers} others watch already", "read status.json instead"
            )
            line.send(wire.answer_line(busy.document()), self._limits.seconds)
            return
        try:
            for part in answer:
                line.send(wire.answer_line(part), self._limits.seconds)
        finally:
            self._streams.release()

    def _heard(self, line: Line) -> bytes | Refused:
        try:
            return line.receive(self._limits.size, self._limits.seconds)
        except TooBig:
            return bad_request(f"the message is longer than {self._limits.size} bytes", "send less")
        except TooSlow:
            text = f"the message was not complete within {self._limits.seconds:g} s"
            return bad_request(text, "end it with a line feed")

    def _answer(self, house: House, heard: bytes | Refused) -> Answer | Iterator[Answer]:
        """Return the answer, after it was written down."""
        asked = _Asked()
        answer: Answer | Iterator[Answer]
        try:
            if isinstance(heard, Refused):
                raise heard
            answer, refused = self._done(house, heard, asked), None
        except Refused as error:
            answer, refused = error.document(), error
        except Exception:
            LOG.exception("`%s` at the %s door met a mistake", asked.verb, self._name)
            text = "the guard made a mistake with this request; it may or may not have been done"
            refused = Refused(Code.FAILED, text, "look at `risk status` and at logs/error.log")
            answer = refused.document()
        if self._trail is None:
            return answer
        try:
            self._trail.note(house, asked.verb, asked.fields, *code_of(refused))
        except Refused as error:
            LOG.error("not written down: `%s` of %s at the %s door", asked.verb, house.peer.who, self._name)
            if refused is not None:  # nothing was done: that nobody could write it down is the better answer
                return error.document()
        return answer

    def _done(self, house: House, heard: bytes, asked: "_Asked") -> Answer | Iterator[Answer]:
        """Do what was asked. Raises Refused; fills `asked` as far as it is understood."""
        values = wire.message(heard)
        given = without_password(values) if self._name is DoorName.ADMIN else None
        name = values.pop("verb", None)
        asked.verb = name if isinstance(name, str) else ""
        if self._name is DoorName.ADMIN:
            require_admin(house)
        verb = self._verbs.get(asked.verb)
        if verb is None:
            known = ", ".join(f"`{one}`" for one in sorted(self._verbs))
            text = f"`{asked.verb[:40]}` cannot be asked for at the {self._name} door"
            raise Refused(Code.UNKNOWN_VERB, text, f"known here: {known}")
        if self._name is DoorName.ADMIN and not verb.is_open:
            admit(house, given)
        request = read_fields(verb.fields, values)
        asked.fields = shown(request)
        if self._name is DoorName.TRADER and not self._pace.take():
            raise Refused(
                Code.BUSY, "too many requests within a minute; nothing was done", "ask again in a moment"
            )
        return verb.answer(request, house)


class _Asked:
    """What is known of a request while it is read, for the trail."""

    def __init__(self) -> None:
        self.verb = ""
        self.fields: dict[str, Any] = {}
