"""Where things live at run time: the home, one folder for everything."""

import os
import sys
from dataclasses import dataclass
from pathlib import Path


class HomeUnusable(Exception):
    """The home is missing or cannot be used. The text is one sentence with what to do."""


@dataclass(frozen=True, slots=True)
class Home:
    """The folders and files below one root."""

    root: Path

    @property
    def settings(self) -> Path:
        return self.root / "settings.yaml"

    @property
    def accounts(self) -> Path:
        return self.root / "accounts"

    @property
    def rulesets(self) -> Path:
        return self.root / "rulesets"

    @property
    def holidays(self) -> Path:
        """The admin's exceptions to the market calendar, one file for all rulesets."""
        return self.root / "holidays.yaml"

    @property
    def news(self) -> Path:
        """The admin's dated list of releases, one file for all rulesets."""
        return self.root / "news.yaml"

    @property
    def secrets(self) -> Path:
        return self.root / "secrets"

    @property
    def data(self) -> Path:
        return self.root / "data"

    @property
    def store(self) -> Path:
        return self.data / "state.sqlite"

    @property
    def backups(self) -> Path:
        return self.data / "backups"

    @property
    def password(self) -> Path:
        return self.data / "password"

    @property
    def recovery(self) -> Path:
        """The hash of the code for the day on which the password is lost."""
        return self.data / "recovery"

    @property
    def grant_secret(self) -> Path:
        """What the absent partner shares with the guard."""
        return self.data / "grant"

    @property
    def service(self) -> Path:
        """There as long as the guard of this home is installed as a service."""
        return self.data / "service"

    @property
    def instance(self) -> Path:
        return self.data / "daemon.lock"

    @property
    def logs(self) -> Path:
        return self.root / "logs"

    @property
    def anchors(self) -> Path:
        """Where the audit trail ended at each moment."""
        return self.logs / "audit.log"

    @property
    def status_folder(self) -> Path:
        return self.root / "status"

    @property
    def status(self) -> Path:
        return self.status_folder / "status.json"

    @property
    def outbox(self) -> Path:
        """What people are to be told of, and were."""
        return self.data / "outbox.sqlite"

    @property
    def days(self) -> Path:
        """The day book, a file for each trading day, for the report."""
        return self.status_folder / "days"

    @property
    def acts(self) -> Path:
        return self.status_folder / "enforcement.log"

    @property
    def doors(self) -> Path:
        """Where the sockets of the daemon's three doors are."""
        return self.root / "doors"

    def prepare(self) -> None:
        """Make the folders that the daemon writes to. Raises HomeUnusable."""
        if not self.root.is_dir():
            raise HomeUnusable(
                f"there is no folder {self.root}: make one with `risk admin init`, or set RISK_HOME"
            )
        try:
            for folder in (self.data, self.logs, self.secrets):
                folder.mkdir(mode=0o700, exist_ok=True)
            self.status_folder.mkdir(mode=0o755, exist_ok=True)
            for folder in (self.data, self.logs, self.status_folder):
                (folder / ".writable").touch()
                (folder / ".writable").unlink()
        except OSError as error:
            raise HomeUnusable(f"cannot write below {self.root}: {error.strerror or error}") from error


def find_home(given: Path | None = None) -> Home:
    """Return the home that was given, else RISK_HOME, else the user's own, else that of this machine's service."""
    if given is not None:
        return Home(given)
    variable = os.environ.get("RISK_HOME", "").strip()
    if variable:
        return Home(Path(variable))
    from platformdirs import user_data_path  # noqa: PLC0415  not needed by most commands

    own = user_data_path("risk-manager", appauthor=False)
    machine = usual_home(sys.platform)
    return Home(machine if not own.exists() and (machine / "status").exists() else own)


def usual_home(platform: str) -> Path:
    """Return where a service keeps its home, when nobody says otherwise."""
    match platform:
        case "win32":
            return Path(r"C:\ProgramData\RiskManager")
        case "darwin":
            return Path("/Library/Application Support/RiskManager")
        case _:
            return Path("/var/lib/risk-manager")
