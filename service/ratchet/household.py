"""What the ratchet keeps of a home as a whole: who is guarded, and how long something looser waits.

An account whose file is gone, and a shorter delay, loosen too: they wait like a higher limit.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace

from dsl.problems import Source, Span
from dsl.ratchet.change import Change, Verdict
from engine.rule import Mode
from engine.units import MINUTE, Duration, Instant
from service.settings import AccountSettings, HomeSettings
from service.store import kept_rules
from service.store.encode import from_text, to_text
from service.store.store import Store

KEY = "household"
"""Under which the store keeps it."""


@dataclass(frozen=True, slots=True)
class Member:
    """A guarded account. `leaves_at`: from then on a start leaves it out, since an admin asked for that."""

    id: int
    name: str
    login: str
    ruleset: str
    watch: tuple[str, ...]
    leaves_at: Instant | None = None


@dataclass(frozen=True, slots=True)
class Household:
    """`delay` in force; `shorter` is one that an admin asked for, from `shorter_at` on."""

    delay: Duration
    members: tuple[Member, ...]
    shorter: Duration | None = None
    shorter_at: Instant | None = None


def recall(store: Store) -> Household | None:
    """Return what the store knows, None before the first start with an admin. Raises NotStorable."""
    text = store.recall(KEY)
    return from_text(text, Household) if text else None


def remember(store: Store, household: Household) -> None:
    """Keep it with the next step that is stored."""
    store.remember(KEY, to_text(household, Household))


def at_start(
    settings: HomeSettings, store: Store, now: Instant | None, *, is_ruled: bool
) -> tuple[HomeSettings, Household]:
    """Return the settings to begin with: accounts without a file stay guarded, a shorter delay is not taken.

    `now` is trusted time, or earlier (None: not known); `is_ruled`: there is an admin. What is in force is kept for the next start.
    """
    now = now if now is not None else Instant(0)
    known = recall(store) if is_ruled else None
    if known is None:
        first = Household(settings.loosen_delay, _members(settings.accounts))
        remember(store, first)
        return settings, first
    written = {account.id for account in settings.accounts}
    staying = [
        one
        for one in known.members
        if one.id not in written and (one.leaves_at is None or one.leaves_at > now)
    ]
    accounts = (
        *settings.accounts,
        *(_settings_of(one, store) for one in staying if one.login in settings.logins),
    )
    begun = _delay_at(
        replace(known, members=(*_members(settings.accounts), *staying)), settings.loosen_delay, now
    )
    remember(store, begun)
    return replace(settings, accounts=accounts, loosen_delay=begun.delay), begun


def asked(
    known: Household, settings: HomeSettings, due: Instant, guarded: Collection[int]
) -> tuple[Household, tuple[Change, ...]]:
    """Return the household after an admin asked for the files as they are, and what that changes."""
    written = {account.id for account in settings.accounts}
    members, changes = list[Member](), list[Change]()
    for one in known.members:
        if one.id in written or one.id not in guarded:
            members.append(replace(one, leaves_at=None))
            continue
        members.append(one if one.leaves_at is not None else replace(one, leaves_at=due))
        changes.append(
            Change(
                f"account {one.name}", "guarded", "left out", Verdict.LOOSER, "at the first start after that"
            )
        )
    delay, wanted = known.delay, settings.loosen_delay
    if wanted == delay:
        return replace(known, members=tuple(members), shorter=None, shorter_at=None), tuple(changes)
    verdict = Verdict.STRICTER if wanted > delay else Verdict.LOOSER
    changes.append(Change("loosen_delay", _minutes(delay), _minutes(wanted), verdict))
    if wanted > delay:
        return Household(wanted, tuple(members)), tuple(changes)
    at = known.shorter_at if known.shorter == wanted and known.shorter_at is not None else due
    return Household(delay, tuple(members), wanted, at), tuple(changes)


def due_by(known: Household, now: Instant) -> Household:
    """Return the household with a shorter delay in force, once its time has come."""
    if known.shorter is None or known.shorter_at is None or known.shorter_at > now:
        return known
    return Household(known.shorter, known.members)


def _delay_at(known: Household, written: Duration, now: Instant) -> Household:
    known = due_by(known, now)
    return replace(known, delay=written, shorter=None, shorter_at=None) if written > known.delay else known


def _members(accounts: tuple[AccountSettings, ...]) -> tuple[Member, ...]:
    return tuple(Member(one.id, one.name, one.login, one.ruleset, one.watch) for one in accounts)


def _settings_of(member: Member, store: Store) -> AccountSettings:
    """Return the settings of an account whose file is gone, from what was in force."""
    digest = store.recall(f"rules:{member.id}")
    kept = kept_rules.find(store.connection, digest) if digest else None
    nowhere = Span(Source(f"accounts/{member.name}.yaml", ""), 0, 0)
    return AccountSettings(
        member.name,
        member.id,
        member.login,
        Mode[kept.mode] if kept is not None else Mode.ENFORCE,
        member.ruleset,
        nowhere,
        kept.overrides if kept is not None else {},
        {},
        member.watch,
        may_act_live=kept.may_act_live if kept is not None else False,
    )


def _minutes(length: Duration) -> str:
    return f"{length // MINUTE}m"
