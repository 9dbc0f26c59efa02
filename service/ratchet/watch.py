"""The watch over the files: whatever was changed outside of `risk admin apply` is said within seconds, and not used."""

import hashlib
import logging
import threading
from collections.abc import Callable, Collection, Iterator
from pathlib import Path

from service import rules_source
from service.alarms import Alarms
from service.call import Call
from service.clock import TrustedClock
from service.guarded import Guarded
from service.home import Home
from service.inbox import Inbox
from service.ratchet.ratchet import Ratchet
from service.settings import AccountSettings
from service.settings_read import read_home
from service.store.store import Store

LOG = logging.getLogger("risk.ratchet")

SECONDS = 2.0
"""Between two looks. Reading some twenty small files takes about a millisecond."""

UNREADABLE = "files:home"


def note_files(inbox: Inbox, store: Store, clock: TrustedClock, text: str) -> None:
    """Write to the audit trail what was found in the files; the engine thread does it when it comes by."""
    inbox.call(Call(lambda: store.note(clock.now(), "files", text)))


class Watch:
    """A thread of its own: files are never read on the engine thread."""

    def __init__(
        self,
        home: Home,
        accounts: Collection[Guarded],
        ratchet: Ratchet,
        alarms: Alarms,
        note: Callable[[str], None] = lambda text: None,
    ) -> None:
        """Take what to compare; `note` keeps in the audit trail what is found."""
        self._note = note
        self._home = home
        self._accounts = accounts
        self._ratchet = ratchet
        self._alarms = alarms
        self._seen = ""
        self._rulesets = set[str]()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._work, name="files", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stop.set()
        if self._thread.ident is not None:
            self._thread.join(1.0)

    def look(self) -> None:
        """Compare the files with the rules in force and with those that wait, if either has changed since."""
        seen = self._seen_now()
        if seen == self._seen:
            return
        found = read_home(self._home)
        if found.settings is None:
            first = found.problems[0]
            self._say(
                UNREADABLE,
                f"the settings cannot be read as they stand ({first.message}); what is in force stays. Run "
                "`risk validate`, or put the file back",
            )
            self._seen = seen
            return
        self._alarms.clear(UNREADABLE)
        self._rulesets = {one.ruleset for one in found.settings.accounts}
        written = {one.id: one for one in found.settings.accounts}
        for account in self._accounts:
            settings = written.get(account.id)
            if settings is None:
                said = f"the file of account {account.name} is gone: the account stays guarded"
            elif not self._ratchet.home.is_known_way(found.settings, settings):
                said = f"the login or the gateway of account {account.name} is not the one in force"
            elif not self._is_known(account, settings):
                said = f"the files of account {account.name} differ from its rules in force"
            else:
                self._alarms.clear(f"files:{account.name}")
                continue
            self._say(f"files:{account.name}", f"{said}; nothing of that is used. {self._way()}")
        self._seen = seen

    def _say(self, code: str, text: str) -> None:
        self._alarms.raise_(code, text)
        self._note(text)

    def _is_known(self, account: Guarded, settings: AccountSettings) -> bool:
        """Say whether the files are what is in force, or what was asked for and waits."""
        known = self._ratchet.known(account)
        return any(rules_source.says_the_same(self._home, settings, kept) for kept in known)

    def _way(self) -> str:
        if self._home.password.exists():
            return "`risk admin apply` takes it over, or put the files back"
        return "Restart the guard to take it over; with an admin password only `risk admin apply` does"

    def _seen_now(self) -> str:
        """Return a digest of every file that decides, and of what is in force and waits."""
        found = hashlib.sha256()
        for path in sorted(self._paths()):
            found.update(f"\n{path}\n".encode())
            try:
                found.update(path.read_bytes())
            except OSError as error:
                found.update(str(error.errno).encode())
        found.update(repr(self._ratchet.home.in_force).encode())
        for account in self._accounts:
            found.update(",".join(kept.digest for kept in self._ratchet.known(account)).encode())
        return found.hexdigest()

    def _paths(self) -> Iterator[Path]:
        yield from (self._home.settings, self._home.holidays, self._home.news, self._home.password)
        yield from self._home.accounts.glob("*.yaml")
        for name in self._rulesets:
            yield from rules_source.folder_of(self._home, name).rglob("*.yaml")

    def _work(self) -> None:
        while not self._stop.wait(SECONDS):
            try:
                self.look()
            except (OSError, ValueError) as error:
                LOG.error("the files cannot be looked at: %s", error)
