"""From a world that breaks a promise to the smallest one that still breaks the same."""

from collections.abc import Iterator
from dataclasses import replace

from service.rehearsal.plan import Plan
from service.rehearsal.run import Report, run_plan

MOST_RUNS = 60


def shrink(report: Report) -> Report:
    """Return the report of the smallest world found: fewer faults, fewer rules, less time, nothing else going on."""
    best, runs = report, 0
    is_better = True
    while is_better and runs < MOST_RUNS:
        is_better = False
        for plan in _smaller(best.plan):
            runs += 1
            found = run_plan(plan)
            if _promise(found) == _promise(report):
                best, is_better = found, True
                break
            if runs >= MOST_RUNS:
                break
    return best


def _promise(report: Report) -> str:
    return report.broken.partition(":")[0]


def _smaller(plan: Plan) -> Iterator[Plan]:
    for length in (plan.length // 2, plan.length - 5, plan.length - 1):
        if 0 < length < plan.length:
            yield replace(plan, length=length)
    for name, chance in plan.faults.items():
        if chance:
            yield plan.without(name)
    for name in plan.rules:
        if len(plan.rules) > 1:
            yield replace(plan, rules=tuple(other for other in plan.rules if other != name))
    if plan.still() != plan:
        yield plan.still()
