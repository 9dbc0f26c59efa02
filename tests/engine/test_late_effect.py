"""An order of ours that comes into being long after its request, because the machine slept in between."""

from typing import Any

import pytest

from engine.commands import ClosePosition, ReducePosition
from engine.events import Answer, CommandAnswered, CommandSent
from engine.venue import Side


def asked(desk: Any) -> list[Any]:
    return [command for command in desk.commands if isinstance(command, ReducePosition)]


def reducing(lab: Any) -> Any:
    """Return a desk with one contract too many, whose reduction was sent and not answered."""
    desk = lab.start(lab.most(2))
    desk.hold(lab.MNQ, 3)
    (command,) = asked(desk)
    desk.hear(lambda at: CommandSent(at, desk.state.account, command.id))
    return desk


def answer(desk: Any, given: Answer = Answer.ACCEPTED) -> None:
    desk.hear(lambda at: CommandAnswered(at, desk.state.account, asked(desk)[0].id, given))


def test_one_that_fills_before_the_answer_is_ours(lab: Any) -> None:
    desk = reducing(lab)
    desk.wait(61)

    desk.fill(lab.MNQ, Side.SELL, 1, pnl=0, order=501)

    assert 501 in desk.state.ledger.own_orders


@pytest.mark.parametrize("given", [Answer.ACCEPTED, Answer.UNKNOWN])
def test_one_that_fills_after_a_late_answer_is_ours(lab: Any, given: Answer) -> None:
    desk = reducing(lab)
    desk.wait(61)
    answer(desk, given)
    desk.wait(1)

    desk.fill(lab.MNQ, Side.SELL, 1, pnl=0, order=501)

    assert 501 in desk.state.ledger.own_orders


def test_one_that_fills_long_after_its_answer_is_the_trader_s(lab: Any) -> None:
    desk = reducing(lab)
    answer(desk)
    desk.wait(11)

    desk.fill(lab.MNQ, Side.SELL, 1, pnl=0, order=501)

    assert 501 not in desk.state.ledger.own_orders


def close_another(lab: Any, desk: Any) -> str:
    """Have the other contract closed as well, and return the request that went out for it."""
    desk.hold(lab.ES, 1)
    (later,) = (command for command in desk.commands if isinstance(command, ClosePosition))
    desk.hear(lambda at: CommandSent(at, desk.state.account, later.id))
    return str(later.id)


def test_a_later_request_does_not_make_it_forgotten(lab: Any) -> None:
    desk = reducing(lab)
    desk.wait(61)
    close_another(lab, desk)

    desk.fill(lab.MNQ, Side.SELL, 1, pnl=0, order=501)

    assert 501 in desk.state.ledger.own_orders


def test_the_answer_to_another_request_says_nothing_of_it(lab: Any) -> None:
    desk = reducing(lab)
    answer(desk)
    later = close_another(lab, desk)
    desk.wait(8)
    desk.hear(lambda at: CommandAnswered(at, desk.state.account, later, Answer.ACCEPTED))
    desk.wait(3)

    desk.fill(lab.MNQ, Side.SELL, 1, pnl=0, order=501)

    assert 501 not in desk.state.ledger.own_orders


def test_one_that_was_answered_long_ago_is_forgotten(lab: Any) -> None:
    desk = reducing(lab)
    answer(desk)
    desk.wait(61)
    later = close_another(lab, desk)

    assert [act.command for act in desk.state.own_acts] == [later]
