"""The venue's complete view by REST: it wins over what came before it was asked for."""

from dataclasses import replace

from engine.commands import TakeSnapshot
from engine.events import SnapshotTaken
from engine.reduce.fills import fills_seen
from engine.reduce.flight import settle_by_snapshot
from engine.reduce.orders import orders_resynced
from engine.reduce.outside import account_read
from engine.reduce.positions import position_seen
from engine.rule import Topic
from engine.sizes_told import REST_LAG, shown_by
from engine.units import Instant
from engine.work import Work


def snapshot_taken(work: Work, event: SnapshotTaken) -> None:
    """Take positions, orders, fills and the account row from the venue.

    Two readings can be under way at once, and each asks one thing after the other. One that was asked for before
    another that is here already was complete brings only its fills: what it says of sizes and orders may be older than
    what is known. The venue is then read once more.
    """
    state = work.state
    _know_fills_since(work, event.fills_since)
    fills_seen(work, event.fills)
    for key, flight in list(work.state.in_flight.items()):
        if isinstance(flight.command, TakeSnapshot) and flight.made_at <= event.asked_at:
            work.put("in_flight", key, None)
    if state.is_overtaken(event.asked_at):
        work.set(looks=(*work.state.looks, work.state.now))
        return
    account_read(work, event.status, event.asked_at)
    _take_positions(work, event)
    _forget_shown(work, event.asked_at)
    _count_from_here(work, event)
    orders_resynced(work, event)
    work.set(synced_at=event.asked_at, read_until=event.at, is_confirmed=True)
    settle_by_snapshot(work, event.asked_at)
    if not state.is_confirmed:
        work.changed.update(Topic)


def _forget_shown(work: Work, asked_at: Instant) -> None:
    """Forget the fills that a reading asked for then must show."""
    for contract, fills in list(work.state.just_filled.items()):
        left = tuple(heard for heard in fills if shown_by(heard) > asked_at)
        work.put("just_filled", contract, left or None)


def _take_positions(work: Work, event: SnapshotTaken) -> None:
    """Take each position over, but for one of which the stream told so lately that the reading may be older."""
    listed = {position.contract: position for position in event.positions}
    for contract, before in list(work.state.positions.items()):
        listed.setdefault(contract, replace(before, size=0))
    for contract, position in listed.items():
        heard = work.state.heard.get(contract)
        if heard is None or heard + REST_LAG <= event.asked_at:
            position_seen(work, position)


def _count_from_here(work: Work, event: SnapshotTaken) -> None:
    """Count fills from what is held now on, where the reading shows just that and no fill came that it may not show.

    Trades of before anybody watched, and voided ones, keep the sum of all fills away from what is held for ever.
    """
    state = work.state
    sizes = {position.contract: position.size for position in event.positions}
    for contract in {*state.positions, *state.by_fills} - state.just_filled.keys():
        if sizes.get(contract, 0) == state.size(contract):
            work.put("by_fills", contract, state.size(contract) or None)


def _know_fills_since(work: Work, since: Instant) -> None:
    """Extend, or after a gap shorten, the time for which all fills are known."""
    ledger, heard = work.state.ledger, work.state.synced_at
    known = ledger.known_since
    has_gap = heard is not None and since > heard
    if known is None or since < known or has_gap:
        work.set(ledger=replace(ledger, known_since=since))
        work.changed.add(Topic.FILLS)
