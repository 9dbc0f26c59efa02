"""What the analysis claims is true of every state that hypothesis can think of."""

from types import SimpleNamespace
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dsl.analysis.cases import can_be
from dsl.analysis.finding import Subject
from dsl.check_rule import check_rule
from dsl.checked_rule import CheckedRule
from dsl.compile_rule import compile_checked
from dsl.problems import Problem, Source
from dsl.rule_document import read_rule
from dsl.ruleset_build import default_info
from engine.units import HOUR, SCALE

INFO = default_info()
MONEY = st.integers(-6, 6).map(lambda tens: f"${10 * tens}" if tens >= 0 else f"-${-10 * tens}")
FIELDS = st.sampled_from(
    [
        "account.open_loss",
        "account.open_profit",
        "account.open_pnl",
        "day.total_pnl",
        "day.total_loss",
        "limit",
    ]
)
AMOUNTS = st.recursive(
    MONEY | FIELDS,
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from("+-"), inner).map(lambda p: f"({p[0]} {p[1]} {p[2]})"),
        st.tuples(st.sampled_from(["loss", "profit", "abs"]), inner).map(lambda p: f"{p[0]}({p[1]})"),
        st.tuples(st.sampled_from(["min", "max"]), inner, inner).map(lambda p: f"{p[0]}({p[1]}, {p[2]})"),
        st.tuples(inner, st.sampled_from(["* 3", "* 50%", "/ 3", "* 33%"])).map(lambda p: f"({p[0]} {p[1]})"),
    ),
    max_leaves=4,
)
COMPARED = st.tuples(AMOUNTS, st.sampled_from([">=", ">", "<=", "<", "==", "!="]), AMOUNTS).map(" ".join)
ANSWERS = COMPARED | st.sampled_from(
    [
        "account.can_trade",
        "clock in 09:00..10:00",
        "clock in 22:00..02:00",
        "clock >= 11:00",
        "clock not in 09:00..23:00",
    ]
)
CONDITIONS = st.recursive(
    ANSWERS,
    lambda inner: st.one_of(
        st.lists(inner, min_size=2, max_size=3).map(lambda p: f"({' and '.join(p)})"),
        st.lists(inner, min_size=2, max_size=3).map(lambda p: f"({' or '.join(p)})"),
        inner.map(lambda p: f"not ({p})"),
    ),
    max_leaves=5,
)
STATES = st.fixed_dictionaries(
    {
        "open": st.integers(-80, 80),
        "total": st.integers(-80, 80),
        "odd": st.integers(-2, 2),
        "clock": st.integers(0, 23),
        "can": st.booleans(),
    }
)


def checked(condition: str) -> CheckedRule | None:
    text = (
        "rule: r\ntitle: t\nmode: enforce\nscope: account\nparams:\n  limit: $20\n"
        f"when: >\n  {condition}\nif_unknown: hold\nthen:\n  - flatten: account\n"
    )
    problems: list[Problem] = []
    document = read_rule(Source("r.yaml", text), problems)
    assert document is not None
    rule = check_rule(document, INFO, {}, problems)
    return None if any(problem.is_error for problem in problems) else rule


def facts(state: dict[str, Any]) -> Any:
    pnl, total = state["open"] * 5 * SCALE + state["odd"], state["total"] * 5 * SCALE - state["odd"]
    account = SimpleNamespace(
        open_pnl=pnl, open_loss=max(-pnl, 0), open_profit=max(pnl, 0), can_trade=state["can"]
    )
    day = SimpleNamespace(total_pnl=total, total_loss=max(-total, 0))
    return SimpleNamespace(account=account, day=day, clock=state["clock"] * HOUR)


@settings(max_examples=250, deadline=None, suppress_health_check=list(HealthCheck))
@given(CONDITIONS, st.lists(STATES, min_size=1, max_size=12))
def test_a_condition_that_is_called_impossible_is_never_true(
    condition: str, states: list[dict[str, Any]]
) -> None:
    rule = checked(condition)
    if rule is None:
        return
    subject, compiled = Subject(rule, INFO), compile_checked(rule, "d")[0]
    when = rule.tiers[0].when
    may_fire, may_rest = can_be(subject.forms, (when, True)), can_be(subject.forms, (when, False))

    answers = {compiled.tiers[0].when(facts(state)) for state in states}

    assert may_fire or True not in answers
    assert may_rest or False not in answers
