"""What the guard does after each documented error code of close, partial close, cancel, modify and place.

Virtual time, the engine and a compiled rule on one side, the simulator's exchange on the other, and between them the
client's own table of what a code means; that the codes arrive so over the wire is tested beside the client.
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from connectors.simulator.core.kinds import OrderType
from connectors.topstepx.rest.refusals import CANCEL, CLOSE, MODIFY, PARTIAL_CLOSE, PLACE, meaning_of
from engine.events import Answer, Refusal
from engine.units import SECOND

RULE = "rule: one\ntitle: One\nmode: enforce\nscope: {scope}\nwhen: {when}\nthen:\n  - {then}\nmessage: x\n"


@dataclass(frozen=True)
class Scene:
    """A rule whose breach needs exactly one request of one endpoint, and what the venue then shows."""

    scope: str
    when: str
    then: str
    is_done: Callable[[Any], bool]
    codes: range


SCENES = {
    CLOSE: Scene("account", "account.gross_contracts > 2 contracts", "flatten: account", lambda b: b.size == 0, range(1, 9)),
    PARTIAL_CLOSE: Scene("account", "account.gross_contracts > 2 contracts", "reduce_to: 2 contracts", lambda b: b.size == 2, range(1, 10)),
    CANCEL: Scene("account", "account.worst_contracts > 3 contracts", "cancel_orders: account", lambda b: not b.entries, range(1, 7)),
    MODIFY: Scene("position", "position.profit_ticks >= 10 ticks", "move_stop: position.breakeven_price", lambda b: b.stop > 25_490, range(1, 8)),
    PLACE: Scene("position", "position.uncovered > 0 contracts", "require_stop: 20 ticks", lambda b: b.stop > 0, range(1, 11)),
}  # fmt: skip


CASES = [(path, code) for path, scene in SCENES.items() for code in scene.codes]


@pytest.mark.parametrize(
    ("path", "code"), CASES, ids=[f"{path.rsplit('/', 1)[1]}-{code}" for path, code in CASES]
)
def test_after_each_error_code_the_guard_looks_asks_again_with_measure_and_gets_there(
    path: str, code: int, tmp_path: Path, bench_of: Any, record_property: Callable[[str, str], None]
) -> None:
    scene = SCENES[path]
    rule = RULE.format(scope=scene.scope, when=scene.when, then=scene.then)
    bench = bench_of(tmp_path, rule, path, code)
    began = bench.now

    bench.trade(OrderType.MARKET, 1 if path in (MODIFY, PLACE) else 3)
    if path == CANCEL:
        bench.trade(OrderType.LIMIT, 2, limit_price=Decimal(25_400))
    if path == MODIFY:
        bench.run(0.1)
        bench.trade(OrderType.STOP, 1, stop_price=Decimal(25_490))
        bench.rise(25_510)
    for _ in range(600):
        bench.run(0.1)
        if scene.is_done(bench):
            break
    took = (bench.now - began) / SECOND
    bench.run(35)

    name, (answer, refusal) = meaning_of(path, code)
    asked = [at for one, at in bench.requests if one == path]
    done = scene.is_done(bench)
    row = f"{path.rsplit('/', 1)[1]:<22} {code:>2} {name:<22} {refusal or answer:<10} "
    row += f"{f'done after {took:4.1f} s' if done else 'not done':<18} {len(asked)} requests, {len(bench.readings)} readings"
    record_property("table:what follows an error code", row)
    if answer is Answer.UNKNOWN or refusal is Refusal.GONE:
        assert any(asked[0] <= at <= asked[1] for at in bench.readings), "asked again without having looked"
    assert done
    assert len(asked) == 2, "one refusal costs one more request"
    if refusal is Refusal.FORBIDDEN:
        assert asked[1] - asked[0] >= 30 * SECOND, "what is forbidden is not asked again and again"
        is_enforcement = path in (CLOSE, PARTIAL_CLOSE, CANCEL)
        assert bench.was_escalated is is_enforcement, "and people are told that it is not done"
