"""A folder that the trader made in the guard's place before the guard came: nothing of it is taken over."""

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

if sys.platform == "win32" or os.geteuid() != 0 or shutil.which("useradd") is None:
    pytest.skip("needs root and useradd: no folder was planted", allow_module_level=True)

from service.system import systemd, systemd_unit
from service.system.commands import SystemRefused
from service.system.place import check_place, make_place
from service.system.plan import ServicePlan
from service.system.posix_user import make_user
from service.system.systemd import Systemd

GUARD, TRADER = "riskmanager", "risktrader"


@pytest.fixture
def place() -> Iterator[Path]:
    """Return a folder of root's that everybody may pass, as /var/lib is."""
    made = Path(tempfile.mkdtemp(prefix="risk-planted-"))
    made.chmod(0o755)
    yield made
    shutil.rmtree(made)


@pytest.fixture
def here(place: Path, monkeypatch: pytest.MonkeyPatch) -> Systemd:
    """Return a service whose unit would lie in the folder too, on a system that systemd does not run."""
    monkeypatch.setattr(systemd_unit, "FOLDER", place)
    monkeypatch.setattr(systemd, "RUNNING", place / "systemd does not run")
    return Systemd(ServicePlan("risk-manager", (sys.executable,), place / "home", GUARD))


def planted(path: Path, owner: int) -> None:
    """Make a home as the trader would: with rules and a password that are his."""
    (path / "data").mkdir(parents=True)
    (path / "settings.yaml").write_text("gateways: {}\n")
    (path / "data" / "password").write_text("his own")
    for each in (path, *path.rglob("*")):
        os.chown(each, owner, owner, follow_symlinks=False)


def test_an_installation_takes_over_nothing_that_the_trader_planted(place: Path, here: Systemd) -> None:
    trader = make_user(TRADER).user
    planted(place / "home", trader)
    with pytest.raises(SystemRefused, match=f"belongs to user {trader}, who was there first"):
        list(here.install())

    (place / "home").rename(place / "his")
    (place / "home").symlink_to(place / "his")
    os.chown(place / "home", trader, trader, follow_symlinks=False)
    with pytest.raises(SystemRefused, match="is a link"):
        list(here.install())

    assert not (place / "risk-manager.service").exists()
    assert [path.stat().st_uid for path in (place / "his").rglob("*")] == [trader] * 3
    (place / "home").unlink()
    assert "unit" in " ".join(here.install()), "in a free place it goes on"
    assert (place / "home").stat().st_uid == make_user(GUARD).user


def test_a_place_that_leads_elsewhere_or_is_somebody_elses_is_refused(place: Path) -> None:
    guard, trader = make_user(GUARD).user, make_user(TRADER).user
    users = (0, guard)
    (place / "way").mkdir()
    home = place / "way" / "home"
    make_place(home, guard)

    for change, back, words in (
        (lambda: (place / "way").chmod(0o777), lambda: (place / "way").chmod(0o755), "written by others"),
        (lambda: home.chmod(0o775), lambda: home.chmod(0o755), "written by others"),
        (
            lambda: os.chown(place / "way", trader, -1),
            lambda: os.chown(place / "way", 0, -1),
            "who was there",
        ),
        (lambda: os.chown(home, trader, -1), lambda: os.chown(home, 0, -1), "who was there first"),
    ):
        change()
        with pytest.raises(SystemRefused, match=words):
            check_place(home, users)
        back()
        check_place(home, users)

    os.chown(home, guard, -1)
    check_place(home, users)
    (place / "link").symlink_to(place / "way")
    check_place(place / "link" / "home", users)  # root's own link: /tmp is one on macOS
    os.chown(place / "link", trader, trader, follow_symlinks=False)
    with pytest.raises(SystemRefused, match=f"is a link of user {trader}"):
        check_place(place / "link" / "home", users)
