"""Names in expressions: fields, item fields, parameters, `let`, shared lists."""

from dsl import kinds
from dsl.aggregates import AGGREGATES
from dsl.check_context import Context
from dsl.check_symbols import check_month, symbols_in
from dsl.facts import FACTS
from dsl.functions import FUNCTIONS
from dsl.nodes import Name
from dsl.problems import Mark
from dsl.streams import NEVER_NEGATIVE, STREAMS, UNKNOWABLE, StreamSpec
from dsl.suggest import did_you_mean
from dsl.typed import Constant, ItemField, LetUse, Typed


def infer_name(name: Name, context: Context) -> Typed:
    """Return a name with its kind; of kind "anything" when nothing has that name (reported)."""
    if context.item is not None and name.text in context.item.fields:
        return _item_field(name, context.item, context)
    if name.parts[0] == "lists" and len(name.parts) > 1:
        return _shared(name, context)
    if name.text in context.params:
        context.used.add(name.text)
        constant = context.params[name.text]
        return Typed(name, constant.kind, (), constant)
    if name.text in context.lets:
        return _let(name, context)
    if name.text in FACTS:
        return _fact(name, context)
    return unknown_name(name, context)


def unknown_name(name: Name, context: Context) -> Typed:
    """Report a name that nothing has, with the one it is most like."""
    words = [*context.params, *context.lets, *(context.item.fields if context.item else ())]
    words += [path for path, fact in FACTS.items() if context.scope in fact.scopes]
    words += [f"lists.{each}" for each in context.ruleset.lists]
    help_text = did_you_mean(name.text, words)
    if name.text in STREAMS:
        help_text = f"count them: `count({name.text} over session)`"
    elif not help_text and len(name.parts) == 1:
        help_text = "add it under `params:` if it is a number the admin may change"
    context.report(
        "E301",
        f"nothing here is called `{name.text}`",
        name.span,
        "unknown name",
        help=help_text,
        notes=(f"see `risk fields --scope {context.scope}`",),
    )
    return Typed(name, kinds.ANY)


def _item_field(name: Name, stream: StreamSpec, context: Context) -> Typed:
    own = context.written.get(name.text)
    let = context.lets.get(name.text)
    if own is not None or let is not None:
        taken = own.name_span if own is not None else let.name_span if let is not None else name.span
        context.used.add(name.text)
        context.report(
            "E312",
            f"`{name.text}` is a field of {stream.word}, so it cannot be a name of your own here",
            taken,
            "also a name of your own",
            (Mark(name.span, f"means the field of {stream.word}"),),
            f"rename it, for example `my_{name.text}`",
        )
        return Typed(name, kinds.ANY)
    is_current = stream.stream is None
    use = ItemField(name.text, name.text in NEVER_NEGATIVE, is_current and name.text in UNKNOWABLE)
    return Typed(name, stream.fields[name.text], (), use)


def _shared(name: Name, context: Context) -> Typed:
    own = ".".join(name.parts[1:])
    constant = context.ruleset.lists.get(own)
    if constant is None:
        help_text = did_you_mean(name.text, [f"lists.{each}" for each in context.ruleset.lists])
        context.report(
            "E301",
            f"nothing here is called `{name.text}`",
            name.span,
            "unknown list",
            help=help_text or "add it to `lists.yaml`",
        )
        return Typed(name, kinds.ANY)
    used = Typed(name, constant.kind, (), Constant(constant.kind, constant.value, name.span, name.text, own))
    usable = all(check_month(symbol, name.span, context) for symbol in symbols_in(used))
    return used if usable else Typed(name, kinds.ANY)


def _let(name: Name, context: Context) -> Typed:
    """Return the value of a name under `let:`, which was worked out before anything could use it."""
    context.used.add(name.text)
    value = context.known[name.text]
    return Typed(name, value.kind, (value,), LetUse(name.text))


def _fact(name: Name, context: Context) -> Typed:
    fact = FACTS[name.text]
    if context.scope not in fact.scopes:
        scopes = " or ".join(fact.scopes)
        mark = (Mark(context.scope_span, "the scope is set here"),) if context.scope_span else ()
        context.report(
            "E302",
            f"`{name.text}` does not exist in a rule with `scope: {context.scope}`",
            name.span,
            f"needs scope: {scopes}",
            mark,
            f"change `scope:` to {scopes}",
        )
        return Typed(name, kinds.ANY)
    return Typed(name, fact.kind, (), fact)


RESERVED = frozenset(
    {"or", "and", "not", "in", "of", "where", "over", "since", "last", "true", "false", "lists"}
)
"""Words of the grammar."""


def why_not(name: str) -> str:
    """Return why a parameter or `let` cannot have this name, empty if it can."""
    if name in RESERVED:
        return "a word of the language"
    if name in STREAMS:
        return "a stream"
    if name in FUNCTIONS or name in AGGREGATES:
        return "a function"
    return "a field" if name in FACTS else ""
