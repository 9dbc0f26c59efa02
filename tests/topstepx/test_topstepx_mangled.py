"""Every recorded payload with any one field removed, nulled or retyped: never an exception, never a wrong flat."""

import copy
import json
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Any

import pytest

from connectors.failures import ConnectorError
from connectors.topstepx.decode.fields import Row
from connectors.topstepx.decode.user_events import USER_TARGETS, hear
from connectors.topstepx.decode.wire import read_json
from connectors.topstepx.hub.market_feed import MarketListener, Watched
from connectors.topstepx.hub.protocol import TolerantProtocol
from connectors.topstepx.hub.quote_reader import QuoteReader
from connectors.topstepx.repeats import Repeats
from connectors.topstepx.rest.budget import Use
from connectors.topstepx.rest.envelope import verdict_of
from connectors.topstepx.rest.reads import Reads
from connectors.topstepx.settings import Timings
from engine.events import Event, FillSeen, OrderSeen, PositionSeen
from engine.units import Instant

AT = Instant(1_762_960_000_000_000)
REMOVED = object()
OTHER_VALUES = (REMOVED, None, "text", "", 7, -1, Decimal("0.5"), True, [], {}, [None], 10**30)


def mangled(value: Any) -> Iterator[Any]:
    """Yield every copy of a JSON value in which one place, however deep, is something else."""
    for path in list(places(value)):
        for other in OTHER_VALUES:
            changed = copy.deepcopy(value)
            parent = changed
            for step in path[:-1]:
                parent = parent[step]
            if other is REMOVED:
                del parent[path[-1]]
            else:
                parent[path[-1]] = other
            yield changed


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in inside:
        yield (*path, key)
        yield from places(item, (*path, key))


def hub_messages(fixture: Callable[[str], Any], names: list[str]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for name in names:
        if name.startswith("hub_"):
            content = fixture(name)
            for messages in content.values() if isinstance(content, dict) else [content]:
                found += messages
    return found


class Ears:
    """Counts what the tolerant protocol reports."""

    def __init__(self) -> None:
        self.bad = 0

    def frame(self) -> None: ...

    def malformed(self, what: str) -> None:
        self.bad += 1

    def refused(self, why: str) -> None: ...

    take = staticmethod(lambda record: False)


def test_no_hub_message_with_one_wrong_field_ends_the_protocol(
    fixture: Callable[[str], Any], fixture_names: list[str]
) -> None:
    ears = Ears()
    protocol = TolerantProtocol(ears)

    for message in hub_messages(fixture, fixture_names):
        for changed in mangled(message):
            protocol.parse_messages(json.dumps(changed, default=float) + "\x1e")

    assert ears.bad > 0


def test_no_user_event_with_one_wrong_field_raises_or_turns_into_a_wrong_position(
    fixture: Callable[[str], Any], fixture_names: list[str]
) -> None:
    counted = 0
    for message in hub_messages(fixture, fixture_names):
        if message.get("target") not in USER_TARGETS:
            continue
        whole = hear(message["target"], message["arguments"], AT)
        assert whole.events
        assert not whole.problems
        for changed in mangled(message["arguments"]):
            heard = hear(message["target"], changed, AT)
            assert heard.events or heard.problems
            for event in heard.events:
                check_plausible(event, changed)
                counted += 1
    assert counted > 1000


def check_plausible(event: Event, arguments: Any) -> None:
    """Check that what was read stands in the arguments: flat only with size 0, sides only where written."""
    text = json.dumps(arguments, default=float)
    if isinstance(event, PositionSeen) and event.position.size == 0:
        assert '"size": 0' in text
    if isinstance(event, OrderSeen | FillSeen):
        assert '"side": 0' in text or '"side": 1' in text


def test_no_market_message_with_one_wrong_field_raises(fixture: Callable[[str], Any]) -> None:
    told: list[Event] = []
    quiet: Any = {"now": lambda: AT, "heard": lambda instant, source: None, "repeats": Repeats()}
    timings, reader = Timings(), QuoteReader(0.02)
    listener = MarketListener(Watched(timings), sink=told.append, **quiet, timings=timings, reader=reader)
    messages = fixture("hub_market_quote_full_then_delta") + fixture("hub_market_trade_and_depth_batch")

    for message in messages:
        for changed in mangled(message["arguments"]):
            listener.hear("GatewayQuote", changed)

    assert told


class Canned:
    """Answers every question with one recorded body, as text through the same JSON reader as on the wire."""

    def __init__(self) -> None:
        self.body: Any = {}

    def read(self, path: str, body: Mapping[str, object], use: Use) -> dict[str, Any]:
        answer = read_json(json.dumps(self.body, default=float))
        assert isinstance(answer, dict)
        return answer


@pytest.mark.parametrize(
    ("name", "question"),
    [
        ("rest_account_search", lambda reads: reads.accounts(Use.BACKGROUND)),
        ("rest_contract_available", lambda reads: reads.contracts(Use.BACKGROUND)),
        ("rest_contract_search_es_fuzzy", lambda reads: reads.contracts(Use.BACKGROUND)),
        ("rest_order_searchopen", lambda reads: reads.working_orders(1, Use.BACKGROUND)),
        ("rest_order_v2_query_suspended", lambda reads: reads.working_orders(1, Use.BACKGROUND)),
        ("rest_order_search", lambda reads: reads.working_orders(1, Use.BACKGROUND)),
        ("rest_position_searchopen", lambda reads: reads.positions(1, Use.BACKGROUND)),
        ("rest_trade_search", lambda reads: reads.fills(1, AT, Use.BACKGROUND)),
    ],
)
def test_a_rest_answer_with_one_wrong_field_is_an_answer_or_a_declared_failure(
    name: str, question: Callable[[Reads], Any], fixture: Callable[[str], Any]
) -> None:
    canned, failures, answers = Canned(), 0, 0
    reads = Reads(canned, lambda: AT, Repeats())  # type: ignore[arg-type]
    content = fixture(name)
    rows_before = len(next(value for value in content.values() if isinstance(value, list)))

    for changed in mangled(content):
        canned.body = changed
        try:
            answer = question(reads)
        except ConnectorError:
            failures += 1
            continue
        answers += 1
        if name == "rest_position_searchopen" and changed["positions"]:
            assert len(answer) >= rows_before - 1, "a position vanished that was not removed whole"

    assert failures
    assert answers


def test_small_bodies_with_one_wrong_field_never_turn_a_no_into_a_yes(fixture: Callable[[str], Any]) -> None:
    for case in fixture("rest_small_bodies"):
        if not isinstance(case["body"], dict) or "success" not in case["body"] or case["body"]["success"]:
            continue
        for changed in mangled(case["body"]):
            try:
                verdict = verdict_of(changed)
            except ConnectorError:
                continue
            assert not verdict.success, (case["name"], changed)


def test_a_row_that_is_no_object_is_a_declared_failure() -> None:
    for value in (None, 1, "x", [], True):
        with pytest.raises(ConnectorError, match="not an object"):
            Row(value, "a row")
