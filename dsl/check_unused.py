"""Doubts about a rule that is not wrong: what is never used, and what happens while a quote is missing."""

from dsl.checked_rule import CheckedRule
from dsl.fact import Fact
from dsl.problems import has_errors
from dsl.typed import FunctionUse, Typed

UNREAD = ("E0", "E1")
"""Codes of what could not be read: a name used there only looks unused."""

FORCEFUL = frozenset({"flatten", "lock"})


def check_doubts(rule: CheckedRule) -> None:
    """Report names that nothing uses, and a forceful rule that does not say what an unknown quote means."""
    if not any(problem.code.startswith(UNREAD) for problem in rule.context.problems):
        _check_unused(rule)
    if not has_errors(rule.context.problems):
        _check_unknown(rule)


def _check_unused(rule: CheckedRule) -> None:
    context = rule.context
    for name in context.params:
        if name not in context.used:
            context.warn(
                "W401",
                f"the parameter `{name}` is never used",
                context.written[name].value.span,
                help="use it, or delete it",
            )
    for name, let in context.lets.items():
        if name not in context.used:
            context.warn(
                "W403", f"`{name}` under `let:` is never used", let.name_span, help="use it, or delete it"
            )


def _check_unknown(rule: CheckedRule) -> None:
    if rule.document.if_unknown is not None:
        return
    for tier in rule.tiers:
        action = next((each for each in tier.actions if each.name in FORCEFUL), None)
        quote = next((part for part in unguarded(tier.when) if _needs_quotes(part)), None)
        if action is None or quote is None:
            continue
        rule.context.warn(
            "W404",
            f"`{quote.span.text}` is unknown while a quote is missing, and this rule can {action.name}",
            quote.span,
            help="add `if_unknown: hold`, `no_increase` or `breach`, or use `fallback(…)`",
        )
        return


def _needs_quotes(part: Typed) -> bool:
    return isinstance(part.ref, Fact) and part.ref.needs_quotes


def unguarded(typed: Typed) -> list[Typed]:
    """Return all nodes of an expression, each once, but those whose unknown value `fallback` replaces."""
    found, waiting, seen = [], [typed], set[int]()
    while waiting:
        node = waiting.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        found.append(node)
        is_guarded = isinstance(node.ref, FunctionUse) and node.ref.word == "fallback"
        waiting.extend(node.parts[1:] if is_guarded else node.parts)
    return found
