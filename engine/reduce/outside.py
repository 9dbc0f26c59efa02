"""Contracts, links, quotes and the account row."""

from engine.events import InstrumentsSeen, LinkSeen, QuoteSeen
from engine.own_events import StoreSeen
from engine.rule import Topic
from engine.sizes_told import REST_LAG
from engine.state import HeardQuote, LinkState
from engine.units import Instant
from engine.venue import AccountStatus
from engine.work import Work


def instruments_seen(work: Work, event: InstrumentsSeen) -> None:
    """Add or refresh contracts; one that is no longer listed stays known."""
    known = dict(work.state.instruments)
    known.update({instrument.contract: instrument for instrument in event.instruments})
    if known != work.state.instruments:
        work.changed.update(Topic)
    work.set(instruments=known)


def link_seen(work: Work, event: LinkSeen) -> None:
    """Note that a way to the venue is up or down, and since when."""
    before = work.state.links.get(event.link)
    if before is None or before.is_live != event.is_live:
        work.put("links", event.link, LinkState(event.is_live, work.state.now, event.reason))
        work.changed.add(Topic.LINKS)


def store_seen(work: Work, event: StoreSeen) -> None:
    """Note whether decisions can be kept; when they can be again, what waited for that is looked at."""
    work.set(is_store_failing=event.is_failing)
    work.changed.update(Topic)


def quote_seen(work: Work, event: QuoteSeen) -> None:
    """Keep the newest quote of a contract. One of a contract that is not held changes no answer: no mark is read of it."""
    heard = work.state.quotes.get(event.quote.contract)
    if heard is not None and heard.quote.quoted_at > event.quote.quoted_at:
        return
    work.put("quotes", event.quote.contract, HeardQuote(event.quote, work.state.now))
    if event.quote.contract in work.state.positions:
        work.changed.add(Topic.QUOTES)


ROW = "account"
"""Under this name `heard` says when the stream last told the account's row."""


def account_heard(work: Work, status: AccountStatus | None) -> None:
    """Keep what the stream says of the account; a reading that may be older does not undo it."""
    work.put("heard", ROW, work.state.now)
    account_seen(work, status)


def account_read(work: Work, status: AccountStatus | None, asked_at: Instant) -> None:
    """Keep the row that came with a reading, unless the stream told it so lately that the reading may be older."""
    heard = work.state.heard.get(ROW)
    if status is None or heard is None or heard + REST_LAG <= asked_at:
        account_seen(work, status)


def account_seen(work: Work, status: AccountStatus | None) -> None:
    """Keep the account row; None means the venue no longer lists it. What rules may do can hang on it."""
    before = work.state.status
    if status is not None and before is not None and status.simulated != before.simulated:
        work.changed.update(Topic)
    if status is None:
        work.set(listed=False)
    else:
        work.set(listed=True, status=status)
    work.changed.add(Topic.ACCOUNT)
