"""Whatever is written, the checker answers it: with problems, or with code that runs on an account nobody knows."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from dsl.aggregates import AGGREGATES
from dsl.facts import FACTS
from dsl.functions import FUNCTIONS
from dsl.pipeline import compile_rule
from dsl.problems import Source, has_errors
from dsl.ruleset_build import default_info
from dsl.streams import STREAMS
from engine.facts import Facts
from engine.facts.view import View
from engine.rule import MessageContext, Rule
from engine.state import State
from engine.streams import RoundTurn
from engine.subject import Subject, SubjectKind
from engine.units import Contracts, Duration, Instant, Money

INFO = default_info()
NOW = Instant(1_741_359_600_000_000)
TRADE = RoundTurn(1, NOW, Money(-5), Contracts(1), Duration(1), "ES", "CON.ES", "buy", False, False)
LITERALS = [
    "$500",
    "-$5",
    "5 contracts",
    "0",
    "3",
    "40%",
    "10 ticks",
    "2 points",
    "15m",
    "08:30",
    "08:30..15:00",
]
LITERALS += [
    "ES",
    "[ES, NQ]",
    "[]",
    '"long"',
    "true",
    "limit",
    "limits",
    "limits[symbol]",
    "hours",
    "other",
    "named",
]
WINDOWS = [
    "",
    " over last 1h",
    " over session",
    " over week",
    " since reset",
    " since fired",
    " since payout",
    " since open",
    " since x",
]
FIELDS = sorted({field for stream in STREAMS.values() for field in stream.fields})

ATOMS = st.sampled_from([*FACTS, *LITERALS, *FIELDS])


def grown(part: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    operators = ["+", "-", "*", "/", "<", ">=", "==", "and", "or", "in", "not in"]
    return st.one_of(
        st.builds("({} {} {})".format, part, st.sampled_from(operators), part),
        st.builds("{}({})".format, st.sampled_from(sorted(FUNCTIONS)), part),
        st.builds("{}({}, {})".format, st.sampled_from(sorted(FUNCTIONS)), part, part),
        st.builds("{}({}, {}, {})".format, st.sampled_from(sorted(FUNCTIONS)), part, part, part),
        st.builds(
            "{}({}{}{})".format,
            st.sampled_from(sorted(AGGREGATES)),
            st.sampled_from(sorted(STREAMS)) | part,
            part.map(" where {}".format) | st.just(""),
            st.sampled_from(WINDOWS),
        ),
        st.builds(
            "{}({} of {}{})".format,
            st.sampled_from(sorted(AGGREGATES)),
            part,
            st.sampled_from(sorted(STREAMS)),
            st.sampled_from(WINDOWS),
        ),
        part.map("-{}".format),
        part.map("not ({})".format),
        st.builds("{}[{}]".format, part, part),
        st.builds("[{}, {}]".format, part, part),
    )


WILD = st.recursive(ATOMS, grown, max_leaves=8)
"""Expressions of which hardly one makes sense."""

OVER = [window for window in WINDOWS if window and "since x" not in window]
TEMPLATES = {
    "m": "$500; {m} + {m}; {m} - {m}; {m} * {%}; {m} / {n}; -{m}; loss({m}); abs({m}); min({m}, {m}); ({m})"
    "; fallback({m}, {m}); sum(pnl of trades where {i}{w}); max(account.equity{w}); avg(pnl of fills{w})"
    "; drawdown(account.equity{w}); last(pnl of days{w}); nth([$1, $2], {n}); sum(open_pnl of positions)"
    "; step({m}, [$1, $2], [$3, $4, $5])",
    "c": "2 contracts; {c} + {c}; {c} * {n}; sum(quantity of entries{w}); max(quantity of orders where {i})",
    "n": "3; count(entries{w}); count(positions where {i}); streak(trades where {i}{w}); count(placed{w})",
    "%": "40%; {m} / {m}; {d} / {d}",
    "d": "15m; {d} + {d}; now - now",
    "i": 'pnl < $5; side == "buy"; symbol in [ES, NQ]; quantity > {c}; symbol in limits',
    "w": ";".join(OVER),
    "b": "{m} >= {m}; {c} > {c}; {n} == {n}; {%} < {%}; {d} <= {d}; {b} and {b}; {b} or {b}; not ({b}); true"
    "; clock in 22:00..06:00; inside(hours); near(news.high_impact, {d}, 5m); account.can_trade",
}
OF_SYMBOL = {"c": "symbol.quantity; limits[symbol]", "m": "symbol.open_loss", "b": "symbol in [ES]"}
OF_POSITION = {
    "m": "position.total_pnl",
    "t": "position.profit_ticks; 10 ticks; 2 points; {p} - {p}; {t} * {%}",
    "p": "position.last_price; position.stop_price; ahead({p}, {t}); behind({p}, {t}); {p} - {t}",
    "b": '{t} >= {t}; {p} > {p}; position.side == "long"; symbol in [ESZ6, NQ]',
}
EXTRA = {"symbol": [OF_SYMBOL], "position": [OF_SYMBOL, OF_POSITION], "trade": [{"m": "trade.loss"}]}


def sensible(scope: str, draw: st.DrawFn, kind: str = "b", depth: int = 4) -> str:
    """Return an expression of a kind (money m, contracts c, ticks t, ...) that a rule of this scope may have."""
    written = [TEMPLATES.get(kind, ""), *(extra.get(kind, "") for extra in EXTRA.get(scope, []))]
    choices = [text if kind == "w" else text.strip() for each in written for text in each.split(";") if text]
    plain = [text for text in choices if "{" not in text]
    template = draw(st.sampled_from(choices if depth or not plain else plain))
    for part in re.findall(r"\{(.)\}", template):
        inner = sensible(scope, draw, part, max(depth - 1, 0))
        template = template.replace(f"{{{part}}}", inner if part in "wi" else f"({inner})", 1)
    return template


@st.composite
def conditions(draw: st.DrawFn) -> tuple[str, str]:
    scope = draw(st.sampled_from(["account", "symbol", "position", "trade"]))
    return scope, draw(WILD) if draw(st.integers(0, 3)) == 0 else sensible(scope, draw)


def run(rule: Rule) -> None:
    """Call everything a rule has on an account of which nothing is known yet."""
    subject = Subject(SubjectKind(rule.scope.value), "ES" if rule.scope.value != "account" else "")
    view = View(State(account=1, now=NOW), INFO.settings, subject, rule.name, TRADE)
    facts = Facts(view, dict.fromkeys(rule.windows))
    assert rule.tiers[0].when(facts) in (True, False, None)
    assert rule.message(facts, MessageContext())
    moment = rule.wake(facts)
    assert moment is None or moment > NOW
    for action in rule.tiers[0].then(facts):
        action.demand(facts)


@settings(max_examples=500, deadline=None)
@given(condition=conditions(), named=WILD | st.just("$5"))
def test_every_expression_is_refused_or_runs(condition: tuple[str, str], named: str) -> None:
    scope, when = condition
    text = f"""rule: x
title: t
mode: enforce
scope: {scope}
params:
  limit: $5
  limits: {{ES: 1 contract, other: 0}}
  hours: {{days: [MON], hours: 08:30..15:00}}
let:
  named: >
    {named}
reset: trading_day
when: >
  {when}
message: "now {{{when}}} and {{named}}"
then:
  - notify: trader
"""

    rule, problems = compile_rule(Source("x.yaml", text), INFO, {})

    assert (rule is None) == has_errors(problems)
    if rule is not None:
        run(rule)
