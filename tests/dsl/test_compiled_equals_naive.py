"""The compiled conditions agree with a naive walk over the tree, whatever is written and whatever is unknown."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from dsl.check_context import Context
from dsl.check_expr import infer
from dsl.compile_expr import Compiler
from dsl.compile_source import Function, Module
from dsl.compile_windows import Windows
from dsl.kinds import MONEY, table_of
from dsl.nodes import Node
from dsl.parse import parse_expression
from dsl.problems import Problem, Source, Span
from dsl.ruleset_build import default_info
from dsl.typed import Constant, Table
from engine.units import SCALE, Instant

INFO = default_info()
FACTS = ["account.open_pnl", "day.realized_loss", "account.balance", "symbol.open_loss"]
FLAGS = ["account.can_trade", "account.is_listed"]
SYMBOLS = ["ES", "NQ", "CL"]


def joined(part: st.SearchStrategy[str], *templates: str) -> st.SearchStrategy[str]:
    return st.sampled_from(templates).flatmap(
        lambda template: st.tuples(*[part] * template.count("{}")).map(lambda parts: template.format(*parts))
    )


WHERE = st.sampled_from(
    ["", " where pnl < $0", " where symbol in [ES, CL] and not is_scratch", " where pnl >= limit"]
)
SUMS = st.builds("{}(pnl of trades{} since start)".format, st.sampled_from(["sum", "min", "max"]), WHERE)
COUNTS = st.builds("count(trades{} over session)".format, WHERE)
MONEY_TEXT = st.recursive(
    st.sampled_from([*FACTS, "$500", "$0.01", "limit", "limits[symbol]", "limits[CL]"]) | SUMS,
    lambda part: joined(
        part,
        "({} + {})",
        "({} - {})",
        "-{}",
        "{} * 33.3%",
        "{} / 7",
        "{} * ({} / {})",
        "loss({})",
        "profit({})",
        "abs({})",
        "min({}, {})",
        "max({}, {})",
        "fallback({}, {})",
    ),
    max_leaves=5,
)
CONDITIONS = st.recursive(
    joined(MONEY_TEXT, "{} >= {}", "{} < {}", "{} == {}")
    | st.sampled_from([*FLAGS, "symbol in [ES, NQ]", "symbol not in limits", "symbol == CL", "true"])
    | COUNTS.map("{} > 2".format),
    lambda part: joined(part, "({} and {})", "({} or {})", "not ({})", "({} and {} or {})"),
    max_leaves=6,
)
LIMITS = {"ES": 500 * SCALE, "NQ": 0}
OTHER = 900 * SCALE
AMOUNT = st.none() | st.integers(-2_000 * SCALE, 2_000 * SCALE)
TRADES = st.lists(
    st.builds(
        lambda pnl, symbol, scratch: SimpleNamespace(pnl=pnl, symbol=symbol, is_scratch=scratch),
        st.integers(-600 * SCALE, 600 * SCALE),
        st.sampled_from(SYMBOLS),
        st.booleans(),
    ),
    max_size=5,
)


def facts_of(values: dict[str, Any], results: dict[str, Any]) -> Any:
    families: dict[str, Any] = {"symbol": SimpleNamespace(name=values["symbol"])}
    for path, value in values.items():
        family, _, name = path.partition(".")
        if name:
            setattr(families.setdefault(family, SimpleNamespace()), name, value)
    return SimpleNamespace(**families, window=results.__getitem__)


AMOUNTS = st.lists(AMOUNT, min_size=4, max_size=4)
ANSWERS = st.lists(st.sampled_from([True, False, None]), min_size=2, max_size=2)


def compiled(text: str) -> tuple[Node, Callable[[Any], Any], Windows] | None:
    """Return the tree, the function and its windows; None where the checker refuses, and rightly so."""
    source, problems = Source("rule.yaml", text), list[Problem]()
    place = Span(source, 0, 0)
    params = {
        "limit": Constant(MONEY, 250 * SCALE, place, "$250", "limit"),
        "limits": Constant(table_of(MONEY), Table(LIMITS, OTHER), place, "", "limits"),
    }
    context = Context("symbol", None, params, {}, {}, True, INFO, problems)
    node = parse_expression(source, 0, len(text), problems)
    typed = infer(node, context)
    if problems:
        assert {problem.code for problem in problems} <= {"E210", "E212"}
        return None
    module = Module()
    windows, function = Windows(module), Function(module, "when")
    return node, module.load(function.finish(Compiler(function, windows).compile(typed).text)), windows


def results_of(windows: Windows, trades: list[Any]) -> dict[str, int | None]:
    space, found = windows.module.space, {}
    for key, window in windows.planned.items():
        held = window.accumulator.empty()
        for trade in trades:
            if space[window.keep](trade, None):
                held = window.accumulator.add(held, space[window.value](trade, None), Instant(0))
        found[key] = window.accumulator.result(held)
    return found


def named(amounts: list[int | None], flags: list[bool | None], symbol: str) -> dict[str, Any]:
    return {
        **dict(zip(FACTS, amounts, strict=True)),
        **dict(zip(FLAGS, flags, strict=True)),
        "symbol": symbol,
    }


@settings(max_examples=400, deadline=None)
@given(CONDITIONS | MONEY_TEXT, AMOUNTS, ANSWERS, st.sampled_from(SYMBOLS), TRADES)
def test_what_is_compiled_gives_what_the_tree_says(
    naive: Any, text: str, amounts: list[int | None], flags: list[bool | None], symbol: str, trades: list[Any]
) -> None:
    made = compiled(text)
    if made is None:
        return
    node, when, windows = made
    values = named(amounts, flags, symbol)

    answer = when(facts_of(values, results_of(windows, trades)))

    twin = naive({**values, "limit": 250 * SCALE, "limits": tuple(LIMITS)}, trades, (LIMITS, OTHER))
    expected = twin.value(node)
    assert (answer, type(answer)) == (expected, type(expected))


@settings(max_examples=300, deadline=None)
@given(
    CONDITIONS.map(lambda text: text.replace("fallback", "max")),
    st.tuples(AMOUNTS, st.lists(st.integers(-2_000 * SCALE, 2_000 * SCALE), min_size=4, max_size=4)),
    st.tuples(ANSWERS, st.lists(st.booleans(), min_size=2, max_size=2)),
    st.sampled_from(SYMBOLS),
)
def test_an_answer_given_in_doubt_is_true_whatever_is_found_out(
    text: str,
    amounts: tuple[list[int | None], list[int]],
    flags: tuple[list[bool | None], list[bool]],
    symbol: str,
) -> None:
    made = compiled(text)
    if made is None:
        return
    _, when, windows = made
    known = [later if now is None else now for now, later in zip(*amounts, strict=True)]
    answers = [later if now is None else now for now, later in zip(*flags, strict=True)]

    in_doubt = when(facts_of(named(amounts[0], flags[0], symbol), dict.fromkeys(windows.planned)))
    in_full = when(facts_of(named(known, answers, symbol), dict.fromkeys(windows.planned, 3 * SCALE)))

    assert in_doubt is None or in_doubt is in_full
