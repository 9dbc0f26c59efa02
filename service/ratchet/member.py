"""A guarded account as the ratchet keeps it: who it is, and how it is reached. Another way could lead to nowhere."""

from dataclasses import dataclass, fields, replace

from connectors.topstepx.settings import GatewayUrls
from engine.units import Instant
from service.settings import AccountSettings, HomeSettings, LoginSettings

WORDS = {"login": "login", "gateway": "gateway", "user_name": "user name", "api": "API at"}
"""How a part of a way is called; of the hubs only that they differ is of interest beside the API's address."""


@dataclass(frozen=True, slots=True)
class Way:
    """By which login, as which user, at which addresses. A hub that is not used is empty."""

    login: str
    gateway: str
    user_name: str
    api: str
    user_hub: str
    market_hub: str

    def beside(self, other: "Way") -> str:
        """Return this way in words, as far as it differs from another one."""
        different = [one.name for one in fields(self) if getattr(self, one.name) != getattr(other, one.name)]
        return ", ".join(f"{WORDS.get(name, name)} {getattr(self, name) or 'off'}" for name in different)


@dataclass(frozen=True, slots=True)
class Member:
    """A guarded account. `leaves_at`: from then on a start leaves it out, since an admin asked for that.

    `way` is in force (None in what older versions wrote); `next_way` is one that an admin asked for, from `moves_at` on.
    """

    id: int
    name: str
    login: str
    ruleset: str
    watch: tuple[str, ...]
    leaves_at: Instant | None = None
    way: Way | None = None
    next_way: Way | None = None
    moves_at: Instant | None = None


def way_of(settings: HomeSettings, login: str) -> Way:
    """Return the way that a login of the settings is."""
    found = settings.logins[login]
    urls = found.urls
    return Way(login, found.gateway, found.user_name, urls.api, urls.user_hub or "", urls.market_hub or "")


def login_of(way: Way) -> LoginSettings:
    """Return the settings of a login that is in force, whatever the files say now."""
    urls = GatewayUrls(way.api, way.user_hub or None, way.market_hub or None)
    return LoginSettings(way.login, way.gateway, way.user_name, urls)


def member_of(settings: HomeSettings, account: AccountSettings) -> Member:
    """Return an account as the files have it."""
    way = way_of(settings, account.login)
    return Member(account.id, account.name, account.login, account.ruleset, account.watch, way=way)


def at_start(known: Member | None, written: Member, now: Instant) -> Member:
    """Return an account with the way to begin with: the file's, unless another one is in force and holds still."""
    if known is None or known.way is None or known.way == written.way:
        return written
    if known.next_way == written.way and known.moves_at is not None and known.moves_at <= now:
        return written
    return replace(
        written, login=known.login, way=known.way, next_way=known.next_way, moves_at=known.moves_at
    )


def asked(known: Member, written: Way, due: Instant) -> Member:
    """Return an account after an admin asked for the way of its file: another one waits."""
    if known.way is None or known.way == written:
        return replace(known, next_way=None, moves_at=None)
    if known.next_way == written:
        return known
    return replace(known, next_way=written, moves_at=due)
