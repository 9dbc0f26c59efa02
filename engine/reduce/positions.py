"""Positions, as the venue last told them."""

from dataclasses import replace

from engine.rule import Topic
from engine.sizes_told import is_from_before_fills
from engine.venue import Position
from engine.work import Work


def position_heard(work: Work, position: Position) -> None:
    """Keep what the stream says of a position; it wins over a snapshot asked for earlier.

    One from before fills that are known does not undo them.
    """
    if is_from_before_fills(work.state, position):
        _lead_away_anew(work, position)
    work.put("heard", position.contract, work.state.now)
    position_seen(work, position)


def _lead_away_anew(work: Work, position: Position) -> None:
    """Take the fills heard of since a position was told as heard after it was told once more."""
    told = work.state.heard.get(position.contract, 0)
    fills = work.state.just_filled[position.contract]
    work.put(
        "just_filled",
        position.contract,
        tuple(replace(one, at=work.state.now) if one.at >= told else one for one in fills),
    )


def position_seen(work: Work, position: Position) -> None:
    """Keep a position; flat ones are not kept. A repeated message changes nothing."""
    before = work.state.positions.get(position.contract)
    if position.size == 0:
        if before is None:
            return
        work.put("positions", position.contract, None)
    elif before != position:
        work.put("positions", position.contract, position)
    interested_in(work, position.contract)
    work.changed.update({Topic.POSITIONS, Topic.ORDERS})


def interested_in(work: Work, contract: str) -> None:
    """Remember that this account trades the contract."""
    if contract not in work.state.contracts:
        work.set(contracts=work.state.contracts | {contract})
        work.changed.update(Topic)
