"""Resets of rules: by cron, on trusted time. One missed while the guard was down is applied before anything else."""

from engine.work import Work


def apply_resets(work: Work) -> None:
    """Move each rule that has a reset into its current period; windows `since reset` then begin anew."""
    for rule in work.rules.rules:
        if rule.reset is None:
            continue
        due = work.state.resets.get(rule.name)
        if due is not None and due > work.state.now:
            continue
        work.put("reset_at", rule.name, rule.reset.last_before(work.state.now))
        work.put("resets", rule.name, rule.reset.next_after(work.state.now))
