"""The service itself under attack: its unit masked, changed, disabled, deleted; and removed without the password."""

import io
import json
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

if sys.platform == "win32" or shutil.which("systemctl") is None:
    pytest.skip("no systemctl here: no unit was tampered with", allow_module_level=True)

from cli.app import run
from connectors.simulator.child import SimulatorProcess
from service.alarms import Alarms
from service.doctor.examine import examine
from service.home import Home
from service.password import AdminPassword
from service.service_watch import ServiceWatch
from service.system import systemd, systemd_unit
from service.system.marking import is_marked, mark
from service.system.plan import plan_for
from service.system.systemd_unit import unit_path, unit_text

RIGHT = "correct horse battery"
UNIT = "risk-manager.service"

SYSTEMCTL = """\
#!/bin/sh
# What is enabled and masked is asked of the real systemctl, in a system tree of the test's; that it runs, and its stop, is said here.
case "$1" in is-active) echo active; exit 0;; stop) exit 0;; esac
if [ "$1" = disable ]; then shift; [ "$1" = --now ] && shift; set -- disable "$@"; fi
exec {real} --root={root} "$@"
"""


@pytest.fixture
def installed(house: Any, sim: SimulatorProcess, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a home whose service is installed and enabled in a system tree of the test's own."""
    home: Path = house.home(sim)
    root = tmp_path / "system"
    folder = root / "etc" / "systemd" / "system"
    folder.mkdir(parents=True)
    (tmp_path / "bin").mkdir()
    fake = tmp_path / "bin" / "systemctl"
    fake.write_text(SYSTEMCTL.format(real=shutil.which("systemctl"), root=root))
    fake.chmod(0o755)
    monkeypatch.setenv("PATH", f"{fake.parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setattr(systemd_unit, "FOLDER", folder)
    monkeypatch.setattr(systemd, "RUNNING", root)
    plan = plan_for("linux", home)
    unit_path(plan).write_text(unit_text(plan))
    systemd.ask_system("systemctl", "enable", UNIT)
    mark(home)
    return home


def found(home: Path) -> dict[str, str]:
    """Return what `risk doctor` says of the unit and of its start at boot."""
    steps = {one.name: one.verdict.value for one in examine(Home(home), connect=False)}
    return {name: steps[name] for name in ("service unit", "service at boot", "service") if name in steps}


def alarm(home: Path) -> str:
    """Return what the watch in the running guard would say at its next look."""
    alarms = Alarms(lambda: 0)  # type: ignore[arg-type, return-value]
    ServiceWatch(home, alarms).look()
    return "; ".join(one.text for one in alarms.active() if one.code == "service")


def test_a_unit_that_was_tampered_with_fails_the_doctor_and_is_an_alarm(installed: Path) -> None:
    unit = unit_path(plan_for("linux", installed))
    whole = unit.read_text()
    assert found(installed) == {"service unit": "pass", "service at boot": "pass"}
    assert "service unit" not in alarm(installed)
    assert "service at boot" not in alarm(installed)

    systemd.ask_system("systemctl", "disable", UNIT)
    assert found(installed) == {"service unit": "pass", "service at boot": "fail"}
    assert "service at boot: it is disabled" in alarm(installed)

    unit.unlink()
    systemd.ask_system("systemctl", "mask", UNIT)
    assert found(installed) == {"service unit": "fail", "service at boot": "fail"}
    assert "service at boot: it is masked" in alarm(installed)

    unit.unlink()
    assert found(installed) == {"service": "fail"}
    assert "it is not installed" in alarm(installed)

    unit.write_text(whole.replace("Restart=always", "Restart=no"))
    systemd.ask_system("systemctl", "enable", UNIT)
    assert found(installed) == {"service unit": "fail", "service at boot": "pass"}
    assert "was changed" in alarm(installed)


def test_uninstalling_without_the_password_is_refused_and_written_down(
    installed: Path,
    guard_in: Callable[..., Any],
    eventually: Callable[..., Any],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    AdminPassword(Home(installed).password).set(RIGHT)
    guard = guard_in(installed)
    guard.ready()

    def uninstall(password: str) -> int:
        monkeypatch.setattr("sys.stdin", io.StringIO(f"{password}\n"))
        options = ["--reason", "I want to trade", "--stdin", "--home", str(installed)]
        return run(["admin", "service", "uninstall", *options])

    assert uninstall("not the password") == 9
    assert "this is not the admin password" in capsys.readouterr().err
    assert unit_path(plan_for("linux", installed)).exists()
    assert is_marked(installed)
    assert guard.process.poll() is None

    guard.stop()
    assert run(["admin", "audit", "--json", "--home", str(installed)]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    asked = [json.loads(row["body"]) for row in rows if row["kind"] == "ask"]
    assert [(row["verb"], row["code"]) for row in asked] == [("service_stop", "wrong_password")]
    assert "not the password" not in json.dumps(rows)

    eventually(lambda: uninstall(RIGHT) == 0, 20.0)
    assert not unit_path(plan_for("linux", installed)).exists()
    assert not is_marked(installed)
