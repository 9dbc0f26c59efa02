"""The ledger: once per id, in whatever order the fills arrive; and what people call trades."""

from hypothesis import given
from hypothesis import strategies as st

from engine.ledger import Ledger, book
from engine.trades import Book, Context, pair
from engine.units import SCALE, SECOND, Contracts, Instant, Money, Price
from engine.venue import Fill, Side

PLAIN = Context({}, frozenset(), None)


def fill(
    number: int, side: Side, size: int, pnl: int | None = None, costs: int = 0, second: int | None = None
) -> Fill:
    at = Instant((number if second is None else second) * SECOND)
    dollars = None if pnl is None else Money(pnl * SCALE)
    return Fill(number, number, "MNQ", side, size, Price(1), dollars, Money(costs * SCALE), at)


def paired(*fills: Fill) -> Book:
    return pair(Book(), book(Ledger(), fills).ledger.valid(), PLAIN)


some_fills = st.lists(
    st.builds(
        fill,
        st.integers(1, 30),
        st.sampled_from(Side),
        st.integers(1, 4),
        st.one_of(st.none(), st.integers(-300, 300)),
        st.integers(0, 3),
    ),
    max_size=15,
    unique_by=lambda item: item.id,
)


@given(some_fills, st.randoms(use_true_random=False))
def test_the_ledger_does_not_depend_on_order_or_duplicates(fills: list[Fill], random: object) -> None:
    shuffled = [*fills, *fills]
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    ledger = Ledger()

    for one in shuffled:
        ledger = book(ledger, [one]).ledger

    assert ledger.fills == book(Ledger(), fills).ledger.fills
    assert sum(one.net for one in ledger.valid()) == sum(one.net for one in fills)


def test_a_voided_fill_is_taken_back_even_when_it_comes_first() -> None:
    busted = Fill(1, 1, "MNQ", Side.BUY, 1, Price(1), Money(-SCALE), Money(0), Instant(5), voided=True)
    plain = Fill(1, 1, "MNQ", Side.BUY, 1, Price(1), Money(-SCALE), Money(0), Instant(5))

    late, early = book(Ledger(), [plain]).ledger, book(Ledger(), [busted]).ledger

    assert book(late, [busted]).ledger.valid() == ()
    assert book(early, [plain]).ledger.valid() == ()


def test_a_round_turn_is_flat_to_flat_and_net_of_both_sides() -> None:
    turns = paired(
        fill(1, Side.BUY, 2, costs=1),
        fill(2, Side.SELL, 1, pnl=10, costs=1),
        fill(3, Side.SELL, 1, pnl=-30, costs=1),
    ).trades

    assert [(turn.pnl, turn.quantity, turn.side, turn.duration) for turn in turns] == [
        (Money(-23 * SCALE), Contracts(2 * SCALE), "buy", 2 * SECOND)
    ]


def test_a_flip_ends_one_trade_and_is_one_entry() -> None:
    book_ = paired(fill(1, Side.BUY, 1), fill(2, Side.SELL, 3, pnl=5), fill(3, Side.BUY, 2, pnl=4))

    assert [(turn.side, turn.pnl) for turn in book_.trades] == [("buy", 5 * SCALE), ("sell", 4 * SCALE)]
    assert [(entry.side, entry.quantity) for entry in book_.entries] == [("buy", SCALE), ("sell", 2 * SCALE)]


def test_parts_of_one_order_are_one_entry() -> None:
    first = Fill(1, 77, "MNQ", Side.BUY, 1, Price(1), None, Money(0), Instant(1))
    second = Fill(2, 77, "MNQ", Side.BUY, 2, Price(1), None, Money(0), Instant(2))

    assert len(paired(first, second).entries) == 1


def test_a_close_of_something_older_than_the_ledger_is_no_entry() -> None:
    book_ = paired(fill(1, Side.SELL, 1, pnl=-40))

    assert book_.entries == ()
    assert [turn.pnl for turn in book_.trades] == [-40 * SCALE]
    assert book_.episodes["MNQ"].size == 0
