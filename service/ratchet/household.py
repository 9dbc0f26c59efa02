"""What the ratchet keeps of a home as a whole: who is guarded and reached how, and how long something looser waits.

An account whose file is gone, another login or gateway, and a shorter delay loosen too: they wait like a higher limit.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from dsl.problems import Source, Span
from dsl.ratchet.change import Change, Verdict
from engine.rule import Mode
from engine.units import MINUTE, Duration, Instant
from service.ratchet import member
from service.ratchet.member import Member, login_of, member_of, way_of
from service.settings import AccountSettings, HomeSettings
from service.store import kept_rules
from service.store.encode import from_text, to_text
from service.store.store import Store

KEY = "household"
"""Under which the store keeps it."""

AFTERWARDS = "at the first start after that"


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
    written = [member_of(settings, account) for account in settings.accounts]
    if known is None:
        first = Household(settings.loosen_delay, tuple(written))
        remember(store, first)
        return settings, first
    before = {one.id: one for one in known.members}
    members = [member.at_start(before.get(one.id), one, now) for one in written]
    staying = [
        one
        for one in known.members
        if one.id not in {each.id for each in written} and (one.leaves_at is None or one.leaves_at > now)
    ]
    logins = {**settings.logins, **{one.login: login_of(one.way) for one in (*members, *staying) if one.way}}
    accounts = (
        *(replace(each, login=one.login) for each, one in zip(settings.accounts, members, strict=True)),
        *(_settings_of(one, store) for one in staying if one.login in logins),
    )
    begun = _delay_at(replace(known, members=(*members, *staying)), settings.loosen_delay, now)
    remember(store, begun)
    return replace(settings, accounts=accounts, loosen_delay=begun.delay, logins=logins), begun


def settings_kept(store: Store) -> HomeSettings | None:
    """Return the accounts and logins that were in force last, None where the store knows none. Raises NotStorable."""
    known = recall(store)
    if known is None or not known.members or any(one.way is None for one in known.members):
        return None
    logins = {one.login: login_of(one.way) for one in known.members if one.way is not None}
    accounts = tuple(_settings_of(one, store) for one in known.members)
    return HomeSettings(logins, accounts, loosen_delay=known.delay)


def asked(
    known: Household, settings: HomeSettings, due: Instant, guarded: Collection[int]
) -> tuple[Household, tuple[Change, ...]]:
    """Return the household after an admin asked for the files as they are, and what that changes."""
    written = {account.id: account for account in settings.accounts}
    members, changes = list[Member](), list[Change]()
    for one in known.members:
        fresh = replace(one, leaves_at=None)
        if one.id in written:
            fresh = member.asked(fresh, way_of(settings, written[one.id].login), due)
        elif one.id in guarded:
            fresh = replace(one, leaves_at=one.leaves_at if one.leaves_at is not None else due)
        members.append(fresh)
        changes += [change for change, _ in _of_member(fresh)]
    known_ids = {one.id for one in known.members}
    members += [
        member_of(settings, one) for one in settings.accounts if one.id in guarded and one.id not in known_ids
    ]
    delay, wanted = known.delay, settings.loosen_delay
    if wanted == delay:
        return replace(known, members=tuple(members), shorter=None, shorter_at=None), tuple(changes)
    verdict = Verdict.STRICTER if wanted > delay else Verdict.LOOSER
    changes.append(Change("loosen_delay", _minutes(delay), _minutes(wanted), verdict))
    if wanted > delay:
        return Household(wanted, tuple(members)), tuple(changes)
    at = known.shorter_at if known.shorter == wanted and known.shorter_at is not None else due
    return Household(delay, tuple(members), wanted, at), tuple(changes)


def to_come(known: Household, account: int) -> tuple[tuple[Change, Instant], ...]:
    """Return what waits for an account, each with the moment from which on a start takes it."""
    return tuple(row for one in known.members if one.id == account for row in _of_member(one))


def called_off(known: Household, accounts: Collection[int]) -> Household:
    """Return the household without what waits for these accounts; without a shorter delay, if they are all."""
    members = tuple(
        replace(one, leaves_at=None, next_way=None, moves_at=None) if one.id in accounts else one
        for one in known.members
    )
    if {one.id for one in known.members} <= set(accounts):
        return Household(known.delay, members)
    return replace(known, members=members)


def due_by(known: Household, now: Instant) -> Household:
    """Return the household with a shorter delay in force, once its time has come."""
    if known.shorter is None or known.shorter_at is None or known.shorter_at > now:
        return known
    return Household(known.shorter, known.members)


def _delay_at(known: Household, written: Duration, now: Instant) -> Household:
    known = due_by(known, now)
    return replace(known, delay=written, shorter=None, shorter_at=None) if written > known.delay else known


def _of_member(one: Member) -> Iterator[tuple[Change, Instant]]:
    """Yield what waits for an account, and until when: it is left out, or reached another way.

    By another way nothing of it might be seen, so that loosens as much as leaving it out.
    """
    what = f"account {one.name}"
    if one.leaves_at is not None:
        yield Change(what, "guarded", "left out", Verdict.LOOSER, AFTERWARDS), one.leaves_at
    if one.way is not None and one.next_way is not None and one.moves_at is not None:
        old, new = one.way.beside(one.next_way), one.next_way.beside(one.way)
        yield Change(what, old, new, Verdict.LOOSER, AFTERWARDS), one.moves_at


def _settings_of(one: Member, store: Store) -> AccountSettings:
    """Return the settings of an account whose file is gone, from what was in force."""
    digest = store.recall(f"rules:{one.id}")
    kept = kept_rules.find(store.connection, digest) if digest else None
    nowhere = Span(Source(f"accounts/{one.name}.yaml", ""), 0, 0)
    return AccountSettings(
        one.name,
        one.id,
        one.login,
        Mode[kept.mode] if kept is not None else Mode.ENFORCE,
        one.ruleset,
        nowhere,
        kept.overrides if kept is not None else {},
        {},
        one.watch,
        may_act_live=kept.may_act_live if kept is not None else False,
    )


def _minutes(length: Duration) -> str:
    return f"{length // MINUTE}m"
