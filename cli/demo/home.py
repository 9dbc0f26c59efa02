"""The demo's home: settings for the simulated venue, and two accounts under four of the shipped starter rules."""

import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from cli.moments import exchange_zone
from cli.shipped import SHIPPED

LOGIN = "demo"
ALICE, BOB = 9120345, 9087711
NAMES = {ALICE: "alice", BOB: "bob"}

SETTINGS = """\
gateways:
  simulator: {{api: "{api}", user_hub: "{user_hub}", market_hub: "{market_hub}"}}
logins:
  {login}: {{gateway: simulator, user_name: "{user_name}"}}
"""

ACCOUNT = """\
id: {id}
login: {login}
mode: enforce
ruleset: demo
watch: [MNQ, MES]
"""

RULES = ("max_contracts", "max_contracts_per_instrument", "session_block_outside", "daily_realized_loss")
"""The rules that the traders break; the other shipped ones would act on the same trades."""

HOURS = 'set:\n  session_block_outside.open_hours: "{{tz: America/Chicago, days: [MON, TUE, WED, THU, FRI], hours: 08:30..{end}, lead: {lead}s}}"\n'


@dataclass(frozen=True, slots=True)
class Venue:
    """Where the simulated venue is, and who may log in."""

    api: str
    user_hub: str
    market_hub: str
    user_name: str
    api_key: str


def write_home(folder: Path, venue: Venue, session_ends: datetime) -> None:
    """Write everything the guard needs. Bob's session ends at that moment, Alice's at 15:00 as shipped."""
    (folder / "settings.yaml").write_text(
        SETTINGS.format(
            api=venue.api,
            user_hub=venue.user_hub,
            market_hub=venue.market_hub,
            user_name=venue.user_name,
            login=LOGIN,
        ),
        encoding="utf-8",
    )
    secrets = folder / "secrets"
    secrets.mkdir(mode=0o700)
    key = secrets / f"{LOGIN}.key"
    key.touch(mode=0o600)
    key.write_text(venue.api_key, encoding="utf-8")
    rules = folder / "rulesets" / "demo"
    rules.mkdir(parents=True)
    for name in ("ruleset", "lists", *RULES):
        shutil.copyfile(SHIPPED / "starter" / f"{name}.yaml", rules / f"{name}.yaml")
    accounts = folder / "accounts"
    accounts.mkdir()
    for number, person in NAMES.items():
        text = ACCOUNT.format(id=number, login=LOGIN) + (hours_until(session_ends) if number == BOB else "")
        (accounts / f"{person}.yaml").write_text(text, encoding="utf-8")


def hours_until(moment: datetime) -> str:
    """Return the setting with which trading hours end at that moment: at the next full minute, less a lead."""
    there = moment.astimezone(exchange_zone())
    end = there.replace(second=0, microsecond=0) + timedelta(minutes=1)
    lead = int((end - there).total_seconds())
    return HOURS.format(end=end.strftime("%H:%M"), lead=lead)
