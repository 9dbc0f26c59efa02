"""The questions of `risk admin init`, in order. Nothing is stored while they are asked."""

import getpass
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from cli.exit_codes import ExitCode
from cli.failure import Failure
from cli.plain import plain
from cli.setup import asking
from cli.setup.values import ask_values
from cli.terminal import say
from connectors.failures import UnsafeUrl
from connectors.secret import Secret
from connectors.topstepx.settings import GatewayUrls
from engine.venue import AccountStatus
from service.iso import money
from service.setup.answers import TOPSTEPX, AccountAnswer, Answers, BadAnswers, checked_name
from service.setup.pack import load_pack, packs
from service.setup.prospect import figures_needed
from service.setup.venue import Seen, VenueRefused, VenueSilent, at_venue

Listed = Sequence[tuple[int, AccountStatus]]


@dataclass(frozen=True, slots=True)
class Guided:
    """What was answered, the key that the venue took, and what it showed."""

    answers: Answers
    key: Secret
    seen: Seen


def guided() -> Guided:
    """Ask everything but the password. Raises Failure."""
    asking.require_terminal()
    say("This sets a guard up for one login. Nothing is stored before the end, and no order is ever sent.\n")
    urls = _gateway()
    user_name, key, seen = _login(urls)
    accounts = _accounts(seen.accounts)
    pack = _pack()
    answers = Answers(urls, user_name, pack, accounts)
    answers = replace(answers, values=ask_values(pack))
    return Guided(
        replace(answers, accounts=tuple(_with_figures(answers, one) for one in accounts)), key, seen
    )


def _gateway() -> GatewayUrls:
    say("1. Where do you trade?")
    if asking.one_of("Gateway:", ["TopstepX", "another gateway, or a simulator on this machine"]) == 0:
        return TOPSTEPX
    api = asking.text("Address of its API:", "http://127.0.0.1:8765")
    hubs = [
        asking.text(f"Address of its {name} hub:", f"{api.rstrip('/')}/hubs/{name}")
        for name in ("user", "market")
    ]
    try:
        return GatewayUrls(api, *hubs)
    except UnsafeUrl as error:
        raise Failure(str(error), "begin again with the right address", ExitCode.USAGE) from error


def _login(urls: GatewayUrls) -> tuple[str, Secret, Seen]:
    say("\n2. Who logs in? The user name of the platform (not the e-mail address) and an API key.")
    for _ in range(asking.TRIES):
        user_name = asking.text("User name:")
        key = Secret(getpass.getpass("API key (it is not shown): ").strip())
        if not user_name or not key:
            say("  both are needed")
            continue
        try:
            with at_venue(urls, user_name, key) as venue:
                seen = venue.seen()
        except VenueRefused as error:
            say(f"  {plain(error, 300)}. Try again.")
        except VenueSilent as error:
            raise Failure(
                f"the gateway does not answer: {plain(error, 300)}",
                "is the address right?",
                ExitCode.UNREACHABLE,
            ) from error
        else:
            say(
                f"  The key works. It sees {len(seen.accounts)} accounts and {len(seen.instruments)} contracts."
            )
            return user_name, key, seen
    raise Failure("the venue refused every try", "nothing was stored", ExitCode.AUTHENTICATION)


def _accounts(listed: Listed) -> tuple[AccountAnswer, ...]:
    say(
        "\n3. Which accounts are guarded? They begin in `shadow`: the guard decides and records, and does nothing."
    )
    if not listed:
        raise Failure("this login sees no account", "nothing was stored", ExitCode.AUTHENTICATION)
    for number, (account, status) in enumerate(listed, start=1):
        say(f"  {number}  {account}  {plain(status.name, 40):<30} {_about(status)}")

    def read(given: str) -> list[int]:
        chosen = [word for word in given.replace(",", " ").split() if word]
        if not chosen or not all(w.isascii() and w.isdigit() and 1 <= int(w) <= len(listed) for w in chosen):
            raise ValueError(f"type numbers from 1 to {len(listed)}, such as `1` or `1, 2`")
        return sorted({int(word) - 1 for word in chosen})

    practice = [place for place, (_, status) in enumerate(listed, start=1) if status.name.startswith("PRAC")]
    chosen = asking.until_right("Numbers:", read, default=str(practice[0] if practice else 1))
    found: list[AccountAnswer] = []
    for place in chosen:
        account, status = listed[place]
        taken = {one.name for one in found}
        question = f"What do you call {plain(status.name, 40)}?"
        name = asking.until_right(question, partial(_name, taken), default=_slug(status.name))
        found.append(AccountAnswer(account, name))
    return tuple(found)


def _about(status: AccountStatus) -> str:
    kind = "practice (simulated)" if status.simulated else "NOT simulated: the guard will warn only"
    trade = "" if status.can_trade else ", may not trade at the moment"
    return f"${money(status.balance)}, {kind}{trade}"


def _name(taken: set[str], given: str) -> str:
    try:
        name = checked_name(given)
    except BadAnswers as error:
        raise ValueError(str(error)) from error
    if name in taken:
        raise ValueError(f"`{name}` is taken already")
    return name


def _slug(name: str) -> str:
    plain_name = "".join(letter if letter.isascii() and letter.isalnum() else "-" for letter in name.lower())
    return plain_name.strip("-")[:40] or "main"


def _pack() -> str:
    say("\n4. Which rules? A pack is copied into your home, where you can change it.")
    known = packs()
    place = asking.one_of("Pack:", [f"{pack.name:<24} {pack.rules} rules. {pack.about}" for pack in known])
    load_pack(known[place].name)  # read once here, so that the next question comes at once
    return known[place].name


def _with_figures(answers: Answers, account: AccountAnswer) -> AccountAnswer:
    needed = figures_needed(answers, account)
    own: dict[str, str] = {}
    if needed:
        say(
            f"\nThe venue does not tell some figures that these rules need for {account.name}. Leave one empty to type it in later."
        )
    for name, words in needed.items():
        given = asking.text(f"  account.{name} ({words}):")
        if given:
            own[f"account.{name}"] = given
    return replace(account, own=own)
