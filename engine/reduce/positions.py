"""Positions, as the venue last told them."""

from engine.rule import Topic
from engine.sizes_told import is_outdated
from engine.venue import Position
from engine.work import Work


def position_heard(work: Work, position: Position) -> None:
    """Keep what the stream says of a position; it wins over a snapshot asked for earlier, unless it is old itself."""
    if not is_outdated(work.state, position):
        work.put("heard", position.contract, work.state.now)
    position_seen(work, position)


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
