"""Actions under `then:`: names, places, people, amounts and options."""

from dataclasses import dataclass, field

from dsl.action_specs import PEOPLE, REACH, SPECS, ActionSpec
from dsl.check_amounts import check_amount, check_lock_end
from dsl.check_context import Context
from dsl.check_expr import infer
from dsl.document_parts import ActionNode, Option
from dsl.parse import parse_scalar
from dsl.problems import Mark, Span
from dsl.suggest import did_you_mean
from dsl.typed import Typed
from dsl.yaml_nodes import ListNode, Scalar, YamlNode


@dataclass(slots=True)
class CheckedAction:
    """An action whose words are valid and whose amounts are checked expressions.

    `words` has the place under `place`; `ends` is how a lock ends: `reset`, `manual`, `for` or `condition`.
    """

    name: str
    span: Span
    words: dict[str, str] = field(default_factory=dict)
    people: frozenset[str] = frozenset()
    amounts: dict[str, Typed] = field(default_factory=dict)
    until: Typed | None = None
    measure: Typed | None = None
    ends: str = ""

    @property
    def expressions(self) -> tuple[Typed, ...]:
        extra = (self.until, self.measure)
        return (*self.amounts.values(), *(each for each in extra if each is not None))


def check_action(action: ActionNode, context: Context) -> CheckedAction | None:
    """Return an action with its amounts checked, None when there is no such action (reported)."""
    spec = SPECS.get(action.name)
    if spec is None:
        context.report(
            "E601",
            f"there is no action called `{action.name}`",
            action.name_span,
            help=did_you_mean(action.name, SPECS),
            notes=(f"actions: {', '.join(SPECS)}",),
        )
        return None
    if context.scope not in spec.scopes:
        scopes = " or ".join(spec.scopes)
        context.report(
            "E605",
            f"`{action.name}` does not exist in a rule with `scope: {context.scope}`",
            action.name_span,
            f"needs scope: {scopes}",
            (Mark(context.scope_span, "the scope is set here"),) if context.scope_span else (),
            f"change `scope:` to {scopes}",
        )
        return None
    checked = CheckedAction(action.name, action.name_span)
    _check_value(action, spec, checked, context)
    for option in action.options.values():
        _check_option(action, option, spec, checked, context)
    if action.name == "lock":
        check_lock_end(action, checked.ends, context)
    return checked


def _check_value(action: ActionNode, spec: ActionSpec, checked: CheckedAction, context: Context) -> None:
    if spec.is_told:
        checked.people = _people(action, context)
    elif spec.kind is not None:
        amount = check_amount(action.value, spec.kind, f"`{action.name}`", context)
        if amount is not None:
            checked.amounts["value"] = amount
    else:
        places = tuple(place for place in spec.places if place in REACH[context.scope])
        if _is_out_of_reach(action, spec, places, context):
            return
        word = _word(action.value, places, f"`{action.name}` here", context)
        if word is not None:
            checked.words["place"] = word


def _is_out_of_reach(action: ActionNode, spec: ActionSpec, places: tuple[str, ...], context: Context) -> bool:
    """Report an action on something that the rule does not look at."""
    if not isinstance(action.value, Scalar) or action.value.text in places:
        return False
    place = action.value.text
    if place not in spec.places:
        return False
    context.report(
        "E605",
        f"`{action.name}: {place}` does not exist in a rule with `scope: {context.scope}`",
        action.value.span,
        f"needs scope: {place}",
        (Mark(context.scope_span, "the scope is set here"),) if context.scope_span else (),
        f"write `{action.name}: {places[-1]}`, or change `scope:` to {place}"
        if places
        else f"change `scope:` to {place}",
    )
    return True


def _people(action: ActionNode, context: Context) -> frozenset[str]:
    items = action.value.items if isinstance(action.value, ListNode) else (action.value,)
    words = [_word(item, PEOPLE, f"`{action.name}`", context) for item in items]
    return frozenset(word for word in words if word is not None)


def _word(value: YamlNode, words: tuple[str, ...], what: str, context: Context) -> str | None:
    """Return one of the words, None when something else is written (reported)."""
    if isinstance(value, Scalar):
        if value.broken or value.text in words:
            return None if value.broken else value.text
        written = f"`{value.text}`" if value.text else "nothing"
        close = did_you_mean(value.text, words)
    else:
        written, close = "a list or a table", ""
    choices = ", ".join(f"`{word}`" for word in words)
    context.report(
        "E602", f"{what} cannot be {written}", value.outer, help=close or f"write one of {choices}"
    )
    return None


def _check_option(
    action: ActionNode, option: Option, spec: ActionSpec, checked: CheckedAction, context: Context
) -> None:
    name = option.name
    if name in spec.words:
        word = _word(option.value, spec.words[name], f"`{name}`", context)
        if word is not None:
            checked.words[name] = word
    elif name in spec.amounts:
        amount = check_amount(option.value, spec.amounts[name], f"`{name}`", context)
        if amount is not None:
            checked.amounts[name] = amount
        checked.ends = "for" if name == "for" else checked.ends
    elif name == "until" and "until" in spec.conditions:
        _check_until(option, checked, context)
    elif name == "measure" and "measure" in spec.conditions:
        checked.measure = check_amount(option.value, SPECS["reduce_to"].kind, "`measure`", context)
    else:
        known = ", ".join(spec.options)
        context.report(
            "E604",
            f"`{action.name}` has no setting called `{name}`",
            option.name_span,
            help=did_you_mean(name, spec.options) or (f"it may have {known}" if known else "remove it"),
        )


def _check_until(option: Option, checked: CheckedAction, context: Context) -> None:
    value = option.value
    if not isinstance(value, Scalar):
        context.report(
            "E602", "`until` cannot be a list or a table", value.outer, help="write `until: reset`"
        )
        return
    if value.text in ("reset", "manual"):
        checked.ends = value.text
        if value.text == "reset" and not context.has_reset:
            context.report(
                "E608",
                "`until: reset` needs a `reset:` in this rule",
                value.span,
                help="add `reset: trading_day`",
            )
        return
    checked.ends = "condition"
    typed = infer(parse_scalar(value, context.problems), context)
    if not _is_condition(typed):
        context.report(
            "E606",
            f"a lock ends at a reset, by hand, or when something is true; this is {typed.kind}",
            value.span,
            help="write `until: reset`, `until: manual`, or `for:` with a duration",
        )
        return
    checked.until = typed


def _is_condition(typed: Typed) -> bool:
    return str(typed.kind) in ("yes/no", "anything")
