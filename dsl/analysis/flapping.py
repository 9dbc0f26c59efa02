"""A306: hysteresis that is none. The rule clears where it fires, so it would switch on and off without end."""

from collections.abc import Iterator

from dsl.analysis.finding import Subject, doubt
from dsl.analysis.interval import Interval
from dsl.analysis.known import Known
from dsl.analysis.words import amount, bound_of, measured, place_of, written
from dsl.problems import Problem
from dsl.typed import Typed

SPANS = (">=", ">", "<=", "<")


def flapping(subject: Subject) -> Iterator[Problem]:
    """Yield a `clear_when` that holds at a value at which the rule fires.

    Only two bounds on one measured value are compared: there the overlap is certain, and the value can be named.
    """
    clear = subject.rule.clear_when
    known = measured(clear, subject.forms) if clear is not None else None
    if clear is None or known is None or known[1] not in SPANS:
        return
    for tier in subject.rule.tiers:
        fires = measured(tier.when, subject.forms)
        if fires is None or fires[1] not in SPANS:
            continue
        if subject.forms.linear(fires[0]) != subject.forms.linear(known[0]):
            continue
        common = _span(fires, subject).meet(_span(known, subject))
        if common.is_empty:
            continue
        value = _shown(common, fires, subject)
        because = f"at {written(fires[0])} = {value} both `when` and `clear_when` hold"
        side = "below" if fires[1] in (">=", ">") else "above"
        limit = amount(fires[2], bound_of(fires[2], subject.forms), fires[0].kind)
        span = place_of(known[2], clear.span)
        yield doubt(
            "A306",
            "this rule would switch on and off without end",
            span,
            because,
            f"clear it {side} {limit} only",
        )


def _span(known: tuple[Typed, str, Typed], subject: Subject) -> Interval:
    """Return the values at which a comparison holds, those that never occur left out."""
    value, sign, bound = known
    form = subject.forms.linear(value)
    at, step = subject.forms.linear(bound).constant, 1 if sign in (">", "<") else 0
    wanted = Interval(at + step, None) if sign in (">=", ">") else Interval(None, at - step)
    return wanted.meet(Known(subject.forms).of(form))


def _shown(common: Interval, fires: tuple[Typed, str, Typed], subject: Subject) -> str:
    """Return one value at which both hold: the bound of the rule itself where it is one of them."""
    at = subject.forms.linear(fires[2]).constant
    inside = not common.meet(Interval(at, at)).is_empty
    value = at if inside else (common.low if common.low is not None else common.high)
    return amount(fires[0], value if value is not None else at, fires[2].kind)
