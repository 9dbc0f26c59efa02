"""A whole rule, checked part by part; every mistake of every part is reported in one run."""

from collections.abc import Mapping
from dataclasses import replace

from dsl import kinds
from dsl.check_actions import CheckedAction, check_action
from dsl.check_amounts import amount_of
from dsl.check_context import Context
from dsl.check_expr import condition
from dsl.check_gauge import check_gauge, derive
from dsl.check_lets import check_lets
from dsl.check_params import check_let_names, check_params
from dsl.check_reach import check_reach
from dsl.check_reset import check_reset, is_daily
from dsl.check_unused import check_doubts
from dsl.checked_rule import CheckedRule, CheckedTier, CheckedWarning
from dsl.document_parts import ActionNode
from dsl.messages import IN_A_WARNING, CheckedMessage, check_message, silent_words
from dsl.nodes import Node
from dsl.problems import Problem
from dsl.rule_document import RuleDocument
from dsl.ruleset_build import own_settings
from dsl.ruleset_info import RulesetInfo
from dsl.typed import Constant, Typed
from engine.rule import IfUnknown
from engine.settings import Settings


def check_rule(
    document: RuleDocument, ruleset: RulesetInfo, overrides: Mapping[str, str], problems: list[Problem]
) -> CheckedRule:
    """Return the rule with everything checked. It can be compiled only if no error was reported."""
    name = document.rule.text if document.rule else ""
    scope = document.scope.text if document.scope else "position"
    context = Context(
        scope=scope,
        scope_span=document.scope.span if document.scope else None,
        params={},
        written=document.params,
        lets=document.let,
        has_reset=document.reset is not None or "reset" in document.keys or "reset" in overrides,
        ruleset=ruleset,
        problems=problems,
    )
    context.params = check_params(name, overrides, context)
    check_let_names(context)
    check_lets(context)
    reset = check_reset(document.reset, overrides.get("reset"), name, context)
    tiers = _tiers(document, context, is_daily=is_daily(document.reset, overrides.get("reset")))
    clear_when = condition(document.clear_when, context, "`clear_when`") if document.clear_when else None
    checked = CheckedRule(
        document=document,
        context=context,
        tiers=tiers,
        clear_when=clear_when,
        clear_for=_fixed(document.clear_for, "`clear_for`", context),
        if_unknown=IfUnknown(document.if_unknown.text) if document.if_unknown else IfUnknown.HOLD,
        reset=reset,
        message=_message(document, context),
        warn=_warning(document, context),
        gauge=check_gauge(document.gauge, context),
        settings=_settings(document, ruleset),
        reach=_reach(document, context),
    )
    _check_rest(document, context)
    check_doubts(checked)
    return checked


def _tiers(document: RuleDocument, context: Context, *, is_daily: bool) -> tuple[CheckedTier, ...]:
    tiers = _conditions(document, context)
    return tuple(replace(tier, gauge=derive(tier.when, is_daily=is_daily)) for tier in tiers)


def _conditions(document: RuleDocument, context: Context) -> tuple[CheckedTier, ...]:
    if document.tiers:
        return tuple(
            _tier(tier.name.text, tier.when, tier.for_, tier.then, context) for tier in document.tiers
        )
    if document.when is None:
        for action in document.then:
            check_action(action, context)
        return ()
    return (_tier("", document.when, document.for_, document.then, context),)


def _tier(
    name: str, when: Node, hold: Node | None, then: tuple[ActionNode, ...], context: Context
) -> CheckedTier:
    checked = condition(when, context, "`when`")
    length = amount_of(hold, kinds.DURATION, "`for`", context) if hold is not None else None
    found = (check_action(action, context) for action in then)
    actions: tuple[CheckedAction, ...] = tuple(action for action in found if action is not None)
    return CheckedTier(name, checked, length, actions)


def _fixed(node: Node | None, what: str, context: Context) -> int:
    """Return a duration that must be known at load."""
    typed = amount_of(node, kinds.DURATION, what, context) if node is not None else None
    if typed is None:
        return 0
    if isinstance(typed.ref, Constant) and isinstance(typed.ref.value, int):
        return typed.ref.value
    context.report(
        "E215", f"{what} must be a duration or a parameter", typed.span, help="write for example `5s`"
    )
    return 0


def _message(document: RuleDocument, context: Context) -> CheckedMessage | None:
    if document.message is None:
        return None
    return check_message(document.message, context, silent_words(document))


def _warning(document: RuleDocument, context: Context) -> CheckedWarning | None:
    if document.warn is None:
        return None
    when = condition(document.warn.when, context, "`when`")
    message = check_message(document.warn.message, context, IN_A_WARNING)
    return CheckedWarning(when, message) if message is not None else None


def _settings(document: RuleDocument, ruleset: RulesetInfo) -> Settings | None:
    own = own_settings(ruleset.settings, document.settings)
    return own if own != ruleset.settings else None


def _reach(document: RuleDocument, context: Context) -> Typed | None:
    """Return how far away stops may be, where that depends on facts: as the rule says, else as its ruleset does."""
    own = document.settings.stops.max_distance if document.settings.stops is not None else None
    return context.ruleset.reach if own is None else check_reach(own, context)


def _check_rest(document: RuleDocument, context: Context) -> None:
    """Report settings that do not fit the scope, and what the engine cannot do yet."""
    if document.since is not None:
        context.report(
            "E018",
            "`since: session` is not supported yet: peaks begin when the rule is armed",
            document.since.span,
            help="remove `since:`",
        )
    if document.exceptions and context.scope == "account":
        first = document.exceptions[0]
        context.report(
            "E611",
            "an exception names symbols, but this rule looks at the whole account",
            first.span,
            help="use `scope: symbol` or `scope: position`",
        )
    if document.for_each is not None and (context.scope != "position" or document.for_ is None):
        context.report(
            "E612",
            "`for_each: scale_in` needs `scope: position` and a `for:`",
            document.for_each.span,
            help="add them, or remove `for_each:`",
        )
