"""Run inside a Windows Python: the service from its installation to its removal, a phase a call. Prints JSON.

`python phases.py PHASE HOME [API USER_HUB MARKET_HUB]`. HOME is a Windows path.
"""

import json
import sys
import time
from pathlib import Path
from typing import Any

HOME = Path(sys.argv[2])
PASSWORD = "a long enough sentence"  # noqa: S105 - of this test's home
RULESET = (
    "ruleset: limits\ndsl: 1\nmode_ceiling: enforce\ntz: America/Chicago\ntrading_day: 17:00\ncalendar: cme\n"
)
RULE = """\
rule: max_two
title: At most two contracts
mode: enforce
scope: account
params:
  limit: 2 contracts
when: account.gross_contracts > limit
reset:
  cron: 0 17 * * *
  tz: America/Chicago
then:
  - flatten: account
  - lock: account
    until: reset
message: You hold {account.gross_contracts}, the limit is {limit}. Closed until {lock.until}.
"""


def furnish(api: str, user_hub: str, market_hub: str) -> None:
    """Write a home that guards one account of the simulator."""
    for name in ("accounts", "secrets", "rulesets/limits", "data"):
        (HOME / name).mkdir(parents=True, exist_ok=True)
    (HOME / "rulesets/limits/ruleset.yaml").write_text(RULESET)
    (HOME / "rulesets/limits/max_two.yaml").write_text(RULE)
    gateways = {"sim": {"api": api, "user_hub": user_hub, "market_hub": market_hub}}
    logins = {"main": {"gateway": "sim", "user_name": "demo"}}
    (HOME / "settings.yaml").write_text(json.dumps({"gateways": gateways, "logins": logins}, indent=1))
    (HOME / "secrets/main.key").write_text("demo-key\n")
    (HOME / "accounts/alice.yaml").write_text("id: 9120345\nlogin: main\nmode: enforce\nruleset: limits\n")
    from service.password import AdminPassword

    AdminPassword(HOME / "data" / "password").set(PASSWORD)


def service() -> Any:
    from service.service_here import service_here

    return service_here(HOME)


def status() -> dict[str, Any]:
    from service.client import StatusMissing, read_status

    try:
        return read_status(HOME).document
    except StatusMissing:
        return {}


def wait_for_account(seconds: float = 90.0) -> dict[str, Any]:
    """Return the account once the guard of this boot sees it."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        document = status()
        rows = document.get("accounts", [])
        if rows and rows[0]["synced_at"] and document["daemon"]["state"] == "running" and ping():
            return dict(rows[0])
        time.sleep(0.5)
    raise SystemExit(f"no guard sees the account: {status().get('daemon')}")


def ping() -> bool:
    """Ask over the named pipe of the view door."""
    from service.client import GuardNotRunning, ask

    try:
        return bool(ask(HOME, "view", "ping"))
    except GuardNotRunning:
        return False


def refusal(act: Any) -> str:
    from service.system.commands import SystemRefused

    try:
        act()
    except SystemRefused as error:
        return str(error)
    return ""


def install() -> dict[str, Any]:
    furnish(*sys.argv[3:6])
    done = list(service().install())
    account = wait_for_account()
    steps = {step.name: step.verdict.value for step in service().steps(Path(__file__).parent)}
    kept = (HOME / "secrets/main.key").read_text()
    return {"done": done, "steps": steps, "synced": account["synced_at"], "ping": ping(), "kept": kept}


def prepare() -> dict[str, Any]:
    """Furnish a home, and ask when the day began for a guard that heard of no time yet: Windows has none before 1970."""
    from dsl.resets import build_reset
    from engine.units import Instant

    furnish(*sys.argv[3:6])
    return {"day_began": build_reset("0 17 * * *", "America/Chicago").last_before(Instant(0))}


def look() -> dict[str, Any]:
    import win32service

    account = wait_for_account()
    manager = win32service.OpenSCManager(None, None, win32service.SC_MANAGER_CONNECT)
    opened = win32service.OpenService(manager, "RiskManager", win32service.SERVICE_QUERY_CONFIG)
    program = win32service.QueryServiceConfig(opened)[3]
    steps = {step.name: step.verdict.value for step in service().steps(Path(__file__).parent)}
    return {"synced": account["synced_at"], "program": program, "ping": ping(), "steps": steps}


def locked() -> dict[str, Any]:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and not wait_for_account()["locks"]:
        time.sleep(0.5)
    return {"locks": [(lock["id"], lock["until"]) for lock in wait_for_account()["locks"]]}


def refused() -> dict[str, Any]:
    return {"stop": refusal(service().stop), "guarding": ping()}


def stop() -> dict[str, Any]:
    from service.client import AskRefused, ask

    try:
        ask(HOME, "admin", "service_stop", password="not the password", reason="a try")  # noqa: S106
        wrong = ""
    except AskRefused as error:
        wrong = error.code
    time.sleep(1.2)
    armed = ask(HOME, "admin", "service_stop", password=PASSWORD, reason="the test is over")
    time.sleep(1.5)
    stopped = refusal(service().stop)
    guarding = ping()
    log = (HOME / "logs" / "service.log").read_text(encoding="utf-8")
    return {"wrong": wrong, "armed": armed, "stop": stopped, "guarding": guarding, "log": log[-1500:]}


def uninstall() -> dict[str, Any]:
    return {"done": list(service().uninstall()), "left": refusal(service().start)}


if __name__ == "__main__":
    phases = (prepare, install, look, locked, refused, stop, uninstall)
    phase = next(one for one in phases if one.__name__ == sys.argv[1])
    sys.stdout.write(f"ANSWER {json.dumps(phase())}\n")
