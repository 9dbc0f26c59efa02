"""What `risk admin arm` and `risk admin disarm` share: they ask the guard for a mode and say from when on it holds."""

from pathlib import Path
from typing import Any

from cli.at_the_door import asked
from cli.plain import plain
from cli.prompts import confirm_by_name, secret
from cli.terminal import out, say
from service.home import find_home


def put_into(
    home: Path | None,
    account: str,
    mode: str,
    warning: str,
    *,
    dry_run: bool,
    yes: bool,
    from_stdin: bool,
    as_json: bool,
) -> None:
    """Confirm, ask for the password, and say what holds now."""
    if not dry_run:
        confirm_by_name(account, warning, is_sure=yes)
    password = secret("Admin password: ", from_stdin=from_stdin)
    root = find_home(home).root
    done = asked(root, "admin", "mode", password=password, account=account, mode=mode, is_dry_run=dry_run)
    if as_json:
        import json

        out(json.dumps({"schema": "risk.mode/1", **done}))
        return
    _tell(done, dry_run)


def _tell(done: dict[str, Any], is_dry_run: bool) -> None:
    name, mode = plain(done["account"], 40), plain(done["mode"], 10)
    would = "would go" if is_dry_run else "goes"
    if done["looser_from"]:
        out(
            f"{name} {would} into mode {mode} from {plain(done['looser_from'], 60)} on; until then {done['in_force']}"
        )
        say("  -> what is looser waits for the next session; `risk admin apply --call-off` takes it back")
    else:
        out(f"{name} {would} into mode {mode} now")
    for change in done["changes"]:
        say(f"  {plain(change['verdict'], 12)}: {plain(change['text'])}")
