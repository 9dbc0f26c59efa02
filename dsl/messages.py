"""Messages: checked like conditions, compiled to functions, every value in the words of its unit."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from dsl import kinds
from dsl.check_context import Context
from dsl.check_expr import infer
from dsl.message_parts import Template, take_apart
from dsl.parse import parse_expression
from dsl.problems import Span
from dsl.rule_document import RuleDocument
from dsl.say import say
from dsl.typed import Typed
from dsl.yaml_nodes import Scalar
from engine.facts import Facts
from engine.rule import Message, MessageContext

FROM_CONTEXT: dict[str, Callable[[MessageContext], str]] = {
    "lock.until": lambda context: context.lock_until,
    "tier": lambda context: context.tier,
    "stop": lambda context: context.stop,
}
"""What a message may name beside fields and the rule's own names: it is known only once the rule has fired."""

UNSAYABLE = frozenset({kinds.SCHEDULE, kinds.EVENTS})


@dataclass(frozen=True, slots=True)
class CheckedMessage:
    """A message whose slots are either words of the context or checked expressions."""

    template: Template
    slots: tuple[str | Typed, ...]

    @property
    def expressions(self) -> tuple[Typed, ...]:
        return tuple(slot for slot in self.slots if isinstance(slot, Typed))


def check_message(message: Scalar, context: Context, silent: Mapping[str, str]) -> CheckedMessage | None:
    """Return a message with its slots checked, None when it cannot be said (reported).

    `silent`: the words of `FROM_CONTEXT` that say nothing in this message, and why.
    """
    template = take_apart(message, context.problems)
    if template is None:
        return None
    slots = tuple(_slot(span, context, silent) for span in template.slots)
    return CheckedMessage(template, slots)


def silent_words(document: RuleDocument) -> dict[str, str]:
    """Return the words that would say nothing in the message of a rule, and why."""
    steps = [(tier.name.text, tier.then) for tier in document.tiers] or [("", document.then)]
    acts = [(name, {action.name for action in then}) for name, then in steps]
    unlocked = [name for name, names in acts if not names & {"lock", "cooldown"}]
    silent = dict[str, str]()
    if len(unlocked) == len(acts):
        silent["lock.until"] = "this rule sets no lock"
    elif unlocked:
        silent["lock.until"] = f"tier `{unlocked[0]}` sets no lock and has the same message"
    if not document.tiers:
        silent["tier"] = "this rule has no `tiers:`"
    if not any("move_stop" in names for _, names in acts):
        silent["stop"] = "this rule moves no stop"
    return silent


IN_A_WARNING = dict.fromkeys(FROM_CONTEXT, "a warning comes before the rule acts")


def _slot(span: Span, context: Context, silent: Mapping[str, str]) -> str | Typed:
    word = span.text.strip()
    if word in FROM_CONTEXT and word not in context.params and word not in context.lets:
        if word in silent:
            context.report("E702", f"{silent[word]}, so `{{{word}}}` says nothing", span, help="remove it")
        return word
    node = parse_expression(span.source, span.start, span.end, context.problems, "message")
    typed = infer(node, context)
    if typed.kind in UNSAYABLE or kinds.is_table(typed.kind):
        context.report(
            "E703",
            f"a {typed.kind} cannot be shown in a message",
            span,
            help="name one row, for example `{limits[symbol]}`" if kinds.is_table(typed.kind) else "",
        )
    return typed


Read = Callable[[Facts], object]


def say_message(message: CheckedMessage, reads: dict[int, Read]) -> Message:
    """Return the function that fills a message. `reads` gives for each slot that is an expression its value."""
    texts, slots = message.template.texts, message.slots

    def fill(f: Facts, context: MessageContext) -> str:
        parts = [texts[0]]
        for place, (slot, text) in enumerate(zip(slots, texts[1:], strict=True)):
            if isinstance(slot, str):
                parts.append(FROM_CONTEXT[slot](context))
            else:
                parts.append(say(slot.kind, reads[place](f), f))
            parts.append(text)
        return " ".join("".join(parts).split())

    return fill
