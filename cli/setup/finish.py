"""The end of `risk admin init`: what it means is shown, the password is set, and all of it is stored at once."""

import getpass
import sys
from pathlib import Path
from typing import Any

from cli.exit_codes import ExitCode
from cli.failure import Failure
from cli.plain import plain
from cli.setup import asking, recovery
from cli.setup.guide import Guided
from cli.setup.showing import show_arming, show_trial
from cli.terminal import say
from connectors.secret import Secret
from dsl.problems import Problem
from dsl.render import render_text
from engine.rule import Mode
from service.home import Home, usual_home
from service.password import SHORTEST, AdminPassword, PasswordRefused
from service.service_here import closed_folder
from service.setup.answers import Answers, BadAnswers, read_answers
from service.setup.home_files import CannotWrite, copy_of_pack, write_home
from service.setup.prospect import Prospect, prospect
from service.setup.trial import Trial, tried
from service.setup.venue import Seen, VenueRefused, VenueSilent, at_venue
from service.system.commands import SystemRefused


def found_by_file(
    path: Path, key_file: Path | None, password_file: Path | None, *, from_stdin: bool
) -> tuple[Guided, Secret]:
    """Return what a file answers, tried at the venue, and the password. Raises Failure."""
    try:
        answers = read_answers(path)
    except BadAnswers as error:
        raise Failure(str(error), "see `risk admin init --help`", ExitCode.USAGE) from error
    key = _secret(key_file, "--key-file", from_stdin=from_stdin)
    password = _secret(password_file, "--password-file", from_stdin=from_stdin)
    return Guided(answers, key, _seen(answers, key)), password


def finish(
    home: Home, found: Guided, password: Secret | None, recovery_file: Path | None = None, *, is_dry_run: bool
) -> dict[str, Any]:
    """Show what it means and store it; return it for programs. `password` None: it is asked for. Raises Failure."""
    answers = found.answers
    recovery.require_new(recovery_file)
    _require_seen(answers, found.seen)
    prospects = {account.name: prospect(answers, account) for account in answers.accounts}
    for one in prospects.values():
        if one.problems:
            raise _unusable(list(one.problems))
    trials = _trials(found, prospects)
    for account in answers.accounts:
        show_arming(account, prospects[account.name])
        show_trial(account, trials[account.name])
    if password is None and not is_dry_run:
        password = _asked_password()
    told = {"home": str(home.root), "is_dry_run": is_dry_run, "accounts": _told(answers, prospects, trials)}
    if password is None or is_dry_run:
        return told
    code = _store(home, found, password, recovery_file)
    say(
        f"\nStored in {home.root}. The accounts are in `shadow`: the guard decides and records, and does nothing."
    )
    return told | {"recovery_code": code or None}


def _told(answers: Answers, prospects: dict[str, Prospect], trials: dict[str, Trial]) -> list[dict[str, Any]]:
    return [
        {
            "name": account.name,
            "id": account.id,
            "mode": "shadow",
            "rules": {
                mode.name.lower(): [r.name for r in prospects[account.name].by_mode(mode)] for mode in Mode
            },
            "not_armed": dict(prospects[account.name].lacks),
            "now": [
                {"rule": one.rule, "kind": one.kind.value, "subject": one.subject, "text": one.message}
                for one in trials[account.name].decisions
            ],
        }
        for account in answers.accounts
    ]


def _trials(found: Guided, prospects: dict[str, Prospect]) -> dict[str, Trial]:
    """Return what the rules say to each account as it is now."""
    answers = found.answers
    trials = {}
    try:
        with at_venue(answers.urls, answers.user_name, found.key) as venue:
            for account in answers.accounts:
                rules = prospects[account.name].rules
                assert rules is not None, "asked before"
                trials[account.name] = tried(rules, found.seen.instruments, venue.snapshot(account.id))
    except (VenueRefused, VenueSilent) as error:
        raise Failure(
            f"the account cannot be read: {plain(error, 300)}", "nothing was stored", ExitCode.UNREACHABLE
        ) from error
    return trials


def _seen(answers: Answers, key: Secret) -> Seen:
    try:
        with at_venue(answers.urls, answers.user_name, key) as venue:
            return venue.seen()
    except VenueRefused as error:
        raise Failure(plain(error, 300), "nothing was stored", ExitCode.AUTHENTICATION) from error
    except VenueSilent as error:
        raise Failure(
            f"the gateway does not answer: {plain(error, 300)}", "nothing was stored", ExitCode.UNREACHABLE
        ) from error


def _require_seen(answers: Answers, seen: Seen) -> None:
    known = dict(seen.accounts)
    for account in answers.accounts:
        if account.id not in known:
            names = (
                ", ".join(f"{number} ({plain(status.name, 40)})" for number, status in seen.accounts)
                or "none"
            )
            raise Failure(
                f"this login does not see account {account.id}; it sees {names}",
                "nothing was stored",
                ExitCode.CONFIGURATION,
            )


def _store(home: Home, found: Guided, password: Secret, recovery_file: Path | None) -> str:
    """Write everything; return the recovery code, empty where it stands in a file. Raises Failure."""
    try:
        if home.root == usual_home(sys.platform) and not home.root.exists():
            closed_folder(home.root)  # the service's own place: no key lies open in it even for a moment
        home.root.mkdir(mode=0o755, parents=True, exist_ok=True)
        problems = copy_of_pack(home, found.answers)
        if problems:
            raise _unusable(problems)
        AdminPassword(home.password).set(password.reveal())
        code = recovery.make(home, recovery_file)
        write_home(home, found.answers, found.key)
    except PasswordRefused as error:
        raise Failure(str(error), "nothing that guards was stored; begin again", ExitCode.REFUSED) from error
    except (OSError, CannotWrite, SystemRefused) as error:
        raise Failure(
            f"the home cannot be written: {error}", "check who may write there", ExitCode.CONFIGURATION
        ) from error
    return code


def _asked_password() -> Secret:
    say(
        f"\n6. The admin password ({SHORTEST} characters or more). Without it nothing can be loosened, so the trader must"
        " not know it."
    )

    for _ in range(asking.TRIES):
        first = getpass.getpass("Admin password (it is not shown): ")
        if len(first) < SHORTEST:
            say(f"  it has {len(first)} characters; {SHORTEST} at least")
        elif getpass.getpass("The same again: ") != first:
            say("  the two differ")
        else:
            return Secret(first)
    raise Failure("no password was set", "nothing was stored; begin again", ExitCode.USAGE)


def _secret(path: Path | None, option: str, *, from_stdin: bool) -> Secret:
    """Return the secret of a file, else the next line of stdin. Raises Failure."""
    if path is not None:
        try:
            return Secret(path.read_text(encoding="utf-8").strip())
        except OSError as error:
            raise Failure(
                f"{path} cannot be read: {error.strerror}", "nothing was stored", ExitCode.CONFIGURATION
            ) from error
    line = sys.stdin.readline().rstrip("\r\n") if from_stdin else ""
    if not line:
        raise Failure(
            f"{option} is missing",
            f"add {option} FILE, or --stdin with the key and the password, a line each",
            ExitCode.USAGE,
        )
    return Secret(line)


def _unusable(problems: list[Problem]) -> Failure:
    say(render_text(problems))
    return Failure("these values do not fit the rules", "nothing was stored", ExitCode.FINDINGS)
